//! Writing a whole edition, so that either all of it is there or nothing.

use surrealdb_types::SurrealValue;

use super::finding::find;
use super::origins::{left_out, take_in};
use super::parts;
use super::provider::catalogue;
use super::records::{Records, records};
use crate::competencies::model::NodeKind;
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::exchange::{ExchangeSet, case};
use crate::id::{EditionId, ImportId, OrganisationId, SetId};
use crate::reviews::store::{WITHIN_A_REQUEST, clear_rests};
use crate::vars;

/// Where a set is written to.
#[derive(Debug, Clone)]
pub enum Target {
    NewSet {
        set: SetId,
        slug: String,
    },
    /// Another edition after `base`, the newest that there is.
    NewEdition {
        set: SetId,
        slug: String,
        number: u32,
        base: EditionId,
    },
    /// Over the newest edition, which is a draft.
    Draft {
        set: SetId,
        slug: String,
        number: u32,
        edition: EditionId,
    },
}

/// An edition to write.
pub struct Writing {
    pub organisation: OrganisationId,
    pub set: ExchangeSet,
    pub target: Target,
    pub publish: bool,
    /// The upload that this confirms, which then cannot be confirmed again.
    pub import: Option<ImportId>,
    /// The upload whose confirmation this takes back.
    pub undoes: Option<ImportId>,
}

const SAVE: &str = "
    IF $import != NONE {
        IF $import.done != NONE { THROW 'import done' };
    };
    IF $undoes != NONE {
        IF $undoes.done != $edition { THROW 'This import was taken back already.' };
        UPDATE $undoes SET done = NONE, made = NONE, undone = time::now() RETURN NONE;
    };
    LET $newest = (SELECT id, number FROM edition WHERE competency_set = $set ORDER BY number DESC LIMIT 1)[0];
    IF $newest.id != $base { THROW 'This set was changed in the meantime. Look at the plan again, then confirm it.' };
    IF (SELECT VALUE id FROM competency_set WHERE organisation = $organisation AND identifier = $names.identifier AND id != $set) != [] {
        THROW 'This set was imported in the meantime. Look at the plan again, then confirm it.'
    };
    IF (SELECT VALUE id FROM edition WHERE competency_set = $set AND state IN ['published', 'retired'] LIMIT 1) = [] {
        UPSERT $set MERGE object::extend($names, $words) RETURN NONE;
    };
    LET $own = IF $number = 1 AND (SELECT VALUE id FROM edition WHERE identifier = $names.identifier AND id != $edition LIMIT 1) = [] {
        $names.identifier
    } ELSE { <string> rand::uuid::v4() };
    UPSERT $edition SET competency_set = $set, number = $number, state = 'draft', levels = $levels,
        identifier = identifier ?? $own, revision = (revision ?? 0) + 1, numbered = $numbered, statements = $statements, competencies = $competencies RETURN NONE;
    UPDATE $edition MERGE object::extend($words, { found_to: 0 }) RETURN NONE;
    IF $import != NONE {
        UPDATE $import SET done = $edition, made = $made, undone = NONE, confirmed = time::now() RETURN NONE;
    };
    LET $before = IF $made = 'draft' { (SELECT VALUE id FROM node WHERE edition = $edition) } ELSE { [] };
    IF $made = 'draft' {
        IF $import != NONE { UPDATE edition_change SET shelved = $import WHERE edition = $edition AND shelved = NONE RETURN NONE }
        ELSE { DELETE edition_change WHERE edition = $edition AND shelved = NONE RETURN NONE };
        IF $undoes != NONE { UPDATE edition_change SET shelved = NONE WHERE edition = $edition AND shelved = $undoes RETURN NONE };
    };
    IF $before != [] {
        LET $gone = array::complement($before, $nodes.id);
        LET $was = (SELECT VALUE address FROM node WHERE edition = $edition);
        LET $lost = array::complement($was, $nodes.address);
        LET $moved = array::map((SELECT edition, address, identifier FROM node WHERE edition = $edition AND $lost CONTAINS address),
            |$one| object::extend($one, { id: type::record('old_address', [record::id($one.edition), $one.address]) }));
        IF $moved != [] {
            INSERT INTO old_address $moved ON DUPLICATE KEY UPDATE identifier = $input.identifier RETURN NONE;
        };
        DELETE cross_reference WHERE edition = $edition RETURN NONE;
        DELETE $unreferred RETURN NONE;
        DELETE origin WHERE edition = $edition AND by_hand = NONE RETURN NONE;
        DELETE $before RETURN NONE;
        fn::no_node_entries($gone);
        fn::unneed($gone);
    };
    IF $nodes != [] { INSERT INTO node $nodes RETURN NONE };
    IF $references != [] { INSERT INTO cross_reference $references RETURN NONE };
    DELETE $parts RETURN NONE;
    IF $publish { UPDATE $edition SET state = 'published', published = time::now() RETURN NONE };";

/// What of a set never changes.
#[derive(SurrealValue)]
struct NamesRecord {
    slug: String,
    identifier: String,
    organisation: OrganisationId,
}

/// The records that a target names: set, its name in addresses, number,
/// edition, and the newest edition that there has to be.
fn places(target: Target) -> (SetId, String, u32, EditionId, Option<EditionId>) {
    match target {
        Target::NewSet { set, slug } => (set, slug, 1, EditionId::random(), None),
        Target::NewEdition {
            set,
            slug,
            number,
            base,
        } => (set, slug, number, EditionId::random(), Some(base)),
        Target::Draft {
            set,
            slug,
            number,
            edition,
        } => (set, slug, number, edition.clone(), Some(edition)),
    }
}

/// Writes an edition; answers with its id. Either all of it is there
/// afterwards or nothing has changed.
pub async fn save(db: &Db, writing: Writing) -> Result<EditionId> {
    let made = match &writing.target {
        Target::NewSet { .. } => "set",
        Target::NewEdition { .. } => "edition",
        Target::Draft { .. } => "draft",
    };
    let (set_id, slug, number, edition, base) = places(writing.target);
    let names = NamesRecord {
        slug,
        identifier: writing.set.identifier.to_string(),
        organisation: writing.organisation.clone(),
    };
    let numbered = writing.set.numbered.then_some(true);
    let mut outside = case::outside(&writing.set);
    outside.extend(writing.set.origins.iter().filter(|origin| origin.by_hand).cloned());
    let draft = made == "draft";
    let unreferred = match draft {
        true => left_out(db, &edition, &writing.set).await?,
        false => Vec::new(),
    };
    let (words, levels, mut nodes, mut references) = prepared(&edition, writing.set).await?;
    let of_kind =
        |kind: NodeKind| i64::try_from(nodes.iter().filter(|node| node.kind == kind.as_str()).count()).unwrap_or(0);
    let (statements, competencies) = (of_kind(NodeKind::Statement), of_kind(NodeKind::Competency));
    if draft && !parts::fit_a_draft(&nodes, &references) {
        return Err(AppError::Conflict(TOO_LARGE.into()));
    }
    let in_parts = !draft && !parts::fit_at_once(&nodes, &references);
    if in_parts {
        parts::put(
            db,
            &edition,
            std::mem::take(&mut nodes),
            std::mem::take(&mut references),
        )
        .await?;
    }
    let written = db.write(
        SAVE,
        vars! {
            "statements" => statements, "competencies" => competencies, "import" => writing.import, "made" => made,
            "undoes" => writing.undoes, "set" => set_id, "base" => base, "organisation" => writing.organisation,
            "names" => names, "words" => words, "edition" => edition.clone(), "number" => i64::from(number),
            "levels" => levels, "nodes" => nodes, "references" => references, "unreferred" => unreferred, "publish" => writing.publish,
            "parts" => parts::record(&edition), "in_bulk" => true, "numbered" => numbered,
        },
    );
    if let Err(error) = written.await {
        if in_parts {
            parts::discard(db, &edition).await;
        }
        return Err(error);
    }
    find(db, &edition).await;
    take_in(db, &edition, outside).await;
    if writing.publish {
        catalogue(db, &edition).await;
    }
    Ok(edition)
}

/// Whether a set is small enough to be put in place of a draft.
pub async fn fits_a_draft(set: &ExchangeSet) -> Result<bool> {
    let (_, _, nodes, references) = prepared(&EditionId::random(), set.clone()).await?;
    Ok(parts::fit_a_draft(&nodes, &references))
}

/// Why a set that does not fit is not put in place of a draft.
pub(crate) const TOO_LARGE: &str = "This is more than can be put in place of a draft at once. Take back the import that made the draft, or publish it, then import this.";

async fn prepared(edition: &EditionId, set: ExchangeSet) -> Result<Records> {
    let edition = edition.clone();
    // Cleaning thousands of descriptions takes a while.
    tokio::task::spawn_blocking(move || records(&edition, &set))
        .await
        .map_err(|error| AppError::internal("records of an edition", error))?
}

/// Takes back an import that made a new draft: the draft goes, and with the
/// first edition its set. Nobody knows of it from then on; its nodes go part by part.
pub async fn remove_draft(db: &Db, import: &ImportId) -> Result<()> {
    let removed = db
        .write(
            "LET $edition = $import.done;
         LET $set = $edition.competency_set;
         IF $edition.state != 'draft' { THROW 'This edition is no draft any more, so it cannot be taken back.' };
         IF (SELECT VALUE id FROM edition WHERE competency_set = $set AND number > $edition.number LIMIT 1) != [] {
             THROW 'There is a newer edition, so this one cannot be taken back.'
         };
         LET $nodes = (SELECT VALUE id FROM node WHERE edition = $edition);
         IF $edition.ahead = true { THROW 'Sections of this draft were published ahead, so it cannot be taken back.' };
         IF (SELECT VALUE id FROM role_profile WHERE edition = $edition LIMIT 1) != []
             OR (SELECT VALUE id FROM alignment WHERE node IN $nodes LIMIT 1) != [] {
             THROW 'Role profiles, courses or resources use this draft already, so it cannot be taken back.'
         };
         LET $whole = $import.made = 'set';
         UPDATE $import SET done = NONE, made = NONE, undone = time::now() RETURN NONE;
         UPSERT type::record('edition_parts', record::id($edition)) SET edition = $edition RETURN NONE;
         DELETE $edition RETURN NONE;
         IF $whole { DELETE $set RETURN NONE };
         $edition;",
            vars! { "import" => import.clone() },
        )
        .await?
        .row::<EditionId>(12)?;
    if let Some(edition) = removed {
        parts::discard(db, &edition).await;
        clear_rests(db, WITHIN_A_REQUEST).await;
    }
    Ok(())
}
