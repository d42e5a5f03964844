//! Reads a set from a spreadsheet whose columns are known.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};
use uuid::Uuid;

use super::remarks::{Cells, from_cells};
use super::report::Report;
use super::sheet_about::{self, ABOUT, Said};
use super::sheet_columns::{Column, REFERENCES, suggested, without_repeats};
use super::sheet_grid::{Grid, Row};
use super::sheet_keep::{keep, listed};
use super::sheet_levels::by_levels;
use super::sheet_tree::{Entry, by_rows};
use super::text::{bounded, cut, line, some, tidy};
use super::tree::in_tree_order;
use super::{
    ExchangeDetails, ExchangeNode, ExchangeOrigin, ExchangeReference, ExchangeRemarks, ExchangeSet, Format, Parsed,
    bounds,
};

/// A spreadsheet that was opened; what its columns are is still to be said.
#[derive(Debug)]
pub struct Sheet {
    pub(super) grid: Grid,
    pub(super) report: Report,
}

/// A column as the form shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetColumn {
    pub name: String,
    pub examples: Vec<String>,
    pub suggested: Column,
}

/// What the columns of a sheet are.
pub(super) struct Columns(Vec<Column>);

impl Columns {
    pub fn at(&self, column: Column) -> Option<usize> {
        self.0.iter().position(|own| *own == column)
    }

    pub fn has(&self, column: Column) -> bool {
        self.0.contains(&column)
    }

    /// The levels of the tree from the top; the statement is the lowest.
    pub fn levels(&self) -> Vec<usize> {
        let of = |column: Column| (0..self.0.len()).filter(move |at| self.0[*at] == column);
        let levels: Vec<usize> = of(Column::Level).collect();
        if levels.is_empty() {
            return levels;
        }
        levels.into_iter().chain(of(Column::Statement)).collect()
    }

    pub fn text<'a>(&self, row: &'a Row, column: Column) -> &'a str {
        self.at(column).map_or("", |at| row.cell(at))
    }
}

impl Sheet {
    /// The columns from left to right.
    pub fn columns(&self) -> Vec<SheetColumn> {
        let grid = &self.grid;
        let suggested = suggested(&grid.header, grid.width(), |at| grid.cells(at), |at| grid.texts(at));
        let column = |(at, suggested): (usize, Column)| SheetColumn {
            name: grid
                .header
                .get(at)
                .map(|name| cut(name, bounds::CODE).to_owned())
                .unwrap_or_default(),
            examples: grid.examples(at),
            suggested,
        };
        suggested.into_iter().enumerate().map(column).collect()
    }

    /// The same table with its header in the row of this number.
    pub fn beneath(self, number: usize) -> Self {
        Self {
            grid: self.grid.beneath(number),
            ..self
        }
    }

    /// The row that is the header, and those that might be, with their words.
    pub fn heads(&self) -> (usize, Vec<(usize, String)>) {
        (self.grid.at, self.grid.heads())
    }

    /// The first identifiers in the table, by which the set that it is of is known.
    pub fn identifiers(&self, columns: &[Column]) -> Vec<Uuid> {
        let of = |column: Column| columns.iter().position(|own| *own == column);
        let found = [of(Column::Identifier), of(Column::Previous)]
            .into_iter()
            .flatten()
            .flat_map(|at| {
                let cells = self.grid.rows.iter().map(move |row| row.cell(at));
                cells.filter_map(|cell| Uuid::try_parse(cell.trim()).ok()).take(50)
            });
        found.collect()
    }

    /// The title of the set, where the table says it.
    pub fn title(&self, columns: &[Column]) -> Option<String> {
        some(line(&sheet_about::text_of(&self.about(columns), Column::SetTitle)))
    }

    /// The identifier of the set, where the table says it.
    pub fn set_identifier(&self, columns: &[Column]) -> Option<Uuid> {
        sheet_about::identifier(&self.about(columns))
    }

    /// What is said of the set in a sheet of its own and in columns.
    fn about(&self, columns: &[Column]) -> Said {
        let in_columns = ABOUT.iter().filter_map(|column| {
            let at = columns.iter().position(|own| own == column)?;
            let text = self
                .grid
                .rows
                .iter()
                .map(|row| row.cell(at))
                .find(|cell| !cell.is_empty())?;
            Some((*column, text.to_owned()))
        });
        let mut said: Said = in_columns.collect();
        let in_columns: Vec<Column> = said.iter().map(|(column, _)| *column).collect();
        let further = self
            .grid
            .about
            .iter()
            .filter(|(column, _)| !in_columns.contains(column));
        said.extend(further.cloned());
        said
    }

    /// Reads the set of this identifier. What a table does not say is taken from
    /// the set as it is now.
    pub fn read(mut self, columns: &[Column], identifier: Uuid, title: &str, current: Option<&ExchangeSet>) -> Parsed {
        let columns = Columns(without_repeats(columns.to_vec()));
        let mut set = ExchangeSet {
            identifier,
            title: line(title),
            ..ExchangeSet::default()
        };
        let about = self.about(&columns.0);
        let report = &mut self.report;
        let mut grid = std::mem::take(&mut self.grid);
        if !columns.has(Column::Statement) && !columns.has(Column::Level) {
            report.refuse("file", "Say which column holds the statements.");
            return self.report.into_parsed(Some(Format::Sheet), Some(set));
        }
        for note in std::mem::take(&mut grid.notes) {
            report.note("file", note);
        }
        if grid.rows.is_empty() {
            report.refuse("file", "There are no rows beneath the header.");
        }
        let reading = Reading {
            columns,
            set: identifier,
            current,
        };
        let entries = if reading.columns.levels().is_empty() {
            by_rows(&reading, &grid, report)
        } else {
            by_levels(&reading, &grid, report)
        };
        let names = entries.names;
        let rows: Vec<(Uuid, usize)> = entries
            .list
            .iter()
            .filter(|entry| entry.about)
            .map(|entry| (entry.planted.node.identifier, entry.row))
            .collect();
        set.nodes = in_tree_order(entries.list.into_iter().map(|entry| entry.planted).collect(), report);
        (set.references, set.origins) = reading.references(&grid, &rows, &set, &names, report);
        if let Some(current) = current {
            keep(&mut set, current, &reading.columns);
        }
        sheet_about::take_in(&mut set, &about, report);
        self.report.into_parsed(Some(Format::Sheet), Some(set))
    }
}

/// What is needed to read a row.
pub(super) struct Reading<'a> {
    pub columns: Columns,
    pub set: Uuid,
    pub current: Option<&'a ExchangeSet>,
}

impl Reading<'_> {
    /// What a row says about its node, but for its words and its place.
    pub fn fill(&self, entry: &mut Entry, row: &Row, report: &mut Report) {
        let place = entry.planted.place.clone();
        let node = &mut entry.planted.node;
        let text = |column: Column| self.columns.text(row, column);
        let mut short =
            |column: Column, what: &str| some(bounded(line(text(column)), what, bounds::CODE, &place, report));
        node.code = short(Column::Code, "code");
        node.kind = short(Column::Kind, "kind").or(node.kind.take());
        let notes = tidy(text(Column::Notes));
        node.description = bounded(notes, "description", bounds::DESCRIPTION, &place, report);
        node.details = self.details(row, &place, report);
        node.remarks = self.remarks(row, &place, report);
        node.extra = self.extra(row, &place, report);
    }

    fn remarks(&self, row: &Row, place: &str, report: &mut Report) -> ExchangeRemarks {
        let cell = |column: Column| self.columns.has(column).then(|| self.columns.text(row, column));
        let cells = Cells {
            notes: cell(Column::Remark),
            topics: cell(Column::Topics),
            sources: cell(Column::Sources),
            levels: cell(Column::Meanings),
        };
        from_cells(&cells, place, report)
    }

    fn details(&self, row: &Row, place: &str, report: &mut Report) -> ExchangeDetails {
        let mut details = ExchangeDetails::default();
        let kinds = [
            (Column::Knowledge, "knowledge"),
            (Column::Skills, "skills"),
            (Column::Attitudes, "attitudes"),
            (Column::Behaviours, "behaviours"),
        ];
        for (at, (column, word)) in kinds.into_iter().enumerate() {
            let mut entries = entries(self.columns.text(row, column));
            if entries.len() > bounds::DETAILS {
                report.refuse(
                    place,
                    format!("There are more than {} entries under {word}.", bounds::DETAILS),
                );
                entries.truncate(bounds::DETAILS);
            }
            let entries = entries
                .into_iter()
                .map(|entry| bounded(entry, word, bounds::STATEMENT, place, report));
            *details.section_mut(at) = entries.collect();
        }
        details
    }

    fn extra(&self, row: &Row, place: &str, report: &mut Report) -> Value {
        let mut case = Map::new();
        for (column, key, many) in super::sheet_keep::EXTRA {
            let text = bounded(
                tidy(self.columns.text(row, column)),
                key,
                bounds::STATEMENT,
                place,
                report,
            );
            if text.is_empty() {
                continue;
            }
            let value = if many { listed(&text).into() } else { Value::from(text) };
            case.insert(key.into(), value);
        }
        if case.is_empty() {
            Value::Null
        } else {
            Value::Object(Map::from_iter([("case".to_owned(), Value::Object(case))]))
        }
    }

    /// Those within the table, and those to what other sets may hold.
    fn references(
        &self,
        grid: &Grid,
        rows: &[(Uuid, usize)],
        set: &ExchangeSet,
        names: &HashMap<String, Uuid>,
        report: &mut Report,
    ) -> (Vec<ExchangeReference>, Vec<ExchangeOrigin>) {
        let held: HashSet<Uuid> = set.nodes.iter().map(|node| node.identifier).collect();
        let (mut seen, mut references, mut abroad) = (HashSet::new(), Vec::new(), Vec::new());
        for (from, row) in rows.iter().filter(|(from, _)| held.contains(from)) {
            let row = &grid.rows[*row];
            for (column, kind) in REFERENCES {
                for name in named(self.columns.text(row, column), names) {
                    let Some(to) = names.get(&name_key(&name)).filter(|to| held.contains(to)) else {
                        if let (Ok(to), true) = (Uuid::try_parse(&name), abroad.len() < report.limits.references) {
                            if seen.insert((*from, to, kind)) {
                                abroad.push(ExchangeOrigin {
                                    from: *from,
                                    to,
                                    kind: kind.to_owned(),
                                    by_hand: true,
                                    ..ExchangeOrigin::default()
                                });
                            }
                            continue;
                        }
                        let name = cut(&name, 100);
                        report.skip(
                            place(row),
                            format!("The cross-reference “{name}” is not in the table; it is left out."),
                        );
                        continue;
                    };
                    if seen.insert((*from, *to, kind)) {
                        if references.len() == report.limits.references {
                            let message = format!("There are more than {} cross-references.", references.len());
                            report.refuse(place(row), message);
                            return (references, abroad);
                        }
                        references.push(ExchangeReference {
                            from: *from,
                            to: *to,
                            kind: kind.to_owned(),
                            extra: Value::Null,
                        });
                    }
                }
            }
        }
        (references, abroad)
    }
}

pub(super) fn place(row: &Row) -> String {
    format!("row {}", row.number)
}

/// Names are the same in upper and lower case.
pub(super) fn name_key(name: &str) -> String {
    line(name).to_lowercase()
}

/// The names in a cell: itself where it is one, else its parts between commas.
pub(super) fn named(cell: &str, names: &HashMap<String, Uuid>) -> Vec<String> {
    let whole = line(cell);
    if whole.is_empty() {
        Vec::new()
    } else if names.contains_key(&name_key(&whole)) {
        vec![whole]
    } else {
        whole
            .split([',', ';', '|'])
            .map(line)
            .filter(|name| !name.is_empty())
            .collect()
    }
}

/// The entries of a cell, one a line; with bullets, what follows without one
/// belongs to the entry before.
pub(super) fn entries(cell: &str) -> Vec<String> {
    let cell = tidy(cell);
    let bullet = |line: &str| {
        let rest = line.strip_prefix(['-', '•', '*', '–'])?;
        rest.strip_prefix([' ', '\t', '\u{a0}']).map(str::to_owned)
    };
    let bulleted = cell.lines().next().is_some_and(|first| bullet(first).is_some());
    let mut entries: Vec<String> = Vec::new();
    for line in cell.lines() {
        match (bullet(line), entries.last_mut()) {
            (Some(entry), _) => entries.push(entry),
            (None, Some(last)) if bulleted => {
                last.push('\n');
                last.push_str(line.strip_prefix("  ").unwrap_or(line));
            }
            (None, _) => entries.push(line.to_owned()),
        }
    }
    entries
        .iter()
        .map(|entry| tidy(entry))
        .filter(|entry| !entry.is_empty())
        .collect()
}

/// A node that says nothing yet.
pub(super) fn bare(identifier: Uuid, title: String) -> ExchangeNode {
    ExchangeNode {
        identifier,
        title,
        ..ExchangeNode::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_lines_or_bullets() {
        assert_eq!(entries("one\n two \n\nthree"), ["one", "two", "three"]);
        assert_eq!(entries("- Two\n  lines\n- -x"), ["Two\nlines", "-x"]);
        assert_eq!(entries("• a\n• b"), ["a", "b"]);
        assert!(entries(" \n").is_empty());
    }
}
