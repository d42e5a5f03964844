//! What follows the map when an edition is published: pure rules. The store
//! reads what was made against the old edition, asks here, and writes.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::model::Kind;

/// How one old node goes on; `N` names a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Follow<N> {
    pub from: N,
    pub kind: Kind,
    pub to: Vec<N>,
}

/// What becomes of what somebody made against an old node.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate<N> {
    /// It stands at the new node, and nothing is asked.
    Carried(N),
    /// It stands at the new node, and is asked to be confirmed.
    ToConfirm(N),
    /// The new node asks for an answer, with the old one shown.
    ToChoose(N, Kind),
    /// It stays in the history of the old node, which is said once.
    Retired(N),
}

impl<N: Clone + Ord> Follow<N> {
    /// What becomes of an answer. One whose level the new scale does not have is
    /// confirmed even where the words are the same.
    pub fn fates(&self, fits: bool) -> BTreeSet<Fate<N>> {
        let fate = |to: &N| match self.kind {
            Kind::Same | Kind::Moved if fits => Fate::Carried(to.clone()),
            Kind::Split | Kind::Merged => Fate::ToChoose(to.clone(), self.kind),
            _ => Fate::ToConfirm(to.clone()),
        };
        let fates: BTreeSet<Fate<N>> = self.to.iter().map(fate).collect();
        if fates.is_empty() {
            BTreeSet::from([Fate::Retired(self.from.clone())])
        } else {
            fates
        }
    }

    /// What becomes of a question that nobody has answered: it is asked at what the
    /// statement became, in its own way where the map asks for nothing more.
    pub fn passed(&self, asked: Kind) -> BTreeSet<Fate<N>> {
        let fate = |to: &N| match (self.kind, asked) {
            (Kind::Split | Kind::Merged, _) => Fate::ToChoose(to.clone(), self.kind),
            (_, Kind::Split | Kind::Merged) => Fate::ToChoose(to.clone(), asked),
            _ => Fate::ToConfirm(to.clone()),
        };
        let fates: BTreeSet<Fate<N>> = self.to.iter().map(fate).collect();
        if fates.is_empty() {
            BTreeSet::from([Fate::Retired(self.from.clone())])
        } else {
            fates
        }
    }

    /// Whether what asks no person follows by itself to these nodes: what a job
    /// needs, and what a course serves. A part needs what the whole did.
    pub fn heirs(&self) -> &[N] {
        &self.to
    }
}

/// What happened to a node on its way through the maps of several editions: what
/// says most of it. `ways` holds only what leads to where one looks from.
pub fn way_of<N: Clone + Eq + std::hash::Hash>(from: &N, ways: &HashMap<N, (Kind, Vec<N>)>) -> Kind {
    let says = |kind: Kind| match kind {
        Kind::Split => 4,
        Kind::Merged => 3,
        Kind::Reworded => 2,
        Kind::Moved => 1,
        _ => 0,
    };
    let (mut most, mut seen, mut open) = (Kind::Same, HashSet::new(), vec![from]);
    while let Some(node) = open.pop() {
        if let Some((kind, becomes)) = ways.get(node).filter(|_| seen.insert(node)) {
            most = if says(*kind) > says(most) { *kind } else { most };
            open.extend(becomes);
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::editions::levels::Levels;
    use crate::editions::mapping::{Decision, Map, MapNode, map};

    /// Numbers that look random and are the same each time.
    struct Dice(u64);

    impl Dice {
        fn below(&mut self, most: usize) -> usize {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            usize::try_from(self.0 % most.max(1) as u64).unwrap()
        }

        fn now(&mut self, one_in: usize) -> bool {
            self.below(one_in) == 0
        }
    }

    const WORDS: [&str; 8] = ["reads", "writes", "plans", "budget", "board", "shelf", "talk", "guide"];

    fn title(dice: &mut Dice) -> String {
        let many = 2 + dice.below(4);
        (0..many).map(|_| WORDS[dice.below(8)]).collect::<Vec<_>>().join(" ")
    }

    fn tree(dice: &mut Dice) -> Vec<MapNode> {
        let mut nodes: Vec<MapNode> = Vec::new();
        for at in 0..1 + dice.below(30) {
            let parent = (!nodes.is_empty() && !dice.now(5)).then(|| dice.below(nodes.len()));
            nodes.push(MapNode {
                identifier: format!("n{at}"),
                parent: parent.map(|at| nodes[at].identifier.clone()),
                code: at.to_string(),
                title: title(dice),
                statement: dice.below(3) > 0,
                ..MapNode::default()
            });
        }
        nodes
    }

    /// The next edition: some reworded, moved, taken out, put in, split, merged.
    fn next(dice: &mut Dice, old: &[MapNode]) -> Vec<MapNode> {
        let mut nodes: Vec<MapNode> = Vec::new();
        for node in old {
            let mut node = node.clone();
            match dice.below(10) {
                0 => continue,
                1 => node.title = title(dice),
                2 => node.code.push('x'),
                3 => node.identifier.push('x'),
                4 => node.came_from = vec![old[dice.below(old.len())].identifier.clone()],
                5 => node.text = title(dice),
                _ => {}
            }
            nodes.push(node);
        }
        for at in 0..dice.below(4) {
            nodes.push(MapNode {
                identifier: format!("new{at}"),
                title: title(dice),
                statement: true,
                came_from: if dice.now(2) {
                    vec![old[dice.below(old.len())].identifier.clone()]
                } else {
                    Vec::new()
                },
                ..MapNode::default()
            });
        }
        nodes
    }

    fn decisions(dice: &mut Dice, old: &[MapNode], new: &[MapNode]) -> HashMap<String, Decision> {
        let mut decisions = HashMap::new();
        for node in old {
            if dice.now(4) {
                let many = if new.is_empty() { 0 } else { dice.below(3) };
                let becomes: BTreeSet<String> = (0..many)
                    .map(|_| new[dice.below(new.len())].identifier.clone())
                    .collect();
                let decision = Decision {
                    kind: Kind::Same,
                    becomes: becomes.into_iter().collect(),
                    means_same: dice.now(2),
                    print: String::new(),
                };
                decisions.insert(node.identifier.clone(), decision);
            }
        }
        decisions
    }

    fn follows(map: &Map) -> Vec<Follow<usize>> {
        let follow = |(from, one): (usize, &crate::editions::mapping::Mapping)| Follow {
            from,
            kind: one.kind,
            to: one.becomes.clone(),
        };
        map.mappings.iter().enumerate().map(follow).collect()
    }

    /// What somebody has at the new nodes and what they are asked, by key: as
    /// the store writes it, once for each key.
    #[derive(Clone, Default, PartialEq, Debug)]
    struct Kept {
        ratings: BTreeMap<usize, (i64, usize)>,
        asked: BTreeMap<(bool, usize), Kind>,
    }

    fn carry(kept: &mut Kept, follows: &[Follow<usize>], judgements: &[(usize, i64)], levels: &Levels) {
        for (node, level) in judgements {
            let (level, fits) = levels.fitted(Some(*level));
            for fate in follows[*node].fates(fits) {
                match fate {
                    Fate::Carried(to) => {
                        kept.ratings.entry(to).or_insert((level.unwrap(), *node));
                    }
                    Fate::ToConfirm(to) => {
                        kept.ratings.entry(to).or_insert((level.unwrap(), *node));
                        kept.asked.entry((true, to)).or_insert(Kind::Reworded);
                    }
                    Fate::ToChoose(to, kind) => {
                        kept.asked.entry((true, to)).or_insert(kind);
                    }
                    Fate::Retired(from) => {
                        kept.asked.entry((false, from)).or_insert(Kind::Retired);
                    }
                }
            }
        }
    }

    #[test]
    fn no_judgement_disappears_whatever_the_trees_and_the_map() {
        let mut dice = Dice(0x5eed_1234_5678_9abc);
        for round in 0..600 {
            let old = tree(&mut dice);
            let new = next(&mut dice, &old);
            let decisions = decisions(&mut dice, &old, &new);
            let map = map(&old, &new, &decisions);
            assert_eq!(map.mappings.len(), old.len(), "every old node has its place in the map");
            let follows = follows(&map);
            let mut judgements = Vec::new();
            for node in 0..old.len() {
                if dice.now(2) {
                    judgements.push((node, i64::try_from(dice.below(4)).unwrap()));
                }
            }
            let most = 3 + i64::from(dice.now(2));
            let scale = |many: i64| (0..many).map(|level| level.to_string()).collect::<Vec<_>>();
            let levels = Levels::between(&scale(4), &scale(most));
            let mut kept = Kept::default();
            carry(&mut kept, &follows, &judgements, &levels);
            for (node, level) in &judgements {
                let carried = kept
                    .ratings
                    .values()
                    .any(|(kept, from)| from == node && (*kept == *level || (*level >= most && *kept == most - 1)));
                let waits = map.mappings[*node]
                    .becomes
                    .iter()
                    .any(|to| kept.asked.contains_key(&(true, *to)));
                let history = kept.asked.get(&(false, *node)) == Some(&Kind::Retired);
                assert!(
                    carried || waits || history,
                    "round {round}: the judgement of node {node} is gone"
                );
            }
            // Nobody is asked about what is at no node of theirs, and nothing is made up.
            for (_, from) in kept.ratings.values() {
                assert!(judgements.iter().any(|(node, _)| node == from));
            }
            // Once more, and once more after half of it: nothing changes.
            let whole = kept.clone();
            carry(&mut kept, &follows, &judgements, &levels);
            assert_eq!(kept, whole);
            let mut cut_off = Kept::default();
            carry(&mut cut_off, &follows, &judgements[..judgements.len() / 2], &levels);
            carry(&mut cut_off, &follows, &judgements, &levels);
            assert_eq!(cut_off, whole);
        }
    }

    /// Two editions one after the other, with identifiers that stand once.
    fn one_more(dice: &mut Dice, old: &[MapNode], number: usize) -> (Vec<MapNode>, Vec<Follow<usize>>) {
        let mut new = next(dice, old);
        let is_new = |name: &str| name.strip_prefix("new").is_some_and(|rest| rest.parse::<u32>().is_ok());
        for node in new.iter_mut().filter(|node| is_new(&node.identifier)) {
            node.identifier.push_str(&format!("of{number}"));
        }
        let decisions = decisions(dice, old, &new);
        let follows = follows(&map(old, &new, &decisions));
        (new, follows)
    }

    /// What is asked at a node, and about which judgements.
    type Questions = BTreeMap<usize, (Kind, BTreeSet<usize>)>;

    fn ask(later: &mut Questions, gone: &mut BTreeSet<usize>, fate: Fate<usize>, about: &BTreeSet<usize>) {
        let (to, kind) = match fate {
            Fate::Carried(_) => return,
            Fate::ToConfirm(to) => (to, Kind::Reworded),
            Fate::ToChoose(to, kind) => (to, kind),
            Fate::Retired(_) => return gone.extend(about),
        };
        let there = later.entry(to).or_insert((kind, BTreeSet::new()));
        there.0 = if there.0 == Kind::Reworded { kind } else { there.0 };
        there.1.extend(about);
    }

    #[test]
    fn no_question_disappears_through_editions_that_come_before_its_answer() {
        let mut dice = Dice(0x0123_4567_89ab_cdef);
        for round in 0..300 {
            let mut nodes = tree(&mut dice);
            // Beside what is asked: where each judgement has to be asked about.
            let mut asked = Questions::new();
            let mut due: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
            for number in 0..4 {
                let (new, follows) = one_more(&mut dice, &nodes, number);
                let (mut later, mut gone) = (Questions::new(), BTreeSet::new());
                for (node, (kind, about)) in &asked {
                    for fate in follows[*node].passed(*kind) {
                        let asks_less = *kind != Kind::Reworded && matches!(fate, Fate::ToConfirm(_));
                        assert!(!asks_less, "round {round}: a level was asked for");
                        ask(&mut later, &mut gone, fate, about);
                    }
                }
                for (judgement, places) in &mut due {
                    let over = places.iter().any(|place| follows[*place].to.is_empty());
                    assert!(!over || gone.contains(judgement), "round {round}: its end is said");
                    *places = places.iter().flat_map(|place| follows[*place].to.clone()).collect();
                }
                for node in (0..nodes.len()).filter(|_| number == 0) {
                    let about = BTreeSet::from([node]);
                    for fate in follows[node].fates(true) {
                        if let Fate::ToConfirm(to) | Fate::ToChoose(to, _) = &fate {
                            due.entry(node).or_default().insert(*to);
                        }
                        ask(&mut later, &mut gone, fate, &about);
                    }
                }
                for (judgement, places) in &due {
                    for place in places {
                        let there = later.get(place).is_some_and(|(_, about)| about.contains(judgement));
                        assert!(
                            there,
                            "round {round}, edition {number}: what is asked of {judgement} is gone"
                        );
                    }
                }
                // Some are answered before the next edition.
                let answered: BTreeSet<usize> = later.keys().copied().filter(|_| dice.now(4)).collect();
                later.retain(|place, _| !answered.contains(place));
                due.values_mut()
                    .for_each(|places| places.retain(|place| !answered.contains(place)));
                (nodes, asked) = (new, later);
            }
        }
    }

    #[test]
    fn same_and_moved_ask_nothing_and_the_rest_does() {
        let fates = |kind, to: &[u32], fits| {
            let follow = Follow {
                from: 1,
                kind,
                to: to.to_vec(),
            };
            follow.fates(fits).into_iter().collect::<Vec<_>>()
        };
        assert_eq!(fates(Kind::Same, &[7], true), [Fate::Carried(7)]);
        assert_eq!(fates(Kind::Moved, &[7], true), [Fate::Carried(7)]);
        assert_eq!(fates(Kind::Moved, &[7], false), [Fate::ToConfirm(7)]);
        assert_eq!(fates(Kind::Reworded, &[7], true), [Fate::ToConfirm(7)]);
        let parts = [Fate::ToChoose(7, Kind::Split), Fate::ToChoose(8, Kind::Split)];
        assert_eq!(fates(Kind::Split, &[7, 8], true), parts);
        assert_eq!(fates(Kind::Merged, &[7], true), [Fate::ToChoose(7, Kind::Merged)]);
        assert_eq!(fates(Kind::Retired, &[], true), [Fate::Retired(1)]);
    }

    #[test]
    fn what_says_most_of_a_way_is_told() {
        let ways = HashMap::from([
            (1, (Kind::Moved, vec![2])),
            (2, (Kind::Split, vec![3, 4])),
            (3, (Kind::Reworded, vec![5])),
            (6, (Kind::Same, vec![6])),
        ]);
        assert_eq!(way_of(&1, &ways), Kind::Split);
        assert_eq!(way_of(&3, &ways), Kind::Reworded);
        assert_eq!(way_of(&6, &ways), Kind::Same);
        assert_eq!(way_of(&9, &ways), Kind::Same);
    }
}
