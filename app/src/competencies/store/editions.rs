//! Editions: finding them, and publishing one.

use surrealdb_types::SurrealValue;

use super::provider::catalogue;
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{EditionId, NodeId, OrganisationId};
use crate::reviews::store::Word;
use crate::vars;
use crate::viewer::Viewer;

/// The latest published edition of a set: a whole one before one of some sections.
pub async fn published_edition(db: &Db, set_slug: &str) -> Result<Option<EditionId>> {
    #[derive(SurrealValue)]
    struct Row {
        id: EditionId,
    }
    let mut answers = db
        .run(
            "LET $set = (SELECT VALUE id FROM competency_set WHERE slug = $slug)[0];
             SELECT id, number, partial ?? false AS partial FROM edition WHERE competency_set = $set AND state = 'published'
                ORDER BY partial, number DESC LIMIT 1;",
            vars! { "slug" => set_slug.to_owned() },
        )
        .await?;
    Ok(answers.row::<Row>(1)?.map(|row| row.id))
}

/// The node of an edition with this code, or with this identifier where it has
/// no code of its own.
pub async fn node_by_code(db: &Db, edition: &EditionId, code: &str) -> Result<Option<NodeId>> {
    db.row(
        "SELECT VALUE id FROM node WHERE edition = $edition AND address = $code;",
        vars! { "edition" => edition.clone(), "code" => code.to_owned() },
    )
    .await
}

#[derive(SurrealValue)]
struct PlaceRow {
    set: String,
    number: i64,
    line: Vec<OrganisationId>,
    public: bool,
}

/// The set's slug and the number of an edition that the viewer may publish, and
/// whether it is still to be published.
pub async fn publishable(db: &Db, viewer: &Viewer, edition: &EditionId) -> Result<(String, u32, bool)> {
    let row: Option<PlaceRow> = db
        .row(
            "SELECT competency_set.slug AS set, number, competency_set.organisation.line AS line,
                state IN ['published', 'retired'] AS public FROM $edition;",
            vars! { "edition" => edition.clone() },
        )
        .await?;
    let row = row.ok_or(AppError::NotFound)?;
    if !viewer.may_curate(&row.line) {
        let known = row.public && viewer.is_signed_in();
        return Err(if known { AppError::Forbidden } else { AppError::NotFound });
    }
    Ok((row.set, super::count(row.number), !row.public))
}

/// The editions that a draft comes after, which then retire.
pub struct After {
    /// Newest first.
    pub bases: Vec<EditionId>,
    /// What the draft said when its map was looked at.
    pub print: String,
    /// How many nodes there are to follow.
    pub nodes: i64,
}

/// Why an edition without a proficiency scale is not published.
pub(super) const SCALELESS: &str = "There is no proficiency scale, so nobody could rate themselves by this edition. Write one in the studio, beneath “Title, scale, kinds and codes”, then publish it.";

/// Publishes an edition that is a draft; answers whether it was one.
pub async fn publish_draft(db: &Db, edition: &EditionId) -> Result<bool> {
    publish_draft_after(db, edition, None, None).await
}

/// As [`publish_draft`], after another one: that retires, and what was made
/// against it is to be carried over. `word` says that what was changed after its
/// review goes out so.
pub async fn publish_draft_after(
    db: &Db,
    edition: &EditionId,
    after: Option<After>,
    word: Option<Word>,
) -> Result<bool> {
    let (bases, print, nodes) = match after {
        Some(after) => (after.bases, after.print, after.nodes),
        None => (Vec::new(), String::new(), 0),
    };
    let mut answers = db
        .write(
            "LET $state = $edition.state;
             IF $state = 'in_review' { THROW 'This edition is being reviewed. It can be published when its round is signed off.' };
             IF $edition.statements = 0 { THROW 'There is no statement in this edition yet, so there is nothing to publish.' };
             IF $state = 'draft' AND array::len($edition.levels ?? []) = 0 { THROW $scaleless };
             IF $state = 'draft' AND $bases != [] {
                 IF fn::edition_print($edition) != $print {
                     THROW 'The draft was changed in the meantime. Look at the map again, then publish it.'
                 };
                 UPDATE $bases SET state = 'retired' WHERE state = 'published' RETURN NONE;
                 UPSERT type::record('carry_over', record::id($edition)) SET edition = $edition, base = $bases[0], retires = $bases,
                    whole = $nodes RETURN NONE;
             };
             IF $state = 'draft' AND $reason != NONE {
                 LET $changed = fn::unreviewed_new($edition);
                 CREATE type::record('unreviewed', record::id($edition)) SET edition = $edition, draft = $edition, reason = $reason,
                    by = $by, print = $looked, statements = array::map($changed,
                        |$one| { round: $one.round, number: $one.number, why: $one.why, was: $one.was, now: $one.now, print: $one.print }) RETURN NONE;
             };
             IF $state = 'draft' {
                 UPDATE $edition SET state = 'published', published = time::now(),
                    unreviewed = IF rounds = NONE { NONE } ELSE { array::len(fn::unreviewed($edition)) } RETURN NONE
             };
             SELECT VALUE $state FROM $edition;",
            vars! {
                "edition" => edition.clone(), "bases" => bases, "print" => print, "nodes" => nodes,
                "reason" => word.as_ref().map(|word| word.reason.clone()), "by" => word.as_ref().and_then(|word| word.by.clone()),
                "looked" => word.map(|word| word.print), "scaleless" => SCALELESS,
            },
        )
        .await?;
    let published = answers.row::<String>(7)?.as_deref() == Some("draft");
    if published {
        catalogue(db, edition).await;
    }
    Ok(published)
}

/// A name for addresses that no set has yet.
pub async fn free_slug(db: &Db, wanted: &str) -> Result<String> {
    let wanted = if wanted.is_empty() { "set" } else { wanted };
    let taken: Vec<String> = db
        .rows(
            "SELECT VALUE slug FROM competency_set WHERE string::starts_with(slug, $wanted);",
            vars! { "wanted" => wanted.to_owned() },
        )
        .await?;
    let free = |slug: &String| !taken.contains(slug);
    let numbered = (2..).map(|number| format!("{wanted}-{number}"));
    std::iter::once(wanted.to_owned())
        .chain(numbered)
        .find(free)
        .ok_or(AppError::Internal)
}
