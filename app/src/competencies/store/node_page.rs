//! A statement's page, and a section's or competency's: everything on it in
//! one round trip.

use std::collections::HashMap;

use surrealdb_types::{Datetime, SurrealValue};

use super::branch::LinesRow;
use super::learning::LearningRow;
use super::node_query::PAGE;
use super::origins::{referred, referring, words};
use super::profiles::{ProgrammeRow, UseRow};
use super::remarks::SourceRow;
use super::set_page::SUMMARY;
use super::standing::{mine, named, onward};
use super::{EditionRow, LevelRow, count};
use crate::competencies::model::{
    Before, Branch, Details, EditionState, NodeKind, NodeLink, NodePage, Reference, Remarks, Talk,
};
use crate::db::{Answers, Db};
use crate::editions::carrying::way_of;
use crate::editions::model::Kind;
use crate::error::{AppError, Result};
use crate::id::{NodeId, OrganisationId, ThreadId};
use crate::markdown::{beginning, plain};
use crate::time;
use crate::vars;
use crate::viewer::Viewer;

#[derive(SurrealValue)]
struct NodeRow {
    id: NodeId,
    identifier: String,
    kind: String,
    kind_label: String,
    code: String,
    title: String,
    description_html: String,
    knowledge: Vec<String>,
    skills: Vec<String>,
    attitudes: Vec<String>,
    behaviours: Vec<String>,
    depth: i64,
    notes: String,
    topics: Vec<String>,
    sources: Vec<SourceRow>,
    level_descriptions: Vec<String>,
    above: Vec<LinkRow>,
}

#[derive(SurrealValue)]
struct LinkRow {
    address: String,
    code: String,
    title: String,
}

impl From<LinkRow> for NodeLink {
    fn from(row: LinkRow) -> Self {
        Self {
            address: row.address,
            code: row.code,
            title: row.title,
        }
    }
}

#[derive(SurrealValue)]
struct PlaceRow {
    edition: EditionRow,
    levels: Vec<LevelRow>,
    set: String,
    set_title: String,
    language: String,
    creator: String,
    licence: String,
    since: Datetime,
    owner: String,
    line: Vec<OrganisationId>,
}

#[derive(SurrealValue)]
struct NeighbourRow {
    address: String,
    code: String,
    title: String,
    kind: String,
}

#[derive(SurrealValue)]
struct ReferenceRow {
    kind: String,
    address: String,
    code: String,
    title: String,
}

#[derive(SurrealValue)]
struct TalkRow {
    id: ThreadId,
    title: String,
    kind: String,
    posts: i64,
    last_post: Datetime,
    group_slug: String,
    group_title: String,
    anchor: NodeId,
    code: String,
    words: String,
    number: i64,
}

#[derive(SurrealValue)]
struct GoesOnRow {
    node: NodeId,
    kind: String,
    becomes: Vec<NodeId>,
}

#[derive(SurrealValue)]
struct ElsewhereRow {
    number: i64,
    state: String,
    address: String,
}

/// What serves a statement on one page of its own, and talk about it on one.
pub(in crate::competencies) const LEARNING: u32 = 30;
const TALKS: u32 = 8;

/// The node of an edition at this address. In a draft, only curators find it.
pub async fn node_page(db: &Db, viewer: &Viewer, set: &str, number: u32, address: &str) -> Result<NodePage> {
    node_pages(db, viewer, set, number, address, [1; 3]).await
}

/// The same with other pages of what serves it, of the talk about it and of what
/// stands beneath it.
pub async fn node_pages(
    db: &Db,
    viewer: &Viewer,
    set: &str,
    number: u32,
    address: &str,
    pages: [u32; 3],
) -> Result<NodePage> {
    let [learning_page, talk_page, beneath_page] = pages.map(|page| page.clamp(1, 10_000));
    let mut answers = db
        .run(
            PAGE,
            vars! {
                "slug" => set.to_owned(), "number" => i64::from(number), "address" => address.to_owned(),
                "me" => viewer.id().cloned(), "learning" => i64::from(LEARNING), "talks" => i64::from(TALKS),
                "learned" => i64::from((learning_page - 1) * LEARNING), "talked" => i64::from((talk_page - 1) * TALKS),
                "groups" => viewer.groups.iter().map(|group| group.id.clone()).collect::<Vec<_>>(),
            },
        )
        .await?;
    let node = answers.row::<NodeRow>(5)?.ok_or(AppError::NotFound)?;
    let place = answers.row::<PlaceRow>(6)?.ok_or(AppError::NotFound)?;
    if !place.edition.state().is_public() && !viewer.may_curate(&place.line) {
        return Err(AppError::NotFound);
    }
    let zone = viewer.timezone();
    let drafts = viewer.may_curate(&place.line);
    let editions = in_editions(answers.rows(18)?, drafts);
    let lines = answers.row::<LinesRow>(7)?;
    let beneath = lines.map_or_else(Branch::default, |lines| lines.branch(node.depth, beneath_page));
    let (previous, next) = neighbours(&mut answers)?;
    let talks = count(answers.row::<i64>(23)?.unwrap_or(0));
    let talk = talks_about(&mut answers, &node.id, zone)?;
    let serving = count(answers.row::<i64>(25)?.unwrap_or(0));
    Ok(NodePage {
        identifier: node.identifier,
        site: String::new(),
        author: if place.creator.is_empty() {
            place.owner
        } else {
            place.creator
        },
        licence: place.licence,
        year: time::iso(&place.since).chars().take(4).collect(),
        set: place.set,
        set_title: place.set_title,
        language: place.language,
        edition: place.edition.card(zone),
        levels: place.levels.into_iter().map(Into::into).collect(),
        kind: NodeKind::parse(&node.kind).unwrap_or(NodeKind::Statement),
        kind_label: node.kind_label,
        code: node.code,
        title: node.title,
        summary: beginning(&plain(&node.description_html), SUMMARY),
        description_html: node.description_html,
        details: Details {
            knowledge: node.knowledge,
            skills: node.skills,
            attitudes: node.attitudes,
            behaviours: node.behaviours,
        },
        remarks: Remarks {
            notes: node.notes,
            topics: node.topics,
            sources: node.sources.into_iter().map(Into::into).collect(),
            levels: node.level_descriptions,
        },
        above: node.above.into_iter().map(Into::into).collect(),
        id: node.id,
        address: address.to_owned(),
        beneath: beneath.nodes,
        beneath_page: beneath.page,
        beneath_pages: beneath.pages,
        references: references(&mut answers)?,
        used_by: answers.rows::<UseRow>(12)?.into_iter().map(Into::into).collect(),
        programmes: answers.rows::<ProgrammeRow>(35)?.into_iter().map(Into::into).collect(),
        mine: if viewer.is_signed_in() {
            Some(mine(&mut answers, zone)?)
        } else {
            None
        },
        learning: answers
            .rows::<LearningRow>(13)?
            .into_iter()
            .filter_map(LearningRow::into_learning)
            .collect(),
        learning_page,
        learning_pages: serving.div_ceil(LEARNING).max(1),
        talk,
        talks,
        talk_page,
        talk_pages: talks.div_ceil(TALKS).max(1),
        editions,
        onward: onward(&mut answers, (28, 30))?,
        came_from: named(&mut answers, 31)?,
        previous,
        next,
    })
}

/// The editions that hold a node and that the viewer may see, newest first.
fn in_editions(rows: Vec<ElsewhereRow>, drafts: bool) -> Vec<(u32, String)> {
    let seen = |row: &ElsewhereRow| drafts || EditionState::parse(&row.state).is_some_and(EditionState::is_public);
    let mut editions: Vec<(u32, String)> = rows
        .into_iter()
        .filter(seen)
        .map(|row| (count(row.number), row.address))
        .collect();
    editions.sort_by_key(|(number, _)| std::cmp::Reverse(*number));
    editions
}

/// The statements before and after it, whichever branches they stand on.
fn neighbours(answers: &mut Answers) -> Result<(Option<NodeLink>, Option<NodeLink>)> {
    let mut nearest = |index: usize| -> Result<Option<NodeLink>> {
        let rows = answers.rows::<NeighbourRow>(index)?;
        let statement = rows.into_iter().find(|row| row.kind == NodeKind::Statement.as_str());
        Ok(statement.map(|row| NodeLink {
            address: row.address,
            code: row.code,
            title: row.title,
        }))
    };
    Ok((nearest(8)?, nearest(9)?))
}

fn references(answers: &mut Answers) -> Result<Vec<Reference>> {
    let mut found: Vec<Reference> = Vec::new();
    for (index, outgoing) in [(10, true), (11, false)] {
        for row in answers.rows::<ReferenceRow>(index)? {
            let node = NodeLink {
                address: row.address,
                code: row.code,
                title: row.title,
            };
            let reference = Reference {
                words: words(&row.kind, outgoing),
                node,
                elsewhere: None,
            };
            // Systems often write a plain "see also" in both directions.
            if !found.contains(&reference) {
                found.push(reference);
            }
        }
    }
    // A curator may have written what a package says too.
    for reference in referred(answers, 26)?.into_iter().chain(referring(answers, 27)?) {
        if !found.contains(&reference) {
            found.push(reference);
        }
    }
    Ok(found)
}

/// The newest talk about it, with a word of what was said of it in earlier editions.
fn talks_about(answers: &mut Answers, node: &NodeId, zone: &str) -> Result<Vec<Talk>> {
    let ways: HashMap<NodeId, (Kind, Vec<NodeId>)> = answers
        .rows::<GoesOnRow>(24)?
        .into_iter()
        .filter_map(|row| Some((row.node, (Kind::parse(&row.kind)?, row.becomes))))
        .collect();
    let talk = |row: TalkRow| {
        let before = (row.anchor != *node).then(|| Before {
            edition: count(row.number),
            words: format!("{} {}", row.code, row.words).trim().to_owned(),
            kind: way_of(&row.anchor, &ways),
        });
        Talk {
            thread: row.id,
            group: row.group_slug,
            group_title: row.group_title,
            title: row.title,
            question: row.kind == "question",
            posts: count(row.posts),
            last_post: time::iso(&row.last_post),
            last_post_label: time::ago(&row.last_post, zone),
            before,
        }
    };
    Ok(answers.rows::<TalkRow>(22)?.into_iter().map(talk).collect())
}
