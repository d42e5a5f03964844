//! Dates of a plan: days without a time, as people write them in a diary.

use super::model::Due;
use crate::time::{day_label, parse_day};

/// What a form sent as a date; may be left empty, may lie in the past.
pub fn parse(raw: &str) -> Result<Option<String>, String> {
    if raw.trim().is_empty() {
        return Ok(None);
    }
    match parse_day(raw) {
        Some(day) => Ok(Some(day.to_string())),
        None => Err("Enter a day between 2000 and 2100 as year, month and day, like 2027-01-15.".into()),
    }
}

/// The same, for what is still to come: a day that has passed is refused.
pub fn ahead(raw: &str, today: &str) -> Result<(), String> {
    match parse(raw)? {
        Some(day) if day.as_str() < today => Err(format!(
            "{} has passed. Choose today or a day after it, or leave it empty.",
            day_label(&day)
        )),
        _ => Ok(()),
    }
}

/// A date as the pages show it; `today` is YYYY-MM-DD in the person's zone.
pub fn due(day: Option<String>, today: &str) -> Due {
    let Some(day) = day else { return Due::default() };
    let late = day.as_str() < today;
    let label = if day == today {
        "today".to_owned()
    } else if late {
        format!("was due {}", day_label(&day))
    } else {
        format!("by {}", day_label(&day))
    };
    Due { day, label, late }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_may_be_empty_or_past_but_is_a_day() {
        assert_eq!(parse(" "), Ok(None));
        assert_eq!(parse("2001-02-03"), Ok(Some("2001-02-03".into())));
        for bad in ["2026-02-30", "15/01/2027", "9999-01-01", "2027-01-15T10:00", "soon"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_is_to_come_is_not_over() {
        for fine in ["", "2026-11-26", "2027-01-01"] {
            assert_eq!(ahead(fine, "2026-11-26"), Ok(()), "{fine}");
        }
        let refused = ahead("2026-11-25", "2026-11-26").unwrap_err();
        assert!(refused.starts_with("25 November 2026 has passed."), "{refused}");
        assert!(ahead("soon", "2026-11-26").is_err());
    }

    #[test]
    fn a_date_says_whether_it_has_passed() {
        let words = |day: &str| {
            let due = due(Some(day.into()), "2026-11-26");
            (due.label, due.late)
        };
        assert_eq!(words("2026-11-25"), ("was due 25 November 2026".into(), true));
        assert_eq!(words("2026-11-26"), ("today".into(), false));
        assert_eq!(words("2026-11-27"), ("by 27 November 2026".into(), false));
        assert_eq!(due(None, "2026-11-26"), Due::default());
    }
}
