//! Where the rows of a spreadsheet hang whose columns are the levels of the tree.

use std::collections::HashMap;

use uuid::Uuid;

use super::bounds;
use super::report::Report;
use super::sheet_grid::Grid;
use super::sheet_read::{Reading, place};
use super::sheet_tree::{Entries, Entry};
use super::text::{cut, seen, tidy};

/// Each row names the nodes on the way to its own; what is left empty is as in
/// the row above.
pub(super) fn by_levels(reading: &Reading, grid: &Grid, report: &mut Report) -> Entries {
    let levels = reading.columns.levels();
    let mut tree = Levels {
        codes: reading.codes(grid, report),
        path: vec![None; levels.len()],
        levels,
        known: HashMap::new(),
        entries: Entries::default(),
    };
    for (index, row) in grid.rows.iter().enumerate() {
        let cells = tree.levels.iter().map(|level| tidy(row.cell(*level)));
        let texts: Vec<String> = cells.map(|text| seen(text, &place(row), report)).collect();
        let Some(lowest) = texts.iter().rposition(|text| !text.is_empty()) else {
            report.skip(place(row), "The row has no statement; it is left out.");
            continue;
        };
        if tree.entries.is_full(report) {
            break;
        }
        let mut parent: Option<Uuid> = None;
        for (depth, text) in texts.into_iter().enumerate().take(lowest + 1) {
            if text.is_empty() {
                parent = tree.path[depth].or(parent);
                continue;
            }
            let step = Step {
                index,
                depth,
                own: depth == lowest,
                parent,
            };
            let Some(own) = tree.step(reading, grid, &step, text, report) else {
                break;
            };
            if tree.path[depth] != Some(own) {
                tree.path[depth + 1..].fill(None);
            }
            tree.path[depth] = Some(own);
            parent = Some(own);
        }
    }
    tree.entries
}

/// The tree as far as it is known while its rows are walked.
struct Levels {
    levels: Vec<usize>,
    codes: HashMap<String, u32>,
    /// The node of each level that the row above stands in.
    path: Vec<Option<Uuid>>,
    known: HashMap<(Option<Uuid>, String), usize>,
    entries: Entries,
}

/// One cell on the way down a row.
struct Step {
    index: usize,
    depth: usize,
    /// Whether the row is about it.
    own: bool,
    parent: Option<Uuid>,
}

impl Levels {
    /// The node of a cell: one that was met before, or a new one; none where it
    /// cannot be.
    fn step(&mut self, reading: &Reading, grid: &Grid, step: &Step, text: String, report: &mut Report) -> Option<Uuid> {
        let row = &grid.rows[step.index];
        let key = (step.parent, text);
        if let Some(at) = self.known.get(&key).copied() {
            let entry = &mut self.entries.list[at];
            let own = entry.planted.node.identifier;
            if step.own && entry.about {
                let message = format!("“{}” stands here a second time; it is left out.", cut(&key.1, 100));
                report.skip(place(row), message);
            } else if step.own {
                (entry.row, entry.about) = (step.index, true);
                reading.fill(entry, row, report);
                self.entries.call(reading, row, own);
            }
            return Some(own);
        }
        let words = format!("{}/{}", step.parent.unwrap_or_default(), key.1);
        let identity = if step.own {
            reading.identity(row, &words, &self.codes)
        } else {
            Uuid::new_v5(&reading.set, format!("text:{words}").as_bytes())
        };
        if let Some(first) = self.entries.rows_of.get(&identity) {
            report.refuse(place(row), format!("The identifier stands already in row {first}."));
            return None;
        }
        let header = grid.header.get(self.levels[step.depth]);
        let header = header.map(|name| cut(name, bounds::CODE).to_owned());
        let mut planted = reading.planted(identity, key.1.clone(), &place(row), report);
        planted.node.parent = step.parent;
        planted.node.kind = header.filter(|name| !name.is_empty());
        let at = if step.own {
            self.entries.add(reading, grid, step.index, planted, report)
        } else {
            self.entries.name(&identity.to_string(), identity);
            self.entries.list.push(Entry {
                planted,
                row: step.index,
                about: false,
            });
            self.entries.list.len() - 1
        };
        self.known.insert(key, at);
        Some(identity)
    }
}
