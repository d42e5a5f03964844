//! How an edition is cut into sections, and what becomes of levels that are sent.

use std::collections::BTreeMap;

use super::model::{NOT_NEEDED, needed_word};

/// A node of the edition, in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub key: String,
    pub depth: u32,
    pub words: String,
    pub statement: bool,
}

/// Statements that are worked through together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    pub key: String,
    pub words: String,
    /// The places of its statements among all nodes, and the heading above each.
    pub statements: Vec<(usize, Option<usize>)>,
}

/// The key of what stands in no section.
pub const REST: &str = "rest";

/// The sections of an edition: what stands at the top, or beneath it where one
/// thing at the top holds all the rest. No statement is in two, none in none.
pub fn sections(entries: &[Entry]) -> Vec<Section> {
    let cut = cut(entries);
    let mut sections: Vec<Section> = Vec::new();
    let mut rest: Vec<(usize, Option<usize>)> = Vec::new();
    let mut above: Vec<usize> = Vec::new();
    let mut open: Option<usize> = None;
    for (at, entry) in entries.iter().enumerate() {
        above.retain(|head| entries[*head].depth < entry.depth);
        if entry.depth <= cut {
            open = None;
        }
        if !entry.statement {
            if entry.depth == cut {
                open = Some(sections.len());
                sections.push(Section {
                    key: entry.key.clone(),
                    words: entry.words.clone(),
                    statements: Vec::new(),
                });
            }
            above.push(at);
            continue;
        }
        match open {
            Some(open) => {
                let heading = above.last().copied().filter(|head| entries[*head].depth > cut);
                sections[open].statements.push((at, heading));
            }
            None => rest.push((at, above.last().copied())),
        }
    }
    sections.retain(|section| !section.statements.is_empty());
    if !rest.is_empty() {
        let words = match sections.is_empty() {
            true => "All statements",
            false => "Statements outside the sections",
        };
        sections.push(Section {
            key: REST.into(),
            words: words.into(),
            statements: rest,
        });
    }
    sections
}

/// The depth whose nodes are the sections.
fn cut(entries: &[Entry]) -> u32 {
    let mut depth = 0;
    loop {
        let mut here = entries.iter().filter(|entry| entry.depth == depth);
        let (first, second) = (here.next(), here.next());
        let beneath = |entry: &Entry| entry.depth == depth + 1 && !entry.statement;
        match (first, second) {
            (Some(one), None) if !one.statement && entries.iter().any(beneath) => depth += 1,
            _ => return depth,
        }
    }
}

/// Levels as a form keeps what it was filled with: a word each, with commas.
pub fn base(levels: &[Option<u32>]) -> String {
    let words = levels.iter().map(|level| needed_word(*level));
    words.collect::<Vec<_>>().join(",")
}

/// A level that the job needs, on a scale of so many, or that it needs none.
pub fn parse_needed(raw: &str, levels: u32) -> Result<Option<u32>, String> {
    match raw.trim() {
        NOT_NEEDED => Ok(None),
        raw => crate::assessments::model::parse_level(raw, levels).map(Some),
    }
}

/// Reads [`base`] again, for so many statements.
pub fn parse_base(raw: &str, statements: usize, levels: u32) -> Result<Vec<Option<u32>>, String> {
    let unreadable = || "The form could not be read. Load the page again.".to_owned();
    let read: Result<Vec<_>, _> = raw.split(',').map(|word| parse_needed(word, levels)).collect();
    read.ok().filter(|read| read.len() == statements).ok_or_else(unreadable)
}

/// What is sent of some statements.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Saved {
    /// What is written, by place.
    pub changes: Vec<(usize, Option<u32>)>,
    /// Where somebody else wrote something else meanwhile, and what.
    pub clashes: Vec<(usize, Option<u32>)>,
}

/// What changes where the form was filled with `base`, says `mine` (what it does
/// not say stays), and `theirs` stands there now. With `over`, mine counts.
pub fn saved(base: &[Option<u32>], mine: &BTreeMap<usize, Option<u32>>, theirs: &[Option<u32>], over: bool) -> Saved {
    let mut saved = Saved::default();
    for (at, (before, now)) in base.iter().zip(theirs).enumerate() {
        let wanted = mine.get(&at).unwrap_or(before);
        if wanted == before || wanted == now {
            continue;
        }
        if now == before || over {
            saved.changes.push((at, *wanted));
        } else {
            saved.clashes.push((at, *now));
        }
    }
    saved
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters are headings, dots statements; the number before is the depth.
    fn tree(lines: &[&str]) -> Vec<Entry> {
        let entry = |(at, line): (usize, &&str)| {
            let (depth, words) = line.split_at(1);
            Entry {
                key: format!("n{at}"),
                depth: depth.parse().unwrap(),
                words: words.into(),
                statement: words.starts_with('.'),
            }
        };
        lines.iter().enumerate().map(entry).collect()
    }

    fn shape(sections: &[Section]) -> Vec<(&str, Vec<usize>)> {
        let places = |section: &Section| section.statements.iter().map(|(at, _)| *at).collect();
        sections
            .iter()
            .map(|section| (section.words.as_str(), places(section)))
            .collect()
    }

    #[test]
    fn what_stands_at_the_top_is_a_section() {
        let entries = tree(&[
            "0Money", "1Budgets", "2.a", "2.b", "1.c", "0People", "1.d", "0.e", "0Empty",
        ]);
        let sections = sections(&entries);
        assert_eq!(
            shape(&sections),
            [
                ("Money", vec![2, 3, 4]),
                ("People", vec![6]),
                ("Statements outside the sections", vec![7])
            ]
        );
        assert_eq!(sections[0].statements, [(2, Some(1)), (3, Some(1)), (4, None)]);
        assert_eq!(sections[2].key, REST);
    }

    #[test]
    fn one_thing_above_all_is_no_section() {
        let entries = tree(&["0Framework", "1Money", "2.a", "1People", "2.b", "1.c"]);
        assert_eq!(
            shape(&sections(&entries)),
            [
                ("Money", vec![2]),
                ("People", vec![4]),
                ("Statements outside the sections", vec![5])
            ]
        );
        let flat = tree(&["0Framework", "1.a", "1.b"]);
        assert_eq!(shape(&sections(&flat)), [("Framework", vec![1, 2])]);
        assert_eq!(
            shape(&sections(&tree(&["0.a", "0.b"]))),
            [("All statements", vec![0, 1])]
        );
        assert_eq!(sections(&[]), []);
    }

    #[test]
    fn every_statement_of_any_tree_is_in_one_section() {
        let mut seed: u64 = 7;
        let mut random = |below: u64| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % below
        };
        for _ in 0..300 {
            let mut depth = 0;
            let entries: Vec<Entry> = (0..random(40))
                .map(|at| {
                    depth = if at == 0 {
                        0
                    } else {
                        random(u64::from(depth) + 2) as u32
                    };
                    Entry {
                        key: format!("n{at}"),
                        depth,
                        words: String::new(),
                        statement: random(3) > 0,
                    }
                })
                .collect();
            let mut found: Vec<usize> = sections(&entries)
                .iter()
                .flat_map(|section| section.statements.iter().map(|(at, _)| *at))
                .collect();
            found.sort_unstable();
            let all: Vec<usize> = (0..entries.len()).filter(|at| entries[*at].statement).collect();
            assert_eq!(found, all, "{entries:?}");
        }
    }

    #[test]
    fn what_a_form_was_filled_with_is_read_again() {
        let levels = [None, Some(0), Some(3)];
        assert_eq!(base(&levels), "none,0,3");
        assert_eq!(parse_base("none,0,3", 3, 4), Ok(levels.to_vec()));
        for bad in ["", "none,0", "none,0,4", "none,0,3,", "none;0;3"] {
            assert!(parse_base(bad, 3, 4).is_err(), "{bad}");
        }
        assert_eq!(parse_needed(" 2 ", 3), Ok(Some(2)));
        assert!(parse_needed("", 3).is_err() && parse_needed("-1", 3).is_err());
    }

    #[test]
    fn what_others_wrote_meanwhile_is_kept_or_said() {
        let base = [None, Some(1), Some(1), Some(1)];
        let theirs = [None, Some(2), Some(1), Some(2)];
        // The first is changed by me, the second by both, the third by nobody, the last by them.
        let mine = BTreeMap::from([(0, Some(3)), (1, Some(3)), (2, Some(1)), (3, Some(1))]);
        let first = saved(&base, &mine, &theirs, false);
        assert_eq!(first.changes, [(0, Some(3))]);
        assert_eq!(first.clashes, [(1, Some(2))]);
        let over = saved(&base, &mine, &theirs, true);
        assert_eq!(over.changes, [(0, Some(3)), (1, Some(3))]);
        assert_eq!(over.clashes, []);
        let agreed = BTreeMap::from([(1, Some(2))]);
        assert_eq!(saved(&base, &agreed, &theirs, false), Saved::default());
    }
}
