//! The editions of a set, for its curators, with the map of the draft.

use std::collections::HashMap;

use surrealdb_types::{Datetime, SurrealValue};

use super::map::map_page;
use super::{check_curator, count};
use crate::competencies::model::EditionState;
use crate::competencies::store::{ImportedRow, curated, imported, sees_all};
use crate::db::Db;
use crate::editions::model::{Ahead, EditionLine, EditionsPage, Kind, SectionLine};
use crate::error::{AppError, Result};
use crate::id::{EditionId, OrganisationId};
use crate::reviews::store::{changed_short, most_changed};
use crate::vars;
use crate::viewer::Viewer;

#[derive(SurrealValue)]
struct SetRow {
    title: String,
    line: Vec<OrganisationId>,
}

#[derive(SurrealValue)]
struct EditionRow {
    id: EditionId,
    number: i64,
    state: String,
    statements: i64,
    created: Datetime,
    published: Option<Datetime>,
    in_review: bool,
    partial: Option<bool>,
}

#[derive(SurrealValue)]
struct TopRow {
    identifier: String,
    code: String,
    title: String,
    beneath: Option<i64>,
}

#[derive(SurrealValue)]
struct CarryRow {
    edition: EditionId,
    position: i64,
    whole: i64,
    done: Option<Datetime>,
    stopped: Option<Datetime>,
}

impl EditionRow {
    fn state(&self) -> EditionState {
        EditionState::parse(&self.state).unwrap_or(EditionState::Draft)
    }

    fn line(&self, carrying: &[CarryRow], zone: &str) -> EditionLine {
        let open = carrying.iter().find(|row| row.edition == self.id && row.done.is_none());
        let hundredths = |row: &CarryRow| count(row.position * 100 / row.whole.max(1)).min(99);
        EditionLine {
            id: self.id.clone(),
            number: count(self.number),
            state: self.state(),
            in_review: self.in_review,
            statements: count(self.statements),
            partial: self.partial.unwrap_or(false),
            begun: crate::time::day(&self.created, zone),
            published: self
                .published
                .as_ref()
                .map(|day| crate::time::day(day, zone))
                .unwrap_or_default(),
            carrying: open.map(hundredths),
            stopped: open.is_some_and(|row| row.stopped.is_some()),
        }
    }
}

impl TopRow {
    fn line(self, waits: &HashMap<String, u32>) -> SectionLine {
        SectionLine {
            waiting: waits.get(&self.identifier).copied().unwrap_or(0),
            words: format!("{} {}", self.code, self.title).trim().to_owned(),
            beneath: count(self.beneath.unwrap_or(0)),
            identifier: self.identifier,
        }
    }
}

/// The editions of a set, newest first, and of a draft the page of its map that
/// is asked for.
pub async fn editions_page(
    db: &Db,
    viewer: &Viewer,
    slug: &str,
    kind: Option<Kind>,
    waiting: bool,
    page: u32,
) -> Result<EditionsPage> {
    let mut answers = db
        .run(
            concat!("LET $set = (SELECT VALUE id FROM competency_set WHERE slug = $slug)[0];
             SELECT title, organisation.line AS line FROM $set;
             LET $editions = (SELECT id, number, state, statements, created, published, partial,
                    state = 'draft' AND rounds != NONE AND fn::review_hindrance(id) != [] AS in_review FROM edition
                WHERE competency_set = $set ORDER BY number DESC LIMIT 200);
             $editions;
             SELECT edition, position, whole, done, stopped FROM array::map($editions.id, |$one| type::record('carry_over', record::id($one)));
             LET $draft = $editions[WHERE state = 'draft'][0].id;
             SELECT position, identifier, code, title, beneath FROM node WHERE edition = $draft AND depth = 0 ORDER BY position LIMIT 500;
             IF $draft = NONE OR $draft.rounds = NONE OR !($all OR ($set.organisation.line ?? []) CONTAINSANY $mine) { NONE }
                ELSE { fn::unreviewed_short($draft, $most_changed) };",
            imported!("$draft")
            ),
            vars! {
                "slug" => slug.to_owned(), "mine" => curated(viewer), "all" => sees_all(viewer), "most_changed" => most_changed(),
            },
        )
        .await?;
    let set = answers.row::<SetRow>(1)?;
    let editions = answers.rows::<EditionRow>(3)?;
    let carrying = answers.rows::<CarryRow>(4)?;
    let tops = answers.rows::<TopRow>(6)?;
    let changed = changed_short(&mut answers, 7)?;
    let imported = answers.row::<ImportedRow>(8)?;
    let public = editions.iter().any(|edition| edition.state().is_public());
    let line = set.as_ref().map(|set| set.line.clone()).unwrap_or_default();
    check_curator(viewer, &line, public)?;
    let set = set.ok_or(AppError::NotFound)?;
    let newest = editions.first();
    let mut waits = HashMap::new();
    let map = match newest.filter(|newest| !newest.state().is_public()) {
        Some(draft) => {
            map_page(
                db,
                &draft.id,
                count(draft.number),
                draft.statements,
                kind,
                waiting,
                page,
                &mut waits,
            )
            .await?
        }
        None => None,
    };
    Ok(EditionsPage {
        slug: slug.to_owned(),
        title: set.title,
        may_open: newest.is_some_and(|newest| newest.state().is_public()),
        editions: editions
            .iter()
            .map(|edition| edition.line(&carrying, viewer.timezone()))
            .collect(),
        map,
        imported: imported.map(|row| row.shown(viewer.timezone())),
        ahead: newest
            .filter(|newest| newest.state() == EditionState::Draft && tops.len() > 1)
            .map(|draft| Ahead {
                edition: draft.id.clone(),
                number: count(draft.number),
                sections: tops.into_iter().map(|top| top.line(&waits)).collect(),
                changed,
            }),
    })
}
