//! The cohorts of an organisation that somebody may see.

use surrealdb_types::SurrealValue;

use super::super::model::{CohortLine, CohortsPage};
use super::studio::{CohortRow, PAGE, cohort_line};
use crate::courses::store::small;
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{GroupId, OrganisationId};
use crate::organisations::store::on_one_line;
use crate::vars;
use crate::viewer::{Role, Viewer};

#[derive(SurrealValue)]
struct PlaceRow {
    slug: String,
    name: String,
    line: Vec<OrganisationId>,
}

/// Cohorts of an organisation and of what stands beneath it that are not over,
/// soonest first: those whose progress the viewer sees, and those that they are in
/// or facilitate. Whoever may not know of the organisation is not told of it.
pub async fn running(db: &Db, viewer: &Viewer, slug: &str, page: u32) -> Result<CohortsPage> {
    let page = page.clamp(1, 10_000);
    let leads = viewer.groups.iter().filter(|group| group.facilitator);
    let leads: Vec<GroupId> = leads.map(|group| group.id.clone()).collect();
    let mut answers = db
        .run(
            "LET $organisation = (SELECT VALUE id FROM organisation WHERE slug = $slug)[0];
             SELECT slug, name, line FROM $organisation;
             SELECT VALUE organisation.line FROM membership WHERE person = $me LIMIT 100;
             LET $here = (SELECT VALUE id FROM organisation WHERE line CONTAINS $organisation);
             LET $seen = (SELECT VALUE id FROM organisation WHERE line CONTAINS $organisation AND ($all OR line CONTAINSANY $sees));
             LET $own = array::concat((SELECT VALUE cohort FROM enrolment WHERE person = $me), (SELECT VALUE subject FROM $leads));
             LET $running = (SELECT VALUE id FROM cohort
                WHERE organisation IN $here AND ends >= $today AND (organisation IN $seen OR id IN $own));
             array::len($running);
             SELECT id, title, subject.title AS course, starts, ends, timezone FROM $running
                ORDER BY starts, id LIMIT $limit START $start;",
            vars! {
                "slug" => slug.to_owned(), "me" => viewer.id().cloned(), "leads" => leads, "sees" => sees_progress_at(viewer),
                "all" => viewer.is_signed_in() && viewer.site_administrator, "today" => crate::time::today(viewer.timezone()),
                "limit" => i64::from(PAGE), "start" => i64::from((page - 1) * PAGE),
            },
        )
        .await?;
    let row = answers.row::<PlaceRow>(1)?.ok_or(AppError::NotFound)?;
    let mine: Vec<Vec<OrganisationId>> = answers.rows(2)?;
    if !mine.iter().any(|line| on_one_line(line, &row.line)) && !viewer.may_administer(&row.line) {
        return Err(AppError::NotFound);
    }
    let count = small(answers.row::<i64>(7)?.unwrap_or(0));
    let cohorts: Vec<CohortLine> = answers.rows::<CohortRow>(8)?.into_iter().map(cohort_line).collect();
    Ok(CohortsPage {
        organisation: (row.slug, row.name),
        cohorts,
        page,
        pages: count.div_ceil(PAGE).max(1),
    })
}

/// Where the viewer's own roles let them see progress, as
/// [`Viewer::may_see_progress`] says; they reach everything beneath.
fn sees_progress_at(viewer: &Viewer) -> Vec<OrganisationId> {
    let roles = [Role::Trainer, Role::Manager, Role::OrganisationAdministrator];
    let places = viewer
        .memberships
        .iter()
        .filter(|place| place.roles.iter().any(|role| roles.contains(role)));
    places.map(|place| place.organisation.clone()).collect()
}
