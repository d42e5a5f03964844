//! Evidence is found at what its statement goes on as, in the words of its time.

use super::*;
use crate::evidence::rules::written;
use crate::evidence::store as evidence;

#[tokio::test]
async fn evidence_is_found_where_the_map_leaves_one_statement_and_stays_where_it_does_not() {
    let editions = revised().await;
    let Editions { world, first, second } = &editions;
    let (db, me) = (&world.db, person(world));
    let said = written("Led a talk", "It went well.", "", "", "2026-11-26").unwrap();
    for address in ["LM 1.1", "a/b%#é?", "B"] {
        let old = node(world, first, address).await;
        evidence::add(db, &me.id, &old, "k1", &said).await.unwrap();
    }
    published(&editions).await;

    let list = evidence::page(db, &me, None, 1).await.unwrap().list;
    let mut places: Vec<_> = list
        .groups
        .iter()
        .map(|group| (group.statement.node.clone(), group.pieces[0].before.is_some()))
        .collect();
    let (same, split) = (node(world, second, "LM 1.1").await, node(world, first, "B").await);
    let (old, reworded) = (
        node(world, first, "a/b%#é?").await,
        node(world, second, "a/b%#é?").await,
    );
    let mut expected = vec![(same, true), (reworded.clone(), true), (split.clone(), false)];
    places.sort();
    expected.sort();
    assert_eq!(places, expected);

    let many = async |number: u32, address: &str| {
        let page = crate::competencies::store::node_page(db, &world.learner(), SET, number, address).await;
        page.unwrap().mine.unwrap().evidence
    };
    for (number, address, pieces) in [
        (1, "LM 1.1", 1),
        (2, "LM 1.1", 1),
        (2, "a/b%#é?", 1),
        (1, "B", 1),
        (2, "B2", 0),
    ] {
        assert_eq!(many(number, address).await, pieces, "{address} of edition {number}");
    }
    // One asks at the old statement and adds at the new one.
    let asked = evidence::page(db, &me, Some(&old), 1).await.unwrap();
    let statement = asked.statement.clone().unwrap();
    assert_eq!((statement.node, statement.open), (reworded, true));
    let before = asked.list.groups[0].pieces[0].before.clone().unwrap();
    assert!(before.contains("(1st edition)"), "{before}");
    assert_eq!(
        evidence::add(db, &me.id, &old, "k2", &said).await,
        Err(AppError::NotFound)
    );
    // Of both editions, it stands together, and counts as one statement's.
    let new = node(world, second, "a/b%#é?").await;
    for copy in 1..crate::evidence::model::MOST_FOR_ONE {
        evidence::add(db, &me.id, &new, &format!("new {copy}"), &said)
            .await
            .unwrap();
    }
    let full = evidence::add(db, &me.id, &new, "one more", &said).await;
    assert!(matches!(full, Err(AppError::Conflict(_))), "{full:?}");
    let asked = evidence::page(db, &me, Some(&new), 1).await.unwrap();
    assert_eq!((asked.list.count, asked.list.groups.len()), (20, 1));
    // What was split has nothing added to it and keeps what it has.
    let asked = evidence::page(db, &me, Some(&split), 1).await.unwrap();
    assert_eq!((asked.statement.unwrap().open, asked.list.count), (false, 1));
}
