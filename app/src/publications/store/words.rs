//! The words around an index.

use serde_json::Value;
use surrealdb_types::SurrealValue;

use crate::db::Db;
use crate::error::{AppError, FieldErrors, Result};
use crate::id::{EditionId, OrganisationId};
use crate::outlines::rules::{Fields, Merged, merged};
use crate::people::tokens;
use crate::publications::model::{BookWords, LONGEST_WORDS};
use crate::vars;
use crate::viewer::Viewer;

#[derive(SurrealValue)]
struct WordsRow {
    introduction: String,
    how_to_use: String,
    acknowledgements: String,
    revision: i64,
}

impl WordsRow {
    fn into_words(self) -> (BookWords, u32) {
        let words = BookWords {
            introduction: self.introduction,
            how_to_use: self.how_to_use,
            acknowledgements: self.acknowledgements,
        };
        (words, u32::try_from(self.revision).unwrap_or(0))
    }
}

/// What an edition's publication says around the index.
pub async fn words(db: &Db, edition: &EditionId) -> Result<BookWords> {
    words_and_revision(db, edition).await.map(|(words, _)| words)
}

async fn words_and_revision(db: &Db, edition: &EditionId) -> Result<(BookWords, u32)> {
    let row: Option<WordsRow> = db
        .row(
            "SELECT introduction, how_to_use, acknowledgements, revision FROM type::record('book_words', record::id($edition));",
            vars! { "edition" => edition.clone() },
        )
        .await?;
    Ok(row.map(WordsRow::into_words).unwrap_or_default())
}

#[derive(SurrealValue)]
struct DraftRow {
    edition: EditionId,
    number: i64,
    title: String,
    line: Vec<OrganisationId>,
}

/// A set's draft as its curators know it.
pub struct Draft {
    pub edition: EditionId,
    pub number: u32,
    pub title: String,
}

/// The draft of a set, with the words around it and how often they were saved.
///
/// # Errors
/// Not found where there is none or the viewer is no curator of the set.
pub async fn draft(db: &Db, viewer: &Viewer, set: &str) -> Result<(Draft, BookWords, u32)> {
    if !viewer.is_signed_in() {
        return Err(AppError::SignInNeeded);
    }
    let row: Option<DraftRow> = db
        .row(
            "SELECT id AS edition, number, competency_set.title AS title, competency_set.organisation.line AS line FROM edition
                WHERE competency_set.slug = $set AND state IN ['draft', 'in_review'] ORDER BY number DESC LIMIT 1;",
            vars! { "set" => set.to_owned() },
        )
        .await?;
    let row = row
        .filter(|row| viewer.may_curate(&row.line))
        .ok_or(AppError::NotFound)?;
    let (words, revision) = words_and_revision(db, &row.edition).await?;
    let draft = Draft {
        edition: row.edition,
        number: u32::try_from(row.number).unwrap_or(0),
        title: row.title,
    };
    Ok((draft, words, revision))
}

/// What a form of these words was filled with, as it carries it along: who saves
/// it changed what differs from that, and nothing else.
pub fn base(words: &BookWords) -> String {
    fields(words).map(|(_, text)| tokens::key(text)).join(".")
}

/// Saves the words around a set's draft. `filled` is the [`base`] of what the
/// form was filled with: what others changed since in other fields stays, and in
/// the same ones is refused with both versions shown, unless `over`; what is not
/// refused is saved all the same.
pub async fn save_words(
    db: &Db,
    viewer: &Viewer,
    set: &str,
    filled: &str,
    words: &BookWords,
    over: bool,
) -> Result<()> {
    let words = words.in_lines();
    let mut errors = FieldErrors::default();
    for (field, text) in fields(&words) {
        if text.chars().count() > LONGEST_WORDS as usize {
            errors.add(field, format!("At most {LONGEST_WORDS} characters."));
        }
    }
    errors.check()?;
    let filled = match filled {
        "" => base(&BookWords::default()),
        filled => filled.to_owned(),
    };
    for _ in 0..TRIES {
        let (draft, there, revision) = draft(db, viewer, set).await?;
        let Merged { fits, clashes } = merged(&prints(&filled), &prints(&base(&words)), &prints(&base(&there)), over);
        let now = with(&there, &words, |field| fits.contains_key(field));
        if fits.is_empty() || write(db, &draft.edition, revision, &now).await? {
            return clashed(&clashes, &there, !fits.is_empty());
        }
    }
    Err(AppError::Conflict(
        "Others are saving these words just now. Send yours again.".into(),
    ))
}

/// How often it is tried where others save at the same moment.
const TRIES: usize = 5;

/// Writes the words, where nobody saved them since; answers whether.
async fn write(db: &Db, edition: &EditionId, seen: u32, words: &BookWords) -> Result<bool> {
    let mut answers = db
        .write(
            "LET $words = type::record('book_words', record::id($edition));
             LET $now = $words.revision ?? 0;
             IF $now = $seen {
                UPSERT $words SET edition = $edition, introduction = $introduction, how_to_use = $how_to_use,
                    acknowledgements = $acknowledgements, revision = $now + 1 RETURN NONE;
             };
             RETURN [$now];",
            vars! {
                "edition" => edition.clone(),
                "seen" => i64::from(seen),
                "introduction" => words.introduction.clone(),
                "how_to_use" => words.how_to_use.clone(),
                "acknowledgements" => words.acknowledgements.clone(),
            },
        )
        .await?;
    Ok(answers.row::<i64>(3)? == Some(i64::from(seen)))
}

/// What stands there, at each field that somebody else changed too.
fn clashed(clashes: &[String], there: &BookWords, saved: bool) -> Result<()> {
    let mut errors = FieldErrors::default();
    for (field, theirs) in fields(there) {
        if clashes.iter().any(|clash| clash == field) {
            errors.add(
                field,
                match theirs.is_empty() {
                    true => "Meanwhile somebody emptied this. What you wrote is still here.".to_owned(),
                    false => format!("Meanwhile somebody wrote: “{theirs}”. What you wrote is still here."),
                },
            );
        }
    }
    if !errors.is_empty() {
        let rest = if saved { "The rest is saved. " } else { "" };
        errors.add(
            "over",
            format!("{rest}Both versions are shown. Send yours again with the box ticked, or take over what the other wrote."),
        );
    }
    errors.check()
}

/// The prints of a [`base`] by their fields; what is not there is no field's.
fn prints(base: &str) -> Fields {
    let names = fields(&BookWords::default()).map(|(name, _)| name.to_owned());
    names.into_iter().zip(base.split('.').map(Value::from)).collect()
}

/// `theirs`, and `mine` in the fields that are `chosen`.
fn with(theirs: &BookWords, mine: &BookWords, chosen: impl Fn(&str) -> bool) -> BookWords {
    let pick = |field: &str, theirs: &String, mine: &String| match chosen(field) {
        true => mine.clone(),
        false => theirs.clone(),
    };
    BookWords {
        introduction: pick("introduction", &theirs.introduction, &mine.introduction),
        how_to_use: pick("how_to_use", &theirs.how_to_use, &mine.how_to_use),
        acknowledgements: pick("acknowledgements", &theirs.acknowledgements, &mine.acknowledgements),
    }
}

impl BookWords {
    /// As browsers send them, with lines as they are kept.
    fn in_lines(&self) -> Self {
        let lines = |text: &String| text.replace("\r\n", "\n");
        Self {
            introduction: lines(&self.introduction),
            how_to_use: lines(&self.how_to_use),
            acknowledgements: lines(&self.acknowledgements),
        }
    }
}

fn fields(words: &BookWords) -> [(&'static str, &String); 3] {
    [
        ("introduction", &words.introduction),
        ("how_to_use", &words.how_to_use),
        ("acknowledgements", &words.acknowledgements),
    ]
}

/// The words around an edition go along into the draft that was made of it.
/// Safe to repeat.
pub async fn take_along(db: &Db, base: &EditionId, edition: &EditionId) -> Result<()> {
    db.write(
        "FOR $one IN (SELECT introduction, how_to_use, acknowledgements FROM type::record('book_words', record::id($base))) {
            INSERT IGNORE INTO book_words { id: type::record('book_words', record::id($edition)), edition: $edition,
                introduction: $one.introduction, how_to_use: $one.how_to_use, acknowledgements: $one.acknowledgements } RETURN NONE;
         };",
        vars! { "base" => base.clone(), "edition" => edition.clone() },
    )
    .await
    .map(drop)
}
