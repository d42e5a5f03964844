//! What forms of evidence may say.

use super::model::{EvidenceBody, EvidenceTitle, WebAddress};
use crate::error::{AppError, FieldErrors, Result};
use crate::time::day_label;

/// A piece of evidence as a form sent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub title: EvidenceTitle,
    pub body: EvidenceBody,
    pub address: WebAddress,
    /// YYYY-MM-DD.
    pub day: Option<String>,
}

/// Reads a form; `today` is YYYY-MM-DD where the person is. It holds a text or an
/// address at least.
pub fn written(title: &str, body: &str, address: &str, day: &str, today: &str) -> Result<Written> {
    written_with([title, body, address, day], today, false)
}

/// The same for a piece that may hold a file, which is enough by itself: the title,
/// the text, the address and the day.
pub fn written_with([title, body, address, day]: [&str; 4], today: &str, file: bool) -> Result<Written> {
    let mut errors = FieldErrors::default();
    let title = errors.take("title", EvidenceTitle::parse(title));
    let body = errors.take("body", EvidenceBody::parse(body));
    let address = errors.take("address", WebAddress::parse(address));
    let day = errors.take("day", been(day, today));
    if let (Some(body), Some(address)) = (&body, &address)
        && body.as_str().is_empty()
        && address.as_str().is_empty()
        && !file
    {
        errors.add("body", "Write a few words, or give an address or a file below.");
    }
    errors.check()?;
    match (title, body, address, day) {
        (Some(title), Some(body), Some(address), Some(day)) => Ok(Written {
            title,
            body,
            address,
            day,
        }),
        _ => Err(AppError::Internal),
    }
}

/// A day that may be left empty, and is not still to come.
fn been(raw: &str, today: &str) -> Result<Option<String>, String> {
    match crate::plans::dates::parse(raw)? {
        Some(day) if day.as_str() > today => Err(format!(
            "{} is still to come. Choose today or a day before it, or leave it empty.",
            day_label(&day)
        )),
        day => Ok(day),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: &str = "2026-11-26";

    #[test]
    fn a_text_or_an_address_is_enough() {
        for (body, address) in [
            ("Words", ""),
            ("", "https://example.org"),
            ("Words", "https://example.org"),
        ] {
            let written = written("A talk", body, address, "", TODAY).unwrap();
            assert_eq!((written.body.as_str(), written.address.as_str()), (body, address));
        }
        let refused = written("A talk", " ", "", "", TODAY).unwrap_err();
        assert!(refused.at("body").is_some() && refused.at("title").is_none());
    }

    #[test]
    fn a_file_is_enough_by_itself() {
        let written = |title| written_with([title, "", "", ""], TODAY, true);
        assert_eq!(written("A talk").unwrap().body.as_str(), "");
        assert!(written("").unwrap_err().at("title").is_some());
    }

    #[test]
    fn each_field_hears_what_is_wrong_with_it() {
        let refused = written(" ", "", "example.org", "soon", TODAY).unwrap_err();
        for field in ["title", "address", "day"] {
            assert!(refused.at(field).is_some(), "{field}");
        }
        assert!(refused.at("body").is_none(), "the address may yet be one");
    }

    #[test]
    fn it_was_today_or_before() {
        let day = |day: &str| written("A talk", "Words", "", day, TODAY).map(|written| written.day);
        assert_eq!(day(""), Ok(None));
        for fine in ["2026-11-26", "2001-02-03"] {
            assert_eq!(day(fine), Ok(Some(fine.into())));
        }
        let refused = day("2026-11-27").unwrap_err();
        let message = refused.at("day").unwrap_or_default();
        assert!(message.starts_with("27 November 2026 is still to come."), "{message}");
    }
}
