//! Courses with their lessons, resources, what both serve, cohorts, and who
//! has finished which lesson.

use app::db::Db;
use app::markdown;
use surrealdb_types::{Datetime, RecordId, SurrealValue};

use super::index::Index;
use super::keys::{self, at};
use super::size::Size;
use super::{Page, store, words};
use crate::random::Random;

#[derive(SurrealValue)]
struct Course {
    id: RecordId,
    slug: String,
    organisation: RecordId,
    title: String,
    summary: String,
    hours: f64,
    state: String,
    open: bool,
    written_by: Option<RecordId>,
    lessons: i64,
    created: Datetime,
}

#[derive(SurrealValue)]
struct Lesson {
    id: RecordId,
    course: RecordId,
    slug: String,
    module: String,
    position: i64,
    title: String,
    minutes: i64,
    body: String,
    html: String,
}

#[derive(SurrealValue)]
struct Resource {
    id: RecordId,
    slug: String,
    organisation: RecordId,
    title: String,
    kind: String,
    url: String,
    summary: String,
    minutes: i64,
}

#[derive(SurrealValue)]
struct Alignment {
    id: RecordId,
    subject: RecordId,
    node: RecordId,
    level: i64,
}

#[derive(SurrealValue)]
struct Cohort {
    id: RecordId,
    subject: RecordId,
    organisation: RecordId,
    title: String,
    starts: String,
    ends: String,
    timezone: String,
    opened_by: RecordId,
}

#[derive(SurrealValue)]
struct Enrolment {
    id: RecordId,
    cohort: RecordId,
    person: RecordId,
    enrolled_by: RecordId,
}

#[derive(SurrealValue)]
struct Completion {
    id: RecordId,
    person: RecordId,
    lesson: RecordId,
    course: RecordId,
    at: Datetime,
}

/// Pages of courses and of their lessons.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Pages {
    pub courses: Vec<Page>,
    pub lessons: Vec<Page>,
}

pub async fn fill(db: &Db, size: &Size, seed: u64, index: &Index) -> Result<Pages, String> {
    let mut random = Random::new(seed, "courses");
    let courses: Vec<Course> = (0..size.courses)
        .map(|number| course(number, size, &mut random))
        .collect();
    let mut pages = Pages::default();
    pages.courses.extend(
        courses
            .iter()
            .map(|course| Page::new(format!("/courses/{}", course.slug), &course.title)),
    );
    let mut lessons = Vec::new();
    for (number, course) in courses.iter().enumerate() {
        for place in 0..Size::LESSONS {
            let lesson = lesson(number, place, &mut random);
            pages.lessons.push(Page::new(
                format!("/courses/{}/{}", course.slug, lesson.slug),
                &last_words(number, place),
            ));
            lessons.push(lesson);
        }
    }
    store::insert(db, "course", courses).await?;
    store::insert(db, "lesson", lessons).await?;
    store::insert(
        db,
        "resource",
        (0..size.resources)
            .map(|number| resource(number, size, &mut random))
            .collect(),
    )
    .await?;
    store::insert(db, "alignment", alignments(size, index, &mut random)).await?;
    store::insert(
        db,
        "cohort",
        (0..size.organisations).map(|number| cohort(number, size)).collect(),
    )
    .await?;
    store::insert(db, "enrolment", enrolments(size, &mut random)).await?;
    store::insert(db, "completion", completions(size)).await?;
    Ok(pages)
}

fn course(number: usize, size: &Size, random: &mut Random) -> Course {
    Course {
        id: keys::course(number),
        slug: format!("course-{number}"),
        organisation: keys::organisation(number % size.organisations),
        title: format!("{} (course {number})", words::title(random)),
        summary: words::paragraph(random, 2),
        hours: 3.0,
        state: "published".into(),
        open: number.is_multiple_of(2),
        written_by: Some(keys::person(number % size.people)),
        lessons: Size::LESSONS as i64,
        created: at(number),
    }
}

fn lesson(course: usize, place: usize, random: &mut Random) -> Lesson {
    let body = words::lesson(random, &last_words(course, place));
    Lesson {
        id: keys::lesson(course, place),
        course: keys::course(course),
        slug: format!("lesson-{place}"),
        module: format!("Part {}", 1 + place / 4),
        position: place as i64,
        title: words::title(random),
        minutes: 15,
        html: markdown::render(&body),
        body,
    }
}

fn last_words(course: usize, place: usize) -> String {
    format!("Bring your notes on {course}-{place} to the study group.")
}

fn resource(number: usize, size: &Size, random: &mut Random) -> Resource {
    Resource {
        id: keys::resource(number),
        slug: format!("resource-{number}"),
        organisation: keys::organisation(number % size.organisations),
        title: format!("{} (resource {number})", words::title(random)),
        kind: random
            .pick(&["book", "video", "article", "tool", "template", "report"])
            .into(),
        url: format!("https://library.example/{number}"),
        summary: words::sentence(random),
        minutes: 20,
    }
}

/// Ten statements of one set for each course, five for each resource.
fn alignments(size: &Size, index: &Index, random: &mut Random) -> Vec<Alignment> {
    let courses = (0..size.courses).map(|number| (keys::course(number), number, 10));
    let resources = (0..size.resources).map(|number| (keys::resource(number), number, 5));
    let mut rows = Vec::new();
    for (subject, number, count) in courses.chain(resources) {
        let statements = &index.statements[number % size.sets];
        for statement in random.sample(statements.len(), count) {
            let node = statements[statement].node.clone();
            rows.push(Alignment {
                id: keys::pair("alignment", &subject, &node),
                subject: subject.clone(),
                node,
                level: random.between(1, 3) as i64,
            });
        }
    }
    rows
}

fn cohort(number: usize, size: &Size) -> Cohort {
    Cohort {
        id: keys::cohort(number),
        subject: keys::course(number % size.courses),
        organisation: keys::organisation(number),
        title: format!("Autumn run {number}"),
        starts: "2026-09-14".into(),
        ends: "2026-12-11".into(),
        timezone: "Europe/London".into(),
        opened_by: keys::person(9),
    }
}

fn enrolments(size: &Size, random: &mut Random) -> Vec<Enrolment> {
    let mut rows = Vec::new();
    for cohort in (0..size.organisations).map(keys::cohort) {
        for person in random.sample(size.people, 20) {
            let person = keys::person(person);
            rows.push(Enrolment {
                id: keys::pair("enrolment", &cohort, &person),
                cohort: cohort.clone(),
                person,
                enrolled_by: keys::person(9),
            });
        }
    }
    rows
}

/// Everybody has finished the first eight lessons of one course.
fn completions(size: &Size) -> Vec<Completion> {
    let mut rows = Vec::new();
    for number in 0..size.people {
        let (person, course) = (keys::person(number), number % size.courses);
        rows.extend((0..8).map(|place| {
            let lesson = keys::lesson(course, place);
            Completion {
                id: keys::pair("completion", &person, &lesson),
                person: person.clone(),
                lesson,
                course: keys::course(course),
                at: at(number + place * 60),
            }
        }));
    }
    rows
}
