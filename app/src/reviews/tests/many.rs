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
