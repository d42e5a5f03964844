use super::*;
use crate::editions::model::Kind;

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most.max(1) as u64).unwrap()
    }
}

fn title(dice: &mut Dice) -> String {
    let words = ["reads", "writes", "plans", "budget", "board", "shelf", "talk", "guide"];
    let many = 2 + dice.below(4);
    (0..many).map(|_| words[dice.below(8)]).collect::<Vec<_>>().join(" ")
}

/// A set whose drafts are published one after the other, whole or in part.
#[derive(Default)]
struct Life {
    draft: Vec<MapNode>,
    made: usize,
    editions: Vec<Published>,
    /// From the node of an edition to those of a later one.
    rows: HashMap<(usize, usize), (usize, Kind, Vec<usize>)>,
}

struct Published {
    nodes: Vec<MapNode>,
    in_force: bool,
    whole: bool,
}

impl Life {
    fn node(&mut self, dice: &mut Dice, parent: Option<String>) -> MapNode {
        self.made += 1;
        MapNode {
            identifier: format!("n{}", self.made),
            statement: parent.is_some(),
            parent,
            code: self.made.to_string(),
            title: title(dice),
            ..MapNode::default()
        }
    }

    fn begin(dice: &mut Dice) -> Self {
        let mut life = Self::default();
        for _ in 0..2 + dice.below(4) {
            let section = life.node(dice, None);
            let name = section.identifier.clone();
            life.draft.push(section);
            for _ in 0..dice.below(5) {
                let node = life.node(dice, Some(name.clone()));
                life.draft.push(node);
            }
        }
        life
    }

    /// Statements are worded anew, moved, taken out, split, merged, put in.
    fn write(&mut self, dice: &mut Dice) {
        let tops: Vec<String> = self
            .draft
            .iter()
            .filter(|node| node.parent.is_none())
            .map(|node| node.identifier.clone())
            .collect();
        let mut next = Vec::new();
        for mut node in self.draft.clone() {
            if node.parent.is_some() {
                match dice.below(9) {
                    0 => continue,
                    1 => node.title = title(dice),
                    2 => node.parent = Some(tops[dice.below(tops.len())].clone()),
                    3 => node.came_from = vec![self.draft[dice.below(self.draft.len())].identifier.clone()],
                    4 => {
                        let top = tops[dice.below(tops.len())].clone();
                        let mut part = self.node(dice, Some(top));
                        part.came_from = vec![node.identifier.clone()];
                        next.push(part);
                    }
                    5 => {
                        self.made += 1;
                        node.identifier = format!("n{}", self.made);
                    }
                    _ => {}
                }
            }
            next.push(node);
        }
        if dice.below(3) == 0 {
            let section = self.node(dice, None);
            next.push(section);
        }
        // In reading order again.
        self.draft = tops_first(next);
    }

    /// What goes on into the next edition: in force, and not gone on yet.
    fn held(&self) -> Vec<(usize, usize)> {
        let force = (0..self.editions.len()).rev().filter(|at| self.editions[*at].in_force);
        let nodes = force.flat_map(|edition| (0..self.editions[edition].nodes.len()).map(move |at| (edition, at)));
        nodes.filter(|place| !self.rows.contains_key(place)).collect()
    }

    fn publish(&mut self, dice: &mut Dice, whole: bool) {
        let held = self.held();
        let old: Vec<MapNode> = held
            .iter()
            .map(|(edition, at)| self.editions[*edition].nodes[*at].clone())
            .collect();
        let mut full = map(&old, &self.draft, &HashMap::new());
        full.mappings.iter_mut().for_each(|mapping| mapping.confirmed = true);
        let next = self.editions.len();
        let (rows, nodes): (Vec<_>, Vec<MapNode>) = if whole {
            let rows = full
                .mappings
                .iter()
                .enumerate()
                .map(|(at, one)| (held[at], one.kind, one.becomes.clone()));
            (rows.collect(), self.draft.clone())
        } else {
            let tops: Vec<&MapNode> = self.draft.iter().filter(|node| node.parent.is_none()).collect();
            let some: HashSet<&str> = tops
                .iter()
                .filter(|_| dice.below(2) == 0)
                .map(|top| top.identifier.as_str())
                .collect();
            let within = |node: &MapNode| some.contains(node.parent.as_deref().unwrap_or(&node.identifier));
            let chosen: HashSet<usize> = (0..self.draft.len()).filter(|at| within(&self.draft[*at])).collect();
            match ahead(&old, &self.draft, &full, &chosen) {
                Ok(_) if chosen.is_empty() => return,
                Ok(ahead) => {
                    let rows = ahead.map.mappings.iter().enumerate();
                    let rows = rows
                        .map(|(at, one)| (held[ahead.old[at]], one.kind, one.becomes.clone()))
                        .collect();
                    (rows, ahead.new.iter().map(|at| self.draft[*at].clone()).collect())
                }
                Err(_) => return,
            }
        };
        for (place, kind, becomes) in rows {
            assert!(
                whole || kind != Kind::Retired,
                "nothing retires by an edition of some sections"
            );
            assert!((kind == Kind::Retired) == becomes.is_empty());
            self.rows.insert(place, (next, kind, becomes));
        }
        let continued: HashSet<&(usize, usize)> = self
            .rows
            .iter()
            .filter(|(_, (to, ..))| *to == next)
            .map(|(place, _)| place)
            .collect();
        let all: Vec<Vec<(usize, usize)>> = (0..next)
            .map(|edition| {
                (0..self.editions[edition].nodes.len())
                    .map(|at| (edition, at))
                    .collect()
            })
            .collect();
        let over = match whole {
            true => (0..next).collect(),
            false => covered((0..next).map(|edition| (edition, all[edition].as_slice())), &continued),
        };
        for edition in over {
            self.editions[edition].in_force = false;
        }
        self.editions.push(Published {
            nodes,
            in_force: true,
            whole,
        });
    }

    /// Whether what was said at a node can still be found: it is in force, or goes
    /// on to what is, or a whole edition retired it.
    fn stands(&self, place: (usize, usize)) -> bool {
        match self.rows.get(&place) {
            None => self.editions[place.0].in_force,
            Some((to, Kind::Retired, _)) => self.editions[*to].whole,
            Some((to, _, becomes)) => {
                *to > place.0 && !becomes.is_empty() && becomes.iter().all(|at| self.stands((*to, *at)))
            }
        }
    }
}

fn tops_first(nodes: Vec<MapNode>) -> Vec<MapNode> {
    let (tops, rest): (Vec<_>, Vec<_>) = nodes.into_iter().partition(|node| node.parent.is_none());
    let mut ordered = Vec::new();
    for top in tops {
        let name = top.identifier.clone();
        ordered.push(top);
        ordered.extend(
            rest.iter()
                .filter(|node| node.parent.as_deref() == Some(&name))
                .cloned(),
        );
    }
    ordered
}

#[test]
fn no_judgement_disappears_through_any_editions() {
    let (mut parts, mut kept) = (0, 0);
    for seed in 1..=400_u64 {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let mut life = Life::begin(&mut dice);
        for _ in 0..8 {
            let whole = dice.below(3) == 0;
            life.publish(&mut dice, whole);
            for edition in 0..life.editions.len() {
                for at in 0..life.editions[edition].nodes.len() {
                    assert!(
                        life.stands((edition, at)),
                        "seed {seed}: node {at} of edition {edition} is lost"
                    );
                }
            }
            // A name stands for one thing at a time.
            let held = life.held();
            let names: HashSet<&str> = held
                .iter()
                .map(|(edition, at)| life.editions[*edition].nodes[*at].identifier.as_str())
                .collect();
            assert_eq!(names.len(), held.len(), "seed {seed}");
            life.write(&mut dice);
        }
        parts += life.editions.iter().filter(|edition| !edition.whole).count();
        let force = life.editions.iter().filter(|edition| edition.in_force).count();
        kept += usize::from(force > 1);
        life.publish(&mut dice, true);
        assert!(
            life.held()
                .iter()
                .all(|(edition, _)| *edition == life.editions.len() - 1)
        );
    }
    assert!(parts > 400 && kept > 40, "{parts} {kept}");
}

fn node(identifier: &str, parent: &str, title: &str) -> MapNode {
    MapNode {
        identifier: identifier.into(),
        parent: Some(parent.to_owned()).filter(|parent| !parent.is_empty()),
        title: title.into(),
        statement: !parent.is_empty(),
        ..MapNode::default()
    }
}

#[test]
fn only_what_leads_into_the_sections_goes_on_and_waits() {
    let old = vec![
        node("a", "", "Money"),
        node("b", "a", "Reads a budget"),
        node("c", "", "Talk"),
        node("d", "c", "Listens"),
    ];
    let whole = map(&old, &old, &HashMap::new());
    let chosen = HashSet::from([0, 1]);
    assert_eq!(ahead(&old, &old, &whole, &chosen), Err(Refused::Waiting(2)));
    let mut confirmed = whole;
    confirmed
        .mappings
        .iter_mut()
        .for_each(|mapping| mapping.confirmed = true);
    let ahead = ahead(&old, &old, &confirmed, &chosen).unwrap();
    assert_eq!((ahead.old, ahead.new), (vec![0, 1], vec![0, 1]));
    assert!(ahead.map.mappings.iter().all(|mapping| mapping.kind == Kind::Same));
}

#[test]
fn one_name_does_not_stand_for_two_things() {
    let old = vec![node("a", "", "Money"), node("b", "a", "Reads a budget")];
    let new = vec![
        node("a", "", "Money"),
        node("b", "a", "Sings"),
        node("c", "", "Talk"),
        node("q", "c", "Reads a budget"),
    ];
    let elsewhere = Decision {
        kind: Kind::Same,
        becomes: vec!["q".into()],
        means_same: false,
        print: String::new(),
    };
    let mut whole = map(&old, &new, &HashMap::from([("b".to_owned(), elsewhere)]));
    whole.mappings.iter_mut().for_each(|mapping| mapping.confirmed = true);
    assert_eq!(
        ahead(&old, &new, &whole, &HashSet::from([0, 1])),
        Err(Refused::Elsewhere(1))
    );
    assert!(ahead(&old, &new, &whole, &HashSet::from([0, 1, 2, 3])).is_ok());
}

#[test]
fn heirs_are_followed_through_all_maps() {
    let steps = HashMap::from([(1, vec![2, 3]), (2, vec![4]), (4, vec![5]), (7, Vec::new())]);
    assert_eq!(heirs(&1, &steps), [3, 5]);
    assert_eq!(heirs(&5, &steps), Vec::<i32>::new());
    assert_eq!(heirs(&7, &steps), Vec::<i32>::new());
}
