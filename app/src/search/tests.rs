use super::model::Found;
use super::store::search;
use crate::db::{Db, DbConfig, MIGRATIONS};
use crate::id::GroupId;
use crate::vars;
use crate::viewer::{GroupLink, Viewer};

async fn world() -> Db {
    let db = Db::connect(&DbConfig::memory()).await.unwrap();
    db.migrate(MIGRATIONS).await.unwrap();
    db.write(
        "CREATE organisation:riverside SET slug = 'riverside', name = 'Riverside', kind = 'library', timezone = 'UTC', line = [organisation:riverside];
         CREATE person:rosa SET name = 'Rosa', email = 'rosa@riverside.example', timezone = 'UTC';
         CREATE course:open SET slug = 'open', organisation = organisation:riverside, title = 'Reading a budget', state = 'published';
         CREATE course:draft SET slug = 'draft', organisation = organisation:riverside, title = 'Budget secrets', state = 'draft';
         CREATE study_group:closed SET slug = 'closed', organisation = organisation:riverside, title = 'Closed', public = false;
         CREATE thread:whisper SET study_group = study_group:closed, title = 'Our budget worries', kind = 'discussion', started_by = person:rosa;",
        vars! {},
    )
    .await
    .unwrap();
    db
}

fn titles(found: &Found) -> Vec<&str> {
    found
        .groups
        .iter()
        .flat_map(|group| &group.hits)
        .map(|hit| hit.title.as_str())
        .collect()
}

#[tokio::test]
async fn a_visitor_finds_what_is_published_by_its_stem() {
    let db = world().await;
    let found = search(&db, &Viewer::visitor(), "budgets".into()).await.unwrap();
    assert_eq!(titles(&found), ["Reading a budget"]);
}

#[tokio::test]
async fn a_member_finds_the_talk_of_their_group() {
    let db = world().await;
    let link = GroupLink {
        id: GroupId::parse("closed").unwrap(),
        slug: "closed".into(),
        title: "Closed".into(),
        unread: 0,
        facilitator: false,
    };
    let viewer = Viewer {
        groups: vec![link],
        ..Viewer::default()
    };
    let found = search(&db, &viewer, "budget".into()).await.unwrap();
    assert_eq!(titles(&found), ["Reading a budget", "Our budget worries"]);
}

#[tokio::test]
async fn a_hostile_query_is_only_words() {
    let db = world().await;
    for query in ["'; REMOVE TABLE course; --", "@1@", "\"", "%", "🦉"] {
        assert!(search(&db, &Viewer::visitor(), query.into()).await.is_ok(), "{query}");
    }
    assert_eq!(
        titles(&search(&db, &Viewer::visitor(), "budget".into()).await.unwrap()).len(),
        1
    );
}

#[tokio::test]
async fn a_code_finds_the_statement_that_bears_it_once_it_is_published() {
    let db = world().await;
    db.write(
        "CREATE competency_set:lm SET slug = 'lm', identifier = 'lm', organisation = organisation:riverside, title = 'Library management';
         CREATE edition:one SET competency_set = competency_set:lm, number = 1, state = 'draft', levels = [];
         CREATE node:s34 SET edition = edition:one, identifier = 's34', kind = 'statement', depth = 2, position = 1, address = 'LM 3.4', code = 'LM 3.4', title = 'Explains a plan';",
        vars! {},
    )
    .await
    .unwrap();
    let found = search(&db, &Viewer::visitor(), "LM 3.4".into()).await.unwrap();
    assert!(titles(&found).is_empty(), "{found:?}");
    db.write("UPDATE edition:one SET state = 'published';", vars! {})
        .await
        .unwrap();
    for query in ["LM 3.4", "lm 3.4"] {
        let found = search(&db, &Viewer::visitor(), query.into()).await.unwrap();
        assert_eq!(titles(&found), ["LM 3.4 Explains a plan"]);
        assert_eq!(found.groups[0].hits[0].href, "/index/lm/1/LM%203.4");
    }
}
