//! Colleagues who could help to facilitate, to choose from.

use surrealdb_types::SurrealValue;

use super::super::model::Helpers;
use crate::db::Answers;
use crate::error::Result;
use crate::id::PersonId;
use crate::lookups::model::LISTED;

/// So many colleagues are offered in one list; where there are more, one looks
/// for them by name.
pub(super) const OFFERED: i64 = 50;

/// Trainers and facilitators of `$reach` who are not among `$besides`: all, or
/// those of `$with` and whom `$words` finds, in five statements that [`offered`]
/// reads.
macro_rules! offered_helpers {
    () => {
        "LET $helpers = (SELECT person, person.name AS name FROM membership
            WHERE organisation IN $reach AND roles CONTAINSANY ['facilitator', 'trainer'] AND person NOT IN $besides
                AND person.closed = NONE GROUP BY person, name);
         LET $many = array::len($helpers) > $offered;
         $many;
         SELECT person, name FROM $helpers WHERE $many = false OR person IN $with ORDER BY name, person;
         IF $many AND $words != '' {
            (SELECT person, name FROM $helpers WHERE person NOT IN $with AND string::slug(name) CONTAINS fn::part_of_name($words)
                ORDER BY name, person LIMIT $listed)
         } ELSE { [] };"
    };
}
pub(super) use offered_helpers;

/// A person as a list names them.
#[derive(SurrealValue)]
pub(super) struct NamedRow {
    pub person: PersonId,
    pub name: String,
}

/// People with their names.
type Named = Vec<(PersonId, String)>;

pub(super) fn named(rows: Vec<NamedRow>) -> Named {
    rows.into_iter().map(|row| (row.person, row.name)).collect()
}

/// Who is offered, and who was looked for where they are many; `first` is the
/// place of the statements among the answers.
pub(super) fn offered(answers: &mut Answers, first: usize, words: &str) -> Result<(Named, Option<Helpers>)> {
    let many = answers.row::<bool>(first + 2)?.unwrap_or(false);
    let people = named(answers.rows::<NamedRow>(first + 3)?);
    let mut found = answers.rows::<NamedRow>(first + 4)?;
    let more = found.len() > LISTED;
    found.truncate(LISTED);
    let looked_for = many.then(|| Helpers {
        query: words.to_owned(),
        found: named(found),
        more,
    });
    Ok((people, looked_for))
}
