//! What an edition asked and nobody answered is asked of the next one.

use super::*;
use crate::editions::model::MyChanges;

/// Somebody rated what is reworded and what is split in the second edition, where
/// it is a goal too, and answers nothing.
async fn unanswered() -> Editions {
    let editions = revised().await;
    let Editions { world, first, .. } = &editions;
    rate(world, &node(world, first, "a/b%#é?").await, "1").await.unwrap();
    let whole = node(world, first, "B").await;
    let rating = Rating {
        level: "1".into(),
        aimed_at: "2".into(),
        note: "Rarely.".into(),
        ..Rating::default()
    };
    save(&world.db, &lea(), &whole, &rating).await.unwrap();
    crate::plans::store::add_goal(&world.db, &lea(), &whole, "2", "")
        .await
        .unwrap();
    published(&editions).await;
    editions
}

async fn third(world: &World) -> EditionId {
    assert_eq!(store::open_draft(&world.db, &world.curator(), SET).await, Ok(3));
    let third = crate::competencies::store::edition_of(&world.db, SET, Some(3)).await;
    third.unwrap().unwrap()
}

async fn queue(world: &World) -> MyChanges {
    store::my_changes(&world.db, &person(world), 1).await.unwrap()
}

async fn answer(world: &World, node: &NodeId, answer: Answer) -> Result<()> {
    store::answer(&world.db, &lea(), node, &answer).await
}

fn choice(level: &str, goal: bool) -> Answer {
    Answer::Choose {
        level: level.into(),
        goal,
    }
}

async fn goals(world: &World) -> Vec<NodeId> {
    let sql = "SELECT VALUE node FROM goal WHERE removed = NONE ORDER BY node;";
    world.db.rows(sql, vars! {}).await.unwrap()
}

#[tokio::test]
async fn what_nobody_answered_is_asked_once_of_the_edition_in_force() {
    let editions = unanswered().await;
    let Editions { world, first, second } = &editions;
    let third = third(world).await;
    store::publish_as_suggested(&world.db, &third).await.unwrap();
    let asked = queue(world).await;
    let kinds: Vec<Kind> = asked.asked.iter().map(|asked| asked.kind).collect();
    assert_eq!(kinds, [Kind::Reworded, Kind::Split, Kind::Split]);
    for one in &asked.asked {
        assert!(one.href.starts_with("/index/small-set/3/"), "{one:?}");
        let [before] = one.before.as_slice() else {
            panic!("{one:?}")
        };
        assert!(before.href.starts_with("/index/small-set/1/"), "{before:?}");
    }
    assert!(!asked.asked[0].pieces.is_empty() && asked.asked[1].goal);
    assert_eq!(asked.asked[1].before[0].note, "Rarely.");
    // At the retired statements nothing is said any more.
    for address in ["a/b%#é?", "B", "B2"] {
        let old = node(world, second, address).await;
        for said in [Answer::Confirm, choice("1", true)] {
            assert!(matches!(answer(world, &old, said).await, Err(AppError::Conflict(_))));
        }
    }
    // What was left behind before questions were passed on follows in the same way.
    let stranded = "DELETE edition_question WHERE edition = $third;
        UPDATE edition_question SET answered = NONE, answer = NONE, about = NONE;
        UPDATE carry_over SET only_questions = true, done = NONE, position = 0;";
    world
        .db
        .write(stranded, vars! { "third" => third.clone() })
        .await
        .unwrap();
    assert_eq!(store::carry_over_missing(&world.db).await, Ok(2));
    assert_eq!(queue(world).await, asked);

    let new = async |address: &str| node(world, &third, address).await;
    let (reworded, part, other) = (new("a/b%#é?").await, new("B").await, new("B2").await);
    answer(world, &part, choice("1", true)).await.unwrap();
    let whole = node(world, first, "B").await;
    let mut both = vec![whole, part.clone()];
    both.sort();
    assert_eq!(goals(world).await, both, "the old goal waits for its other part");
    answer(world, &other, choice("0", false)).await.unwrap();
    assert_eq!(goals(world).await, std::slice::from_ref(&part));
    answer(world, &reworded, Answer::Confirm).await.unwrap();
    assert_eq!(queue(world).await.waiting, 0);
    let kept =
        "count(SELECT VALUE id FROM rating WHERE node = $node AND level = 1 AND aimed_at = 2 AND note = 'Rarely.');";
    let kept: Option<i64> = world.db.row(kept, vars! { "node" => part }).await.unwrap();
    assert_eq!(kept, Some(1));
    let again = "UPDATE carry_over SET done = NONE, position = 0;";
    let whole = everything(world).await;
    world.db.write(again, vars! {}).await.unwrap();
    store::carry_over_missing(&world.db).await.unwrap();
    assert_eq!(everything(world).await, whole);
}

#[tokio::test]
async fn what_waits_at_a_statement_that_goes_says_so() {
    let editions = unanswered().await;
    let Editions { world, second, .. } = &editions;
    let third = third(world).await;
    let gone = "DELETE node WHERE edition = $edition AND address IN ['B2', 'a/b%#é?'];";
    world
        .db
        .write(gone, vars! { "edition" => third.clone() })
        .await
        .unwrap();
    store::publish_as_suggested(&world.db, &third).await.unwrap();
    let asked = queue(world).await;
    let kinds: Vec<Kind> = asked.asked.iter().map(|asked| asked.kind).collect();
    assert_eq!(kinds, [Kind::Retired, Kind::Split, Kind::Retired]);
    assert!(asked.asked.iter().all(|asked| asked.before.len() == 1), "{asked:?}");
    let part = node(world, &third, "B").await;
    answer(world, &part, choice("1", true)).await.unwrap();
    assert_eq!(goals(world).await.len(), 2);
    let gone = async |address: &str| node(world, second, address).await;
    answer(world, &gone("B2").await, Answer::Seen).await.unwrap();
    assert_eq!(goals(world).await, [part]);
    answer(world, &gone("a/b%#é?").await, Answer::Seen).await.unwrap();
    assert_eq!(queue(world).await.waiting, 0);
}

#[tokio::test]
async fn a_level_follows_by_its_label_and_is_asked_where_there_is_none() {
    let editions = opened().await;
    let Editions { world, first, second } = &editions;
    let labels: Vec<String> = world
        .db
        .rows("$edition.levels.label;", vars! { "edition" => first.clone() })
        .await
        .unwrap();
    let (stays, goes) = (node(world, first, "LM 1.1").await, node(world, first, "B").await);
    rate(world, &stays, "0").await.unwrap();
    rate(world, &goes, "1").await.unwrap();
    crate::plans::store::add_goal(&world.db, &lea(), &stays, "2", "")
        .await
        .unwrap();
    // One is put in at the bottom, and the second is called otherwise.
    let scale = "UPDATE $edition SET levels = array::concat([{ label: 'Not seen', description: '' }],
        array::map(levels, |$level| IF $level.label = $gone { { label: 'Renamed', description: '' } } ELSE { $level })) RETURN NONE;";
    let vars = vars! { "edition" => second.clone(), "gone" => labels[1].clone() };
    world.db.write(scale, vars).await.unwrap();
    let page = store::editions_page(&world.db, &world.curator(), SET, None, false, 1).await;
    let asks: Vec<_> = page.unwrap().map.unwrap().levels_asked.into_iter().collect();
    let [level] = asks.as_slice() else { panic!("{asks:?}") };
    assert_eq!((&level.label, &level.said, level.asks), (&labels[1], &None, true));
    assert_eq!(level.suggested.as_deref(), Some("Renamed"));
    store::publish_as_suggested(&world.db, second).await.unwrap();
    let asked = queue(world).await.asked;
    let [one] = asked.as_slice() else { panic!("{asked:?}") };
    let (now, moved) = (node(world, second, "LM 1.1").await, node(world, second, "B").await);
    assert_eq!((one.node.clone(), one.kind), (moved.clone(), Kind::Reworded));
    let level = async |node: &NodeId| {
        let sql = "SELECT VALUE level FROM rating WHERE node = $node;";
        world
            .db
            .row::<i64>(sql, vars! { "node" => node.clone() })
            .await
            .unwrap()
    };
    assert_eq!((level(&now).await, level(&moved).await), (Some(1), Some(2)));
    let goal: Option<i64> = world
        .db
        .row(
            "SELECT VALUE level FROM goal WHERE node = $node;",
            vars! { "node" => now },
        )
        .await
        .unwrap();
    assert_eq!(goal, Some(3));
}

#[tokio::test]
async fn a_level_that_a_curator_named_asks_nobody() {
    let editions = opened().await;
    let Editions { world, first, second } = &editions;
    let (db, curator) = (&world.db, world.curator());
    let labels: Vec<String> = db
        .rows("$edition.levels.label;", vars! { "edition" => first.clone() })
        .await
        .unwrap();
    let (named, left) = (node(world, first, "LM 1.1").await, node(world, first, "B").await);
    rate(world, &named, "1").await.unwrap();
    rate(world, &left, "2").await.unwrap();
    let scale = "UPDATE $edition SET levels = [levels[0], { label: 'Other', description: '' }, { label: 'More', description: '' }] RETURN NONE;";
    db.write(scale, vars! { "edition" => second.clone() }).await.unwrap();
    let name = async |was: &str, level: &str| {
        store::name_levels(db, &curator, second, &[was.to_owned()], &[level.to_owned()]).await
    };
    let wrong = name(&labels[1], "Nothing").await.unwrap_err();
    assert!(wrong.at("levels[0]").is_some(), "{wrong:?}");
    assert!(matches!(name("Nothing", "Other").await, Err(AppError::Conflict(_))));
    let short = store::name_levels(db, &curator, second, &labels[..2], &["Other".to_owned()]).await;
    assert!(matches!(short, Err(AppError::Conflict(_))));
    name(&labels[1], "More").await.unwrap();
    name(&labels[1], "More").await.unwrap();
    let page = store::editions_page(db, &curator, SET, None, false, 1).await.unwrap();
    let asked = page.map.unwrap().levels_asked;
    let said: Vec<_> = asked.iter().map(|one| (one.said.as_deref(), one.asks)).collect();
    assert_eq!(said[..2], [(Some("More"), false), (None, true)]);

    store::publish_as_suggested(db, second).await.unwrap();
    let asked = queue(world).await.asked;
    assert_eq!(
        asked.iter().map(|one| one.node.clone()).collect::<Vec<_>>(),
        [node(world, second, "B").await]
    );
    let level = "SELECT VALUE level FROM rating WHERE node = $node;";
    let vars = vars! { "node" => node(world, second, "LM 1.1").await };
    assert_eq!(db.row::<i64>(level, vars).await.unwrap(), Some(2));
    // From then on it stays as it was said.
    assert!(matches!(name(&labels[1], "Other").await, Err(AppError::Conflict(_))));
    let rewritten = "UPDATE $edition SET levels_from = NONE RETURN NONE;";
    assert!(
        db.write(rewritten, vars! { "edition" => second.clone() })
            .await
            .is_err()
    );
}

#[tokio::test]
async fn what_a_level_means_at_a_statement_is_of_its_words() {
    let editions = opened().await;
    let Editions { world, second, .. } = &editions;
    let means = "UPDATE node SET level_descriptions = ['', 'Knows where it stands.'] WHERE edition = $edition AND address = 'B';";
    world
        .db
        .write(means, vars! { "edition" => second.clone() })
        .await
        .unwrap();
    let page = store::changes(&world.db, &world.curator(), SET, 2, &Narrow::default())
        .await
        .unwrap();
    assert_eq!((page.counts.of(Kind::Reworded), page.counts.of(Kind::Same)), (1, 5));
    let change = &page.groups.last().unwrap().changes[0];
    assert_eq!(change.parts[0].0, "What the levels mean here");
}
