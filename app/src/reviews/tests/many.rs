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
