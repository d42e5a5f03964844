//! Plans against a real database.

use super::model::{Action, Adding, Plan, What};
use super::store::{self, NewAction, Subject};
use crate::assessments::tests::{World, node, viewer, world};
use crate::error::{AppError, Result};
use crate::id::{ActionId, CourseId, GroupId, NodeId, ResourceId};
use crate::vars;
use crate::viewer::{GroupLink, Person};

async fn with_courses() -> World {
    let world = world().await;
    let more = "
        CREATE course:budget SET slug = 'budget', organisation = organisation:library, title = 'Reading a budget', state = 'published';
        CREATE course:secret SET slug = 'secret', organisation = organisation:library, title = 'Secret';
        CREATE resource:guide SET slug = 'guide', organisation = organisation:library, title = 'Guide', kind = 'book', url = 'https://x.example';";
    world.db.run(more, vars! {}).await.unwrap();
    world
}

fn course(key: &str) -> NewAction {
    NewAction::About(Subject::Course(CourseId::parse(key).unwrap()))
}

fn task(title: &str, key: &str) -> NewAction {
    NewAction::Task {
        title: title.into(),
        key: key.into(),
    }
}

async fn plan(world: &World, person: &Person) -> Plan {
    store::page(&world.db, &viewer(person), person, None).await.unwrap()
}

async fn add(world: &World, person: &Person, new: NewAction, due: &str) -> Result<()> {
    store::add_action(&world.db, &viewer(person), new, due).await
}

#[tokio::test]
async fn the_same_thing_twice_changes_nothing() {
    let world = with_courses().await;
    for _ in 0..2 {
        store::add_goal(&world.db, &world.rosa.id, &node(1), "3", "2027-01-15")
            .await
            .unwrap();
        add(&world, &world.rosa, course("budget"), "").await.unwrap();
        add(&world, &world.rosa, task("Shadow Amina", "k1"), "2026-12-01")
            .await
            .unwrap();
    }
    add(&world, &world.rosa, task("Shadow Amina", "k2"), "").await.unwrap();
    let plan = plan(&world, &world.rosa).await;
    assert_eq!((plan.goals.len(), plan.actions.len()), (1, 3));
    assert_eq!(plan.goals[0].words(), "Not rated yet, strong wanted");
    assert_eq!(plan.goals[0].href, "/index/lm/1/LM%200.1");
    let languages: Vec<&str> = plan.actions.iter().map(|action| action.language.as_str()).collect();
    assert_eq!((plan.goals[0].language.as_str(), languages), ("en", vec!["", "en", ""]));
    let titles: Vec<&str> = plan.actions.iter().map(|action| action.title.as_str()).collect();
    assert_eq!(titles, ["Shadow Amina", "Reading a budget", "Shadow Amina"]);
    let other = store::add_goal(&world.db, &world.rosa.id, &node(1), "2", "").await;
    assert!(matches!(other, Err(AppError::Conflict(_))), "{other:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_plan_is_made_once_however_many_begin_it() {
    let world = std::sync::Arc::new(with_courses().await);
    let tasks: Vec<_> = (1..=4)
        .map(|number| {
            let world = world.clone();
            tokio::spawn(async move { store::add_goal(&world.db, &world.rosa.id, &node(number), "", "").await })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    let plans: Vec<i64> = world.db.rows("SELECT VALUE 1 FROM plan;", vars! {}).await.unwrap();
    assert_eq!((plans.len(), plan(&world, &world.rosa).await.goals.len()), (1, 4));
}

#[tokio::test]
async fn bad_input_is_answered_at_its_field_and_nothing_is_saved() {
    let world = with_courses().await;
    let goal = async |level: &str, due: &str| {
        store::add_goal(&world.db, &world.rosa.id, &node(1), level, due)
            .await
            .unwrap_err()
    };
    assert!(goal("7", "").await.at("level").is_some());
    for due in ["tomorrow", "2026-02-30", "2999-01-01"] {
        assert!(goal("1", due).await.at("due").is_some(), "{due}");
        assert!(
            add(&world, &world.rosa, course("budget"), due)
                .await
                .unwrap_err()
                .at("due")
                .is_some()
        );
    }
    assert!(
        add(&world, &world.rosa, task(" ", "k"), "")
            .await
            .unwrap_err()
            .at("title")
            .is_some()
    );
    assert!(
        add(&world, &world.rosa, task(&"x".repeat(301), "k"), "")
            .await
            .unwrap_err()
            .at("title")
            .is_some()
    );
    let hidden = [
        course("secret"),
        course("nowhere"),
        NewAction::About(Subject::Resource(ResourceId::parse("nowhere").unwrap())),
        NewAction::About(Subject::Group(GroupId::parse("theirs").unwrap())),
    ];
    for new in hidden {
        assert_eq!(
            add(&world, &world.rosa, new.clone(), "").await,
            Err(AppError::NotFound),
            "{new:?}"
        );
    }
    for key in ["ds1", "c0", "nowhere"] {
        let node = NodeId::parse(key).unwrap();
        assert_eq!(
            store::add_goal(&world.db, &world.rosa.id, &node, "1", "").await,
            Err(AppError::NotFound),
            "{key}"
        );
    }
    let plan = plan(&world, &world.rosa).await;
    assert_eq!((plan.goals.len(), plan.actions.len()), (0, 0));
}

#[tokio::test]
async fn a_group_can_be_planned_by_its_members() {
    let world = with_courses().await;
    let group = GroupId::parse("budgets").unwrap();
    let mut member = viewer(&world.rosa);
    member.groups.push(GroupLink {
        id: group.clone(),
        slug: "budgets".into(),
        title: "Budgets without tears".into(),
        unread: 0,
        facilitator: false,
    });
    store::add_action(&world.db, &member, NewAction::About(Subject::Group(group)), "")
        .await
        .unwrap();
    let plan = store::page(&world.db, &member, &world.rosa, None).await.unwrap();
    assert_eq!(plan.actions[0].title, "Budgets without tears");
    assert_eq!(plan.offer.groups.len(), 1);
}

#[tokio::test]
async fn what_is_taken_out_can_be_put_back() {
    let world = with_courses().await;
    store::add_goal(&world.db, &world.rosa.id, &node(1), "3", "2027-01-15")
        .await
        .unwrap();
    add(&world, &world.rosa, course("budget"), "2027-02-01").await.unwrap();
    let action = plan(&world, &world.rosa).await.actions[0].id.clone();
    store::remove_goal(&world.db, &world.rosa.id, &node(1)).await.unwrap();
    store::remove_action(&world.db, &world.rosa.id, &action).await.unwrap();
    let gone = plan(&world, &world.rosa).await;
    assert_eq!((gone.goals.len(), gone.actions.len()), (0, 0));
    let what: Vec<What> = gone.removed.into_iter().map(|removed| removed.what).collect();
    assert_eq!(what, [What::Action(action.clone()), What::Goal(node(1))]);
    assert_eq!(
        store::set_done(&world.db, &world.rosa.id, &action, true).await,
        Err(AppError::NotFound)
    );
    store::restore_goal(&world.db, &world.rosa.id, &node(1)).await.unwrap();
    store::restore_action(&world.db, &world.rosa.id, &action).await.unwrap();
    let back = plan(&world, &world.rosa).await;
    assert_eq!(
        (back.goals[0].due.day.as_str(), back.actions[0].due.day.as_str()),
        ("2027-01-15", "2027-02-01")
    );
    assert!(back.removed.is_empty());
    store::remove_goal(&world.db, &world.rosa.id, &node(1)).await.unwrap();
    store::add_goal(&world.db, &world.rosa.id, &node(1), "2", "")
        .await
        .unwrap();
    assert_eq!(
        plan(&world, &world.rosa).await.goals[0].level,
        2,
        "added anew, it comes back as it was added"
    );
}

#[tokio::test]
async fn a_plan_is_changed_by_its_person_only() {
    let world = with_courses().await;
    store::add_goal(&world.db, &world.rosa.id, &node(1), "3", "")
        .await
        .unwrap();
    add(&world, &world.rosa, task("Shadow Amina", "k"), "").await.unwrap();
    let action = plan(&world, &world.rosa).await.actions[0].id.clone();
    let by = async |person: &Person| {
        [
            store::set_done(&world.db, &person.id, &action, true).await,
            store::set_done(&world.db, &person.id, &action, true).await,
            store::change_action(&world.db, &person.id, &action, Some("Shadow  Mo "), "2026-12-24").await,
            store::change_goal(&world.db, &person.id, &node(1), "2", "2001-01-01").await,
        ]
    };
    assert!(
        by(&world.jonas)
            .await
            .iter()
            .all(|done| *done == Err(AppError::NotFound))
    );
    assert_eq!(
        store::remove_action(&world.db, &world.jonas.id, &action).await,
        Err(AppError::NotFound)
    );
    assert_eq!(
        store::remove_goal(&world.db, &world.jonas.id, &node(1)).await,
        Err(AppError::NotFound)
    );
    let before = plan(&world, &world.rosa).await;
    assert!(before.actions[0].done.is_none() && before.goals[0].level == 3);
    assert!(by(&world.rosa).await.iter().all(Result::is_ok));
    let after = plan(&world, &world.rosa).await;
    assert!(after.actions[0].done.is_some() && after.goals[0].due.late);
    assert_eq!(after.actions[0].title, "Shadow Mo");
    store::set_done(&world.db, &world.rosa.id, &action, false)
        .await
        .unwrap();
    assert!(plan(&world, &world.rosa).await.actions[0].done.is_none());
    let theirs = plan(&world, &world.jonas).await;
    assert_eq!(
        (theirs.goals.len(), theirs.actions.len(), theirs.removed.len()),
        (0, 0, 0)
    );
    let nothing = ActionId::parse("nothing").unwrap();
    assert_eq!(
        store::set_done(&world.db, &world.rosa.id, &nothing, true).await,
        Err(AppError::NotFound)
    );
}

#[tokio::test]
async fn gaps_are_offered_and_what_the_address_names_is_filled_in() {
    let world = with_courses().await;
    crate::assessments::store::choose(&world.db, &world.rosa.id, "manager")
        .await
        .unwrap();
    world.rate(&world.rosa, 1, "3").await.unwrap();
    world.rate(&world.rosa, 13, "1").await.unwrap();
    let page = async |add: &str| store::page(&world.db, &viewer(&world.rosa), &world.rosa, Adding::parse(add)).await;
    let offer = page("").await.unwrap().offer;
    let first: Vec<_> = offer.statements.iter().map(|gap| gap.word.as_str()).collect();
    assert!(!first.contains(&"LM 1.1 Statement 1"), "it is at its level: {first:?}");
    assert_eq!((first.len(), offer.more_gaps), (5, true));
    let wanted = page("node-s13").await.unwrap().offer.adding.unwrap();
    assert_eq!(
        (wanted.title.as_str(), wanted.level, wanted.planned),
        ("LM 1.1 Statement 13", Some(2), false)
    );
    store::add_goal(&world.db, &world.rosa.id, &node(13), "", "")
        .await
        .unwrap();
    let after = page("node-s13").await.unwrap();
    assert!(after.offer.adding.unwrap().planned);
    assert_eq!(after.goals[0].level, 2, "what the role needs");
    assert_eq!(
        page("course-budget").await.unwrap().offer.adding.unwrap().title,
        "Reading a budget"
    );
    add(&world, &world.rosa, course("budget"), "").await.unwrap();
    assert!(page("course-budget").await.unwrap().offer.adding.unwrap().planned);
    assert!(page("resource-guide").await.unwrap().offer.adding.is_some());
    for hidden in ["node-ds1", "node-c0", "course-secret", "course-nowhere", "group-theirs"] {
        assert_eq!(page(hidden).await, Err(AppError::NotFound), "{hidden}");
    }
}

#[tokio::test]
async fn what_is_due_comes_by_date_without_what_is_done_or_reached() {
    let world = with_courses().await;
    store::add_goal(&world.db, &world.rosa.id, &node(1), "3", "2027-01-15")
        .await
        .unwrap();
    store::add_goal(&world.db, &world.rosa.id, &node(2), "1", "2020-01-15")
        .await
        .unwrap();
    world.rate(&world.rosa, 2, "1").await.unwrap();
    add(&world, &world.rosa, course("budget"), "2020-02-01").await.unwrap();
    add(&world, &world.rosa, task("Undated", "k"), "").await.unwrap();
    add(&world, &world.rosa, task("Done", "k"), "2020-01-01").await.unwrap();
    let actions = plan(&world, &world.rosa).await.actions;
    let done = actions.iter().find(|action: &&Action| action.title == "Done").unwrap();
    store::set_done(&world.db, &world.rosa.id, &done.id, true)
        .await
        .unwrap();
    let due = store::due(&world.db, &world.rosa, 10).await.unwrap();
    let titles: Vec<&str> = due.iter().map(|upcoming| upcoming.title.as_str()).collect();
    assert_eq!(titles, ["Reading a budget", "Statement 1"]);
    assert!(due[0].due.late && due[0].href == "/courses/budget" && due[1].kind == "Goal");
    assert_eq!(store::due(&world.db, &world.rosa, 1).await.unwrap().len(), 1);
    assert!(store::due(&world.db, &world.jonas, 10).await.unwrap().is_empty());
}
