//! What is asked anew, and what was added since.

use super::*;
use crate::competencies::store::node_by_code;
use crate::db::MIGRATIONS;
use crate::reviews::rules::Gate;

#[tokio::test]
async fn what_is_added_after_the_round_began_is_not_published_unasked() {
    let round = opened(true).await;
    let (db, cora) = (round.db(), round.cora());
    let mail = state(db, true);
    let budgets = node_by_code(db, &round.edition, "LM 1").await.unwrap().unwrap();
    let add = async |identifier: &str, title: &str| {
        let sql = "CREATE node SET edition = $edition, identifier = $identifier, kind = 'statement', depth = 2, position = 9000,
            address = $identifier, title = $title, parent = $above, above = [$above.parent, $above], beneath = 0;";
        let vars = vars! {
            "edition" => round.edition.clone(), "identifier" => identifier.to_owned(), "title" => title.to_owned(), "above" => budgets.clone(),
        };
        db.write(sql, vars).await.unwrap();
    };
    assert_eq!(store::ask_added(&mail, &cora, &round.round).await, Ok(0));
    add("late-1", "Counts the till").await;
    let board = round.board(Only::All).await;
    assert_eq!((board.added, board.gate()), (1, Gate::Unasked(1)));
    round.resolve_all().await;
    let signed = async || store::sign_off(db, &cora, &round.round, true, "").await;
    conflict(&signed().await, "Ask about them too");
    for other in [round.world.stranger(), round.world.learner(), round.rea()] {
        let asked = store::ask_added(&mail, &other, &round.round).await;
        assert_eq!(asked, Err(AppError::NotFound));
    }
    store::finish(db, &round.rea_sits().await, true, false, "")
        .await
        .unwrap();
    assert_eq!(store::ask_added(&mail, &cora, &round.round).await, Ok(1));
    assert_eq!(store::ask_added(&mail, &cora, &round.round).await, Ok(0));
    // Reviewers see it, by letter and at the top of the round.
    let page = store::review_page(db, &round.rea_sits().await, Only::All, 1, "UTC")
        .await
        .unwrap();
    assert_eq!((page.round.items, page.me.finished.is_none()), (5, true));
    let anew: Vec<(u32, &str)> = page
        .anew
        .iter()
        .map(|line| (line.number, line.title.as_str()))
        .collect();
    assert_eq!(anew, [(5, "Counts the till")]);
    let letters: Vec<String> = db.rows("SELECT VALUE body FROM letter;", vars! {}).await.unwrap();
    assert_eq!(letters.len(), 1, "Bo has no address");
    assert!(
        letters[0].contains("A statement was added to the draft."),
        "{}",
        letters[0]
    );
    conflict(&signed().await, "1 statement is not resolved");
    round.resolve(5, "kept").await.unwrap();
    signed().await.unwrap();
    // What comes after signing off keeps the edition back as well, until a round of its own.
    add("late-2", "Locks the door").await;
    conflict(&round.goes_out().await, "was not asked about 1 statement");
    let reason = store::hindrance(db, &round.edition).await.unwrap().unwrap().reason;
    assert!(reason.contains("asked about 1 statement that was added"), "{reason}");
    assert_eq!(round.board(Only::All).await.gate(), Gate::Unasked(1));
    conflict(&store::ask_added(&mail, &cora, &round.round).await, "signed off");
    let late = node_by_code(db, &round.edition, "late-2").await.unwrap().unwrap();
    let (_, second) = store::open(
        db,
        &cora,
        &round.person(),
        &round.edition,
        "late",
        &words(true),
        store::Scope::Chosen(&[late]),
    )
    .await
    .unwrap();
    let kept = Resolving::parse("kept", "Fine.", "", "", "", false).unwrap();
    store::resolve(db, &cora, &second, 1, &kept).await.unwrap();
    store::sign_off(db, &cora, &second, true, "").await.unwrap();
    round.goes_out().await.unwrap();
}

#[tokio::test]
async fn a_round_over_a_part_asks_about_what_is_added_there_only() {
    let round = opened(true).await;
    let (db, cora) = (round.db(), round.cora());
    let part = node_by_code(db, &round.edition, "A").await.unwrap().unwrap();
    db.write("DELETE review_round;", vars! {}).await.unwrap();
    let (_, round_of_part) = store::open(
        db,
        &cora,
        &round.person(),
        &round.edition,
        "part",
        &words(true),
        store::Scope::Chosen(&[part]),
    )
    .await
    .unwrap();
    db.write(
        "CREATE node SET edition = $edition, identifier = 'beside', kind = 'statement', depth = 0, position = 9000,
            address = 'beside', title = 'Beside', beneath = 0;",
        vars! { "edition" => round.edition.clone() },
    )
    .await
    .unwrap();
    let board = store::board(db, &cora, SET, &round_of_part, Only::All, 1)
        .await
        .unwrap();
    assert_eq!((board.added, board.round.items), (0, 3));
}

#[tokio::test]
async fn who_reviews_is_written_to_when_something_is_asked_again() {
    let round = opened(true).await;
    let (db, cora) = (round.db(), round.cora());
    let mail = state(db, true);
    let ada = by_name("Ada", Some("ada@elsewhere.example"));
    store::invite(&mail, &cora, &round.person(), &round.round, &ada)
        .await
        .unwrap();
    db.write("DELETE letter;", vars! {}).await.unwrap();
    round.say(&round.rea_sits().await, 1, "keep", "").await;
    for _ in 0..2 {
        store::ask_again(&mail, &cora, &round.round, 1, 1, "Is it really so?")
            .await
            .unwrap();
    }
    let bodies: Vec<String> = db
        .rows("SELECT VALUE body FROM letter ORDER BY recipient;", vars! {})
        .await
        .unwrap();
    assert_eq!(bodies.len(), 2, "Rea and Ada; Bo has no address");
    assert!(
        bodies
            .iter()
            .all(|body| body.contains("Explains the budget") && body.contains("Is it really so?"))
    );
    let link = bodies
        .iter()
        .find_map(|body| Some(body.split_once("/reviews/link/")?.1.lines().next()?.to_owned()));
    let ada = store::link(db, &link.unwrap()).await.unwrap();
    assert_eq!(ada.name, "Ada");
    assert!(
        bodies
            .iter()
            .any(|body| body.contains(&format!("https://carrel.example/reviews/{}", round.round)))
    );
    // Several at once are one letter; the round shows all of them.
    store::ask_again(&mail, &cora, &round.round, 2, 1, "This too.")
        .await
        .unwrap();
    let letters: Option<i64> = db.row("count(SELECT VALUE id FROM letter);", vars! {}).await.unwrap();
    assert_eq!(letters, Some(2));
    let page = store::review_page(db, &round.rea_sits().await, Only::All, 1, "UTC")
        .await
        .unwrap();
    let anew: Vec<(u32, &str)> = page
        .anew
        .iter()
        .map(|line| (line.number, line.ask_words.as_str()))
        .collect();
    assert_eq!(anew, [(1, "Is it really so?"), (2, "This too.")]);
    round.say(&round.rea_sits().await, 1, "drop", "").await;
    let page = store::review_page(db, &round.rea_sits().await, Only::All, 1, "UTC")
        .await
        .unwrap();
    assert_eq!(page.anew.len(), 1); // Who left the organisation hears nothing of its drafts.
    let leave = "DELETE membership WHERE person = person:rea; DELETE letter; UPDATE reviewer SET told = NONE;";
    db.write(leave, vars! {}).await.unwrap();
    store::ask_again(&mail, &cora, &round.round, 3, 1, "And this?")
        .await
        .unwrap();
    let whom: Vec<String> = db.rows("SELECT VALUE recipient FROM letter;", vars! {}).await.unwrap();
    assert_eq!(whom, ["ada@elsewhere.example"]);
}

#[tokio::test]
async fn a_heading_that_a_review_emptied_is_named_and_is_no_statement_that_was_added() {
    let round = opened(true).await;
    let (db, cora) = (round.db(), round.cora());
    let node = async |code: &str| node_by_code(db, &round.edition, code).await.unwrap().unwrap();
    let (budgets, money) = (node("LM 1").await, node("A").await);
    let remove = async |node: &NodeId| {
        crate::outlines::store::remove(db, &cora, node, true).await.unwrap();
    };
    let emptied = async || {
        let board = round.board(Only::All).await;
        assert_eq!(board.added, 0);
        board.emptied.into_iter().map(|(node, _)| node).collect::<Vec<_>>()
    };
    let sql = "SELECT VALUE id FROM node WHERE parent = $above;";
    let beneath: Vec<NodeId> = db.rows(sql, vars! { "above" => budgets.clone() }).await.unwrap();
    assert_eq!((beneath.len(), emptied().await), (3, Vec::new()));
    for one in &beneath {
        remove(one).await;
    }
    assert_eq!(emptied().await, std::slice::from_ref(&budgets));
    // The one above it is the next.
    remove(&budgets).await;
    assert_eq!(emptied().await, std::slice::from_ref(&money));
    remove(&money).await;
    assert_eq!(emptied().await, Vec::new());
}

#[tokio::test]
async fn headings_of_drafts_from_before_are_known() {
    let round = opened(true).await;
    let before = "DEFINE FIELD OVERWRITE headed ON node TYPE option<bool>; UPDATE node SET headed = NONE RETURN NONE;
        REMOVE FIELD headed ON node;";
    round.db().write(before, vars! {}).await.unwrap();
    let sql = MIGRATIONS.iter().find(|step| step.name == "0159_emptied").unwrap().sql;
    let [from, to] = ["DEFINE FIELD headed", "-- The lines without"].map(|part| sql.find(part).unwrap());
    round.db().write(&sql[from..to], vars! {}).await.unwrap();
    let unlike = "count(SELECT VALUE id FROM node WHERE (headed = true) != (kind != 'statement'));";
    assert_eq!(round.many(unlike).await, 0);
    let known = "count(SELECT VALUE id FROM node WHERE headed = true);";
    assert!(round.many(known).await > 0);
}
