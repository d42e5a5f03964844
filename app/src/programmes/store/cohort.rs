//! A cohort's page.

use surrealdb_types::SurrealValue;

use super::super::model::{Candidate, Cohort, Participant, Step};
use super::super::rules::{dates_label, phase};
use crate::courses::store::{small, trains_at};
use crate::db::{Answers, Db};
use crate::error::{AppError, Result};
use crate::id::{CohortId, GroupId, LessonId, OrganisationId, PersonId};
use crate::vars;
use crate::viewer::Viewer;

/// People on one page of the grid.
pub const PAGE: u32 = 40;
/// People shown of a search.
const FOUND: usize = 20;

#[derive(SurrealValue)]
struct CohortRow {
    id: CohortId,
    title: String,
    organisation: String,
    organisation_slug: String,
    line: Vec<OrganisationId>,
    course_slug: String,
    course_title: String,
    starts: String,
    ends: String,
    timezone: String,
}

#[derive(SurrealValue)]
struct StepRow {
    id: LessonId,
    slug: String,
    title: String,
}

#[derive(SurrealValue)]
struct PersonRow {
    person: PersonId,
    name: String,
    title: String,
}

#[derive(SurrealValue)]
struct DoneRow {
    person: PersonId,
    lesson: LessonId,
}

#[derive(SurrealValue)]
struct GroupRow {
    id: GroupId,
    slug: String,
    title: String,
}

/// What the viewer may do in a cohort, or that it is not there for them.
struct Access {
    enrolled: bool,
    sees_progress: bool,
    enrols: bool,
}

impl Access {
    fn of(viewer: &Viewer, line: &[OrganisationId], enrolled: bool, group: Option<&GroupRow>) -> Result<Self> {
        let access = Self {
            enrolled,
            sees_progress: viewer.may_see_progress(line),
            enrols: viewer.may_train(line),
        };
        let facilitates = group.is_some_and(|group| viewer.may_facilitate(&group.id));
        if access.enrolled || access.sees_progress || facilitates {
            Ok(access)
        } else {
            Err(AppError::NotFound)
        }
    }
}

/// A cohort as the viewer may see it: people who are in it see each other's
/// names and their own progress, trainers and managers of the line everyone's.
/// For others it is not there.
pub async fn cohort(db: &Db, viewer: &Viewer, id: &CohortId, page: u32, query: &str) -> Result<Cohort> {
    let me = viewer.id().ok_or(AppError::SignInNeeded)?;
    let page = page.clamp(1, 10_000);
    let query: String = query.trim().chars().take(120).collect();
    let mut answers = db
        .run(
            "LET $row = (SELECT subject, organisation.line AS line FROM ONLY $cohort);
             SELECT id, title, organisation.name AS organisation, organisation.slug AS organisation_slug, organisation.line AS line,
                subject.slug AS course_slug, subject.title AS course_title, starts, ends, timezone FROM $cohort;
             SELECT id, slug, title, position FROM lesson WHERE course = $row.subject ORDER BY position, id LIMIT 200;
             count(SELECT VALUE id FROM enrolment WHERE cohort = $cohort AND person.closed = NONE);
             LET $people = (SELECT person, person.name AS name, person.title AS title FROM enrolment
                WHERE cohort = $cohort AND person.closed = NONE ORDER BY name, person LIMIT $limit START $start);
             $people;
             SELECT person, lesson FROM completion WHERE person IN $people.person AND course = $row.subject;
             SELECT person, person.name AS name, person.title AS title FROM enrolment
                WHERE cohort = $cohort AND person = $me;
             SELECT VALUE lesson FROM completion WHERE person = $me AND course = $row.subject;
             LET $group = (SELECT VALUE id FROM study_group WHERE subject = $cohort ORDER BY id LIMIT 1)[0];
             SELECT id, slug, title FROM $group;
             SELECT person, person.name AS name, person.title AS title FROM group_membership
                WHERE study_group = $group AND facilitator = true ORDER BY name, person LIMIT 50;
             LET $tree = IF $query = '' { [] } ELSE {
                (SELECT VALUE id FROM organisation WHERE $everywhere OR line CONTAINSANY $reach) };
             LET $found = {
                LET $part = fn::part_of_name($query);
                (SELECT person, person.name AS name, person.title AS title FROM membership
                    WHERE organisation IN $tree AND person.closed = NONE AND (person_key CONTAINS $part OR person.email_key = $query)
                    GROUP BY person, name, title ORDER BY name, person LIMIT 21)
             };
             $found;
             SELECT VALUE person FROM enrolment WHERE cohort = $cohort AND person IN $found.person;",
            vars! {
                "cohort" => id.clone(), "me" => me.clone(), "limit" => i64::from(PAGE),
                "start" => i64::from((page - 1) * PAGE), "query" => query.to_lowercase(), "everywhere" => viewer.site_administrator,
                "reach" => trains_at(viewer),
            },
        )
        .await?;
    let row = answers.row::<CohortRow>(1)?.ok_or(AppError::NotFound)?;
    let mine = answers.row::<PersonRow>(7)?;
    let group = answers.row::<GroupRow>(10)?;
    let access = Access::of(viewer, &row.line, mine.is_some(), group.as_ref())?;
    let lessons = answers.rows::<StepRow>(2)?;
    let enrolled = small(answers.row::<i64>(3)?.unwrap_or(0));
    let done = if access.sees_progress {
        answers.rows::<DoneRow>(6)?
    } else {
        Vec::new()
    };
    let people = answers.rows::<PersonRow>(5)?.into_iter().map(|person| {
        let steps = if access.sees_progress { lessons.as_slice() } else { &[] };
        let marks = steps.iter().map(|step| {
            done.iter()
                .any(|one| one.person == person.person && one.lesson == step.id)
        });
        let marks = marks.collect();
        participant(person, marks)
    });
    let people = people.collect();
    let my_done = answers.rows::<LessonId>(8)?;
    let mine = mine.map(|person| participant(person, lessons.iter().map(|step| my_done.contains(&step.id)).collect()));
    let facilitators = answers.rows::<PersonRow>(11)?;
    let (found, more) = if access.enrols {
        candidates(&mut answers)?
    } else {
        (Vec::new(), false)
    };
    let today = crate::time::today(&row.timezone);
    Ok(Cohort {
        dates: dates_label(&row.starts, &row.ends),
        phase: phase(&row.starts, &row.ends, &today).into(),
        steps: lessons
            .into_iter()
            .map(|step| to_step(step, &row.course_slug))
            .collect(),
        id: row.id,
        title: row.title,
        organisation: row.organisation,
        course: (row.course_slug, row.course_title),
        timezone: row.timezone,
        facilitators: facilitators.into_iter().map(|one| (one.person, one.name)).collect(),
        group: group
            .filter(|group| viewer.group(&group.id).is_some())
            .map(|group| (group.slug, group.title)),
        enrolled,
        people,
        mine,
        page,
        pages: enrolled.div_ceil(PAGE).max(1),
        may_see_progress: access.sees_progress,
        may_enrol: access.enrols,
        invite: (access.enrols && viewer.may_administer(&row.line))
            .then(|| format!("/organisations/{}/invitations", row.organisation_slug)),
        query: if access.enrols { query } else { String::new() },
        found,
        more,
    })
}

fn participant(row: PersonRow, done: Vec<bool>) -> Participant {
    Participant {
        person: row.person,
        name: row.name,
        title: row.title,
        done,
    }
}

fn to_step(row: StepRow, course: &str) -> Step {
    Step {
        href: format!("/courses/{course}/{}", row.slug),
        title: row.title,
    }
}

fn candidates(answers: &mut Answers) -> Result<(Vec<Candidate>, bool)> {
    let mut found = answers.rows::<PersonRow>(14)?;
    let enrolled = answers.rows::<PersonId>(15)?;
    let more = found.len() > FOUND;
    found.truncate(FOUND);
    let found = found.into_iter().map(|row| Candidate {
        enrolled: enrolled.contains(&row.person),
        person: row.person,
        name: row.name,
        title: row.title,
    });
    Ok((found.collect(), more))
}
