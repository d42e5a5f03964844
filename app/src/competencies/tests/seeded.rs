//! The demonstration index.

use super::*;
use crate::competencies::{export, seed, store};
use crate::vars;

#[tokio::test]
async fn the_demonstration_set_is_published_with_its_role_profiles() {
    let world = world().await;
    let edition = seed::library_management(&world.db, &world.library).await.unwrap();
    let page = store::set_page(&world.db, &Viewer::visitor(), "library-management", None)
        .await
        .unwrap();
    assert_eq!(page.edition, edition);
    assert!(
        page.shown.statements >= 80 && page.shown.competencies >= 10,
        "{:?}",
        page.shown
    );
    assert_eq!(
        page.levels.iter().map(|level| level.label.as_str()).collect::<Vec<_>>(),
        ["No skill", "Minimal", "Moderate", "Strong"]
    );
    assert!(page.role_profiles.len() >= 4 && page.role_profiles.iter().all(|profile| profile.statements > 0));
    let levels: Vec<i64> = world
        .db
        .rows("SELECT VALUE level FROM target WHERE level NOT IN [1, 2, 3];", vars! {})
        .await
        .unwrap();
    assert!(levels.is_empty());
    let node = store::node_page(&world.db, &Viewer::visitor(), "library-management", 1, "LM 3.4")
        .await
        .unwrap();
    assert!(!node.used_by.is_empty());
    for entries in [
        &node.details.knowledge,
        &node.details.skills,
        &node.details.attitudes,
        &node.details.behaviours,
    ] {
        assert!(!entries.is_empty());
    }
}

#[tokio::test]
async fn its_identifiers_are_the_same_everywhere() {
    let (here, there) = (world().await, world().await);
    let mut sets = Vec::new();
    for world in [&here, &there] {
        seed::library_management(&world.db, &world.library).await.unwrap();
        sets.push(
            export::exchange_set(&world.db, &Viewer::visitor(), "library-management", None)
                .await
                .unwrap(),
        );
    }
    assert_eq!(sets[0], sets[1]);
}
