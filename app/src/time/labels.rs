//! Times as they are shown. Labels are made on the server, so that both sides
//! render the same.

use jiff::{Timestamp, Zoned};
use surrealdb_types::Datetime;

/// RFC 3339 in UTC to the second, for `<time datetime>`.
pub fn iso(time: &Datetime) -> String {
    timestamp(time).strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A moment to its last digit: tells two versions of a record apart.
pub fn stamp(time: &Datetime) -> String {
    timestamp(time).to_string()
}

/// "26 November 2026, 14:05" in the zone.
pub fn label(time: &Datetime, zone: &str) -> String {
    timestamp(time)
        .to_zoned(super::days::zone(zone))
        .strftime("%-d %B %Y, %H:%M")
        .to_string()
}

/// The same of a time as RFC 3339 writes it; nothing for what is none.
pub fn label_of(text: &str, zone: &str) -> Option<String> {
    let time = text.parse::<Timestamp>().ok()?.to_zoned(super::days::zone(zone));
    Some(time.strftime("%-d %B %Y, %H:%M").to_string())
}

/// "26 November" this year, "26 November 2025" else.
pub fn day(time: &Datetime, zone: &str) -> String {
    let zone = super::days::zone(zone);
    let now = Timestamp::now().to_zoned(zone.clone());
    day_of(&timestamp(time).to_zoned(zone), &now)
}

/// "26 November 2026" for a time as RFC 3339 writes it, by UTC; empty for what
/// is none.
pub fn date(text: &str) -> String {
    let time = text.parse::<Timestamp>();
    time.map_or_else(|_| String::new(), |time| time.strftime("%-d %B %Y").to_string())
}

fn day_of(then: &Zoned, now: &Zoned) -> String {
    let this_year = then.year() == now.year();
    let words = if this_year { "%-d %B" } else { "%-d %B %Y" };
    then.strftime(words).to_string()
}

/// "26 Nov" in the zone, for the foot of a chart.
pub fn short_day(time: &Datetime, zone: &str) -> String {
    timestamp(time)
        .to_zoned(super::days::zone(zone))
        .strftime("%-d %b")
        .to_string()
}

/// "Nov 2026" in the zone.
pub fn month(time: &Datetime, zone: &str) -> String {
    timestamp(time)
        .to_zoned(super::days::zone(zone))
        .strftime("%b %Y")
        .to_string()
}

/// "just now", "25 minutes ago", "3 hours ago", "today 03:24", "yesterday 18:20",
/// else the day.
pub fn ago(time: &Datetime, zone: &str) -> String {
    let then = timestamp(time);
    let seconds = seconds_since(time);
    match seconds {
        ..60 => "just now".into(),
        60..3600 => plural(seconds / 60, "minute"),
        3600..43_200 => plural(seconds / 3600, "hour"),
        _ => {
            let zone = super::days::zone(zone);
            past(&then.to_zoned(zone.clone()), &Timestamp::now().to_zoned(zone))
        }
    }
}

fn past(then: &Zoned, now: &Zoned) -> String {
    if now.date() == then.date() {
        then.strftime("today %H:%M").to_string()
    } else if now.date().yesterday().is_ok_and(|day| day == then.date()) {
        then.strftime("yesterday %H:%M").to_string()
    } else {
        day_of(then, now)
    }
}

/// The moment so many hours from now.
pub fn in_hours(hours: u32) -> Datetime {
    Datetime::from_timestamp(Timestamp::now().as_second() + i64::from(hours) * 3600, 0).unwrap_or_default()
}

/// How many seconds ago that was; negative for what is still to come.
pub fn seconds_since(time: &Datetime) -> i64 {
    Timestamp::now().as_second() - timestamp(time).as_second()
}

fn plural(n: i64, unit: &str) -> String {
    format!("{n} {unit}{} ago", if n == 1 { "" } else { "s" })
}

/// Today's date in the zone, YYYY-MM-DD.
pub fn today(zone: &str) -> String {
    Timestamp::now().to_zoned(super::days::zone(zone)).date().to_string()
}

/// "Thursday 26 November" of today in the zone.
pub fn weekday_label(zone: &str) -> String {
    Timestamp::now()
        .to_zoned(super::days::zone(zone))
        .strftime("%A %-d %B")
        .to_string()
}

/// What one says at this hour in the zone.
pub fn greeting(zone: &str) -> &'static str {
    match Timestamp::now().to_zoned(super::days::zone(zone)).hour() {
        4..12 => "Good morning",
        12..18 => "Good afternoon",
        _ => "Good evening",
    }
}

fn timestamp(time: &Datetime) -> Timestamp {
    let time = time.into_inner();
    Timestamp::new(
        time.timestamp(),
        i32::try_from(time.timestamp_subsec_nanos()).unwrap_or(0),
    )
    .unwrap_or(Timestamp::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_shown_in_the_zone() {
        let time = Datetime::from_timestamp(1_795_701_900, 0).unwrap();
        assert_eq!(iso(&time), "2026-11-26T14:05:00Z");
        assert_eq!(label(&time, "Europe/Madrid"), "26 November 2026, 15:05");
        assert_eq!(label(&time, "Nowhere/Else"), "26 November 2026, 14:05");
    }

    #[test]
    fn what_was_today_or_yesterday_says_when() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap().to_zoned(jiff::tz::TimeZone::UTC);
        let now = at("2026-11-27T19:00:00Z");
        for (then, words) in [
            ("2026-11-27T03:24:00Z", "today 03:24"),
            ("2026-11-26T05:48:00Z", "yesterday 05:48"),
            ("2026-11-25T05:48:00Z", "25 November"),
            ("2025-11-27T03:24:00Z", "27 November 2025"),
        ] {
            assert_eq!(past(&at(then), &now), words);
        }
    }
}
