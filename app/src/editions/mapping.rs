//! The statement map: how each node of an edition goes on in the next one.
//!
//! It is suggested in this order: what a node was split or merged from, as the
//! draft says; the same identifier; the same title under another identifier;
//! likeness of words ([`super::likeness`]). What is left was retired, or is
//! new. What a curator decided goes before all of it, for as long as the nodes
//! it speaks of are there.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::likeness;
use super::model::Kind;
use super::places::{is_renumbered, passing};

/// A node as the map needs it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MapNode {
    /// The number of the edition it is of; several may lead into one.
    pub edition: u32,
    pub identifier: String,
    /// The identifier of the node above it.
    pub parent: Option<String>,
    pub code: String,
    pub title: String,
    /// Description, details, and what each level means.
    pub text: String,
    pub statement: bool,
    /// The identifiers that it was split or merged from.
    pub came_from: Vec<String>,
}

/// What a curator said of one node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    pub kind: Kind,
    /// Identifiers in the new edition.
    pub becomes: Vec<String>,
    pub means_same: bool,
    /// What was looked at; see [`Map::print`]. Empty: it is still to be confirmed.
    pub print: String,
}

/// What becomes of one node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// Places in the new edition.
    pub becomes: Vec<usize>,
    pub kind: Kind,
    pub means_same: bool,
    pub confirmed: bool,
    /// What the mapping says, for comparing it with what was confirmed.
    pub print: String,
}

/// The whole map: one mapping for each old node, in their order, and the places
/// of the new nodes that nothing becomes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Map {
    pub mappings: Vec<Mapping>,
    pub new: Vec<usize>,
}

impl Map {
    /// How many mappings wait to be confirmed.
    pub fn waiting(&self) -> usize {
        self.mappings.iter().filter(|mapping| !mapping.confirmed).count()
    }

    /// From how many old nodes each new one comes.
    pub fn sources(&self, new: usize) -> Vec<usize> {
        let comes = |(old, mapping): (usize, &Mapping)| mapping.becomes.contains(&new).then_some(old);
        self.mappings.iter().enumerate().filter_map(comes).collect()
    }
}

/// The map between two editions with what was decided so far, by identifier of
/// the old node.
pub fn map(old: &[MapNode], new: &[MapNode], decisions: &HashMap<String, Decision>) -> Map {
    let places: HashMap<&str, usize> = new
        .iter()
        .enumerate()
        .map(|(at, node)| (node.identifier.as_str(), at))
        .collect();
    let decided: Vec<Option<(&Decision, Vec<usize>)>> = old
        .iter()
        .map(|node| {
            let decision = decisions.get(&node.identifier)?;
            let place = |identifier: &String| places.get(identifier.as_str()).copied();
            let becomes: Option<Vec<usize>> = decision.becomes.iter().map(place).collect();
            Some((decision, becomes?))
        })
        .collect();
    let fixed = decided
        .iter()
        .map(|one| one.as_ref().map(|(_, becomes)| becomes.clone()));
    let becomes = suggest(old, new, &places, fixed.collect());
    finish(old, new, becomes, &decided)
}

/// Where each old node goes on: as decided, else as suggested.
fn suggest(
    old: &[MapNode],
    new: &[MapNode],
    places: &HashMap<&str, usize>,
    fixed: Vec<Option<Vec<usize>>>,
) -> Vec<Vec<usize>> {
    let mut taken = vec![false; new.len()];
    for at in fixed.iter().flatten().flatten() {
        taken[*at] = true;
    }
    let mut born: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, node) in new.iter().enumerate() {
        for source in &node.came_from {
            born.entry(source).or_default().push(at);
        }
    }
    let mut becomes: Vec<Vec<usize>> = Vec::with_capacity(old.len());
    for (node, fixed) in old.iter().zip(&fixed) {
        let mut own = fixed.clone().unwrap_or_default();
        if fixed.is_none() {
            own.extend(places.get(node.identifier.as_str()));
            own.extend(born.get(node.identifier.as_str()).into_iter().flatten());
            own.sort_unstable();
            own.dedup();
        }
        for at in &own {
            taken[*at] = true;
        }
        becomes.push(own);
    }
    let open = |becomes: &[Vec<usize>]| -> Vec<usize> {
        let open = |at: &usize| becomes[*at].is_empty() && fixed[*at].is_none();
        (0..old.len()).filter(open).collect()
    };
    same_titles(old, new, &open(&becomes), &mut taken, &mut becomes);
    for statement in [true, false] {
        let before: Vec<(usize, &str)> = open(&becomes)
            .into_iter()
            .filter(|at| old[*at].statement == statement)
            .map(|at| (at, old[at].title.as_str()))
            .collect();
        let after: Vec<(usize, &str)> = (0..new.len())
            .filter(|at| !taken[*at] && new[*at].statement == statement)
            .map(|at| (at, new[at].title.as_str()))
            .collect();
        for (old, new) in likeness::pairs(&before, &after) {
            taken[new] = true;
            becomes[old].push(new);
        }
    }
    becomes
}

/// The same title under another identifier, in order where it stands several times.
fn same_titles(old: &[MapNode], new: &[MapNode], open: &[usize], taken: &mut [bool], becomes: &mut [Vec<usize>]) {
    let key = |node: &MapNode| (node.statement, plain(&node.title).to_lowercase());
    let mut waiting: HashMap<(bool, String), Vec<usize>> = HashMap::new();
    for at in (0..new.len()).rev().filter(|at| !taken[*at]) {
        waiting.entry(key(&new[at])).or_default().push(at);
    }
    for at in open {
        if let Some(found) = waiting.get_mut(&key(&old[*at])).and_then(Vec::pop) {
            taken[found] = true;
            becomes[*at].push(found);
        }
    }
}

fn finish(
    old: &[MapNode],
    new: &[MapNode],
    becomes: Vec<Vec<usize>>,
    decided: &[Option<(&Decision, Vec<usize>)>],
) -> Map {
    let mut sources = vec![0_usize; new.len()];
    for at in becomes.iter().flatten() {
        sources[*at] += 1;
    }
    let (rows, new_rows) = (rows_of(old), rows_of(new));
    let parent_goes_on = |before: &MapNode, after: &MapNode| match (&before.parent, &after.parent) {
        (None, None) => true,
        (Some(above), Some(over)) => rows
            .get(above.as_str())
            .is_some_and(|at| becomes[*at].iter().any(|at| new[*at].identifier == *over)),
        _ => false,
    };
    let above = |nodes: &[MapNode], rows: &HashMap<&str, usize>, node: &MapNode| {
        let parent = node.parent.as_deref().and_then(|parent| rows.get(parent));
        parent.map_or(String::new(), |at| nodes[*at].code.clone())
    };
    let renumbered = |before: &MapNode, after: &MapNode| {
        let (above, over) = (above(old, &rows, before), above(new, &new_rows, after));
        is_renumbered((&above, &before.code), (&over, &after.code))
    };
    let among = |at: usize, now: usize| (old[at].edition, new[now].parent.as_deref());
    let passing = passing(&becomes, &sources, among);
    let mapping = |at: usize| {
        let means_same = decided[at].as_ref().is_some_and(|(decision, _)| decision.means_same);
        let kind = match becomes[at].as_slice() {
            [] => Kind::Retired,
            [one] if sources[*one] > 1 => Kind::Merged,
            [one] if !means_same && !same_words(&old[at], &new[*one]) => Kind::Reworded,
            [one] if !parent_goes_on(&old[at], &new[*one]) || passing[at] => Kind::Moved,
            [one] if old[at].code != new[*one].code && !renumbered(&old[at], &new[*one]) => Kind::Moved,
            [_] => Kind::Same,
            _ => Kind::Split,
        };
        let print = print(&old[at], becomes[at].iter().map(|at| &new[*at]), kind);
        let confirmed = decided[at]
            .as_ref()
            .is_some_and(|(decision, _)| decision.print == print);
        Mapping {
            becomes: becomes[at].clone(),
            kind,
            means_same,
            confirmed,
            print,
        }
    };
    Map {
        mappings: (0..old.len()).map(mapping).collect(),
        new: (0..new.len()).filter(|at| sources[*at] == 0).collect(),
    }
}

fn rows_of(nodes: &[MapNode]) -> HashMap<&str, usize> {
    let rows = nodes.iter().enumerate();
    rows.map(|(at, node)| (node.identifier.as_str(), at)).collect()
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether all of it says the same, spaces apart.
fn same_words(a: &MapNode, b: &MapNode) -> bool {
    plain(&a.title) == plain(&b.title) && plain(&a.text) == plain(&b.text)
}

/// What is looked at when a mapping is confirmed, in few characters: the texts
/// of both sides, and the kind.
fn print<'a>(old: &'a MapNode, new: impl Iterator<Item = &'a MapNode>, kind: Kind) -> String {
    let mut hash = Sha256::new();
    let mut take = |text: &str| {
        hash.update(text.len().to_le_bytes());
        hash.update(text.as_bytes());
    };
    take(kind.as_str());
    for node in std::iter::once(old).chain(new) {
        take(&node.identifier);
        take(&node.title);
        take(&node.text);
    }
    hash.finalize()[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(identifier: &str, parent: &str, title: &str) -> MapNode {
        MapNode {
            identifier: identifier.into(),
            parent: Some(parent.to_owned()).filter(|parent| !parent.is_empty()),
            code: identifier.to_uppercase(),
            title: title.into(),
            statement: !parent.is_empty(),
            ..MapNode::default()
        }
    }

    fn first() -> Vec<MapNode> {
        vec![
            node("s", "", "Money"),
            node("a", "s", "Reads a budget"),
            node("b", "s", "Writes a report for the board"),
            node("c", "s", "Counts the coins"),
        ]
    }

    fn kinds(old: &[MapNode], new: &[MapNode]) -> String {
        let map = map(old, new, &HashMap::new());
        let mut words: Vec<&str> = map.mappings.iter().map(|one| one.kind.as_str()).collect();
        words.extend(map.new.iter().map(|_| "new"));
        words.join(" ")
    }

    #[test]
    fn a_copy_is_the_same() {
        assert_eq!(kinds(&first(), &first()), "same same same same");
    }

    #[test]
    fn words_place_and_code_are_looked_at() {
        let mut next = first();
        next[1].title = "Reads the budget aloud".into();
        next[2].text = "Now with a description.".into();
        next[3].code = "X".into();
        assert_eq!(kinds(&first(), &next), "same reworded reworded moved");
        let mut next = first();
        next.push(node("t", "", "Talk"));
        next[3].parent = Some("t".into());
        assert_eq!(kinds(&first(), &next), "same same same moved new");
    }

    #[test]
    fn another_identifier_is_found_by_title_and_by_likeness() {
        let next = vec![
            node("s2", "", "Money"),
            node("z", "s2", "Counts  the coins"),
            node("y", "s2", "Writes a long report for the board"),
            node("x", "s2", "Sings"),
        ];
        assert_eq!(kinds(&first(), &next), "moved retired reworded moved new");
    }

    #[test]
    fn the_draft_says_what_was_split_and_merged() {
        let mut next = first();
        next.push(MapNode {
            came_from: vec!["a".into()],
            ..node("a2", "s", "Explains it")
        });
        assert_eq!(kinds(&first(), &next), "same split same same");
        let mut next = first();
        next.truncate(2);
        next[1].came_from = vec!["b".into(), "c".into()];
        assert_eq!(kinds(&first(), &next), "same merged merged merged");
    }

    #[test]
    fn a_decision_goes_before_what_is_suggested() {
        let (old, mut next) = (first(), first());
        next[1].title = "Reads the budget aloud".into();
        let said = |becomes: &[&str], means_same, print: &str| {
            let decision = Decision {
                kind: Kind::Same,
                becomes: becomes.iter().map(|one| (*one).to_owned()).collect(),
                means_same,
                print: print.into(),
            };
            map(&old, &next, &HashMap::from([("a".to_owned(), decision)]))
        };
        let meant = said(&["a"], true, "");
        assert_eq!(
            (meant.mappings[1].kind, meant.mappings[1].confirmed),
            (Kind::Same, false)
        );
        assert!(said(&["a"], true, &meant.mappings[1].print).mappings[1].confirmed);
        assert_eq!(said(&["b"], false, "").mappings[1].kind, Kind::Merged);
        assert_eq!(said(&["b"], false, "").new, [1]);
        assert_eq!(said(&["a", "b"], false, "").mappings[1].kind, Kind::Split);
        assert_eq!(said(&[], false, "").mappings[1].kind, Kind::Retired);
        // Of a node that is not there any more nothing is decided.
        assert_eq!(said(&["gone"], false, "").mappings[1].kind, Kind::Reworded);
    }

    #[test]
    fn what_changes_after_it_was_confirmed_is_looked_at_again() {
        let (old, mut next) = (first(), first());
        next[1].title = "Reads the budget aloud".into();
        let looked = map(&old, &next, &HashMap::new()).mappings[1].clone();
        let decision = Decision {
            kind: looked.kind,
            becomes: vec!["a".into()],
            means_same: false,
            print: looked.print,
        };
        let decisions = HashMap::from([("a".to_owned(), decision)]);
        assert_eq!(map(&old, &next, &decisions).waiting(), 3);
        next[1].title = "Reads the budget aloud, twice".into();
        assert_eq!(map(&old, &next, &decisions).waiting(), 4);
    }

    #[test]
    fn eleven_hundred_statements_are_found_under_new_identifiers() {
        let words = [
            "budget", "board", "reading", "story", "shelf", "talk", "plan", "review", "guide", "measure",
        ];
        let title = |at: usize, extra: &str| {
            let word = |by: usize| words[at / by % 10];
            format!(
                "Explains the {} of a {} and a {} to {at} people {extra}",
                word(1),
                word(10),
                word(100)
            )
        };
        let nodes = |prefix: &str, extra: &str| -> Vec<MapNode> {
            let one = |at: usize| node(&format!("{prefix}{at}"), "s", &title(at, extra));
            (0..1_100).map(one).collect()
        };
        let (old, new) = (nodes("a", ""), nodes("b", "there"));
        let map = map(&old, &new, &HashMap::new());
        assert!(map.new.is_empty());
        assert!(map.mappings.iter().enumerate().all(|(at, one)| one.becomes == [at]));
    }
}
