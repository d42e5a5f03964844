//! Saving one rating: a judgement is added, the rating is what reads it. What a
//! new edition asked of the statement is answered with it.

use surrealdb_types::SurrealValue;

use crate::assessments::model::{Said, parse_aim, parse_note};
use crate::db::Db;
use crate::error::{AppError, FieldErrors, Result};
use crate::id::{JudgementId, NodeId, PersonId};
use crate::vars;

/// A rating as a form sends it.
#[derive(Debug, Clone, Default)]
pub struct Rating {
    /// The slug of the role profile that is rated; empty when none is.
    pub profile: String,
    pub level: String,
    pub aimed_at: String,
    pub note: String,
}

#[derive(SurrealValue)]
struct ScaleRow {
    levels: i64,
}

/// Adds a self-judgement, unless it says the same as the newest one. The
/// statement must be in a published edition and, when a role profile is named,
/// among what that role needs; otherwise it is not found.
pub async fn save(db: &Db, person: &PersonId, node: &NodeId, rating: &Rating) -> Result<()> {
    let mut answers = db
        .run(
            "LET $profile = fn::profile_named($slug, $me);
             SELECT array::len(edition.levels) AS levels FROM $node
                WHERE kind = 'statement' AND edition.state = 'published'
                AND ($slug = '' OR ($profile != NONE
                    AND type::record('target', [record::id($profile), record::id($node)]).level != NONE));",
            vars! { "me" => person.clone(), "node" => node.clone(), "slug" => rating.profile.clone() },
        )
        .await?;
    let scale = answers.row::<ScaleRow>(1)?.ok_or(AppError::NotFound)?;
    let levels = u32::try_from(scale.levels).unwrap_or(0);
    let mut errors = FieldErrors::default();
    let said = errors.take("level", Said::parse(&rating.level, levels));
    let aimed_at = errors.take("aimed_at", parse_aim(&rating.aimed_at, levels));
    let note = errors.take("note", parse_note(&rating.note));
    errors.check()?;
    let (Some(said), Some(aimed_at), Some(note)) = (said, aimed_at, note) else {
        return Err(AppError::Internal);
    };
    write(db, person, node, said, aimed_at, note).await
}

async fn write(
    db: &Db,
    person: &PersonId,
    node: &NodeId,
    said: Said,
    aimed_at: Option<u32>,
    note: String,
) -> Result<()> {
    db.write(
        "LET $rating = type::record('rating', [record::id($me), record::id($node)]);
         LET $before = (SELECT level, aimed_at, not_my_work, note FROM $rating)[0];
         IF $before = NONE OR $before.level != $level OR $before.aimed_at != $aimed_at
            OR $before.not_my_work != $not_my_work OR $before.note != $note {
            CREATE $judgement SET person = $me, given_by = $me, kind = 'self', node = $node, level = $level,
                aimed_at = $aimed_at, not_my_work = $not_my_work, note = $note;
            UPSERT $rating SET person = $me, node = $node, level = $level, aimed_at = $aimed_at,
                not_my_work = $not_my_work, note = $note, at = time::now();
         };
         UPDATE type::record('edition_question', [record::id($me), record::id($node)])
            SET answered = time::now(), answer = 'rated' WHERE answered = NONE RETURN NONE;",
        vars! {
            "me" => person.clone(), "node" => node.clone(), "judgement" => JudgementId::random(),
            "level" => said.level().map(i64::from), "aimed_at" => aimed_at.map(i64::from),
            "not_my_work" => said == Said::NotMyWork, "note" => note,
        },
    )
    .await
    .map(drop)
}
