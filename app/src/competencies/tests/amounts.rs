//! How much of a file is taken in, and how much of it goes where.

use super::importing::staged;
use super::*;
use crate::competencies::model::Outcome;
use crate::competencies::store;
use crate::error::AppError;

#[tokio::test]
async fn bad_uploads_are_answered_at_their_fields() {
    let world = world().await;
    let curator = world.curator();
    let limits = Limits {
        bytes: 1024 * 1024,
        ..Limits::default()
    };
    let stage = async |title: &str, bytes: Vec<u8>| {
        import::stage(
            &world.db,
            &curator,
            world.library.as_str(),
            title,
            "a.json",
            bytes,
            limits,
        )
        .await
    };
    assert!(stage("", Vec::new()).await.unwrap_err().at("file").is_some());
    assert!(
        stage("", vec![b' '; limits.bytes + 1])
            .await
            .unwrap_err()
            .at("file")
            .is_some()
    );
    assert!(
        stage(&"x".repeat(301), b"{}".to_vec())
            .await
            .unwrap_err()
            .at("title")
            .is_some()
    );
    let large = stage("", vec![b' '; limits.bytes + 1]).await.unwrap_err();
    assert_eq!(large.at("file"), Some("The file is larger than 1 MB."));
    assert_eq!(world.count("import").await, 0);
}

#[tokio::test]
async fn a_large_upload_arrives_whole() {
    let world = world().await;
    let mut content = file(&small());
    content.resize(5 * 1024 * 1024 + 17, b' ');
    let import = import::stage(
        &world.db,
        &world.curator(),
        world.library.as_str(),
        "",
        "C:\\sets\\a.json",
        content.clone(),
        Limits::default(),
    )
    .await
    .unwrap();
    let file = store::staged(&world.db, &import).await.unwrap();
    assert_eq!(file.file_name, "a.json");
    assert!(file.content == content);
    assert_eq!(
        import::preview(&world.db, &world.curator(), &import, Limits::default())
            .await
            .unwrap()
            .outcome,
        Outcome::NewSet
    );
}

#[tokio::test]
async fn what_is_too_much_for_a_draft_is_said_in_the_plan() {
    let world = world().await;
    world.import(&small(), false).await;
    let mut large = small();
    let node = |number: u128| ExchangeNode {
        identifier: id(10_000 + number),
        title: format!("Statement {number}"),
        ..ExchangeNode::default()
    };
    large.nodes.extend((0..6_000).map(node));
    let import = staged(&world, &large).await;
    let (db, curator) = (&world.db, &world.curator());
    let preview = import::preview(db, curator, &import, Limits::default()).await.unwrap();
    assert_eq!(preview.outcome, Outcome::Refused);
    assert!(
        preview.remarks[0].message.contains("in place of a draft"),
        "{:?}",
        preview.remarks
    );
    let refused = import::confirm(db, curator, &import, Limits::default()).await;
    assert!(matches!(refused, Err(AppError::Conflict(_))));
    assert_eq!(world.count("node").await, 6);
}
