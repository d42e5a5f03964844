//! Gaps: the level that a role needs minus the level one gives oneself.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::model::{Level, Said};
use crate::id::NodeId;

/// One statement of a role profile beside what the person says of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub node: NodeId,
    pub code: String,
    pub title: String,
    /// Where the statement stands in the index.
    pub href: String,
    /// In reading order.
    pub position: i64,
    /// The level that the role needs.
    pub target: u32,
    /// The person's newest self-judgement.
    pub said: Option<Said>,
    /// When it was given.
    pub rated_on: String,
    /// In the plan: by when, or an empty text when no date is set.
    pub planned: Option<String>,
}

/// Where a line belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Standing {
    Gap,
    AtLevel,
    NotRated,
    NotMyWork,
}

impl Line {
    pub fn standing(&self) -> Standing {
        match self.said {
            None => Standing::NotRated,
            Some(Said::NotMyWork) => Standing::NotMyWork,
            Some(Said::Level(now)) if now >= self.target => Standing::AtLevel,
            Some(Said::Level(_)) => Standing::Gap,
        }
    }

    /// Levels missing: nothing where there is no rating to count from.
    pub fn gap(&self) -> u32 {
        match self.said {
            Some(Said::Level(now)) => self.target.saturating_sub(now),
            _ => 0,
        }
    }

    /// "Minimal now, strong needed".
    pub fn words(&self, levels: &[Level]) -> String {
        let needed = super::model::level_label(levels, self.target).to_lowercase();
        match self.said {
            None => format!("Not rated yet, {needed} needed"),
            Some(Said::NotMyWork) => format!("Not part of my work, {needed} needed"),
            Some(said) => format!("{} now, {needed} needed", said.label(levels)),
        }
    }
}

/// How many lines stand where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub gaps: u32,
    pub at_level: u32,
    pub not_rated: u32,
    pub not_my_work: u32,
}

impl Counts {
    pub fn of(lines: &[Line]) -> Self {
        let mut counts = Self::default();
        for line in lines {
            match line.standing() {
                Standing::Gap => counts.gaps += 1,
                Standing::AtLevel => counts.at_level += 1,
                Standing::NotRated => counts.not_rated += 1,
                Standing::NotMyWork => counts.not_my_work += 1,
            }
        }
        counts
    }

    /// What counts: all but "not part of my work".
    pub fn that_count(self) -> u32 {
        self.gaps + self.at_level + self.not_rated
    }
}

/// A competency, as far as the tree above its statements is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    pub code: String,
    pub title: String,
    /// The section above it; empty when there is none.
    pub section: String,
}

/// The lines beneath one competency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    pub heading: Heading,
    pub counts: Counts,
    pub lines: Vec<Line>,
}

/// How the page is sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sort {
    /// Largest gaps first, groups and lines.
    #[default]
    Size,
    /// In the order of the index.
    Section,
}

impl Sort {
    /// As addresses have it; what is not known is by size.
    pub fn parse(text: &str) -> Self {
        if text == "section" { Self::Section } else { Self::Size }
    }
}

/// Lines, each with the competency above it, as sorted groups. The order is
/// total: what is equally large stands in reading order, then by id.
pub fn group(lines: Vec<(Heading, Line)>, sort: Sort) -> Vec<Group> {
    let mut groups: BTreeMap<(String, String, String), Group> = BTreeMap::new();
    for (heading, line) in lines {
        let key = (heading.section.clone(), heading.code.clone(), heading.title.clone());
        let group = groups.entry(key).or_insert_with(|| Group {
            heading,
            counts: Counts::default(),
            lines: Vec::new(),
        });
        group.lines.push(line);
    }
    let mut groups: Vec<Group> = groups.into_values().collect();
    for group in &mut groups {
        group.counts = Counts::of(&group.lines);
        group
            .lines
            .sort_by_cached_key(|line| (by_size(sort, line.gap()), line.position, line.node.clone()));
    }
    groups.sort_by_cached_key(|group| {
        let largest = group.lines.iter().map(Line::gap).max().unwrap_or(0);
        let sum = group.lines.iter().map(Line::gap).sum();
        let first = group.lines.iter().map(|line| (line.position, line.node.clone())).min();
        (by_size(sort, largest), by_size(sort, sum), first)
    });
    groups
}

/// Larger first, or all alike when size is not what sorts.
fn by_size(sort: Sort, size: u32) -> std::cmp::Reverse<u32> {
    std::cmp::Reverse(if sort == Sort::Size { size } else { 0 })
}

/// The gap page of one role profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GapPage {
    pub slug: String,
    pub title: String,
    /// The set and its edition, such as "Library management, edition 1".
    pub edition: String,
    /// What its statements are written in.
    pub language: String,
    pub levels: Vec<Level>,
    pub counts: Counts,
    pub groups: Vec<Group>,
    /// Whether the edition is in force, so that something can be said of it.
    pub open: bool,
    /// The same role as it was in the edition before: its slug and the edition.
    pub before: Option<(String, u32)>,
    /// The sitting to go on with, where something is not rated.
    pub sitting: Option<u32>,
    /// The person's other role profiles, as slug and title.
    pub others: Vec<(String, String)>,
}

/// A rating that no role profile measures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rated {
    pub code: String,
    pub title: String,
    pub href: String,
    /// What the statement is written in.
    pub language: String,
    /// The word for the level, or that it is not part of the person's work.
    pub now: String,
    pub rated_on: String,
}

/// A page of such ratings, the latest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ratings {
    pub lines: Vec<Rated>,
    pub page: u32,
    pub pages: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(at: i64, target: u32, said: Option<Said>) -> Line {
        Line {
            node: NodeId::parse(&format!("n{at}")).unwrap(),
            code: format!("LM {at}"),
            title: "Statement".into(),
            href: String::new(),
            position: at,
            target,
            said,
            rated_on: String::new(),
            planned: None,
        }
    }

    fn heading(title: &str) -> Heading {
        Heading {
            code: String::new(),
            title: title.into(),
            section: "A".into(),
        }
    }

    fn levels() -> Vec<Level> {
        ["No skill", "Minimal", "Moderate", "Strong"]
            .map(|label| Level {
                label: label.into(),
                description: String::new(),
            })
            .to_vec()
    }

    #[test]
    fn a_gap_is_target_minus_current_and_never_below_nought() {
        assert_eq!(line(1, 3, Some(Said::Level(1))).gap(), 2);
        assert_eq!(line(1, 1, Some(Said::Level(3))).gap(), 0);
        assert_eq!(line(1, 3, None).gap(), 0);
        assert_eq!(line(1, 3, Some(Said::NotMyWork)).gap(), 0);
        assert_eq!(line(1, 0, Some(Said::Level(0))).standing(), Standing::AtLevel);
        assert_eq!(line(1, 2, None).standing(), Standing::NotRated);
    }

    #[test]
    fn a_line_says_both_levels() {
        assert_eq!(
            line(1, 3, Some(Said::Level(1))).words(&levels()),
            "Minimal now, strong needed"
        );
        assert_eq!(line(1, 3, None).words(&levels()), "Not rated yet, strong needed");
        assert_eq!(
            line(1, 9, Some(Said::Level(0))).words(&levels()),
            "No skill now, level 9 needed"
        );
    }

    #[test]
    fn largest_first_or_in_the_order_of_the_index() {
        let lines = || {
            vec![
                (heading("Money"), line(1, 3, Some(Said::Level(2)))),
                (heading("Money"), line(2, 3, Some(Said::Level(3)))),
                (heading("People"), line(3, 3, Some(Said::Level(2)))),
                (heading("People"), line(4, 3, Some(Said::Level(0)))),
            ]
        };
        let titles = |groups: &[Group]| {
            groups
                .iter()
                .map(|group| group.heading.title.clone())
                .collect::<Vec<_>>()
        };
        let by_size = group(lines(), Sort::Size);
        assert_eq!(titles(&by_size), ["People", "Money"]);
        assert_eq!(
            by_size[0].lines.iter().map(|line| line.position).collect::<Vec<_>>(),
            [4, 3]
        );
        assert_eq!(titles(&group(lines(), Sort::Section)), ["Money", "People"]);
    }

    /// Marsaglia's xorshift: the same numbers for the same seed.
    struct Numbers(u64);

    impl Numbers {
        fn below(&mut self, end: u64) -> u64 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            self.0 % end
        }

        fn line(&mut self, at: i64) -> (Heading, Line) {
            let said = match self.below(6) {
                0 => None,
                1 => Some(Said::NotMyWork),
                level => Some(Said::Level(u32::try_from(level).unwrap() - 2)),
            };
            // Positions repeat, so that ties are met.
            let mut line = line(at, u32::try_from(self.below(4)).unwrap(), said);
            line.position = i64::try_from(self.below(9)).unwrap();
            (
                heading(["Money", "People", "Place"][usize::try_from(self.below(3)).unwrap()]),
                line,
            )
        }
    }

    #[test]
    fn nothing_is_lost_or_counted_twice_and_the_order_is_total() {
        for seed in 1..200 {
            let mut numbers = Numbers(seed * 0x9E37_79B9);
            let count = i64::try_from(numbers.below(40)).unwrap();
            let lines: Vec<_> = (0..count).map(|at| numbers.line(at)).collect();
            let whole = Counts::of(&lines.iter().map(|(_, line)| line.clone()).collect::<Vec<_>>());
            for sort in [Sort::Size, Sort::Section] {
                let groups = group(lines.clone(), sort);
                let mut shuffled = lines.clone();
                shuffled.reverse();
                assert_eq!(group(shuffled, sort), groups, "the order of the input does not matter");
                let sum = |of: fn(&Counts) -> u32| groups.iter().map(|group| of(&group.counts)).sum::<u32>();
                assert_eq!(sum(|counts| counts.gaps), whole.gaps);
                assert_eq!(
                    sum(|counts| counts.that_count() + counts.not_my_work),
                    u32::try_from(count).unwrap()
                );
                for group in &groups {
                    assert!(
                        sort == Sort::Section || group.lines.is_sorted_by_key(|line| std::cmp::Reverse(line.gap()))
                    );
                    assert!(
                        group
                            .lines
                            .iter()
                            .all(|line| (line.gap() > 0) == (line.standing() == Standing::Gap))
                    );
                }
            }
        }
    }
}
