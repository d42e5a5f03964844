//! What curators do about it.

use super::*;

pub(super) async fn publishes(round: &Round) -> Result<()> {
    crate::editions::store::publish(round.db(), &round.cora(), &round.edition)
        .await
        .map(drop)
}

#[tokio::test]
async fn a_round_sent_twice_is_one_and_asks_about_what_is_chosen() {
    let round = opened(true).await;
    let (db, cora) = (round.db(), round.cora());
    let again = store::open(
        db,
        &cora,
        &round.person(),
        &round.edition,
        "k",
        &words(true),
        store::Scope::All,
    )
    .await;
    assert_eq!(again, Ok((SET.into(), round.round.clone())));
    assert_eq!(round.many("count(SELECT VALUE id FROM review_item);").await, 4);
    let page = store::rounds_page(db, &cora, SET, 1).await.unwrap();
    assert_eq!(
        (page.rounds.len(), page.rounds[0].unresolved, page.rounds[0].reviewers),
        (1, 4, 2)
    );
    let form = page.new.unwrap();
    let section = form
        .choices
        .iter()
        .find(|choice| choice.words.contains("Budgets"))
        .unwrap();
    let chosen = [section.id.clone()];
    let (_, part) = store::open(
        db,
        &cora,
        &round.person(),
        &round.edition,
        "part",
        &words(true),
        store::Scope::Chosen(&chosen),
    )
    .await
    .unwrap();
    let board = store::board(db, &cora, SET, &part, Only::All, 1).await.unwrap();
    assert_eq!((board.round.items, board.lines.len()), (3, 3));
    let none = store::open(
        db,
        &cora,
        &round.person(),
        &round.edition,
        "none",
        &words(true),
        store::Scope::Chosen(&[]),
    )
    .await;
    assert!(none.unwrap_err().at("nodes").is_some());
    let gone = [NodeId::parse("gone").unwrap()];
    let none = store::open(
        db,
        &cora,
        &round.person(),
        &round.edition,
        "gone",
        &words(true),
        store::Scope::Chosen(&gone),
    )
    .await;
    conflict(&none, "no statement");
    // Opened by mistake it goes, once something was said it stays.
    assert_eq!(store::remove(db, &cora, &part).await, Ok(SET.into()));
    assert_eq!(round.many("count(SELECT VALUE id FROM review_item);").await, 4);
    round.say(&round.rea_sits().await, 1, "keep", "").await;
    conflict(&store::remove(db, &cora, &round.round).await, "so it stays");
    // Called off, it goes with what was said.
    let stranger = store::call_off(db, &round.world.stranger(), &round.round).await;
    assert_eq!(stranger, Err(AppError::NotFound));
    assert_eq!(store::call_off(db, &cora, &round.round).await, Ok(SET.into()));
    for left in ["verdict", "review_item", "reviewer", "review_rest"] {
        let vars = vars! { "table" => left.to_owned() };
        let left: Option<i64> = db
            .row("count(SELECT VALUE id FROM type::table($table));", vars)
            .await
            .unwrap();
        assert_eq!(left, Some(0));
    }
    let told = "count(SELECT VALUE id FROM audit_entry WHERE act = 'review_called_off');";
    assert_eq!(round.many(told).await, 1);
}

#[tokio::test]
async fn others_learn_nothing_of_a_round() {
    let round = opened(true).await;
    let db = round.db();
    for (viewer, said) in [
        (Viewer::visitor(), AppError::SignInNeeded),
        (round.world.stranger(), AppError::NotFound),
        (round.world.learner(), AppError::NotFound),
        (round.rea(), AppError::NotFound),
    ] {
        let person = round.person();
        let board = store::board(db, &viewer, SET, &round.round, Only::All, 1).await;
        assert_eq!(board.map(drop), Err(said.clone()));
        let item = store::board_item(db, &viewer, SET, &round.round, 1).await;
        assert_eq!(item.map(drop), Err(said.clone()));
        assert_eq!(
            store::rounds_page(db, &viewer, SET, 1).await.map(drop),
            Err(said.clone())
        );
        let new = Resolving::parse("kept", "x", "", "", "", false).unwrap();
        assert_eq!(
            store::resolve(db, &viewer, &round.round, 1, &new).await,
            Err(said.clone())
        );
        assert_eq!(
            store::ask_again(&state(db, false), &viewer, &round.round, 1, 1, "x").await,
            Err(said.clone())
        );
        assert_eq!(
            store::keep_agreed(db, &viewer, &round.round).await.map(drop),
            Err(said.clone())
        );
        assert_eq!(
            store::sign_off(db, &viewer, &round.round, true, "").await.map(drop),
            Err(said.clone())
        );
        let invited = store::invite(&state(db, true), &viewer, &person, &round.round, &by_name("X", None)).await;
        assert_eq!(invited.map(drop), Err(said.clone()));
        assert_eq!(
            store::remind(&state(db, true), &viewer, &round.round).await.map(drop),
            Err(said.clone())
        );
        assert!(store::whole(db, &viewer, SET, &round.round).await.is_err());
    }
    // It stands beneath its own set alone.
    let elsewhere = store::board(db, &round.cora(), "another", &round.round, Only::All, 1).await;
    assert_eq!(elsewhere.map(drop), Err(AppError::NotFound));
}

#[tokio::test]
async fn an_accepted_wording_is_a_step_of_the_outline() {
    let round = opened(true).await;
    let (db, cora) = (round.db(), round.cora());
    let (rea, bo) = (round.rea_sits().await, round.bo_sits().await);
    round.say(&bo, 1, "reword", "Explains  a budget in plain words").await;
    round.say(&rea, 1, "keep", "").await;
    let who = round.reviewer("Bo").await;
    let was = round.title(1).await.unwrap();
    let stale = store::accept(db, &cora, &round.round, 1, &who, "Something else").await;
    conflict(&stale, "changed in the meantime");
    assert_eq!(round.title(1).await.as_deref(), Some(was.as_str()));
    for _ in 0..2 {
        store::accept(db, &cora, &round.round, 1, &who, &was).await.unwrap();
    }
    let board = round.board(Only::All).await;
    let line = &board.lines[0];
    assert_eq!(line.now.as_deref(), Some("Explains a budget in plain words"));
    assert_eq!((line.asked.as_str(), line.changed_since), (was.as_str(), false));
    assert_eq!(line.resolved.as_ref().unwrap().reason, "The wording that Bo suggested.");
    assert_eq!(round.many("count(SELECT VALUE id FROM edition_change);").await, 1);
    // It can be taken back like any step, which the board shows.
    crate::outlines::store::step_back(db, &cora, &round.edition, false)
        .await
        .unwrap();
    let line = round.board(Only::All).await.lines.remove(0);
    assert_eq!((line.now.as_deref(), line.changed_since), (Some(was.as_str()), true));
    let rea = round.reviewer("Rea").await;
    conflict(
        &store::accept(db, &cora, &round.round, 1, &rea, &was).await,
        "not suggested",
    );
    // Once resolved, no verdict changes it; a comment can still be made.
    let new = NewVerdict::parse("drop", "", "", "").unwrap();
    conflict(&store::give(db, &bo, 1, &new).await, "resolved this statement");
    store::comment_as_reviewer(db, &bo, 1, "x", "Thank you", "")
        .await
        .unwrap();
}

#[tokio::test]
async fn merging_and_dropping_are_steps_of_the_outline_too() {
    let round = opened(true).await;
    let (db, cora) = (round.db(), round.cora());
    let (first, second) = (round.node(1).await, round.node(2).await);
    let merged = Resolving::parse("merged", "They say the same.", "", "", first.as_str(), true).unwrap();
    for _ in 0..2 {
        store::resolve(db, &cora, &round.round, 2, &merged).await.unwrap();
    }
    let dropped = Resolving::parse("dropped", "Nobody needs it.", "", "", "", true).unwrap();
    for _ in 0..2 {
        store::resolve(db, &cora, &round.round, 3, &dropped).await.unwrap();
    }
    let board = round.board(Only::All).await;
    let there: Vec<bool> = board.lines.iter().map(|line| line.now.is_some()).collect();
    assert_eq!(
        (there.as_slice(), board.unresolved),
        ([true, false, false, true].as_slice(), 2)
    );
    assert_eq!(round.many("count(SELECT VALUE id FROM edition_change);").await, 2);
    // One that stands elsewhere is made one with it too.
    let elsewhere = Resolving::parse("merged", "x", "", "", first.as_str(), true).unwrap();
    store::resolve(db, &cora, &round.round, 4, &elsewhere).await.unwrap();
    assert_eq!(round.board(Only::Unresolved).await.lines.len(), 1);
    let gone = Resolving::parse("reworded", "x", "Anew", "", "", false).unwrap();
    assert!(
        store::resolve(db, &cora, &round.round, 2, &gone)
            .await
            .unwrap_err()
            .at("resolution")
            .is_some()
    );
    conflict(
        &store::ask_again(&state(db, false), &cora, &round.round, 2, 1, "x").await,
        "gone from the draft",
    );
    let _second = second;
}

#[tokio::test]
async fn asking_again_begins_anew_and_keeps_the_old() {
    let round = opened(true).await;
    let (db, cora) = (round.db(), round.cora());
    let (rea, bo) = (round.rea_sits().await, round.bo_sits().await);
    round.say(&rea, 1, "keep", "").await;
    round.say(&bo, 1, "drop", "").await;
    store::finish(db, &bo, true, true, "Bo").await.unwrap();
    round.resolve(1, "dropped").await.unwrap();
    for _ in 0..2 {
        store::ask_again(&state(db, false), &cora, &round.round, 1, 1, "Is it really needless?")
            .await
            .unwrap();
    }
    let item = store::board_item(db, &cora, SET, &round.round, 1).await.unwrap();
    assert_eq!(
        (item.line.times_asked, item.earlier.len(), item.line.verdicts.len()),
        (2, 2, 0)
    );
    assert!(item.line.resolved.is_none());
    let board = round.board(Only::All).await;
    assert!(
        board
            .reviewers
            .iter()
            .all(|one| one.given == 0 && one.finished.is_none())
    );
    round.say(&bo, 1, "keep", "").await;
    let line = round.board(Only::All).await.lines.remove(0);
    assert_eq!((line.counts.words(), line.verdicts[0].asked), ("1 keep".into(), 2));
}

#[tokio::test]
async fn nothing_unresolved_or_unsigned_is_published() {
    let round = opened(true).await;
    let (db, cora) = (round.db(), round.cora());
    conflict(&publishes(&round).await, "4 statements that are not resolved");
    let reason = store::hindrance(db, &round.edition).await.unwrap().unwrap().reason;
    assert!(reason.contains("4 statements"), "{reason}");
    // Nor by the command line, nor by an import over the draft.
    let by_hand = crate::editions::store::publish_as_suggested(db, &round.edition).await;
    conflict(&by_hand, "not resolved");
    conflict(
        &store::sign_off(db, &cora, &round.round, true, "").await,
        "4 statements are not resolved",
    );
    round.say(&round.rea_sits().await, 1, "keep", "").await;
    assert_eq!(store::keep_agreed(db, &cora, &round.round).await, Ok(1));
    assert_eq!(store::keep_agreed(db, &cora, &round.round).await, Ok(0));
    for number in 2..=4 {
        round.say(&round.rea_sits().await, number, "keep", "").await;
        round.resolve(number, "kept").await.unwrap();
    }
    conflict(&publishes(&round).await, "is not signed off yet");
    let unread = store::sign_off(db, &cora, &round.round, false, "").await;
    assert!(unread.unwrap_err().at("understood").is_some());
    for _ in 0..2 {
        store::sign_off(db, &cora, &round.round, true, "All looked at.")
            .await
            .unwrap();
    }
    let board = round.board(Only::All).await;
    let signed = board.round.signed_off.unwrap();
    assert_eq!((signed.by.as_str(), signed.words.as_str()), ("Cora", "All looked at."));
    assert_eq!(store::hindrance(db, &round.edition).await, Ok(None));
    // From then on nothing in it changes.
    conflict(&round.resolve(1, "dropped").await, "signed off");
    conflict(
        &store::ask_again(&state(db, false), &cora, &round.round, 1, 1, "x").await,
        "signed off",
    );
    let new = NewVerdict::parse("drop", "", "", "").unwrap();
    conflict(&store::give(db, &round.bo_sits().await, 1, &new).await, "signed off");
    conflict(
        &store::change(db, &cora, &round.round, &words(false)).await,
        "signed off",
    );
    publishes(&round).await.unwrap();
}

#[tokio::test]
async fn letters_carry_links_and_remind_once() {
    let round = opened(true).await;
    let (db, cora) = (round.db(), round.cora());
    let state = state(db, true);
    let someone = by_name("Ada Example", Some("ada@elsewhere.example"));
    let invited = store::invite(&state, &cora, &round.person(), &round.round, &someone).await;
    assert_eq!(invited, Ok(Invited::Letter));
    let again = store::invite(&state, &cora, &round.person(), &round.round, &someone).await;
    assert_eq!(again, Ok(Invited::Already));
    // A colleague's address finds their account; a stranger's tells nothing.
    let rea = by_name("x", Some("REA@carrel.example"));
    let invited = store::invite(&state, &cora, &round.person(), &round.round, &rea).await;
    assert_eq!(invited, Ok(Invited::Already));
    let sten = by_name("Sten", Some("sten@carrel.example"));
    let invited = store::invite(&state, &cora, &round.person(), &round.round, &sten).await;
    assert_eq!(invited, Ok(Invited::Letter));
    let bodies = async || -> Vec<String> {
        db.rows("SELECT VALUE body FROM letter ORDER BY recipient, subject;", vars! {})
            .await
            .unwrap()
    };
    let letters = bodies().await;
    assert_eq!(letters.len(), 2);
    let token = letters[0]
        .split("/reviews/link/")
        .nth(1)
        .unwrap()
        .split_whitespace()
        .next()
        .unwrap()
        .to_owned();
    assert_eq!(store::link(db, &token).await.unwrap().name, "Ada Example");
    // Three can be written to: Rea, Ada, Sten; Bo has no address. Who is done is left alone.
    store::finish(db, &round.rea_sits().await, true, false, "")
        .await
        .unwrap();
    assert_eq!(store::remind(&state, &cora, &round.round).await, Ok((SET.into(), 2)));
    assert_eq!(store::remind(&state, &cora, &round.round).await, Ok((SET.into(), 0)));
    assert_eq!(bodies().await.len(), 4);
    // The link of the first letter still works.
    assert!(store::link(db, &token).await.is_ok());
    // By itself: once, when the last day is near.
    db.write("UPDATE reviewer SET reminded = NONE;", vars! {})
        .await
        .unwrap();
    assert_eq!(store::remind_due(&state).await, Ok(2));
    assert_eq!(store::remind_due(&state).await, Ok(0));
    let quiet = super::state(db, false);
    assert_eq!(store::remind_due(&quiet).await, Ok(0));
    conflict(&store::remind(&quiet, &cora, &round.round).await, "No mail");
}

#[tokio::test]
async fn the_board_has_pages_in_one_order() {
    let world = world().await;
    people(&world).await;
    let mut set = small();
    for number in 0..60_u128 {
        let mut node = set.nodes[5].clone();
        node.identifier = crate::competencies::tests::id(100 + number);
        node.code = Some(format!("B.{number}"));
        set.nodes.push(node);
    }
    let edition = world.import(&set, false).await.edition;
    let cora = world.curator();
    let person = cora.person.clone().unwrap();
    let (_, round) = store::open(
        &world.db,
        &cora,
        &person,
        &edition,
        "k",
        &words(true),
        store::Scope::All,
    )
    .await
    .unwrap();
    let mut numbers = Vec::new();
    for page in 1..=2 {
        let board = store::board(&world.db, &cora, SET, &round, Only::Unresolved, page)
            .await
            .unwrap();
        assert_eq!(board.pages, 2);
        numbers.extend(board.lines.iter().map(|line| line.number));
    }
    assert_eq!(numbers, (1..=64).collect::<Vec<u32>>());
}
