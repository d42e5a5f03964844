//! What of a plan has a date and is not done.

use surrealdb_types::SurrealValue;

use crate::db::Db;
use crate::error::Result;
use crate::id::{ActionId, NodeId};
use crate::plans::dates;
use crate::plans::model::{ActionKind, Upcoming, order};
use crate::vars;
use crate::viewer::Person;

#[derive(SurrealValue)]
struct GoalRow {
    node: NodeId,
    title: String,
    language: Option<String>,
    due: Option<String>,
    level: i64,
    now: Option<i64>,
}

#[derive(SurrealValue)]
struct ActionRow {
    id: ActionId,
    kind: String,
    title: String,
    language: Option<String>,
    slug: Option<String>,
    due: Option<String>,
}

/// Actions and goals with a date that are not done or reached, what is late
/// among them, the earliest first.
pub async fn due(db: &Db, person: &Person, limit: u32) -> Result<Vec<Upcoming>> {
    let mut answers = db
        .run(
            "SELECT node, node.title AS title, node.edition.language AS language, due, level,
                type::record('rating', [record::id($me), record::id(node)]).level AS now
                FROM goal WHERE person = $me AND removed = NONE AND due != NONE;
             SELECT id, kind, title, subject.slug AS slug, subject.language AS language, due FROM action
                WHERE person = $me AND removed = NONE AND done = NONE AND due != NONE;",
            vars! { "me" => person.id.clone() },
        )
        .await?;
    let today = crate::time::today(&person.timezone);
    let goals = answers
        .rows::<GoalRow>(0)?
        .into_iter()
        .filter(|row| row.now.is_none_or(|now| now < row.level))
        .map(|row| {
            let upcoming = Upcoming {
                title: row.title,
                language: row.language.unwrap_or_default(),
                kind: "Goal".into(),
                href: "/me/plan".into(),
                due: dates::due(row.due, &today),
            };
            (upcoming, row.node.to_string())
        });
    let actions = answers.rows::<ActionRow>(1)?.into_iter().map(|row| {
        let kind = ActionKind::parse(&row.kind);
        let upcoming = Upcoming {
            title: row.title,
            language: row.language.unwrap_or_default(),
            kind: kind.map(ActionKind::label).unwrap_or_default().into(),
            href: kind
                .and_then(|kind| href(kind, row.slug.as_deref()))
                .unwrap_or_else(|| "/me/plan".into()),
            due: dates::due(row.due, &today),
        };
        (upcoming, row.id.to_string())
    });
    let mut list: Vec<_> = goals.chain(actions).collect();
    list.sort_by_cached_key(|(upcoming, key)| order(&upcoming.due, &upcoming.title, key));
    Ok(list
        .into_iter()
        .map(|(upcoming, _)| upcoming)
        .take(limit as usize)
        .collect())
}

/// Where the subject of an action is.
pub(super) fn href(kind: ActionKind, slug: Option<&str>) -> Option<String> {
    let slug = crate::paths::segment(slug?);
    match kind {
        ActionKind::Course => Some(format!("/courses/{slug}")),
        ActionKind::Resource => Some(format!("/resources/{slug}")),
        ActionKind::Group => Some(format!("/groups/{slug}")),
        ActionKind::Task | ActionKind::Conversation => None,
    }
}
