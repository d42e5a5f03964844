//! What people made follows the map, and what it cannot say is asked.

use super::*;

#[tokio::test]
async fn everything_follows_the_map_and_nothing_is_lost() {
    let editions = revised().await;
    let Editions { world, first, second } = &editions;
    let (db, me) = (&world.db, person(world));
    let old = async |address: &str| node(world, first, address).await;
    let no_code = small().nodes[4].identifier.to_string();
    let olds = [
        old("LM 1.1").await,
        old("a/b%#é?").await,
        old(&no_code).await,
        old("B").await,
    ];
    let profile = RoleProfileToWrite {
        slug: "manager".into(),
        title: "Manager".into(),
        description: String::new(),
        targets: olds.iter().map(|node| (node.clone(), 2)).collect(),
    };
    add_role_profile(db, &world.library, first, profile).await.unwrap();
    choose(db, &me.id, "manager").await.unwrap();
    for (node, level) in olds.iter().zip(["2", "1", "0", "1"]) {
        rate(world, node, level).await.unwrap();
    }
    for at in [1, 3] {
        crate::plans::store::add_goal(db, &me.id, &olds[at], "2", "")
            .await
            .unwrap();
    }
    let align =
        "CREATE alignment SET id = ['book', record::id($node)], subject = resource:book, node = $node, level = 1;";
    db.write(align, vars! { "node" => olds[3].clone() }).await.unwrap();

    published(&editions).await;

    let new = async |address: &str| node(world, second, address).await;
    let (same, reworded, part, other) = (
        new("LM 1.1").await,
        new("a/b%#é?").await,
        new("B").await,
        new("B2").await,
    );
    // Nothing was rated anew, and the old edition is as it was.
    assert_eq!(many(world, "count(SELECT VALUE id FROM judgement);").await, 4);
    assert_eq!(rate(world, &olds[0], "1").await, Err(AppError::NotFound));
    let page = gaps(db, &me, "manager", Sort::parse("")).await.unwrap().unwrap();
    assert_eq!(page.edition, "Small set, edition 2");
    let lines: Vec<_> = page.groups.iter().flat_map(|group| &group.lines).collect();
    let said = |node: &NodeId| {
        lines
            .iter()
            .find(|line| line.node == *node)
            .unwrap()
            .said
            .and_then(|said| said.level())
    };
    assert_eq!(
        (said(&same), said(&reworded), said(&part), said(&other)),
        (Some(2), Some(1), None, None)
    );
    let before = gaps(db, &me, "manager-edition-1", Sort::parse(""))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(before.groups.iter().map(|group| group.lines.len()).sum::<usize>(), 4);
    // The line so far begins with what was said of the old edition.
    let growth = growth(db, &me, "", 1).await.unwrap();
    assert_eq!((growth.chosen.len(), growth.chosen[0].rated), (1, 2));
    assert_eq!(growth.history.last().map(|point| point.at_level), Some(1));
    assert_eq!(many(world, "count(SELECT VALUE id FROM alignment);").await, 3);
    assert_eq!(
        many(world, "math::sum(SELECT VALUE statements FROM coverage);").await,
        3
    );

    // Once more from the beginning, it changes nothing.
    let whole = everything(world).await;
    let again = "UPDATE carry_over SET done = NONE, position = 0;";
    db.write(again, vars! {}).await.unwrap();
    assert_eq!(store::carry_over_missing(db).await, Ok(1));
    assert_eq!(everything(world).await, whole);

    let queue = store::my_changes(db, &me, 1).await.unwrap();
    let kinds: Vec<Kind> = queue.asked.iter().map(|asked| asked.kind).collect();
    assert_eq!(kinds, [Kind::Reworded, Kind::Retired, Kind::Split, Kind::Split]);
    assert!(queue.asked.iter().all(|asked| asked.before.len() == 1), "{queue:?}");
    assert!(queue.asked[0].before[0].said.contains("Some") && queue.asked[0].goal);

    let answer = async |node: &NodeId, answer: Answer| store::answer(db, &me.id, node, &answer).await;
    let choice = |level: &str, goal| Answer::Choose {
        level: level.into(),
        goal,
    };
    assert!(matches!(
        answer(&part, Answer::Confirm).await,
        Err(AppError::Conflict(_))
    ));
    assert!(matches!(
        answer(&part, choice("9", true)).await,
        Err(AppError::Invalid(_))
    ));
    assert_eq!(answer(&same, Answer::Confirm).await, Err(AppError::NotFound));
    answer(&reworded, Answer::Confirm).await.unwrap();
    answer(&olds[2], Answer::Seen).await.unwrap();
    answer(&part, choice("1", true)).await.unwrap();
    let kept = "count(SELECT VALUE id FROM goal WHERE removed = NONE);";
    assert_eq!(many(world, kept).await, 3, "the old goal waits for its other part");
    answer(&other, choice("0", false)).await.unwrap();
    answer(&other, choice("2", false)).await.unwrap();
    assert_eq!(store::my_changes(db, &me, 1).await.unwrap().waiting, 0);
    assert_eq!(many(world, kept).await, 2);
    assert_eq!(many(world, "count(SELECT VALUE id FROM judgement);").await, 7);
    let growth = crate::assessments::store::growth(db, &me, "", 1).await.unwrap();
    assert_eq!((growth.chosen[0].rated, growth.chosen[0].total), (4, 4));
}

#[tokio::test]
async fn rating_again_answers_what_was_asked_and_stays() {
    let editions = revised().await;
    let Editions { world, first, second } = &editions;
    rate(world, &node(world, first, "a/b%#é?").await, "1").await.unwrap();
    published(&editions).await;
    let reworded = node(world, second, "a/b%#é?").await;
    let me = person(world);
    assert_eq!(store::my_changes(&world.db, &me, 1).await.unwrap().waiting, 1);
    rate(world, &reworded, "2").await.unwrap();
    assert_eq!(store::my_changes(&world.db, &me, 1).await.unwrap().waiting, 0);
    world
        .db
        .write("UPDATE carry_over SET done = NONE, position = 0;", vars! {})
        .await
        .unwrap();
    store::carry_over(&world.db, second).await;
    let level = "SELECT VALUE level FROM rating WHERE node = $node;";
    let level: Option<i64> = world.db.row(level, vars! { "node" => reworded }).await.unwrap();
    assert_eq!(level, Some(2));
}

#[tokio::test]
async fn without_anybody_to_look_the_map_is_as_suggested() {
    let editions = revised().await;
    let Editions { world, first, second } = &editions;
    rate(world, &node(world, first, "LM 1.1").await, "2").await.unwrap();
    assert_eq!(store::publish_as_suggested(&world.db, second).await, Ok(true));
    assert_eq!(store::publish_as_suggested(&world.db, second).await, Ok(false));
    let level = "SELECT VALUE level FROM rating WHERE node = $node;";
    let same = node(world, second, "LM 1.1").await;
    let level: Option<i64> = world.db.row(level, vars! { "node" => same }).await.unwrap();
    assert_eq!(level, Some(2));
}

#[tokio::test]
async fn what_was_said_of_a_statement_stands_with_it_in_the_next_edition() {
    let editions = revised().await;
    let Editions { world, first, second } = &editions;
    let db = &world.db;
    let setting = "
        CREATE study_group:open SET slug = 'open', organisation = $library, title = 'Open', public = true;
        CREATE study_group:closed SET slug = 'closed', organisation = $library, title = 'Closed';
        CREATE thread:same SET study_group = study_group:open, public = true, title = 'Same', kind = 'question', started_by = person:lea, anchor = $same;
        CREATE thread:reworded SET study_group = study_group:open, public = true, title = 'Reworded', kind = 'question', started_by = person:lea, anchor = $reworded;
        CREATE thread:split SET study_group = study_group:open, public = true, title = 'Split', kind = 'discussion', started_by = person:lea, anchor = $split;
        CREATE thread:hidden SET study_group = study_group:closed, title = 'Hidden', kind = 'discussion', started_by = person:lea, anchor = $split;";
    let vars = vars! {
        "library" => world.library.clone(), "same" => node(world, first, "LM 1.1").await,
        "reworded" => node(world, first, "a/b%#é?").await, "split" => node(world, first, "B").await,
    };
    db.write(setting, vars).await.unwrap();
    let talk = async |number: u32, address: &str| {
        let page = crate::competencies::store::node_page(db, &world.curator(), SET, number, address)
            .await
            .unwrap();
        let told = |talk: crate::competencies::model::Talk| (talk.title, talk.before.map(|before| before.label()));
        (page.talks, page.talk.into_iter().map(told).collect::<Vec<_>>())
    };
    let one = |title: &str, before: Option<&str>| (1, vec![(title.to_owned(), before.map(str::to_owned))]);
    // A draft goes on from what has the same identifier, until its map is confirmed.
    assert_eq!(talk(2, "LM 1.1").await, one("Same", Some("begun in edition 1")));
    assert_eq!(talk(2, "B2").await, (0, Vec::new()));
    published(&editions).await;
    assert_eq!(talk(2, "LM 1.1").await, one("Same", Some("begun in edition 1")));
    let reworded = "begun in edition 1 about “a/b%#é? Has an awkward code”, which was reworded";
    assert_eq!(talk(2, "a/b%#é?").await, one("Reworded", Some(reworded)));
    let split = "begun in edition 1 about “B Talks”, which was split";
    for part in ["B", "B2"] {
        assert_eq!(talk(2, part).await, one("Split", Some(split)), "{part}");
    }
    // The old edition shows it as it did.
    assert_eq!(talk(1, "B").await, one("Split", None));
    // Through another map it comes along, and what is said here stands beside it.
    assert_eq!(store::open_draft(db, &world.curator(), SET).await, Ok(3));
    let third = crate::competencies::store::edition_of(db, SET, Some(3))
        .await
        .unwrap()
        .unwrap();
    store::publish_as_suggested(db, &third).await.unwrap();
    let later =
        "CREATE thread:later SET study_group = study_group:open, public = true, title = 'Later', kind = 'discussion',
        started_by = person:lea, anchor = $node, last_post = d'2020-01-01T00:00:00Z';";
    db.write(later, vars! { "node" => node(world, &third, "B2").await })
        .await
        .unwrap();
    let both = vec![("Split".to_owned(), Some(split.to_owned())), ("Later".to_owned(), None)];
    assert_eq!(talk(3, "B2").await, (2, both));
    assert_eq!(talk(2, "B2").await.0, 1);
    let plan: Vec<Value> = db
        .rows(
            "SELECT VALUE node FROM statement_map WHERE leads IN $nodes EXPLAIN;",
            vars! { "nodes" => vec![node(world, second, "B2").await] },
        )
        .await
        .unwrap();
    assert!(format!("{plan:?}").contains("statement_map_leads"), "{plan:?}");
}

/// They have no newest answer beside them: they stand where they were made, and
/// lead to the new statement by the map.
#[tokio::test]
async fn judgements_that_others_gave_stand_as_they_were_given() {
    let editions = revised().await;
    let Editions { world, first, .. } = &editions;
    let db = &world.db;
    for (at, kind) in ["manager", "trainer", "peer"].into_iter().enumerate() {
        let address = ["LM 1.1", "a/b%#é?", "B"][at];
        let given = "CREATE judgement SET person = person:lea, given_by = person:mona, kind = $kind, node = $node, level = 1, note = 'Seen.';";
        let vars = vars! { "kind" => kind.to_owned(), "node" => node(world, first, address).await };
        db.write(given, vars).await.unwrap();
    }
    let given = async || -> Vec<Value> {
        let sql = "SELECT * FROM judgement WHERE given_by != person ORDER BY id;";
        db.rows(sql, vars! {}).await.unwrap()
    };
    let before = given().await;
    published(&editions).await;
    assert_eq!((given().await, before.len()), (before, 3));
    // Each leads on: by the map of its node, which is never taken away.
    let led = "count(SELECT VALUE id FROM judgement WHERE given_by != person
        AND array::len((SELECT VALUE becomes FROM statement_map WHERE node = $parent.node)[0]) > 0);";
    assert_eq!(many(world, led).await, 3);
    // Nobody is asked to answer for what somebody else said.
    assert_eq!(many(world, "count(SELECT VALUE id FROM edition_question);").await, 0);
}
