//! The table of a Moodle framework: 14 columns by position. Moodle words the
//! header differently by version and language, so its wording is not read.

use super::cells;
use super::report::Report;
use super::text::tidy;

/// The columns, as Moodle's importer counts them (tool_lpimportcsv).
#[derive(Clone, Copy)]
pub(super) enum Column {
    Parent,
    Id,
    Name,
    Description,
    DescriptionFormat,
    ScaleValues,
    ScaleConfiguration,
    RuleType,
    RuleOutcome,
    RuleConfig,
    CrossReferences,
    ExportedId,
    IsFramework,
    Taxonomy,
}

pub(super) const COLUMNS: usize = 14;

/// The header as Moodle 4.3 writes it.
pub(super) const HEADER: [&str; COLUMNS] = [
    "Parent ID number",
    "ID number",
    "Short name",
    "Description",
    "Description format",
    "Scale values",
    "Scale configuration",
    "Rule type (optional)",
    "Rule outcome (optional)",
    "Rule config (optional)",
    "Cross-referenced competency ID numbers",
    "Exported ID (optional)",
    "Is framework",
    "Taxonomy",
];

/// A row has at least this many cells when it belongs to the table: everything
/// up to the exported id, which spreadsheets do not trim from items.
const TABLE_WIDTH: usize = 12;

/// Lines that may stand above the header (a title, a date, a note).
const PREAMBLE: usize = 30;

pub(super) struct Row {
    /// As a spreadsheet counts, the header and what stands above it included.
    pub number: usize,
    cells: Vec<String>,
}

impl Row {
    pub fn place(&self) -> String {
        format!("row {}", self.number)
    }

    /// The cell as it stands in the file.
    pub fn raw(&self, column: Column) -> &str {
        self.cells.get(column as usize).map_or("", String::as_str)
    }

    /// The cell's text, without the apostrophe that guards against formulas.
    pub fn text(&self, column: Column) -> String {
        tidy(cells::undo(self.raw(column)))
    }

    /// PHP's idea of true, and the words people write.
    pub fn is_framework(&self) -> bool {
        let given = self.text(Column::IsFramework).to_lowercase();
        !matches!(given.as_str(), "" | "0" | "false" | "no" | "null")
    }

    fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }

    fn looks_like_data(&self) -> bool {
        matches!(self.raw(Column::DescriptionFormat).trim(), "0" | "1" | "2" | "4")
            || matches!(self.raw(Column::IsFramework).trim(), "0" | "1")
    }
}

/// The rows beneath the header, or none with the reason reported.
pub(super) fn rows(text: &str, report: &mut Report) -> Option<Vec<Row>> {
    let Some((delimiter, start)) = find_table(text) else {
        report.refuse("file", "This is not a Moodle framework (a CSV table of 14 columns).");
        return None;
    };
    if delimiter != b',' {
        report.lenient("The columns are not separated by commas", "file");
    }
    let mut rows = read(text, delimiter);
    check_quotes(text, &rows, report);
    if start > 0 {
        report.lenient("There are lines above the header", "row 1");
    }
    rows.drain(..start.min(rows.len()));
    match rows.first() {
        Some(first) if first.looks_like_data() => report.lenient("There is no header", &first.place()),
        _ => drop((!rows.is_empty()).then(|| rows.remove(0))),
    }
    rows.retain(|row| {
        if row.is_blank() {
            report.lenient("A row is empty", &row.place());
        } else if row.cells.len() < COLUMNS {
            report.lenient("A row has fewer than 14 cells", &row.place());
        } else if row.cells[COLUMNS..].iter().any(|cell| !cell.trim().is_empty()) {
            report.skip(
                row.place(),
                "The row has more than 14 cells; those beyond are left out.",
            );
        }
        !row.is_blank()
    });
    Some(rows)
}

/// Whether a text is a table as wide as Moodle's that has a framework row, or
/// at least Moodle's own header.
pub(super) fn is_framework(text: &str) -> bool {
    let Some((delimiter, _)) = find_table(text) else {
        return false;
    };
    let letters = |cell: &str| {
        cell.chars()
            .filter(char::is_ascii_alphabetic)
            .collect::<String>()
            .to_lowercase()
    };
    read(text, delimiter).iter().any(|row| {
        row.cells.len() >= TABLE_WIDTH
            && ((row.raw(Column::IsFramework).trim() == "1" && row.raw(Column::Parent).trim().is_empty())
                || letters(row.raw(Column::Parent)) == "parentidnumber")
    })
}

/// The delimiter with which a row of the table appears, and which row it is.
fn find_table(text: &str) -> Option<(u8, usize)> {
    [b',', b';', b'\t'].into_iter().find_map(|delimiter| {
        let mut reader = reader(text, delimiter);
        let mut records = reader.records().take(PREAMBLE).map_while(Result::ok);
        records
            .position(|record| record.len() >= TABLE_WIDTH)
            .map(|start| (delimiter, start))
    })
}

fn read(text: &str, delimiter: u8) -> Vec<Row> {
    let mut reader = reader(text, delimiter);
    let records = reader.records().map_while(Result::ok).enumerate();
    records
        .map(|(at, record)| Row {
            number: at + 1,
            cells: record.iter().map(str::to_owned).collect(),
        })
        .collect()
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes())
}

/// A quotation mark that is never closed swallows all rows after it.
fn check_quotes(text: &str, rows: &[Row], report: &mut Report) {
    let Some(last) = rows.last() else { return };
    let swallowed = last.cells.last().is_some_and(|cell| cell.contains('\n'));
    if swallowed && last.cells.len() < COLUMNS && text.matches('"').count() % 2 == 1 {
        report.refuse(
            last.place(),
            "A quotation mark is opened in this row and never closed, so the rows after it cannot be told apart.",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: &str = ",F,Name,,1,\"a,b\",[],,,,,,1,";

    fn read_rows(text: &str) -> (Option<Vec<Row>>, super::super::Parsed) {
        let mut report = Report::default();
        let rows = rows(text, &mut report);
        (rows, report.into_parsed(None, None))
    }

    #[test]
    fn the_header_is_found_whatever_it_says_and_whatever_stands_above() {
        let header = HEADER.map(|_| "Überschrift").join(",");
        for (text, number, leniencies) in [
            (format!("{header}\n{ROW}"), 2, 0),
            (format!("My framework\nexported,today\n{header}\r\n{ROW}\r\n"), 4, 1),
            (ROW.to_owned(), 1, 1),
            (
                format!("{header}\n{ROW}\n,,,,,,,,,,,,,\n")
                    .replace(',', ";")
                    .replace("a;b", "a,b"),
                2,
                2,
            ),
        ] {
            let (rows, parsed) = read_rows(&text);
            let rows = rows.unwrap_or_default();
            assert_eq!((rows.len(), rows[0].number), (1, number), "{text}");
            assert!(rows[0].is_framework() && rows[0].text(Column::ScaleValues) == "a,b");
            assert_eq!(parsed.leniencies.len(), leniencies, "{:?}", parsed.leniencies);
        }
    }

    #[test]
    fn other_tables_and_broken_ones_are_refused() {
        for text in ["a,b,c\n1,2,3", "one line", "identifier,fullStatement\n1,2"] {
            let (rows, parsed) = read_rows(text);
            assert!(rows.is_none() && parsed.refused());
        }
        let (_, parsed) = read_rows(&format!("{ROW}\n,a,\"open,,1\n,b,c\n"));
        assert!(parsed.problems[0].place == "row 2" && parsed.problems[0].message.contains("never closed"));
    }
}
