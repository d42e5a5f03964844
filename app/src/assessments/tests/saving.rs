use std::collections::HashMap;

use super::*;

#[tokio::test]
async fn ratings_stand_alone_while_no_role_is_chosen() {
    let world = world().await;
    world.rate(&world.rosa, 1, "2").await.unwrap();
    world.rate(&world.rosa, 2, NOT_MY_WORK).await.unwrap();
    let load = async || store::ratings(&world.db, &world.rosa, 1).await.unwrap();
    let alone = load().await;
    let lines: Vec<_> = alone
        .lines
        .iter()
        .map(|line| (line.code.as_str(), line.now.as_str()))
        .collect();
    assert_eq!(lines, [("LM 0.2", "Not part of my work"), ("LM 0.1", "Moderate")]);
    assert_eq!((alone.lines[1].href.as_str(), alone.pages), ("/index/lm/1/LM%200.1", 1));
    store::choose(&world.db, &world.rosa.id, "manager").await.unwrap();
    assert!(load().await.lines.is_empty(), "the gaps say more");
}

#[tokio::test]
async fn a_statement_that_is_a_goal_says_how_far_it_is() {
    let world = world().await;
    let alone = Asked {
        statement: Some(node(1)),
        ..Asked::default()
    };
    let goal = async || {
        let sitting = store::sitting(&world.db, &world.rosa, &alone).await.unwrap().unwrap();
        sitting.goal
    };
    assert_eq!(goal().await, None);
    crate::plans::store::add_goal(&world.db, &world.rosa.id, &node(1), "3", "")
        .await
        .unwrap();
    assert_eq!(goal().await, Some(3));
    crate::plans::store::remove_goal(&world.db, &world.rosa.id, &node(1))
        .await
        .unwrap();
    assert_eq!(goal().await, None);
}

#[tokio::test]
async fn all_that_was_chosen_on_a_page_is_saved_or_nothing_is() {
    let world = world().await;
    let sent = |levels: &[(i64, &str)], notes: &[(i64, &str)]| {
        let by_node = |of: &[(i64, &str)]| -> HashMap<String, String> {
            of.iter()
                .map(|(number, text)| (node(*number).to_string(), (*text).to_owned()))
                .collect()
        };
        store::Sent {
            profile: "manager".into(),
            levels: by_node(levels),
            notes: by_node(notes),
            pressed: node(9).to_string(),
            ..store::Sent::default()
        }
    };
    let save = async |sent: store::Sent| store::save(&world.db, &world.rosa.id, &sent).await;
    save(sent(&[(1, "2"), (2, NOT_MY_WORK), (3, "")], &[(1, ""), (3, " ")]))
        .await
        .unwrap();
    assert_eq!(
        world.judgements().await,
        2,
        "a row of which nothing is said is left out"
    );
    // Nothing said at all: the row whose button was pressed asks for a level.
    let error = save(sent(&[], &[])).await.unwrap_err();
    assert!(error.at("levels[n-s9]").is_some(), "{error:?}");
    let error = save(sent(&[(4, "1"), (5, "7")], &[(6, "Without a level")]))
        .await
        .unwrap_err();
    assert!(
        error.at("levels[n-s5]").is_some() && error.at("levels[n-s6]").is_some(),
        "{error:?}"
    );
    // One that the role does not need.
    assert_eq!(save(sent(&[(4, "1"), (24, "1")], &[])).await, Err(AppError::NotFound));
    let many: Vec<_> = (1..=11).map(|number| (number, "1")).collect();
    assert!(save(sent(&many, &[])).await.is_err());
    assert_eq!(world.judgements().await, 2);
}
