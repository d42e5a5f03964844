//! Saving what a job needs of a section.

use std::collections::{BTreeMap, HashMap};

use surrealdb_types::SurrealValue;

use super::tree::{Tree, tree};
use super::{Own, own};
use crate::db::Db;
use crate::error::{AppError, FieldErrors, Result};
use crate::id::{NodeId, RoleProfileId};
use crate::role_profiles::model::{STATEMENTS, level_field as field, profile_href, section_href};
use crate::role_profiles::rules::{Section, parse_base, parse_needed, saved};
use crate::vars;
use crate::viewer::Viewer;

/// What the form of a section says.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    pub section: String,
    pub page: u32,
    /// The levels that the form was filled with.
    pub base: String,
    /// By node.
    pub levels: HashMap<String, String>,
    /// One level for the whole section; empty for none.
    pub whole: String,
    /// Mine counts where somebody else wrote something else.
    pub over: bool,
}

#[derive(Clone, SurrealValue)]
struct NeededRow {
    node: NodeId,
    level: i64,
    position: i64,
}

/// Times that it is tried again when somebody else saves at the same moment.
const TRIES: u32 = 6;

const STALE: &str = "stale";

/// Saves a page of a section; answers with where to go on.
pub async fn save_levels(db: &Db, viewer: &Viewer, profile: &RoleProfileId, sent: &Sent) -> Result<String> {
    for _ in 0..TRIES {
        let own = own(db, viewer, profile).await?;
        let vars = vars! { "profile" => own.id.clone(), "edition" => own.edition.clone() };
        let mut answers = db.run(tree!("$edition", "$profile"), vars).await?;
        let tree = Tree::new(answers.rows(0)?, answers.rows(1)?);
        let section = tree.section(&sent.section).ok_or(AppError::NotFound)?;
        let changes = match sent.whole.is_empty() {
            true => by_one(&own, &tree, section, sent)?,
            false => whole(&own, &tree, section, sent)?,
        };
        match write(db, &own, &tree, &changes).await {
            Err(AppError::Conflict(said)) if said == STALE => {}
            Err(error) => return Err(error),
            Ok(()) => return Ok(onward(&own, &tree, section, sent.page)),
        }
    }
    Err(AppError::Conflict(
        "Somebody else is saving this role profile just now. What you chose is still here: send it again.".into(),
    ))
}

/// Every statement of the section, on all its pages.
fn whole(own: &Own, tree: &Tree, section: &Section, sent: &Sent) -> Result<Vec<(usize, Option<u32>)>> {
    let level = parse_needed(&sent.whole, own.scale()).map_err(|message| AppError::field("whole", message))?;
    let places = section.statements.iter().map(|(at, _)| *at);
    Ok(places
        .filter(|at| tree.level(*at) != level)
        .map(|at| (at, level))
        .collect())
}

/// What was chosen by each statement of the page.
fn by_one(own: &Own, tree: &Tree, section: &Section, sent: &Sent) -> Result<Vec<(usize, Option<u32>)>> {
    let start = usize::try_from(sent.page.max(1) - 1)
        .unwrap_or(0)
        .saturating_mul(STATEMENTS);
    let shown = section.statements.iter().skip(start).take(STATEMENTS);
    let places: Vec<usize> = shown.map(|(at, _)| *at).collect();
    let keys: HashMap<String, usize> = places
        .iter()
        .enumerate()
        .map(|(line, at)| (tree.nodes[*at].id.to_string(), line))
        .collect();
    let base = parse_base(&sent.base, places.len(), own.scale()).map_err(|message| AppError::field("base", message))?;
    let mut errors = FieldErrors::default();
    let mut mine = BTreeMap::new();
    for (node, level) in &sent.levels {
        match keys.get(node) {
            Some(line) => {
                if let Some(level) = errors.take(&field(node), parse_needed(level, own.scale())) {
                    mine.insert(*line, level);
                }
            }
            None => errors.add("base", "The form could not be read. Load the page again."),
        }
    }
    errors.check()?;
    let theirs: Vec<Option<u32>> = places.iter().map(|at| tree.level(*at)).collect();
    let saved = saved(&base, &mine, &theirs, sent.over);
    let mut errors = FieldErrors::default();
    for (line, level) in &saved.clashes {
        let word = match level.and_then(|level| own.levels.get(level as usize)) {
            Some(level) => format!("“{}”", level.label),
            None => "“Not needed”".to_owned(),
        };
        let node = tree.nodes[places[*line]].id.to_string();
        errors.add(
            &field(&node),
            format!("Meanwhile somebody chose {word} here. What you chose is still here."),
        );
        errors.add(
            "over",
            "Nothing is saved yet. Change what you chose, or send it again with the box ticked.",
        );
    }
    errors.check()?;
    Ok(saved
        .changes
        .into_iter()
        .map(|(line, level)| (places[line], level))
        .collect())
}

async fn write(db: &Db, own: &Own, tree: &Tree, changes: &[(usize, Option<u32>)]) -> Result<()> {
    if changes.is_empty() {
        return Ok(());
    }
    let nodes: Vec<NodeId> = changes.iter().map(|(at, _)| tree.nodes[*at].id.clone()).collect();
    let needed: Vec<NeededRow> = changes
        .iter()
        .filter_map(|(at, level)| {
            Some(NeededRow {
                node: tree.nodes[*at].id.clone(),
                level: i64::from((*level)?),
                position: 0,
            })
        })
        .collect();
    db.write(
        "LET $now = (SELECT revision ?? 0 AS revision, edition.state AS state FROM $profile)[0];
         IF $now = NONE { THROW 'not found' };
         IF $now.state != 'published' { THROW $retired };
         IF $now.revision != $revision { THROW 'stale' };
         DELETE array::map($nodes, |$one| type::record('target', [record::id($profile), record::id($one)])) RETURN NONE;
         LET $rows = array::map($needed, |$one| object::extend($one, { role_profile: $profile,
            id: type::record('target', [record::id($profile), record::id($one.node)]) }));
         INSERT INTO target $rows RETURN NONE;
         UPDATE target SET position = node.position WHERE role_profile = $profile AND position != node.position RETURN NONE;
         UPDATE $profile SET statements = count((SELECT VALUE id FROM target WHERE role_profile = $profile)),
            revision = $revision + 1 RETURN NONE;",
        vars! {
            "profile" => own.id.clone(), "revision" => own.revision, "nodes" => nodes, "needed" => needed,
            "retired" => super::RETIRED,
        },
    )
    .await
    .map(drop)
}

/// The next page of the section, the next section, or all of them.
fn onward(own: &Own, tree: &Tree, section: &Section, page: u32) -> String {
    let page = page.max(1);
    let pages = u32::try_from(section.statements.len().div_ceil(STATEMENTS)).unwrap_or(1);
    let next = tree.sections.iter().skip_while(|one| one.key != section.key).nth(1);
    match next {
        _ if page < pages => format!(
            "{}&notice=saved",
            section_href(&own.set, &own.slug, &section.key, page + 1)
        ),
        Some(next) => format!("{}&notice=saved", section_href(&own.set, &own.slug, &next.key, 1)),
        None => format!("{}?notice=all", profile_href(&own.set, &own.slug)),
    }
}
