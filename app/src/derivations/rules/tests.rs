use uuid::Uuid;

use super::offering::Offered;
use super::*;
use crate::derivations::model::{Difference, Update};
use crate::outlines::rules::{Node, Step, apply_all};

const SET: Uuid = Uuid::from_u128(0xd);

pub(super) fn node(identifier: u128, depth: usize, title: &str) -> Node {
    Node {
        identifier: Uuid::from_u128(identifier),
        depth,
        content: Content {
            title: title.into(),
            ..Content::default()
        },
    }
}

pub(super) fn outline(nodes: Vec<Node>) -> Outline {
    Outline {
        nodes,
        ..Outline::default()
    }
}

fn first() -> Outline {
    outline(vec![
        node(1, 0, "Money"),
        node(2, 1, "Reads a budget"),
        node(3, 1, "Writes a report"),
        node(4, 0, "Talk"),
        node(5, 1, "Listens"),
    ])
}

/// The copy with which a derived set begins, and its links.
pub(super) fn copied(source: &Outline, number: u32) -> (Outline, Vec<Link>) {
    let mut draft = source.clone();
    let mut links = Vec::new();
    for (at, node) in source.nodes.iter().enumerate() {
        let own = own_identifier(SET, node.identifier);
        draft.nodes[at].identifier = own;
        links.push(Link {
            own,
            source: Considered {
                identifier: node.identifier,
                parent: source.parent(at).map(|above| source.nodes[above].identifier),
                number,
                content: node.content.clone(),
            },
            gone: false,
        });
    }
    (draft, links)
}

pub(super) fn own(source: u128) -> Uuid {
    own_identifier(SET, Uuid::from_u128(source))
}

fn waiting(draft: &Outline, newest: &Outline, links: &[Link]) -> Vec<Offered> {
    offers(&Beside::new(SET, draft, (newest, 2, true), 1, links))
}

fn words(offers: &[Offered]) -> Vec<(Update, Uuid)> {
    offers.iter().map(|offer| (offer.update, offer.own)).collect()
}

/// Takes an offer over as its curator would, and remembers it.
fn take(draft: &mut Outline, newest: &Outline, links: &mut Vec<Link>, offer: &Offered, choice: &Choice) {
    let (planned, touched) = {
        let beside = Beside::new(SET, draft, (newest, 2, true), 1, links);
        (steps(&beside, offer, choice).unwrap(), touched(&beside, offer))
    };
    apply_all(draft, planned).unwrap();
    settle(newest, links, offer, &touched);
}

fn settle(newest: &Outline, links: &mut Vec<Link>, offer: &Offered, touched: &[Uuid]) {
    if offer.update == Update::Gone {
        let gone = links.iter_mut().filter(|link| touched.contains(&link.own));
        gone.for_each(|link| link.gone = true);
        return;
    }
    let at = newest.index(offer.source).unwrap();
    links.retain(|link| link.own != offer.own);
    links.push(Link {
        own: offer.own,
        source: Considered {
            identifier: offer.source,
            parent: newest.parent(at).map(|above| newest.nodes[above].identifier),
            number: 2,
            content: newest.nodes[at].content.clone(),
        },
        gone: false,
    });
}

#[test]
fn a_copy_differs_in_nothing_and_is_offered_nothing() {
    let source = first();
    let (draft, links) = copied(&source, 1);
    let beside = Beside::new(SET, &draft, (&source, 1, true), 1, &links);
    assert!(differences(&beside, &[]).is_empty());
    assert!(offers(&beside).is_empty());
    assert!(
        waiting(&draft, &source, &links).is_empty(),
        "nor by an edition that changed nothing"
    );
}

#[test]
fn what_was_adapted_moved_added_and_left_out_is_seen() {
    let source = first();
    let (mut draft, links) = copied(&source, 1);
    draft.nodes[1].content.title = "Reads our budget".into();
    draft.nodes.remove(2);
    let mut moved = draft.nodes.remove(3);
    moved.depth = 1;
    draft.nodes.insert(2, moved);
    draft.nodes.push(node(0xff, 0, "Our own"));
    draft.nodes.push(node(0xfe, 1, "Beneath our own"));
    let beside = Beside::new(SET, &draft, (&source, 1, true), 1, &links);
    let found = differences(&beside, &[]);
    let kinds: Vec<_> = found.iter().map(|one| (one.kind, one.own, one.beneath)).collect();
    assert_eq!(
        kinds,
        [
            (Difference::Adapted, Some(own(2)), 0),
            (Difference::Moved, Some(own(5)), 0),
            (Difference::Added, Some(Uuid::from_u128(0xff)), 1),
            (Difference::LeftOut, None, 0),
        ]
    );
    assert_eq!(
        found[0].fields,
        [(0, "Reads a budget".into(), "Reads our budget".into())]
    );
    assert_eq!(found[3].source, Some(Uuid::from_u128(3)));
}

fn second() -> Outline {
    outline(vec![
        node(1, 0, "Money"),
        node(2, 1, "Reads the budget aloud"),
        node(6, 1, "Counts coins"),
        node(7, 0, "Buildings"),
        node(8, 1, "Finds the fuse box"),
        node(5, 1, "Listens"),
    ])
}

#[test]
fn each_change_of_the_source_is_offered_once() {
    let (mut draft, mut links) = copied(&first(), 1);
    let newest = second();
    let offered = waiting(&draft, &newest, &links);
    assert_eq!(
        words(&offered),
        [
            (Update::Changed, own(2)),
            (Update::New, own(6)),
            (Update::New, own(7)),
            (Update::New, own(8)),
            (Update::Gone, own(3)),
            (Update::Gone, own(4)),
        ]
    );
    assert_eq!(offered[3].hindered, Some(Hindered::ParentFirst));
    assert_eq!(offered[5].hindered, Some(Hindered::Beneath), "“Listens” is still there");
    // One after the other, always the first that can be taken.
    for left in (1..=7).rev() {
        let offered = waiting(&draft, &newest, &links);
        let Some(offer) = offered.iter().find(|offer| offer.hindered.is_none()) else {
            panic!("{left}: {offered:?}");
        };
        take(&mut draft, &newest, &mut links, offer, &Choice::Theirs);
        if waiting(&draft, &newest, &links).is_empty() {
            break;
        }
    }
    let said: Vec<_> = draft
        .nodes
        .iter()
        .map(|node| (node.depth, node.content.title.as_str()))
        .collect();
    let wanted: Vec<_> = newest
        .nodes
        .iter()
        .map(|node| (node.depth, node.content.title.as_str()))
        .collect();
    assert_eq!(said, wanted);
    let beside = Beside::new(SET, &draft, (&newest, 2, true), 1, &links);
    assert!(differences(&beside, &[]).is_empty());
}

#[test]
fn what_was_left_is_never_asked_again() {
    let (draft, mut links) = copied(&first(), 1);
    let newest = second();
    for _ in 0..20 {
        let offered = waiting(&draft, &newest, &links);
        let Some(offer) = offered.first() else { break };
        let touched = vec![offer.own];
        settle(&newest, &mut links, offer, &touched);
    }
    assert!(waiting(&draft, &newest, &links).is_empty());
    assert_eq!(draft, copied(&first(), 1).0);
    let beside = Beside::new(SET, &draft, (&newest, 2, true), 2, &links);
    let kinds: Vec<_> = differences(&beside, &[]).iter().map(|one| one.kind).collect();
    assert!(
        kinds.contains(&Difference::Adapted) && kinds.contains(&Difference::LeftOut),
        "{kinds:?}"
    );
    // What was left out can be taken over after all.
    let offer = taken_after_all(&beside, Uuid::from_u128(6)).unwrap();
    assert_eq!(offer.place.unwrap().after, Some(own(2)));
    assert!(
        taken_after_all(&beside, Uuid::from_u128(8)).is_none(),
        "its section is not here"
    );
}

#[test]
fn a_text_that_both_changed_is_chosen() {
    let newest = second();
    let (source, mut links) = copied(&first(), 1);
    let mut draft = source;
    draft.nodes[1].content.title = "Reads our budget".into();
    let offered = waiting(&draft, &newest, &links);
    let offer = &offered[0];
    assert!(offer.texts[0].clashes());
    let title = |choice: &Choice| {
        let (mut draft, mut links) = (draft.clone(), links.clone());
        take(&mut draft, &newest, &mut links, offer, choice);
        draft.nodes[1].content.title.clone()
    };
    assert_eq!(title(&Choice::Theirs), "Reads the budget aloud");
    assert_eq!(title(&Choice::Mine), "Reads our budget");
    let mut written: [String; 10] = Default::default();
    written[0] = "Reads our budget aloud".into();
    assert_eq!(title(&Choice::Written(Box::new(written))), "Reads our budget aloud");
    let empty = Choice::Written(Box::default());
    let beside = Beside::new(SET, &draft, (&newest, 2, true), 1, &links);
    assert!(steps(&beside, offer, &empty).unwrap_err().at("title").is_some());
    // The same words on both sides ask nothing.
    draft.nodes[1].content.title = "Reads the budget aloud".into();
    assert_ne!(words(&waiting(&draft, &newest, &links))[0].1, own(2));
    links.clear();
    assert!(
        waiting(&draft, &newest, &links)
            .iter()
            .all(|offer| offer.update == Update::New)
    );
}

#[test]
fn nothing_is_gone_because_of_an_edition_of_some_sections() {
    let (draft, links) = copied(&first(), 1);
    let newest = outline(vec![node(1, 0, "Money"), node(2, 1, "Reads the budget aloud")]);
    let beside = Beside::new(SET, &draft, (&newest, 2, false), 1, &links);
    assert_eq!(words(&offers(&beside)), [(Update::Changed, own(2))]);
}

#[test]
fn taking_over_is_taken_back_like_any_change() {
    let newest = second();
    let (mut draft, links) = copied(&first(), 1);
    let before = draft.clone();
    for offer in waiting(&draft, &newest, &links)
        .iter()
        .filter(|offer| offer.hindered.is_none())
    {
        let beside = Beside::new(SET, &before, (&newest, 2, true), 1, &links);
        let planned: Vec<Step> = steps(&beside, offer, &Choice::Theirs).unwrap();
        let back = apply_all(&mut draft, planned).unwrap();
        assert_ne!(draft, before);
        apply_all(&mut draft, back).unwrap();
        assert_eq!(draft, before);
    }
}
