//! How far someone is.

use std::collections::HashMap;

use surrealdb_types::{Datetime, SurrealValue};

use super::profile::{RatingRow, by_node, number};
use crate::assessments::history;
use crate::assessments::model::{GrowthPage, HistoryPoint, ProfileChoice, Progress, Said};
use crate::assessments::sitting::resume;
use crate::db::Db;
use crate::error::Result;
use crate::id::{NodeId, PersonId, RoleProfileId};
use crate::vars;
use crate::viewer::Person;

/// Role profiles on one page of the choice.
const PAGE: u32 = 12;

#[derive(SurrealValue)]
struct ChosenRow {
    profile: RoleProfileId,
    slug: String,
    title: String,
    set: String,
    state: String,
}

#[derive(SurrealValue)]
struct TargetRow {
    role_profile: RoleProfileId,
    node: NodeId,
    position: i64,
    level: i64,
}

#[derive(SurrealValue, Clone)]
struct ChoiceRow {
    slug: String,
    title: String,
    description: String,
    set: String,
    statements: i64,
}

#[derive(SurrealValue, Clone)]
struct JudgementRow {
    node: NodeId,
    level: Option<i64>,
    at: Datetime,
}

/// A rating that was carried over from an earlier edition.
#[derive(SurrealValue)]
struct CarriedRow {
    node: NodeId,
    carried_from: Vec<NodeId>,
}

/// My growth: what is chosen and how far it is, what can be chosen, and the
/// line so far. The slug names a role profile to offer first.
pub async fn growth(db: &Db, person: &Person, slug: &str, page: u32) -> Result<GrowthPage> {
    let page = page.clamp(1, 10_000);
    let mut answers = db
        .run(
            "LET $chosen = fn::chosen_profiles($me);
             SELECT role_profile AS profile, role_profile.slug AS slug, role_profile.title AS title,
                role_profile.edition.competency_set.title AS set, role_profile.edition.state AS state FROM $chosen;
             SELECT role_profile, node, position, level FROM target WHERE role_profile IN $chosen.role_profile;
             SELECT node, level, aimed_at, not_my_work, note, at FROM rating WHERE person = $me;
             LET $editions = (SELECT VALUE id FROM edition WHERE state = 'published');
             LET $choices = {
                LET $homes = fn::homes($me);
                (SELECT id, slug, title, description, edition.competency_set.title AS set, statements
                    FROM role_profile WHERE edition IN $editions AND fn::profile_open(id, $homes)
                        AND id NOT IN $chosen.role_profile)
             };
             array::len($choices);
             SELECT * FROM $choices ORDER BY title, slug LIMIT $limit START $start;
             SELECT * FROM $choices WHERE slug = $slug;
             SELECT * FROM (SELECT node, level, at, id FROM judgement WHERE person = $me AND kind = 'self'
                ORDER BY at DESC, id LIMIT 5000) ORDER BY at, id;
             SELECT node, carried_from FROM rating WHERE person = $me AND carried_from != NONE;",
            vars! {
                "me" => person.id.clone(), "slug" => slug.to_owned(),
                "limit" => i64::from(PAGE), "start" => i64::from((page - 1) * PAGE),
            },
        )
        .await?;
    let chosen = answers.rows::<ChosenRow>(1)?;
    let targets = answers.rows::<TargetRow>(2)?;
    let ratings = by_node(answers.rows(3)?);
    let count = number(answers.row::<i64>(6)?.unwrap_or(0));
    let choice = |row: ChoiceRow| ProfileChoice {
        slug: row.slug,
        title: row.title,
        description: row.description,
        set: row.set,
        statements: number(row.statements),
    };
    let choices = answers.rows::<ChoiceRow>(7)?.into_iter().map(choice).collect();
    let offered = answers.row::<ChoiceRow>(8)?.map(choice);
    let history = match chosen.first() {
        Some(newest) => {
            let judgements = followed(answers.rows(9)?, answers.rows(10)?);
            line(&newest.profile, &targets, judgements, &person.timezone)
        }
        None => Vec::new(),
    };
    let mut by_profile = split(targets);
    let chosen = chosen
        .into_iter()
        .map(|row| {
            let targets = by_profile.remove(&row.profile).unwrap_or_default();
            measure(row, targets, &ratings)
        })
        .collect();
    Ok(GrowthPage {
        chosen,
        offered,
        choices,
        page,
        pages: count.div_ceil(PAGE).max(1),
        history,
    })
}

/// The line so far of the role profile chosen last.
pub async fn history(db: &Db, person: &Person) -> Result<Vec<HistoryPoint>> {
    let mut answers = db
        .run(
            "LET $profile = fn::chosen_profiles($me)[0].role_profile;
             $profile;
             SELECT role_profile, node, position, level FROM target WHERE role_profile = $profile;
             SELECT * FROM (SELECT node, level, at, id FROM judgement WHERE person = $me AND kind = 'self'
                ORDER BY at DESC, id LIMIT 2000) ORDER BY at, id;
             SELECT node, carried_from FROM rating WHERE person = $me AND carried_from != NONE;",
            vars! { "me" => person.id.clone() },
        )
        .await?;
    let Some(profile) = answers.row::<RoleProfileId>(1)? else {
        return Ok(Vec::new());
    };
    let targets = answers.rows::<TargetRow>(2)?;
    let judgements = followed(answers.rows(3)?, answers.rows(4)?);
    Ok(line(&profile, &targets, judgements, &person.timezone))
}

/// How far the person is with the role profile chosen last; nothing before
/// one is chosen.
pub async fn progress(db: &Db, person: &PersonId) -> Result<Option<Progress>> {
    let mut answers = db
        .run(
            "LET $profile = fn::chosen_profiles($me)[0].role_profile;
             SELECT id AS profile, slug, title, edition.competency_set.title AS set, edition.state AS state
                FROM role_profile WHERE id = $profile;
             SELECT role_profile, node, position, level FROM target WHERE role_profile = $profile;
             SELECT node, level, aimed_at, not_my_work, note, at FROM rating WHERE person = $me;",
            vars! { "me" => person.clone() },
        )
        .await?;
    let targets = answers.rows(2)?;
    let ratings = by_node(answers.rows(3)?);
    Ok(answers.row::<ChosenRow>(1)?.map(|row| measure(row, targets, &ratings)))
}

fn split(targets: Vec<TargetRow>) -> HashMap<RoleProfileId, Vec<TargetRow>> {
    let mut split: HashMap<_, Vec<_>> = HashMap::new();
    for target in targets {
        split.entry(target.role_profile.clone()).or_default().push(target);
    }
    split
}

fn measure(row: ChosenRow, mut targets: Vec<TargetRow>, ratings: &HashMap<NodeId, RatingRow>) -> Progress {
    targets.sort_by(|a, b| (a.position, &a.node).cmp(&(b.position, &b.node)));
    let said: Vec<Option<Said>> = targets
        .iter()
        .map(|target| ratings.get(&target.node).map(RatingRow::said))
        .collect();
    let rated: Vec<bool> = said.iter().map(Option::is_some).collect();
    let at_level = |(target, said): &(&TargetRow, &Option<Said>)| {
        said.and_then(Said::level)
            .is_some_and(|level| i64::from(level) >= target.level)
    };
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let open = row.state == "published";
    Progress {
        slug: row.slug,
        title: row.title,
        set: row.set,
        rated: count(rated.iter().filter(|rated| **rated).count()),
        total: count(targets.len()),
        counted: count(said.iter().filter(|said| **said != Some(Said::NotMyWork)).count()),
        at_level: count(targets.iter().zip(&said).filter(at_level).count()),
        sitting: resume(&rated).filter(|_| open),
        open,
    }
}

/// Judgements stay at the edition they were made against: here each counts at
/// all statements that follow it, through as many editions as there are.
fn followed(judgements: Vec<JudgementRow>, carried: Vec<CarriedRow>) -> Vec<JudgementRow> {
    let mut heirs: HashMap<NodeId, Vec<NodeId>> = HashMap::new();
    for row in carried {
        for from in row.carried_from {
            heirs.entry(from).or_default().push(row.node.clone());
        }
    }
    let mut followed = Vec::with_capacity(judgements.len());
    for row in judgements {
        let mut nodes = vec![row.node.clone()];
        let mut at = 0;
        while at < nodes.len() {
            let next = heirs.get(&nodes[at]).cloned().unwrap_or_default();
            nodes.extend(next);
            at += 1;
        }
        followed.extend(nodes.into_iter().map(|node| JudgementRow { node, ..row.clone() }));
    }
    followed
}

/// The line by months once it spans three of them, by days before.
fn line(
    profile: &RoleProfileId,
    targets: &[TargetRow],
    judgements: Vec<JudgementRow>,
    zone: &str,
) -> Vec<HistoryPoint> {
    let targets: HashMap<NodeId, u32> = targets
        .iter()
        .filter(|target| target.role_profile == *profile)
        .map(|target| (target.node.clone(), number(target.level)))
        .collect();
    let month = |row: &JudgementRow| crate::time::month(&row.at, zone);
    let mut months: Vec<String> = judgements.iter().map(month).collect();
    months.dedup();
    let by_month = months.len() > 2;
    let events: Vec<history::Event> = judgements
        .into_iter()
        .map(|row| history::Event {
            period: if by_month {
                month(&row)
            } else {
                crate::time::short_day(&row.at, zone)
            },
            level: row.level.map(number),
            node: row.node,
        })
        .collect();
    history::line(&events, &targets)
}
