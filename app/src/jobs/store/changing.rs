//! The words of a job description, its state, and removing it.

use surrealdb_types::SurrealValue;

use super::{Own, count, own, own_fields};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::JobId;
use crate::jobs::model::{State, Texts, WordsForm};
use crate::jobs::rules::parse_words;
use crate::vars;
use crate::viewer::Viewer;

/// What the form of its words says.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    pub title: String,
    pub texts: Texts,
    /// How often they had been saved when the form was filled.
    pub base: u32,
    /// Mine counts where somebody else saved others meanwhile.
    pub over: bool,
}

#[derive(SurrealValue)]
pub(super) struct TextsRow {
    purpose: String,
    further: String,
    hours: String,
    contract: String,
    grade: String,
    place: String,
    reports_to: String,
    about: String,
    apply: String,
}

macro_rules! text_fields {
    () => {
        "purpose, further, hours, contract, grade, place, reports_to, about, apply"
    };
}
pub(super) use text_fields;

impl From<TextsRow> for Texts {
    fn from(row: TextsRow) -> Self {
        Self {
            purpose: row.purpose,
            further: row.further,
            hours: row.hours,
            contract: row.contract,
            grade: row.grade,
            place: row.place,
            reports_to: row.reports_to,
            about: row.about,
            apply: row.apply,
        }
    }
}

const WORDS: &str = concat!(
    "SELECT ",
    own_fields!(),
    " FROM $job; SELECT ",
    text_fields!(),
    " FROM $job;"
);

/// Its words as they are edited.
pub async fn words_form(db: &Db, viewer: &Viewer, job: &JobId) -> Result<WordsForm> {
    let vars = vars! { "job" => job.clone(), "me" => viewer.id().cloned() };
    let mut answers = db.run(WORDS, vars).await?;
    let own = Own::checked(answers.row::<Own>(0)?, viewer)?;
    let texts = answers.row::<TextsRow>(1)?.ok_or(AppError::NotFound)?;
    Ok(WordsForm {
        id: job.clone(),
        state: own.state(),
        title: own.title,
        organisation: own.organisation_name,
        texts: texts.into(),
        base: count(own.worded),
    })
}

/// What is answered where somebody else saved other words.
const STALE: &str = "stale";

/// Saves its title and texts; the same words once more change nothing.
pub async fn save_words(db: &Db, viewer: &Viewer, job: &JobId, sent: &Sent) -> Result<()> {
    own(db, viewer, job).await?;
    let (title, texts) = parse_words(&sent.title, &sent.texts)?;
    db.write(
        "LET $now = (SELECT worded FROM $job)[0];
         IF $now = NONE { THROW 'not found' };
         LET $same = (SELECT VALUE id FROM $job WHERE title = $title AND purpose = $purpose AND further = $further AND hours = $hours
            AND contract = $contract AND grade = $grade AND place = $place AND reports_to = $reports_to AND about = $about AND apply = $apply);
         IF $same = [] {
            IF $now.worded != $base AND !$over { THROW 'stale' };
            UPDATE $job SET title = $title, purpose = $purpose, further = $further, hours = $hours, contract = $contract, grade = $grade,
                place = $place, reports_to = $reports_to, about = $about, apply = $apply, worded += 1, changes += 1 RETURN NONE;
         };",
        vars! {
            "job" => job.clone(), "base" => i64::from(sent.base), "over" => sent.over, "title" => title.as_str().to_owned(),
            "purpose" => texts.purpose, "further" => texts.further, "hours" => texts.hours, "contract" => texts.contract,
            "grade" => texts.grade, "place" => texts.place, "reports_to" => texts.reports_to, "about" => texts.about,
            "apply" => texts.apply,
        },
    )
    .await
    .map(drop)
    .map_err(stale)
}

fn stale(error: AppError) -> AppError {
    match error {
        AppError::Conflict(said) if said == STALE => AppError::field(
            "over",
            "Meanwhile somebody saved other words. Yours are still here, and nothing of them is saved yet: look at theirs in another window, or send it again with the box ticked.",
        ),
        other => other,
    }
}

/// Puts it in use or withdraws it.
pub async fn set_state(db: &Db, viewer: &Viewer, job: &JobId, to: State) -> Result<()> {
    let now = own(db, viewer, job).await?.state();
    let never_used = now == State::Draft && to == State::Withdrawn;
    if to == State::Draft || never_used {
        return Err(AppError::field("to", "Only what is in use is withdrawn."));
    }
    db.write(
        "IF $to = 'in_use' AND $job.further = '' AND (SELECT VALUE id FROM duty WHERE job_description = $job LIMIT 1) = [] {
            THROW 'It asks for nothing yet. Add duties first.'
         };
         UPDATE $job SET state = $to, changes += 1 WHERE state != $to RETURN NONE;",
        vars! { "job" => job.clone(), "to" => to.as_str() },
    )
    .await
    .map(drop)
}

/// Removes it with its duties, once its title was typed; what is in use is withdrawn
/// first.
pub async fn remove(db: &Db, viewer: &Viewer, job: &JobId, confirm: &str) -> Result<()> {
    let own = own(db, viewer, job).await?;
    if confirm.trim().to_lowercase() != own.title.to_lowercase() {
        let message = format!("Type “{}” to remove this job description.", own.title);
        return Err(AppError::field("confirm", message));
    }
    db.write(
        "IF $job.state = 'in_use' { THROW 'People read this job description. Withdraw it first, then remove it.' };
         DELETE $job RETURN NONE;",
        vars! { "job" => job.clone() },
    )
    .await
    .map(drop)
}
