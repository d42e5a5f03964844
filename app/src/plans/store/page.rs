//! The plan page: one round trip.

use std::collections::HashMap;

use surrealdb_types::{Datetime, SurrealValue};

use super::upcoming::href;
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{ActionId, NodeId};
use crate::lookups::model::Suggestion;
use crate::plans::dates;
use crate::plans::model::{Action, ActionKind, Adding, Goal, OFFERED_GAPS, Offer, Plan, Removed, Wanted, What, order};
use crate::vars;
use crate::viewer::{Person, Viewer};

#[derive(SurrealValue)]
struct GoalRow {
    node: NodeId,
    code: String,
    title: String,
    address: String,
    number: i64,
    set_slug: String,
    language: String,
    levels: Vec<String>,
    level: i64,
    now: Option<i64>,
    due: Option<String>,
    open: bool,
}

#[derive(SurrealValue)]
struct ActionRow {
    id: ActionId,
    kind: String,
    title: String,
    language: Option<String>,
    slug: Option<String>,
    state: Option<String>,
    due: Option<String>,
    done: Option<Datetime>,
}

#[derive(SurrealValue)]
struct RemovedGoalRow {
    node: NodeId,
    title: String,
    removed: Datetime,
}

#[derive(SurrealValue)]
struct RemovedActionRow {
    id: ActionId,
    title: String,
    removed: Datetime,
}

#[derive(SurrealValue)]
struct TitleRow {
    title: String,
}

#[derive(SurrealValue)]
struct StatementRow {
    id: NodeId,
    code: String,
    title: String,
    language: String,
    position: i64,
    target: Option<i64>,
    levels: Option<Vec<String>>,
}

#[derive(SurrealValue)]
struct RatingRow {
    node: NodeId,
    level: Option<i64>,
}

const PAGE: &str = "
    SELECT node, node.code AS code, node.title AS title, node.address AS address, node.edition.number AS number,
        node.edition.competency_set.slug AS set_slug, node.edition.language AS language, node.edition.levels.label AS levels, node.edition.state = 'published' AS open, level, due,
        type::record('rating', [record::id($me), record::id(node)]).level AS now
        FROM goal WHERE person = $me AND removed = NONE;
    SELECT id, kind, title, subject.language AS language, subject.slug AS slug, subject.state AS state, due, done
        FROM action WHERE person = $me AND removed = NONE;
    SELECT node, node.title AS title, removed FROM goal WHERE person = $me AND removed > time::now() - 1h;
    SELECT id, title, removed FROM action WHERE person = $me AND removed > time::now() - 1h;
    LET $profile = fn::chosen_profiles($me)[0].role_profile;
    SELECT node.id AS id, node.code AS code, node.title AS title, node.edition.language AS language, node.position AS position,
        level AS target, NONE AS levels
        FROM target WHERE role_profile = $profile;
    SELECT node, level FROM rating WHERE person = $me;
    SELECT id, code, title, edition.language AS language, position, NONE AS target, edition.levels.label AS levels FROM $statement
        WHERE kind = 'statement' AND edition.state = 'published';
    SELECT title FROM $course WHERE state = 'published';
    SELECT title FROM $resource;
    SELECT VALUE record::id(subject) FROM action WHERE person = $me AND removed = NONE AND subject != NONE;";

/// The person's plan, and what can be added to it. What the address asks to
/// add and is not there is left out.
pub async fn page(db: &Db, viewer: &Viewer, person: &Person, adding: Option<Adding>) -> Result<Plan> {
    let (statement, course, resource) = match &adding {
        Some(Adding::Statement(id)) => (Some(id.clone()), None, None),
        Some(Adding::Course(id)) => (None, Some(id.clone()), None),
        Some(Adding::Resource(id)) => (None, None, Some(id.clone())),
        _ => (None, None, None),
    };
    let vars =
        vars! { "me" => person.id.clone(), "statement" => statement, "course" => course, "resource" => resource };
    let mut answers = db.run(PAGE, vars).await?;
    let today = crate::time::today(&person.timezone);
    let goals = goals(answers.rows(0)?, &today);
    let actions = actions(answers.rows(1)?, &today, &person.timezone);
    let removed = removed(answers.rows(2)?, answers.rows(3)?);
    let targets = answers.rows::<StatementRow>(5)?;
    let ratings: HashMap<NodeId, Option<i64>> = answers
        .rows::<RatingRow>(6)?
        .into_iter()
        .map(|row| (row.node, row.level))
        .collect();
    let mut offer = Offer {
        key: ActionId::random().to_string(),
        groups: viewer
            .groups
            .iter()
            .map(|group| (group.id.to_string(), group.title.clone()))
            .collect(),
        ..Offer::default()
    };
    let asked = match &adding {
        Some(Adding::Statement(_)) => answers.row::<StatementRow>(7)?.map(|row| {
            offer.levels = row.levels.clone().unwrap_or_default();
            (
                name(&row),
                targets
                    .iter()
                    .find(|target| target.id == row.id)
                    .and_then(|target| target.target),
            )
        }),
        Some(Adding::Course(_)) => answers.row::<TitleRow>(8)?.map(|row| (row.title, None)),
        Some(Adding::Resource(_)) => answers.row::<TitleRow>(9)?.map(|row| (row.title, None)),
        Some(Adding::Group(id)) => viewer.group(id).map(|group| (group.title.clone(), None)),
        None => None,
    };
    if adding.is_some() && asked.is_none() {
        return Err(AppError::NotFound);
    }
    let subjects: Vec<String> = answers.rows(10)?;
    offer.adding = adding.zip(asked).map(|(what, (title, level))| Wanted {
        planned: is_planned(&what, &goals, &subjects),
        level: level.and_then(|level| u32::try_from(level).ok()),
        now: match &what {
            Adding::Statement(node) => ratings
                .get(node)
                .copied()
                .flatten()
                .and_then(|now| u32::try_from(now).ok()),
            _ => None,
        },
        what,
        title,
    });
    let mut gaps = statements(targets, &ratings, &goals);
    offer.more_gaps = gaps.len() > OFFERED_GAPS;
    gaps.truncate(OFFERED_GAPS);
    offer.statements = gaps;
    Ok(Plan {
        owner: person.name.clone(),
        today: crate::time::day_label(&today),
        goals,
        actions,
        removed,
        offer,
    })
}

fn goals(rows: Vec<GoalRow>, today: &str) -> Vec<Goal> {
    let mut goals: Vec<Goal> = rows
        .into_iter()
        .map(|row| Goal {
            href: format!(
                "/index/{}/{}/{}",
                row.set_slug,
                row.number,
                crate::paths::segment(&row.address)
            ),
            node: row.node,
            code: row.code,
            title: row.title,
            language: row.language,
            levels: row.levels,
            level: u32::try_from(row.level).unwrap_or(0),
            now: row.now.and_then(|now| u32::try_from(now).ok()),
            due: dates::due(row.due, today),
            open: row.open,
        })
        .collect();
    goals.sort_by_cached_key(|goal| order(&goal.due, &goal.title, goal.node.as_str()));
    goals
}

fn actions(rows: Vec<ActionRow>, today: &str, zone: &str) -> Vec<Action> {
    let mut actions: Vec<Action> = rows
        .into_iter()
        .filter_map(|row| {
            let kind = ActionKind::parse(&row.kind)?;
            // A course that is not published any more has no page to go to.
            let open = row.state.as_deref().is_none_or(|state| state == "published");
            Some(Action {
                href: href(kind, row.slug.as_deref()).filter(|_| open),
                id: row.id,
                kind,
                title: row.title,
                language: row.language.unwrap_or_default(),
                due: dates::due(row.due, today),
                done: row.done.map(|done| crate::time::day(&done, zone)),
            })
        })
        .collect();
    actions.sort_by_cached_key(|action| {
        (
            action.done.is_some(),
            order(&action.due, &action.title, action.id.as_str()),
        )
    });
    actions
}

fn fresh(removed: &Datetime) -> bool {
    crate::time::seconds_since(removed) < 60
}

fn removed(goals: Vec<RemovedGoalRow>, actions: Vec<RemovedActionRow>) -> Vec<Removed> {
    let goals = goals.into_iter().map(|row| {
        (
            row.removed,
            Removed {
                title: row.title,
                fresh: fresh(&row.removed),
                what: What::Goal(row.node),
            },
        )
    });
    let actions = actions.into_iter().map(|row| {
        (
            row.removed,
            Removed {
                title: row.title,
                fresh: fresh(&row.removed),
                what: What::Action(row.id),
            },
        )
    });
    let mut removed: Vec<_> = goals.chain(actions).collect();
    removed.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    removed.into_iter().map(|(_, removed)| removed).take(3).collect()
}

/// Statements of the role with a gap, or not rated yet, that are not planned.
fn statements(
    mut targets: Vec<StatementRow>,
    ratings: &HashMap<NodeId, Option<i64>>,
    goals: &[Goal],
) -> Vec<Suggestion> {
    targets.sort_by(|a, b| (a.position, &a.id).cmp(&(b.position, &b.id)));
    targets
        .iter()
        .filter(|row| match ratings.get(&row.id) {
            // Rated without a level: not part of the person's work.
            Some(level) => level.is_some_and(|level| Some(level) < row.target),
            None => true,
        })
        .filter(|row| goals.iter().all(|goal| goal.node != row.id))
        .map(|row| Suggestion {
            id: row.id.to_string(),
            word: name(row),
            code: row.code.clone(),
            title: row.title.clone(),
            place: String::new(),
            language: row.language.clone(),
        })
        .collect()
}

fn name(row: &StatementRow) -> String {
    if row.code.is_empty() {
        row.title.clone()
    } else {
        format!("{} {}", row.code, row.title)
    }
}

fn is_planned(what: &Adding, goals: &[Goal], subjects: &[String]) -> bool {
    let has = |key: &str| subjects.iter().any(|subject| subject == key);
    match what {
        Adding::Statement(id) => goals.iter().any(|goal| goal.node == *id),
        Adding::Course(id) => has(id.as_str()),
        Adding::Resource(id) => has(id.as_str()),
        Adding::Group(id) => has(id.as_str()),
    }
}
