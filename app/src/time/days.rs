//! Days and time zones as forms and other systems write them.

use jiff::tz::TimeZone;

/// Whether the zone is one that Carrel knows, by its IANA name.
pub fn is_zone(name: &str) -> bool {
    name.len() <= 64 && TimeZone::get(name).is_ok()
}

/// A calendar day as forms send it (YYYY-MM-DD), between 2000 and 2100.
pub fn parse_day(text: &str) -> Option<jiff::civil::Date> {
    let date: jiff::civil::Date = text.trim().parse().ok()?;
    (text.trim().len() == 10 && (2000..=2100).contains(&date.year())).then_some(date)
}

/// When a day begins in the zone, or so many days later, in UTC; of what is no
/// day, nothing.
pub fn day_edge(day: &str, later: i64, zone: &str) -> Option<String> {
    use jiff::ToSpan;

    let day = parse_day(day)?.checked_add(later.days()).ok()?;
    let begins = day.to_zoned(self::zone(zone)).ok()?;
    Some(begins.timestamp().to_string())
}

/// "26 November 2026" of YYYY-MM-DD; what cannot be read stays as it is.
pub fn day_label(text: &str) -> String {
    parse_day(text).map_or_else(|| text.to_owned(), |date| date.strftime("%-d %B %Y").to_string())
}

/// The zone of this name; UTC where there is none.
pub(super) fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_where_one_is() {
        assert_eq!(
            day_edge("2026-07-01", 0, "Europe/London").unwrap(),
            "2026-06-30T23:00:00Z"
        );
        assert_eq!(day_edge("2026-12-31", 1, "UTC").unwrap(), "2027-01-01T00:00:00Z");
        assert!(day_edge("2026-02-30", 0, "UTC").is_none());
    }

    #[test]
    fn days_are_real_days() {
        assert!(parse_day("2026-02-28").is_some());
        for bad in ["2026-02-30", "1999-01-01", "26-11-2026", "2026-11-26T10:00", ""] {
            assert!(parse_day(bad).is_none(), "{bad}");
        }
    }
}
