//! What becomes of somebody's traces when they close their account.

use std::collections::BTreeSet;

use app::db::Db;
use app::error::AppError;
use app::id::{OrganisationId, PersonId};
use app::people::model::Email;
use app::vars;
use app::viewer::Role;
use axum::http::StatusCode;

use crate::access::path;
use crate::support::{Someone, TestApp};

/// Every field that links to a person, and whether what holds it is erased with
/// the account. What stays says nothing more than "a former member".
#[rustfmt::skip]
const LINKS: &[(&str, &str, bool)] = &[
    ("action", "person", true),
    ("address_check", "person", true),
    ("assessment", "person", true),
    ("audit_entry", "by", false), // Who did what must be known later.
    ("audit_entry", "whom", false),
    ("cohort", "opened_by", false),
    ("completion", "person", true),
    ("consent", "person", true),
    ("copy", "person", true),
    ("course", "written_by", false), // The course is the organisation's.
    ("credential", "person", true),
    ("edition_change", "person", false), // What was written is the organisation's.
    ("edition_question", "person", true),
    ("enrolment", "enrolled_by", false), // Somebody else's enrolment.
    ("enrolment", "person", true),
    ("evidence", "person", true),
    ("evidence_review", "person", true),
    ("evidence_review", "reviewer", false), // What was answered is the other’s; what waited goes.
    ("form_draft", "person", true),
    ("goal", "person", true),
    ("group_membership", "person", true),
    ("identity", "person", true),
    ("import", "person", true),
    ("invitation", "invited_by", true),
    ("join_request", "person", true),
    ("judgement", "given_by", false), // Somebody else's judgement.
    ("judgement", "person", true),
    ("known_device", "person", true),
    ("look", "person", true),
    ("look", "viewer", false), // That a former member looked is the other's to know.
    ("membership", "person", true),
    ("passkey", "person", true),
    ("passkey_challenge", "person", true),
    ("password_link", "by", true),
    ("password_link", "person", true),
    ("past_enrolment", "person", true),
    ("past_goal", "person", true),
    ("pending_sign_in", "person", true),
    ("picture", "subject", true),
    ("plan", "person", true),
    ("post", "author", false), // Its words stay or go as the site says.
    ("profile", "person", true),
    ("provider_visit", "person", true),
    ("rating", "person", true),
    ("reading", "person", true),
    ("recovery_code", "person", true),
    ("review_comment", "person", false), // What was said in a round stays with it.
    ("review_item", "resolved_by", false),
    ("review_round", "opened_by", false),
    ("review_round", "signed_off_by", false),
    ("reviewer", "person", false), // Their verdicts count, by a former member whom nobody names.
    ("search_entry", "scope", true),
    ("search_entry", "subject", true),
    ("second_factor", "person", true),
    ("second_factor_setup", "person", true),
    ("session", "person", true),
    ("sharing", "person", true),
    ("sharing", "with_person", true),
    ("sign_in_rule", "by", false), // The site's rule.
    ("staff_list", "person", true),
    ("study_group", "facilitators", true),
    ("suspension", "by", false), // Somebody else's suspension.
    ("suspension", "person", true),
    ("terms", "by", false), // The site’s terms.
    ("text_picture", "owner", false), // It stays or goes with the text that it stands in.
    ("thread", "started_by", false),
    ("unreviewed", "by", false), // What was said of an edition stays with it.
];

async fn keys(db: &Db, sql: String) -> Vec<(String, String)> {
    // Statements are kept for as long as the program runs.
    let entries: Vec<Vec<String>> = db.rows(Box::leak(sql.into_boxed_str()), vars! {}).await.unwrap();
    entries
        .into_iter()
        .map(|entry| (entry[0].clone(), entry[1].clone()))
        .collect()
}

/// The fields of all tables whose type names a person.
async fn linked(db: &Db) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for (table, _) in keys(db, "object::entries((INFO FOR DB).tables);".into()).await {
        for (field, definition) in keys(db, format!("object::entries((INFO FOR TABLE {table}).fields);")).await {
            let kind = definition.split(" TYPE ").nth(1).unwrap_or_default();
            let kind = kind.split(" DEFAULT ").next().unwrap_or_default();
            let names = kind
                .split(|c: char| !c.is_alphanumeric() && c != '_')
                .any(|word| word == "person");
            if names && kind.contains("record<") && !field.contains('*') {
                found.insert((table.clone(), field));
            }
        }
    }
    found
}

#[tokio::test]
async fn every_link_to_a_person_is_known() {
    let app = TestApp::new().await;
    let known: BTreeSet<(String, String)> = LINKS
        .iter()
        .map(|(table, field, _)| ((*table).into(), (*field).into()))
        .collect();
    assert_eq!(
        linked(&app.db).await,
        known,
        "say what becomes of these when an account is closed"
    );
}

/// Who asks for a copy of everything gets it all, or it is said why not.
#[test]
fn every_link_to_a_person_is_in_their_copy() {
    use app::copies::store::parts::{LEFT_OUT, PARTS};

    for (table, field, _) in LINKS {
        let from = format!(" FROM {table} ");
        let copied = PARTS.iter().any(|part| part.sql.contains(&from));
        // A group's list of facilitators is a copy of its memberships.
        let elsewhere = LEFT_OUT.contains(table) || (*table, *field) == ("study_group", "facilitators");
        assert!(copied != elsewhere, "{table}.{field}");
    }
}

/// A record of each table that can be the person's alone, made without the
/// features, so that none is left out.
const TRACES: &str = "
    LET $node = (SELECT VALUE id FROM node LIMIT 1)[0];
    LET $other = (SELECT VALUE id FROM person WHERE id != $me LIMIT 1)[0];
    LET $place = (SELECT VALUE id FROM organisation LIMIT 1)[0];
    CREATE judgement SET person = $me, given_by = $me, kind = 'self', node = $node, note = 'Whimbrel';
    UPSERT type::record('rating', [record::id($me), record::id($node)]) SET person = $me, node = $node, note = 'Whimbrel';
    CREATE evidence SET person = $me, node = $node, title = 'Whimbrel', body = 'Whimbrel', html = '<p>Whimbrel</p>', attached = 'whimbrel',
        attached_name = 'Whimbrel.pdf', attached_kind = 'pdf', attached_bytes = 9;
    CREATE plan:closing SET person = $me, title = 'Whimbrel';
    CREATE action SET plan = plan:closing, person = $me, kind = 'task', title = 'Whimbrel';
    CREATE goal SET plan = plan:closing, person = $me, node = $node, level = 1;
    CREATE form_draft SET person = $me, form = 'x', fields = 'Whimbrel', error = '';
    CREATE import:closing SET person = $me, organisation = $place, file_name = 'Whimbrel.csv', parts = 1;
    CREATE import_part SET import = import:closing, number = 1, content = <bytes> 'Whimbrel';
    CREATE invitation SET organisation = $place, roles = ['learner'], invited_by = $me, expires = time::now() + 1d, uses_left = 1;
    CREATE sharing SET person = $me, what = 'plan', with_person = $other, purpose = 'Whimbrel', begun = time::now(), last_day = '', until = time::now() + 1d;
    CREATE sharing SET person = $other, what = 'plan', with_person = $me, purpose = 'For me', begun = time::now(), last_day = '', until = time::now() + 1d;
    CREATE look SET person = $me, what = 'plan', viewer = $other;
    CREATE look SET person = $other, what = 'plan', viewer = $me;
    CREATE copy SET person = $me;
    CREATE session SET person = $me, device = 'x', expires = time::now() + 1d;
    UPSERT type::record('past_enrolment', ['whimbrel', record::id($me)]) SET cohort = (SELECT VALUE id FROM cohort LIMIT 1)[0], person = $me,
        since = time::now();
    CREATE assessment SET person = $me, role_profile = (SELECT VALUE id FROM role_profile LIMIT 1)[0];
    LET $key = record::id($me);
    UPSERT type::record('profile', $key) SET person = $me, about = 'Whimbrel';
    UPSERT type::record('picture', ['person', $key]) SET subject = $me, kind = 'image/jpeg', hash = $hash, content = <bytes> 'Whimbrel';
    UPSERT type::record('join_request', [$key, record::id($place)]) SET person = $me, organisation = $place, message = 'Whimbrel';
    CREATE staff_list SET person = $me, organisation = $place, content = 'Whimbrel';
    CREATE letter SET recipient = $me.email, subject = 'Whimbrel', body = '', expires = time::now() + 1d;
    CREATE invitation SET organisation = $place, roles = ['learner'], invited_by = $other, name = 'Whimbrel', email = string::uppercase($me.email),
        expires = time::now() + 1d, uses_left = 1;
    UPSERT type::record('second_factor', [$key]) SET person = $me, salt = $hash, last_step = 1, recovery_salt = $hash;
    UPSERT type::record('second_factor_setup', [$key]) SET person = $me, salt = $hash;
    UPSERT type::record('recovery_code', [$key, 'x']) SET person = $me;
    UPSERT type::record('known_device', [$key, 'x']) SET person = $me;
    UPSERT type::record('suspension', [$key]) SET person = $me, what = 'posting', reason = 'Whimbrel', by = $other, last_day = '2099-01-01',
        until = d'2099-01-01T00:00:00Z';
    CREATE terms:1 SET number = 1, body = 'Be kind.', html = '', by = $me;
    CREATE type::record('consent', [$key, 1]) SET person = $me, terms = terms:1;
    CREATE pending_sign_in SET person = $me;
    CREATE password_link SET person = $me, expires = time::now() + 1d;
    CREATE password_link SET person = $other, by = $me, expires = time::now() + 1d;
    CREATE address_check SET person = $me, email = 'whimbrel@carrel.example', expires = time::now() + 1d;
    UPDATE $me SET title = 'Whimbrel', name = 'Quill Whimbrel';
";

async fn left(db: &Db, table: &str, field: &str, person: &PersonId) -> usize {
    let sql = format!(
        "SELECT VALUE <string> id FROM {table} WHERE {field} = $person OR (type::is_array({field}) AND {field} CONTAINS $person);"
    );
    let rows: Vec<String> = db
        .rows(Box::leak(sql.into_boxed_str()), vars! { "person" => person.clone() })
        .await
        .unwrap();
    rows.len()
}

async fn world() -> (TestApp, PersonId) {
    let app = TestApp::new().await;
    app::seed::demo(&app.db, &app::people::passwords::Hasher::default())
        .await
        .unwrap();
    let email = Email::parse("tomas@riverside.example").unwrap();
    let (me, _) = app::people::store::credential(&app.db, &email).await.unwrap().unwrap();
    app.db
        .write(TRACES, vars! { "me" => me.clone(), "hash" => "a".repeat(64) })
        .await
        .unwrap();
    (app, me)
}

#[tokio::test]
async fn nobody_leaves_an_organisation_without_an_administrator() {
    let app = TestApp::new().await;
    let library = app.organisation("library", None).await;
    let roles = [Role::OrganisationAdministrator];
    app.person("piotr", &library, &roles).await;
    let named = "SELECT VALUE id FROM ONLY person WHERE name = 'piotr' LIMIT 1;";
    let piotr: PersonId = app.db.read(named, vars! {}).await.unwrap();
    let refused = app::people::store::close(&app.db, &piotr, false).await.unwrap_err();
    assert_eq!(
        refused,
        AppError::Conflict(
            "Nobody else looks after library. Make someone else an administrator there first, then close your account."
                .into()
        )
    );
    let names: Vec<String> = app.db.rows("SELECT VALUE name FROM person;", vars! {}).await.unwrap();
    assert_eq!(names, ["piotr"], "nothing is half closed");
    app.person("ana", &library, &roles).await;
    app::people::store::close(&app.db, &piotr, false).await.unwrap();
}

async fn words(db: &Db) -> String {
    let file = tempfile::NamedTempFile::new().unwrap();
    db.export(file.path()).await.unwrap();
    std::fs::read_to_string(file.path()).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_theirs_alone_is_gone_and_their_posts_are_a_former_members() {
    let (app, me) = world().await;
    let said = left(&app.db, "post", "author", &me).await;
    assert!(said > 0 && words(&app.db).await.contains("Whimbrel"));
    app::people::store::close(&app.db, &me, false).await.unwrap();
    for (table, field, erased) in LINKS {
        let left = left(&app.db, table, field, &me).await;
        assert!(!erased || left == 0, "{table}.{field}: {left} left");
    }
    let words = words(&app.db).await;
    for word in ["Whimbrel", "whimbrel@", "tomas@riverside", "TOMAS@RIVERSIDE"] {
        assert!(!words.contains(word), "{word}");
    }
    assert_eq!(left(&app.db, "post", "author", &me).await, said, "posts stay");
    let named = "array::distinct((SELECT VALUE author_name FROM post WHERE author = $person));";
    let names: Vec<String> = app.db.rows(named, vars! { "person" => me }).await.unwrap();
    assert_eq!(names, [app::people::store::FORMER]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn posts_are_taken_out_where_the_site_says_so() {
    let (app, me) = world().await;
    let said = left(&app.db, "post", "author", &me).await;
    app::people::store::close(&app.db, &me, true).await.unwrap();
    let bodies = "array::distinct((SELECT VALUE body FROM post WHERE author = $person));";
    let bodies: Vec<String> = app.db.rows(bodies, vars! { "person" => me.clone() }).await.unwrap();
    assert_eq!(bodies, ["Taken out when its author closed their account."]);
    assert_eq!(
        left(&app.db, "post", "author", &me).await,
        said,
        "the others' words still follow each other"
    );
    let found = "count(SELECT VALUE id FROM search_text WHERE source.author = $person);";
    let found: Option<i64> = app.db.row(found, vars! { "person" => me }).await.unwrap();
    assert_eq!(found, Some(0), "and nobody finds them");
}

/// What ends with belonging to an organisation, and what says where somebody is
/// found.
const ENDS: [&str; 6] = [
    "enrolment",
    "group_membership",
    "membership",
    "reading",
    "search_entry",
    "study_group",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_changes_employer_keeps_what_is_theirs() {
    let (app, me) = world().await;
    let tomas = Someone::with(app::people::sessions::open(&app.db, &me, "test").await.unwrap());
    let mut before = Vec::new();
    for (table, field, _) in LINKS.iter().filter(|(table, _, own)| *own && !ENDS.contains(table)) {
        before.push((table, field, left(&app.db, table, field, &me).await));
    }
    let places = "SELECT VALUE organisation FROM membership WHERE person = $me;";
    let places: Vec<OrganisationId> = app.db.rows(places, vars! { "me" => me.clone() }).await.unwrap();
    assert!(!places.is_empty());
    for place in &places {
        let fields = [("organisation", place.as_str()), ("understood", "true")];
        let gone = app.call(&path("leave_organisation"), &fields, &tomas).await;
        assert_eq!(gone.status, StatusCode::OK, "{}", gone.body);
    }
    let elsewhere = app.organisation("elsewhere", None).await;
    let piotr = app
        .person("piotr", &elsewhere, &[Role::OrganisationAdministrator])
        .await;
    let token = app.invitation(&elsewhere, Role::Learner, &piotr).await;
    let joined = app
        .call(&path("join_organisation"), &[("token", token.as_str())], &tomas)
        .await;
    assert_eq!(joined.status, StatusCode::OK, "{}", joined.body);
    for (table, field, count) in before {
        // One more cohort that they were in stands in their record.
        let now = left(&app.db, table, field, &me).await;
        assert!(
            now == count || *table == "past_enrolment" && now > count,
            "{table}.{field}: {count}, then {now}"
        );
    }
    for page in ["/me/record", "/organisations/elsewhere"] {
        assert_eq!(app.get(page, &tomas).await.status, StatusCode::OK, "{page}");
    }
    assert_eq!(
        app.get("/organisations/riverside", &tomas).await.status,
        StatusCode::NOT_FOUND
    );
}
