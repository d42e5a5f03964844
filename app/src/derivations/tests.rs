//! Derived sets against a real database.

use uuid::Uuid;

use super::model::{Difference, Shown, SourcePage, Update};
use super::rules::Choice;
use super::store::{self, Decision, NewDerived};
use crate::competencies::store::{edition_of, node_by_code, publish_draft, set_page, stored_set};
use crate::competencies::tests::{World, small, world};
use crate::editions::store as editions;
use crate::error::AppError;
use crate::exchange::{ExchangeNode, ExchangeSet};
use crate::id::{EditionId, NodeId};
use crate::outlines::store as outlines;
use crate::vars;
use crate::viewer::Viewer;

pub(super) const SOURCE: &str = "small-set";
pub(super) const OWN: &str = "our-set";

fn new(world: &World) -> NewDerived {
    NewDerived {
        key: Uuid::from_u128(0xabc),
        organisation: world.library.to_string(),
        title: "Our set".into(),
        name: String::new(),
    }
}

/// A published set with remarks, and one derived from it.
pub(super) async fn derived() -> World {
    let world = world().await;
    let mut set = small();
    set.licence = Some("CC BY 4.0".into());
    let first = world.import(&set, false).await.edition;
    world
        .db
        .write(
            "UPDATE node SET notes = 'For trainers.', topics = ['money'], level_descriptions = ['Not at all'],
                sources = [{ title: 'A book', credit: 'Its writers', address: '' }] WHERE edition = $edition AND address = 'LM 1';",
            vars! { "edition" => first.clone() },
        )
        .await
        .unwrap();
    publish_draft(&world.db, &first).await.unwrap();
    let slug = store::derive(&world.db, &world.curator(), SOURCE, 1, &new(&world)).await;
    assert_eq!(slug.as_deref(), Ok(OWN));
    world
}

pub(super) async fn draft(world: &World) -> EditionId {
    edition_of(&world.db, OWN, Some(1)).await.unwrap().unwrap()
}

async fn shown(world: &World, shown: Shown) -> SourcePage {
    store::source_page(&world.db, &world.curator(), OWN, shown, 1)
        .await
        .unwrap()
}

pub(super) async fn node(world: &World, edition: &EditionId, address: &str) -> NodeId {
    node_by_code(&world.db, edition, address).await.unwrap().unwrap()
}

async fn many(world: &World, sql: &'static str) -> i64 {
    world.db.row(sql, vars! {}).await.unwrap().unwrap_or(0)
}

/// The next edition of the source: LM 1.1 reworded, something new, B gone.
async fn source_goes_on(world: &World) {
    let curator = world.curator();
    editions::open_draft(&world.db, &curator, SOURCE).await.unwrap();
    let next = edition_of(&world.db, SOURCE, Some(2)).await.unwrap().unwrap();
    world
        .db
        .write(
            "UPDATE node SET title = 'Reads the budget aloud' WHERE edition = $edition AND address = 'LM 1.1';
             LET $b = (SELECT VALUE id FROM node WHERE edition = $edition AND address = 'B')[0];
             DELETE cross_reference WHERE origin = $b OR destination = $b;
             DELETE $b;
             CREATE node:listens SET edition = $edition, identifier = '0b2e9dd4-2d2c-4c7e-8e6c-000000000077', kind = 'statement', depth = 0,
                position = 70000, address = 'N', code = 'N', title = 'Something new', beneath = 0;",
            vars! { "edition" => next.clone() },
        )
        .await
        .unwrap();
    editions::publish_as_suggested(&world.db, &next).await.unwrap();
}

#[tokio::test]
async fn a_derived_set_is_a_copy_under_its_own_identifiers() {
    let world = derived().await;
    let again = store::derive(&world.db, &world.curator(), SOURCE, 1, &new(&world)).await;
    assert_eq!(again.as_deref(), Ok(OWN), "sent twice");
    assert_eq!(many(&world, "count(SELECT VALUE id FROM competency_set);").await, 2);
    let source = edition_of(&world.db, SOURCE, Some(1)).await.unwrap().unwrap();
    let (source, own) = (
        stored_set(&world.db, &source).await.unwrap().set,
        stored_set(&world.db, &draft(&world).await).await.unwrap().set,
    );
    assert_eq!(own.nodes.len(), source.nodes.len());
    assert_eq!(
        (own.scale.clone(), own.references.len()),
        (source.scale.clone(), source.references.len())
    );
    assert_eq!(own.licence.as_deref(), Some("CC BY 4.0"));
    assert!(
        own.creator.is_some_and(|creator| !creator.is_empty()),
        "the source is credited"
    );
    for (own, source) in own.nodes.iter().zip(&source.nodes) {
        assert_ne!(own.identifier, source.identifier);
        assert_eq!(
            (&own.title, &own.code, &own.details),
            (&source.title, &source.code, &source.details)
        );
        assert_eq!(own.remarks, source.remarks);
    }
    assert_eq!(
        own.nodes[1].remarks.topics.as_deref(),
        Some(["money".to_owned()].as_slice())
    );
    let page = shown(&world, Shown::First).await;
    assert_eq!((page.waiting, page.shown, page.draft), (0, Shown::All, true));
    assert!(page.differences.is_empty() && page.source.number == 1);
}

#[tokio::test]
async fn both_pages_say_where_it_comes_from() {
    let world = derived().await;
    let of = async |viewer: &Viewer, slug: &str| set_page(&world.db, viewer, slug, None).await;
    let own = of(&world.curator(), OWN).await.unwrap();
    assert_eq!(
        own.derived_from.map(|source| (source.slug, source.number)),
        Some((SOURCE.into(), 1))
    );
    assert!(!own.may_derive, "a draft is nothing to derive from");
    assert_eq!(of(&world.curator(), SOURCE).await.unwrap().derived.len(), 1);
    assert!(of(&world.curator(), SOURCE).await.unwrap().may_derive);
    for other in [Viewer::visitor(), world.learner(), world.stranger()] {
        assert!(
            of(&other, SOURCE).await.unwrap().derived.is_empty(),
            "nobody else knows of a draft"
        );
    }
    publish_draft(&world.db, &draft(&world).await).await.unwrap();
    let seen = of(&Viewer::visitor(), SOURCE).await.unwrap();
    assert_eq!(seen.derived[0].slug, OWN);
    assert!(!seen.may_derive);
    assert!(of(&Viewer::visitor(), OWN).await.unwrap().derived_from.is_some());
}

#[tokio::test]
async fn only_curators_derive_and_look() {
    let world = derived().await;
    let form = async |viewer: Viewer| {
        store::derive_form(&world.db, &viewer, SOURCE, 1, &Default::default())
            .await
            .map(drop)
    };
    assert_eq!(form(Viewer::visitor()).await, Err(AppError::SignInNeeded));
    assert_eq!(form(world.learner()).await, Err(AppError::Forbidden));
    assert_eq!(form(world.curator()).await, Ok(()));
    let page = async |viewer: Viewer| {
        let page = store::source_page(&world.db, &viewer, OWN, Shown::First, 1).await;
        page.map(drop)
    };
    assert_eq!(page(Viewer::visitor()).await, Err(AppError::SignInNeeded));
    assert_eq!(page(world.stranger()).await, Err(AppError::NotFound));
    assert_eq!(page(world.learner()).await, Err(AppError::NotFound));
    let not_derived = store::source_page(&world.db, &world.curator(), SOURCE, Shown::First, 1).await;
    assert_eq!(not_derived.map(drop), Err(AppError::NotFound));
    let mut other = new(&world);
    other.key = Uuid::from_u128(1);
    let refused = store::derive(&world.db, &world.learner(), SOURCE, 1, &other).await;
    assert_eq!(refused, Err(AppError::Forbidden));
    other.name = "Our Set".into();
    let odd = store::derive(&world.db, &world.curator(), SOURCE, 1, &other).await;
    assert!(odd.unwrap_err().at("name").is_some());
    other.name = OWN.into();
    let taken = store::derive(&world.db, &world.curator(), SOURCE, 1, &other).await;
    assert!(taken.unwrap_err().at("name").is_some());
    let missing = store::derive(&world.db, &world.curator(), OWN, 1, &other).await;
    assert_eq!(missing, Err(AppError::NotFound), "a draft is nothing to derive from");
}

#[tokio::test]
async fn updates_are_offered_one_by_one_and_never_twice() {
    let world = derived().await;
    let curator = world.curator();
    let own = draft(&world).await;
    let mine = node(&world, &own, "LM 1.1").await;
    outlines::rename(
        &world.db,
        &curator,
        &mine,
        &title(&world, &mine).await,
        "Reads our budget",
    )
    .await
    .unwrap();
    let page = shown(&world, Shown::First).await;
    assert_eq!(page.counts[0], (Difference::Adapted, 1));
    source_goes_on(&world).await;
    let page = shown(&world, Shown::First).await;
    assert_eq!((page.waiting, page.newest, page.source.number), (3, 2, 1));
    let updates: Vec<Update> = page.offers.iter().map(|offer| offer.update).collect();
    assert_eq!(updates, [Update::Changed, Update::New, Update::Gone]);
    let [changed, new, gone] = page.offers.as_slice() else {
        panic!("{page:?}");
    };
    assert!(changed.clashes() && !new.clashes());
    let decide = async |offer: &super::model::Offer, decision: Decision| {
        let node = Uuid::parse_str(&offer.node).unwrap();
        store::decide(&world.db, &curator, OWN, node, &offer.print, &decision).await
    };
    let unsaid = decide(changed, Decision::Take(Choice::Unsaid)).await;
    assert!(unsaid.unwrap_err().at("choice").is_some());
    let stale = store::decide(
        &world.db,
        &curator,
        OWN,
        Uuid::parse_str(&changed.node).unwrap(),
        "0000",
        &Decision::Leave,
    );
    assert!(matches!(stale.await, Err(AppError::Conflict(_))));
    let mut written: [String; 10] = Default::default();
    written[0] = "Reads our budget aloud".into();
    decide(changed, Decision::Take(Choice::Written(Box::new(written))))
        .await
        .unwrap();
    assert_eq!(title(&world, &mine).await, "Reads our budget aloud");
    decide(new, Decision::Take(Choice::Unsaid)).await.unwrap();
    assert_eq!(title(&world, &node(&world, &own, "N").await).await, "Something new");
    decide(gone, Decision::Leave).await.unwrap();
    let page = shown(&world, Shown::First).await;
    assert_eq!(
        (page.waiting, page.source.number),
        (0, 2),
        "all was compared with the newest"
    );
    assert_eq!(
        title(&world, &node(&world, &own, "B").await).await,
        gone.words.trim_start_matches("B ")
    );
    // Taking back what was taken over asks nothing again.
    outlines::step_back(&world.db, &curator, &own, false).await.unwrap();
    assert!(node_by_code(&world.db, &own, "N").await.unwrap().is_none());
    let page = shown(&world, Shown::Only(Difference::LeftOut)).await;
    assert_eq!((page.waiting, page.differences.len()), (0, 1));
    let after_all = &page.differences[0];
    let node_id = Uuid::parse_str(&after_all.node).unwrap();
    let print = after_all.print.clone().unwrap();
    store::decide(
        &world.db,
        &curator,
        OWN,
        node_id,
        &print,
        &Decision::Take(Choice::Unsaid),
    )
    .await
    .unwrap();
    assert!(node_by_code(&world.db, &own, "N").await.unwrap().is_some());
}

async fn title(world: &World, node: &NodeId) -> String {
    let title = world
        .db
        .row("SELECT VALUE title FROM $node;", vars! { "node" => node.clone() })
        .await;
    title.unwrap().unwrap()
}

#[tokio::test]
async fn links_follow_into_the_next_draft() {
    let world = derived().await;
    let curator = world.curator();
    publish_draft(&world.db, &draft(&world).await).await.unwrap();
    source_goes_on(&world).await;
    let page = shown(&world, Shown::First).await;
    assert_eq!((page.waiting, page.draft), (3, false));
    let offer = &page.offers[0];
    let node_id = Uuid::parse_str(&offer.node).unwrap();
    let take = Decision::Take(Choice::Unsaid);
    let closed = store::decide(&world.db, &curator, OWN, node_id, &offer.print, &take).await;
    assert!(matches!(closed, Err(AppError::Conflict(message)) if message.contains("no draft")));
    editions::open_draft(&world.db, &curator, OWN).await.unwrap();
    store::decide(&world.db, &curator, OWN, node_id, &offer.print, &take)
        .await
        .unwrap();
    let second = edition_of(&world.db, OWN, Some(2)).await.unwrap().unwrap();
    let stored = stored_set(&world.db, &second).await.unwrap();
    assert_eq!(stored.set.nodes[2].title, "Reads the budget aloud");
    assert_eq!(stored.set.nodes[1].remarks.notes.as_deref(), Some("For trainers."));
    assert_eq!(shown(&world, Shown::First).await.waiting, 2);
    // Nobody of elsewhere decides.
    for other in [world.stranger(), world.learner()] {
        let refused = store::decide(&world.db, &other, OWN, node_id, &offer.print, &Decision::Leave).await;
        assert_eq!(refused, Err(AppError::Forbidden));
    }
}

#[tokio::test]
async fn a_set_of_more_than_a_thousand_is_derived_in_parts() {
    let world = world().await;
    let mut set: ExchangeSet = small();
    set.nodes.extend((0..1_100_u128).map(|at| ExchangeNode {
        identifier: Uuid::from_u128(0x5000 + at),
        title: format!("Statement {at}"),
        ..ExchangeNode::default()
    }));
    world.import(&set, true).await;
    let slug = store::derive(&world.db, &world.curator(), SOURCE, 1, &new(&world)).await;
    assert_eq!(slug.as_deref(), Ok(OWN));
    let whole = i64::try_from(set.nodes.len()).unwrap();
    assert_eq!(many(&world, "count(SELECT VALUE id FROM derived_node);").await, whole);
    assert_eq!(many(&world, "count(SELECT VALUE id FROM node);").await, 2 * whole);
    assert_eq!(shown(&world, Shown::First).await.differences.len(), 0);
    // The set goes with what is known of it.
    world
        .db
        .write("DELETE competency_set WHERE slug = 'our-set';", vars! {})
        .await
        .unwrap();
    assert_eq!(many(&world, "count(SELECT VALUE id FROM derived_node);").await, 0);
}

/// The source goes on under other identifiers: reworded, and split in two.
#[tokio::test]
async fn what_goes_on_under_another_identifier_is_offered_as_what_it_is() {
    let world = derived().await;
    let curator = world.curator();
    editions::open_draft(&world.db, &curator, SOURCE).await.unwrap();
    let next = edition_of(&world.db, SOURCE, Some(2)).await.unwrap().unwrap();
    let change = "
        UPDATE node SET identifier = '0b2e9dd4-2d2c-4c7e-8e6c-000000000071', title = 'Explains the whole budget', came_from = [$budget]
            WHERE edition = $edition AND address = 'LM 1.1';
        UPDATE node SET identifier = '0b2e9dd4-2d2c-4c7e-8e6c-000000000072', came_from = [$talks] WHERE edition = $edition AND address = 'B';
        CREATE node:listens SET edition = $edition, identifier = '0b2e9dd4-2d2c-4c7e-8e6c-000000000073', kind = 'statement', depth = 0,
            position = 70000, address = 'B2', code = 'B2', title = 'Listens', beneath = 0, came_from = [$talks];";
    let vars = vars! {
        "edition" => next.clone(), "budget" => small().nodes[2].identifier.to_string(), "talks" => small().nodes[5].identifier.to_string(),
    };
    world.db.write(change, vars).await.unwrap();
    editions::publish_as_suggested(&world.db, &next).await.unwrap();
    let page = shown(&world, Shown::First).await;
    let told: Vec<(Update, &str, &str)> = page
        .offers
        .iter()
        .map(|offer| (offer.update, offer.words.as_str(), offer.story.as_str()))
        .collect();
    let split = "The source split “Talks”; this is part of it.";
    assert_eq!(
        told,
        [
            (Update::Changed, "LM 1.1 Explains the budget", ""),
            (Update::New, "B2 Listens", split)
        ]
    );
    // It is taken over into what is there, and never offered again.
    let own = draft(&world).await;
    let mine = node(&world, &own, "LM 1.1").await;
    for offer in &page.offers {
        let source = Uuid::parse_str(&offer.node).unwrap();
        let take = Decision::Take(Choice::Unsaid);
        store::decide(&world.db, &curator, OWN, source, &offer.print, &take)
            .await
            .unwrap();
    }
    assert_eq!(title(&world, &mine).await, "Explains the whole budget");
    let page = shown(&world, Shown::First).await;
    assert_eq!((page.waiting, page.source.number), (0, 2));
}

#[tokio::test]
async fn a_key_says_nothing_to_another_organisation() {
    let world = derived().await;
    let before = many(&world, "count(SELECT VALUE id FROM derived_node);").await;
    let theirs = NewDerived {
        organisation: world.stranger().memberships[0].organisation.to_string(),
        title: "Mine".into(),
        ..new(&world)
    };
    let answer = store::derive(&world.db, &world.stranger(), SOURCE, 1, &theirs).await;
    assert!(matches!(answer, Err(AppError::Conflict(_))), "{answer:?}");
    assert_eq!(many(&world, "count(SELECT VALUE id FROM competency_set);").await, 2);
    assert_eq!(many(&world, "count(SELECT VALUE id FROM derived_node);").await, before);
}

#[tokio::test]
async fn no_links_are_written_under_a_set_that_was_not_derived() {
    let world = derived().await;
    let own = "DELETE derived_node; DELETE derivation; UPDATE competency_set SET title = 'Not derived' WHERE slug = 'our-set';";
    world.db.write(own, vars! {}).await.unwrap();
    let answer = store::derive(&world.db, &world.curator(), SOURCE, 1, &new(&world)).await;
    assert!(matches!(answer, Err(AppError::Conflict(_))), "{answer:?}");
    assert_eq!(many(&world, "count(SELECT VALUE id FROM derived_node);").await, 0);
}
