//! A small library to test courses, cohorts and resources in.

mod reading;
mod writing;

use super::rules::{CourseFields, LessonFields};
use super::store;
use crate::db::Db;
use crate::id::{CourseId, LessonId, OrganisationId, PersonId, SessionId};
use crate::vars;
use crate::viewer::{Membership, Person, Role, Viewer};

/// A library with a branch, another library, and a published edition.
pub(crate) async fn world() -> Db {
    let db = Db::for_test().await.unwrap();
    db.write(
        "CREATE organisation:riverside SET slug = 'riverside', name = 'Riverside', kind = 'library', timezone = 'Europe/London', line = [organisation:riverside];
         CREATE organisation:millbrook SET slug = 'millbrook', name = 'Millbrook', kind = 'branch', timezone = 'Europe/London', parent = organisation:riverside, line = [organisation:millbrook, organisation:riverside];
         CREATE organisation:hill SET slug = 'hill', name = 'Hill', kind = 'library', timezone = 'UTC', line = [organisation:hill];
         FOR $one IN [['tina', 'riverside', 'trainer'], ['max', 'riverside', 'manager'], ['rosa', 'millbrook', 'learner'],
                ['tomas', 'millbrook', 'learner'], ['fay', 'riverside', 'facilitator'], ['hugo', 'hill', 'trainer']] {
            LET $person = type::record('person', $one[0]);
            LET $place = type::record('organisation', $one[1]);
            CREATE $person SET name = string::uppercase($one[0]), email = string::concat($one[0], '@', $one[1], '.example'), timezone = 'UTC';
            CREATE type::record('membership', [$one[0], $one[1]]) SET person = $person, organisation = $place, roles = [$one[2]];
         };
         CREATE competency_set:lm SET slug = 'library-management', identifier = 'x', organisation = organisation:riverside, title = 'LM';
         CREATE edition:one SET competency_set = competency_set:lm, number = 1, state = 'draft', levels = [
            { label: 'No skill', description: '' }, { label: 'Minimal', description: '' },
            { label: 'Moderate', description: '' }, { label: 'Strong', description: '' }];
         FOR $n IN 1..=30 {
            CREATE type::record('node', string::concat('n', <string>$n)) SET edition = edition:one, kind = 'statement', depth = 3,
                identifier = <string>$n, position = $n, address = string::concat('LM 3.', <string>$n),
                code = string::concat('LM 3.', <string>$n), title = string::concat('Reads a budget ', <string>$n);
         };
         UPDATE edition:one SET state = 'published';",
        vars! {},
    )
    .await
    .unwrap();
    db
}

pub(crate) fn viewer(name: &str, place: &str, role: Role) -> Viewer {
    Viewer {
        person: Some(Person {
            id: PersonId::parse(name).unwrap(),
            name: name.to_uppercase(),
            timezone: "UTC".into(),
            session: SessionId::parse("s").unwrap(),
        }),
        memberships: vec![Membership {
            organisation: OrganisationId::parse(place).unwrap(),
            slug: String::new(),
            name: place.into(),
            roles: vec![role],
        }],
        ..Viewer::default()
    }
}

pub(crate) fn tina() -> Viewer {
    viewer("tina", "riverside", Role::Trainer)
}

pub(crate) fn rosa() -> Viewer {
    viewer("rosa", "millbrook", Role::Learner)
}

pub(crate) fn hugo() -> Viewer {
    viewer("hugo", "hill", Role::Trainer)
}

pub(crate) fn millbrook() -> OrganisationId {
    OrganisationId::parse("millbrook").unwrap()
}

pub(crate) fn course_fields(title: &str) -> CourseFields {
    CourseFields::parse(title, "About money.", "1.5", false).unwrap()
}

pub(crate) fn lesson_fields(title: &str, module: &str) -> LessonFields {
    LessonFields::parse(title, module, "10", "Some *words*.").unwrap()
}

/// A course of Tina's with lessons of these titles, and its slug.
pub(crate) async fn course_with(db: &Db, title: &str, lessons: &[&str]) -> (CourseId, String, Vec<LessonId>) {
    let key = CourseId::random();
    let slug = store::create_course(db, &tina(), &key, &millbrook(), &course_fields(title))
        .await
        .unwrap();
    let mut ids = Vec::new();
    for lesson in lessons {
        let id = LessonId::random();
        store::write_lesson(db, &tina(), &key, &id, &lesson_fields(lesson, ""))
            .await
            .unwrap();
        ids.push(id);
    }
    if !lessons.is_empty() {
        store::set_published(db, &tina(), &key, true).await.unwrap();
    }
    (key, slug, ids)
}
