//! The outline of a draft as the studio shows it: the top, and what stands
//! beneath what is open.

use std::collections::{HashMap, HashSet};

use surrealdb_types::SurrealValue;

use super::loading::{FrameRow, frame_fields};
use crate::competencies::store::{ImportedRow, imported};
use crate::db::{Answers, Db};
use crate::error::{AppError, Result};
use crate::id::{EditionId, NodeId, OrganisationId};
use crate::outlines::model::{Draft, FrameForm, Label, Line, OutlinePage, PAGE, opened};
use crate::outlines::pasting::repeated;
use crate::outlines::rules::{frame_fields as fields, frame_form};
use crate::vars;
use crate::viewer::Viewer;

#[derive(SurrealValue)]
struct SetRow {
    slug: String,
    title: String,
    organisation: String,
    derived: bool,
    line: Vec<OrganisationId>,
}

#[derive(SurrealValue)]
struct EditionRow {
    id: EditionId,
    number: i64,
    statements: i64,
    state: String,
}

#[derive(SurrealValue)]
struct NodeRow {
    id: NodeId,
    parent: Option<NodeId>,
    depth: i64,
    code: String,
    title: String,
    kind: String,
    kind_label: String,
    beneath: Option<i64>,
}

#[derive(SurrealValue)]
struct ChangeRow {
    words: String,
}

const LOAD: &str = concat!(
    "LET $set = (SELECT VALUE id FROM competency_set WHERE slug = $slug)[0];
     LET $editions = (SELECT id, number, statements, state FROM edition WHERE competency_set = $set AND state IN ['draft', 'in_review']
        ORDER BY number DESC LIMIT 1);
     LET $edition = $editions[WHERE state = 'draft'][0].id;
     SELECT slug, title, organisation.name AS organisation, organisation.line AS line,
        record::exists(type::record('derivation', record::id(id))) AS derived FROM $set;
     $editions;
     SELECT ",
    frame_fields!(),
    " FROM $edition;
     SELECT id, position, parent, depth, code, title, kind, kind_label, beneath FROM node WHERE edition = $edition ORDER BY position;
     SELECT number, words FROM edition_change WHERE person = $me AND edition = $edition AND undone = false AND shelved = NONE ORDER BY number DESC LIMIT 1;
     SELECT number, words FROM edition_change WHERE person = $me AND edition = $edition AND undone = true AND shelved = NONE ORDER BY number LIMIT 1;
     array::distinct((SELECT VALUE person.name FROM edition_change
        WHERE edition = $edition AND person != $me AND at > time::now() - 10m LIMIT 200));",
    imported!("$edition")
);

/// The draft of a set, for those who may write it; the nodes directly beneath
/// those that are `open`, with commas between, and all above them are shown.
pub async fn outline_page(db: &Db, viewer: &Viewer, set: &str, open: &str, page: u32) -> Result<OutlinePage> {
    let me = viewer.id().ok_or(AppError::SignInNeeded)?;
    let mut answers = db
        .run(LOAD, vars! { "slug" => set.to_owned(), "me" => me.clone() })
        .await?;
    let set = answers.row::<SetRow>(3)?.filter(|set| viewer.may_curate(&set.line));
    let set = set.ok_or(AppError::NotFound)?;
    let edition = answers.row::<EditionRow>(4)?;
    let in_review = edition.as_ref().is_some_and(|edition| edition.state == "in_review");
    let imported = answers.row::<ImportedRow>(10)?;
    let draft = match edition.filter(|edition| edition.state == "draft") {
        Some(edition) => Some(draft(&mut answers, edition, open, page)?),
        None => None,
    };
    Ok(OutlinePage {
        set: set.slug,
        title: draft.as_ref().map_or(set.title, |draft| draft.frame.title.clone()),
        organisation: set.organisation,
        derived: set.derived,
        draft,
        imported: imported.map(|row| row.shown(viewer.timezone())),
        in_review,
    })
}

fn small(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(0)
}

fn draft(answers: &mut Answers, edition: EditionRow, open: &str, page: u32) -> Result<Draft> {
    let frame = answers.row::<FrameRow>(5)?.ok_or(AppError::NotFound)?.frame();
    let nodes = answers.rows::<NodeRow>(6)?;
    let base = serde_json::to_string(&fields(&frame)).map_err(|error| AppError::internal("frame", error))?;
    let wanted = opened(open);
    let by_id: HashMap<&NodeId, &NodeRow> = nodes.iter().map(|node| (&node.id, node)).collect();
    let open: Vec<&NodeRow> = wanted.iter().filter_map(|node| by_id.get(node).copied()).collect();
    let above = |node: &NodeRow| {
        let next = |node: &&NodeId| by_id.get(*node).and_then(|node| node.parent.as_ref());
        std::iter::successors(node.parent.as_ref(), next).cloned().collect()
    };
    let label = open.last().map(|node| Label {
        id: node.id.clone(),
        code: node.code.clone(),
        title: node.title.clone(),
    });
    let opened: Vec<(NodeId, Vec<NodeId>)> = open.iter().map(|node| (node.id.clone(), above(node))).collect();
    let lines = lines(&nodes, &opened);
    let pages = lines.len().div_ceil(PAGE).max(1);
    let page = page.clamp(1, small(i64::try_from(pages).unwrap_or(1)));
    let shown = lines.into_iter().skip((page as usize - 1) * PAGE).take(PAGE);
    let mut words = |index| Ok::<_, AppError>(answers.row::<ChangeRow>(index)?.map(|row| row.words));
    let (undo, redo) = (words(7)?, words(8)?);
    Ok(Draft {
        keys: [(); 2].map(|()| uuid::Uuid::new_v4().to_string()),
        edition: edition.id,
        number: small(edition.number),
        statements: small(edition.statements),
        size: u32::try_from(nodes.len()).unwrap_or(0),
        frame: FrameForm {
            base,
            ..frame_form(&frame)
        },
        lines: shown.collect(),
        open: label,
        opened,
        page,
        pages: small(i64::try_from(pages).unwrap_or(1)),
        undo,
        redo,
        repeated: repeated_lines(&nodes, frame.numbered),
        others: answers.rows::<String>(9)?,
        present: Vec::new(),
    })
}

/// As kinds that curators name are written, which stand beside it.
fn capital(kind: &str) -> String {
    let mut letters = kind.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// The first lines that share their code with another. Numbered codes do not.
fn repeated_lines(nodes: &[NodeRow], numbered: bool) -> Vec<Label> {
    const SHOWN: usize = 20;
    if numbered {
        return Vec::new();
    }
    let codes: HashSet<String> = repeated(nodes.iter().map(|node| node.code.as_str()))
        .into_iter()
        .collect();
    let shared = nodes.iter().filter(|node| codes.contains(&node.code));
    let label = |node: &NodeRow| Label {
        id: node.id.clone(),
        code: node.code.clone(),
        title: node.title.clone(),
    };
    shared.take(SHOWN).map(label).collect()
}

/// The lines that show: what stands at the top, and beneath what is open.
fn lines(nodes: &[NodeRow], open: &[(NodeId, Vec<NodeId>)]) -> Vec<Line> {
    let opened: HashSet<&NodeId> = open
        .iter()
        .flat_map(|(node, above)| above.iter().chain([node]))
        .collect();
    let mut last: HashMap<Option<&NodeId>, &NodeId> = HashMap::new();
    for node in nodes {
        last.insert(node.parent.as_ref(), &node.id);
    }
    let mut begun: HashSet<Option<&NodeId>> = HashSet::new();
    let mut lines = Vec::new();
    for node in nodes {
        let parent = node.parent.as_ref();
        let first = begun.insert(parent);
        if parent.is_some_and(|parent| !opened.contains(parent)) {
            continue;
        }
        lines.push(Line {
            id: node.id.clone(),
            depth: small(node.depth),
            code: node.code.clone(),
            title: node.title.clone(),
            kind: if node.kind_label.is_empty() {
                capital(&node.kind)
            } else {
                node.kind_label.clone()
            },
            beneath: small(node.beneath.unwrap_or(0)),
            open: opened.contains(&node.id),
            parent: node.parent.clone(),
            ways: [!first, last.get(&parent) != Some(&&node.id), !first, parent.is_some()],
        });
    }
    lines
}
