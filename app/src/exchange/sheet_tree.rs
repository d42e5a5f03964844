//! Where the rows of a spreadsheet hang: by columns that are levels, by the
//! parent they name, by their place (1.2.3), their depth, or their indentation.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::bounds;
use super::report::Report;
use super::sheet_columns::{Column, rank};
use super::sheet_grid::{Grid, Row};
use super::sheet_read::{Reading, bare, name_key, named, place};
use super::text::{bounded, cut, line, natural, seen, tidy};
use super::tree::Planted;

/// A node and the row in which it was met first, as an index into the table.
pub(super) struct Entry {
    pub planted: Planted,
    pub row: usize,
    /// Whether that row is about it, and not only stands beneath it.
    pub about: bool,
}

/// All of them, and what each may be called: identifier, code.
#[derive(Default)]
pub(super) struct Entries {
    pub list: Vec<Entry>,
    pub names: HashMap<String, Uuid>,
    /// Codes that stand for more than one node name none.
    twice: HashSet<String>,
    pub(super) rows_of: HashMap<Uuid, usize>,
}

impl Entries {
    pub(super) fn name(&mut self, name: &str, own: Uuid) {
        let key = name_key(name);
        if key.is_empty() || self.twice.contains(&key) {
            return;
        }
        if self.names.insert(key.clone(), own).is_some_and(|other| other != own) {
            self.names.remove(&key);
            self.twice.insert(key);
        }
    }

    pub(super) fn add(
        &mut self,
        reading: &Reading,
        grid: &Grid,
        row: usize,
        node: Planted,
        report: &mut Report,
    ) -> usize {
        let own = node.node.identifier;
        let mut entry = Entry {
            planted: node,
            row,
            about: true,
        };
        reading.fill(&mut entry, &grid.rows[row], report);
        self.rows_of.insert(own, grid.rows[row].number);
        self.call(reading, &grid.rows[row], own);
        self.list.push(entry);
        self.list.len() - 1
    }

    pub(super) fn call(&mut self, reading: &Reading, row: &Row, own: Uuid) {
        self.name(&own.to_string(), own);
        for column in [Column::Identifier, Column::Previous, Column::Code] {
            self.name(reading.columns.text(row, column), own);
        }
    }

    pub(super) fn is_full(&self, report: &mut Report) -> bool {
        let full = self.list.len() >= report.limits.nodes;
        if full {
            report.refuse(
                "file",
                format!(
                    "The table has more than {} entries; no more can be imported.",
                    report.limits.nodes
                ),
            );
        }
        full
    }
}

impl Reading<'_> {
    /// A row's identifier: its own, that of the statement that it continues, or
    /// one that follows from its code or its words, so that the same table
    /// gives the same identifiers again.
    pub(super) fn identity(&self, row: &Row, words: &str, codes: &HashMap<String, u32>) -> Uuid {
        let text = |column: Column| line(self.columns.text(row, column));
        let derived = |kind: &str, text: &str| Uuid::new_v5(&self.set, format!("{kind}:{text}").as_bytes());
        let as_uuid = |text: &str| Uuid::try_parse(text).unwrap_or_else(|_| derived("id", text));
        let (own, previous, code) = (text(Column::Identifier), text(Column::Previous), text(Column::Code));
        let known = |id: &Uuid| {
            let nodes = self.current.map(|set| set.nodes.as_slice()).unwrap_or_default();
            nodes.iter().any(|node| node.identifier == *id)
        };
        let continued = Some(previous)
            .filter(|previous| !previous.is_empty())
            .map(|previous| as_uuid(&previous));
        if let Some(continued) = continued.filter(known) {
            return continued;
        }
        if !own.is_empty() {
            return as_uuid(&own);
        }
        if codes.get(&name_key(&code)) == Some(&1) {
            return derived("code", &code);
        }
        derived("text", words)
    }

    /// How often each code stands in the table.
    pub(super) fn codes(&self, grid: &Grid, report: &mut Report) -> HashMap<String, u32> {
        let mut codes: HashMap<String, u32> = HashMap::new();
        for row in &grid.rows {
            let text = self.columns.text(row, Column::Code);
            let code = name_key(text);
            if code.is_empty() {
                continue;
            }
            let times = codes.entry(code).or_default();
            *times += 1;
            if *times > 1 {
                let message = format!(
                    "The code “{}” stands further up already. Both are taken; neither is found by it.",
                    cut(&line(text), bounds::CODE)
                );
                report.note(place(row), message);
            }
        }
        codes
    }

    pub(super) fn planted(&self, identifier: Uuid, title: String, place: &str, report: &mut Report) -> Planted {
        Planted {
            node: bare(
                identifier,
                bounded(title, "statement", bounds::STATEMENT, place, report),
            ),
            place: place.to_owned(),
            parent_name: String::new(),
        }
    }
}

/// One node a row.
pub(super) fn by_rows(reading: &Reading, grid: &Grid, report: &mut Report) -> Entries {
    let codes = reading.codes(grid, report);
    let mut entries = Entries::default();
    let mut repeats: HashMap<Uuid, u32> = HashMap::new();
    for (index, row) in grid.rows.iter().enumerate() {
        let (place, title) = (place(row), tidy(reading.columns.text(row, Column::Statement)));
        let title = seen(title, &place, report);
        if title.is_empty() {
            report.skip(place, "The row has no statement; it is left out.");
            continue;
        }
        if entries.is_full(report) {
            break;
        }
        let mut own = reading.identity(row, &title, &codes);
        if let Some(first) = entries.rows_of.get(&own) {
            let named = !line(reading.columns.text(row, Column::Identifier)).is_empty();
            if named {
                report.refuse(place, format!("The identifier stands already in row {first}."));
                continue;
            }
            // The same words again are another statement in another place.
            let times = repeats.entry(own).or_insert(1);
            *times += 1;
            own = Uuid::new_v5(&own, times.to_string().as_bytes());
        }
        let planted = reading.planted(own, title, &place, report);
        entries.add(reading, grid, index, planted, report);
    }
    hang(reading, grid, &mut entries, report);
    if let Some(order) = reading.columns.at(Column::Order) {
        let key = |entry: &Entry| grid.rows[entry.row].cell(order).trim();
        entries.list.sort_by(|a, b| match (key(a), key(b)) {
            ("", "") => std::cmp::Ordering::Equal,
            ("", _) => std::cmp::Ordering::Greater,
            (_, "") => std::cmp::Ordering::Less,
            (a, b) => natural(a, b),
        });
    }
    entries
}

fn hang(reading: &Reading, grid: &Grid, entries: &mut Entries, report: &mut Report) {
    let has = |column: Column| reading.columns.has(column);
    if has(Column::Parent) {
        by_parent(reading, grid, entries, report);
    } else if has(Column::Outline) {
        by_outline(reading, grid, entries, Column::Outline);
    } else if !has(Column::Depth) && !indented(reading, grid) && codes_nest(reading, grid) {
        report.lenient("The codes say what stands beneath what", "file");
        by_outline(reading, grid, entries, Column::Code);
    } else if let Some(depths) = kinds_nest(reading, grid).filter(|_| !has(Column::Depth) && !indented(reading, grid)) {
        report.lenient("The kinds say what stands beneath what", "file");
        by_depth(entries, |row| depths[row]);
    } else {
        let width = |row: &Row| -> usize {
            if has(Column::Depth) {
                return reading.columns.text(row, Column::Depth).trim().parse().unwrap_or(1);
            }
            let words = reading.columns.text(row, Column::Statement);
            let before = words.chars().take_while(|c| c.is_whitespace());
            before.map(|c| if c == '\t' { 4 } else { 1 }).sum()
        };
        by_depth(entries, |row| width(&grid.rows[row]));
    }
}

/// Each beneath the last one before it that stands less deep.
fn by_depth(entries: &mut Entries, depth: impl Fn(usize) -> usize) {
    let mut above: Vec<(usize, Uuid)> = Vec::new();
    for entry in &mut entries.list {
        let depth = depth(entry.row);
        while above.last().is_some_and(|(other, _)| *other >= depth) {
            above.pop();
        }
        entry.planted.node.parent = above.last().map(|(_, own)| *own);
        above.push((depth, entry.planted.node.identifier));
    }
}

fn indented(reading: &Reading, grid: &Grid) -> bool {
    let mut words = grid.rows.iter().map(|row| reading.columns.text(row, Column::Statement));
    words.any(|words| words.starts_with([' ', '\t']))
}

/// Whether codes are places too: most that have a point in them stand beneath
/// another one, as `1.2` does beneath `1`.
fn codes_nest(reading: &Reading, grid: &Grid) -> bool {
    let codes: HashSet<String> = grid
        .rows
        .iter()
        .map(|row| place_key(reading, row, Column::Code))
        .collect();
    let pointed = || codes.iter().filter_map(|code| code.rsplit_once('.'));
    let nested = pointed().filter(|(above, _)| codes.contains(*above)).count();
    nested > 0 && nested * 2 >= pointed().count()
}

/// How deep each row stands by what it is called, where all are called by words
/// whose order is known, and by more than one.
fn kinds_nest(reading: &Reading, grid: &Grid) -> Option<Vec<usize>> {
    let kinds = grid.rows.iter().map(|row| reading.columns.text(row, Column::Kind));
    let depths: Vec<usize> = kinds.map(rank).collect::<Option<_>>()?;
    let several = depths.iter().any(|depth| *depth != depths[0]);
    several.then_some(depths)
}

fn place_key(reading: &Reading, row: &Row, column: Column) -> String {
    line(reading.columns.text(row, column)).trim_end_matches('.').to_owned()
}

fn by_parent(reading: &Reading, grid: &Grid, entries: &mut Entries, report: &mut Report) {
    let names = std::mem::take(&mut entries.names);
    let parent = |entry: &Entry| {
        named(reading.columns.text(&grid.rows[entry.row], Column::Parent), &names)
            .into_iter()
            .next()
    };
    // Some tables name the set itself where a row stands at the top.
    let unknown: HashSet<String> = entries
        .list
        .iter()
        .filter_map(parent)
        .map(|name| name_key(&name))
        .filter(|name| !names.contains_key(name))
        .collect();
    let set = unknown
        .iter()
        .next()
        .filter(|name| unknown.len() == 1 && Uuid::try_parse(name).is_ok())
        .cloned();
    for entry in &mut entries.list {
        let Some(name) = parent(entry) else { continue };
        if Some(name_key(&name)) == set {
            report.lenient("A row names the set itself as its parent", &entry.planted.place);
            continue;
        }
        let nowhere = || Uuid::new_v5(&reading.set, format!("nowhere:{name}").as_bytes());
        entry.planted.node.parent = Some(names.get(&name_key(&name)).copied().unwrap_or_else(nowhere));
        entry.planted.parent_name = name;
    }
    entries.names = names;
}

fn by_outline(reading: &Reading, grid: &Grid, entries: &mut Entries, column: Column) {
    let key = |entry: &Entry| place_key(reading, &grid.rows[entry.row], column);
    let known: HashMap<String, Uuid> = entries
        .list
        .iter()
        .map(|entry| (key(entry), entry.planted.node.identifier))
        .collect();
    let mut before = None;
    for entry in &mut entries.list {
        let own = key(entry);
        let mut above = own.as_str();
        while let Some((rest, _)) = above.rsplit_once('.') {
            above = rest;
            if let Some(parent) = known.get(above) {
                entry.planted.node.parent = Some(*parent);
                break;
            }
        }
        if own.is_empty() {
            entry.planted.node.parent = before;
        }
        before = entry.planted.node.parent;
    }
    // Codes stand in the order of their rows.
    if column == Column::Outline {
        entries.list.sort_by(|a, b| natural(&key(a), &key(b)));
    }
}
