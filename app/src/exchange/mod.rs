//! Competency sets as files: reading and writing 1EdTech CASE packages and
//! Moodle framework tables.
//!
//! Everything here is pure: bytes in, an [`ExchangeSet`] and a report out, and
//! the other way round. The competency store turns sets into records. What is
//! read may come from anyone, so every step is bounded and nothing panics.

mod case_classes;
mod case_fields;
mod case_generated;
mod case_hierarchy;
mod case_items;
mod case_links;
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
mod report;
mod text;
mod tree;

#[cfg(test)]
mod case_tests;
#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod moodle_tests;

pub(crate) use cells::{guard, undo};
pub use compare::{Plan, compare};
pub use detect::Format;
pub use model::{
    Counts, ExchangeDetails, ExchangeLevel, ExchangeNode, ExchangeReference, ExchangeSet, RELATED_TO, TextFormat,
    bounds,
};
pub use report::{Leniency, Parsed, Problem, Severity};

/// 1EdTech CASE 1.0 and 1.1 packages (JSON).
pub mod case {
    pub use super::case_read::parse;
    pub use super::case_write::emit;
}

/// Moodle competency frameworks (CSV, 14 columns by position).
pub mod moodle_csv {
    pub use super::moodle_read::parse;
    pub use super::moodle_write::{emit, losses};
}

/// Reads an uploaded file, whatever it is called: what it holds decides the
/// format. A file that cannot be read at all gives no set and one problem.
pub fn parse(file_name: &str, bytes: &[u8]) -> Parsed {
    let mut report = report::Report::default();
    match detect::detect(bytes) {
        Ok((format, text)) => {
            if let Some(remark) = detect::name_disagrees(file_name, format) {
                report.note("file", remark);
            }
            match format {
                Format::Case => case_read::read(text, report),
                Format::Moodle => moodle_read::read(text, report),
            }
        }
        Err(message) => {
            report.refuse("file", message);
            report.into_parsed(None, None)
        }
    }
}
