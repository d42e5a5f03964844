//! Rounds of organisations in which many could review.

use super::*;

#[tokio::test]
async fn of_many_who_could_review_each_is_found_by_name() {
    let round = opened(false).await;
    round
        .db()
        .write(
            "FOR $n IN 100..175 {
                LET $person = type::record('person', string::concat('many', <string> $n));
                CREATE $person SET name = string::concat('Reader ', <string> $n), email = string::concat(<string> $n, '@carrel.example'), timezone = 'UTC';
                CREATE type::record('membership', [record::id($person), record::id($library)]) SET person = $person,
                    organisation = $library, roles = ['reviewer'];
             };",
            vars! { "library" => round.world.library.clone() },
        )
        .await
        .unwrap();
    let board = async |find: &str| {
        store::board_finding(round.db(), &round.cora(), SET, &round.round, Only::All, 1, find)
            .await
            .unwrap()
    };
    let all = board("").await;
    assert_eq!((all.suggested.len(), all.more_suggested), (50, true));
    for n in 100..175 {
        let found = board(&format!(" reader  {n} ")).await;
        let names: Vec<_> = found.suggested.into_iter().map(|(_, name)| name).collect();
        assert_eq!((names, found.more_suggested), (vec![format!("Reader {n}")], false));
    }
    assert!(board("rea sits elsewhere").await.suggested.is_empty());
}

#[tokio::test]
async fn of_a_large_draft_statements_are_chosen_by_their_codes() {
    let world = world().await;
    people(&world).await;
    let mut large = small();
    large.references.clear();
    let one = large.nodes[2].clone();
    for at in 0..700_u128 {
        large.nodes.push(crate::exchange::ExchangeNode {
            identifier: uuid::Uuid::from_u128(0x1000 + at),
            code: Some(format!("X {at}")),
            title: format!("Explains case {at}"),
            ..one.clone()
        });
    }
    let (db, cora) = (&world.db, world.curator());
    let edition = world.import(&large, false).await.edition;
    let form = store::rounds_page(db, &cora, SET, 1).await.unwrap().new.unwrap();
    let listed: Vec<&str> = form.choices.iter().map(|choice| choice.words.as_str()).collect();
    assert!(form.cut, "{listed:?}");
    assert_eq!(listed, ["A Money", "LM 1 Budgets", "B Talks"]);
    let chosen = store::coded(db, &edition, "x 3; X 699\n lm 1.1").await.unwrap();
    assert_eq!(chosen.len(), 3);
    let unknown = store::coded(db, &edition, "x 3; nowhere").await.unwrap_err();
    assert!(unknown.at("codes").is_some_and(|message| message.contains("nowhere")));
    let person = cora.person.clone().unwrap();
    let scope = store::Scope::Chosen(&chosen);
    let (_, round) = store::open(db, &cora, &person, &edition, "k", &words(true), scope)
        .await
        .unwrap();
    let board = store::board(db, &cora, SET, &round, Only::All, 1).await.unwrap();
    assert_eq!(board.round.items, 3);
}

#[tokio::test]
async fn what_is_left_of_a_round_goes_part_by_part_though_it_was_cut_off() {
    let round = opened(true).await;
    let (db, cora) = (round.db(), round.cora());
    let bo = round.bo_sits().await;
    round.say(&bo, 1, "drop", "").await;
    store::comment_as_reviewer(db, &bo, 1, "k", "x", "").await.unwrap();
    db.write(
        "FOR $n IN 5..130 {
            CREATE type::record('review_item', [record::id($round), $n]) SET round = $round, number = $n, node = node:gone, title = 'More'
         };
         DELETE $round;",
        vars! { "round" => round.round.clone() },
    )
    .await
    .unwrap();
    // At once nobody reviews in it, and nobody learns of it.
    for sql in [
        "count(SELECT VALUE id FROM reviewer);",
        "count(SELECT VALUE id FROM review_link);",
    ] {
        assert_eq!(round.many(sql).await, 0, "{sql}");
    }
    let seat = store::seat(db, &Viewer::visitor(), &round.round, Some(&round.token)).await;
    assert_eq!(seat.map(drop), Err(AppError::SignInNeeded));
    assert_eq!(store::call_off(db, &cora, &round.round).await, Err(AppError::NotFound));
    // The form that opened it opens nothing into what is left.
    let (person, scope) = (round.person(), store::Scope::All);
    let again = store::open(db, &cora, &person, &round.edition, "k", &words(true), scope).await;
    assert!(matches!(again, Err(AppError::Conflict(_))), "{again:?}");
    store::clear_rests(db, Duration::MAX).await;
    for sql in [
        "count(SELECT VALUE id FROM review_item);",
        "count(SELECT VALUE id FROM verdict);",
        "count(SELECT VALUE id FROM review_comment);",
        "count(SELECT VALUE id FROM review_rest);",
    ] {
        assert_eq!(round.many(sql).await, 0, "{sql}");
    }
    let again = store::open(db, &cora, &person, &round.edition, "k", &words(true), scope).await;
    assert_eq!(again, Ok((SET.into(), round.round.clone())));
}

/// A draft of so many statements whose round is signed off, though nobody gave a
/// verdict on any.
async fn unjudged(statements: u128) -> Round {
    let world = world().await;
    people(&world).await;
    let mut large = small();
    large.references.clear();
    let one = large.nodes[2].clone();
    large.nodes.truncate(2);
    for at in 0..statements {
        large.nodes.push(crate::exchange::ExchangeNode {
            identifier: uuid::Uuid::from_u128(0x1000 + at),
            code: Some(format!("X {at}")),
            title: format!("Explains case {at}"),
            ..one.clone()
        });
    }
    let (db, cora) = (&world.db, world.curator());
    let edition = world.import(&large, false).await.edition;
    let person = cora.person.clone().unwrap();
    let (_, round) = store::open(db, &cora, &person, &edition, "k", &words(true), store::Scope::All)
        .await
        .unwrap();
    let resolved = "UPDATE review_item SET resolution = 'kept', reason = 'I looked.', resolved_by = $me, resolved_at = time::now(),
        resolved_print = fn::shown_print(node) WHERE round = $round RETURN NONE;";
    db.write(resolved, vars! { "round" => round.clone(), "me" => person.id })
        .await
        .unwrap();
    store::sign_off(db, &cora, &round, true, "").await.unwrap();
    Round {
        world,
        edition,
        round,
        token: String::new(),
    }
}

#[tokio::test]
async fn of_many_that_nobody_judged_pages_count_all_and_list_the_first() {
    let round = unjudged(1_100).await;
    let (db, cora) = (round.db(), round.cora());
    // As though all that were of yesterday, then with what was written in this minute.
    let of_yesterday = "DEFINE FIELD OVERWRITE shown ON node TYPE option<array<string | datetime>>;
        UPDATE node SET shown = ['', time::now() - 1d] RETURN NONE;";
    let anew = "UPDATE node SET shown = ['', time::now()] RETURN NONE;";
    for sql in [of_yesterday, anew] {
        db.write(sql, vars! {}).await.unwrap();
        let since = store::changed_since(db, &round.edition).await.unwrap();
        assert_eq!((since.many, since.silent, since.lines.len()), (1_100, 1_100, 1_100));
        let set = crate::competencies::store::set_page(db, &cora, SET, None)
            .await
            .unwrap();
        let listed = set.changed;
        assert_eq!((listed.many, listed.silent, listed.lines.len()), (1_100, 1_100, 100));
        assert_eq!(listed.print, since.print, "what is said of the list is said of all");
        assert_eq!(listed.lines[0].now.as_deref(), Some("Explains case 0"));
        let board = round.board(Only::All).await;
        assert_eq!((board.changed, board.unjudged), (0, 1_100));
        let page = crate::editions::store::editions_page(db, &cora, SET, None, false, 1).await;
        let ahead = page.unwrap().ahead;
        assert!(ahead.is_none_or(|ahead| ahead.changed.many == 1_100));
    }
    // One of them says another thing by now.
    let other =
        "UPDATE node SET title = 'Says another thing', shown = ['', time::now()] WHERE code = 'X 700' RETURN NONE;";
    db.write(other, vars! {}).await.unwrap();
    let listed = crate::competencies::store::set_page(db, &cora, SET, None)
        .await
        .unwrap()
        .changed;
    assert_eq!((listed.many, listed.silent, listed.lines.len()), (1_100, 1_099, 100));
    assert_eq!(listed.lines[0].now.as_deref(), Some("Says another thing"));
    let board = round.board(Only::All).await;
    assert_eq!((board.changed, board.unjudged), (1, 1_099));
    // Whoever may not write it has nothing of it looked up.
    let reader = viewer("lea", &round.world.library, Role::Learner);
    let page = crate::competencies::store::set_page(db, &reader, SET, None).await;
    assert!(page.is_err());
}
