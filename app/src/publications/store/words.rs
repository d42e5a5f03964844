//! The words around an index.

use surrealdb_types::SurrealValue;

use crate::db::Db;
use crate::error::{AppError, FieldErrors, Result};
use crate::id::{EditionId, OrganisationId};
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

/// Saves the words around a set's draft. `revision` is how often they had been
/// saved when the form was filled; what somebody saved since is shown at its
/// field, and replaced only with `over`.
pub async fn save_words(
    db: &Db,
    viewer: &Viewer,
    set: &str,
    revision: u32,
    words: &BookWords,
    over: bool,
) -> Result<()> {
    let mut errors = FieldErrors::default();
    for (field, text) in fields(words) {
        if text.chars().count() > LONGEST_WORDS as usize {
            errors.add(field, format!("At most {LONGEST_WORDS} characters."));
        }
    }
    if !errors.is_empty() {
        return Err(AppError::Invalid(errors));
    }
    let (draft, there, now) = draft(db, viewer, set).await?;
    if there == *words {
        return Ok(());
    }
    let seen = if over { now } else { revision };
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
                "edition" => draft.edition.clone(),
                "seen" => i64::from(seen),
                "introduction" => words.introduction.clone(),
                "how_to_use" => words.how_to_use.clone(),
                "acknowledgements" => words.acknowledgements.clone(),
            },
        )
        .await?;
    if answers.row::<i64>(3)? == Some(i64::from(seen)) {
        return Ok(());
    }
    let (there, _) = words_and_revision(db, &draft.edition).await?;
    for ((field, mine), (_, theirs)) in fields(words).into_iter().zip(fields(&there)) {
        if mine != theirs {
            errors.add(
                field,
                format!("Meanwhile somebody wrote: “{theirs}”. What you wrote is still here."),
            );
        }
    }
    errors.add(
        "over",
        "Both versions are shown. Send yours again with the box ticked, or take over what the other wrote.",
    );
    Err(AppError::Invalid(errors))
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
