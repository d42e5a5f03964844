//! Changing what is in a plan. What belongs to somebody else is not found.

use surrealdb_types::{SurrealValue, Value};

use crate::assessments::model::parse_level;
use crate::db::{Answers, Db};
use crate::error::{AppError, FieldErrors, Result};
use crate::id::{ActionId, NodeId, PersonId};
use crate::plans::dates;
use crate::plans::model::{ActionTitle, What};
use crate::vars;

/// Something was changed, or there was nothing of the person's to change.
fn found(mut answers: Answers, statement: usize) -> Result<()> {
    if answers.rows::<Value>(statement)?.is_empty() {
        Err(AppError::NotFound)
    } else {
        Ok(())
    }
}

#[derive(SurrealValue)]
struct ScaleRow {
    levels: i64,
}

/// Sets a goal's level and date.
pub async fn change_goal(db: &Db, person: &PersonId, node: &NodeId, level: &str, due: &str) -> Result<()> {
    let row: Option<ScaleRow> = db
        .row(
            "SELECT array::len(edition.levels) AS levels FROM $node WHERE kind = 'statement';",
            vars! { "node" => node.clone() },
        )
        .await?;
    let levels = row
        .and_then(|row| u32::try_from(row.levels).ok())
        .ok_or(AppError::NotFound)?;
    let mut errors = FieldErrors::default();
    let level = errors.take("level", parse_level(level, levels));
    let due = errors.take("due", dates::parse(due));
    errors.check()?;
    let (Some(level), Some(due)) = (level, due) else {
        return Err(AppError::Internal);
    };
    let answers = db
        .write(
            "UPDATE type::record('goal', [record::id($me), record::id($node)]) SET level = $level, due = $due
                WHERE person = $me AND removed = NONE;",
            vars! { "me" => person.clone(), "node" => node.clone(), "level" => i64::from(level), "due" => due },
        )
        .await?;
    found(answers, 0)
}

/// The date of something in the person's plan.
pub async fn date_of(db: &Db, person: &PersonId, what: &What) -> Result<Option<String>> {
    let (sql, id) = match what {
        What::Goal(node) => (
            "SELECT VALUE due FROM type::record('goal', [record::id($me), record::id($id)]) WHERE person = $me AND due != NONE;",
            node.clone().into_value(),
        ),
        What::Action(action) => (
            "SELECT VALUE due FROM $id WHERE person = $me AND due != NONE;",
            action.clone().into_value(),
        ),
    };
    db.row(sql, vars! { "me" => person.clone(), "id" => id }).await
}

/// What the person calls something that they will do.
pub async fn title_of(db: &Db, person: &PersonId, action: &ActionId) -> Result<Option<String>> {
    db.row(
        "SELECT VALUE title FROM $id WHERE person = $me;",
        vars! { "me" => person.clone(), "id" => action.clone() },
    )
    .await
}

/// Sets an action's date and, where it is said in the person's own words, these.
pub async fn change_action(
    db: &Db,
    person: &PersonId,
    action: &ActionId,
    title: Option<&str>,
    due: &str,
) -> Result<()> {
    let mut errors = FieldErrors::default();
    let title = title.and_then(|title| errors.take("title", ActionTitle::parse(title)));
    let due = errors.take("due", dates::parse(due));
    errors.check()?;
    let title = title.map(|title| title.as_str().to_owned());
    let answers = db
        .write(
            "UPDATE $action SET due = $due, title = IF $title != NONE AND subject = NONE { $title } ELSE { title }
                WHERE person = $me AND removed = NONE;",
            vars! { "me" => person.clone(), "action" => action.clone(), "title" => title, "due" => due.flatten() },
        )
        .await?;
    found(answers, 0)
}

/// Marks an action done, or not done after all. Done twice, the first time
/// stays.
pub async fn set_done(db: &Db, person: &PersonId, action: &ActionId, done: bool) -> Result<()> {
    let sql = if done {
        "UPDATE $action SET done = done ?? time::now() WHERE person = $me AND removed = NONE;"
    } else {
        "UPDATE $action SET done = NONE WHERE person = $me AND removed = NONE;"
    };
    let answers = db
        .write(sql, vars! { "me" => person.clone(), "action" => action.clone() })
        .await?;
    found(answers, 0)
}

/// Takes a goal out; it can be put back. What was taken out a month ago goes
/// for good.
pub async fn remove_goal(db: &Db, person: &PersonId, node: &NodeId) -> Result<()> {
    let answers = db
        .write(
            "UPDATE type::record('goal', [record::id($me), record::id($node)]) SET removed = removed ?? time::now()
                WHERE person = $me;
             DELETE goal WHERE person = $me AND removed != NONE AND removed < time::now() - 30d;",
            vars! { "me" => person.clone(), "node" => node.clone() },
        )
        .await?;
    found(answers, 0)
}

/// Puts a goal back.
pub async fn restore_goal(db: &Db, person: &PersonId, node: &NodeId) -> Result<()> {
    let answers = db
        .write(
            "UPDATE type::record('goal', [record::id($me), record::id($node)]) SET removed = NONE WHERE person = $me;",
            vars! { "me" => person.clone(), "node" => node.clone() },
        )
        .await?;
    found(answers, 0)
}

/// Takes an action out; it can be put back.
pub async fn remove_action(db: &Db, person: &PersonId, action: &ActionId) -> Result<()> {
    let answers = db
        .write(
            "UPDATE $action SET removed = removed ?? time::now() WHERE person = $me;
             DELETE action WHERE person = $me AND removed != NONE AND removed < time::now() - 30d;",
            vars! { "me" => person.clone(), "action" => action.clone() },
        )
        .await?;
    found(answers, 0)
}

/// Puts an action back.
pub async fn restore_action(db: &Db, person: &PersonId, action: &ActionId) -> Result<()> {
    let answers = db
        .write(
            "UPDATE $action SET removed = NONE WHERE person = $me;",
            vars! { "me" => person.clone(), "action" => action.clone() },
        )
        .await?;
    found(answers, 0)
}
