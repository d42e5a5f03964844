//! Publishing, and that a published edition never changes.

use super::*;
use crate::competencies::store;
use crate::error::{AppError, Result};
use crate::id::EditionId;
use crate::vars;

async fn publish(db: &Db, viewer: &Viewer, edition: &EditionId) -> Result<(String, u32)> {
    let published = crate::editions::store::publish(db, viewer, edition).await?;
    Ok((published.set, published.number))
}

#[tokio::test]
async fn curators_publish_and_nobody_else() {
    let world = world().await;
    let edition = world.import(&small(), false).await.edition;
    for other in [Viewer::visitor(), world.stranger(), world.learner()] {
        assert_eq!(publish(&world.db, &other, &edition).await, Err(AppError::NotFound));
    }
    assert_eq!(store::published_edition(&world.db, "small-set").await.unwrap(), None);
    assert_eq!(
        publish(&world.db, &world.curator(), &edition).await,
        Ok(("small-set".into(), 1))
    );
    // Sent twice, it changes nothing.
    assert_eq!(
        publish(&world.db, &world.curator(), &edition).await,
        Ok(("small-set".into(), 1))
    );
    assert_eq!(
        publish(&world.db, &world.learner(), &edition).await,
        Err(AppError::Forbidden)
    );
    assert_eq!(
        store::published_edition(&world.db, "small-set").await.unwrap(),
        Some(edition)
    );
}

#[tokio::test]
async fn nothing_is_published_twice_under_other_conditions() {
    let world = world().await;
    let edition = world.import(&small(), false).await.edition;
    world
        .db
        .run(
            "UPDATE $edition SET state = 'in_review';",
            vars! { "edition" => edition.clone() },
        )
        .await
        .unwrap();
    assert!(matches!(
        publish(&world.db, &world.curator(), &edition).await,
        Err(AppError::Conflict(_))
    ));
    let planned = import::plan(
        &world.db,
        &world.library,
        "",
        "x.json",
        file(&{
            let mut other = small();
            other.nodes[0].title = "Changed".into();
            other
        }),
    )
    .await
    .unwrap();
    assert!(!planned.preview.outcome.is_open());
    assert!(matches!(
        import::apply(&world.db, &planned, false).await,
        Err(AppError::Conflict(_))
    ));
}

#[tokio::test]
async fn a_published_edition_refuses_every_change() {
    let world = world().await;
    let edition = world.import(&small(), true).await.edition;
    let changes = [
        "UPDATE node SET title = 'x' WHERE edition = $edition;",
        "DELETE node WHERE edition = $edition;",
        "CREATE node SET edition = $edition, identifier = 'i', kind = 'statement', depth = 0, position = 99, address = 'i', title = 't';",
        "UPDATE $edition SET levels = [];",
        "UPDATE $edition SET state = 'draft';",
        "UPDATE $edition SET title = 'x';",
        "UPDATE $edition SET description_html = 'x';",
        "UPDATE $edition SET identifier = 'x';",
        "DELETE $edition;",
        "DELETE cross_reference WHERE edition = $edition;",
        "UPDATE cross_reference SET kind = 'x' WHERE edition = $edition;",
    ];
    for change in changes {
        let answer = world.db.write(change, vars! { "edition" => edition.clone() }).await;
        assert!(
            matches!(&answer, Err(AppError::Conflict(message)) if message.starts_with("A published edition")),
            "{change}"
        );
    }
    let page = store::set_page(&world.db, &Viewer::visitor(), "small-set", None)
        .await
        .unwrap();
    assert_eq!(
        (page.outline.len(), page.levels.len(), page.outline[0].title.as_str()),
        (6, 3, "Money")
    );
    world
        .db
        .write("UPDATE $edition SET state = 'retired';", vars! { "edition" => edition })
        .await
        .unwrap();
}

#[tokio::test]
async fn no_node_moves_from_a_draft_into_a_published_edition() {
    let world = world().await;
    let published = world.import(&small(), true).await.edition;
    let mut next = small();
    next.nodes[0].title = "Changed".into();
    let draft = world.import(&next, false).await.edition;
    let vars = vars! { "draft" => draft, "published" => published };
    let moved = world
        .db
        .write(
            "UPDATE node SET edition = $published, identifier += 'x', address += 'x' WHERE edition = $draft;",
            vars,
        )
        .await;
    assert!(matches!(moved, Err(AppError::Conflict(_))));
}
