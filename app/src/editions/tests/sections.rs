//! Sections published ahead of the rest, against a real database.

use super::*;
use crate::competencies::store::{edition_of, set_page};

async fn edition(world: &World, number: u32) -> EditionId {
    edition_of(&world.db, SET, Some(number)).await.unwrap().unwrap()
}

/// Publishes sections of the draft by their codes, with all that leads into them confirmed.
async fn ahead(world: &World, draft: &EditionId, sections: &[usize]) -> Result<EditionId> {
    let names: Vec<String> = sections
        .iter()
        .map(|at| small().nodes[*at].identifier.to_string())
        .collect();
    let (edition, published) =
        store::publish_sections(&world.db, &world.curator(), draft, &names, &Said::default()).await?;
    if published.carries {
        store::carry_over(&world.db, &edition).await;
    }
    Ok(edition)
}

async fn whole(world: &World, draft: &EditionId) {
    confirm_all(world, draft).await;
    store::publish(&world.db, &world.curator(), draft).await.unwrap();
    store::carry_over(&world.db, draft).await;
}

async fn level(world: &World, node: &NodeId) -> Option<i64> {
    let level: Option<Option<i64>> = world
        .db
        .row(
            "SELECT VALUE level FROM rating WHERE person = $me AND node = $node;",
            vars! { "me" => lea(), "node" => node.clone() },
        )
        .await
        .unwrap();
    level.flatten()
}

async fn states(world: &World) -> Vec<String> {
    world
        .db
        .rows(
            "SELECT VALUE string::concat(<string> number, ' ', state, IF partial ?? false { ' in part' } ELSE { '' }) FROM edition ORDER BY number;",
            vars! {},
        )
        .await
        .unwrap()
}

#[tokio::test]
async fn the_rest_of_a_first_edition_goes_on_as_a_draft() {
    let world = world().await;
    let draft = world.import(&small(), false).await.edition;
    let first = ahead(&world, &draft, &[0]).await.unwrap();
    assert_eq!(states(&world).await, ["1 published in part", "2 draft"]);
    assert_eq!(edition(&world, 1).await, first);
    let (part, rest) = (
        stored_set(&world.db, &first).await.unwrap(),
        stored_set(&world.db, &draft).await.unwrap(),
    );
    assert_eq!((part.set.nodes.len(), rest.set.nodes.len()), (5, 6));
    assert_eq!(
        (part.set.references.len(), part.set.scale.clone()),
        (1, rest.set.scale.clone())
    );
    assert_ne!(part.document, rest.document);
    assert_eq!(part.set.nodes[2], rest.set.nodes[2]);
    let page = set_page(&world.db, &Viewer::visitor(), SET, None).await.unwrap();
    assert!(page.shown.partial && page.shown.number == 1 && page.shown.statements == 3);
    // The second part comes, and the first stays: nothing of it is in the second.
    let second = ahead(&world, &draft, &[5]).await.unwrap();
    assert_eq!(
        states(&world).await,
        ["1 published in part", "2 published in part", "3 draft"]
    );
    assert_eq!(many(&world, "count(SELECT VALUE id FROM statement_map);").await, 0);
    rate(&world, &node(&world, &first, "LM 1.1").await, "2").await.unwrap();
    rate(&world, &node(&world, &second, "B").await, "1").await.unwrap();
    // The whole goes on from both.
    let map = store::editions_page(&world.db, &world.curator(), SET, None, false, 1)
        .await
        .unwrap()
        .map
        .unwrap();
    assert_eq!(
        (map.bases, map.counts.of(Kind::Same), map.counts.of(Kind::New)),
        (vec![2, 1], 6, 0)
    );
    whole(&world, &draft).await;
    assert_eq!(
        states(&world).await,
        ["1 retired in part", "2 retired in part", "3 published"]
    );
    assert_eq!(level(&world, &node(&world, &draft, "LM 1.1").await).await, Some(2));
    assert_eq!(level(&world, &node(&world, &draft, "B").await).await, Some(1));
    assert_eq!(many(&world, "count(SELECT VALUE id FROM edition_question);").await, 0);
    let changes = store::changes(&world.db, &Viewer::visitor(), SET, 3, &Narrow::default())
        .await
        .unwrap();
    assert_eq!((changes.bases, changes.counts.of(Kind::Same)), (vec![2, 1], 6));
}

#[tokio::test]
async fn what_a_part_does_not_hold_stays_and_nothing_is_asked_of_it() {
    let editions = opened().await;
    let Editions {
        world,
        first,
        second: draft,
    } = &editions;
    let (old, talks) = (node(world, first, "LM 1.1").await, node(world, first, "B").await);
    let profile = RoleProfileToWrite {
        slug: "role".into(),
        title: "Role".into(),
        description: String::new(),
        targets: vec![(old.clone(), 2), (talks.clone(), 1)],
    };
    add_role_profile(&world.db, &world.library, first, profile)
        .await
        .unwrap();
    rate(world, &old, "1").await.unwrap();
    rate(world, &talks, "1").await.unwrap();
    let waiting = ahead(world, draft, &[0]).await;
    assert!(matches!(waiting, Err(AppError::Conflict(message)) if message.contains("5 statements")));
    store::confirm_same(&world.db, &world.curator(), draft).await.unwrap();
    let part = ahead(world, draft, &[0]).await.unwrap();
    assert_eq!(states(world).await, ["1 published", "2 published in part", "3 draft"]);
    let new = node(world, &part, "LM 1.1").await;
    assert_eq!(
        (level(world, &new).await, level(world, &talks).await),
        (Some(1), Some(1))
    );
    assert_eq!(many(world, "count(SELECT VALUE id FROM edition_question);").await, 0);
    assert_eq!(
        many(
            world,
            "count(SELECT VALUE id FROM statement_map WHERE kind = 'retired');"
        )
        .await,
        0
    );
    // The job still needs what it did, of the edition that is in force whole.
    assert_eq!(many(world, "count(SELECT VALUE id FROM role_profile);").await, 1);
    assert_eq!(published_edition(&world.db, SET).await.unwrap().as_ref(), Some(first));
    let page = set_page(&world.db, &Viewer::visitor(), SET, None).await.unwrap();
    assert_eq!((page.shown.number, page.editions.len()), (1, 2));
    // Said since, by the profile of the older edition: the newer answer counts.
    rate(world, &old, "2").await.unwrap();
    world
        .db
        .write(
            "UPDATE rating SET at = time::now() + 1h WHERE node = $node;",
            vars! { "node" => old.clone() },
        )
        .await
        .unwrap();
    let map = store::editions_page(&world.db, &world.curator(), SET, Some(Kind::Same), false, 1)
        .await
        .unwrap()
        .map
        .unwrap();
    assert_eq!(
        (map.bases, map.counts.of(Kind::Same), map.rows.len()),
        (vec![2, 1], 6, 6),
        "each statement once"
    );
    whole(world, draft).await;
    assert_eq!(states(world).await, ["1 retired", "2 retired in part", "3 published"]);
    let (now, talks) = (node(world, draft, "LM 1.1").await, node(world, draft, "B").await);
    assert_eq!(
        (level(world, &now).await, level(world, &talks).await),
        (Some(2), Some(1))
    );
    let needed: Vec<NodeId> = world
        .db
        .rows(
            "SELECT VALUE node FROM target WHERE role_profile.edition = $edition ORDER BY node;",
            vars! { "edition" => draft.clone() },
        )
        .await
        .unwrap();
    let mut both = vec![now, talks];
    both.sort();
    assert_eq!(needed, both);
    // Doing it again changes nothing.
    let before = everything(world).await;
    world
        .db
        .write("UPDATE carry_over SET done = NONE, position = 0;", vars! {})
        .await
        .unwrap();
    store::carry_over_missing(&world.db).await.unwrap();
    assert_eq!(everything(world).await, before);
}

#[tokio::test]
async fn parts_are_chosen_by_curators_and_never_all_of_it() {
    let world = world().await;
    let draft = world.import(&small(), false).await.edition;
    let tops: Vec<String> = [0, 5].map(|at| small().nodes[at].identifier.to_string()).into();
    let publish = async |viewer: Viewer, sections: &[String]| {
        let done = store::publish_sections(&world.db, &viewer, &draft, sections, &Said::default()).await;
        done.map(drop)
    };
    for other in [Viewer::visitor(), world.learner(), world.stranger()] {
        assert_eq!(publish(other, &tops[..1]).await, Err(AppError::NotFound));
    }
    for odd in [&[][..], &tops[..], &["x".to_owned()][..]] {
        let refused = publish(world.curator(), odd).await.unwrap_err();
        assert!(refused.at("sections").is_some(), "{odd:?}");
    }
    assert_eq!(many(&world, "count(SELECT VALUE id FROM edition);").await, 1);
    assert_eq!(many(&world, "count(SELECT VALUE id FROM edition_parts);").await, 0);
    publish(world.curator(), &tops[..1]).await.unwrap();
    let page = store::editions_page(&world.db, &world.curator(), SET, None, false, 1)
        .await
        .unwrap();
    assert!(page.editions[1].partial && !page.editions[0].partial);
    assert_eq!(page.ahead.unwrap().number, 2);
    // The draft holds what stands nowhere else: it stays.
    let frozen = world
        .db
        .write(
            "UPDATE edition SET partial = NONE, state = 'draft' WHERE partial = true;",
            vars! {},
        )
        .await;
    assert!(frozen.is_err());
}

#[tokio::test]
async fn of_codes_that_stand_twice_only_those_of_the_sections_are_asked_about() {
    let world = world().await;
    let mut set = small();
    set.nodes[4].code = set.nodes[2].code.clone();
    let draft = world.import(&set, false).await.edition;
    ahead(&world, &draft, &[5]).await.unwrap();
    let refused = ahead(&world, &draft, &[0]).await.unwrap_err();
    assert!(refused.at("repeated").unwrap().contains("once: LM 1.1."));
    let said = Said {
        repeated: true,
        ..Said::default()
    };
    let names = [set.nodes[0].identifier.to_string()];
    store::publish_sections(&world.db, &world.curator(), &draft, &names, &said)
        .await
        .unwrap();
    assert_eq!(
        states(&world).await,
        ["1 published in part", "2 published in part", "3 draft"]
    );
}

/// Rated in the whole edition, in its sections ahead, and in the first once more.
#[tokio::test]
async fn what_is_gone_is_said_once_to_who_rated_it_in_two_editions() {
    let editions = opened().await;
    let Editions {
        world,
        first,
        second: draft,
    } = &editions;
    let old = node(world, first, "LM 1.1").await;
    rate(world, &old, "1").await.unwrap();
    store::confirm_same(&world.db, &world.curator(), draft).await.unwrap();
    let part = ahead(world, draft, &[0]).await.unwrap();
    let later = "UPDATE rating SET at = time::now() + 1h WHERE node = $node;";
    world.db.write(later, vars! { "node" => old.clone() }).await.unwrap();
    // Of another statement, somebody said something in the first edition only.
    let awkward = node(world, first, "a/b%#é?").await;
    rate(world, &awkward, "2").await.unwrap();
    world
        .db
        .write(
            "DELETE node WHERE edition = $edition AND address IN ['LM 1.1', 'a/b%#é?'];",
            vars! { "edition" => draft.clone() },
        )
        .await
        .unwrap();
    whole(world, draft).await;
    let asked = async || -> Vec<String> {
        let sql = "array::sort((SELECT VALUE string::concat(<string> node.edition.number, ' ', node.address)
            FROM edition_question WHERE kind = 'retired'));";
        world.db.read(sql, vars! {}).await.unwrap()
    };
    let ahead = "SELECT VALUE string::concat(<string> number, ' LM 1.1') FROM $part;";
    let ahead: Option<String> = world.db.row(ahead, vars! { "part" => part.clone() }).await.unwrap();
    let expected = ["1 a/b%#é?".to_owned(), ahead.unwrap()];
    assert_eq!(asked().await, expected);
    let waiting = store::my_changes(&world.db, &person(world), 1).await.unwrap();
    assert_eq!(waiting.waiting, 2);
    assert!(waiting.asked.iter().all(|asked| !asked.before.is_empty()));
    // Being cut off and going on says nothing twice.
    world
        .db
        .write(
            "UPDATE carry_over SET done = NONE, position = 0 WHERE edition = $whole;",
            vars! { "whole" => draft.clone() },
        )
        .await
        .unwrap();
    assert_eq!(store::carry_over_missing(&world.db).await, Ok(1));
    assert_eq!(asked().await, expected);
}
