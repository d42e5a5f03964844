//! Records of learning in the database.

use surrealdb_types::{Datetime, SurrealValue};

use super::model::{Attended, DoneTask, LearningRecord, Studied};
use crate::courses::rules::hours_label;
use crate::courses::store::small;
use crate::db::Db;
use crate::error::Result;
use crate::id::{CohortId, CourseId, OrganisationId};
use crate::programmes::rules::{dates_label, phase};
use crate::vars;
use crate::viewer::{Person, Viewer};

/// Courses on one page, with all lessons that were finished, and cohorts.
pub(super) const PAGE: u32 = 20;

#[derive(SurrealValue)]
struct CountRow {
    courses: i64,
    finished: i64,
    lessons: i64,
}

#[derive(SurrealValue)]
struct CourseRow {
    course: CourseId,
    slug: String,
    title: String,
    language: String,
    state: String,
    hours: f64,
    line: Vec<OrganisationId>,
    lessons: i64,
    done: i64,
    last: Datetime,
}

#[derive(SurrealValue)]
struct LessonRow {
    course: CourseId,
    title: String,
    at: Datetime,
}

#[derive(SurrealValue)]
struct CohortRow {
    cohort: CohortId,
    title: String,
    starts: String,
    ends: String,
    timezone: String,
    line: Vec<OrganisationId>,
    subject: String,
    /// Whether a course is published; a programme says nothing of it.
    state: Option<String>,
    /// When its person left the organisation.
    ended: Option<Datetime>,
}

#[derive(SurrealValue)]
struct TaskRow {
    title: String,
    done: Datetime,
}

/// The record of a person as `reader` may read it, with days in the person's
/// zone. Names of courses that are not published and of cohorts are not the
/// person's to show: whoever may not know of them reads that there was one.
pub async fn record(db: &Db, reader: &Viewer, of: &Person, pages: [u32; 3]) -> Result<LearningRecord> {
    const RECORD: &str = "
        LET $all = (SELECT course, course.lessons AS lessons, count() AS done, time::max(at) AS last FROM completion
            WHERE person = $person GROUP BY course, lessons);
        { courses: array::len($all), finished: array::len($all[WHERE lessons > 0 AND done >= lessons]), lessons: math::sum($all.done) };
        LET $courses = (SELECT course, lessons, done, last FROM $all ORDER BY last DESC, course LIMIT $limit START $courses_start);
        SELECT course, course.slug AS slug, course.title AS title, course.language AS language, course.state AS state,
            course.hours AS hours, course.organisation.line AS line, lessons, done, last FROM $courses;
        SELECT course, lesson.title AS title, at, lesson FROM completion
            WHERE person = $person AND course IN $courses.course ORDER BY at, lesson;
        LET $been = array::union((SELECT VALUE cohort FROM enrolment WHERE person = $person),
            (SELECT VALUE cohort FROM past_enrolment WHERE person = $person));
        array::len($been);
        LET $cohorts = (SELECT id AS cohort, starts FROM $been ORDER BY starts DESC, cohort LIMIT $limit START $cohorts_start);
        SELECT cohort, cohort.title AS title, starts, cohort.ends AS ends, cohort.timezone AS timezone,
            cohort.organisation.line AS line, cohort.subject.title ?? '' AS subject, cohort.subject.state AS state,
            type::record('past_enrolment', [record::id(cohort), record::id($person)]).ended AS ended FROM $cohorts;
        SELECT VALUE cohort FROM enrolment WHERE person = $reader AND cohort IN $cohorts.cohort;
        SELECT VALUE subject FROM study_group WHERE subject IN $cohorts.cohort AND id IN $groups;
        LET $tasks = IF $own { (SELECT id, title, done FROM action WHERE person = $person AND kind = 'task' AND done != NONE AND removed = NONE) }
            ELSE { [] };
        array::len($tasks);
        SELECT id, title, done FROM $tasks ORDER BY done DESC, id LIMIT $limit START $tasks_start;";
    let [courses_page, cohorts_page, tasks_page] = pages.map(|page| page.clamp(1, 10_000));
    let own = reader.is(&of.id);
    let start = |page: u32| i64::from((page - 1) * PAGE);
    let groups: Vec<_> = reader.groups.iter().map(|group| group.id.clone()).collect();
    let vars = vars! {
        "person" => of.id.clone(), "reader" => reader.id().cloned(), "groups" => groups, "limit" => i64::from(PAGE),
        "courses_start" => start(courses_page), "cohorts_start" => start(cohorts_page), "tasks_start" => start(tasks_page),
        "own" => own,
    };
    let mut answers = db.run(RECORD, vars).await?;
    let counts = answers.row::<CountRow>(1)?;
    let counts = counts.map_or((0, 0, 0), |row| {
        (small(row.courses), small(row.finished), small(row.lessons))
    });
    let lessons = answers.rows::<LessonRow>(4)?;
    let courses = answers.rows::<CourseRow>(3)?.into_iter();
    let courses = courses.map(|row| studied(row, &lessons, reader, own, &of.timezone));
    let cohort_count = small(answers.row::<i64>(6)?.unwrap_or(0));
    let mut known = answers.rows::<CohortId>(9)?;
    known.extend(answers.rows::<CohortId>(10)?);
    let cohorts = answers.rows::<CohortRow>(8)?.into_iter();
    let cohorts = cohorts.map(|row| attended(row, reader, own, &known, &of.timezone));
    let task_count = small(answers.row::<i64>(12)?.unwrap_or(0));
    let tasks = answers.rows::<TaskRow>(13)?.into_iter().map(|row| DoneTask {
        title: row.title,
        day: crate::time::day(&row.done, &of.timezone),
    });
    Ok(LearningRecord {
        courses: courses.collect(),
        courses_page,
        courses_pages: counts.0.div_ceil(PAGE).max(1),
        finished: counts.1,
        lessons: counts.2,
        cohorts: cohorts.collect(),
        cohorts_page,
        cohorts_pages: cohort_count.div_ceil(PAGE).max(1),
        tasks: tasks.collect(),
        tasks_page,
        tasks_pages: task_count.div_ceil(PAGE).max(1),
    })
}

fn studied(row: CourseRow, lessons: &[LessonRow], reader: &Viewer, own: bool, zone: &str) -> Studied {
    let opens = row.state == "published" || reader.may_train(&row.line);
    let known = opens || own;
    let lessons = lessons.iter().filter(|lesson| known && lesson.course == row.course);
    let lessons = lessons.map(|lesson| (lesson.title.clone(), crate::time::day(&lesson.at, zone)));
    Studied {
        href: opens.then(|| format!("/courses/{}", row.slug)),
        language: if known { row.language } else { String::new() },
        title: if known {
            row.title
        } else {
            "A course that is not published".into()
        },
        hours: hours_label(row.hours),
        done: small(row.done),
        of: small(row.lessons),
        last: crate::time::day(&row.last, zone),
        lessons: lessons.collect(),
    }
}

fn attended(row: CohortRow, reader: &Viewer, own: bool, known: &[CohortId], zone: &str) -> Attended {
    let opens = known.contains(&row.cohort) || reader.may_see_progress(&row.line);
    let named = own || opens;
    let about = named || row.state.as_deref() == Some("published");
    let left = row.ended.filter(|ended| crate::time::iso(ended) < row.ends);
    Attended {
        href: opens.then(|| format!("/cohorts/{}", row.cohort)),
        title: if named { row.title } else { "A cohort".into() },
        subject: if about { row.subject } else { String::new() },
        dates: dates_label(&row.starts, &row.ends),
        phase: match left {
            Some(left) => format!("left on {}", crate::time::day(&left, zone)),
            None => phase(&row.starts, &row.ends, &crate::time::today(&row.timezone)).into(),
        },
    }
}
