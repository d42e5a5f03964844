//! What is aligned to a node: courses and resources.

use surrealdb_types::{SurrealValue, Value};

use super::count;
use crate::competencies::model::{Learning, Subject, counted};
use crate::id::{CourseId, ResourceId};

#[derive(SurrealValue)]
pub(super) struct LearningRow {
    subject: Value,
    level: i64,
    title: Option<String>,
    slug: Option<String>,
    kind: Option<String>,
    minutes: Option<i64>,
    hours: Option<f64>,
    lessons: Option<i64>,
    state: Option<String>,
    publisher: Option<String>,
    url: Option<String>,
}

impl LearningRow {
    /// What it is as a page shows it; nothing where it is not open, or gone.
    pub(super) fn into_learning(self) -> Option<Learning> {
        let row = self;
        let Value::RecordId(subject) = &row.subject else {
            return None;
        };
        let title = row.title?;
        let mut facts = Vec::new();
        if subject.table.as_str() == CourseId::TABLE {
            if row.state.as_deref() != Some("published") {
                return None;
            }
            facts.push(counted(count(row.lessons.unwrap_or(0)), "lesson", "lessons"));
            facts.extend(row.hours.filter(|hours| *hours > 0.0).map(hours_words));
            return Some(Learning {
                subject: Subject::Course(CourseId::from_value(row.subject).ok()?),
                kind: "Course".into(),
                title,
                href: format!("/courses/{}", row.slug?),
                facts: facts.join(" · "),
                level: count(row.level),
            });
        }
        facts.extend(row.publisher.filter(|publisher| !publisher.is_empty()));
        facts.extend(
            row.minutes
                .filter(|minutes| *minutes > 0)
                .map(|minutes| counted(count(minutes), "minute", "minutes")),
        );
        Some(Learning {
            subject: Subject::Resource(ResourceId::from_value(row.subject).ok()?),
            kind: capital(&row.kind.unwrap_or_default()),
            title,
            href: row
                .url
                .filter(|url| url.starts_with("https://") || url.starts_with("http://"))?,
            facts: facts.join(" · "),
            level: count(row.level),
        })
    }
}

/// "4 hours", "1 hour", "2.5 hours".
fn hours_words(hours: f64) -> String {
    let hours = (hours * 10.0).round() / 10.0;
    if (hours - 1.0).abs() < f64::EPSILON {
        "1 hour".into()
    } else {
        format!("{hours} hours")
    }
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}
