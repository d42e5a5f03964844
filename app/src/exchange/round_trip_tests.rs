//! Sets of any size go out in each format and come back as they were.

use serde_json::Value;
use uuid::Uuid;

use super::{
    ExchangeDetails, ExchangeLevel, ExchangeNode, ExchangeReference, ExchangeSet, RELATED_TO, case, compare,
    moodle_csv, parse, sheet,
};

/// A small generator, so that a failure can be repeated.
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

const WORDS: [&str; 8] = [
    "Explains",
    "the “budget”,",
    "über alles",
    "in 3.5 steps;",
    "to readers & staff",
    "— daily",
    "(when asked)",
    "ακριβώς",
];
const KINDS: [&str; 4] = ["domain", "competency", "skill", "behaviour"];

/// A tree of so many nodes, in tree order, four deep, with a little of everything.
fn generated(many: usize) -> ExchangeSet {
    let mut dice = Dice(many as u64 + 7);
    let identifier = |at: usize| Uuid::from_u128(0x0b2e_9dd4_2d2c_4c7e_8e6c_0000_0001_0000 + at as u128);
    let mut path: Vec<usize> = Vec::new();
    let mut nodes = Vec::with_capacity(many);
    for at in 0..many {
        path.truncate(dice.below((path.len() + 1).min(4)));
        let title: Vec<&str> = (0..=dice.below(5)).map(|_| WORDS[dice.below(WORDS.len())]).collect();
        let mut node = ExchangeNode {
            identifier: identifier(at),
            parent: path.last().map(|parent| identifier(*parent)),
            code: (dice.below(5) > 0).then(|| format!("G.{at}")),
            kind: Some(KINDS[path.len()].to_owned()),
            title: format!("{} {at}", title.join(" ")),
            ..ExchangeNode::default()
        };
        if dice.below(4) == 0 {
            node.description = format!("What it *means*.\n\n- one\n- {at}");
        }
        if dice.below(3) == 0 {
            node.details = ExchangeDetails {
                knowledge: vec![format!("Rules <of> {at}"), "Two\nlines".into()],
                behaviours: vec!["Asks, then acts".into()],
                ..ExchangeDetails::default()
            };
        }
        nodes.push(node);
        path.push(at);
    }
    let mut references = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for _ in 0..many / 2 {
        let (from, to) = (dice.below(many), dice.below(many));
        let kind = [RELATED_TO, "precedes", "exactMatchOf"][dice.below(3)];
        if from != to && seen.insert((from, to)) {
            references.push(ExchangeReference {
                from: identifier(from),
                to: identifier(to),
                kind: kind.into(),
                extra: Value::Null,
            });
        }
    }
    let level = |label: &str| ExchangeLevel {
        label: label.into(),
        description: String::new(),
    };
    ExchangeSet {
        identifier: Uuid::from_u128(0x0b2e_9dd4_2d2c_4c7e_8e6c_0000_0000_0001),
        title: "A generated set".into(),
        scale: ["None, yet", "Some", "Strong"].map(level).into(),
        nodes,
        references,
        ..ExchangeSet::default()
    }
}

const SIZES: [usize; 5] = [1, 2, 84, 1_100, 5_000];

#[test]
fn packages_keep_tree_order_text_codes_references_and_scale() {
    for many in SIZES {
        let set = generated(many);
        let written = case::emit(&set, set.identifier, "https://carrel.example", "2026-05-04T09:30:00Z");
        let parsed = parse("x.json", written.to_string().as_bytes());
        assert_eq!(parsed.problems, [], "{many}");
        assert!(parsed.set == Some(set), "{many}");
    }
}

#[test]
fn spreadsheets_keep_tree_order_text_codes_references_and_scale() {
    for many in SIZES {
        let set = generated(many);
        for (name, bytes) in [
            ("x.csv", sheet::csv(&set).into_bytes()),
            ("x.xlsx", sheet::workbook(&set).unwrap()),
        ] {
            let parsed = parse(name, &bytes);
            assert_eq!(parsed.problems, [], "{many} {name}");
            let plan = compare(&set, &parsed.set.unwrap());
            assert!(
                plan.is_empty(),
                "{many} {name}: {} changed, {:?}",
                plan.changed.len(),
                plan.set_fields
            );
        }
    }
}

#[test]
fn frameworks_of_moodle_keep_all_but_the_kinds_of_references() {
    for many in SIZES {
        let set = generated(many);
        let parsed = parse("x.csv", moodle_csv::emit(&set).as_bytes());
        assert_eq!(parsed.problems, [], "{many}");
        let again = parsed.set.unwrap();
        let mut plain = set.clone();
        for reference in &mut plain.references {
            reference.kind = RELATED_TO.into();
        }
        let plan = compare(&plain, &again);
        let counts = (plan.new.len(), plan.changed.len(), plan.moved.len(), plan.missing.len());
        assert_eq!((counts, &plan.references), ((0, 0, 0, 0), &vec![]), "{many}");
        assert_eq!((again.identifier, &again.scale), (set.identifier, &set.scale));
    }
}
