//! Writing a change: what of the outline differs, in one transaction.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use surrealdb_types::SurrealValue;
use uuid::Uuid;

use super::loading::{Loaded, load};
use super::records::{abroad, frame_record, links, outside, record};
use super::{Own, PUBLISHED};
use crate::competencies::store::{find, node_key};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::PersonId;
use crate::outlines::rules::{Changes, Outline, Placed, Step, apply_all, written};
use crate::vars;

/// A change as it was planned on an outline.
pub(super) struct Planned {
    /// What is done, in a few words: "Moved “Budgets”".
    pub words: String,
    pub steps: Vec<Step>,
}

/// How a change stands in the log.
pub(super) enum Logged {
    /// As a new one; what was taken back before cannot be done again.
    New,
    /// An earlier one is taken back, or done again.
    Turned { number: i64, undone: bool },
}

/// How often a change is planned anew because somebody else was first.
const ATTEMPTS: usize = 6;
/// From how many nodes on search is written after them and not with each.
const BULK: usize = 100;
const STALE: &str = "stale outline";

/// Plans a change on the draft as it stands and writes it. What the steps give
/// in the end is what `plan` answers beside them.
pub(super) async fn change<T>(
    db: &Db,
    own: &Own,
    person: &PersonId,
    plan: impl Fn(&Loaded) -> Result<(Planned, T)>,
) -> Result<T> {
    for _ in 0..ATTEMPTS {
        let mut loaded = load(db, &own.edition).await?;
        let (planned, answer) = plan(&loaded)?;
        if planned.steps.is_empty() {
            return Ok(answer);
        }
        let first = loaded.outline.clone();
        let back = apply_all(&mut loaded.outline, planned.steps)?;
        match write(db, own, person, (&first, loaded), back, planned.words, Logged::New).await {
            Err(error) if is_stale(&error) => {}
            done => return done.map(|()| answer),
        }
    }
    Err(AppError::Conflict(
        "Others are changing this draft at the same moment. Try again.".into(),
    ))
}

/// Whether somebody else has written since the draft was loaded.
pub(super) fn is_stale(error: &AppError) -> bool {
    matches!(error, AppError::Conflict(message) if message == STALE)
}

const WRITE: &str = "
    IF $edition.state != 'draft' { THROW $published };
    IF ($edition.revision ?? 0) != $revision { THROW $stale };
    UPDATE $edition MERGE $frame RETURN NONE;
    IF $from != NONE { UPDATE $edition SET found_to = math::min([found_to ?? $from, $from]) RETURN NONE };
    IF $words_changed
        AND (SELECT VALUE id FROM edition WHERE competency_set = $edition.competency_set AND state IN ['published', 'retired'] LIMIT 1) = [] {
        LET $set = $edition.competency_set;
        UPDATE $set SET title = $frame.title, description = $frame.description, language = $frame.language,
            description_format = $edition.description_format, description_html = $frame.description_html RETURN NONE;
    };
    IF $readdressed != [] {
        LET $old = array::map($readdressed, |$one| object::extend($one, { edition: $edition,
            id: type::record('old_address', [record::id($edition), $one.address]) }));
        INSERT INTO old_address $old ON DUPLICATE KEY UPDATE identifier = $input.identifier RETURN NONE;
    };
    IF $gone != [] {
        fn::set_aside($gone);
        DELETE $gone RETURN NONE;
        fn::unneed($gone);
        IF $in_bulk { fn::no_node_entries($gone) };
    };
    FOR $one IN $parked { UPDATE $one SET address = identifier RETURN NONE };
    FOR $one IN $changed { UPDATE $one.id CONTENT $one RETURN NONE };
    IF $added != [] {
        INSERT INTO node $added RETURN NONE;
        fn::put_back($edition);
    };
    FOR $one IN $unlinked {
        DELETE cross_reference WHERE origin = $one.origin AND destination = $one.destination AND kind = $one.kind RETURN NONE;
    };
    LET $last = (SELECT VALUE position FROM cross_reference WHERE edition = $edition ORDER BY position DESC LIMIT 1)[0] ?? 0;
    FOR $one IN $linked {
        CREATE cross_reference SET edition = $edition, origin = $one.origin, destination = $one.destination,
            kind = $one.kind, extra = $one.extra, position = $last + $one.number RETURN NONE;
    };
    FOR $one IN $unreferred {
        DELETE type::record('origin', [record::id($edition), $one.identifier, record::id($one.source), $one.kind]) RETURN NONE;
    };
    FOR $one IN $referred {
        UPSERT type::record('origin', [record::id($edition), $one.identifier, record::id($one.source), $one.kind]) SET edition = $edition,
            identifier = $one.identifier, source = $one.source, kind = $one.kind, by_hand = true RETURN NONE;
    };
    IF $kept != NONE { UPDATE $edition SET extra = $kept RETURN NONE };
    FOR $one IN $forgotten {
        DELETE origin WHERE edition = $edition AND identifier = $one.identifier AND by_hand = NONE AND kind = $one.kind
            AND source.identifier = $one.other RETURN NONE;
    };
    FOR $one IN $told {
        LET $there = (SELECT id, edition.published AS published FROM node
            WHERE identifier = $one.other AND edition.state IN ['published', 'retired'] ORDER BY published DESC LIMIT 1)[0].id;
        IF $there != NONE {
            UPSERT type::record('origin', [record::id($edition), $one.identifier, record::id($there), $one.kind]) SET edition = $edition,
                identifier = $one.identifier, source = $there, kind = $one.kind RETURN NONE;
        };
    };
    IF $turned = NONE {
        DELETE edition_change WHERE person = $person AND edition = $edition AND undone = true AND shelved = NONE RETURN NONE;
        CREATE type::record('edition_change', [record::id($edition), $revision + 1]) SET edition = $edition,
            number = $revision + 1, person = $person, words = $words, steps = $steps RETURN NONE;
    } ELSE {
        LET $entry = type::record('edition_change', [record::id($edition), $turned]);
        UPDATE $entry SET steps = $steps, undone = $undone, at = time::now() RETURN NONE;
    };";

/// Writes what the outline has become.
pub(super) async fn write(
    db: &Db,
    own: &Own,
    person: &PersonId,
    (first, loaded): (&Outline, Loaded),
    back: Vec<Step>,
    words: String,
    logged: Logged,
) -> Result<()> {
    let Loaded {
        outline,
        before,
        mut ids,
        revision,
        ..
    } = loaded;
    for node in &outline.nodes {
        if let Entry::Vacant(free) = ids.entry(node.identifier) {
            free.insert(node_key(&own.edition, node.identifier)?);
        }
    }
    let changes = written(&outline, &before);
    let readdressed = readdressed(&changes, &before);
    let id = |identifier: &Uuid| ids.get(identifier).cloned().ok_or(AppError::Internal);
    let all = |identifiers: &[Uuid]| identifiers.iter().map(id).collect::<Result<Vec<_>>>();
    let records = |nodes: Vec<Placed>| {
        nodes
            .into_iter()
            .map(|node| record(&own.edition, node, &ids))
            .collect::<Result<Vec<_>>>()
    };
    let (unlinked, linked) = (
        links(&first.links, &outline.links, &ids)?,
        links(&outline.links, &first.links, &ids)?,
    );
    let (unreferred, referred) = (
        abroad(&first.abroad, &outline.abroad),
        abroad(&outline.abroad, &first.abroad),
    );
    let (forgotten, told) = (
        outside(&first.kept, &outline.kept)?,
        outside(&outline.kept, &first.kept)?,
    );
    let kept = (outline.kept != first.kept).then_some(outline.kept);
    let frame = frame_record(&outline.frame, revision + 1, changes.statements, changes.competencies);
    let (many, from) = unfound(&changes, &before);
    let steps = serde_json::to_string(&back).map_err(|error| AppError::internal("steps", error))?;
    let (turned, undone) = match logged {
        Logged::New => (None, false),
        Logged::Turned { number, undone } => (Some(number), undone),
    };
    db.write(
        WRITE,
        vars! {
            "edition" => own.edition.clone(), "published" => PUBLISHED, "stale" => STALE, "revision" => revision,
            "frame" => frame, "from" => from, "in_bulk" => many, "words_changed" => outline.frame != first.frame, "gone" => all(&changes.removed)?, "parked" => all(&changes.parked)?,
            "changed" => records(changes.changed)?, "added" => records(changes.added)?,
            "unlinked" => unlinked, "linked" => linked, "unreferred" => unreferred, "referred" => referred,
            "kept" => kept, "forgotten" => forgotten, "told" => told,
            "readdressed" => readdressed, "turned" => turned, "undone" => undone,
            "person" => person.clone(), "words" => words, "steps" => steps,
        },
    )
    .await?;
    if from.is_some() {
        find(db, &own.edition).await;
    }
    Ok(())
}

#[derive(SurrealValue)]
struct OldAddress {
    address: String,
    identifier: String,
}

/// The addresses that nodes give up, which lead to them from then on. What had no
/// code was never known by one.
fn readdressed(changes: &Changes, before: &HashMap<Uuid, Placed>) -> Vec<OldAddress> {
    let old = |node: &Placed| {
        let was = before.get(&node.identifier)?;
        let other = was.address != node.address && was.address != node.identifier.to_string();
        other.then(|| OldAddress {
            address: was.address.clone(),
            identifier: node.identifier.to_string(),
        })
    };
    changes.changed.iter().filter_map(old).collect()
}

/// Whether so many nodes are found otherwise than before that their events
/// would take longer than all the rest, and where search then looks anew.
fn unfound(changes: &Changes, before: &HashMap<Uuid, Placed>) -> (bool, Option<i64>) {
    let known = |node: &&Placed| {
        let same = |old: &Placed| {
            (&old.content.title, &old.content.code, old.kind) == (&node.content.title, &node.content.code, node.kind)
        };
        !before.get(&node.identifier).is_some_and(same)
    };
    let nodes: Vec<i64> = changes
        .changed
        .iter()
        .chain(&changes.added)
        .filter(known)
        .map(|node| node.position)
        .collect();
    let many = nodes.len() + changes.removed.len() > BULK;
    (many, nodes.iter().min().copied().filter(|_| many))
}
