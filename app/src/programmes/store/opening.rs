//! Opening a cohort, with its study group.

use surrealdb_types::SurrealValue;

use super::super::model::{CourseChoice, NewCohortForm};
use super::super::rules::CohortFields;
use super::helpers::{OFFERED, offered, offered_helpers};
use crate::courses::rules::free_slug;
use crate::courses::store::trains_at;
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{CohortId, CourseId, GroupId, OrganisationId, PersonId};
use crate::lookups::model::{Found, LISTED, Suggestion, What};
use crate::organisations::choosing::model::{Purpose, Wanted};
use crate::organisations::choosing::store::{self as choosing, offered_places};
use crate::vars;
use crate::viewer::Viewer;

#[derive(SurrealValue)]
struct ChoiceRow {
    id: CourseId,
    slug: String,
    title: String,
    state: String,
}

/// Courses that are offered before one looks for another.
const FIRST_COURSES: i64 = 8;

/// What the form offers: where the viewer may train, the course that was asked
/// for or some that can be run there, and colleagues who could facilitate: all,
/// or those of `with` and whom the query finds.
pub async fn new_cohort_form(
    db: &Db,
    viewer: &Viewer,
    course: &str,
    query: &str,
    with: &[PersonId],
    wanted: &Wanted,
) -> Result<NewCohortForm> {
    let me = viewer.id().ok_or(AppError::SignInNeeded)?;
    if !viewer.may_write_courses() {
        return Err(AppError::Forbidden);
    }
    let words: String = query.trim().chars().take(120).collect();
    let mut vars = choosing::variables(viewer, Purpose::Training, wanted);
    vars.extend(vars! {
        "besides" => vec![me.clone()], "slug" => course.to_owned(), "first" => FIRST_COURSES, "offered" => OFFERED, "with" => with.to_vec(),
        "words" => words.to_lowercase(), "listed" => i64::try_from(LISTED + 1).unwrap_or(1),
    });
    let mut answers = db
        .run(
            concat!(
                "LET $places = ",
                offered_places!(),
                ";
             $places;
             LET $reach = (SELECT VALUE id FROM organisation WHERE $all OR line CONTAINSANY $mine);
             SELECT id, slug, title, state FROM course WHERE slug = $slug AND (organisation IN $reach OR state = 'published');
             SELECT id, slug, title, state FROM course WHERE organisation IN $reach OR state = 'published'
                ORDER BY title, id LIMIT $first;
             ",
                offered_helpers!()
            ),
            vars,
        )
        .await?;
    let places = answers.row::<choosing::Row>(1)?.ok_or(AppError::Internal)?;
    let chosen = answers.row::<ChoiceRow>(3)?;
    let courses = answers.rows::<ChoiceRow>(4)?;
    let (facilitators, looked_for) = offered(&mut answers, 5, &words)?;
    // A query looks for a course until there is one.
    let found = match chosen {
        Some(_) => None,
        None => looked_up(db, viewer, query).await?,
    };
    let organisations = places.choices(wanted);
    Ok(NewCohortForm {
        zones: crate::time::zones(&organisations.timezone()),
        key: CohortId::random(),
        organisations,
        chosen: chosen.map(|row| CourseChoice {
            published: row.state == "published",
            id: row.id,
            title: row.title,
        }),
        courses: courses.into_iter().map(ChoiceRow::into_suggestion).collect(),
        found,
        facilitators,
        looked_for,
    })
}

impl ChoiceRow {
    fn into_suggestion(self) -> Suggestion {
        let draft = if self.state == "published" { "" } else { "draft" };
        Suggestion {
            id: self.id.to_string(),
            word: self.slug,
            code: String::new(),
            title: self.title,
            place: draft.to_owned(),
            language: String::new(),
        }
    }
}

/// The courses that a search found, drafts of one's own included.
async fn looked_up(db: &Db, viewer: &Viewer, query: &str) -> Result<Option<Found>> {
    let Some(query) = crate::search::model::query(query) else {
        return Ok(None);
    };
    let suggestions = crate::lookups::store::courses(db, viewer, &query, true, LISTED).await?;
    Ok(Some(Found {
        what: What::Course,
        query,
        suggestions,
    }))
}

#[derive(SurrealValue)]
struct SubjectRow {
    state: String,
    line: Vec<OrganisationId>,
}

/// Opens a cohort of a course under an id that the form brought, with its
/// private study group, of which the viewer and `facilitators` are the
/// facilitators. The same form sent twice opens one.
pub async fn open_cohort(
    db: &Db,
    viewer: &Viewer,
    key: &CohortId,
    organisation: &OrganisationId,
    course: &CourseId,
    fields: &CohortFields,
    facilitators: &[PersonId],
) -> Result<()> {
    let me = viewer.id().ok_or(AppError::SignInNeeded)?;
    let slug = fields.title.slug("cohort");
    let mut answers = db
        .run(
            "SELECT VALUE line FROM $organisation;
             SELECT state, organisation.line AS line FROM $course;
             SELECT VALUE person FROM membership WHERE person IN $facilitators AND ($everywhere OR organisation.line CONTAINSANY $reach)
                AND person.closed = NONE;
             SELECT VALUE slug FROM study_group WHERE slug = $slug
                OR string::starts_with(slug, string::concat($slug, '-'));",
            vars! {
                "organisation" => organisation.clone(), "course" => course.clone(),
                "facilitators" => facilitators.to_vec(), "slug" => slug.clone(),
                "reach" => trains_at(viewer), "everywhere" => viewer.site_administrator,
            },
        )
        .await?;
    let line = answers.row::<Vec<OrganisationId>>(0)?.ok_or(AppError::NotFound)?;
    if !viewer.may_train(&line) {
        return Err(AppError::Forbidden);
    }
    let subject = answers.row::<SubjectRow>(1)?;
    let known = subject.is_some_and(|row| row.state == "published" || viewer.may_train(&row.line));
    if !known {
        return Err(AppError::field("course", "Choose a course from the list."));
    }
    // Whoever belongs to several organisations stands there several times.
    let mut colleagues = answers.rows::<PersonId>(2)?;
    colleagues.sort();
    colleagues.dedup();
    if facilitators
        .iter()
        .any(|person| !colleagues.contains(person) && person != me)
    {
        return Err(AppError::field("facilitators", "Choose facilitators from the list."));
    }
    let taken = answers.rows::<String>(3)?;
    let mut all = vec![me.clone()];
    all.extend(colleagues.into_iter().filter(|person| person != me));
    write(db, key, organisation, course, fields, &free_slug(&slug, &taken), all).await
}

async fn write(
    db: &Db,
    key: &CohortId,
    organisation: &OrganisationId,
    course: &CourseId,
    fields: &CohortFields,
    slug: &str,
    facilitators: Vec<PersonId>,
) -> Result<()> {
    db.write(
        "LET $earlier = (SELECT opened_by FROM ONLY $key);
         IF $earlier != NONE AND $earlier.opened_by != $facilitators[0] { THROW 'not found' };
         IF $earlier = NONE {
            IF !record::exists($course) { THROW 'not found' };
            UPDATE $course SET runs = (runs ?? 0) + 1 RETURN NONE;
            CREATE $key SET subject = $course, organisation = $organisation, title = $title, starts = $starts,
                ends = $ends, timezone = $timezone, opened_by = $facilitators[0];
            CREATE $group SET slug = $slug, organisation = $organisation, title = $title, public = false,
                summary = string::concat('For the people of this cohort, who work through “', $course.title, '” together.'),
                subject = $key, members = array::len($facilitators);
            FOR $one IN $facilitators {
                CREATE type::record('group_membership', [record::id($one), record::id($group)])
                    SET person = $one, study_group = $group, facilitator = true;
            };
         };",
        vars! {
            "key" => key.clone(), "group" => GroupId::random(), "course" => course.clone(),
            "organisation" => organisation.clone(), "title" => fields.title.as_str().to_owned(),
            "starts" => fields.starts.clone(), "ends" => fields.ends.clone(), "timezone" => fields.timezone.clone(),
            "slug" => slug.to_owned(), "facilitators" => facilitators,
        },
    )
    .await
    .map(drop)
}
