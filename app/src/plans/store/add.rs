//! Adding to a plan. Ids follow from what is added, so that adding the same
//! twice changes nothing.

use sha2::{Digest, Sha256};
use surrealdb_types::{SurrealValue, Value};

use crate::assessments::model::parse_level;
use crate::db::Db;
use crate::error::{AppError, FieldErrors, Result};
use crate::id::{ActionId, CourseId, GroupId, NodeId, PersonId, ResourceId};
use crate::plans::dates;
use crate::plans::model::{ActionKind, ActionTitle};
use crate::vars;
use crate::viewer::Viewer;

/// The most goals, and the most actions, that a plan holds.
const MOST: i64 = 200;

#[derive(SurrealValue)]
struct StatementRow {
    levels: i64,
    target: Option<i64>,
    now: Option<i64>,
}

/// Adds a statement with the level to reach. Without a level it is what the
/// role profile chosen last needs, else the highest one.
pub async fn add_goal(db: &Db, person: &PersonId, node: &NodeId, level: &str, due: &str) -> Result<()> {
    let mut answers = db
        .run(
            "LET $profile = fn::chosen_profiles($me)[0].role_profile;
             SELECT array::len(edition.levels) AS levels,
                IF $profile != NONE { type::record('target', [record::id($profile), record::id($node)]).level } AS target,
                type::record('rating', [record::id($me), record::id($node)]).level AS now
                FROM $node WHERE kind = 'statement' AND edition.state = 'published';",
            vars! { "me" => person.clone(), "node" => node.clone() },
        )
        .await?;
    let row = answers.row::<StatementRow>(1)?.ok_or(AppError::NotFound)?;
    let levels = u32::try_from(row.levels).unwrap_or(0);
    let usual = row.target.unwrap_or(row.levels - 1).max(0);
    let mut errors = FieldErrors::default();
    let level = match level.trim() {
        "" => Some(usual),
        level => errors.take("level", parse_level(level, levels)).map(i64::from),
    };
    let due = errors.take("due", dates::parse(due));
    if level.is_some_and(|level| row.now.is_some_and(|now| level <= now)) {
        errors.add(
            "level",
            "You have this level already, as you rate yourself. Choose a higher one.",
        );
    }
    errors.check()?;
    let (Some(level), Some(due)) = (level, due) else {
        return Err(AppError::Internal);
    };
    db.write(
        "LET $plan = type::record('plan', record::id($me));
         IF (SELECT VALUE id FROM $plan) = [] { CREATE $plan SET person = $me, title = 'My learning plan' };
         LET $goal = type::record('goal', [record::id($plan), record::id($node)]);
         LET $before = (SELECT removed, level, due FROM $goal)[0];
         IF $before = NONE {
            IF count(SELECT VALUE id FROM goal WHERE plan = $plan AND removed = NONE) >= $most {
                THROW 'A plan has room for 200 goals. Take some out first.'
            };
            CREATE $goal SET plan = $plan, person = $me, node = $node, level = $level, due = $due;
         } ELSE IF $before.removed != NONE {
            UPDATE $goal SET removed = NONE, level = $level, due = $due;
         } ELSE IF $before.level != $level OR $before.due != $due {
            THROW 'This statement is in your plan already. Change its level or its date there.'
         };",
        vars! { "me" => person.clone(), "node" => node.clone(), "level" => level, "due" => due, "most" => MOST },
    )
    .await
    .map(drop)
}

/// Something in Carrel that an action can be about.
#[derive(Debug, Clone)]
pub enum Subject {
    Course(CourseId),
    Resource(ResourceId),
    Group(GroupId),
}

impl Subject {
    fn kind(&self) -> ActionKind {
        match self {
            Self::Course(_) => ActionKind::Course,
            Self::Resource(_) => ActionKind::Resource,
            Self::Group(_) => ActionKind::Group,
        }
    }

    fn key(&self) -> &str {
        match self {
            Self::Course(id) => id.as_str(),
            Self::Resource(id) => id.as_str(),
            Self::Group(id) => id.as_str(),
        }
    }

    fn value(&self) -> Value {
        match self.clone() {
            Self::Course(id) => id.into_value(),
            Self::Resource(id) => id.into_value(),
            Self::Group(id) => id.into_value(),
        }
    }

    /// Its title, if the viewer may know of it.
    async fn title(&self, db: &Db, viewer: &Viewer) -> Result<String> {
        let title: Option<String> = match self {
            Self::Course(id) => {
                db.row(
                    "SELECT VALUE title FROM $id WHERE state = 'published';",
                    vars! { "id" => id.clone() },
                )
                .await?
            }
            Self::Resource(id) => {
                db.row("SELECT VALUE title FROM $id;", vars! { "id" => id.clone() })
                    .await?
            }
            Self::Group(id) => viewer.group(id).map(|group| group.title.clone()),
        };
        title.ok_or(AppError::NotFound)
    }
}

/// Something to do: about a subject, or in one's own words. The key tells two
/// tasks of the same words apart, and one that is sent twice from two.
#[derive(Debug, Clone)]
pub enum NewAction {
    About(Subject),
    Task { title: String, key: String },
    Conversation { title: String, key: String },
}

impl NewAction {
    /// Whether it is said in words of one's own.
    pub fn has_words(&self) -> bool {
        !matches!(self, Self::About(_))
    }
}

/// Adds something to do.
pub async fn add_action(db: &Db, viewer: &Viewer, new: NewAction, due: &str) -> Result<()> {
    let me = viewer.id().ok_or(AppError::SignInNeeded)?;
    let mut errors = FieldErrors::default();
    let due = errors.take("due", dates::parse(due));
    let (kind, subject, title, key) = match new {
        NewAction::About(subject) => {
            let title = subject.title(db, viewer).await?;
            (
                subject.kind(),
                Some(subject.value()),
                Some(title),
                subject.key().to_owned(),
            )
        }
        NewAction::Task { title, key } => own(ActionKind::Task, &title, &key, &mut errors),
        NewAction::Conversation { title, key } => own(ActionKind::Conversation, &title, &key, &mut errors),
    };
    errors.check()?;
    let (Some(title), Some(due)) = (title, due) else {
        return Err(AppError::Internal);
    };
    let id = action_id(me, kind, &key).ok_or(AppError::Internal)?;
    db.write(
        "LET $plan = type::record('plan', record::id($me));
         IF (SELECT VALUE id FROM $plan) = [] { CREATE $plan SET person = $me, title = 'My learning plan' };
         LET $before = (SELECT removed, id FROM $action)[0];
         IF $before = NONE {
            IF count(SELECT VALUE id FROM action WHERE plan = $plan AND removed = NONE) >= $most {
                THROW 'A plan has room for 200 actions. Take some out first.'
            };
            CREATE $action SET plan = $plan, person = $me, kind = $kind, subject = $subject, title = $title, due = $due;
         } ELSE IF $before.removed != NONE {
            UPDATE $action SET removed = NONE, due = $due;
         };",
        vars! {
            "me" => me.clone(), "action" => id, "kind" => kind.as_str(), "subject" => subject,
            "title" => title.chars().take(300).collect::<String>(), "due" => due, "most" => MOST,
        },
    )
    .await
    .map(drop)
}

fn own(
    kind: ActionKind,
    title: &str,
    key: &str,
    errors: &mut FieldErrors,
) -> (ActionKind, Option<Value>, Option<String>, String) {
    let title = errors
        .take("title", ActionTitle::parse(title))
        .map(|title| title.as_str().to_owned());
    let key = format!("{key}\n{}", title.as_deref().unwrap_or_default());
    (kind, None, title, key)
}

/// The same for the same person and thing, and short enough for a key.
fn action_id(person: &PersonId, kind: ActionKind, key: &str) -> Option<ActionId> {
    let hash = Sha256::digest(format!("{person}\n{}\n{key}", kind.as_str()));
    ActionId::parse(
        &hash
            .iter()
            .take(20)
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>(),
    )
}
