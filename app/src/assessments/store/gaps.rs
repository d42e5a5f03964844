//! The gap page: one round trip, joined here by node.

use std::collections::HashMap;

use surrealdb_types::SurrealValue;

use super::profile::{ProfileRow, TargetRow, by_node, levels, number};
use crate::assessments::gaps::{Counts, GapPage, Heading, Line, Sort, group};
use crate::assessments::sitting::resume;
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::NodeId;
use crate::vars;
use crate::viewer::Person;

#[derive(SurrealValue)]
struct HeadRow {
    id: NodeId,
    code: String,
    title: String,
    parent: Option<NodeId>,
}

#[derive(SurrealValue)]
struct GoalRow {
    node: NodeId,
    due: Option<String>,
}

#[derive(SurrealValue)]
struct BeforeRow {
    slug: String,
    number: i64,
}

#[derive(SurrealValue)]
struct OtherRow {
    slug: String,
    title: String,
}

/// The gaps to a role profile, the newest choice when no slug is given; nothing
/// when there is no choice yet.
pub async fn gaps(db: &Db, person: &Person, slug: &str, sort: Sort) -> Result<Option<GapPage>> {
    let mut answers = db
        .run(
            "LET $mine = fn::chosen_profiles($me);
             LET $profile = IF $slug = '' { $mine[0].role_profile }
                ELSE { fn::profile_named($slug, $me) };
             SELECT id, slug, title, edition.state AS state, edition.number AS number, edition.levels AS levels,
                edition.language AS language, edition.competency_set.slug AS set_slug, edition.competency_set.title AS set_title
                FROM role_profile WHERE id = $profile;
             LET $targets = (SELECT level, node.{ id, code, title, address, position, parent } AS node FROM target
                WHERE role_profile = $profile);
             $targets;
             LET $competencies = (SELECT id, code, title, parent
                FROM array::complement(array::distinct($targets.node.parent), [NONE]));
             $competencies;
             SELECT id, code, title, parent FROM array::complement(array::distinct($competencies.parent), [NONE]);
             SELECT node, level, aimed_at, not_my_work, note, at FROM rating WHERE person = $me;
             array::concat(IF $profile.edition.state = 'retired' { (SELECT node, due FROM past_goal WHERE person = $me) } ELSE { [] },
                (SELECT node, due FROM goal WHERE person = $me AND removed = NONE));
             SELECT role_profile.slug AS slug, role_profile.title AS title FROM $mine WHERE role_profile != $profile;
             LET $homes = fn::homes($me);
             LET $before = $profile.carried_from;
             SELECT slug, edition.number AS number FROM $before WHERE id != NONE AND fn::profile_open(id, $homes);",
            vars! { "me" => person.id.clone(), "slug" => slug.to_owned() },
        )
        .await?;
    let Some(profile) = answers.row::<ProfileRow>(2)? else {
        return if slug.is_empty() {
            Ok(None)
        } else {
            Err(AppError::NotFound)
        };
    };
    // Drafts and what is in review are not open to everyone.
    if !matches!(profile.state.as_str(), "published" | "retired") {
        return Err(AppError::NotFound);
    }
    let mut targets = answers.rows::<TargetRow>(4)?;
    targets.sort_by(|a, b| (a.node.position, &a.node.id).cmp(&(b.node.position, &b.node.id)));
    let heads = Heads::new(answers.rows(6)?, answers.rows(7)?);
    let ratings = by_node(answers.rows(8)?);
    let goals: HashMap<NodeId, Option<String>> = answers
        .rows::<GoalRow>(9)?
        .into_iter()
        .map(|row| (row.node, row.due))
        .collect();
    let rated: Vec<bool> = targets
        .iter()
        .map(|target| ratings.contains_key(&target.node.id))
        .collect();
    let base = profile.base();
    let lines: Vec<(Heading, Line)> = targets
        .into_iter()
        .map(|target| {
            let rating = ratings.get(&target.node.id);
            let line = Line {
                href: format!("{base}/{}", crate::paths::segment(&target.node.address)),
                code: target.node.code,
                title: target.node.title,
                position: target.node.position,
                target: number(target.level),
                said: rating.map(|rating| rating.said()),
                rated_on: rating
                    .map(|rating| crate::time::day(&rating.at, &person.timezone))
                    .unwrap_or_default(),
                planned: goals
                    .get(&target.node.id)
                    .map(|due| due.as_deref().map(crate::time::day_label).unwrap_or_default()),
                node: target.node.id,
            };
            (heads.heading(target.node.parent.as_ref()), line)
        })
        .collect();
    let counted: Vec<Line> = lines.iter().map(|(_, line)| line.clone()).collect();
    let open = profile.state == "published";
    Ok(Some(GapPage {
        edition: format!("{}, edition {}", profile.set_title, profile.number),
        sitting: resume(&rated).filter(|_| open),
        open,
        before: answers.row::<BeforeRow>(13)?.map(|row| (row.slug, number(row.number))),
        slug: profile.slug,
        title: profile.title,
        language: profile.language,
        levels: levels(profile.levels),
        counts: Counts::of(&counted),
        groups: group(lines, sort),
        others: answers
            .rows::<OtherRow>(10)?
            .into_iter()
            .map(|row| (row.slug, row.title))
            .collect(),
    }))
}

/// The tree above the statements.
struct Heads(HashMap<NodeId, HeadRow>);

impl Heads {
    fn new(competencies: Vec<HeadRow>, sections: Vec<HeadRow>) -> Self {
        Self(
            competencies
                .into_iter()
                .chain(sections)
                .map(|row| (row.id.clone(), row))
                .collect(),
        )
    }

    /// A statement without anything above it still has a heading to stand under.
    fn heading(&self, parent: Option<&NodeId>) -> Heading {
        let Some(above) = parent.and_then(|parent| self.0.get(parent)) else {
            return Heading {
                code: String::new(),
                title: "Statements".into(),
                section: String::new(),
            };
        };
        let section = above.parent.as_ref().and_then(|parent| self.0.get(parent));
        Heading {
            code: above.code.clone(),
            title: above.title.clone(),
            section: section.map(|section| section.title.clone()).unwrap_or_default(),
        }
    }
}
