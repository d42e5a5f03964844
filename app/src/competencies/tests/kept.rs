//! What stays when a file takes the place of a draft, and where old codes lead.

use surrealdb_types::SurrealValue;

use super::importing::staged;
use super::*;
use crate::competencies::import;
use crate::competencies::store::{self, moved};
use crate::editions::store as editions;
use crate::error::AppError;
use crate::outlines::store as outlines;
use crate::vars;

#[derive(SurrealValue, Debug, PartialEq)]
struct Beside {
    notes: Option<String>,
    topics: Option<Vec<String>>,
    levels: Option<Vec<String>>,
    by_hand: Option<bool>,
}

async fn beside(world: &World, address: &str) -> Beside {
    let found: Option<Beside> = world
        .db
        .row(
            "SELECT notes, topics, level_descriptions AS levels, by_hand FROM node WHERE address = $address;",
            vars! { "address" => address.to_owned() },
        )
        .await
        .unwrap();
    found.unwrap()
}

const WRITTEN: &str = "
    UPDATE node SET notes = 'At the desk.', topics = ['money'], level_descriptions = ['', 'Says so'], by_hand = true,
        sources = [{ title: 'A book', credit: '', address: '' }] WHERE address = 'LM 1.1';
    UPDATE node SET notes = 'Gone soon.' WHERE address = 'B';";

#[tokio::test]
async fn an_import_over_a_draft_keeps_what_curators_wrote_and_gives_it_back() {
    let world = world().await;
    let (db, curator) = (&world.db, &world.curator());
    let first = world.import(&small(), false).await;
    db.write(WRITTEN, vars! {}).await.unwrap();
    let line = store::node_by_code(db, &first.edition, "LM 1.1")
        .await
        .unwrap()
        .unwrap();
    let was = outlines::entry_page(db, curator, &first.set, &line)
        .await
        .unwrap()
        .entry
        .title;
    outlines::rename(db, curator, &line, &was, "Explains our budget")
        .await
        .unwrap();
    let mut changed = small();
    changed.nodes[2].title = "Explains the whole budget".into();
    changed.nodes.remove(5);
    let import = staged(&world, &changed).await;
    import::confirm(db, curator, &import, Limits::default()).await.unwrap();
    let kept = beside(&world, "LM 1.1").await;
    assert_eq!(
        (kept.notes.as_deref(), kept.by_hand),
        (Some("At the desk."), Some(true))
    );
    assert_eq!(kept.levels.as_deref().map(<[String]>::len), Some(2));
    // Steps before it are put aside.
    let nothing = outlines::step_back(db, curator, &first.edition, false).await;
    assert!(matches!(nothing, Err(AppError::Conflict(_))));
    assert!(
        import::preview(db, curator, &import, Limits::default())
            .await
            .unwrap()
            .undoable
    );
    import::undo(db, curator, &import).await.unwrap();
    assert_eq!(beside(&world, "LM 1.1").await, kept);
    assert_eq!(beside(&world, "B").await.notes.as_deref(), Some("Gone soon."));
    outlines::step_back(db, curator, &first.edition, false).await.unwrap();
    let page = outlines::entry_page(db, curator, &first.set, &line).await.unwrap();
    assert_eq!(page.entry.title, was);
}

#[tokio::test]
async fn an_import_is_found_from_its_draft_and_stays_for_as_long_as_that() {
    let world = world().await;
    let (db, curator) = (&world.db, &world.curator());
    db.write(
        "CREATE person:cora SET name = 'Cora', email = 'cora@example.org', timezone = 'UTC';",
        vars! {},
    )
    .await
    .unwrap();
    let (first, waits) = (staged(&world, &small()).await, staged(&world, &small()).await);
    let set = import::confirm(db, curator, &first, Limits::default())
        .await
        .unwrap()
        .set;
    let found = async || {
        let outline = outlines::outline_page(db, curator, &set, "", 1).await.unwrap();
        let editions = editions::editions_page(db, curator, &set, None, false, 1)
            .await
            .unwrap();
        assert_eq!(outline.imported, editions.imported);
        outline.imported
    };
    let shown = found().await.unwrap();
    assert_eq!((&shown.import, shown.file_name.as_str()), (&first, "set.json"));
    assert_eq!((shown.by.as_str(), shown.day.is_empty()), ("Cora", false));
    // The last one that wrote the draft, until it is taken back.
    let mut changed = small();
    changed.nodes[2].title = "Explains the whole budget".into();
    let second = staged(&world, &changed).await;
    import::confirm(db, curator, &second, Limits::default()).await.unwrap();
    assert_eq!(found().await.unwrap().import, second);
    import::undo(db, curator, &second).await.unwrap();
    assert_eq!(found().await.unwrap().import, first);
    // A week later only what can be taken back is kept, with its file.
    let aged = "DEFINE FIELD OVERWRITE created ON import TYPE datetime DEFAULT time::now();
        DEFINE FIELD OVERWRITE created ON import_part TYPE datetime DEFAULT time::now();
        UPDATE import SET created = time::now() - 8d;
        UPDATE import_part SET created = time::now() - 8d;";
    db.write(aged, vars! {}).await.unwrap();
    crate::retention::store::sweep(db).await.unwrap();
    assert_eq!(world.count("import").await, 1);
    assert!(matches!(
        import::preview(db, curator, &waits, Limits::default()).await,
        Err(AppError::NotFound)
    ));
    assert!(
        import::preview(db, curator, &first, Limits::default())
            .await
            .unwrap()
            .undoable
    );
    store::publish_draft(db, &store::edition_of(db, &set, Some(1)).await.unwrap().unwrap())
        .await
        .unwrap();
    assert_eq!(found().await, None);
    crate::retention::store::sweep(db).await.unwrap();
    assert_eq!(world.count("import").await, 0);
    let parts = db
        .row::<i64>("count(SELECT VALUE id FROM import_part);", vars! {})
        .await;
    assert_eq!(parts.unwrap(), Some(0));
}

#[tokio::test]
async fn the_next_edition_has_what_was_written_beside_too() {
    let world = world().await;
    let first = world.import(&small(), false).await;
    world.db.write(WRITTEN, vars! {}).await.unwrap();
    store::publish_draft(&world.db, &first.edition).await.unwrap();
    let second = world
        .import(
            &{
                let mut set = small();
                set.nodes[1].title = "All budgets".into();
                set
            },
            false,
        )
        .await;
    assert_eq!(second.number, 2);
    let stored = store::stored_set(&world.db, &second.edition).await.unwrap();
    let source = stored.set.nodes[2].remarks.sources.as_ref().unwrap();
    assert_eq!((source[0].title.as_str(), source.len()), ("A book", 1));
}

#[tokio::test]
async fn nothing_points_at_what_was_taken_out_of_a_draft() {
    let world = world().await;
    let (db, curator) = (&world.db, &world.curator());
    let first = world.import(&small(), false).await;
    let node = async |address: &str| store::node_by_code(db, &first.edition, address).await.unwrap().unwrap();
    let (budget, talks) = (node("LM 1.1").await, node("B").await);
    let profile = store::RoleProfileToWrite {
        slug: "role".into(),
        title: "Role".into(),
        description: String::new(),
        targets: vec![(budget.clone(), 2), (talks.clone(), 1)],
    };
    store::add_role_profile(db, &world.library, &first.edition, profile)
        .await
        .unwrap();
    for at in [&budget, &talks] {
        db.write(
            "CREATE alignment SET id = ['book', record::id($node)], subject = resource:book, node = $node, level = 1;",
            vars! { "node" => at.clone() },
        )
        .await
        .unwrap();
    }
    let left = async || {
        let mut counts = Vec::new();
        for sql in [
            "count(SELECT VALUE id FROM target);",
            "count(SELECT VALUE id FROM alignment);",
            "SELECT VALUE statements FROM role_profile;",
        ] {
            counts.push(db.row::<i64>(sql, vars! {}).await.unwrap().unwrap_or(0));
        }
        counts
    };
    assert_eq!(left().await, [2, 2, 2]);
    outlines::remove(db, curator, &talks, true).await.unwrap();
    assert_eq!(left().await, [1, 1, 1]);
    let mut shorter = small();
    shorter.nodes.remove(2);
    shorter.references.clear();
    world.import(&shorter, false).await;
    assert_eq!(left().await, [0, 0, 0]);
}

#[tokio::test]
async fn old_codes_lead_to_new_ones_and_codes_in_use_win() {
    let world = world().await;
    let (db, curator) = (&world.db, &world.curator());
    let first = world.import(&small(), false).await;
    let lead =
        async |viewer: &Viewer, number: u32, code: &str| moved(db, viewer, &first.set, number, code).await.unwrap();
    assert_eq!(lead(curator, 1, "LM 1.1").await, None, "it is there");
    // A curator gives it another code, then gives its old one away.
    let line = store::node_by_code(db, &first.edition, "LM 1.1")
        .await
        .unwrap()
        .unwrap();
    let code = async |node: &crate::id::NodeId, code: &str| {
        let page = outlines::entry_page(db, curator, &first.set, node).await.unwrap();
        let form = crate::outlines::model::EntryForm {
            code: code.into(),
            ..page.entry
        };
        outlines::save_entry(db, curator, node, &page.base, &form, false)
            .await
            .unwrap();
    };
    code(&line, "LM 9").await;
    assert_eq!(
        lead(curator, 1, "LM 1.1").await.as_deref(),
        Some("/index/small-set/1/LM%209")
    );
    assert_eq!(
        lead(&Viewer::visitor(), 1, "LM 1.1").await,
        None,
        "nobody else knows of a draft"
    );
    assert_eq!(lead(curator, 1, "LM 2").await, None);
    let other = store::node_by_code(db, &first.edition, "B").await.unwrap().unwrap();
    code(&other, "LM 1.1").await;
    assert!(
        store::node_page(db, curator, &first.set, 1, "LM 1.1")
            .await
            .unwrap()
            .title
            .contains("Talks")
    );
    assert_eq!(
        lead(curator, 1, "B").await.as_deref(),
        Some("/index/small-set/1/LM%201.1")
    );
    store::publish_draft(db, &first.edition).await.unwrap();
    assert_eq!(
        lead(&Viewer::visitor(), 1, "B").await.as_deref(),
        Some("/index/small-set/1/LM%201.1")
    );
    // In the next edition codes of the one before lead on; its own codes stay its own.
    editions::open_draft(db, curator, &first.set).await.unwrap();
    let second = store::edition_of(db, &first.set, Some(2)).await.unwrap().unwrap();
    let line = store::node_by_code(db, &second, "LM 9").await.unwrap().unwrap();
    code(&line, "LM 10").await;
    assert_eq!(
        lead(curator, 2, "LM 9").await.as_deref(),
        Some("/index/small-set/2/LM%2010")
    );
    assert_eq!(lead(&Viewer::visitor(), 2, "LM 9").await, None);
    assert_eq!(
        lead(curator, 1, "LM 10").await,
        None,
        "an edition knows nothing of later ones"
    );
    editions::publish_as_suggested(db, &second).await.unwrap();
    assert_eq!(
        lead(&Viewer::visitor(), 2, "LM 9").await.as_deref(),
        Some("/index/small-set/2/LM%2010")
    );
    // A file that takes the place of a draft gives nodes other codes too.
    let third = world
        .import(
            &{
                let mut set = small();
                set.nodes[2].code = Some("X 1".into());
                set
            },
            false,
        )
        .await;
    let again = world
        .import(
            &{
                let mut set = small();
                set.nodes[2].code = Some("X 2".into());
                set
            },
            false,
        )
        .await;
    assert_eq!((third.number, again.number), (3, 3));
    assert_eq!(
        lead(curator, 3, "X 1").await.as_deref(),
        Some("/index/small-set/3/X%202")
    );
    assert_eq!(
        lead(curator, 3, "LM 10").await.as_deref(),
        Some("/index/small-set/3/X%202")
    );
}
