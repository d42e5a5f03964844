use super::model::Suggestion;
use super::store::{colleagues, courses, links, listed, statements};
use crate::courses::tests::{course_with, hugo, rosa, tina, viewer, world};
use crate::db::Db;
use crate::error::AppError;
use crate::id::{CohortId, GroupId, OrganisationId};
use crate::programmes::rules::CohortFields;
use crate::vars;
use crate::viewer::{GroupLink, Role, Viewer};

fn titles(found: &[Suggestion]) -> Vec<&str> {
    found.iter().map(|one| one.title.as_str()).collect()
}

async fn change(db: &Db, sql: &'static str) {
    db.write(sql, vars! {}).await.unwrap();
}

async fn cohort_of(db: &Db) -> CohortId {
    let (course, _, _) = course_with(db, "Money", &["One"]).await;
    let key = CohortId::random();
    let fields = CohortFields::parse("Autumn", "2026-11-02", "2026-12-18", "UTC").unwrap();
    let riverside = OrganisationId::parse("riverside").unwrap();
    crate::programmes::store::open_cohort(db, &tina(), &key, &riverside, &course, &fields, &[])
        .await
        .unwrap();
    key
}

#[tokio::test]
async fn a_statement_is_found_by_the_beginnings_of_its_words() {
    let db = world().await;
    for typed in ["budg", "rea bud", "BÚDGET", "budgeting", "  bud  rea "] {
        let found = statements(&db, typed, 8).await.unwrap();
        assert_eq!(found.len(), 8, "{typed}");
        assert_eq!(
            (found[0].title.as_str(), found[0].place.as_str()),
            ("Reads a budget 1", "LM"),
            "{typed}"
        );
    }
    for nothing in ["", "  ", "!", "udget", "budgetx", "' OR true"] {
        assert_eq!(statements(&db, nothing, 8).await.unwrap(), vec![], "{nothing}");
    }
}

#[tokio::test]
async fn a_code_comes_before_what_only_holds_its_figures() {
    let db = world().await;
    let found = statements(&db, "LM 3.3", 8).await.unwrap();
    let codes: Vec<_> = found.iter().map(|one| one.code.as_str()).collect();
    assert_eq!(codes, ["LM 3.3", "LM 3.30"]);
    let last = statements(&db, "lm.3.30", 8).await.unwrap();
    assert_eq!(titles(&last), ["Reads a budget 30"]);
}

#[tokio::test]
async fn what_is_not_published_is_offered_to_those_who_write_it() {
    let db = world().await;
    course_with(&db, "Secret budgets", &[]).await;
    let found = async |viewer: &Viewer, drafts| courses(&db, viewer, "secr", drafts, 8).await.unwrap();
    assert_eq!(titles(&found(&tina(), true).await), ["Secret budgets"]);
    assert!(found(&tina(), false).await.is_empty(), "nobody plans a draft");
    for other in [Viewer::visitor(), rosa(), hugo()] {
        assert!(found(&other, true).await.is_empty());
    }
    change(
        &db,
        "CREATE edition:two SET competency_set = competency_set:lm, number = 2, state = 'draft', levels = [];
         CREATE node:hidden SET edition = edition:two, identifier = 'h', kind = 'statement', depth = 1, position = 1,
            address = 'H', code = 'H', title = 'Whispers';",
    )
    .await;
    assert!(statements(&db, "whisp", 8).await.unwrap().is_empty());
}

#[tokio::test]
async fn what_is_offered_says_its_language() {
    let db = world().await;
    course_with(&db, "Secret budgets", &[]).await;
    change(&db, "UPDATE course SET language = 'cy';").await;
    assert_eq!(courses(&db, &tina(), "secr", true, 8).await.unwrap()[0].language, "cy");
    assert_eq!(statements(&db, "budg", 8).await.unwrap()[0].language, "en");
}

#[tokio::test]
async fn colleagues_are_those_whom_one_trains() {
    let db = world().await;
    let cohort = cohort_of(&db).await;
    let found = async |viewer: &Viewer, typed: &str| colleagues(&db, viewer, &cohort, typed, 8).await;
    assert_eq!(titles(&found(&tina(), "ro").await.unwrap()), ["ROSA"]);
    assert!(found(&tina(), "hug").await.unwrap().is_empty(), "of another library");
    assert_eq!(found(&rosa(), "to").await, Err(AppError::NotFound));
    assert_eq!(found(&hugo(), "to").await, Err(AppError::NotFound));
    let manager = viewer("max", "riverside", Role::Manager);
    assert_eq!(found(&manager, "to").await, Err(AppError::Forbidden));
    change(&db, "UPDATE person:rosa SET closed = time::now();").await;
    assert!(found(&tina(), "ro").await.unwrap().is_empty(), "a closed account");
}

#[tokio::test]
async fn a_page_lists_what_its_address_asks_for() {
    let db = world().await;
    let found = listed(&db, &rosa(), "statement", "budget").await.unwrap().unwrap();
    assert_eq!(found.suggestions.len(), 20);
    for (what, query) in [("", "budget"), ("person", "rosa"), ("statement", " ")] {
        assert_eq!(listed(&db, &rosa(), what, query).await.unwrap(), None, "{what} {query}");
    }
}

#[tokio::test]
async fn a_text_leads_to_what_is_published_and_to_threads_that_one_may_read() {
    let db = world().await;
    let (course, _, _) = course_with(&db, "Reading aloud", &["Reads slowly"]).await;
    change(
        &db,
        "UPDATE course SET state = 'draft';
         CREATE resource:short SET slug = 'short', organisation = organisation:riverside, title = 'Reading lists', kind = 'article',
            url = 'https://a.example', publisher = 'A press';
         CREATE study_group:mine SET slug = 'mine', organisation = organisation:riverside, title = 'Mine', public = false;
         CREATE thread:said SET study_group = study_group:mine, title = 'Reading what?', kind = 'question', started_by = person:rosa;",
    )
    .await;
    let reads = async |viewer: &Viewer, typed: &str| {
        let found = links(&db, viewer, typed).await.unwrap();
        found.into_iter().map(|one| (one.href, one.place)).collect::<Vec<_>>()
    };
    let hrefs = async |viewer: &Viewer| {
        let found = reads(viewer, "read").await;
        found.into_iter().map(|(href, _)| href).collect::<Vec<_>>()
    };
    let statement = "/index/library-management/1/LM%203.1";
    assert_eq!(hrefs(&rosa()).await[..2], [statement, "/resources/short"], "no draft");
    assert_eq!(hrefs(&tina()).await.len(), 8, "nor for whoever writes it");

    db.write("UPDATE $course SET state = 'published';", vars! { "course" => course })
        .await
        .unwrap();
    let found = reads(&rosa(), "read").await;
    let begin: Vec<_> = found.iter().take(4).map(|(href, _)| href.as_str()).collect();
    assert_eq!(begin[0], statement);
    assert!(
        begin[1].starts_with("/courses/") && begin[1].matches('/').count() == 3,
        "a lesson: {begin:?}"
    );
    assert!(
        begin[2].starts_with("/courses/") && begin[2].matches('/').count() == 2,
        "a course: {begin:?}"
    );
    assert_eq!(begin[3], "/resources/short");
    assert_eq!(found[0].1, "Statement · LM");
    assert!(!found.iter().any(|(href, _)| href.starts_with("/groups/")));

    let mut member = rosa();
    member.groups.push(GroupLink {
        id: GroupId::parse("mine").unwrap(),
        slug: "mine".into(),
        title: "Mine".into(),
        unread: 0,
        facilitator: false,
    });
    assert_eq!(
        reads(&member, "what").await,
        [("/groups/mine/said".to_owned(), "Thread · Mine".to_owned())]
    );
    assert!(reads(&Viewer::visitor(), "what").await.is_empty());
    assert_eq!(
        reads(&rosa(), "LM 3.30").await[0].0,
        "/index/library-management/1/LM%203.30"
    );
    for nothing in ["", " ", "]]", "eading"] {
        assert!(reads(&rosa(), nothing).await.is_empty(), "{nothing}");
    }
}
