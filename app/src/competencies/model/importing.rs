//! Importing a set: the form, the plan, what was written.

use serde::{Deserialize, Serialize};

use super::{Level, NodeLink, OutlineNode};
use crate::id::{EditionId, ImportId};
use crate::organisations::choosing::model::Choices;

/// Where the import form is sent to.
pub const IMPORT_UPLOAD: &str = "/studio/import/upload";

/// What the import form offers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportForm {
    pub organisations: Choices,
    /// How large a file may be.
    pub megabytes: u32,
}

/// What importing a file would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    pub import: Option<ImportId>,
    pub organisation: String,
    pub file_name: String,
    /// The set's title as it would be.
    pub title: String,
    /// "CASE package", "Moodle framework" or "Spreadsheet"; empty when the file is none.
    pub format: String,
    pub outcome: Outcome,
    /// Whether what was imported can still be taken back as a whole.
    pub undoable: bool,
    pub sections: u32,
    pub competencies: u32,
    pub statements: u32,
    pub references: u32,
    pub with_details: u32,
    pub levels: Vec<Level>,
    pub outline: Vec<OutlineNode>,
    pub new: u32,
    pub changed: u32,
    pub moved: u32,
    pub unchanged: u32,
    pub missing: u32,
    /// The first of those that the file no longer has.
    pub missing_nodes: Vec<NodeLink>,
    /// How many cross-references the file adds, says otherwise, and leaves out.
    pub references_new: u32,
    pub references_changed: u32,
    pub references_gone: u32,
    /// The first of these.
    pub reference_lines: Vec<ReferenceLine>,
    /// What of the set itself differs, in words.
    pub set_fields: Vec<String>,
    pub remarks: Vec<Remark>,
    /// The columns of a spreadsheet; of other formats none.
    pub columns: Vec<MatchedColumn>,
    /// What a column may be, with its words.
    pub column_choices: Vec<(String, String)>,
    /// The row of a table that names its columns, and those that might, with
    /// their words.
    pub header: u32,
    pub heads: Vec<(u32, String)>,
}

/// A cross-reference that importing a file would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReferenceLine {
    /// "New", "Changed" or "No longer in the file".
    pub becomes: String,
    pub from: String,
    /// "Comes before".
    pub words: String,
    pub to: String,
}

/// The import that a draft comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    pub import: ImportId,
    pub file_name: String,
    /// When it was confirmed.
    pub day: String,
    /// Who sent the file in.
    pub by: String,
}

/// A column of a spreadsheet and what it is taken for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatchedColumn {
    pub name: String,
    /// Some of its texts.
    pub examples: Vec<String>,
    /// One of the choices.
    pub chosen: String,
}

/// What confirming an import would do, or has done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// Something has to be put right in the file first.
    Refused,
    /// A set that is not there yet.
    NewSet,
    /// A new draft beside the edition that stays as it is.
    NewEdition { set: String, number: u32, after: u32 },
    /// The draft that is there becomes this.
    ReplacesDraft { set: String, number: u32 },
    /// Everything is there already.
    Unchanged { set: String, number: u32 },
    /// An edition is being reviewed and must not change meanwhile.
    InReview { set: String, number: u32 },
    /// This upload was confirmed before.
    Done { set: String, number: u32 },
}

impl Outcome {
    /// Whether there is something to confirm.
    pub fn is_open(&self) -> bool {
        matches!(
            self,
            Self::NewSet | Self::NewEdition { .. } | Self::ReplacesDraft { .. }
        )
    }
}

/// How much a remark on a file weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Weight {
    Refused,
    LeftOut,
    Noted,
}

impl Weight {
    pub fn label(self) -> &'static str {
        match self {
            Self::Refused => "Must be put right",
            Self::LeftOut => "Left out",
            Self::Noted => "To know",
        }
    }
}

/// Something to say about a file, and where in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    pub weight: Weight,
    /// `row 12`, `CFItem …`, `file`.
    pub place: String,
    pub message: String,
}

/// What an import wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applied {
    pub set: String,
    pub number: u32,
    pub edition: EditionId,
    /// Whether anything was written.
    pub written: bool,
    pub published: bool,
}
