//! Writes a set as a table, with the column names that OpenSALT knows: a CSV
//! file or an XLSX workbook. No cell runs as a formula in either.

use std::collections::HashMap;

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use uuid::Uuid;

use super::remarks::{meaning_lines, source_line};
use super::sheet_about::{ABOUT, SHEET, said_of, text_of};
use super::sheet_columns::{Column, REFERENCES};
use super::sheet_keep::{EXTRA, cell_of};
use super::{ExchangeNode, ExchangeSet, cells};

/// Always there; further columns where something stands in them.
const ALWAYS: [Column; 7] = [
    Column::Identifier,
    Column::Statement,
    Column::Code,
    Column::Notes,
    Column::Kind,
    Column::Parent,
    Column::Order,
];

/// What curators write beside a statement.
const REMARKS: [Column; 4] = [Column::Topics, Column::Remark, Column::Sources, Column::Meanings];

/// The table with its header.
fn table(set: &ExchangeSet) -> Vec<Vec<String>> {
    let mut places: HashMap<Option<Uuid>, u32> = HashMap::new();
    let mut references: HashMap<(Uuid, &str), Vec<String>> = HashMap::new();
    for reference in &set.references {
        let list = references.entry((reference.from, reference.kind.as_str())).or_default();
        list.push(reference.to.to_string());
    }
    for origin in set.origins.iter().filter(|origin| origin.by_hand) {
        let list = references.entry((origin.from, origin.kind.as_str())).or_default();
        list.push(origin.to.to_string());
    }
    let details = [Column::Knowledge, Column::Skills, Column::Attitudes, Column::Behaviours];
    let optional = details
        .into_iter()
        .chain(REMARKS)
        .chain(EXTRA.map(|(column, ..)| column))
        .chain(REFERENCES.map(|(column, _)| column));
    let columns: Vec<Column> = ALWAYS.into_iter().chain(optional).collect();
    let row = |node: &ExchangeNode| {
        let place = places.entry(node.parent).or_default();
        *place += 1;
        let place = *place;
        columns
            .iter()
            .map(|column| cell(*column, node, place, &references))
            .collect()
    };
    let header = columns.iter().map(|column| column.name().to_owned()).collect();
    let mut rows: Vec<Vec<String>> = std::iter::once(header).chain(set.nodes.iter().map(row)).collect();
    let used: Vec<bool> = (0..columns.len())
        .map(|at| at < ALWAYS.len() || rows[1..].iter().any(|row| !row[at].is_empty()))
        .collect();
    for row in &mut rows {
        let mut used = used.iter();
        row.retain(|_| used.next() == Some(&true));
    }
    rows
}

fn cell(column: Column, node: &ExchangeNode, place: u32, references: &HashMap<(Uuid, &str), Vec<String>>) -> String {
    let own = |text: &Option<String>| text.clone().unwrap_or_default();
    let bullets = |entries: &[String]| {
        let lines = entries.iter().map(|entry| format!("- {}", entry.replace('\n', "\n  ")));
        lines.collect::<Vec<_>>().join("\n")
    };
    match column {
        Column::Identifier => node.identifier.to_string(),
        Column::Statement => node.title.clone(),
        Column::Code => own(&node.code),
        Column::Notes => node.description.clone(),
        Column::Kind => own(&node.kind),
        Column::Parent => node.parent.map(|parent| parent.to_string()).unwrap_or_default(),
        Column::Order => place.to_string(),
        Column::Knowledge => bullets(&node.details.knowledge),
        Column::Skills => bullets(&node.details.skills),
        Column::Attitudes => bullets(&node.details.attitudes),
        Column::Behaviours => bullets(&node.details.behaviours),
        Column::Topics => node
            .remarks
            .topics
            .iter()
            .flatten()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join("; "),
        Column::Remark => own(&node.remarks.notes),
        Column::Sources => {
            let lines = node.remarks.sources.iter().flatten().map(source_line);
            lines.collect::<Vec<_>>().join("\n")
        }
        Column::Meanings => meaning_lines(node.remarks.levels.as_deref().unwrap_or_default()),
        other => {
            let kept = EXTRA.iter().find(|(column, ..)| *column == other);
            let kind = REFERENCES.iter().find(|(column, _)| *column == other);
            match (kept, kind) {
                (Some((_, key, _)), _) => cell_of(&node.extra, key),
                (_, Some((_, kind))) => references
                    .get(&(node.identifier, *kind))
                    .map(|to| to.join(","))
                    .unwrap_or_default(),
                _ => String::new(),
            }
        }
    }
}

/// As CSV in UTF-8; the mark at its start tells spreadsheets so.
pub fn csv(set: &ExchangeSet) -> String {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    let mut rows = table(set);
    add_about(&mut rows, set);
    for row in rows {
        // Writing to memory does not fail.
        drop(writer.write_record(row.iter().map(|cell| cells::guard(cell))));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    format!("\u{feff}{}", String::from_utf8_lossy(&bytes))
}

/// A column for all that is said of the set as a whole, in the first row.
fn add_about(rows: &mut [Vec<String>], set: &ExchangeSet) {
    let said = said_of(set);
    for column in ABOUT {
        let text = text_of(&said, column);
        if text.is_empty() || rows.len() < 2 {
            continue;
        }
        for (at, row) in rows.iter_mut().enumerate() {
            row.push(match at {
                0 => column.name().to_owned(),
                1 => text.clone(),
                _ => String::new(),
            });
        }
    }
}

/// As a workbook: a sheet of statements, and one about the set. Every cell is
/// text.
///
/// # Errors
/// A text that is longer than a cell may be (32,767 characters).
pub fn workbook(set: &ExchangeSet) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    fill(sheet, &table(set))?;
    for (column, width) in [(0, 12), (1, 70), (2, 14), (3, 40)] {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    let head = ["About", "What it is"].map(str::to_owned).to_vec();
    let said = said_of(set).into_iter();
    let rows: Vec<Vec<String>> = std::iter::once(head)
        .chain(said.map(|(column, text)| vec![column.name().to_owned(), text]))
        .collect();
    let about = workbook.add_worksheet();
    about.set_name(SHEET)?;
    fill(about, &rows)?;
    for (column, width) in [(0, 20), (1, 80)] {
        about.set_column_width(column, width)?;
    }
    workbook.save_to_buffer()
}

/// Writes rows from the top, the first one as a header.
fn fill(sheet: &mut Worksheet, rows: &[Vec<String>]) -> Result<(), XlsxError> {
    let plain = Format::new().set_quote_prefix();
    let head = Format::new().set_bold();
    for (at, row) in rows.iter().enumerate() {
        let number = u32::try_from(at).unwrap_or(u32::MAX);
        for (column, text) in row.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            let column = u16::try_from(column).unwrap_or(u16::MAX);
            // What begins with an apostrophe gets another, as reading takes one off.
            let text = if text.starts_with('\'') {
                cells::guard(text)
            } else {
                text.clone()
            };
            sheet.write_string_with_format(number, column, text, if at == 0 { &head } else { &plain })?;
        }
    }
    Ok(())
}
