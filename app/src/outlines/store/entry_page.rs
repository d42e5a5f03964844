//! The page of one node in the studio.

use std::collections::HashMap;

use surrealdb_types::SurrealValue;

use super::loading::{FrameRow, NodeRow, frame_fields, node_fields};
use super::own_of;
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::NodeId;
use crate::outlines::model::{EntryPage, LINKS, Label, LinkLine};
use crate::outlines::rules::{entry_fields, entry_form};
use crate::vars;
use crate::viewer::Viewer;

#[derive(SurrealValue)]
struct LabelRow {
    id: NodeId,
    code: String,
    title: String,
}

impl From<LabelRow> for Label {
    fn from(row: LabelRow) -> Self {
        Self {
            id: row.id,
            code: row.code,
            title: row.title,
        }
    }
}

#[derive(SurrealValue)]
struct LinkRow {
    kind: String,
    out: bool,
    id: NodeId,
    code: String,
    title: String,
}

const LOAD: &str = concat!(
    "LET $edition = $node.edition;
     LET $parent = $node.parent;
     SELECT ",
    node_fields!(),
    " FROM $node;
     SELECT ",
    frame_fields!(),
    " FROM $edition;
     SELECT id, code, title FROM $node.above;
     SELECT id, position, code, title FROM node WHERE edition = $edition AND depth = $node.depth AND parent = $parent AND id != $node
        ORDER BY position LIMIT 200;
     SELECT kind, position, true AS out, destination.id AS id, destination.code AS code, destination.title AS title
        FROM cross_reference WHERE origin = $node AND destination.id != NONE ORDER BY position LIMIT 200;
     SELECT kind, position, false AS out, origin.id AS id, origin.code AS code, origin.title AS title
        FROM cross_reference WHERE destination = $node AND origin.id != NONE ORDER BY position LIMIT 200;"
);

/// A node of a draft, for those who may write it.
pub async fn entry_page(db: &Db, viewer: &Viewer, set: &str, node: &NodeId) -> Result<EntryPage> {
    let own = own_of(db, viewer, node).await?;
    if own.set != set {
        return Err(AppError::NotFound);
    }
    let mut answers = db.run(LOAD, vars! { "node" => node.clone() }).await?;
    let row = answers.row::<NodeRow>(2)?.ok_or(AppError::NotFound)?;
    let frame = answers.row::<FrameRow>(3)?.ok_or(AppError::NotFound)?.frame();
    let content = row.content(&frame);
    let base = entry_fields(&content, frame.numbered);
    let base = serde_json::to_string(&base).map_err(|error| AppError::internal("entry", error))?;
    let labels = |rows: Vec<LabelRow>| rows.into_iter().map(Label::from).collect::<Vec<_>>();
    let mut links = answers.rows::<LinkRow>(6)?;
    links.extend(answers.rows::<LinkRow>(7)?);
    let words: HashMap<&str, &str> = LINKS.into_iter().collect();
    let above = labels(answers.rows(4)?);
    Ok(EntryPage {
        key: uuid::Uuid::new_v4().to_string(),
        set: own.set,
        set_title: frame.title.clone(),
        edition: own.edition,
        id: node.clone(),
        label: Label {
            id: node.clone(),
            code: content.code.clone(),
            title: content.title.clone(),
        },
        entry: entry_form(&content, frame.numbered),
        base,
        numbered: frame.numbered,
        kind: frame.kind(above.len()).to_owned(),
        html: content.description_format == "html",
        beneath: row.beneath(),
        levels: frame.levels,
        above,
        siblings: labels(answers.rows(5)?),
        links: links
            .into_iter()
            .map(|link| LinkLine {
                words: words
                    .get(link.kind.as_str())
                    .map_or_else(|| link.kind.clone(), |words| (*words).to_owned()),
                kind: link.kind,
                out: link.out,
                other: Label {
                    id: link.id,
                    code: link.code,
                    title: link.title,
                },
            })
            .collect(),
    })
}
