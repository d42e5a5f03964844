//! What a list of staff holds and what becomes of each of its rows.

use serde::{Deserialize, Serialize};

use crate::id::StaffListId;
use crate::viewer::Role;

/// The most people of one list.
pub const MOST_ROWS: usize = 2_000;
/// The most bytes of one list.
pub const MOST_BYTES: usize = 1024 * 1024;
/// Rows on one page of the preview.
pub const PAGE: u32 = 100;

/// Where a list for an organisation is sent to.
pub fn upload_path(slug: &str) -> String {
    format!("/organisations/{slug}/staff/upload")
}

/// Where the links of a list are made and downloaded.
pub fn links_path(slug: &str, list: &StaffListId) -> String {
    format!("/organisations/{slug}/staff/{list}/links.csv")
}

/// Someone of a list, as far as the row could be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub name: String,
    pub email: String,
    pub title: String,
    pub roles: Vec<Role>,
    /// Empty where the list does not say; the organisation's is taken.
    pub timezone: String,
}

/// What becomes of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// A link is made.
    Link,
    /// Has a link that works until this day: it stays, unless it is renewed.
    Invited(String),
    /// Belongs to the organisation: nothing is done.
    Here,
    /// Cannot be used, for these reasons.
    Wrong(Vec<String>),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffRow {
    /// As a spreadsheet counts, with the header.
    pub number: u32,
    pub entry: Entry,
    pub outcome: Outcome,
}

/// What the form for a list needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffForm {
    pub slug: String,
    pub name: String,
    /// How many people ask to join.
    pub asking: u32,
}

/// What would be done with a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffPreview {
    pub list: StaffListId,
    pub slug: String,
    pub name: String,
    /// One page of the rows, those that are wrong first.
    pub rows: Vec<StaffRow>,
    pub links: u32,
    pub invited: u32,
    pub here: u32,
    pub wrong: u32,
    /// Columns that are not kept, as the list names them.
    pub ignored: Vec<String>,
    pub page: u32,
    pub pages: u32,
    /// When links were last made out of it.
    pub links_made: Option<String>,
    /// Whether letters are sent from here.
    pub mail: bool,
}
