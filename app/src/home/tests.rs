//! A member's day against a real database.

use super::model::Today;
use super::store;
use crate::assessments::tests::{World, node, viewer, world};
use crate::vars;

/// Two courses, a cohort of each, and a round that asks Rosa.
async fn busy() -> World {
    let world = world().await;
    world
        .db
        .write(
            "CREATE membership:['rosa', 'library'] SET person = person:rosa, organisation = organisation:library, roles = ['learner'];
             FOR $slug IN ['money', 'people'] {
                LET $course = type::record('course', $slug);
                CREATE $course SET slug = $slug, organisation = organisation:library, title = string::uppercase($slug), state = 'published', lessons = 2;
                FOR $n IN 1..=2 {
                    CREATE type::record('lesson', string::concat($slug, <string> $n)) SET course = $course, slug = string::concat('l', <string> $n),
                        position = $n, title = string::concat('Lesson ', <string> $n), body = '', html = '';
                };
                LET $cohort = type::record('cohort', $slug);
                CREATE $cohort SET subject = $course, organisation = organisation:library, title = string::concat('With ', $slug),
                    starts = '2020-01-01', ends = '2999-12-31', timezone = 'UTC', opened_by = person:jonas;
                CREATE type::record('enrolment', [$slug, 'rosa']) SET cohort = $cohort, person = person:rosa, enrolled_by = person:jonas;
             };
             CREATE completion:['rosa', 'money1'] SET person = person:rosa, lesson = lesson:money1, course = course:money;
             CREATE review_round:autumn SET edition = edition:draft, title = 'Autumn round', due = '2998-05-01',
                due_at = d'2998-05-02T00:00:00Z', opened_by = person:jonas;
             CREATE reviewer:rosa SET round = review_round:autumn, person = person:rosa;",
            vars! {},
        )
        .await
        .unwrap();
    world
}

async fn today(world: &World) -> Today {
    let asked = world.db.times_asked();
    let today = store::today(&world.db, &viewer(&world.rosa), &world.rosa)
        .await
        .unwrap();
    assert_eq!(world.db.times_asked() - asked, 1);
    today
}

fn hrefs(today: &Today) -> Vec<&str> {
    today.next.iter().map(|next| next.href.as_str()).collect()
}

#[tokio::test]
async fn one_goes_on_with_a_course_a_cohort_just_joined_and_what_is_left_to_rate() {
    let world = busy().await;
    let begun = today(&world).await;
    assert_eq!(hrefs(&begun), ["/courses/money/l2", "/courses/people/l1"]);
    assert_eq!((begun.next[0].done, begun.next[0].all, begun.next[1].done), (1, 2, 0));
    assert!(begun.title.ends_with("Pick up where you left off."), "{}", begun.title);

    crate::assessments::store::choose(&world.db, &world.rosa.id, "manager")
        .await
        .unwrap();
    assert_eq!(today(&world).await.next.len(), 2, "nothing is rated yet");
    world.rate(&world.rosa, 1, "2").await.unwrap();
    let rating = today(&world).await;
    assert_eq!(hrefs(&rating)[2], "/me/rate?profile=manager");
    assert_eq!(rating.next[2].text, "1 of 23 statements rated");
    for number in 2..=23 {
        world.rate(&world.rosa, number, "2").await.unwrap();
    }
    assert_eq!(today(&world).await.next.len(), 2, "all is rated: {}", node(23));
}

#[tokio::test]
async fn a_cohort_that_has_not_begun_is_nothing_to_go_on_with() {
    let world = busy().await;
    world
        .db
        .write("UPDATE cohort:people SET starts = '2998-01-01';", vars! {})
        .await
        .unwrap();
    let before = today(&world).await;
    assert_eq!(hrefs(&before), ["/courses/money/l2"]);
    assert_eq!(before.cohorts.len(), 2, "it stands among one's cohorts");
}

#[tokio::test]
async fn due_is_what_ends_and_what_is_asked_of_one() {
    let world = busy().await;
    let due = today(&world).await.due;
    let lines: Vec<_> = due.iter().map(|one| (one.kind.as_str(), one.href.as_str())).collect();
    assert_eq!(
        lines,
        [
            ("Review", "/reviews/autumn"),
            ("Cohort ends", "/cohorts/money"),
            ("Cohort ends", "/cohorts/people")
        ]
    );
    world
        .db
        .write(
            "UPDATE reviewer:rosa SET finished = time::now();
             CREATE completion:['rosa', 'money2'] SET person = person:rosa, lesson = lesson:money2, course = course:money;
             UPDATE cohort:people SET ends = '2021-01-01';",
            vars! {},
        )
        .await
        .unwrap();
    let later = today(&world).await;
    assert!(later.due.is_empty(), "{:?}", later.due);
    assert!(later.next.is_empty(), "{:?}", later.next);
}

#[tokio::test]
async fn where_there_is_nothing_to_go_on_with_it_is_not_said() {
    let world = world().await;
    let first = today(&world).await;
    assert!(first.title.ends_with("Here is a good first step."), "{}", first.title);
    crate::assessments::store::choose(&world.db, &world.rosa.id, "manager")
        .await
        .unwrap();
    for number in 1..=23 {
        world.rate(&world.rosa, number, "2").await.unwrap();
    }
    let title = today(&world).await.title;
    assert!(!title.contains("Pick up") && !title.contains("first step"), "{title}");
}
