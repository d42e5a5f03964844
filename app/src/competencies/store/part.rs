//! Writing an edition that holds only some sections of a draft: its nodes first,
//! which nobody knows of, then the edition, published, in one transaction.

use super::finding::find;
use super::parts;
use super::provider::catalogue;
use super::records::records;
use crate::competencies::model::NodeKind;
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::exchange::ExchangeSet;
use crate::id::EditionId;
use crate::reviews::store::Word;
use crate::vars;

/// Sections that are published ahead.
pub struct Part {
    pub draft: EditionId,
    /// The edition that holds them, whose nodes are written already.
    pub edition: EditionId,
    /// What the draft was when it was looked at.
    pub revision: i64,
    pub number: u32,
    /// The editions that they go on from, and of these those that retire.
    pub bases: Vec<EditionId>,
    pub retires: Vec<EditionId>,
    /// How many nodes go on into them.
    pub rows: usize,
    /// That what was changed in them after its review goes out so.
    pub word: Option<Word>,
}

/// How many statements and competencies there are.
#[derive(Debug, Clone, Copy)]
pub struct Counts {
    statements: i64,
    competencies: i64,
}

/// Writes the nodes of an edition that is not there yet.
pub async fn begin_part(db: &Db, edition: &EditionId, set: ExchangeSet) -> Result<Counts> {
    let own = edition.clone();
    let records = tokio::task::spawn_blocking(move || records(&own, &set))
        .await
        .map_err(|error| AppError::internal("records of an edition", error))?;
    let (_, _, nodes, references) = records?;
    let of_kind =
        |kind: NodeKind| i64::try_from(nodes.iter().filter(|node| node.kind == kind.as_str()).count()).unwrap_or(0);
    let counts = Counts {
        statements: of_kind(NodeKind::Statement),
        competencies: of_kind(NodeKind::Competency),
    };
    parts::put(db, edition, nodes, references).await?;
    Ok(counts)
}

/// Takes away what was written of an edition that came to nothing.
pub async fn abandon_part(db: &Db, edition: &EditionId) {
    let unmapped = db.write(
        "IF !record::exists($edition) { DELETE statement_map WHERE edition = $edition RETURN NONE };",
        vars! { "edition" => edition.clone() },
    );
    if let Err(error) = unmapped.await {
        tracing::error!(%error, "the map of sections could not be taken away");
    }
    parts::discard(db, edition).await;
}

const PUBLISH: &str = "
    IF $draft.state = 'in_review' { THROW 'This edition is being reviewed. It can be published when its round is signed off.' };
    IF $draft.state != 'draft' OR $draft.number != $number OR ($draft.revision ?? 0) != $revision
        OR (SELECT VALUE id FROM edition WHERE id IN $bases AND state NOT IN ['published', 'retired'] LIMIT 1) != [] {
        THROW 'The draft was changed in the meantime. Look at it again, then publish the sections.'
    };
    LET $round = IF $draft.rounds = NONE { [] } ELSE { fn::review_hindrance_among($draft, $edition) };
    IF $round != [] {
        THROW string::concat('The review round “', $round[0].title, '” asks about these sections and is not signed off yet, so they cannot be published.')
    };
    LET $all = IF $draft.rounds = NONE { [] } ELSE { fn::unreviewed($draft) };
    LET $identifiers = (SELECT VALUE identifier FROM node WHERE edition = $edition);
    LET $within = array::filter($all, |$one| $one.identifier IN $identifiers OR $one.section IN $identifiers
        OR ($one.identifier = NONE AND $one.section = NONE));
    LET $changed = array::filter($within, |$one| !$one.said);
    LET $new = array::filter($all, |$one| !$one.said);
    IF $changed != [] AND ($reason = NONE OR fn::unreviewed_print($new) != $looked) {
        THROW 'Statements of these sections were not reviewed as they stand. Ask about them in a new round, or say that they go out unreviewed.'
    };
    IF array::len($draft.levels ?? []) = 0 { THROW $scaleless };
    IF $statements = 0 { THROW 'There is no statement in these sections yet, so there is nothing to publish.' };
    UPDATE $draft SET number = $number + 1, ahead = true RETURN NONE;
    LET $whole = (SELECT * FROM $draft)[0];
    CREATE $edition CONTENT object::extend($whole, {
        id: $edition, number: $number, identifier: <string> rand::uuid::v4(), state: 'draft', partial: true, ahead: NONE,
        statements: $statements, competencies: $competencies, catalogued: false, found_to: 0, revision: 1,
        created: time::now(), published: NONE,
        unreviewed: IF $draft.rounds = NONE { NONE } ELSE { array::len($within) }
    }) RETURN NONE;
    FOR $one IN (SELECT introduction, how_to_use, acknowledgements FROM type::record('book_words', record::id($draft))) {
        CREATE type::record('book_words', record::id($edition)) CONTENT object::extend($one, { edition: $edition, revision: 1 }) RETURN NONE;
    };
    IF $changed != [] {
        CREATE type::record('unreviewed', record::id($edition)) SET edition = $edition, draft = $draft, reason = $reason,
            by = $by, print = $looked, statements = array::map($changed,
                |$one| { round: $one.round, number: $one.number, why: $one.why, was: $one.was, now: $one.now, print: $one.print }) RETURN NONE;
    };
    fn::refer_on($draft, $edition);
    FOR $one IN $retires { UPDATE $one SET state = 'retired' WHERE state = 'published' RETURN NONE };
    IF $bases != [] {
        UPSERT type::record('carry_over', record::id($edition)) SET edition = $edition, base = $bases[0], retires = $retires,
            whole = $rows RETURN NONE;
    };
    DELETE $parts RETURN NONE;
    UPDATE $edition SET state = 'published', published = time::now() RETURN NONE;";

/// Publishes an edition whose nodes are written; the draft goes on after it.
pub async fn publish_part(db: &Db, part: Part, counts: Counts) -> Result<()> {
    let edition = part.edition.clone();
    let by = part.word.as_ref().and_then(|word| word.by.clone());
    let (reason, looked) = part.word.map(|word| (word.reason, word.print)).unzip();
    db.write(
        PUBLISH,
        vars! {
            "draft" => part.draft, "edition" => part.edition, "revision" => part.revision, "number" => i64::from(part.number),
            "bases" => part.bases, "retires" => part.retires, "rows" => i64::try_from(part.rows).unwrap_or(0),
            "statements" => counts.statements, "competencies" => counts.competencies,
            "parts" => parts::record(&edition), "reason" => reason, "looked" => looked, "by" => by,
            "scaleless" => super::editions::SCALELESS,
        },
    )
    .await?;
    find(db, &edition).await;
    catalogue(db, &edition).await;
    Ok(())
}
