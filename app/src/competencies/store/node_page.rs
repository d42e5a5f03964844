//! A statement's page, and a section's or competency's: everything on it in
//! one round trip.

use std::collections::HashMap;

use surrealdb_types::{Datetime, SurrealValue};

use super::learning::LearningRow;
use super::profiles::UseRow;
use super::remarks::SourceRow;
use super::set_page::OutlineRow;
use super::{EditionRow, LevelRow, count};
use crate::competencies::model::{
    Before, Details, EditionState, Mine, Needed, NodeKind, NodeLink, NodePage, OUTLINE, OutlineNode, Reference,
    Remarks, Said, Talk, pruned,
};
use crate::db::{Answers, Db};
use crate::editions::carrying::way_of;
use crate::editions::model::Kind;
use crate::error::{AppError, Result};
use crate::id::{NodeId, OrganisationId, ThreadId};
use crate::time;
use crate::vars;
use crate::viewer::Viewer;

const PAGE: &str = "
    LET $set = (SELECT VALUE id FROM competency_set WHERE slug = $slug)[0];
    LET $edition = (SELECT VALUE id FROM edition WHERE competency_set = $set AND number = $number)[0];
    LET $node = (SELECT VALUE id FROM node WHERE edition = $edition AND address = $address)[0];
    LET $at = $node.position ?? 0;
    LET $many = IF $node = NONE { 0 } ELSE IF $node.beneath = NONE {
        count(SELECT VALUE id FROM node WHERE edition = $edition AND above CONTAINS $node) } ELSE { $node.beneath };
    SELECT id, identifier, kind, kind_label, code, title, description_html, knowledge, skills, attitudes, behaviours, depth,
        notes ?? '' AS notes, topics ?? [] AS topics, sources ?? [] AS sources, level_descriptions ?? [] AS level_descriptions,
        above.{ address, code, title } AS above FROM $node;
    SELECT { number: number, state: state, statements: statements, competencies: competencies,
            created: created, published: published, partial: partial } AS edition, levels, competency_set.slug AS set,
        title AS set_title, language, creator, licence, published ?? created AS since,
        competency_set.organisation.name AS owner, competency_set.organisation.line AS line FROM $edition;
    IF $many = 0 { [] } ELSE {
        (SELECT position, depth, code, title, address FROM node WHERE edition = $edition AND position > $at
            ORDER BY position LIMIT $many) };
    SELECT position, address, code, title, kind FROM node WHERE edition = $edition AND position < $at
        ORDER BY position DESC LIMIT 12;
    SELECT position, address, code, title, kind FROM node WHERE edition = $edition AND position > $at
        ORDER BY position LIMIT 12;
    SELECT kind, position, destination.address AS address, destination.code AS code, destination.title AS title
        FROM cross_reference WHERE origin = $node ORDER BY position LIMIT 100;
    SELECT kind, position, origin.address AS address, origin.code AS code, origin.title AS title
        FROM cross_reference WHERE destination = $node ORDER BY position LIMIT 100;
    IF $node = NONE { [] } ELSE {
        LET $homes = fn::homes($me);
        (SELECT role_profile.title AS title, role_profile.slug AS slug, role_profile.organisation.name AS organisation, level
            FROM target WHERE node = $node AND fn::profile_open(role_profile, $homes) ORDER BY title, slug LIMIT 200) };
    SELECT subject, level, subject.title AS title, subject.slug AS slug, subject.kind AS kind, subject.url AS url,
        subject.minutes AS minutes, subject.hours AS hours, subject.lessons AS lessons, subject.state AS state,
        subject.publisher AS publisher FROM alignment WHERE node = $node ORDER BY level, title, subject LIMIT 60;
    $node.identifier;
    IF $me != NONE AND $node != NONE {
        (SELECT level, not_my_work, at FROM type::record('rating', [record::id($me), record::id($node)])) } ELSE { [] };
    IF $me != NONE AND $node != NONE {
        (SELECT chosen, role_profile.title AS role_profile,
            type::record('target', [record::id(role_profile), record::id($node)]).level AS level
            FROM fn::chosen_profiles($me)) } ELSE { [] };
    LET $identifier = $node.identifier;
    SELECT edition.number AS number, edition.state AS state, address FROM node
        WHERE identifier = $identifier AND edition.competency_set = $set LIMIT 200;
    LET $unmapped = IF $node = NONE { [] } ELSE { (SELECT VALUE id FROM node WHERE identifier = $identifier
        AND edition.competency_set = $set AND edition.number < $number AND edition.state IN ['published', 'retired']
        AND (SELECT VALUE id FROM statement_map WHERE node = $parent.id AND edition.number <= $number
            AND edition.state IN ['published', 'retired']) = []) };
    LET $here = IF $node = NONE { [] } ELSE { array::union([$node], $unmapped) };
    LET $about = array::union($here, fn::earlier($here, 25));
    SELECT id, title, kind, posts, last_post, study_group.slug AS group_slug, study_group.title AS group_title, anchor,
        anchor.code AS code, anchor.title AS words, anchor.edition.number AS number
        FROM thread WHERE anchor IN $about AND (public = true OR study_group IN $groups) ORDER BY last_post DESC, id LIMIT 8;
    count(SELECT VALUE id FROM thread WHERE anchor IN $about AND (public = true OR study_group IN $groups));
    SELECT node, kind, becomes FROM statement_map WHERE node IN $about AND edition.number <= $number
        AND edition.state IN ['published', 'retired'];";

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

#[derive(SurrealValue)]
struct RatingRow {
    level: Option<i64>,
    not_my_work: bool,
    at: Datetime,
}

#[derive(SurrealValue)]
struct NeedRow {
    role_profile: Option<String>,
    level: Option<i64>,
}

/// The node of an edition at this address. In a draft, only curators find it.
pub async fn node_page(db: &Db, viewer: &Viewer, set: &str, number: u32, address: &str) -> Result<NodePage> {
    let mut answers = db
        .run(
            PAGE,
            vars! {
                "slug" => set.to_owned(), "number" => i64::from(number), "address" => address.to_owned(),
                "me" => viewer.id().cloned(),
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
    let beneath = beneath(&mut answers, node.depth)?;
    let (previous, next) = neighbours(&mut answers)?;
    let talks = count(answers.row::<i64>(23)?.unwrap_or(0));
    let talk = talks_about(&mut answers, &node.id, zone)?;
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
        beneath,
        references: references(&mut answers)?,
        used_by: answers.rows::<UseRow>(12)?.into_iter().map(Into::into).collect(),
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
        talk,
        talks,
        editions,
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

fn beneath(answers: &mut Answers, depth: i64) -> Result<Vec<OutlineNode>> {
    let own = count(depth);
    let rows = answers.rows::<OutlineRow>(7)?.into_iter().map(OutlineNode::from);
    Ok(pruned(rows.take_while(|node| node.depth > own).collect(), OUTLINE))
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
    let words = |kind: &str, outgoing: bool| -> String {
        match (kind, outgoing) {
            ("precedes", true) => "Comes before".into(),
            ("precedes", false) => "Comes after".into(),
            ("isPartOf", true) | ("isChildOf", true) => "Also part of".into(),
            ("isPartOf", false) | ("isChildOf", false) => "Also holds".into(),
            ("exactMatchOf", _) => "Says the same as".into(),
            ("replacedBy", true) => "Replaced by".into(),
            ("replacedBy", false) => "Replaces".into(),
            ("isPeerOf" | "isRelatedTo", _) => "See also".into(),
            (other, _) => format!("See also ({other})"),
        }
    };
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
            };
            // Systems often write a plain "see also" in both directions.
            if !found.contains(&reference) {
                found.push(reference);
            }
        }
    }
    Ok(found)
}

fn mine(answers: &mut Answers, zone: &str) -> Result<Mine> {
    let said = answers.row::<RatingRow>(15)?.map(|row| Said {
        level: row.level.filter(|_| !row.not_my_work).map(count),
        day: time::day(&row.at, zone),
    });
    let needs = answers.rows::<NeedRow>(16)?;
    let needed = needs.into_iter().find_map(|row| {
        Some(Needed {
            role_profile: row.role_profile?,
            level: count(row.level?),
        })
    });
    Ok(Mine { said, needed })
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
