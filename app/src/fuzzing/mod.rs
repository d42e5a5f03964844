//! What holds of each parser of data from outside, whatever it is given: it
//! ends, panics never, keeps to its bounds, and what it wrote it can read.
//!
//! Each target is one function over bytes that panics where something does not
//! hold. `make fuzz` gives them bytes without end (`fuzz/`); `make test` gives
//! them what is kept in `fuzz/corpus`, and changes of it. Without SurrealDB:
//! all of it is built by the feature `parsers` alone.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "what does not hold is to be seen"
)]

mod fields;
mod html;
mod requests;
mod tables;
mod words;

/// A parser, or several that read the same.
pub struct Target {
    /// Of its folder in `fuzz/corpus` and its file in `fuzz/fuzz_targets`.
    pub name: &'static str,
    /// # Panics
    /// Where something does not hold.
    pub run: fn(&[u8]),
}

macro_rules! targets {
    ($($(#[$doc:meta])* $name:ident: $run:path;)*) => {
        /// All of them.
        pub const TARGETS: &[Target] = &[$(Target { name: stringify!($name), run: $run }),*];
        $(
            $(#[$doc])*
            pub fn $name(bytes: &[u8]) {
                $run(bytes);
            }
        )*
    };
}

targets! {
    /// Where one goes on to, names in addresses, the way back to a form.
    addresses: requests::addresses;
    /// Standards as RDF/JSON.
    asn: tables::asn;
    /// Packages of 1EdTech CASE.
    case: tables::case;
    /// Requests for lists of CASE documents.
    case_query: requests::case_query;
    /// What a provider of single sign-on says of somebody.
    claims: words::claims;
    /// Days and time zones.
    days: words::days;
    /// Files that are put down as evidence.
    documents: tables::documents;
    /// What stands in a field of a form.
    fields: fields::all;
    /// HTML from elsewhere.
    html: html::cleaned;
    /// Markdown.
    markdown: html::markdown;
    /// Frameworks of Moodle.
    moodle: tables::moodle;
    /// Network addresses that names resolve to.
    networks: requests::networks;
    /// Outlines and rows that were pasted.
    outline: words::outline;
    /// Passages of lessons that are talked about.
    passages: html::passages;
    /// Pictures.
    pictures: tables::pictures;
    /// Cookies, forms, and what proxies add.
    requests: requests::headers;
    /// What is looked for.
    search: words::search;
    /// Spreadsheets as CSV.
    sheet: tables::sheet;
    /// Lists of staff.
    staff: tables::staff;
    /// Spreadsheets as XLSX.
    workbook: tables::workbook;
}

/// Bytes as text; what is no UTF-8 becomes the replacement character.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests;
