//! One edition of a set.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use surrealdb_types::{Datetime, SurrealValue};

use super::looked_for::typed;
use super::{EditionRow, LevelRow, count};
use crate::competencies::model::{
    Branch, EditionState, Looking, OutlineNode, RoleProfileCard, SetPage, Sought, found_page, with_all_above,
};
use crate::db::Db;
use crate::derivations::model::{DerivedSet, SourceLink};
use crate::error::{AppError, Result};
use crate::id::{EditionId, OrganisationId};
use crate::markdown::{beginning, plain};
use crate::reviews::model::ChangedSince;
use crate::reviews::store::{HindranceRow, changed_short, most_changed};
use crate::time;
use crate::vars;
use crate::viewer::Viewer;

#[derive(SurrealValue)]
struct SetRow {
    slug: String,
    owner: String,
    line: Vec<OrganisationId>,
}

#[derive(SurrealValue)]
struct ShownRow {
    id: EditionId,
    number: i64,
    levels: Vec<LevelRow>,
    title: String,
    description_html: String,
    language: String,
    creator: String,
    licence: String,
    identifier: String,
    since: Datetime,
    covered: i64,
}

#[derive(SurrealValue)]
struct RoleProfileRow {
    slug: String,
    title: String,
    description: String,
    statements: i64,
    organisation: String,
}

/// A node and what may be looked for in it.
#[derive(SurrealValue)]
struct NodeRow {
    depth: i64,
    code: String,
    title: String,
    address: String,
    /// What its kind is called on the screen.
    label: String,
    topics: Vec<String>,
    /// What else is written of it, in pieces.
    written: Option<Vec<String>>,
    description_html: Option<String>,
}

/// The nodes of an edition that does not change any more, one entry a node in
/// each.
#[derive(SurrealValue)]
struct KeptRow {
    depth: Vec<i64>,
    code: Vec<String>,
    title: Vec<String>,
    address: Vec<String>,
    label: Vec<String>,
    topics: Option<Vec<String>>,
}

impl KeptRow {
    fn nodes(self) -> impl Iterator<Item = NodeRow> {
        let words = self.code.into_iter().zip(self.title).zip(self.address).zip(self.label);
        let nodes = self.depth.into_iter().zip(words);
        nodes.map(|(depth, (((code, title), address), label))| NodeRow {
            depth,
            code,
            title,
            address,
            label,
            topics: Vec::new(),
            written: None,
            description_html: None,
        })
    }
}

#[derive(SurrealValue)]
struct ServedRow {
    address: String,
    level: i64,
}

#[derive(SurrealValue)]
struct SourceRow {
    slug: String,
    number: i64,
    title: String,
    owner: String,
}

#[derive(SurrealValue)]
struct DerivedRow {
    slug: String,
    title: String,
    owner: String,
}

/// A page of its role profiles, and how many there are in all.
#[derive(SurrealValue)]
struct RoleProfileRows {
    count: i64,
    rows: Vec<RoleProfileRow>,
}

/// The same of what was derived from it.
#[derive(SurrealValue)]
struct DerivedRows {
    count: i64,
    rows: Vec<DerivedRow>,
}

/// Role profiles on one page, and derived sets.
const BESIDE: u32 = 50;

/// Characters of a description where it stands beside others.
pub(super) const SUMMARY: usize = 240;

/// As [`set_page_where`], with nothing looked for.
pub async fn set_page(db: &Db, viewer: &Viewer, slug: &str, number: Option<u32>) -> Result<SetPage> {
    set_page_where(db, viewer, slug, number, Looking::default(), [1; 3]).await
}

/// The edition of that number, or the latest published one (for curators of a
/// set without one: the latest of all). What only curators may see is not
/// found by others. Of what is looked for, else of the tree, of its role
/// profiles and of what was derived from it the pages of these numbers.
pub async fn set_page_where(
    db: &Db,
    viewer: &Viewer,
    slug: &str,
    number: Option<u32>,
    looking: Looking,
    [page, profiles, derived]: [u32; 3],
) -> Result<SetPage> {
    let (profiles_page, derived_page) = (profiles.clamp(1, 10_000), derived.clamp(1, 10_000));
    let start = |page: u32| i64::from((page - 1) * BESIDE);
    let mut answers = db
        .run(
            "LET $set = (SELECT VALUE id FROM competency_set WHERE slug = $slug)[0];
             LET $editions = (SELECT id, number, state, statements, competencies, created, published, partial
                FROM edition WHERE competency_set = $set ORDER BY number DESC LIMIT 200);
             LET $shown = IF $number != NONE { $editions[WHERE number = $number][0] }
                ELSE { $editions[WHERE state = 'published' AND (partial ?? false) = false][0] ?? $editions[WHERE state = 'published'][0] ?? $editions[WHERE state = 'retired'][0] ?? $editions[0] };
             LET $edition = $shown.id;
             LET $outline = IF $text { NONE } ELSE { (SELECT depth, code, title, address, label, topics FROM type::record('edition_outline', record::id($edition ?? edition:none)))[0] };
             SELECT slug, organisation.name AS owner, organisation.line AS line FROM $set;
             $editions;
             SELECT id, number, levels, title, description_html, language, creator, licence, identifier, published ?? created AS since,
                type::record('coverage', record::id(id)).statements ?? 0 AS covered FROM $edition;
             IF $outline = NONE { (SELECT position, depth, code, title, address, IF kind_label = '' { <string> kind } ELSE { kind_label } AS label,
                topics ?? [] AS topics, IF $text { description_html } AS description_html,
                IF $text { array::flatten([knowledge, skills, attitudes, behaviours, [notes ?? ''], topics ?? [], sources.title ?? [], sources.credit ?? []]) } AS written
                FROM node WHERE edition = $edition ORDER BY position LIMIT 10000) } ELSE { [] };
             $outline;
             { LET $homes = fn::homes($me);
                LET $open = (SELECT slug, title, description, statements, organisation.name AS organisation FROM role_profile
                    WHERE edition = $edition AND fn::profile_open(id, $homes));
                { count: array::len($open), rows: (SELECT * FROM $open ORDER BY title, slug LIMIT $beside START $profiles_start) } };
             IF $learning { (SELECT node.address AS address, level FROM alignment
                WHERE node IN (SELECT VALUE id FROM node WHERE edition = $edition)
                    AND (subject.state = NONE OR subject.state = 'published')) } ELSE { [] };
             SELECT source.slug AS slug, edition.number AS number, edition.title AS title, source.organisation.name AS owner
                FROM type::record('derivation', record::id($set ?? competency_set:none));
             { LET $theirs = (SELECT derived.slug AS slug, derived.title AS title, derived.organisation.name AS owner FROM derivation
                WHERE source = $set AND (derived.organisation.line CONTAINSANY $mine OR $all
                    OR (SELECT VALUE id FROM edition WHERE competency_set = $parent.derived AND state IN ['published', 'retired'] LIMIT 1) != []));
                { count: array::len($theirs), rows: (SELECT * FROM $theirs ORDER BY title, slug LIMIT $beside START $derived_start) } };
             IF $edition.rounds = NONE { [] } ELSE { fn::acknowledged($edition) };
             IF $edition.rounds = NONE OR $shown.state IN ['published', 'retired'] { [] } ELSE { fn::review_hindrance($edition) };
             LET $curates = $all OR ($set.organisation.line ?? []) CONTAINSANY $mine;
             IF !$curates OR $edition.rounds = NONE OR $shown.state IN ['published', 'retired'] { NONE }
                ELSE { fn::unreviewed_short($edition, $most_changed) };
             SELECT VALUE unreviewed ?? array::len(type::record('unreviewed', record::id(id)).statements ?? []) FROM $edition;
             SELECT withdrawn, withdrawn_why FROM $edition WHERE withdrawn != NONE AND state = 'retired';",
            vars! {
                "slug" => slug.to_owned(), "number" => number.map(i64::from), "text" => looking.needs_text(),
                "learning" => looking.needs_learning(), "mine" => super::curated(viewer), "all" => super::sees_all(viewer),
                "me" => viewer.id().cloned(), "most_changed" => most_changed(), "beside" => i64::from(BESIDE),
                "profiles_start" => start(profiles_page), "derived_start" => start(derived_page),
            },
        )
        .await?;
    let set = answers.row::<SetRow>(5)?.ok_or(AppError::NotFound)?;
    let editions = answers.rows::<EditionRow>(6)?;
    let shown = answers.row::<ShownRow>(7)?.ok_or(AppError::NotFound)?;
    let mut nodes = answers.rows::<NodeRow>(8)?;
    let mut topics: Vec<String> = nodes.iter().flat_map(|node| node.topics.clone()).collect();
    if let Some(mut kept) = answers.row::<KeptRow>(9)? {
        topics.extend(kept.topics.take().unwrap_or_default());
        nodes.extend(kept.nodes());
    }
    let role_profiles = answers.row::<RoleProfileRows>(10)?;
    let (profile_count, role_profiles) = role_profiles.map_or((0, Vec::new()), |page| (page.count, page.rows));
    let served = answers.rows::<ServedRow>(11)?;
    let derived_from = answers.row::<SourceRow>(12)?;
    let derived = answers.row::<DerivedRows>(13)?;
    let (derived_count, derived) = derived.map_or((0, Vec::new()), |page| (page.count, page.rows));
    let acknowledged = answers.rows::<String>(14)?;
    let hindrance = answers.row::<HindranceRow>(15)?;
    let changed = changed_short(&mut answers, 17)?;
    let unreviewed = count(answers.row::<i64>(18)?.unwrap_or(0));
    let withdrawn = answers.row::<WithdrawnRow>(19)?;
    let may_curate = viewer.may_curate(&set.line);
    let public = editions
        .iter()
        .filter(|edition| may_curate || edition.state().is_public());
    let editions: Vec<_> = public.map(|edition| edition.card(viewer.timezone())).collect();
    let card = editions.iter().find(|edition| edition.number == count(shown.number));
    let mut card = card.cloned().ok_or(AppError::NotFound)?;
    card.covered = card.state.is_public().then(|| count(shown.covered));
    let (card_is_public, in_force) = (card.state.is_public(), card.state == EditionState::Published);
    let kinds: BTreeSet<&str> = nodes.iter().map(|node| node.label.as_str()).collect();
    let kinds = kinds.into_iter().map(str::to_owned).collect();
    let hits = looking.is_active().then(|| found(&looking, &nodes, served));
    let hit_count = hits.as_ref().map(|hits| hits.iter().filter(|hit| **hit).count());
    let outline: Vec<OutlineNode> = nodes.into_iter().map(NodeRow::line).collect();
    let (outline, page, pages) = match hits {
        Some(hits) => {
            let (hits, page, pages) = found_page(&hits, page);
            (with_all_above(outline, &hits), page, pages)
        }
        None => {
            let branch = Branch::of(outline, page);
            (branch.nodes, branch.page, branch.pages)
        }
    };
    Ok(SetPage {
        edition: shown.id,
        identifier: shown.identifier,
        site: String::new(),
        year: time::iso(&shown.since).chars().take(4).collect(),
        slug: set.slug,
        title: shown.title,
        summary: beginning(&plain(&shown.description_html), SUMMARY),
        description_html: shown.description_html,
        language: shown.language,
        owner: set.owner,
        creator: shown.creator,
        licence: shown.licence,
        shown: card,
        editions,
        levels: shown.levels.into_iter().map(Into::into).collect(),
        outline,
        page,
        pages,
        looking,
        found: hit_count.map(|hits| u32::try_from(hits).unwrap_or(u32::MAX)),
        kinds,
        topics: each_once(topics),
        role_profiles_page: (profiles_page, pages_beside(profile_count)),
        role_profiles: role_profiles
            .into_iter()
            .map(|row| RoleProfileCard {
                slug: row.slug,
                title: row.title,
                description: row.description,
                organisation: row.organisation,
                statements: count(row.statements),
            })
            .collect(),
        acknowledged,
        unreviewed,
        withdrawn: withdrawn.map(|row| row.words(viewer.timezone())).unwrap_or_default(),
        in_review: hindrance.filter(|_| may_curate).and_then(HindranceRow::hindrance),
        changed: if may_curate { changed } else { ChangedSince::default() },
        may_curate,
        may_derive: card_is_public && viewer.may_write_sets(),
        may_profile: in_force && viewer.may_make_profiles(),
        derived_from: derived_from.map(|row| SourceLink {
            slug: row.slug,
            number: count(row.number),
            title: row.title,
            owner: row.owner,
        }),
        derived_page: (derived_page, pages_beside(derived_count)),
        derived: derived
            .into_iter()
            .map(|row| DerivedSet {
                slug: row.slug,
                title: row.title,
                owner: row.owner,
            })
            .collect(),
    })
}

fn pages_beside(rows: i64) -> u32 {
    count(rows).div_ceil(BESIDE).max(1)
}

#[derive(SurrealValue)]
struct WithdrawnRow {
    withdrawn: Datetime,
    withdrawn_why: String,
}

impl WithdrawnRow {
    fn words(self, zone: &str) -> String {
        let day = crate::time::day(&self.withdrawn, zone);
        format!("Retired on {day}, with no edition in its place: {}", self.withdrawn_why)
    }
}

impl NodeRow {
    fn line(self) -> OutlineNode {
        OutlineNode {
            depth: count(self.depth),
            code: self.code,
            title: self.title,
            address: self.address,
            ..OutlineNode::default()
        }
    }
}

/// At which nodes what is looked for was found.
fn found(looking: &Looking, nodes: &[NodeRow], served: Vec<ServedRow>) -> Vec<bool> {
    let mut levels: HashMap<String, Vec<u32>> = HashMap::new();
    for row in served {
        levels.entry(row.address).or_default().push(count(row.level));
    }
    let looking = Looking {
        words: typed(&looking.words),
        ..looking.clone()
    };
    let hit = |row: &NodeRow| {
        let description = row.description_html.as_deref().map(plain).unwrap_or_default();
        let written = row.written.as_deref().unwrap_or_default().join(" ");
        looking.finds(&Sought {
            text: &typed(&format!("{} {} {description} {written}", row.code, row.title)),
            kind: &row.label,
            topics: &row.topics,
            served: levels.get(&row.address).map(Vec::as_slice).unwrap_or_default(),
        })
    };
    nodes.iter().map(hit).collect()
}

/// Topics in the order of the alphabet; those that differ only in capitals are one.
fn each_once(mut topics: Vec<String>) -> Vec<String> {
    topics.sort_unstable();
    let mut by_words: BTreeMap<String, String> = BTreeMap::new();
    for topic in topics {
        by_words.entry(topic.to_lowercase()).or_insert(topic);
    }
    by_words.into_values().collect()
}
