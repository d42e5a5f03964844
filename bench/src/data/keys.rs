//! The keys of generated records: readable, and known without asking.

use surrealdb_types::{Array, Datetime, RecordId, Value};

macro_rules! keys {
    ($($name:ident = $table:literal, $letter:literal;)*) => {$(
        pub fn $name(number: usize) -> RecordId {
            RecordId::new($table, format!(concat!($letter, "{:05}"), number))
        }
    )*};
}

keys! {
    organisation = "organisation", "o";
    person = "person", "p";
    set = "competency_set", "s";
    edition = "edition", "e";
    profile = "role_profile", "r";
    plan = "plan", "pl";
    goal_action = "action", "a";
    course = "course", "c";
    resource = "resource", "re";
    cohort = "cohort", "co";
    group = "study_group", "g";
    thread = "thread", "t";
    judgement = "judgement", "j";
    reference = "cross_reference", "x";
}

/// A node by its place in its set's edition.
pub fn node(set: usize, place: usize) -> RecordId {
    RecordId::new("node", format!("n{set}-{place:05}"))
}

pub fn lesson(course: usize, place: usize) -> RecordId {
    RecordId::new("lesson", format!("l{course:05}-{place:02}"))
}

/// A thread's post by its number.
pub fn post(thread: &RecordId, number: i64) -> RecordId {
    let key = vec![Value::String(key(thread)), Value::Number(number.into())];
    RecordId::new("post", Array::from(key))
}

/// The record of `table` that says something about two others, as Carrel
/// names such records.
pub fn pair(table: &'static str, one: &RecordId, other: &RecordId) -> RecordId {
    RecordId::new(table, Array::from(vec![key(one), key(other)]))
}

/// The key of a record that this module named.
pub fn key(id: &RecordId) -> String {
    match &id.key {
        surrealdb_types::RecordIdKey::String(key) => key.clone(),
        _ => String::new(),
    }
}

/// The first of September 2026, UTC.
const BEGINNING: i64 = 1_788_220_800;
/// All that happened lies within so many minutes after it: eleven weeks.
pub const MINUTES: usize = 11 * 7 * 24 * 60;

/// A moment, in minutes after the beginning.
pub fn at(minutes: usize) -> Datetime {
    Datetime::from_timestamp(BEGINNING + 60 * minutes as i64, 0).unwrap_or(Datetime::MIN_UTC)
}
