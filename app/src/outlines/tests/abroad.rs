//! References to statements of other sets, and what becomes of them as either has
//! a new edition.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::competencies::import::{self, PlannedImport};
use crate::competencies::model::{Outcome, Reference};
use crate::competencies::store::{edition_of, node_by_code, node_page, publish_draft, stored_set};
use crate::competencies::tests::{World, small, world};
use crate::db::Db;
use crate::editions::store as editions;
use crate::error::AppError;
use crate::exchange::{Limits, case, compare, sheet};
use crate::id::{EditionId, NodeId};
use crate::outlines::model::Seek;
use crate::outlines::pasting;
use crate::outlines::store::{self, Looking, NewSet, Spot};
use crate::vars;
use crate::viewer::Viewer;

/// The set that is referred to.
const THERE: &str = "small-set";

/// A published set, and another one with a draft of two statements.
async fn two_sets() -> (World, String, EditionId) {
    let world = world().await;
    world.import(&small(), true).await;
    let (db, curator) = (&world.db, world.curator());
    let new = NewSet {
        key: Uuid::from_u128(7),
        organisation: world.library.to_string(),
        title: "Own words".into(),
        description: String::new(),
        language: "en".into(),
    };
    let set = store::create(db, &curator, &new).await.unwrap();
    let edition = edition_of(db, &set, Some(1)).await.unwrap().unwrap();
    let rows = pasting::parse("X 1\tPlans the money\nX 2\tListens well").unwrap();
    store::add(db, &curator, &edition, &Spot::Top, &rows, Uuid::new_v4())
        .await
        .unwrap();
    (world, set, edition)
}

async fn node(db: &Db, set: &str, number: u32, code: &str) -> NodeId {
    let edition = edition_of(db, set, Some(number)).await.unwrap().unwrap();
    node_by_code(db, &edition, code).await.unwrap().unwrap()
}

/// What a statement's page says of other sets: how, which set, its edition, the words.
async fn said(db: &Db, set: &str, number: u32, code: &str) -> Vec<(String, String, u32, String)> {
    let page = node_page(db, &Viewer::visitor(), set, number, code).await.unwrap();
    let abroad = |one: Reference| {
        one.elsewhere
            .map(|other| (one.words, other.set, other.number, one.node.title))
    };
    page.references.into_iter().filter_map(abroad).collect()
}

/// The next edition of a set with the statement of this code in other words.
async fn goes_on(world: &World, set: &str, number: u32, code: &str, title: &str) {
    editions::open_draft(&world.db, &world.curator(), set).await.unwrap();
    let own = node(&world.db, set, number, code).await;
    let edition = edition_of(&world.db, set, Some(number)).await.unwrap().unwrap();
    world
        .db
        .write(
            "UPDATE $own SET title = $title;",
            vars! { "own" => own, "title" => title.to_owned() },
        )
        .await
        .unwrap();
    editions::publish_as_suggested(&world.db, &edition).await.unwrap();
}

#[tokio::test]
async fn a_statement_of_another_set_is_found_referred_to_and_taken_back() {
    let (world, set, _) = two_sets().await;
    let (db, cora) = (&world.db, world.curator());
    let own = node(db, &set, 1, "X 1").await;
    let budget = node(db, THERE, 1, "LM 1.1").await;
    let looking = Looking {
        what: Seek::Reference,
        query: "explains bud".into(),
        chosen: Some(budget.clone()),
    };
    let page = store::entry_looking(db, &cora, &set, &own, Some(&looking))
        .await
        .unwrap();
    let sought = page.sought.unwrap();
    assert_eq!(
        sought.found.iter().map(|one| one.code.as_str()).collect::<Vec<_>>(),
        ["LM 1.1"]
    );
    assert_eq!(sought.chosen.unwrap().label.id, budget);
    let offered = store::found_from(db, &cora, &own, Seek::Parent, "explains bud").await;
    assert_eq!(offered, Ok(Vec::new()), "nothing stands beneath another set's");

    for _ in 0..2 {
        store::link(db, &cora, &own, (Some(&budget), ""), "exactMatchOf")
            .await
            .unwrap();
    }
    store::link(db, &cora, &own, (Some(&budget), ""), "precedes")
        .await
        .unwrap();
    let lines = async || {
        let page = store::entry_page(db, &cora, &set, &own).await.unwrap();
        page.links
            .into_iter()
            .map(|line| (line.kind, line.elsewhere.is_some(), line.imported))
            .collect::<Vec<_>>()
    };
    let both = [
        ("exactMatchOf".to_owned(), true, false),
        ("precedes".to_owned(), true, false),
    ];
    assert_eq!(lines().await, both);
    let edition = edition_of(db, &set, Some(1)).await.unwrap().unwrap();
    store::step_back(db, &cora, &edition, false).await.unwrap();
    assert_eq!(lines().await, both[..1]);
    store::step_back(db, &cora, &edition, true).await.unwrap();
    assert_eq!(lines().await, both);
    store::unlink(db, &cora, &own, &budget, "precedes").await.unwrap();
    assert_eq!(lines().await, both[..1]);
    // It is there again with a line that was taken out.
    store::remove(db, &cora, &own, true).await.unwrap();
    store::step_back(db, &cora, &edition, false).await.unwrap();
    assert_eq!(lines().await, both[..1]);
    // Made one with another, it goes along.
    let listens = node(db, &set, 1, "X 2").await;
    store::merge(db, &cora, &listens, std::slice::from_ref(&own), "", "Both")
        .await
        .unwrap();
    let page = store::entry_page(db, &cora, &set, &listens).await.unwrap();
    assert_eq!(page.links.len(), 1);
}

#[tokio::test]
async fn drafts_of_others_are_neither_offered_nor_referred_to() {
    let (world, set, _) = two_sets().await;
    let (db, cora) = (&world.db, world.curator());
    editions::open_draft(db, &cora, THERE).await.unwrap();
    let hidden = node(db, THERE, 2, "LM 1.1").await;
    let own = node(db, &set, 1, "X 1").await;
    let refused = store::link(db, &cora, &own, (Some(&hidden), ""), "precedes").await;
    assert!(matches!(refused, Err(AppError::Invalid(_))), "{refused:?}");
    for other in [world.learner(), world.stranger()] {
        let budget = node(db, THERE, 1, "LM 1.1").await;
        let refused = store::link(db, &other, &own, (Some(&budget), ""), "precedes").await;
        assert_eq!(refused, Err(AppError::NotFound));
        let refused = store::found_from(db, &other, &own, Seek::Reference, "budget").await;
        assert_eq!(refused, Err(AppError::NotFound));
    }
}

#[tokio::test]
async fn both_pages_lead_to_what_is_in_force_also_after_new_editions_of_either() {
    let (world, set, edition) = two_sets().await;
    let (db, cora) = (&world.db, world.curator());
    let own = node(db, &set, 1, "X 1").await;
    let budget = node(db, THERE, 1, "LM 1.1").await;
    store::link(db, &cora, &own, (Some(&budget), ""), "isRelatedTo")
        .await
        .unwrap();
    assert_eq!(said(db, THERE, 1, "LM 1.1").await, [], "a draft says nothing yet");
    publish_draft(db, &edition).await.unwrap();
    let see = |set: &str, number: u32, title: &str| [("See also".to_owned(), set.to_owned(), number, title.to_owned())];
    assert_eq!(said(db, &set, 1, "X 1").await, see(THERE, 1, "Explains the budget"));
    assert_eq!(said(db, THERE, 1, "LM 1.1").await, see(&set, 1, "Plans the money"));

    goes_on(&world, THERE, 2, "LM 1.1", "Explains the whole budget").await;
    assert_eq!(
        said(db, &set, 1, "X 1").await,
        see(THERE, 2, "Explains the whole budget")
    );
    assert_eq!(said(db, THERE, 2, "LM 1.1").await, see(&set, 1, "Plans the money"));

    goes_on(&world, &set, 2, "X 1", "Plans all the money").await;
    assert_eq!(
        said(db, &set, 2, "X 1").await,
        see(THERE, 2, "Explains the whole budget")
    );
    assert_eq!(said(db, THERE, 2, "LM 1.1").await, see(&set, 2, "Plans all the money"));
}

#[tokio::test]
async fn packages_and_tables_carry_it_out_and_in() {
    let (world, set, edition) = two_sets().await;
    let (db, cora) = (&world.db, world.curator());
    let own = node(db, &set, 1, "X 1").await;
    let budget = node(db, THERE, 1, "LM 1.1").await;
    store::link(db, &cora, &own, (Some(&budget), ""), "precedes")
        .await
        .unwrap();
    let stored = stored_set(db, &edition).await.unwrap().set;
    let package = case::emit(
        &stored,
        stored.identifier,
        "https://carrel.example",
        "2026-11-23T00:00:00Z",
    );
    let read = case::parse(package.to_string().as_bytes()).set.unwrap();
    let told: Vec<_> = case::outside(&read).into_iter().map(|one| (one.to, one.kind)).collect();
    assert_eq!(told, [(stored.origins[0].to, "precedes".to_owned())]);

    // As a table, which holds it by its identifier; what nobody knows is left out.
    let table = sheet::csv(&stored);
    assert!(table.contains(&stored.origins[0].to.to_string()));
    store::unlink(db, &cora, &own, &budget, "precedes").await.unwrap();
    let planned = import::plan(db, &world.library, "", "own.csv", table.clone().into_bytes())
        .await
        .unwrap();
    import::apply(db, &planned, false).await.unwrap();
    let again = stored_set(db, &edition).await.unwrap().set;
    assert_eq!(again.origins, stored.origins);
    assert_eq!(compare(&stored, &again).references, []);
    let unknown = table.replace(&stored.origins[0].to.to_string(), &Uuid::from_u128(9).to_string());
    let planned = import::plan(db, &world.library, "", "own.csv", unknown.into_bytes())
        .await
        .unwrap();
    let remarks = format!("{:?}", planned.preview.remarks);
    assert!(remarks.contains("neither in the table"), "{remarks}");
}

/// The draft as a package.
async fn package_of(db: &Db, edition: &EditionId) -> Value {
    let stored = stored_set(db, edition).await.unwrap().set;
    case::emit(
        &stored,
        stored.identifier,
        "https://carrel.example",
        "2026-11-23T00:00:00Z",
    )
}

async fn planned(world: &World, name: &str, file: String) -> PlannedImport {
    import::plan(&world.db, &world.library, "", name, file.into_bytes())
        .await
        .unwrap()
}

/// What the line refers to: the words of the other, and whether a package says so.
async fn referred(db: &Db, cora: &Viewer, set: &str, own: &NodeId) -> Vec<(String, bool)> {
    let page = store::entry_page(db, cora, set, own).await.unwrap();
    let mut lines: Vec<_> = page
        .links
        .into_iter()
        .map(|line| (line.other.title, line.imported))
        .collect();
    lines.sort();
    lines
}

#[tokio::test]
async fn what_an_imported_package_refers_to_is_taken_out_and_given_back() {
    let (world, set, edition) = two_sets().await;
    let (db, cora) = (&world.db, world.curator());
    let own = node(db, &set, 1, "X 1").await;
    let budget = node(db, THERE, 1, "LM 1.1").await;
    store::link(db, &cora, &own, (Some(&budget), ""), "precedes")
        .await
        .unwrap();
    let mut package = package_of(db, &edition).await;
    store::unlink(db, &cora, &own, &budget, "precedes").await.unwrap();
    // Beside it another of the same two, and one to what is not published here.
    let associations = package["CFAssociations"].as_array_mut().unwrap();
    let known = associations.iter().find(|one| one["associationType"] == "precedes");
    let mut far = known.unwrap().clone();
    let mut same = far.clone();
    same["identifier"] = json!(Uuid::from_u128(11));
    same["associationType"] = "exactMatchOf".into();
    associations.push(same);
    far["identifier"] = json!(Uuid::from_u128(10));
    far["destinationNodeURI"] =
        json!({ "title": "Far away", "identifier": Uuid::from_u128(9), "uri": "https://far.example/9" });
    associations.push(far);
    let plan = planned(&world, "own.json", package.to_string()).await;
    assert_eq!((plan.preview.references_new, plan.preview.references_gone), (3, 0));
    import::apply(db, &plan, false).await.unwrap();
    let imported = stored_set(db, &edition).await.unwrap().set;
    let all = ["Explains the budget", "Explains the budget", "Far away"].map(|words| (words.to_owned(), true));
    assert_eq!(referred(db, &cora, &set, &own).await, all);

    let page = store::entry_page(db, &cora, &set, &own).await.unwrap();
    for line in &page.links {
        store::unlink(db, &cora, &own, &line.other.id, &line.kind)
            .await
            .unwrap();
    }
    assert_eq!(referred(db, &cora, &set, &own).await, []);
    let given = package_of(db, &edition).await;
    let kinds = case::objects(&given, "CFAssociations");
    assert!(
        kinds.iter().all(|one| one["associationType"] == "isChildOf"),
        "{kinds:?}"
    );
    for _ in 0..3 {
        store::step_back(db, &cora, &edition, false).await.unwrap();
    }
    assert_eq!(referred(db, &cora, &set, &own).await, all);
    let again = stored_set(db, &edition).await.unwrap().set;
    assert!(compare(&imported, &again).is_empty());
    store::step_back(db, &cora, &edition, true).await.unwrap();
    assert_eq!(referred(db, &cora, &set, &own).await.len(), 2);
    // The file says so again, and one that says nothing of it takes out the rest.
    let plan = planned(&world, "own.json", package.to_string()).await;
    assert_eq!((plan.preview.references_new, plan.preview.references_gone), (1, 0));
    let plan = planned(&world, "own.json", given.to_string()).await;
    assert_eq!((plan.preview.references_new, plan.preview.references_gone), (0, 2));
    import::apply(db, &plan, false).await.unwrap();
    assert_eq!(referred(db, &cora, &set, &own).await, []);
}

#[tokio::test]
async fn references_that_a_file_leaves_out_are_named_go_and_come_back() {
    let (world, set, edition) = two_sets().await;
    let (db, cora) = (&world.db, world.curator());
    let own = node(db, &set, 1, "X 1").await;
    let budget = node(db, THERE, 1, "LM 1.1").await;
    store::link(db, &cora, &own, (Some(&budget), ""), "precedes")
        .await
        .unwrap();
    store::link(db, &cora, &own, (None, "X 2"), "isRelatedTo")
        .await
        .unwrap();
    let both = [
        ("Explains the budget".to_owned(), false),
        ("Listens well".to_owned(), false),
    ];
    let unchanged = |plan: &PlannedImport| matches!(plan.preview.outcome, Outcome::Unchanged { .. });
    // As it went out it changes nothing, as a package and as a table.
    let package = package_of(db, &edition).await;
    let table = sheet::csv(&stored_set(db, &edition).await.unwrap().set);
    assert!(unchanged(&planned(&world, "own.json", package.to_string()).await));
    assert!(unchanged(&planned(&world, "own.csv", table.clone()).await));

    let mut bare = package.clone();
    let associations = bare["CFAssociations"].as_array_mut().unwrap();
    associations.retain(|one| one["associationType"] == "isChildOf");
    let file = bare.to_string().into_bytes();
    let (library, most) = (world.library.as_str(), Limits::default());
    let import = import::stage(db, &cora, library, "", "own.json", file, most)
        .await
        .unwrap();
    let preview = import::preview(db, &cora, &import, most).await.unwrap();
    let lines = preview.reference_lines.iter();
    let lines: Vec<_> = lines
        .map(|line| (line.becomes.as_str(), line.words.as_str(), line.to.as_str()))
        .collect();
    assert_eq!(
        lines,
        [
            ("No longer in the file", "See also", "Listens well"),
            ("No longer in the file", "Comes before", "Explains the budget"),
        ]
    );
    assert_eq!((preview.references_gone, preview.references_new), (2, 0));
    import::confirm(db, &cora, &import, most).await.unwrap();
    assert_eq!(referred(db, &cora, &set, &own).await, []);
    assert!(unchanged(&planned(&world, "own.json", bare.to_string()).await));
    import::undo(db, &cora, &import).await.unwrap();
    assert_eq!(referred(db, &cora, &set, &own).await, both);

    // A table speaks of the kinds that it has columns for.
    let to = stored_set(db, &edition).await.unwrap().set.origins[0].to.to_string();
    let without = table.replace(&to, "");
    let plan = planned(&world, "own.csv", without.clone()).await;
    assert_eq!((plan.preview.references_gone, plan.preview.references_new), (1, 0));
    import::apply(db, &plan, false).await.unwrap();
    assert_eq!(referred(db, &cora, &set, &own).await, both[1..]);
    assert!(unchanged(&planned(&world, "own.csv", without).await));
    let plan = planned(&world, "own.csv", table).await;
    assert_eq!((plan.preview.references_gone, plan.preview.references_new), (0, 1));
}
