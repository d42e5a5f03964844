//! What a cohort may be: its title, its days, its time zone.

use crate::courses::rules::Title;
use crate::error::{AppError, FieldErrors, Result};
use crate::time::{day_label, is_zone, parse_day};

/// The most people in one cohort.
pub const MOST_PEOPLE: u32 = 500;

/// A cohort as a form gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CohortFields {
    pub title: Title,
    /// Local days (YYYY-MM-DD) in the time zone; the last is not before the
    /// first.
    pub starts: String,
    pub ends: String,
    pub timezone: String,
}

impl CohortFields {
    pub fn parse(title: &str, starts: &str, ends: &str, timezone: &str) -> Result<Self> {
        const DAY: &str = "Choose a day, written as 2026-11-26.";
        let mut errors = FieldErrors::default();
        let title = errors.take("title", Title::parse(title));
        let starts = errors.take("starts", parse_day(starts).ok_or_else(|| DAY.to_owned()));
        let ends = errors.take("ends", parse_day(ends).ok_or_else(|| DAY.to_owned()));
        if let (Some(starts), Some(ends)) = (starts, ends)
            && ends < starts
        {
            errors.add("ends", "The last day cannot come before the first.");
        }
        if !is_zone(timezone.trim()) {
            errors.add("timezone", "Choose a time zone such as Europe/London.");
        }
        errors.check()?;
        match (title, starts, ends) {
            (Some(title), Some(starts), Some(ends)) => Ok(Self {
                title,
                starts: starts.to_string(),
                ends: ends.to_string(),
                timezone: timezone.trim().to_owned(),
            }),
            _ => Err(AppError::Internal),
        }
    }
}

/// "2 November – 18 December 2026"; the year stands twice where it changes.
pub fn dates_label(starts: &str, ends: &str) -> String {
    match (parse_day(starts), parse_day(ends)) {
        (Some(first), Some(last)) if first == last => day_label(starts),
        (Some(first), Some(last)) if first.year() == last.year() => {
            format!("{} – {}", first.strftime("%-d %B"), day_label(ends))
        }
        _ => format!("{} – {}", day_label(starts), day_label(ends)),
    }
}

/// Where a cohort stands on a day: both are YYYY-MM-DD, which sort as text.
pub fn phase(starts: &str, ends: &str, today: &str) -> &'static str {
    match () {
        () if today < starts => "Not started yet",
        () if today > ends => "Over",
        () => "Running",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(starts: &str, ends: &str, zone: &str) -> Result<CohortFields> {
        CohortFields::parse("Autumn managers", starts, ends, zone)
    }

    #[test]
    fn days_are_in_order_and_a_day_long_is_enough() {
        assert!(fields("2026-11-02", "2026-12-18", "Europe/London").is_ok());
        assert!(fields("2026-11-02", "2026-11-02", "UTC").is_ok());
        assert!(
            fields("2026-11-02", "2026-11-01", "UTC")
                .unwrap_err()
                .at("ends")
                .is_some()
        );
        assert!(
            fields("2026-02-30", "2026-11-01", "UTC")
                .unwrap_err()
                .at("starts")
                .is_some()
        );
        assert!(fields("2026-11-02", "", "UTC").unwrap_err().at("ends").is_some());
    }

    #[test]
    fn a_time_zone_is_one_that_exists() {
        for bad in ["", "Nowhere/Else", "../../etc/passwd"] {
            assert!(
                fields("2026-11-02", "2026-11-03", bad)
                    .unwrap_err()
                    .at("timezone")
                    .is_some(),
                "{bad}"
            );
        }
    }

    #[test]
    fn dates_read_as_a_span() {
        assert_eq!(dates_label("2026-11-02", "2026-12-18"), "2 November – 18 December 2026");
        assert_eq!(
            dates_label("2026-11-02", "2027-01-18"),
            "2 November 2026 – 18 January 2027"
        );
        assert_eq!(dates_label("2026-11-02", "2026-11-02"), "2 November 2026");
    }

    #[test]
    fn a_cohort_runs_on_its_first_and_its_last_day() {
        let phase = |today| phase("2026-11-02", "2026-12-18", today);
        assert_eq!(phase("2026-11-01"), "Not started yet");
        assert_eq!(phase("2026-11-02"), "Running");
        assert_eq!(phase("2026-12-18"), "Running");
        assert_eq!(phase("2026-12-19"), "Over");
    }
}
