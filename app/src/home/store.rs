//! What the home page shows: one round trip for visitors, two at once for members.

use surrealdb_types::SurrealValue;

use super::model::{Front, FrontCourse, FrontSet, Guide, Next, Progress, Running, Today};
use super::news::ThreadRow;
use crate::db::Db;
use crate::error::Result;
use crate::id::EditionId;
use crate::markdown::{plain, whole_sentences};
use crate::paths::segment;
use crate::plans::dates::due;
use crate::plans::model::{Due, Upcoming, order};
use crate::programmes::model::MyCohort;
use crate::programmes::rules::{dates_label, phase};
use crate::vars;
use crate::viewer::{Person, Viewer};

#[derive(SurrealValue)]
struct SetRow {
    id: EditionId,
    slug: String,
    number: i64,
    title: String,
    description: String,
    language: String,
    statements: i64,
    competencies: i64,
    /// It holds only some sections, published ahead of the rest.
    partial: bool,
}

#[derive(SurrealValue)]
struct SectionRow {
    edition: EditionId,
    title: String,
    address: String,
}

#[derive(SurrealValue)]
struct RunningRow {
    course: String,
    course_slug: String,
    language: String,
    organisation: String,
    starts: String,
    ends: String,
}

#[derive(SurrealValue)]
struct CourseRow {
    slug: String,
    title: String,
    summary: String,
    language: String,
    lessons: i64,
}

pub(super) fn count(n: i64) -> u32 {
    u32::try_from(n).unwrap_or(0)
}

/// How many sets the front page shows.
const SETS: usize = 3;
/// How many courses, of twice as many, since four may be running.
const COURSES: usize = 4;

const FRONT: &str = "
    LET $sets = (SELECT id, number, competency_set.slug AS slug, competency_set.title AS title,
        competency_set.description_html AS description, language, statements, competencies, published, partial ?? false AS partial
        FROM edition WHERE state = 'published' ORDER BY published DESC, id LIMIT 20);
    $sets;
    LET $newest = { LET $set = $sets[0].slug; LET $edition = $sets[WHERE slug = $set AND partial = false][0] ?? $sets[0]; $edition.id };
    SELECT edition, title, address, position FROM node WHERE edition = $newest AND depth = 0 ORDER BY position LIMIT 8;
    SELECT subject.title AS course, subject.slug AS course_slug, subject.language AS language, organisation.name AS organisation, starts, ends, id
        FROM cohort WHERE ends >= $today AND subject.state = 'published' ORDER BY ends, id LIMIT 4;
    SELECT slug, title, summary, language, lessons FROM course WHERE state = 'published' ORDER BY title, slug LIMIT 8;
    SELECT id, title, posts, last_post, NONE AS last_read, NONE AS post, NONE AS named_by, study_group.title AS group, study_group.slug AS group_slug
        FROM thread WHERE public = true ORDER BY last_post DESC, id LIMIT 4;";

/// The front page: published sets, what is running, courses and the latest
/// public talk.
pub async fn front(db: &Db) -> Result<Front> {
    let today = crate::time::today("UTC");
    let mut answers = db.run(FRONT, vars! { "today" => today.clone() }).await?;
    let mut sets: Vec<SetRow> = Vec::new();
    for row in answers.rows::<SetRow>(1)? {
        // A set stands here with its newest whole edition, as on its own page.
        match sets.iter().position(|set| set.slug == row.slug) {
            Some(at) if sets[at].partial && !row.partial => sets[at] = row,
            None if sets.len() < SETS => sets.push(row),
            _ => {}
        }
    }
    let sections = answers.rows::<SectionRow>(3)?;
    let running = answers.rows::<RunningRow>(4)?;
    let courses = answers.rows::<CourseRow>(5)?;
    let threads = answers.rows::<ThreadRow>(6)?;
    let under_way: Vec<_> = running.iter().map(|row| row.course_slug.clone()).collect();
    Ok(Front {
        sets: sets.into_iter().map(|row| row.into_set(&sections)).collect(),
        running: running.into_iter().map(|row| row.into_running(&today)).collect(),
        // What is running stands there.
        courses: courses
            .into_iter()
            .filter(|row| !under_way.contains(&row.slug))
            .take(COURSES)
            .map(|row| FrontCourse {
                slug: row.slug,
                title: row.title,
                summary: row.summary,
                language: row.language,
                lessons: count(row.lessons),
            })
            .collect(),
        threads: threads.into_iter().map(|row| row.into_news("UTC")).collect(),
    })
}

impl SetRow {
    fn into_set(self, sections: &[SectionRow]) -> FrontSet {
        let own = sections.iter().filter(|section| section.edition == self.id);
        FrontSet {
            sections: own
                .map(|section| {
                    let address = segment(&section.address);
                    (
                        section.title.clone(),
                        format!("/index/{}/{}/{address}", self.slug, self.number),
                    )
                })
                .collect(),
            slug: self.slug,
            title: self.title,
            description: whole_sentences(&plain(&self.description), 240),
            language: self.language,
            statements: count(self.statements),
            competencies: count(self.competencies),
        }
    }
}

impl RunningRow {
    fn into_running(self, today: &str) -> Running {
        Running {
            dates: dates_label(&self.starts, &self.ends),
            phase: phase(&self.starts, &self.ends, today).into(),
            course: self.course,
            course_slug: self.course_slug,
            language: self.language,
            organisation: self.organisation,
        }
    }
}

#[derive(SurrealValue)]
struct NextRow {
    course: String,
    course_slug: String,
    language: String,
    lesson: String,
    lesson_slug: String,
    minutes: i64,
    done: i64,
    lessons: i64,
}

#[derive(SurrealValue)]
struct ReviewRow {
    key: String,
    title: String,
    due: String,
}

#[derive(SurrealValue)]
struct ProgressRow {
    profile: String,
    slug: String,
    published: bool,
    statements: i64,
    rated: i64,
    counted: i64,
    at_level: i64,
}

const TODAY: &str = "
    LET $recent = (SELECT VALUE course FROM (SELECT course, time::max(at) AS last FROM completion
        WHERE person = $person AND course.state = 'published' GROUP BY course ORDER BY last DESC LIMIT 20));
    LET $counts = (SELECT course, count() AS done FROM completion WHERE person = $person AND course IN $recent GROUP BY course);
    LET $course = $recent.filter(|$one| ($counts[WHERE course = $one].done)[0] < $one.lessons)[0];
    LET $finished = SELECT VALUE lesson FROM completion WHERE person = $person AND course = $course;
    SELECT title AS lesson, slug AS lesson_slug, minutes, position, course.title AS course, course.slug AS course_slug, course.language AS language,
        course.lessons AS lessons, array::len($finished) AS done
        FROM lesson WHERE course = $course AND id NOT IN $finished ORDER BY position LIMIT 1;
    LET $threads = SELECT id, title, posts, last_post, study_group, study_group.title AS group, study_group.slug AS group_slug
        FROM thread WHERE study_group IN $groups ORDER BY last_post DESC, id LIMIT 30;
    LET $read = (SELECT id, title, posts, last_post, group, group_slug,
        type::record('reading', [record::id($person), record::id(id)]).last_read AS last_read FROM $threads);
    SELECT id, title, posts, last_post, group, group_slug, last_read,
        type::record('post', [record::id(id), posts]).{author_name, html} AS post,
        (SELECT VALUE author_name FROM post:[record::id($parent.id),
            math::max([$parent.last_read ?? 0, $parent.posts - $looked_at]) + 1]..=[record::id($parent.id), $parent.posts]
            WHERE string::contains(html, $names_me) LIMIT 1)[0] AS named_by
        FROM $read WHERE posts > (last_read ?? 0) LIMIT 5;
    LET $mine = fn::chosen_profiles($person);
    LET $profile = $mine[0].role_profile;
    LET $targets = SELECT level, type::record('rating', [record::id($person), record::id(node)]) AS rating
        FROM target WHERE role_profile = $profile;
    SELECT title AS profile, slug, statements, edition.state = 'published' AS published,
        array::len($targets[WHERE rating.level != NONE OR rating.not_my_work = true]) AS rated,
        array::len($targets[WHERE rating.not_my_work != true]) AS counted,
        array::len($targets[WHERE rating.level != NONE AND rating.level >= level]) AS at_level FROM $profile;
    array::len((SELECT VALUE id FROM rating WHERE person = $person LIMIT 10));
    array::len($recent) > 0 OR array::len((SELECT VALUE id FROM enrolment WHERE person = $person LIMIT 1)) > 0
        OR array::len((SELECT VALUE id FROM action WHERE person = $person AND kind = 'course' AND removed = NONE LIMIT 1)) > 0;
    array::len((SELECT VALUE id FROM edition_question WHERE person = $person AND answered = NONE LIMIT 1000));
    SELECT record::id(round) AS key, round.title AS title, round.due AS due FROM reviewer
        WHERE person = $person AND finished = NONE AND round.signed_off = NONE AND fn::reviews_still(id) LIMIT 100;
    IF $profile != NONE { true } ELSE {
        LET $homes = fn::homes($person);
        (SELECT VALUE id FROM role_profile WHERE edition.state = 'published' AND fn::profile_open(id, $homes) LIMIT 1) != []
    };
    LET $taken = array::distinct((SELECT VALUE course FROM completion WHERE person = $person));
    LET $joined = (SELECT VALUE course FROM (SELECT cohort.subject AS course, since FROM enrolment WHERE person = $person
        AND cohort.starts <= $today AND cohort.ends >= $today AND cohort.subject.state = 'published' AND cohort.subject NOT IN $taken ORDER BY since DESC LIMIT 1))[0];
    SELECT title AS lesson, slug AS lesson_slug, minutes, position, course.title AS course, course.slug AS course_slug, course.language AS language,
        course.lessons AS lessons, 0 AS done FROM lesson WHERE course = $joined ORDER BY position LIMIT 1;
    array::len(fn::evidence_waiting($person));";

/// How many unread posts of a thread are looked through for one's name.
const LOOKED_AT: i64 = 100;

/// How much of what is due stands on Today.
const DUE: u32 = 4;

/// A member's day.
pub async fn today(db: &Db, viewer: &Viewer, person: &Person) -> Result<Today> {
    let groups: Vec<_> = viewer.groups.iter().map(|group| group.id.clone()).collect();
    let day = crate::time::today(&person.timezone);
    let (mut answers, cohorts, plan, history, asked, shared) = db
        .at_once(async {
            futures::try_join!(
                db.run(
                    TODAY,
                    vars! {
                        "person" => person.id.clone(), "groups" => groups, "today" => day.clone(),
                        "names_me" => format!("href=\"/people/{}\"", segment(person.id.as_str())), "looked_at" => LOOKED_AT,
                    }
                ),
                crate::programmes::store::mine(db, &person.id, &day),
                crate::plans::store::due(db, person, DUE),
                crate::assessments::store::history(db, person),
                crate::joining::store::waiting(db, viewer),
                crate::sharing::store::fresh(db, viewer, person),
            )
        })
        .await?;
    let lessons = [answers.row::<NextRow>(4)?, answers.row::<NextRow>(19)?];
    let threads = answers.rows::<ThreadRow>(7)?;
    let progress = answers.row::<ProgressRow>(11)?;
    let reviews = answers.rows::<ReviewRow>(15)?;
    let guide = Guide {
        profile: progress.is_some(),
        roles: answers.row::<bool>(16)?.unwrap_or(false),
        rated: count(answers.row::<i64>(12)?.unwrap_or(0)),
        group: !viewer.groups.is_empty(),
        course: answers.row::<bool>(13)?.unwrap_or(false),
    };
    // What others wait for stands first.
    let due = soonest(plan, &cohorts, &reviews, &day);
    let due = asked.into_iter().map(request).chain(due).collect();
    let threads = threads.into_iter().map(|row| row.into_news(&person.timezone));
    let lessons = lessons.into_iter().flatten().map(Next::from);
    let next: Vec<_> = lessons.chain(progress.as_ref().and_then(ProgressRow::next)).collect();
    Ok(Today {
        no_mail: false,
        date: crate::time::weekday_label(&person.timezone),
        title: title(crate::time::greeting(&person.timezone), next.is_empty(), guide),
        next,
        due,
        cohorts,
        news: shared.into_iter().chain(threads).collect(),
        progress: progress.map(|row| Progress {
            text: format!("{} · {} of {} rated", row.profile, row.rated, row.statements),
            slug: row.slug,
            at_level: count(row.at_level),
            of: count(row.counted),
        }),
        history,
        guide,
        changes: count(answers.row::<i64>(14)?.unwrap_or(0)),
        reviews: count(reviews.len() as i64),
        evidence: count(answers.row::<i64>(20)?.unwrap_or(0)),
    })
}

/// People who ask to join, as something to do.
fn request(asked: crate::joining::store::Waiting) -> Upcoming {
    let title = match asked.people {
        1 => format!("1 person asks to join {}", asked.name),
        many => format!("{many} people ask to join {}", asked.name),
    };
    Upcoming {
        title,
        language: String::new(),
        kind: "Requests".into(),
        href: format!("/organisations/{}/requests", asked.slug),
        due: Due {
            label: "until you answer".into(),
            ..Due::default()
        },
    }
}

fn title(greeting: &str, nothing: bool, guide: Guide) -> String {
    match nothing {
        false => format!("{greeting}. Pick up where you left off."),
        true if guide.taken() < 2 => format!("{greeting}. Here is a good first step."),
        true => format!("{greeting}."),
    }
}

/// The next of the plan, of rounds under review and of cohorts that end.
fn soonest(plan: Vec<Upcoming>, cohorts: &[MyCohort], reviews: &[ReviewRow], today: &str) -> Vec<Upcoming> {
    let ends = cohorts
        .iter()
        .filter(|cohort| cohort.lessons == 0 || cohort.done < cohort.lessons);
    let ends = ends.map(|cohort| Upcoming {
        title: cohort.title.clone(),
        language: String::new(),
        kind: "Cohort ends".into(),
        href: format!("/cohorts/{}", cohort.id),
        due: due(Some(cohort.ends.clone()), today),
    });
    let reviews = reviews.iter().map(|row| Upcoming {
        title: row.title.clone(),
        language: String::new(),
        kind: "Review".into(),
        href: format!("/reviews/{}", row.key),
        due: due(Some(row.due.clone()), today),
    });
    let mut all: Vec<_> = plan.into_iter().chain(ends).chain(reviews).collect();
    all.sort_by_cached_key(|one| order(&one.due, &one.title, &one.href));
    all.truncate(DUE as usize);
    all
}

impl From<NextRow> for Next {
    fn from(row: NextRow) -> Self {
        let (done, all) = (count(row.done), count(row.lessons));
        Self {
            href: format!("/courses/{}/{}", row.course_slug, row.lesson_slug),
            of: row.course,
            title: row.lesson,
            language: row.language,
            progress: "Lessons done".into(),
            done,
            all,
            text: format!("{done} of {all} lessons · {} minutes for this one", row.minutes),
        }
    }
}

impl ProgressRow {
    /// What is left to rate, once some of it is.
    fn next(&self) -> Option<Next> {
        let (done, all) = (count(self.rated), count(self.statements));
        (self.published && 0 < done && done < all).then(|| Next {
            href: format!("/me/rate?profile={}", segment(&self.slug)),
            of: self.profile.clone(),
            title: "Go on rating".into(),
            language: String::new(),
            progress: "Statements rated".into(),
            done,
            all,
            text: format!("{done} of {all} statements rated"),
        })
    }
}
