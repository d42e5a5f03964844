//! What is asked for by just its code or its title, among many that hold the same words.

use surrealdb_types::Value;

use super::*;

/// Sixty statements and threads that hold the words, and then the one.
async fn many() -> Db {
    let db = world().await;
    db.write(
        "FOR $n IN 1..=60 {
            CREATE type::record('node', string::concat('a', <string> $n)) SET edition = edition:one, identifier = string::concat('a', <string> $n),
                kind = 'statement', depth = 2, position = 100 + $n, address = string::concat('a', <string> $n),
                code = string::concat('LM 2.9.', <string> $n), title = string::concat('After 9, 2 in LM, ', <string> $n);
            CREATE type::record('thread', string::concat('t', <string> $n)) SET study_group = study_group:open, public = true,
                title = string::concat('Welcome to the Circle ', <string> $n), kind = 'discussion', started_by = person:rosa;
         };
         CREATE node:last SET edition = edition:one, identifier = 'last', kind = 'statement', depth = 2, position = 900,
            address = 'LM 9.2', code = 'LM 9.2', title = 'Leads a meeting of many people who have come from libraries of other towns and lands';
         UPDATE edition:one SET state = 'published';
         CREATE thread:zlast SET study_group = study_group:open, public = true, title = 'Welcome to the Circle!', kind = 'discussion', started_by = person:rosa;
         CREATE thread:hidden SET study_group = study_group:closed, public = false, title = 'Welcome to the circle', kind = 'discussion', started_by = person:rosa;",
        vars! {},
    )
    .await
    .unwrap();
    db
}

async fn first(db: &Db, viewer: &Viewer, words: &str, kind: Kind) -> (String, String) {
    let found = find(db, viewer, words).await;
    let kind = found.kinds.into_iter().find(|one| one.kind == kind).unwrap();
    (kind.hits[0].text(), kind.count_label())
}

#[tokio::test]
async fn a_code_is_first_among_any_number_of_alike_ones() {
    let db = many().await;
    for query in ["LM 9.2", "lm.9.2"] {
        let (title, count) = first(&db, &Viewer::visitor(), query, Kind::Statement).await;
        assert!(title.starts_with("LM 9.2 Leads"), "{query}: {title}");
        assert_eq!(count, "30+");
    }
    let own = first(&db, &Viewer::visitor(), "LM 2.9.60", Kind::Statement).await;
    assert_eq!(own, ("LM 2.9.60 After 9, 2 in LM, 60".to_owned(), "1".to_owned()));
}

#[tokio::test]
async fn a_title_is_first_among_any_number_of_alike_ones_for_whom_it_is() {
    let db = many().await;
    let welcome = "Welcome to the Circle!".to_owned();
    let visitor = first(&db, &Viewer::visitor(), "welcome to the  circle", Kind::Thread).await;
    assert_eq!(visitor, (welcome, "30+".to_owned()));
    let member = find(&db, &person("rosa", &[Role::Learner], true), "Welcome to the circle").await;
    let best: Vec<_> = member.kinds[0]
        .hits
        .iter()
        .take(2)
        .map(|hit| hit.text().to_lowercase())
        .collect();
    assert_eq!(best, ["welcome to the circle", "welcome to the circle!"]);
    let long = "leads a meeting of many people who have come from libraries of other towns and lands";
    let (title, count) = first(&db, &Viewer::visitor(), long, Kind::Statement).await;
    assert!(title.starts_with("LM 9.2 Leads") && count == "1", "{title}, {count}");
    // Once, though it is found by its title and by its words.
    let short = first(&db, &Viewer::visitor(), "reading a budget", Kind::Course).await;
    assert_eq!(short, ("Reading a budget".to_owned(), "1".to_owned()));
}

#[tokio::test]
async fn titles_that_were_there_before_are_asked_for_once_they_were_gone_through() {
    let db = many().await;
    let titled = async || {
        let sql = "SELECT VALUE string::concat(<string> id, ' ', titled ?? '') FROM search_entry;";
        let mut all: Vec<String> = db.rows(sql, vars! {}).await.unwrap();
        all.sort();
        all
    };
    write_due(&db).await.unwrap();
    let before = titled().await;
    let holds = |title: &str| before.iter().any(|one| one.ends_with(title));
    assert!(holds(" = welcome to the circle"), "{before:?}");
    assert!(holds(
        " ! leads a meeting of many people who have come from libraries of"
    ));
    db.write(
        "REMOVE INDEX search_entry_code ON search_entry; REMOVE INDEX search_entry_titled ON search_entry;
         DEFINE FIELD OVERWRITE titled ON search_entry TYPE option<string>; UPDATE search_entry SET titled = NONE;
         REMOVE FIELD titled ON search_entry;",
        vars! {},
    )
    .await
    .unwrap();
    let migration = crate::db::MIGRATIONS
        .iter()
        .find(|one| one.name == "0129_named")
        .unwrap();
    db.write(migration.sql, vars! {}).await.unwrap();
    assert_eq!(write_due(&db).await, Ok(1));
    assert_eq!(write_due(&db).await, Ok(0));
    assert_eq!(titled().await, before);
}

#[tokio::test]
async fn indexes_find_them() {
    let db = many().await;
    for (sql, index) in [
        (
            "SELECT subject, scope FROM search_entry WHERE code = 'lm 9 2' AND kind = 'statement'
                AND (scope.state = 'published' OR scope IN [edition:two]) LIMIT 31 EXPLAIN;",
            "search_entry_code",
        ),
        (
            "SELECT subject, scope FROM search_entry WHERE titled = '= welcome to the circle'
                AND (scope.public = true OR scope IN [study_group:closed]) LIMIT 31 EXPLAIN;",
            "search_entry_titled",
        ),
        (
            "SELECT VALUE id FROM study_group WHERE organisation = organisation:riverside
                AND (public = true OR id IN [study_group:closed]) EXPLAIN;",
            "study_group_",
        ),
    ] {
        let plan: Value = db.read(sql, vars! {}).await.unwrap();
        assert!(format!("{plan:?}").contains(index), "{sql} {plan:?}");
    }
}
