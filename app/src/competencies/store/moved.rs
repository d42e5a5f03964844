//! Addresses by codes that nodes have no more.

use surrealdb_types::SurrealValue;

use super::count;
use crate::competencies::model::{EditionState, node_href};
use crate::db::Db;
use crate::error::Result;
use crate::id::{EditionId, OrganisationId};
use crate::vars;
use crate::viewer::Viewer;

#[derive(SurrealValue)]
struct EditionRow {
    id: EditionId,
    number: i64,
    state: String,
    line: Vec<OrganisationId>,
}

#[derive(SurrealValue)]
struct CandidateRow {
    identifier: String,
    /// The number of the edition in which it had that code.
    number: i64,
    state: String,
    /// It had that code only while the edition was a draft.
    passing: bool,
    address: Option<String>,
    /// Where the maps lead up to the edition.
    ends: Vec<EndRow>,
}

#[derive(SurrealValue)]
struct EndRow {
    edition: EditionId,
    address: String,
}

/// The first of those that share the code: none of them is known by it.
#[derive(SurrealValue)]
struct RepeatedRow {
    address: String,
}

impl CandidateRow {
    /// Its address in an edition: by its identifier or, where that is another, by
    /// the edition's own map, else by those between.
    fn address_in(&self, edition: &EditionId) -> Option<&str> {
        let end = || self.ends.iter().find(|end| end.edition == *edition);
        self.address.as_deref().or_else(|| Some(end()?.address.as_str()))
    }
}

/// What had this code once: in an edition, the newest first, else in passing while
/// one was a draft; each with where it is in the edition now.
const LOAD: &str = "
    LET $set = (SELECT VALUE id FROM competency_set WHERE slug = $slug)[0];
    LET $edition = (SELECT VALUE id FROM edition WHERE competency_set = $set AND number = $number)[0];
    LET $earlier = IF $edition = NONE { [] } ELSE {
        (SELECT id, number FROM edition WHERE competency_set = $set AND number <= $number ORDER BY number DESC LIMIT 200).id };
    SELECT id, number, state, competency_set.organisation.line AS line FROM $edition;
    LET $drafts = (SELECT identifier, edition AS held, edition.number AS number, edition.state AS state, true AS passing
        FROM array::map($earlier, |$one| type::record('old_address', [record::id($one), $address])) WHERE identifier != NONE);
    LET $nodes = array::flatten(array::map($earlier, |$one| (SELECT identifier, edition AS held, edition.number AS number, edition.state AS state, false AS passing
        FROM node WHERE edition = $one AND address = $address)));
    SELECT identifier, number, state, passing,
        (SELECT VALUE address FROM node WHERE edition = $edition AND identifier = $parent.identifier)[0]
            ?? type::record('statement_map', [record::id($edition), identifier]).becomes[0].address AS address,
        array::map(fn::onward((SELECT VALUE id FROM node WHERE edition = $parent.held AND identifier = $parent.identifier), $number, 25),
            |$end| { edition: $end.edition, address: $end.address }) AS ends
        FROM array::concat($drafts, $nodes);
    SELECT address, position FROM node WHERE edition = $edition AND code = $address AND address != $address ORDER BY position LIMIT 1;";

/// Where a node is now that once had this code; nothing where nobody knows it, or
/// where the viewer may not know.
pub async fn moved(db: &Db, viewer: &Viewer, slug: &str, number: u32, address: &str) -> Result<Option<String>> {
    let vars = vars! { "slug" => slug.to_owned(), "number" => i64::from(number), "address" => address.to_owned() };
    let mut answers = db.run(LOAD, vars).await?;
    let Some(edition) = answers.row::<EditionRow>(3)? else {
        return Ok(None);
    };
    let curates = viewer.may_curate(&edition.line);
    let seen = |state: &str| curates || EditionState::parse(state).is_some_and(EditionState::is_public);
    if !seen(&edition.state) {
        return Ok(None);
    }
    if let Some(first) = answers.row::<RepeatedRow>(7)? {
        return Ok(Some(node_href(slug, count(edition.number), &first.address)));
    }
    let mut found = answers.rows::<CandidateRow>(6)?;
    found.retain(|row| seen(&row.state) && row.address_in(&edition.id).is_some_and(|now| now != address));
    found.sort_by(|a, b| (a.passing, b.number, &a.identifier).cmp(&(b.passing, a.number, &b.identifier)));
    let now = found.first().and_then(|row| row.address_in(&edition.id));
    Ok(now.map(|now| node_href(slug, count(edition.number), now)))
}
