//! The page of one node in the studio.

use surrealdb_types::SurrealValue;

use super::finding::{Looking, sought};
use super::loading::{FrameRow, NodeRow, frame_fields, node_fields};
use super::own_of;
use crate::competencies::model::node_href;
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::exchange::{ExchangeOrigin, case};
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

#[derive(SurrealValue)]
struct AbroadRow {
    kind: String,
    by_hand: bool,
    source: NodeId,
    other: String,
    code: String,
    title: String,
    address: String,
    number: i64,
    slug: String,
    set_title: String,
}

/// How many are listed that are not published here.
const MOST_UNKNOWN: usize = 200;

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
        FROM cross_reference WHERE destination = $node AND origin.id != NONE ORDER BY position LIMIT 200;
     SELECT kind, by_hand ?? false AS by_hand, source, source.identifier AS other, source.code AS code, source.title AS title, source.address AS address,
        source.edition.number AS number, source.edition.competency_set.slug AS slug, source.edition.competency_set.title AS set_title
        FROM origin WHERE edition = $edition AND identifier = $node.identifier AND record::exists(source)
        ORDER BY by_hand DESC, source, kind LIMIT 400;
     SELECT VALUE extra FROM $edition;"
);

/// A node of a draft, for those who may write it.
pub async fn entry_page(db: &Db, viewer: &Viewer, set: &str, node: &NodeId) -> Result<EntryPage> {
    entry_looking(db, viewer, set, node, None).await
}

/// The same with what is looked for from there.
pub async fn entry_looking(
    db: &Db,
    viewer: &Viewer,
    set: &str,
    node: &NodeId,
    looking: Option<&Looking>,
) -> Result<EntryPage> {
    let own = own_of(db, viewer, node).await?;
    if own.set != set {
        return Err(AppError::NotFound);
    }
    let page = db.run(LOAD, vars! { "node" => node.clone() });
    let (mut answers, sought) = db
        .at_once(async { futures::try_join!(page, sought(db, &own, node, looking)) })
        .await?;
    let row = answers.row::<NodeRow>(2)?.ok_or(AppError::NotFound)?;
    let frame = answers.row::<FrameRow>(3)?.ok_or(AppError::NotFound)?.frame();
    let content = row.content(&frame);
    let base = entry_fields(&content, frame.numbered);
    let base = serde_json::to_string(&base).map_err(|error| AppError::internal("entry", error))?;
    let labels = |rows: Vec<LabelRow>| rows.into_iter().map(Label::from).collect::<Vec<_>>();
    let mut links: Vec<LinkLine> = Vec::new();
    for index in [6, 7] {
        links.extend(answers.rows::<LinkRow>(index)?.into_iter().map(LinkRow::line));
    }
    let abroad = answers.rows::<AbroadRow>(8)?;
    let kept = answers.row::<String>(9)?.unwrap_or_default();
    links.extend(unknown_here(&row.identifier, &kept, &abroad)?);
    for line in abroad.into_iter().map(AbroadRow::line) {
        // What a package says and a curator wrote as well stands once.
        let same = |one: &LinkLine| (&one.other.id, &one.kind) == (&line.other.id, &line.kind);
        if !links.iter().any(same) {
            links.push(line);
        }
    }
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
        links,
        sought,
        present: Vec::new(),
    })
}

/// What an imported package says of nodes that are not published here.
fn unknown_here(identifier: &str, kept: &str, abroad: &[AbroadRow]) -> Result<Vec<LinkLine>> {
    let kept = if kept.is_empty() { "null" } else { kept };
    let kept = serde_json::from_str(kept).map_err(|error| AppError::internal("what a package says", error))?;
    let known = |to: &str, kind: &str| abroad.iter().any(|row| row.other == to && row.kind == kind);
    let line = |(told, address): (ExchangeOrigin, String)| {
        let to = told.to.to_string();
        if told.from.to_string() != identifier || known(&to, &told.kind) {
            return None;
        }
        Some(LinkLine {
            words: words(&told.kind),
            kind: told.kind,
            out: true,
            other: Label {
                id: NodeId::parse(&told.to.simple().to_string())?,
                code: String::new(),
                title: if told.title.is_empty() { to } else { told.title },
            },
            elsewhere: Some((format!("Not published here: {address}"), String::new())),
            imported: true,
        })
    };
    Ok(case::leading_out(&kept)
        .into_iter()
        .filter_map(line)
        .take(MOST_UNKNOWN)
        .collect())
}

fn words(kind: &str) -> String {
    let known = LINKS.iter().find(|(known, _)| *known == kind);
    known.map_or(kind, |(_, words)| *words).to_owned()
}

impl LinkRow {
    fn line(self) -> LinkLine {
        LinkLine {
            words: words(&self.kind),
            kind: self.kind,
            out: self.out,
            other: Label {
                id: self.id,
                code: self.code,
                title: self.title,
            },
            elsewhere: None,
            imported: false,
        }
    }
}

impl AbroadRow {
    fn line(self) -> LinkLine {
        let number = u32::try_from(self.number).unwrap_or(0);
        LinkLine {
            words: words(&self.kind),
            kind: self.kind,
            out: true,
            other: Label {
                id: self.source,
                code: self.code,
                title: self.title,
            },
            elsewhere: Some((self.set_title, node_href(&self.slug, number, &self.address))),
            imported: !self.by_hand,
        }
    }
}
