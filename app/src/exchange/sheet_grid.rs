//! A spreadsheet as rows of text: a CSV file, or a sheet of an XLSX workbook.
//! Both may come from anyone: what they could grow to is bounded before it does.

use std::collections::{BTreeMap, HashSet};
use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx};

use super::cells;
use super::sheet_about::{SHEET, Said};
use super::sheet_columns::{Cells, Column, Texts, is_known, rank};
use super::text::{line, tidy};

/// Rows of one sheet, the header and empty ones included.
const ROWS: usize = 20_000;
/// Columns that are looked at.
pub(super) const COLUMNS: usize = 100;
/// Bytes of all cells together, and of a workbook when it is unpacked.
const TEXT: usize = 40 * 1024 * 1024;
const UNPACKED: u64 = 100 * 1024 * 1024;
/// Files within one workbook.
const PARTS: usize = 2_000;
/// Lines that may stand above the header.
const PREAMBLE: usize = 30;

/// The beginning of a workbook, as of every zip file.
pub(super) const WORKBOOK: &[u8] = b"PK\x03\x04";

/// A row of text, numbered as a spreadsheet does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    pub number: usize,
    pub cells: Vec<String>,
}

impl Row {
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.trim().is_empty()).count()
    }
}

/// A table with its header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Grid {
    /// The first rows as they stand, among which the header is.
    pub first: Vec<Row>,
    /// The number of the row that is the header.
    pub at: usize,
    pub header: Vec<String>,
    /// Those beneath the header that hold something.
    pub rows: Vec<Row>,
    /// What a sheet of its own says of the set.
    pub about: Said,
    /// What is to be said about the file.
    pub notes: Vec<String>,
}

/// A CSV table, whatever separates its cells.
pub(super) fn from_csv(text: &str) -> Result<Grid, String> {
    let delimiter = delimiter(text);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for (at, record) in reader.records().enumerate() {
        let Ok(record) = record else {
            return Err(format!("Row {} cannot be read.", at + 1));
        };
        if at == ROWS {
            return Err(too_many_rows());
        }
        let cells = record.iter().take(COLUMNS).map(str::to_owned).collect();
        rows.push(Row { number: at + 1, cells });
    }
    let unclosed = rows
        .last()
        .is_some_and(|row| row.cells.last().is_some_and(|cell| cell.contains('\n')));
    if unclosed && text.matches('"').count() % 2 == 1 {
        let number = rows.last().map_or(0, |row| row.number);
        return Err(format!(
            "A quotation mark is opened in row {number} and never closed, so the rows after it cannot be told apart."
        ));
    }
    grid(rows, Vec::new())
}

/// The character that splits most of the first lines into as many cells, and
/// of two that do the one that gives more: what stands in sentences gives now
/// few and now many.
fn delimiter(text: &str) -> u8 {
    let evenness = |delimiter: u8| {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(text.as_bytes());
        let first = reader.records().take(PREAMBLE).map_while(Result::ok);
        let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
        for width in first.map(|record| record.len()).filter(|width| *width > 1) {
            *widths.entry(width).or_default() += 1;
        }
        let most = widths.into_iter().max_by_key(|(_, lines)| *lines);
        most.map_or((0, 0), |(width, lines)| (lines, width))
    };
    [b'\t', b';', b',']
        .into_iter()
        .max_by_key(|delimiter| evenness(*delimiter))
        .unwrap_or(b',')
}

/// The first sheet of a workbook that shows something.
pub(super) fn from_workbook(bytes: &[u8]) -> Result<Grid, String> {
    check_size(bytes)?;
    // A workbook that was made to break its reader is one that cannot be read.
    catch_unwind(AssertUnwindSafe(|| read_workbook(bytes)))
        .unwrap_or_else(|_| Err("This workbook is damaged and cannot be read.".into()))
}

/// Unpacks every part to nowhere: what a file says of its own size proves nothing.
fn check_size(bytes: &[u8]) -> Result<(), String> {
    let broken = |_| "This is not a spreadsheet (XLSX): it cannot be unpacked.".to_owned();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if archive
        .file_names()
        .any(|name| name == "content.xml" || name == "word/document.xml")
    {
        return Err("This is a document, not an Excel workbook. Save the table as XLSX or CSV and choose that.".into());
    }
    if !archive
        .file_names()
        .any(|name| name.eq_ignore_ascii_case("xl/workbook.xml"))
    {
        return Err("This zip file is not a spreadsheet (XLSX). Unpack it and choose what is inside.".into());
    }
    if archive.len() > PARTS {
        return Err(format!("The workbook has more than {PARTS} parts."));
    }
    let mut left = UNPACKED;
    for index in 0..archive.len() {
        let part = archive
            .by_index(index)
            .map_err(|_| "The workbook is encrypted or damaged.".to_owned())?;
        let unpacked = std::io::copy(&mut part.take(left + 1), &mut std::io::sink())
            .map_err(|_| "The workbook is damaged and cannot be unpacked.".to_owned())?;
        left = left.checked_sub(unpacked).ok_or_else(|| {
            format!(
                "The workbook is larger than {} MB when it is unpacked.",
                UNPACKED / 1024 / 1024
            )
        })?;
    }
    Ok(())
}

fn read_workbook(bytes: &[u8]) -> Result<Grid, String> {
    let broken = |error: calamine::XlsxError| format!("The workbook cannot be read ({error}).");
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let shown = |sheet: &&calamine::Sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible;
    let mut names: Vec<String> = workbook
        .sheets_metadata()
        .iter()
        .filter(shown)
        .map(|sheet| sheet.name.clone())
        .collect();
    let own = names.iter().position(|name| line(name).eq_ignore_ascii_case(SHEET));
    let about = match own.filter(|_| names.len() > 1) {
        Some(at) => said(&read_sheet(&mut workbook, &names.remove(at))?),
        None => Said::new(),
    };
    for (at, name) in names.iter().enumerate() {
        let rows = read_sheet(&mut workbook, name)?;
        if rows.iter().all(|row| row.filled() == 0) {
            continue;
        }
        let others = names.len() - at - 1;
        let note = format!("The sheet “{}” is read; the sheets after it are not.", line(name));
        let grid = grid(rows, (others > 0).then_some(note).into_iter().collect())?;
        return Ok(Grid { about, ..grid });
    }
    Err("There is nothing in this workbook.".into())
}

/// Names and what they are, side by side.
fn said(rows: &[Row]) -> Said {
    let named = rows.iter().filter_map(|row| {
        let column = Column::named(cells::undo(row.cell(0)))?;
        Some((column, cells::undo(row.cell(1)).to_owned()))
    });
    named.collect()
}

fn read_sheet(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Vec<Row>, String> {
    let broken = |error: calamine::XlsxError| format!("The sheet “{}” cannot be read ({error}).", line(name));
    let mut reader = workbook.worksheet_cells_reader(name).map_err(broken)?;
    let (mut rows, mut size) = (Vec::<Row>::new(), 0);
    while let Some(cell) = reader.next_cell().map_err(broken)? {
        let (row, column) = cell.get_position();
        let (row, column) = (row as usize, column as usize);
        let text = text(cell.get_value());
        if text.is_empty() || column >= COLUMNS {
            continue;
        }
        if row >= ROWS {
            return Err(too_many_rows());
        }
        size += text.len();
        if size > TEXT {
            return Err(format!("The sheet holds more than {} MB of text.", TEXT / 1024 / 1024));
        }
        while rows.len() <= row {
            let number = rows.len() + 1;
            rows.push(Row {
                number,
                cells: Vec::new(),
            });
        }
        let cells = &mut rows[row].cells;
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        cells[column] = text;
    }
    Ok(rows)
}

fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(date) => date.as_f64().to_string(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

fn too_many_rows() -> String {
    format!("The table has more than {ROWS} rows; no more can be imported.")
}

/// Finds the header: of the first rows the one with most names that are known,
/// else the first that fills more than one cell, else the first of all. Names
/// are no numbers.
fn grid(rows: Vec<Row>, notes: Vec<String>) -> Result<Grid, String> {
    let first: Vec<Row> = rows.iter().take(PREAMBLE).cloned().collect();
    let named = |row: &Row| {
        let known = row.cells.iter().filter(|cell| is_known(cell)).count();
        let names = row.filled() > 1 && !row.cells.iter().any(|cell| is_number(cell));
        if names { known } else { 0 }
    };
    let best = first.iter().map(named).max().filter(|known| *known > 0);
    let found = best
        .and_then(|best| first.iter().position(|row| named(row) == best))
        .or_else(|| first.iter().position(|row| row.filled() > 1))
        .or_else(|| first.iter().position(|row| row.filled() > 0));
    match found {
        Some(start) => Ok(split(first, rows, start, notes)),
        None => Err("The file is empty.".into()),
    }
}

/// `12`, `1.2.3`, `4 %`.
fn is_number(cell: &str) -> bool {
    let cell = cell.trim();
    cell.starts_with(|c: char| c.is_ascii_digit()) && !cell.contains(char::is_alphabetic)
}

/// The table beneath the row at this index.
fn split(first: Vec<Row>, rows: Vec<Row>, start: usize, mut notes: Vec<String>) -> Grid {
    let at = rows[start].number;
    if rows[..start].iter().any(|row| row.filled() > 0) {
        notes.push(format!("The lines above row {at} are passed over."));
    }
    let mut rows = rows.into_iter().skip(start);
    let header = rows.next().map(|row| row.cells).unwrap_or_default();
    let header = header.iter().map(|cell| line(cells::undo(cell))).collect();
    // A first line break would make a guarded cell look like another one.
    let undone = |cell: &String| cells::undo(cell).trim_end().to_owned();
    let rows = rows.filter(|row| row.filled() > 0).map(|row| Row {
        number: row.number,
        cells: row.cells.iter().map(undone).collect(),
    });
    Grid {
        first,
        at,
        header,
        rows: rows.collect(),
        about: Said::new(),
        notes,
    }
}

/// Whether a CSV text is a table with columns of CASE rather than of Moodle.
pub(super) fn names_statements(text: &str) -> bool {
    let first = text.lines().take(PREAMBLE);
    first.flat_map(|line| line.split([',', ';', '\t'])).any(|cell| {
        Column::named(cell.trim_matches('"')) == Some(Column::Statement) && cell.to_lowercase().contains("full")
    })
}

impl Grid {
    /// The same table with another of its first rows for a header; as it is
    /// where there is no row of that number.
    pub fn beneath(self, number: usize) -> Self {
        let Some(start) = self.first.iter().position(|row| row.number == number) else {
            return self;
        };
        let last = self.first.last().map_or(0, |row| row.number);
        let further = self.rows.into_iter().filter(|row| row.number > last);
        let rows = self.first.iter().cloned().chain(further).collect();
        let about = self.about;
        Self {
            about,
            ..split(self.first, rows, start, Vec::new())
        }
    }

    /// The rows that may be the header, with their words.
    pub fn heads(&self) -> Vec<(usize, String)> {
        let filled = self.first.iter().filter(|row| row.filled() > 0);
        let words = |row: &Row| {
            let cells = row.cells.iter().map(|cell| line(cell)).filter(|cell| !cell.is_empty());
            let words = cells.collect::<Vec<_>>().join(" · ");
            words.chars().take(80).collect()
        };
        filled.map(|row| (row.number, words(row))).collect()
    }

    /// The first few texts of a column, for whoever says what it is.
    pub fn examples(&self, column: usize) -> Vec<String> {
        let filled = self
            .rows
            .iter()
            .map(|row| tidy(row.cell(column)))
            .filter(|text| !text.is_empty());
        let mut examples: Vec<String> = Vec::new();
        for text in filled.take(200) {
            let short: String = line(&text).chars().take(60).collect();
            if examples.len() < 3 && !examples.contains(&short) {
                examples.push(short);
            }
        }
        examples
    }

    /// What a column holds.
    pub fn cells(&self, column: usize) -> Cells {
        let filled = || {
            self.rows
                .iter()
                .map(|row| row.cell(column).trim())
                .filter(|text| !text.is_empty())
        };
        match filled().next() {
            None => Cells::Other,
            Some(_) if filled().all(|text| text.parse::<u8>().is_ok()) => Cells::Numbers,
            Some(_) if filled().all(|text| rank(text).is_some()) => Cells::Kinds,
            Some(_) => Cells::Other,
        }
    }

    /// How far the texts of a column tell its rows apart.
    pub fn texts(&self, column: usize) -> Texts {
        let filled = self.rows.iter().map(|row| row.cell(column).trim());
        let filled: Vec<&str> = filled.filter(|text| !text.is_empty()).collect();
        let distinct: HashSet<&str> = filled.iter().copied().collect();
        Texts {
            filled: filled.len(),
            distinct: distinct.len(),
            characters: distinct.iter().map(|text| text.chars().count()).sum(),
        }
    }

    /// How many columns there are.
    pub fn width(&self) -> usize {
        let widest = self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        widest.max(self.header.len()).min(COLUMNS)
    }
}

#[cfg(test)]
#[path = "sheet_grid_tests.rs"]
mod tests;
