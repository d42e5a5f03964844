//! What holds the words, ranked, kind by kind.

use surrealdb_types::{RecordId, SurrealValue};

use super::looking;
use crate::db::Db;
use crate::error::Result;
use crate::search::model::{Kind, MOST, MOST_OF_ONE};
use crate::viewer::Viewer;

/// What of one kind holds the words, the best first.
pub(super) struct Ranked {
    pub kind: Kind,
    pub subjects: Vec<RecordId>,
    /// Whether there are more than were ranked.
    pub more: bool,
}

/// Names what of the drafts and of the people the viewer may see.
macro_rules! scopes {
    () => {
        "LET $editions = IF $everywhere OR $curates != [] {
            (SELECT VALUE id FROM edition WHERE state IN ['draft', 'in_review']
                AND ($everywhere OR competency_set.organisation.line CONTAINSANY $curates))
         } ELSE { [] };
         LET $trained = IF $everywhere OR $trains != [] {
            (SELECT VALUE id FROM course WHERE state = 'draft' AND ($everywhere OR organisation.line CONTAINSANY $trains))
         } ELSE { [] };
         LET $enrolled = IF $me != NONE { (SELECT VALUE cohort.subject FROM enrolment WHERE person = $me) } ELSE { [] };
         LET $courses = array::concat($trained, $enrolled);
         LET $lines = array::flatten((SELECT VALUE line FROM $workplaces));
         LET $near = IF $workplaces != [] {
            (SELECT VALUE id FROM organisation WHERE id IN $lines OR line CONTAINSANY $workplaces)
         } ELSE { [] };"
    };
}
/// Whether the viewer may see an entry, by its kind. A scope's state is asked
/// for when it is looked for, so that nothing has to follow it.
macro_rules! seen {
    (index) => {
        "(scope.state = 'published' OR scope IN $editions)"
    };
    (courses) => {
        "(scope.state = 'published' OR scope IN $courses)"
    };
    (resources) => {
        "true"
    };
    (programmes) => {
        "($everywhere OR scope IN $near)"
    };
    (groups) => {
        "(scope.public = true OR scope IN $groups)"
    };
    (people) => {
        "($me != NONE AND scope.closed = NONE AND ($everywhere OR scope = $me
            OR scope.memberships.organisation CONTAINSANY $near
            OR (SELECT VALUE study_group FROM group_membership WHERE person = $parent.scope) CONTAINSANY $groups))"
    };
}
macro_rules! visible {
    () => {
        concat!(
            "(IF kind IN ['group', 'thread'] { ",
            seen!(groups),
            " } ELSE IF kind IN ['statement', 'competency'] { ",
            seen!(index),
            " } ELSE IF kind IN ['course', 'lesson'] { ",
            seen!(courses),
            " } ELSE IF kind = 'person' { ",
            seen!(people),
            " } ELSE IF kind = 'programme' { ",
            seen!(programmes),
            " } ELSE { ",
            seen!(resources),
            " })"
        )
    };
}
pub(super) use {scopes, seen, visible};

/// What holds all words is cut to one more than is counted, after what may not
/// be seen is out: a word that stands everywhere costs no more than a rare one.
macro_rules! ranked {
    ($words:literal, $kind:ident) => {
        concat!(
            "(SELECT subject, code != '' AND code = $code AS exact, search::score(1) AS score FROM search_entry
                WHERE words @1@ ",
            $words,
            " AND ",
            seen!($kind),
            " LIMIT ",
            $words,
            "_most)"
        )
    };
}

const RANKED: &str = concat!(
    "{ ",
    scopes!(),
    " [",
    ranked!("$statement", index),
    ",",
    ranked!("$competency", index),
    ",",
    ranked!("$course", courses),
    ",",
    ranked!("$lesson", courses),
    ",",
    ranked!("$resource", resources),
    ",",
    ranked!("$programme", programmes),
    ",",
    ranked!("$group", groups),
    ",",
    ranked!("$thread", groups),
    ",",
    ranked!("$person", people),
    "] };"
);

#[derive(SurrealValue)]
struct Row {
    subject: RecordId,
    exact: bool,
    score: f64,
}

/// The sign that stands before the words of a kind (see the migration).
fn sign(kind: Kind) -> char {
    match kind {
        Kind::Statement => '!',
        Kind::Competency => '#',
        Kind::Course => '$',
        Kind::Lesson => '%',
        Kind::Resource => '&',
        Kind::Programme => '*',
        Kind::Group => '+',
        Kind::Thread => '=',
        Kind::Person => '~',
    }
}

fn most(kind: Kind, only: Option<Kind>) -> usize {
    if only == Some(kind) { MOST_OF_ONE } else { MOST }
}

pub(super) async fn ranked(db: &Db, viewer: &Viewer, words: &[String], only: Option<Kind>) -> Result<Vec<Ranked>> {
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let text = words.join(" ");
    let mut vars = looking(viewer);
    for kind in Kind::ALL {
        vars.insert(kind.as_str(), format!("{} {text}", sign(kind)));
        vars.insert(format!("{}_most", kind.as_str()), most(kind, only) as i64 + 1);
    }
    vars.insert("code", text);
    let found: Vec<Vec<Row>> = db.read(RANKED, vars).await?;
    Ok(Kind::ALL
        .into_iter()
        .zip(found)
        .map(|(kind, mut rows)| {
            rows.sort_by(|a, b| {
                let best = b.exact.cmp(&a.exact).then(b.score.total_cmp(&a.score));
                best.then_with(|| a.subject.cmp(&b.subject))
            });
            let more = rows.len() > most(kind, only);
            rows.truncate(most(kind, only));
            Ranked {
                kind,
                more,
                subjects: rows.into_iter().map(|row| row.subject).collect(),
            }
        })
        .collect())
}
