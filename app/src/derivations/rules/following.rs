//! How nodes of the source go on under other identifiers, as its own maps say:
//! what goes on is offered as what it is, not as gone and new.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use uuid::Uuid;

use super::Link;
use crate::editions::model::Kind;
use crate::outlines::rules::Outline;

/// How a node goes on in an edition of the source, where that is not simply under
/// its own identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// The number of the edition.
    pub number: u32,
    pub from: Uuid,
    pub kind: Kind,
    pub to: Vec<Uuid>,
}

/// The ways through all editions of the source.
#[derive(Debug, Clone, Default)]
pub struct Ways(BTreeMap<u32, HashMap<Uuid, (Kind, Vec<Uuid>)>>);

/// What else a node of the source has to do with nodes of before, by their words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    pub kind: Kind,
    pub titles: Vec<String>,
}

/// Stories by the identifier under which a node is offered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stories {
    /// Of what is in the newest edition: what it was split or merged from.
    pub from: HashMap<Uuid, Story>,
    /// Of what is not: what it is part of now.
    pub into: HashMap<Uuid, Story>,
}

impl Ways {
    pub fn of(ways: impl IntoIterator<Item = Way>) -> Self {
        let mut by_number: BTreeMap<u32, HashMap<Uuid, (Kind, Vec<Uuid>)>> = BTreeMap::new();
        for way in ways {
            by_number
                .entry(way.number)
                .or_default()
                .insert(way.from, (way.kind, way.to));
        }
        Self(by_number)
    }

    /// Where a node of an edition is in a later one, and what happened on the way.
    fn heirs(&self, node: Uuid, after: u32, until: u32) -> (BTreeSet<Uuid>, Option<Kind>) {
        let (mut now, mut told) = (BTreeSet::from([node]), None);
        for ways in self
            .0
            .range(after.saturating_add(1)..=until.max(after.saturating_add(1)))
        {
            let (number, ways) = ways;
            if *number > until {
                break;
            }
            let mut next = BTreeSet::new();
            for one in now {
                match ways.get(&one) {
                    Some((kind, to)) => {
                        if matches!(kind, Kind::Split | Kind::Merged) {
                            told = Some(*kind);
                        }
                        next.extend(to.iter().copied());
                    }
                    None => {
                        next.insert(one);
                    }
                }
            }
            now = next;
        }
        (now, told)
    }
}

/// Lets each link lead to where its node of the source is now, and tells of what
/// was split and merged. A node of the source is led to by one link only.
pub fn follow(links: &mut [Link], newest: &Outline, number: u32, ways: &Ways) -> Stories {
    let titles: HashMap<Uuid, &str> = newest
        .nodes
        .iter()
        .map(|node| (node.identifier, node.content.title.as_str()))
        .collect();
    let mut stories = Stories::default();
    if ways.0.is_empty() {
        return stories;
    }
    links.sort_by_key(|link| (link.source.number, link.own));
    let mut led: HashSet<Uuid> = links
        .iter()
        .map(|link| link.source.identifier)
        .filter(|source| titles.contains_key(source))
        .collect();
    let mut renamed: HashMap<Uuid, Uuid> = HashMap::new();
    for link in links.iter_mut() {
        let was = link.source.identifier;
        let (heirs, told) = ways.heirs(was, link.source.number, number);
        let heirs: Vec<Uuid> = heirs.into_iter().filter(|heir| titles.contains_key(heir)).collect();
        if !titles.contains_key(&was)
            && let Some(heir) = heirs.iter().find(|heir| !led.contains(heir)).copied()
        {
            led.insert(heir);
            renamed.insert(was, heir);
            link.source.identifier = heir;
        }
        let Some(kind) = told else { continue };
        for heir in &heirs {
            let story = stories.from.entry(*heir).or_insert(Story {
                kind,
                titles: Vec::new(),
            });
            story.titles.push(link.source.content.title.clone());
        }
        let into: Vec<String> = heirs
            .iter()
            .filter_map(|heir| Some((*titles.get(heir)?).to_owned()))
            .collect();
        if !titles.contains_key(&link.source.identifier) && !into.is_empty() {
            stories.into.insert(was, Story { kind, titles: into });
        }
    }
    for link in links.iter_mut() {
        if let Some(heir) = link.source.parent.and_then(|parent| renamed.get(&parent)) {
            link.source.parent = Some(*heir);
        }
    }
    stories
}

#[cfg(test)]
mod tests {
    use super::super::tests::{copied, node, outline, own};
    use super::super::{Beside, offers};
    use super::*;
    use crate::derivations::model::Update;

    const SET: Uuid = Uuid::from_u128(0xd);

    fn way(from: u128, kind: Kind, to: &[u128]) -> Way {
        Way {
            number: 2,
            from: Uuid::from_u128(from),
            kind,
            to: to.iter().copied().map(Uuid::from_u128).collect(),
        }
    }

    fn first() -> Outline {
        outline(vec![
            node(1, 0, "Money"),
            node(2, 1, "Reads a budget"),
            node(3, 1, "Writes a report"),
            node(4, 1, "Files a report"),
        ])
    }

    /// What is offered, with its identifiers in the source and here.
    fn offered(next: &Outline, ways: Vec<Way>) -> (Vec<(Update, Uuid, Uuid, usize)>, Stories) {
        let (draft, mut links) = copied(&first(), 1);
        let stories = follow(&mut links, next, 2, &Ways::of(ways));
        let beside = Beside::new(SET, &draft, (next, 2, true), 1, &links);
        let told = offers(&beside);
        let told = told
            .into_iter()
            .map(|offer| (offer.update, offer.source, offer.own, offer.texts.len()));
        (told.collect(), stories)
    }

    #[test]
    fn what_goes_on_under_another_identifier_is_a_change_and_nothing_else() {
        let next = outline(vec![
            node(0x11, 0, "Money"),
            node(0x12, 1, "Reads any budget"),
            node(3, 1, "Writes a report"),
            node(4, 1, "Files a report"),
        ]);
        let ways = vec![way(1, Kind::Same, &[0x11]), way(2, Kind::Reworded, &[0x12])];
        let (told, stories) = offered(&next, ways);
        assert_eq!(told, [(Update::Changed, Uuid::from_u128(0x12), own(2), 1)]);
        assert_eq!(stories, Stories::default());
        // Without the map it would be gone, and something new.
        assert_eq!(offered(&next, Vec::new()).0.len(), 4);
    }

    #[test]
    fn what_was_split_is_a_change_and_the_rest_of_it() {
        let next = outline(vec![
            node(1, 0, "Money"),
            node(0x12, 1, "Reads a budget"),
            node(0x13, 1, "Explains a budget"),
            node(3, 1, "Writes a report"),
            node(4, 1, "Files a report"),
        ]);
        let (told, stories) = offered(&next, vec![way(2, Kind::Split, &[0x12, 0x13])]);
        let new = Uuid::from_u128(0x13);
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!((told[0].0, told[0].1), (Update::New, new));
        let story = Story {
            kind: Kind::Split,
            titles: vec!["Reads a budget".into()],
        };
        assert_eq!(stories.from.get(&new), Some(&story));
    }

    #[test]
    fn of_what_was_merged_one_goes_on_and_the_others_say_where_they_are() {
        let next = outline(vec![
            node(1, 0, "Money"),
            node(2, 1, "Reads a budget"),
            node(0x13, 1, "Writes and files a report"),
        ]);
        let ways = vec![way(3, Kind::Merged, &[0x13]), way(4, Kind::Merged, &[0x13])];
        let (told, stories) = offered(&next, ways);
        let kinds: Vec<Update> = told.iter().map(|one| one.0).collect();
        assert_eq!(kinds, [Update::Changed, Update::Gone]);
        assert_eq!(told[0].1, Uuid::from_u128(0x13));
        let gone = stories.into.get(&told[1].1).unwrap();
        assert_eq!(
            (gone.kind, gone.titles.as_slice()),
            (Kind::Merged, ["Writes and files a report".to_owned()].as_slice())
        );
    }

    #[test]
    fn it_is_followed_through_several_editions_and_not_past_the_newest() {
        let ways = Ways::of([
            way(2, Kind::Same, &[0x12]),
            Way {
                number: 3,
                ..way(0x12, Kind::Split, &[0x22, 0x23])
            },
            Way {
                number: 5,
                ..way(0x22, Kind::Retired, &[])
            },
        ]);
        let heirs = |after, until| ways.heirs(Uuid::from_u128(2), after, until);
        assert_eq!(heirs(1, 1).0, BTreeSet::from([Uuid::from_u128(2)]));
        assert_eq!(heirs(1, 2), (BTreeSet::from([Uuid::from_u128(0x12)]), None));
        assert_eq!(
            heirs(1, 4),
            (BTreeSet::from([0x22, 0x23].map(Uuid::from_u128)), Some(Kind::Split))
        );
        assert_eq!(heirs(1, 9).0, BTreeSet::from([Uuid::from_u128(0x23)]));
        assert_eq!(
            heirs(2, 9).0,
            BTreeSet::from([Uuid::from_u128(2)]),
            "only what came after counts"
        );
    }
}
