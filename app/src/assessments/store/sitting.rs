//! A sitting: which statements there are, which of them come now.

use std::collections::HashMap;

use surrealdb_types::SurrealValue;

use super::profile::{LevelRow, NodeRow, ProfileRow, RatingRow, TargetRow, by_node, levels};
use crate::assessments::model::{Asked, DoneItem, Item, Level, Part, Sitting};
use crate::assessments::sitting::{after, range, resume, sittings};
use crate::db::{Answers, Db};
use crate::error::{AppError, Result};
use crate::id::NodeId;
use crate::vars;
use crate::viewer::Person;

/// What is rated: a list of statements in reading order.
struct Scope {
    title: String,
    profile: Option<String>,
    /// The address without a sitting.
    base: String,
    entry: Option<String>,
    levels: Vec<Level>,
    language: String,
    statements: Vec<NodeRow>,
    ratings: HashMap<NodeId, RatingRow>,
    /// Of a single statement: the level to reach in the plan.
    goal: Option<i64>,
}

#[derive(SurrealValue)]
struct HeadRow {
    code: String,
    title: String,
    address: String,
    levels: Vec<LevelRow>,
    language: String,
    number: i64,
    set_slug: String,
}

#[derive(SurrealValue)]
struct SpanRow {
    position: i64,
}

#[derive(SurrealValue)]
struct DetailRow {
    id: NodeId,
    above: Option<String>,
    knowledge: Vec<String>,
    skills: Vec<String>,
    attitudes: Vec<String>,
    behaviours: Vec<String>,
}

#[derive(SurrealValue)]
struct AboveRow {
    id: NodeId,
    section: String,
}

#[derive(SurrealValue)]
struct AroundRow {
    details: Vec<DetailRow>,
    above: Vec<AboveRow>,
}

/// The sitting that the address asks for; without anything asked, the newest
/// choice's next one. Nothing when no role profile is chosen.
pub async fn sitting(db: &Db, person: &Person, asked: &Asked) -> Result<Option<Sitting>> {
    let scope = match (&asked.statement, &asked.section, &asked.profile) {
        (Some(statement), _, profile) => Some(one(db, person, statement, profile.as_deref()).await?),
        (None, Some(section), None) => Some(section_of(db, person, section).await?),
        (None, section, profile) => {
            of_profile(db, person, profile.as_deref().unwrap_or_default(), section.as_ref()).await?
        }
    };
    match scope {
        Some(scope) => cut(db, person, scope, asked).await.map(Some),
        None => Ok(None),
    }
}

/// The statements of a role profile, or those of them within a section.
async fn of_profile(db: &Db, person: &Person, slug: &str, section: Option<&NodeId>) -> Result<Option<Scope>> {
    let mut answers = db
        .run(
            "LET $profile = IF $slug = '' {
                fn::chosen_profiles($me)[0].role_profile
             } ELSE { fn::profile_named($slug, $me) };
             SELECT id, slug, title, edition.state AS state, edition.number AS number, edition.levels AS levels,
                edition.language AS language, edition.competency_set.slug AS set_slug, edition.competency_set.title AS set_title
                FROM role_profile WHERE id = $profile;
             SELECT level, node.{ id, code, title, address, position, parent } AS node FROM target
                WHERE role_profile = $profile;
             SELECT node, level, aimed_at, not_my_work, note, at FROM rating WHERE person = $me;
             LET $head = (SELECT edition, position, depth FROM $section WHERE edition = $profile.edition)[0];
             SELECT position FROM [$head] WHERE position != NONE;
             SELECT position FROM node WHERE edition = $head.edition AND position > $head.position
                AND depth <= $head.depth ORDER BY position LIMIT 1;",
            vars! { "me" => person.id.clone(), "slug" => slug.to_owned(), "section" => section.cloned() },
        )
        .await?;
    let Some(profile) = answers.row::<ProfileRow>(1)? else {
        return if slug.is_empty() {
            Ok(None)
        } else {
            Err(AppError::NotFound)
        };
    };
    if profile.state != "published" {
        return Err(AppError::NotFound);
    }
    let mut statements: Vec<NodeRow> = answers
        .rows::<TargetRow>(2)?
        .into_iter()
        .map(|target| target.node)
        .collect();
    statements.sort_by(|a, b| (a.position, &a.id).cmp(&(b.position, &b.id)));
    let mut base = format!("/me/rate?profile={}", crate::paths::segment(&profile.slug));
    if let Some(section) = section {
        let start = answers.row::<SpanRow>(5)?.ok_or(AppError::NotFound)?.position;
        let end = answers.row::<SpanRow>(6)?.map_or(i64::MAX, |row| row.position);
        statements.retain(|statement| (start..end).contains(&statement.position));
        base.push_str(&format!("&section={section}"));
    }
    Ok(Some(Scope {
        title: profile.title,
        profile: Some(profile.slug),
        base,
        entry: None,
        levels: levels(profile.levels),
        language: profile.language,
        statements,
        ratings: by_node(answers.rows(3)?),
        goal: None,
    }))
}

/// All statements within a section or competency of a published edition.
async fn section_of(db: &Db, person: &Person, section: &NodeId) -> Result<Scope> {
    let mut answers = db
        .run(
            "LET $head = (SELECT edition, position, depth, kind FROM $section
                WHERE edition.state = 'published' AND kind != 'statement')[0];
             SELECT code, title, address, edition.levels AS levels, edition.number AS number,
                edition.language AS language, edition.competency_set.slug AS set_slug FROM $section WHERE $head != NONE;
             LET $end = (SELECT VALUE position FROM node WHERE edition = $head.edition
                AND position > $head.position AND depth <= $head.depth ORDER BY position LIMIT 1)[0] ?? 1000000000;
             SELECT id, code, title, address, position, parent FROM node WHERE edition = $head.edition
                AND position > $head.position AND position < $end AND kind = 'statement' ORDER BY position LIMIT 500;
             SELECT node, level, aimed_at, not_my_work, note, at FROM rating WHERE person = $me;",
            vars! { "me" => person.id.clone(), "section" => section.clone() },
        )
        .await?;
    let base = format!("/me/rate?section={section}");
    scope_of(&mut answers, base, None, (1, 3, 4))
}

/// A single statement, to rate it again.
async fn one(db: &Db, person: &Person, statement: &NodeId, profile: Option<&str>) -> Result<Scope> {
    let mut answers = db
        .run(
            "SELECT code, title, address, edition.levels AS levels, edition.number AS number,
                edition.language AS language, edition.competency_set.slug AS set_slug FROM $statement
                WHERE edition.state = 'published' AND kind = 'statement';
             SELECT id, code, title, address, position, parent FROM $statement;
             SELECT node, level, aimed_at, not_my_work, note, at
                FROM type::record('rating', [record::id($me), record::id($statement)]);
             LET $profile = fn::profile_named($slug, $me);
             SELECT VALUE role_profile.slug FROM target
                WHERE id = type::record('target', [record::id($profile ?? role_profile:none), record::id($statement)]);
             SELECT VALUE level FROM type::record('goal', [record::id($me), record::id($statement)]) WHERE removed = NONE;",
            vars! { "me" => person.id.clone(), "statement" => statement.clone(), "slug" => profile.unwrap_or_default().to_owned() },
        )
        .await?;
    let slug = answers.row::<String>(4)?;
    let mut base = format!("/me/rate?statement={statement}");
    if let Some(slug) = &slug {
        base.push_str(&format!("&profile={}", crate::paths::segment(slug)));
    } else if profile.is_some() {
        return Err(AppError::NotFound);
    }
    let goal = answers.row::<i64>(5)?;
    let scope = scope_of(&mut answers, base, slug, (0, 1, 2))?;
    Ok(Scope { goal, ..scope })
}

fn scope_of(answers: &mut Answers, base: String, profile: Option<String>, at: (usize, usize, usize)) -> Result<Scope> {
    let head = answers.row::<HeadRow>(at.0)?.ok_or(AppError::NotFound)?;
    let entry = format!(
        "/index/{}/{}/{}",
        head.set_slug,
        head.number,
        crate::paths::segment(&head.address)
    );
    Ok(Scope {
        title: if head.code.is_empty() {
            head.title
        } else {
            format!("{} {}", head.code, head.title)
        },
        profile,
        base,
        entry: Some(entry),
        levels: levels(head.levels),
        language: head.language,
        statements: answers.rows(at.1)?,
        ratings: by_node(answers.rows(at.2)?),
        goal: None,
    })
}

/// The ten of a scope that come now, with their details.
async fn cut(db: &Db, person: &Person, scope: Scope, asked: &Asked) -> Result<Sitting> {
    let again = asked.statement.is_some();
    let rated: Vec<bool> = scope
        .statements
        .iter()
        .map(|node| scope.ratings.contains_key(&node.id))
        .collect();
    let total = count(scope.statements.len());
    let sittings = sittings(total).max(1);
    let number = asked
        .sitting
        .or_else(|| resume(&rated))
        .unwrap_or(sittings)
        .clamp(1, sittings);
    let here = |number| {
        if again {
            scope.base.clone()
        } else {
            format!("{}&sitting={number}", scope.base)
        }
    };
    let ten = scope.statements.get(range(number, total)).unwrap_or_default();
    let (done, open): (Vec<_>, Vec<_>) = ten
        .iter()
        .partition(|node| !again && scope.ratings.contains_key(&node.id));
    let around = around(db, &scope, &open).await?;
    let parts = if again {
        Vec::new()
    } else {
        parts(&scope, &around.above)
    };
    let details: HashMap<NodeId, DetailRow> = around.details.into_iter().map(|row| (row.id.clone(), row)).collect();
    let done = done.into_iter().map(|node| done_item(node, &scope)).collect();
    let open = open
        .into_iter()
        .map(|node| item(node, &scope, details.get(&node.id)))
        .collect();
    Ok(Sitting {
        here: here(number),
        more: after(&rated, number).filter(|_| !again).map(here),
        last_saved: last_saved(&scope, &person.timezone),
        rated: count(rated.iter().filter(|rated| **rated).count()),
        total,
        parts,
        number,
        sittings,
        open,
        done,
        again,
        goal: scope.goal.and_then(|level| u32::try_from(level).ok()),
        title: scope.title,
        profile: scope.profile,
        entry: scope.entry,
        levels: scope.levels,
        language: scope.language,
    })
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The details of what is open, and the section above each competency.
async fn around(db: &Db, scope: &Scope, open: &[&NodeRow]) -> Result<AroundRow> {
    let mut above: Vec<NodeId> = scope.statements.iter().filter_map(|node| node.parent.clone()).collect();
    above.sort();
    above.dedup();
    let open: Vec<NodeId> = open.iter().map(|node| node.id.clone()).collect();
    db.read(
        "{
            LET $around = {
                details: (SELECT id, parent.title AS above, knowledge, skills, attitudes, behaviours FROM $nodes),
                above: (SELECT id, parent.title ?? title AS section FROM $competencies),
            };
            $around
        };",
        vars! { "nodes" => open, "competencies" => above },
    )
    .await
}

/// How far one is with each section, in reading order.
fn parts(scope: &Scope, above: &[AboveRow]) -> Vec<Part> {
    let sections: HashMap<&NodeId, &String> = above.iter().map(|row| (&row.id, &row.section)).collect();
    let mut parts: Vec<Part> = Vec::new();
    for node in &scope.statements {
        let Some(title) = node.parent.as_ref().and_then(|parent| sections.get(parent)) else {
            continue;
        };
        if parts.last().is_none_or(|part| part.title != **title) {
            parts.push(Part {
                title: (*title).clone(),
                rated: 0,
                total: 0,
            });
        }
        if let Some(part) = parts.last_mut() {
            part.total += 1;
            part.rated += u32::from(scope.ratings.contains_key(&node.id));
        }
    }
    parts
}

fn item(node: &NodeRow, scope: &Scope, details: Option<&DetailRow>) -> Item {
    let rating = scope.ratings.get(&node.id);
    let kinds = details.map_or_else(Vec::new, |row| {
        [
            ("Knowledge", &row.knowledge),
            ("Skills", &row.skills),
            ("Attitudes", &row.attitudes),
            ("Behaviours", &row.behaviours),
        ]
        .into_iter()
        .filter(|(_, list)| !list.is_empty())
        .map(|(kind, list)| (kind.to_owned(), list.clone()))
        .collect()
    });
    Item {
        node: node.id.clone(),
        code: node.code.clone(),
        title: node.title.clone(),
        above: details.and_then(|row| row.above.clone()).unwrap_or_default(),
        details: kinds,
        said: rating.map(RatingRow::said),
        aimed_at: rating
            .and_then(|rating| rating.aimed_at)
            .and_then(|level| u32::try_from(level).ok()),
        note: rating.map(|rating| rating.note.clone()).unwrap_or_default(),
    }
}

fn done_item(node: &NodeRow, scope: &Scope) -> DoneItem {
    let said = scope
        .ratings
        .get(&node.id)
        .map(|rating| rating.said().label(&scope.levels));
    DoneItem {
        node: node.id.clone(),
        code: node.code.clone(),
        title: node.title.clone(),
        said: said.unwrap_or_default(),
    }
}

/// What was saved last within the scope, so that it is said without
/// JavaScript too, and where one stopped when coming back.
fn last_saved(scope: &Scope, zone: &str) -> Option<String> {
    let rating = |node: &NodeRow| scope.ratings.get(&node.id).map(|rating| (rating.at, node.position));
    let node = scope
        .statements
        .iter()
        .filter(|node| scope.ratings.contains_key(&node.id))
        .max_by_key(|node| rating(node))?;
    let rating = scope.ratings.get(&node.id)?;
    let name = if node.code.is_empty() { &node.title } else { &node.code };
    Some(format!(
        "{name}, {}, {}",
        rating.said().label(&scope.levels),
        crate::time::ago(&rating.at, zone)
    ))
}
