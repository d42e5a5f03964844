//! What was made against an edition stays readable there as it was.

use super::*;

#[tokio::test]
async fn an_old_edition_shows_what_people_had_there() {
    let editions = revised().await;
    let Editions { world, first, second } = &editions;
    let (db, me) = (&world.db, person(world));
    let (reworded, split) = (node(world, first, "a/b%#é?").await, node(world, first, "B").await);
    let profile = RoleProfileToWrite {
        slug: "manager".into(),
        title: "Manager".into(),
        description: String::new(),
        targets: vec![(reworded.clone(), 2), (split.clone(), 1)],
    };
    add_role_profile(db, &world.library, first, profile).await.unwrap();
    choose(db, &me.id, "manager").await.unwrap();
    for old in [&reworded, &split] {
        rate(world, old, "1").await.unwrap();
        crate::plans::store::add_goal(db, &me.id, old, "2", "2027-01-31")
            .await
            .unwrap();
    }
    let mine = async |number: u32, address: &str| {
        let page = crate::competencies::store::node_page(db, &world.learner(), SET, number, address).await;
        page.unwrap().mine.unwrap()
    };
    let had = mine(1, "a/b%#é?").await;
    assert_eq!((had.goal, had.past_goal, had.needed[0].level), (Some(2), None, 2));

    published(&editions).await;

    // The goal is one, of the new edition; the old one shows that there was one.
    let kept = "count(SELECT VALUE id FROM goal WHERE removed = NONE);";
    assert_eq!(many(world, kept).await, 2);
    let old = mine(1, "a/b%#é?").await;
    assert_eq!((old.goal, old.past_goal), (None, Some(2)));
    assert_eq!((&old.said, &old.needed), (&had.said, &had.needed));
    let new = mine(2, "a/b%#é?").await;
    assert_eq!((new.goal, new.past_goal), (Some(2), None));
    // What was split keeps its goal until both parts are answered.
    assert_eq!(mine(1, "B").await.goal, Some(2));
    for (part, goal) in [("B", true), ("B2", false)] {
        let part = node(world, second, part).await;
        let level = "1".to_owned();
        store::answer(db, &me.id, &part, &store::Answer::Choose { level, goal })
            .await
            .unwrap();
    }
    let parted = mine(1, "B").await;
    assert_eq!((parted.goal, parted.past_goal), (None, Some(2)));
    assert_eq!(many(world, kept).await, 2);

    // The gaps, too, with what was planned, and nothing to rate or plan any more.
    let now = gaps(db, &me, "", Sort::parse("")).await.unwrap().unwrap();
    assert_eq!((now.open, &now.before), (true, &Some(("manager-edition-1".into(), 1))));
    let then = gaps(db, &me, "manager-edition-1", Sort::parse(""))
        .await
        .unwrap()
        .unwrap();
    assert_eq!((then.open, then.sitting, &then.before), (false, None, &None));
    let lines: Vec<_> = then.groups.iter().flat_map(|group| &group.lines).collect();
    assert!(lines.iter().all(|line| line.planned.is_some() && line.said.is_some()));
    assert_eq!(lines.len(), 2);

    // Once more from the beginning, it changes nothing.
    let past = async || -> Vec<Value> { db.rows("SELECT * FROM past_goal ORDER BY id;", vars! {}).await.unwrap() };
    let before = past().await;
    let again = "UPDATE carry_over SET done = NONE, position = 0;";
    db.write(again, vars! {}).await.unwrap();
    store::carry_over_missing(db).await.unwrap();
    assert_eq!((past().await, before.len()), (before, 2));
}
