//! What levels of the editions before are called on a draft's scale.

use surrealdb_types::SurrealValue;

use super::own_draft;
use super::reading::Two;
use crate::db::Db;
use crate::editions::levels::{Levels, Scale, suggested};
use crate::editions::model::LevelAsked;
use crate::error::{AppError, FieldErrors, Result};
use crate::id::EditionId;
use crate::vars;
use crate::viewer::Viewer;

/// Most levels that are spoken of at once: scales have a few, and few editions are
/// in force together.
const MOST: usize = 200;

/// An old label with the one of the scale.
#[derive(Debug, Clone, SurrealValue)]
pub(super) struct NameRow {
    was: String,
    now: String,
}

impl From<NameRow> for (String, String) {
    fn from(row: NameRow) -> Self {
        (row.was, row.now)
    }
}

#[derive(SurrealValue)]
struct DraftRow {
    labels: Vec<String>,
    earlier: Vec<Vec<String>>,
}

/// The levels that were given and whose labels the draft's scale does not have, each
/// with what was said of it and what is suggested.
pub(super) fn asked(two: &Two) -> Vec<LevelAsked> {
    let scale = Scale {
        labels: two.labels.clone(),
        named: two.named.iter().cloned().map(Into::into).collect(),
    };
    let mut asked: Vec<LevelAsked> = Vec::new();
    for base in &two.bases {
        let suggested = suggested(&base.labels, &scale.labels);
        let open = Levels::through(&base.labels, std::slice::from_ref(&scale)).unknown();
        for at in Levels::between(&base.labels, &scale.labels).unknown() {
            let label = &base.labels[at];
            if asked.iter().any(|one| one.label == *label) {
                continue;
            }
            let said = scale.named.iter().find(|(was, _)| was == label);
            let stands = |now: &&(String, String)| now.1.is_empty() || scale.labels.contains(&now.1);
            asked.push(LevelAsked {
                label: label.clone(),
                said: said.filter(stands).map(|(_, now)| now.clone()),
                suggested: suggested[at].map(|at| scale.labels[at].clone()),
                asks: open.contains(&at),
            });
        }
    }
    asked
}

/// Says what levels of the editions before are called on the draft's scale; with
/// nothing said of one, people are asked.
pub async fn name_levels(
    db: &Db,
    viewer: &Viewer,
    edition: &EditionId,
    was: &[String],
    levels: &[String],
) -> Result<()> {
    own_draft(db, viewer, edition).await?;
    let row: Option<DraftRow> = db
        .row(
            "SELECT levels.label AS labels, (SELECT VALUE levels.label FROM edition WHERE competency_set = $parent.competency_set
                AND number < $parent.number AND state IN ['published', 'retired']) AS earlier FROM $edition;",
            vars! { "edition" => edition.clone() },
        )
        .await?;
    let row = row.ok_or(AppError::NotFound)?;
    if was.len() != levels.len() || was.len() > MOST || !was.iter().all(|label| row.gave(label)) {
        return Err(AppError::Conflict(
            "The scales are not as they were. Look at the levels again, then save them.".into(),
        ));
    }
    let mut errors = FieldErrors::default();
    for (at, level) in levels.iter().enumerate() {
        if !level.is_empty() && !row.labels.contains(level) {
            errors.add(&format!("levels[{at}]"), "Choose a level of the draft’s scale.");
        }
    }
    errors.check()?;
    let pair = |(was, now): (&String, &String)| NameRow {
        was: was.clone(),
        now: now.clone(),
    };
    let named: Vec<NameRow> = was.iter().zip(levels).map(pair).collect();
    db.write(
        "UPDATE $edition SET levels_from = $named RETURN NONE;",
        vars! { "edition" => edition.clone(), "named" => named },
    )
    .await
    .map(drop)
}

impl DraftRow {
    fn gave(&self, label: &String) -> bool {
        self.earlier.iter().any(|labels| labels.contains(label))
    }
}
