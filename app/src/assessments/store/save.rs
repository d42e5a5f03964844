//! Saving ratings: a judgement is added, the rating is what reads it. What a new
//! edition asked of the statement is answered with it.

use std::collections::{BTreeSet, HashMap};

use surrealdb_types::SurrealValue;

use crate::assessments::model::{Said, field_of, parse_aim, parse_note};
use crate::assessments::sitting::SITTING;
use crate::db::Db;
use crate::error::{AppError, FieldErrors, Result};
use crate::id::{JudgementId, NodeId, PersonId};
use crate::vars;

/// What a page of statements sends: each by its node.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    /// The slug of the role profile that is rated; empty when none is.
    pub profile: String,
    pub levels: HashMap<String, String>,
    pub aims: HashMap<String, String>,
    pub notes: HashMap<String, String>,
    /// The statement whose button was pressed.
    pub pressed: String,
}

#[derive(SurrealValue)]
struct ScaleRow {
    node: NodeId,
    levels: i64,
}

#[derive(SurrealValue)]
struct NewRating {
    node: NodeId,
    judgement: JudgementId,
    level: Option<i64>,
    aimed_at: Option<i64>,
    not_my_work: bool,
    note: String,
}

impl Sent {
    /// Those of which something is said. With nothing said at all it is the one
    /// whose button was pressed, which then is asked for a level.
    fn nodes(&self) -> Result<Vec<NodeId>> {
        let said = [&self.levels, &self.aims, &self.notes].into_iter().flatten();
        let mut keys: BTreeSet<&str> = said
            .filter(|(_, text)| !text.trim().is_empty())
            .map(|(key, _)| key.as_str())
            .collect();
        if keys.is_empty() {
            keys.insert(&self.pressed);
        }
        if keys.len() > SITTING as usize {
            let words = format!("At most {SITTING} statements are rated at once.");
            return Err(AppError::field("", words));
        }
        let node = |key: &str| NodeId::parse(key).ok_or(AppError::NotFound);
        keys.into_iter().map(node).collect()
    }
}

/// Adds self-judgements, unless they say the same as the newest ones: all that were
/// sent, or none. The statements must be in a published edition and, when a role
/// profile is named, among what that role needs; otherwise they are not found.
pub async fn save(db: &Db, person: &PersonId, sent: &Sent) -> Result<()> {
    let nodes = sent.nodes()?;
    let mut answers = db
        .run(
            "LET $profile = fn::profile_named($slug, $me);
             SELECT id AS node, array::len(edition.levels) AS levels FROM $nodes
                WHERE kind = 'statement' AND edition.state = 'published'
                AND ($slug = '' OR ($profile != NONE
                    AND type::record('target', [record::id($profile), record::id(id)]).level != NONE));",
            vars! { "me" => person.clone(), "nodes" => nodes.clone(), "slug" => sent.profile.clone() },
        )
        .await?;
    let rows = answers.rows::<ScaleRow>(1)?;
    let scales: HashMap<NodeId, i64> = rows.into_iter().map(|row| (row.node, row.levels)).collect();
    let mut errors = FieldErrors::default();
    let mut ratings = Vec::with_capacity(nodes.len());
    for node in nodes {
        let levels = u32::try_from(*scales.get(&node).ok_or(AppError::NotFound)?).unwrap_or(0);
        ratings.extend(rating(&mut errors, sent, node, levels));
    }
    errors.check()?;
    write(db, person, ratings).await
}

fn rating(errors: &mut FieldErrors, sent: &Sent, node: NodeId, levels: u32) -> Option<NewRating> {
    let key = node.to_string();
    let text = |of: &HashMap<String, String>| of.get(&key).cloned().unwrap_or_default();
    let said = errors.take(&field_of("levels", &key), Said::parse(&text(&sent.levels), levels));
    let aimed_at = errors.take(&field_of("aims", &key), parse_aim(&text(&sent.aims), levels));
    let note = errors.take(&field_of("notes", &key), parse_note(&text(&sent.notes)));
    let said = said?;
    Some(NewRating {
        node,
        judgement: JudgementId::random(),
        level: said.level().map(i64::from),
        aimed_at: aimed_at?.map(i64::from),
        not_my_work: said == Said::NotMyWork,
        note: note?,
    })
}

async fn write(db: &Db, person: &PersonId, ratings: Vec<NewRating>) -> Result<()> {
    db.write(
        "FOR $new IN $ratings {
            LET $rating = type::record('rating', [record::id($me), record::id($new.node)]);
            LET $was = (SELECT level, aimed_at, not_my_work, note FROM $rating)[0];
            IF $was = NONE OR $was.level != $new.level OR $was.aimed_at != $new.aimed_at
                OR $was.not_my_work != $new.not_my_work OR $was.note != $new.note {
                CREATE $new.judgement SET person = $me, given_by = $me, kind = 'self', node = $new.node,
                    level = $new.level, aimed_at = $new.aimed_at, not_my_work = $new.not_my_work, note = $new.note;
                UPSERT $rating SET person = $me, node = $new.node, level = $new.level, aimed_at = $new.aimed_at,
                    not_my_work = $new.not_my_work, note = $new.note, at = time::now();
            };
            UPDATE type::record('edition_question', [record::id($me), record::id($new.node)])
                SET answered = time::now(), answer = 'rated' WHERE answered = NONE RETURN NONE;
         };",
        vars! { "me" => person.clone(), "ratings" => ratings },
    )
    .await
    .map(drop)
}

/// One rating, as tests of what follows from ratings give it.
#[cfg(test)]
#[derive(Debug, Clone, Default)]
pub struct Rating {
    pub profile: String,
    pub level: String,
    pub aimed_at: String,
    pub note: String,
}

#[cfg(test)]
pub async fn save_one(db: &Db, person: &PersonId, node: &NodeId, rating: &Rating) -> Result<()> {
    let one = |text: &str| HashMap::from([(node.to_string(), text.to_owned())]);
    let sent = Sent {
        profile: rating.profile.clone(),
        levels: one(&rating.level),
        aims: one(&rating.aimed_at),
        notes: one(&rating.note),
        pressed: node.to_string(),
    };
    save(db, person, &sent).await
}
