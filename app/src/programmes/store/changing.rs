//! Changing a cohort, and deleting one that nobody has to do with.

use surrealdb_types::SurrealValue;

use super::super::model::{CohortDraft, IN_USE};
use super::super::rules::CohortFields;
use super::enrolments::own_cohort;
use super::helpers::{NamedRow, OFFERED, named, offered, offered_helpers};
use crate::courses::store::trains_at;
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{CohortId, PersonId};
use crate::lookups::model::LISTED;
use crate::vars;
use crate::viewer::Viewer;

#[derive(SurrealValue)]
struct DraftRow {
    title: String,
    course: String,
    organisation: String,
    starts: String,
    ends: String,
    timezone: String,
}

/// A cohort to change, with colleagues who could facilitate it: all, or those of
/// `with` and whom the query finds.
pub async fn cohort_draft(
    db: &Db,
    viewer: &Viewer,
    cohort: &CohortId,
    query: &str,
    with: &[PersonId],
) -> Result<CohortDraft> {
    let own = own_cohort(db, viewer, cohort).await?;
    let words: String = query.trim().chars().take(120).collect();
    let mut answers = db
        .run(
            concat!(
                "SELECT title, subject.title AS course, organisation.name AS organisation, starts, ends, timezone FROM $cohort;
             fn::cohort_used($cohort);
             LET $leading = (SELECT person, person.name AS name FROM group_membership
                WHERE study_group = $group AND facilitator = true ORDER BY name, person LIMIT 50);
             $leading;
             LET $besides = $leading.person;
             LET $reach = (SELECT VALUE id FROM organisation WHERE $everywhere OR line CONTAINSANY $mine);
             ",
                offered_helpers!()
            ),
            vars! {
                "cohort" => cohort.clone(), "group" => own.group.clone(), "everywhere" => viewer.site_administrator,
                "mine" => trains_at(viewer), "offered" => OFFERED, "with" => with.to_vec(),
                "words" => words.to_lowercase(), "listed" => i64::try_from(LISTED + 1).unwrap_or(1),
            },
        )
        .await?;
    let row = answers.row::<DraftRow>(0)?.ok_or(AppError::NotFound)?;
    let used = answers.row::<bool>(1)?.unwrap_or(true);
    let facilitators = named(answers.rows::<NamedRow>(3)?);
    let (helpers, looked_for) = offered(&mut answers, 6, &words)?;
    Ok(CohortDraft {
        id: cohort.clone(),
        title: row.title,
        course: row.course,
        organisation: row.organisation,
        starts: row.starts,
        ends: row.ends,
        zones: crate::time::zones(&row.timezone),
        timezone: row.timezone,
        has_group: own.group.is_some(),
        facilitators,
        helpers,
        looked_for,
        used,
    })
}

/// Changes what a cohort says of itself and who facilitates it. Its study group
/// has its title as long as it was called alike; whoever facilitates no more stays
/// in the group if they are enrolled. Again changes nothing.
pub async fn save_cohort(
    db: &Db,
    viewer: &Viewer,
    cohort: &CohortId,
    fields: &CohortFields,
    facilitators: &[PersonId],
) -> Result<()> {
    let own = own_cohort(db, viewer, cohort).await?;
    let mut chosen = facilitators.to_vec();
    chosen.sort();
    chosen.dedup();
    if own.group.is_none() {
        chosen.clear();
    } else if chosen.is_empty() {
        return Err(AppError::field("facilitators", "Choose at least one facilitator."));
    }
    let mut answers = db
        .run(
            "SELECT VALUE person FROM membership WHERE person IN $chosen AND ($everywhere OR organisation.line CONTAINSANY $reach)
                AND person.closed = NONE;
             SELECT VALUE person FROM group_membership WHERE study_group = $group AND facilitator = true AND person IN $chosen;",
            vars! {
                "chosen" => chosen.clone(), "group" => own.group.clone(), "everywhere" => viewer.site_administrator,
                "reach" => trains_at(viewer),
            },
        )
        .await?;
    let mut known = answers.rows::<PersonId>(0)?;
    known.extend(answers.rows::<PersonId>(1)?);
    if chosen.iter().any(|person| !known.contains(person)) {
        return Err(AppError::field("facilitators", "Choose facilitators from the list."));
    }
    db.write(
        "LET $old = (SELECT title, starts, ends, timezone, organisation FROM ONLY $cohort);
         IF $old = NONE { THROW 'not found' };
         LET $leading = (SELECT VALUE person FROM group_membership WHERE study_group = $group AND facilitator = true);
         IF [$old.title, $old.starts, $old.ends, $old.timezone] != [$title, $starts, $ends, $timezone]
            OR array::complement($leading, $chosen) != [] OR array::complement($chosen, $leading) != [] {
            fn::audit('cohort_changed', $acting, NONE, $title, $old.organisation);
         };
         UPDATE $cohort SET title = $title, starts = $starts, ends = $ends, timezone = $timezone;
         IF $group != NONE {
            IF $group.title = $old.title { UPDATE $group SET title = $title };
            FOR $one IN array::complement($chosen, $leading) {
                LET $membership = type::record('group_membership', [record::id($one), record::id($group)]);
                IF record::exists($membership) {
                    UPDATE $membership SET facilitator = true;
                } ELSE {
                    FOR $thread IN (SELECT id, posts FROM thread WHERE study_group = $group) {
                        UPSERT type::record('reading', [record::id($one), record::id($thread.id)])
                            SET person = $one, thread = $thread.id, study_group = $group, last_read = $thread.posts, at = time::now();
                    };
                    CREATE $membership SET person = $one, study_group = $group, facilitator = true, posts_read = $group.posts;
                };
            };
            FOR $one IN array::complement($leading, $chosen) {
                LET $membership = type::record('group_membership', [record::id($one), record::id($group)]);
                IF record::exists(type::record('enrolment', [record::id($cohort), record::id($one)])) {
                    UPDATE $membership SET facilitator = false;
                } ELSE {
                    DELETE $membership;
                };
            };
            UPDATE $group SET members = array::len((SELECT VALUE id FROM group_membership WHERE study_group = $group));
         };",
        vars! {
            "cohort" => cohort.clone(), "group" => own.group, "title" => fields.title.as_str().to_owned(),
            "starts" => fields.starts.clone(), "ends" => fields.ends.clone(), "timezone" => fields.timezone.clone(),
            "chosen" => chosen,
        },
    )
    .await
    .map(drop)
}

/// Deletes a cohort and its study group, once its title was typed, while nobody
/// has to do with it.
pub async fn delete_cohort(db: &Db, viewer: &Viewer, cohort: &CohortId, confirm: &str) -> Result<()> {
    own_cohort(db, viewer, cohort).await?;
    let title: Option<String> = db
        .row("SELECT VALUE title FROM $cohort;", vars! { "cohort" => cohort.clone() })
        .await?;
    let title = title.ok_or(AppError::NotFound)?;
    if confirm.trim().to_lowercase() != title.trim().to_lowercase() {
        return Err(AppError::field(
            "confirm",
            format!("Type “{title}” to delete this cohort."),
        ));
    }
    db.write(
        "IF fn::cohort_used($cohort) { THROW $in_use };
         FOR $group IN (SELECT VALUE id FROM study_group WHERE subject = $cohort) {
            DELETE group_membership WHERE study_group = $group;
            DELETE $group;
         };
         DELETE $cohort;",
        vars! { "cohort" => cohort.clone(), "in_use" => IN_USE },
    )
    .await
    .map(drop)
}
