//! Several curators at once.

use super::*;
use crate::error::AppError;

#[tokio::test]
async fn what_only_one_touched_is_kept_of_both() {
    let world = world("Money").await;
    let (db, node) = (&world.db, world.node("Money").await);
    let (form, base) = world.form(&node).await;
    let theirs = EntryForm {
        notes: "Theirs".into(),
        topics: "One\nTwo".into(),
        ..form.clone()
    };
    store::save_entry(db, &world.ciro(), &node, &base, &theirs, false)
        .await
        .unwrap();
    let mine = EntryForm {
        description: "Mine".into(),
        topics: "One\nTwo".into(),
        ..form
    };
    store::save_entry(db, &world.cora(), &node, &base, &mine, false)
        .await
        .unwrap();
    let (now, _) = world.form(&node).await;
    assert_eq!(
        (now.notes.as_str(), now.description.as_str(), now.topics.as_str()),
        ("Theirs", "Mine", "One\nTwo")
    );
}

#[tokio::test]
async fn what_a_form_does_not_show_is_none_of_its_own() {
    let world = world("Money").await;
    let (db, node) = (&world.db, world.node("Money").await);
    let (form, base) = world.form(&node).await;
    let titled = EntryForm {
        title: "Theirs".into(),
        ..form.clone()
    };
    store::save_entry(db, &world.ciro(), &node, &base, &titled, false)
        .await
        .unwrap();
    // Saved field by field, on a page that still shows the old title.
    let first = EntryForm {
        notes: "Mine".into(),
        ..form
    };
    let (_, base) = store::save_entry(db, &world.cora(), &node, &base, &first, false)
        .await
        .unwrap();
    let second = EntryForm {
        notes: "Mine again".into(),
        ..first
    };
    let (_, base) = store::save_entry(db, &world.cora(), &node, &base, &second, false)
        .await
        .unwrap();
    assert_eq!(world.shown().await, "0Theirs");
    let third = EntryForm {
        title: "Mine".into(),
        ..second
    };
    assert!(
        store::save_entry(db, &world.cora(), &node, &base, &third, false)
            .await
            .is_err()
    );
    let renamed = store::rename(db, &world.cora(), &node, "Money", "Mine").await;
    assert!(renamed.unwrap_err().at("title").is_some());
    store::rename(db, &world.cora(), &node, "Theirs", "Ours").await.unwrap();
    assert_eq!(world.shown().await, "0Ours");
}

#[tokio::test]
async fn what_both_changed_is_refused_with_both_shown() {
    let world = world("Money").await;
    let (db, node) = (&world.db, world.node("Money").await);
    let (form, base) = world.form(&node).await;
    let titled = |title: &str| EntryForm {
        title: title.into(),
        ..form.clone()
    };
    store::save_entry(db, &world.ciro(), &node, &base, &titled("Theirs"), false)
        .await
        .unwrap();
    let refused = store::save_entry(db, &world.cora(), &node, &base, &titled("Mine"), false)
        .await
        .unwrap_err();
    assert!(refused.at("title").unwrap().contains("Theirs"), "{refused:?}");
    assert!(refused.at("over").is_some());
    assert_eq!(world.shown().await, "0Theirs");
    store::save_entry(db, &world.cora(), &node, &base, &titled("Mine"), true)
        .await
        .unwrap();
    assert_eq!(world.shown().await, "0Mine");
    world.undo(false).await;
    assert_eq!(world.shown().await, "0Theirs");
}

#[tokio::test]
async fn what_does_not_clash_is_saved_beside_what_does() {
    let world = world("Money").await;
    let (db, node) = (&world.db, world.node("Money").await);
    let (form, base) = world.form(&node).await;
    let theirs = EntryForm {
        title: "Theirs".into(),
        ..form.clone()
    };
    store::save_entry(db, &world.ciro(), &node, &base, &theirs, false)
        .await
        .unwrap();
    let mine = EntryForm {
        title: "Mine".into(),
        notes: "My notes".into(),
        knowledge: "One\nTwo".into(),
        ..form
    };
    let refused = store::save_entry(db, &world.cora(), &node, &base, &mine, false)
        .await
        .unwrap_err();
    assert!(refused.at("title").unwrap().contains("Theirs"));
    assert!(refused.at("over").unwrap().starts_with("The rest is saved."));
    assert!(refused.at("notes").is_none() && refused.at("knowledge").is_none());
    let (now, _) = world.form(&node).await;
    assert_eq!(
        (now.title.as_str(), now.notes.as_str(), now.knowledge.as_str()),
        ("Theirs", "My notes", "One\nTwo")
    );
    // Sent again as it is, it says the same and saves nothing more.
    let again = store::save_entry(db, &world.cora(), &node, &base, &mine, false)
        .await
        .unwrap_err();
    assert!(again.at("over").unwrap().starts_with("Both versions"));
    store::save_entry(db, &world.cora(), &node, &base, &mine, true)
        .await
        .unwrap();
    let (now, _) = world.form(&node).await;
    assert_eq!((now.title.as_str(), now.notes.as_str()), ("Mine", "My notes"));
    // Both were steps of their own, taken back one by one.
    world.undo(false).await;
    world.undo(false).await;
    let (now, _) = world.form(&node).await;
    assert_eq!((now.title.as_str(), now.notes.as_str()), ("Theirs", ""));
}

#[tokio::test]
async fn saving_an_unchanged_form_changes_nothing() {
    let world = world("Money").await;
    let node = world.node("Money").await;
    let (form, base) = world.form(&node).await;
    store::save_entry(&world.db, &world.cora(), &node, &base, &form, false)
        .await
        .unwrap();
    let revision: Option<i64> = world
        .db
        .row(
            "SELECT VALUE revision FROM $edition;",
            vars! { "edition" => world.edition.clone() },
        )
        .await
        .unwrap();
    // Begun and pasted into.
    assert_eq!(revision, Some(2));
    let bad = EntryForm {
        title: String::new(),
        sources: "A | B | ftp://x".into(),
        ..form
    };
    let refused = store::save_entry(&world.db, &world.cora(), &node, &base, &bad, false)
        .await
        .unwrap_err();
    assert!(refused.at("title").is_some() && refused.at("sources").is_some());
}

#[tokio::test]
async fn many_at_once_lose_nothing() {
    let world = world("Money").await;
    let tasks = (0..8).map(|number| {
        let (db, viewer, edition) = (
            world.db.clone(),
            if number % 2 == 0 { world.cora() } else { world.ciro() },
            world.edition.clone(),
        );
        tokio::spawn(async move {
            let mut tries = 0;
            loop {
                let added = store::add(
                    &db,
                    &viewer,
                    &edition,
                    &Spot::Top,
                    &line(&format!("Line {number}")),
                    Uuid::new_v4(),
                )
                .await;
                match added {
                    Err(AppError::Conflict(_)) if tries < 5 => tries += 1,
                    done => return done.map(drop),
                }
            }
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.unwrap().unwrap();
    }
    let rows = world.rows().await;
    assert_eq!(rows.len(), 9);
    let mut titles: Vec<_> = rows.iter().map(|row| row.title.clone()).collect();
    titles.sort();
    titles.dedup();
    assert_eq!(titles.len(), 9);
}
