//! From a file to an edition, and back.

use super::*;
use crate::competencies::model::Outcome;
use crate::competencies::{export, store};
use crate::error::AppError;
use crate::exchange;
use crate::id::ImportId;

pub(super) async fn staged(world: &World, set: &ExchangeSet) -> ImportId {
    import::stage(
        &world.db,
        &world.curator(),
        world.library.as_str(),
        "",
        "set.json",
        file(set),
        Limits::default(),
    )
    .await
    .unwrap()
}

#[tokio::test]
async fn a_round_trip_gives_the_same_set() {
    let world = world().await;
    let set = small();
    world.import(&set, true).await;
    let out = export::exchange_set(&world.db, &Viewer::visitor(), "small-set", Some(1))
        .await
        .unwrap();
    assert_eq!(out.nodes, set.nodes);
    assert_eq!(
        (&out.references, &out.scale, &out.title),
        (&set.references, &set.scale, &set.title)
    );
    let package = export::case_package(&world.db, &Viewer::visitor(), "small-set", 1, "https://carrel.example")
        .await
        .unwrap();
    let again = exchange::parse("case.json", &serde_json::to_vec(&package).unwrap());
    assert!(exchange::compare(&out, again.importable().unwrap()).is_empty());
    let framework = export::moodle_framework(&world.db, &Viewer::visitor(), "small-set", 1)
        .await
        .unwrap();
    let again = exchange::parse("moodle.csv", framework.as_bytes());
    let titles = |set: &ExchangeSet| set.nodes.iter().map(|node| node.title.clone()).collect::<Vec<_>>();
    assert_eq!(titles(again.importable().unwrap()), titles(&set));
}

#[tokio::test]
async fn nothing_is_written_before_it_is_confirmed() {
    let world = world().await;
    let import = staged(&world, &small()).await;
    let preview = import::preview(&world.db, &world.curator(), &import, Limits::default())
        .await
        .unwrap();
    assert_eq!(preview.outcome, Outcome::NewSet);
    assert_eq!((preview.sections, preview.competencies, preview.statements), (1, 1, 4));
    assert_eq!(
        (
            preview.new,
            preview.with_details,
            preview.references,
            preview.levels.len()
        ),
        (6, 1, 1, 3)
    );
    assert_eq!(
        (
            preview.title.as_str(),
            preview.format.as_str(),
            preview.organisation.as_str()
        ),
        ("Small set", "CASE package", "library")
    );
    assert_eq!((world.count("competency_set").await, world.count("node").await), (0, 0));
}

#[tokio::test]
async fn curators_of_the_organisation_import_and_nobody_else() {
    let world = world().await;
    let stage = async |viewer: &Viewer, organisation: &str| {
        import::stage(
            &world.db,
            viewer,
            organisation,
            "",
            "set.json",
            file(&small()),
            Limits::default(),
        )
        .await
    };
    assert_eq!(
        stage(&Viewer::visitor(), world.library.as_str()).await,
        Err(AppError::SignInNeeded)
    );
    assert_eq!(
        stage(&world.learner(), world.library.as_str()).await,
        Err(AppError::Forbidden)
    );
    for organisation in [world.library.as_str(), "nowhere", "", "'; DELETE organisation;"] {
        let answer = stage(&world.stranger(), organisation).await.unwrap_err();
        assert!(answer.at("organisation").is_some(), "{organisation}");
    }
    assert!(stage(&world.curator(), world.branch.as_str()).await.is_ok());
    let import = stage(&world.curator(), world.library.as_str()).await.unwrap();
    for (other, error) in [
        (Viewer::visitor(), AppError::SignInNeeded),
        (world.stranger(), AppError::NotFound),
        (world.learner(), AppError::NotFound),
    ] {
        assert_eq!(
            import::preview(&world.db, &other, &import, Limits::default()).await,
            Err(error.clone())
        );
        assert_eq!(
            import::confirm(&world.db, &other, &import, Limits::default()).await,
            Err(error)
        );
    }
    assert_eq!(world.count("competency_set").await, 0);
    assert!(
        import::confirm(&world.db, &world.curator(), &import, Limits::default())
            .await
            .unwrap()
            .written
    );
}

#[tokio::test]
async fn the_same_file_twice_changes_nothing() {
    let world = world().await;
    assert!(world.import(&small(), false).await.written);
    let again = world.import(&small(), false).await;
    assert_eq!((again.written, again.number), (false, 1));
    let import = staged(&world, &small()).await;
    let preview = import::preview(&world.db, &world.curator(), &import, Limits::default())
        .await
        .unwrap();
    assert!(
        matches!(preview.outcome, Outcome::Unchanged { number: 1, .. }),
        "{:?}",
        preview.set_fields
    );
    assert!(
        !import::confirm(&world.db, &world.curator(), &import, Limits::default())
            .await
            .unwrap()
            .written
    );
    // And once it is published: publishing it again is no new edition either.
    assert!(world.import(&small(), true).await.published);
    assert!(!world.import(&small(), true).await.written);
    assert_eq!(
        (
            world.count("competency_set").await,
            world.count("edition").await,
            world.count("node").await
        ),
        (1, 1, 6)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_confirmation_sent_twice_writes_once() {
    let world = world().await;
    let import = staged(&world, &small()).await;
    let (db, curator) = (&world.db, &world.curator());
    let (one, two) = tokio::join!(
        import::confirm(db, curator, &import, Limits::default()),
        import::confirm(db, curator, &import, Limits::default())
    );
    let (one, two) = (one.unwrap(), two.unwrap());
    assert_eq!(one.edition, two.edition);
    assert_eq!([one.written, two.written].iter().filter(|written| **written).count(), 1);
    let third = import::confirm(db, curator, &import, Limits::default()).await.unwrap();
    assert!(!third.written);
    let preview = import::preview(db, curator, &import, Limits::default()).await.unwrap();
    assert_eq!(
        preview.outcome,
        Outcome::Done {
            set: "small-set".into(),
            number: 1
        }
    );
    assert_eq!(
        (
            world.count("competency_set").await,
            world.count("edition").await,
            world.count("node").await
        ),
        (1, 1, 6)
    );
}

#[tokio::test]
async fn a_changed_file_replaces_a_draft_and_follows_a_published_edition() {
    let world = world().await;
    let first = world.import(&small(), false).await;
    let kept = store::node_by_code(&world.db, &first.edition, "LM 1.1").await.unwrap();
    let mut changed = small();
    changed.nodes[2].title = "Explains the whole budget".into();
    changed.nodes.remove(5);
    let planned = import::plan(&world.db, &world.library, "", "set.json", file(&changed))
        .await
        .unwrap();
    assert!(matches!(
        planned.preview.outcome,
        Outcome::ReplacesDraft { number: 1, .. }
    ));
    assert_eq!(
        (
            planned.preview.changed,
            planned.preview.missing,
            planned.preview.unchanged
        ),
        (1, 1, 4)
    );
    assert_eq!(planned.preview.missing_nodes[0].title, "Talks");
    let second = import::apply(&world.db, &planned, true).await.unwrap();
    assert_eq!((second.edition.clone(), second.number), (first.edition, 1));
    assert_eq!(
        store::node_by_code(&world.db, &second.edition, "LM 1.1").await.unwrap(),
        kept
    );
    let third = world.import(&small(), false).await;
    assert_eq!((third.number, third.written, third.published), (2, true, false));
    assert_eq!((world.count("edition").await, world.count("node").await), (2, 11));
}

#[tokio::test]
async fn a_plan_that_was_overtaken_is_refused() {
    let world = world().await;
    let planned = import::plan(&world.db, &world.library, "", "set.json", file(&small()))
        .await
        .unwrap();
    world.import(&small(), false).await;
    assert!(matches!(
        import::apply(&world.db, &planned, false).await,
        Err(AppError::Conflict(_))
    ));
    assert_eq!(world.count("competency_set").await, 1);
}

#[tokio::test]
async fn a_typed_name_wins_and_is_kept_when_none_is_typed() {
    let world = world().await;
    let named = async |title: &str| {
        let planned = import::plan(&world.db, &world.library, title, "set.json", file(&small()))
            .await
            .unwrap();
        import::apply(&world.db, &planned, true).await.unwrap()
    };
    assert_eq!(named("Our skills").await.set, "our-skills");
    assert!(!named("Our skills").await.written);
    assert!(!named("").await.written);
}

#[tokio::test]
async fn the_words_of_a_set_change_when_an_edition_is_published_not_when_it_is_imported() {
    let world = world().await;
    world.import(&small(), true).await;
    let mut renamed = small();
    renamed.description = "Quite another set.".into();
    renamed.licence = Some("CC0".into());
    let planned = import::plan(&world.db, &world.library, "Their skills", "set.json", file(&renamed))
        .await
        .unwrap();
    assert!(matches!(planned.preview.outcome, Outcome::NewEdition { number: 2, .. }));
    import::apply(&world.db, &planned, false).await.unwrap();
    let page = async |number: Option<u32>, viewer: Viewer| {
        let page = store::set_page(&world.db, &viewer, "small-set", number).await.unwrap();
        (page.title, page.licence, page.description_html.contains("another"))
    };
    let before = || ("Small set".to_owned(), "CC BY 4.0".to_owned(), false);
    let after = || ("Their skills".to_owned(), "CC0".to_owned(), true);
    assert_eq!(page(None, Viewer::visitor()).await, before());
    assert_eq!(page(Some(2), world.curator()).await, after());
    let listed = async || {
        let list = store::list(&world.db, &Viewer::visitor(), 1).await.unwrap();
        list.sets[0].title.clone()
    };
    assert_eq!(listed().await, "Small set");

    let draft = store::edition_of(&world.db, "small-set", Some(2))
        .await
        .unwrap()
        .unwrap();
    store::publish_draft(&world.db, &draft).await.unwrap();
    assert_eq!(page(None, Viewer::visitor()).await, after());
    assert_eq!(page(Some(1), Viewer::visitor()).await, before());
    assert_eq!(listed().await, "Their skills");
    let package = export::case_package(&world.db, &Viewer::visitor(), "small-set", 1, "https://carrel.example")
        .await
        .unwrap();
    assert_eq!(package["CFDocument"]["title"], "Small set");
}

#[tokio::test]
async fn two_organisations_may_hold_the_same_set() {
    let world = world().await;
    assert_eq!(world.import(&small(), true).await.set, "small-set");
    let planned = import::plan(&world.db, &world.elsewhere, "", "set.json", file(&small()))
        .await
        .unwrap();
    assert_eq!(planned.preview.outcome, Outcome::NewSet);
    assert_eq!(
        import::apply(&world.db, &planned, true).await.unwrap().set,
        "small-set-2"
    );
}

#[tokio::test]
async fn a_whole_import_is_taken_back() {
    let world = world().await;
    let (db, curator) = (&world.db, &world.curator());
    let first = staged(&world, &small()).await;
    import::confirm(db, curator, &first, Limits::default()).await.unwrap();
    for (other, error) in [
        (Viewer::visitor(), AppError::SignInNeeded),
        (world.stranger(), AppError::NotFound),
        (world.learner(), AppError::NotFound),
    ] {
        assert_eq!(import::undo(db, &other, &first).await, Err(error));
    }
    // Over the draft, and back to what it was.
    let mut changed = small();
    changed.nodes[2].title = "Explains the whole budget".into();
    changed.nodes.remove(5);
    let second = staged(&world, &changed).await;
    let applied = import::confirm(db, curator, &second, Limits::default()).await.unwrap();
    let kept = store::node_by_code(db, &applied.edition, "LM 1.1").await.unwrap();
    assert!(
        import::preview(db, curator, &second, Limits::default())
            .await
            .unwrap()
            .undoable
    );
    assert!(
        !import::preview(db, curator, &first, Limits::default())
            .await
            .unwrap()
            .undoable
    );
    assert!(matches!(
        import::undo(db, curator, &first).await,
        Err(AppError::Conflict(_))
    ));
    import::undo(db, curator, &second).await.unwrap();
    import::undo(db, curator, &second).await.unwrap();
    let now = store::stored_set(db, &applied.edition).await.unwrap();
    assert!(exchange::compare(&small(), &now.set).is_empty());
    assert_eq!(store::node_by_code(db, &applied.edition, "LM 1.1").await.unwrap(), kept);
    let preview = import::preview(db, curator, &second, Limits::default()).await.unwrap();
    assert!(matches!(preview.outcome, Outcome::ReplacesDraft { .. }));
    // The set itself, and all that it held.
    import::undo(db, curator, &first).await.unwrap();
    let noted = "SELECT VALUE about FROM audit_entry WHERE act = 'set_imported';";
    let noted: Vec<String> = db.rows(noted, crate::vars! {}).await.unwrap();
    assert!(noted.iter().all(|about| about == "Small set"), "{noted:?}");
    let noted = "SELECT VALUE about FROM audit_entry WHERE act = 'import_undone' ORDER BY at;";
    let noted: Vec<String> = db.rows(noted, crate::vars! {}).await.unwrap();
    assert_eq!(noted, ["Small set", "Small set"]);
    for table in ["competency_set", "edition", "node", "search_entry"] {
        assert_eq!(world.count(table).await, 0, "{table}");
    }
    // And again in, published: that stays.
    let again = import::confirm(db, curator, &first, Limits::default()).await.unwrap();
    store::publish_draft(db, &again.edition).await.unwrap();
    assert!(matches!(
        import::undo(db, curator, &first).await,
        Err(AppError::Conflict(_))
    ));
    let third = staged(&world, &changed).await;
    import::confirm(db, curator, &third, Limits::default()).await.unwrap();
    import::undo(db, curator, &third).await.unwrap();
    assert_eq!((world.count("edition").await, world.count("node").await), (1, 6));
}
