//! What a course and its lessons may be, and the order in which they are
//! taken: pure rules, asked by forms and by the server.

use crate::error::{AppError, FieldErrors, Result};
use crate::paths;

/// The most lessons a course may have.
pub const MOST_LESSONS: u32 = 200;
/// The longest lesson, in characters.
pub const LONGEST_BODY: u32 = 100_000;
pub const LONGEST_TITLE: u32 = 200;
pub const LONGEST_SUMMARY: u32 = 1_000;

/// A title of 1 to 200 characters on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title(String);

impl Title {
    pub fn parse(text: &str) -> std::result::Result<Self, String> {
        let title = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match title.chars().count() {
            0 => Err("Give it a title.".into()),
            1..=200 if title.chars().any(crate::text::is_hidden) => Err("A title is one line of plain text.".into()),
            1..=200 => Ok(Self(title)),
            _ => Err("A title has at most 200 characters.".into()),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name in addresses; never empty, and never `new`, which is a page of
    /// its own in the studio.
    pub fn slug(&self, otherwise: &str) -> String {
        match paths::slug(&self.0) {
            slug if slug.is_empty() || slug == "new" => otherwise.to_owned(),
            slug => slug,
        }
    }
}

/// The first of `slug`, `slug-2`, `slug-3` … that is not taken.
pub fn free_slug(slug: &str, taken: &[String]) -> String {
    if !taken.iter().any(|other| other == slug) {
        return slug.to_owned();
    }
    (2_u32..)
        .map(|number| format!("{slug}-{number}"))
        .find(|candidate| !taken.contains(candidate))
        .unwrap_or_else(|| slug.to_owned())
}

/// What a course says of itself, as a form gave it.
#[derive(Debug, Clone, PartialEq)]
pub struct CourseFields {
    pub title: Title,
    pub summary: String,
    pub hours: f64,
    pub open: bool,
}

impl CourseFields {
    pub fn parse(title: &str, summary: &str, hours: &str, open: bool) -> Result<Self> {
        let mut errors = FieldErrors::default();
        let title = errors.take("title", Title::parse(title));
        let summary = errors.take("summary", parse_summary(summary));
        let hours = errors.take("hours", parse_hours(hours));
        errors.check()?;
        match (title, summary, hours) {
            (Some(title), Some(summary), Some(hours)) => Ok(Self {
                title,
                summary,
                hours,
                open,
            }),
            _ => Err(AppError::Internal),
        }
    }
}

fn parse_summary(text: &str) -> std::result::Result<String, String> {
    let text = crate::text::trimmed_lines(text)?;
    if text.chars().count() > LONGEST_SUMMARY as usize {
        return Err("A summary has at most 1,000 characters.".into());
    }
    Ok(text)
}

/// Hours from 0 to 500; a comma is taken for a point, nothing for nought.
fn parse_hours(text: &str) -> std::result::Result<f64, String> {
    let text = text.trim().replace(',', ".");
    if text.is_empty() {
        return Ok(0.0);
    }
    match text.parse::<f64>() {
        Ok(hours) if (0.0..=500.0).contains(&hours) => Ok((hours * 4.0).round() / 4.0),
        _ => Err("Hours are a number between 0 and 500, such as 1.5.".into()),
    }
}

/// A lesson as a form gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LessonFields {
    pub title: Title,
    pub module: String,
    pub minutes: i64,
    pub body: String,
}

impl LessonFields {
    pub fn parse(title: &str, module: &str, minutes: &str, body: &str) -> Result<Self> {
        let mut errors = FieldErrors::default();
        let title = errors.take("title", Title::parse(title));
        let module = errors.take("module", parse_module(module));
        let minutes = errors.take("minutes", parse_minutes(minutes));
        let body = errors.take("body", parse_body(body));
        errors.check()?;
        match (title, module, minutes, body) {
            (Some(title), Some(module), Some(minutes), Some(body)) => Ok(Self {
                title,
                module,
                minutes,
                body,
            }),
            _ => Err(AppError::Internal),
        }
    }
}

fn parse_module(text: &str) -> std::result::Result<String, String> {
    if text.trim().is_empty() {
        return Ok(String::new());
    }
    match Title::parse(text) {
        Ok(title) => Ok(title.0),
        Err(_) => Err("The name of a module has at most 200 characters.".into()),
    }
}

/// Nought where nothing is said.
fn parse_minutes(text: &str) -> std::result::Result<i64, String> {
    if text.trim().is_empty() {
        return Ok(0);
    }
    match text.trim().parse::<i64>() {
        Ok(minutes) if (1..=600).contains(&minutes) => Ok(minutes),
        _ => Err("Minutes are a whole number between 1 and 600. Leave them empty if you cannot say.".into()),
    }
}

/// The text of a lesson; browsers send line breaks as CR LF and count them as
/// one character.
pub fn parse_body(text: &str) -> std::result::Result<String, String> {
    let text = crate::text::lines(text)?;
    if text.trim().is_empty() {
        return Err("Write the lesson: one paragraph is enough to begin with.".into());
    }
    if text.chars().count() > LONGEST_BODY as usize {
        return Err("A lesson has at most 100,000 characters. Make two of it.".into());
    }
    Ok(text)
}

/// Which lesson to go on with: the first that is not done after the furthest
/// that is, else the first that is not done. `done` is in the order of lessons.
pub fn next_to_do(done: &[bool]) -> Option<usize> {
    let furthest = done.iter().rposition(|done| *done).map_or(0, |last| last + 1);
    let open = |from: usize| done.iter().skip(from).position(|done| !done).map(|at| at + from);
    open(furthest).or_else(|| open(0))
}

/// "4 hours", "1½ hours", "45 minutes"; nothing when it is not known.
pub fn hours_label(hours: f64) -> String {
    let minutes = (hours * 60.0).round();
    if minutes <= 0.0 {
        return String::new();
    }
    if minutes < 60.0 {
        return format!("{minutes} minutes");
    }
    let whole = hours.trunc();
    let rest = match ((hours - whole) * 4.0).round() {
        1.0 => "¼",
        2.0 => "½",
        3.0 => "¾",
        _ => "",
    };
    let unit = if whole <= 1.0 && rest.is_empty() {
        "hour"
    } else {
        "hours"
    };
    format!("{whole}{rest} {unit}")
}

/// "20 minutes"; nothing when it is not known.
pub fn minutes_label(minutes: u32) -> String {
    match minutes {
        0 => String::new(),
        1 => "1 minute".into(),
        _ => format!("{minutes} minutes"),
    }
}

/// "1 lesson", "7 lessons".
pub fn lessons_label(lessons: u32) -> String {
    if lessons == 1 {
        "1 lesson".into()
    } else {
        format!("{lessons} lessons")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_one_short_line() {
        assert_eq!(
            Title::parse("  Reading \n a budget ").unwrap().as_str(),
            "Reading a budget"
        );
        assert!(Title::parse(" \t ").is_err());
        assert!(Title::parse(&"x".repeat(200)).is_ok() && Title::parse(&"x".repeat(201)).is_err());
        assert!(Title::parse("a\u{0}b").is_err());
    }

    #[test]
    fn a_slug_is_never_empty_nor_taken() {
        assert_eq!(Title::parse("Carry-over!").unwrap().slug("lesson"), "carry-over");
        assert_eq!(Title::parse("図書館").unwrap().slug("lesson"), "lesson");
        assert_eq!(Title::parse("New").unwrap().slug("lesson"), "lesson");
        let taken = ["a".to_owned(), "a-2".to_owned()];
        assert_eq!(free_slug("a", &taken), "a-3");
        assert_eq!(free_slug("b", &taken), "b");
    }

    #[test]
    fn every_bad_field_of_a_course_has_its_message() {
        let AppError::Invalid(errors) = CourseFields::parse("", &"x".repeat(1_001), "many", false).unwrap_err() else {
            panic!("not an error of fields");
        };
        assert_eq!(
            errors.iter().map(|(field, _)| field).collect::<Vec<_>>(),
            ["hours", "summary", "title"]
        );
        let fields = CourseFields::parse("A", "b\r\nc", "1,5", true).unwrap();
        assert_eq!((fields.hours, fields.summary.as_str()), (1.5, "b\nc"));
        for hostile in ["NaN", "inf", "-1", "501", "1e9"] {
            assert!(CourseFields::parse("A", "", hostile, false).is_err(), "{hostile}");
        }
    }

    #[test]
    fn a_lesson_has_bounds() {
        assert!(LessonFields::parse("A", "", "", "text").is_ok());
        assert!(LessonFields::parse("A", "", "20", &"é".repeat(100_000)).is_ok());
        assert_eq!(
            LessonFields::parse("A", "", "20", &"é".repeat(100_001))
                .unwrap_err()
                .at("body")
                .map(str::is_empty),
            Some(false)
        );
        for (minutes, body) in [("-1", "x"), ("0", "x"), ("601", "x"), ("20", " \n ")] {
            assert!(LessonFields::parse("A", "", minutes, body).is_err());
        }
    }

    #[test]
    fn one_goes_on_after_the_furthest_lesson_done() {
        assert_eq!(next_to_do(&[false, false]), Some(0));
        assert_eq!(next_to_do(&[true, false, true, false]), Some(3));
        assert_eq!(next_to_do(&[true, false, true]), Some(1));
        assert_eq!(next_to_do(&[true, true]), None);
        assert_eq!(next_to_do(&[]), None);
    }

    #[test]
    fn durations_read_as_words() {
        assert_eq!(hours_label(4.0), "4 hours");
        assert_eq!(hours_label(1.0), "1 hour");
        assert_eq!(hours_label(1.5), "1½ hours");
        assert_eq!(hours_label(0.75), "45 minutes");
        assert_eq!(hours_label(0.0), "");
        assert_eq!(minutes_label(1), "1 minute");
    }
}
