//! What stands beneath a node of an edition.

use surrealdb_types::SurrealValue;

use super::count;
use crate::competencies::model::{Branch, EditionState, OutlineNode};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::OrganisationId;
use crate::vars;
use crate::viewer::Viewer;

/// Lines of an edition, one entry a node in each.
#[derive(SurrealValue)]
pub(super) struct LinesRow {
    depth: Vec<i64>,
    code: Vec<String>,
    title: Vec<String>,
    address: Vec<String>,
}

impl LinesRow {
    pub(super) fn nodes(self) -> impl Iterator<Item = OutlineNode> {
        let words = self.code.into_iter().zip(self.title).zip(self.address);
        let nodes = self.depth.into_iter().zip(words);
        nodes.map(|(depth, ((code, title), address))| OutlineNode {
            depth: count(depth),
            code,
            title,
            address,
            ..OutlineNode::default()
        })
    }

    /// One page of it; what is no deeper than the node that it stands beneath ends it.
    pub(super) fn branch(self, depth: i64, page: u32) -> Branch {
        let own = count(depth);
        Branch::of(self.nodes().take_while(|node| node.depth > own).collect(), page)
    }
}

#[derive(SurrealValue)]
struct PlaceRow {
    depth: i64,
    state: String,
    line: Vec<OrganisationId>,
}

/// What stands beneath the node of an edition at this address: the first page, with
/// a line that leads to the next. In a draft, only curators find it.
pub async fn branch(db: &Db, viewer: &Viewer, set: &str, number: u32, address: &str) -> Result<Vec<OutlineNode>> {
    let mut answers = db
        .run(
            "LET $set = (SELECT VALUE id FROM competency_set WHERE slug = $slug)[0];
             LET $edition = (SELECT VALUE id FROM edition WHERE competency_set = $set AND number = $number)[0];
             LET $node = (SELECT VALUE id FROM node WHERE edition = $edition AND address = $address)[0];
             SELECT depth, edition.state AS state, edition.competency_set.organisation.line AS line FROM $node;
             IF $node = NONE { NONE } ELSE { fn::beneath($node) };",
            vars! { "slug" => set.to_owned(), "number" => i64::from(number), "address" => address.to_owned() },
        )
        .await?;
    let place = answers.row::<PlaceRow>(3)?.ok_or(AppError::NotFound)?;
    let public = EditionState::parse(&place.state).is_some_and(EditionState::is_public);
    if !public && !viewer.may_curate(&place.line) {
        return Err(AppError::NotFound);
    }
    let lines = answers.row::<LinesRow>(4)?;
    Ok(lines.map_or_else(Vec::new, |lines| lines.branch(place.depth, 1).with_more(address)))
}
