//! Competency sets as files: reading and writing 1EdTech CASE packages, Moodle
//! framework tables and spreadsheets; reading standards as RDF/JSON.
//!
//! Everything here is pure: bytes in, an [`ExchangeSet`] and a report out, and
//! the other way round. The competency store turns sets into records. What is
//! read may come from anyone, so every step is bounded and nothing panics.

mod asn_read;
mod case_classes;
mod case_fields;
mod case_generated;
mod case_hierarchy;
mod case_items;
mod case_links;
mod case_provide;
mod case_query;
mod case_read;
mod case_rubric;
mod case_shape;
mod case_write;
mod cells;
mod compare;
mod detail_text;
mod detect;
mod json;
mod model;
mod moodle_ids;
mod moodle_read;
mod moodle_scale;
mod moodle_table;
mod moodle_text;
mod moodle_write;
mod remarks;
mod report;
mod sheet_about;
mod sheet_columns;
mod sheet_grid;
mod sheet_keep;
mod sheet_levels;
mod sheet_names;
mod sheet_read;
mod sheet_tree;
mod sheet_write;
mod text;
mod tree;

use uuid::Uuid;

#[cfg(test)]
mod case_tests;
#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod moodle_tests;
#[cfg(test)]
mod round_trip_tests;
#[cfg(test)]
mod sheet_about_tests;
#[cfg(test)]
mod sheet_tests;

#[cfg(feature = "ssr")]
pub(crate) use cells::guard;
pub(crate) use cells::undo;
pub use compare::{Becomes, Plan, ReferenceChange, compare};
pub use detect::Format;
pub use model::{
    Counts, ExchangeDetails, ExchangeLevel, ExchangeNode, ExchangeOrigin, ExchangeReference, ExchangeRemarks,
    ExchangeSet, ExchangeSource, Limits, RELATED_TO, TextFormat, bounds,
};
pub use report::{Leniency, Parsed, Problem, Severity};

/// 1EdTech CASE 1.0 and 1.1 packages (JSON).
pub mod case {
    pub use super::case_links::{adopt, forget, leading_out, outside, put_back};
    pub use super::case_provide::{CATALOGUED, Class, answer, document, objects};
    pub use super::case_query::{Ask, Page, Query};
    pub use super::case_read::parse;
    pub use super::case_write::emit;
}

/// Moodle competency frameworks (CSV, 14 columns by position).
pub mod moodle_csv {
    pub use super::moodle_read::parse;
    pub use super::moodle_write::{emit, losses};
}

/// Spreadsheets (CSV and XLSX), their columns matched by whoever imports them.
pub mod sheet {
    pub use super::sheet_columns::Column;
    #[cfg(test)]
    pub(crate) use super::sheet_names::known_names;
    pub use super::sheet_read::{Sheet, SheetColumn};
    pub use super::sheet_write::{csv, workbook};
}

/// A file as far as it can be read without asking.
#[derive(Debug)]
pub enum Opened {
    Read(Box<Parsed>),
    /// A table whose columns somebody has to confirm.
    Sheet(Box<sheet::Sheet>),
}

/// Opens an uploaded file, whatever it is called: what it holds decides the
/// format. A file that cannot be read at all gives no set and one problem; one
/// with more than the limits allow is refused.
pub fn open(file_name: &str, bytes: &[u8], limits: Limits) -> Opened {
    let mut report = report::Report::within(limits);
    let refused = |mut report: report::Report, message: String| {
        report.refuse("file", message);
        Opened::Read(Box::new(report.into_parsed(None, None)))
    };
    if bytes.len() > limits.bytes {
        return refused(report, limits.too_large());
    }
    if bytes.starts_with(sheet_grid::WORKBOOK) {
        return match sheet_grid::from_workbook(bytes) {
            Ok(grid) => sheet(grid, report),
            Err(message) => refused(report, message),
        };
    }
    let transcoded = detect::transcoded(file_name, bytes);
    let bytes = match &transcoded {
        Some((text, remark)) => {
            report.note("file", remark.as_str());
            text.as_bytes()
        }
        None => bytes,
    };
    let (format, text) = match detect::detect(bytes) {
        Ok(found) => found,
        Err(message) => return refused(report, message),
    };
    if let Some(remark) = detect::name_disagrees(file_name, format) {
        report.note("file", remark);
    }
    match format {
        Format::Asn => Opened::Read(Box::new(asn_read::read(text, report))),
        Format::Case => Opened::Read(Box::new(case_read::read(text, report))),
        Format::Moodle => Opened::Read(Box::new(moodle_read::read(text, report))),
        Format::Sheet => match sheet_grid::from_csv(text) {
            Ok(grid) => sheet(grid, report),
            Err(message) => refused(report, message),
        },
    }
}

fn sheet(grid: sheet_grid::Grid, report: report::Report) -> Opened {
    Opened::Sheet(Box::new(sheet::Sheet { grid, report }))
}

/// Opens and reads a file; the columns of a table are what they seem to be,
/// and its set goes by the name of the file unless it says another.
pub fn parse(file_name: &str, bytes: &[u8]) -> Parsed {
    match open(file_name, bytes, Limits::default()) {
        Opened::Read(parsed) => *parsed,
        Opened::Sheet(sheet) => {
            let columns: Vec<_> = sheet.columns().iter().map(|column| column.suggested).collect();
            let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
            let title = sheet.title(&columns).unwrap_or_else(|| stem.to_owned());
            let identifier = sheet.set_identifier(&columns);
            sheet.read(
                &columns,
                identifier.unwrap_or_else(|| set_identifier(&title)),
                &title,
                None,
            )
        }
    }
}

/// The identifier of a set that comes without one, from its title.
pub fn set_identifier(title: &str) -> Uuid {
    let own = format!("carrel:set:{}", text::line(title).to_lowercase());
    Uuid::new_v5(&Uuid::NAMESPACE_URL, own.as_bytes())
}
