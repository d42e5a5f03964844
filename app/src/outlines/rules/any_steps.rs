//! Any steps, by chance: the tree stays a tree, and taking all of them back
//! puts everything where it was.

use serde_json::json;
use uuid::Uuid;

use super::*;
use crate::outlines::model::{Pasted, Way};

/// An outline of these depths; the identifiers count from 1.
pub fn outline(depths: &[usize]) -> Outline {
    let node = |(at, depth): (usize, &usize)| Node {
        identifier: Uuid::from_u128(at as u128 + 1),
        depth: *depth,
        content: Content {
            title: format!("Node {}", at + 1),
            description_format: "markdown".into(),
            extra: "null".into(),
            ..Content::default()
        },
    };
    Outline {
        nodes: depths.iter().enumerate().map(node).collect(),
        ..Outline::default()
    }
}

/// A small generator, so that a failure can be repeated by its seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound.max(1)
    }
}

fn any(outline: &Outline, dice: &mut Dice) -> Vec<Step> {
    let at = dice.below(outline.nodes.len());
    let Some(node) = outline.nodes.get(at) else {
        let place = outline.last_place(None);
        return vec![paste(
            place,
            &[Pasted {
                title: "First".into(),
                ..Pasted::default()
            }],
            Uuid::new_v4(),
        )];
    };
    let identifier = node.identifier;
    let another = outline.nodes[dice.below(outline.nodes.len())].identifier;
    let fields = |pairs: serde_json::Value| pairs.as_object().cloned().unwrap_or_default();
    match dice.below(11) {
        0 => {
            let row = |depth, title: &str| Pasted {
                depth,
                title: title.into(),
                ..Pasted::default()
            };
            vec![paste(
                outline.place(at),
                &[row(0, "One"), row(1, "Two"), row(0, "Three")],
                Uuid::new_v4(),
            )]
        }
        1 => vec![Step::Remove { identifier }],
        2 => {
            let way = [Way::Up, Way::Down, Way::In, Way::Out][dice.below(4)];
            let place = outline.stepped(at, way);
            place
                .map(|place| Step::Move { identifier, place })
                .into_iter()
                .collect()
        }
        3 => {
            let place = Place {
                parent: Some(another),
                after: None,
            };
            vec![Step::Move { identifier, place }]
        }
        4 => {
            let place = outline.place(dice.below(outline.nodes.len()));
            vec![Step::Move { identifier, place }]
        }
        5 => vec![Step::Set {
            identifier,
            fields: fields(json!({ "title": format!("Said {}", dice.below(99)) })),
            expects: None,
        }],
        6 => vec![Step::Set {
            identifier,
            fields: fields(json!({ "code": "own", "by_hand": dice.below(2) == 0 })),
            expects: None,
        }],
        7 => vec![Step::Frame {
            fields: fields(json!({ "numbered": dice.below(2) == 0, "prefix": "LM" })),
            expects: None,
        }],
        8 => split(outline, identifier, &["One".into(), "Two".into()], Uuid::new_v4()).unwrap(),
        9 => match outline.behind(at) {
            Some(next) => merge(outline, identifier, &[outline.nodes[next].identifier], "Both").unwrap(),
            None => Vec::new(),
        },
        _ => {
            let link = Link {
                from: identifier,
                to: another,
                kind: "isRelatedTo".into(),
                extra: "null".into(),
            };
            vec![if dice.below(3) == 0 {
                Step::Unlink { link }
            } else {
                Step::Link { link }
            }]
        }
    }
}

fn sorted(mut outline: Outline) -> Outline {
    outline.links.sort();
    outline
}

#[test]
fn any_steps_keep_the_tree_and_can_be_taken_back() {
    for seed in 0..150 {
        let mut dice = Dice(seed);
        let first = outline(&[0, 1, 2, 2, 1, 0, 1, 1]);
        let mut now = first.clone();
        let mut undo = Vec::new();
        for _ in 0..40 {
            let (before, steps) = (now.clone(), any(&now, &mut dice));
            match apply_all(&mut now, steps.clone()) {
                Ok(back) => {
                    now.check().unwrap();
                    let mut again = now.clone();
                    let redo = apply_all(&mut again, back.clone()).unwrap();
                    assert_eq!(sorted(again.clone()), sorted(before), "seed {seed}: {steps:?}");
                    apply_all(&mut again, redo).unwrap();
                    assert_eq!(sorted(again), sorted(now.clone()), "seed {seed}, once more: {steps:?}");
                    undo.push(back);
                }
                Err(_) => now = before,
            }
        }
        for back in undo.into_iter().rev() {
            apply_all(&mut now, back).unwrap();
        }
        assert_eq!(sorted(now), sorted(first), "seed {seed}");
    }
}

#[test]
fn a_step_outwards_leaves_the_siblings_where_they_are() {
    let mut outline = outline(&[0, 1, 2, 1, 0]);
    let place = outline.stepped(1, Way::Out).unwrap();
    let identifier = outline.nodes[1].identifier;
    outline.apply(Step::Move { identifier, place }).unwrap();
    let depths: Vec<_> = outline
        .nodes
        .iter()
        .map(|node| (node.identifier.as_u128(), node.depth))
        .collect();
    assert_eq!(depths, [(1, 0), (4, 1), (2, 0), (3, 1), (5, 0)]);
    assert_eq!(outline.stepped(0, Way::Up), None);
    assert_eq!(outline.stepped(0, Way::In), None);
    assert_eq!(outline.stepped(0, Way::Out), None);
}

#[test]
fn nothing_stands_beneath_itself() {
    let mut outline = outline(&[0, 1]);
    let step = Step::Move {
        identifier: outline.nodes[0].identifier,
        place: Place {
            parent: Some(outline.nodes[1].identifier),
            after: None,
        },
    };
    assert!(outline.apply(step).is_err());
}

#[test]
fn taking_back_what_somebody_changed_since_is_refused() {
    let mut outline = outline(&[0]);
    let identifier = outline.nodes[0].identifier;
    let title = |text: &str| {
        let fields = json!({ "title": text }).as_object().cloned().unwrap();
        Step::Set {
            identifier,
            fields,
            expects: None,
        }
    };
    let back = apply_all(&mut outline, vec![title("Mine")]).unwrap();
    apply_all(&mut outline, vec![title("Theirs")]).unwrap();
    assert!(apply_all(&mut outline, back).is_err());
}

#[test]
fn parts_say_where_they_came_from() {
    let mut outline = outline(&[0, 1, 1, 2]);
    let [_, one, other, child] = [0, 1, 2, 3].map(|at| outline.nodes[at].identifier);
    let (key, parts) = (Uuid::new_v4(), ["First".into(), "Second".into(), "Third".into()]);
    let steps = split(&outline, one, &parts, key).unwrap();
    apply_all(&mut outline, steps).unwrap();
    let said: Vec<_> = outline
        .nodes
        .iter()
        .map(|node| (node.content.title.as_str(), node.content.came_from.len()))
        .collect();
    assert_eq!(
        said,
        [
            ("Node 1", 0),
            ("First", 0),
            ("Second", 1),
            ("Third", 1),
            ("Node 3", 0),
            ("Node 4", 0)
        ]
    );
    assert_eq!(outline.nodes[2].content.came_from, [one.to_string()]);
    assert!(
        split(&outline, one, &parts, key).unwrap().is_empty(),
        "a form sent again"
    );
    outline.links = vec![Link {
        from: other,
        to: outline.nodes[0].identifier,
        kind: "precedes".into(),
        extra: "null".into(),
    }];
    let steps = merge(&outline, one, &[other], "Both").unwrap();
    apply_all(&mut outline, steps).unwrap();
    let at = outline.index(one).unwrap();
    assert_eq!(outline.nodes[at].content.came_from, [other.to_string()]);
    assert_eq!(outline.parent(outline.index(child).unwrap()), Some(at));
    assert_eq!(outline.links.iter().map(|link| link.from).collect::<Vec<_>>(), [one]);
    assert!(merge(&outline, one, &[child], "No").is_err(), "not side by side");
}

#[test]
fn what_is_made_one_from_elsewhere_loses_nothing_that_it_said() {
    let mut outline = outline(&[0, 1, 0, 1]);
    let (into, other) = (outline.nodes[1].identifier, outline.nodes[3].identifier);
    let content = &mut outline.nodes[1].content;
    content.description = "It *counts*.".into();
    content.description_format = "markdown".into();
    content.levels = vec![String::new(), "Alone".into()];
    let content = &mut outline.nodes[3].content;
    content.description = "<p>It <b>matters</b>.</p>".into();
    content.description_format = "html".into();
    content.levels = vec!["With help".into(), "Always".into(), "Everywhere".into()];
    let steps = merge(&outline, into, &[other], "Both").unwrap();
    apply_all(&mut outline, steps).unwrap();
    let said = &outline.nodes[outline.index(into).unwrap()].content;
    assert_eq!((outline.nodes.len(), said.description_format.as_str()), (3, "html"));
    for words in ["<em>counts</em>", "matters"] {
        assert!(said.description.contains(words), "{}", said.description);
    }
    assert_eq!(said.levels, ["With help", "Alone\n\nAlways", "Everywhere"]);
    let above = outline.nodes[0].identifier;
    assert!(merge(&outline, above, &[into], "No").is_err(), "one beneath the other");
}
