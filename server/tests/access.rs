//! Locked by default: every server function with one valid request, sent by a
//! visitor, a stranger and the one who may. Whoever may not changes nothing.

use std::collections::BTreeSet;

use app::db::Db;
use app::people::model::Email;
use app::people::sessions;
use app::vars;
use app::viewer::Role;
use axum::http::StatusCode;
use leptos::server_fn::axum::server_fn_paths;

use crate::support::{Someone, TestApp};

/// What someone else than the one who may gets to hear.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Told {
    /// Allowed: it is public, or they act on what is theirs.
    Yes,
    SignIn,
    Forbidden,
    NotFound,
    /// Answered at a field; nothing is told of what is there.
    Invalid,
    Conflict,
}

struct Row {
    function: &'static str,
    fields: Vec<(&'static str, String)>,
    by: &'static str,
    visitor: Told,
    stranger: Told,
}

/// The records of the demonstration that the rows speak of.
pub struct Ids {
    organisation: String,
    statement: String,
    course: String,
    lesson: String,
    resource: String,
    resource_slug: String,
    public_group: String,
    pub public_thread: String,
    private_group: String,
    pub private_thread: String,
    sam: String,
    rosa: String,
    kwame: String,
    millbrook: String,
}

async fn one(db: &Db, sql: &'static str) -> String {
    db.row::<String>(sql, vars! {})
        .await
        .unwrap()
        .unwrap_or_else(|| panic!("nothing for {sql}"))
}

impl Ids {
    async fn of(db: &Db) -> Self {
        Self {
            organisation: one(db, "SELECT VALUE record::id(id) FROM organisation WHERE slug = 'riverside';").await,
            statement: one(db, "SELECT VALUE record::id(id) FROM node WHERE code = 'LM 3.4';").await,
            course: one(db, "SELECT VALUE record::id(id) FROM course WHERE slug = 'weeding-with-good-reasons';").await,
            lesson: one(db, "SELECT VALUE record::id(id) FROM lesson WHERE course.slug = 'weeding-with-good-reasons' AND position = 1;").await,
            resource: one(db, "SELECT VALUE record::id(id) FROM resource LIMIT 1;").await,
            resource_slug: one(db, "SELECT VALUE slug FROM resource LIMIT 1;").await,
            public_group: one(db, "SELECT VALUE record::id(id) FROM study_group WHERE slug = 'budgets-without-tears';").await,
            public_thread: one(db, "SELECT VALUE record::id(id) FROM thread WHERE study_group.slug = 'budgets-without-tears' LIMIT 1;").await,
            private_group: one(db, "SELECT VALUE record::id(id) FROM study_group WHERE public = false LIMIT 1;").await,
            private_thread: one(db, "SELECT VALUE record::id(id) FROM thread WHERE study_group.public = false LIMIT 1;").await,
            sam: one(db, "SELECT VALUE record::id(id) FROM person WHERE email = 'sam@riverside.example';").await,
            rosa: one(db, "SELECT VALUE record::id(id) FROM person WHERE email = 'rosa@riverside.example';").await,
            kwame: one(db, "SELECT VALUE record::id(id) FROM person WHERE email = 'kwame@riverside.example';").await,
            millbrook: one(db, "SELECT VALUE record::id(id) FROM organisation WHERE slug = 'millbrook';").await,
        }
    }
}

pub async fn member(app: &TestApp, name: &str) -> Someone {
    let email = Email::parse(&format!("{name}@riverside.example")).unwrap();
    let (id, _) = app::people::store::credential(&app.db, &email).await.unwrap().unwrap();
    let token = sessions::open(&app.db, &id, "test").await.unwrap();
    Someone::with(token)
}

/// The path that ends with the function's name.
fn path(function: &str) -> String {
    let ending = format!("/{function}");
    let mut found = server_fn_paths()
        .map(|(path, _)| path)
        .filter(|path| path.ends_with(&ending));
    let path = found
        .next()
        .unwrap_or_else(|| panic!("there is no server function {function}"));
    assert!(found.next().is_none(), "{function} stands twice");
    path.to_owned()
}

fn is_get(path: &str) -> bool {
    server_fn_paths().any(|(known, method)| known == path && method == axum::http::Method::GET)
}

async fn send(app: &TestApp, row: &Row, someone: &Someone) -> (StatusCode, String) {
    let path = path(row.function);
    let fields: Vec<(&str, &str)> = row.fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let answer = if is_get(&path) {
        app.read(&path, &fields, someone).await
    } else {
        app.call(&path, &fields, someone).await
    };
    (answer.status, answer.body)
}

fn told(status: StatusCode, body: &str) -> Told {
    if status == StatusCode::OK {
        return Told::Yes;
    }
    match body {
        body if body.contains("SignInNeeded") => Told::SignIn,
        body if body.contains("Forbidden") => Told::Forbidden,
        body if body.contains("NotFound") => Told::NotFound,
        body if body.contains("Invalid") => Told::Invalid,
        _ => Told::Conflict,
    }
}

/// All that is kept, but for what every request may touch.
pub async fn kept(db: &Db) -> String {
    let file = tempfile::NamedTempFile::new().unwrap();
    db.export(file.path()).await.unwrap();
    let text = std::fs::read_to_string(file.path()).unwrap();
    text.lines()
        .filter(|line| !line.starts_with("-- ") && !line.contains("sign_in_attempt"))
        .collect::<Vec<_>>()
        .join("\n")
}

fn row(
    function: &'static str,
    by: &'static str,
    visitor: Told,
    stranger: Told,
    fields: &[(&'static str, &str)],
) -> Row {
    let fields = fields
        .iter()
        .map(|(name, value)| (*name, (*value).to_owned()))
        .collect();
    Row {
        function,
        fields,
        by,
        visitor,
        stranger,
    }
}

#[rustfmt::skip]
fn rows(ids: &Ids) -> Vec<Row> {
    use Told::{Forbidden, Invalid, NotFound, SignIn, Yes};
    let key = "0b2e9dd42d2c4c7e8e6c000000000001";
    vec![
        // Public reading.
        row("load_viewer", "rosa", Yes, Yes, &[]),
        row("load_front", "rosa", Yes, Yes, &[]),
        row("load_parts", "rosa", Yes, Yes, &[]), // Tests run on somebody's own machine.
        row("load_display", "rosa", Yes, Yes, &[]),
        row("save_display", "rosa", Yes, Yes, &[("theme", "dark"), ("density", "compact")]),
        row("load_today", "rosa", SignIn, Yes, &[]),
        row("load_sets", "rosa", Yes, Yes, &[]),
        row("load_set", "rosa", Yes, Yes, &[("set", "library-management")]),
        row("load_node", "rosa", Yes, Yes, &[("set", "library-management"), ("edition", "1"), ("code", "LM 3.4")]),
        row("load_catalogue", "rosa", Yes, Yes, &[]),
        row("load_course", "rosa", Yes, Yes, &[("course", "reading-a-budget")]),
        row("load_lesson", "rosa", SignIn, Yes, &[("course", "weeding-with-good-reasons"), ("lesson", "criteria-aloud")]),
        row("load_resources", "rosa", Yes, Yes, &[]),
        row("load_resource", "rosa", Yes, Yes, &[("slug", &ids.resource_slug)]),
        row("search", "rosa", Yes, Yes, &[("q", "budget")]),
        row("find_statements", "rosa", Yes, Yes, &[("q", "budg")]),
        row("find_courses", "rosa", Yes, Yes, &[("q", "budg"), ("drafts", "true")]),
        row("find_resources", "rosa", Yes, Yes, &[("q", "budg")]),
        row("load_groups", "rosa", Yes, Yes, &[]),
        row("load_group", "rosa", Yes, Yes, &[("group", "budgets-without-tears")]),
        row("load_thread", "rosa", Yes, Yes, &[("group", "budgets-without-tears"), ("thread", &ids.public_thread)]),
        row("load_posts_after", "joseph", NotFound, NotFound, &[("thread", &ids.private_thread), ("after", "0")]),
        row("load_beside", "rosa", Yes, Yes, &[("lesson", &ids.lesson), ("course", &ids.course)]),
        // One's own growth.
        row("load_growth", "rosa", SignIn, Yes, &[]),
        row("choose_profile", "rosa", SignIn, Yes, &[("profile", "branch-manager")]),
        row("load_sitting", "rosa", SignIn, Yes, &[("profile", "branch-manager")]),
        row("save_rating", "rosa", SignIn, Yes, &[("node", &ids.statement), ("profile", "branch-manager"), ("level", "2")]),
        row("load_gaps", "rosa", SignIn, Yes, &[("profile", "branch-manager")]),
        row("put_profile_away", "sam", SignIn, Yes, &[("profile", "branch-manager")]),
        row("load_plan", "rosa", SignIn, Yes, &[]),
        row("add_goal", "rosa", SignIn, Yes, &[("node", &ids.statement), ("level", "3"), ("due", "2027-03-01")]),
        row("change_goal", "rosa", SignIn, Yes, &[("node", &ids.statement), ("level", "2")]),
        row("remove_goal", "rosa", SignIn, Yes, &[("node", &ids.statement)]),
        row("restore_goal", "rosa", SignIn, Yes, &[("node", &ids.statement)]),
        row("add_course", "rosa", SignIn, Yes, &[("course", &ids.course)]),
        row("add_resource", "rosa", SignIn, Yes, &[("resource", &ids.resource)]),
        row("add_group", "rosa", SignIn, NotFound, &[("group", &ids.public_group)]),
        row("add_task", "rosa", SignIn, Yes, &[("title", "Draft a budget story"), ("key", key)]),
        row("add_conversation", "rosa", SignIn, Yes, &[("title", "Ask Helen"), ("key", "0b2e9dd42d2c4c7e8e6c000000000002")]),
        // Learning.
        row("finish_lesson", "rosa", SignIn, Yes, &[("lesson", &ids.lesson)]),
        row("reopen_lesson", "rosa", SignIn, Yes, &[("lesson", &ids.lesson)]),
        // Talk.
        row("preview_post", "rosa", SignIn, Yes, &[("body", "*hello*")]),
        row("reply", "rosa", SignIn, Forbidden, &[("thread", &ids.public_thread), ("body", "Yes."), ("form_key", "0b2e9dd42d2c4c7e8e6c0000000000a1")]),
        row("start_thread", "rosa", SignIn, Forbidden, &[("group", &ids.public_group), ("title", "A thread"), ("kind", "discussion"), ("body", "Hello."), ("form_key", "0b2e9dd42d2c4c7e8e6c0000000000a2")]),
        row("join_group", "helen", SignIn, Yes, &[("group", &ids.public_group)]),
        row("leave_group", "helen", SignIn, Yes, &[("group", &ids.public_group)]),
        // Writing courses.
        row("load_studio", "joseph", SignIn, Yes, &[]),
        row("load_new_course", "joseph", SignIn, Yes, &[]),
        row("create_course", "joseph", SignIn, Forbidden, &[("key", key), ("organisation", &ids.organisation), ("title", "A new course")]),
        row("load_course_draft", "joseph", SignIn, NotFound, &[("course", "a-new-course")]),
        row("save_course", "joseph", SignIn, NotFound, &[("course", key), ("title", "A new course")]),
        row("align_course", "joseph", SignIn, NotFound, &[("course", key), ("node", &ids.statement), ("level", "2")]),
        row("unalign_course", "joseph", SignIn, NotFound, &[("course", key), ("node", &ids.statement)]),
        row("load_lesson_draft", "joseph", SignIn, NotFound, &[("course", "a-new-course"), ("lesson", "new")]),
        row("save_lesson", "joseph", SignIn, NotFound, &[("course", key), ("lesson", "0b2e9dd42d2c4c7e8e6c000000000003"), ("title", "One"), ("minutes", "5"), ("body", "Text.")]),
        row("move_lesson", "joseph", SignIn, NotFound, &[("lesson", "0b2e9dd42d2c4c7e8e6c000000000003"), ("to", "0")]),
        row("publish_course", "joseph", SignIn, NotFound, &[("course", key), ("published", "true")]),
        row("preview_lesson", "joseph", SignIn, Yes, &[("markdown", "# x")]),
        // Cohorts.
        row("load_new_cohort", "joseph", SignIn, Yes, &[]),
        row("open_cohort", "joseph", SignIn, Forbidden, &[("key", "0b2e9dd42d2c4c7e8e6c000000000004"), ("organisation", &ids.organisation), ("course", &ids.course), ("title", "Spring"), ("starts", "2027-03-01"), ("ends", "2027-04-01"), ("timezone", "Europe/London")]),
        row("load_cohort", "joseph", SignIn, NotFound, &[("cohort", "0b2e9dd42d2c4c7e8e6c000000000004")]),
        row("find_colleagues", "joseph", SignIn, NotFound, &[("cohort", "0b2e9dd42d2c4c7e8e6c000000000004"), ("q", "sa")]),
        row("enrol", "joseph", SignIn, NotFound, &[("cohort", "0b2e9dd42d2c4c7e8e6c000000000004"), ("person", &ids.sam)]),
        row("enrol_by_email", "joseph", SignIn, NotFound, &[("cohort", "0b2e9dd42d2c4c7e8e6c000000000004"), ("email", "lucy@riverside.example")]),
        row("remove_from_cohort", "joseph", SignIn, NotFound, &[("cohort", "0b2e9dd42d2c4c7e8e6c000000000004"), ("person", &ids.sam)]),
        row("publish_course", "joseph", SignIn, Forbidden, &[("course", key), ("published", "false")]),
        row("delete_lesson", "joseph", SignIn, NotFound, &[("lesson", "0b2e9dd42d2c4c7e8e6c000000000003"), ("confirm", "One")]),
        // Sets.
        row("load_import_form", "ciara", SignIn, Yes, &[]),
        // People.
        row("load_organisation", "rosa", NotFound, NotFound, &[("slug", "riverside")]),
        row("load_profile", "sam", NotFound, NotFound, &[("person", &ids.rosa)]),
        row("load_people", "rosa", SignIn, Yes, &[("organisation", "millbrook")]), // Of others' organisations it holds nobody.
        row("load_own_profile", "rosa", SignIn, Yes, &[]),
        row("save_about", "rosa", SignIn, Yes, &[("pronouns", "she/her"), ("about", "Hello."), ("shown_pronouns", "members"), ("shown_place", "nobody"), ("shown_language", "colleagues"), ("shown_about", "colleagues"), ("shown_picture", "members")]),
        row("remove_picture", "rosa", SignIn, Yes, &[]),
        row("remove_logo", "piotr", SignIn, NotFound, &[("organisation", &ids.organisation)]),
        // Organisations.
        row("load_organisation_settings", "piotr", SignIn, NotFound, &[("slug", "millbrook")]),
        row("create_organisation", "piotr", SignIn, NotFound, &[("key", "0b2e9dd42d2c4c7e8e6c0000000000b1"), ("parent", &ids.organisation), ("name", "Northgate Branch"), ("kind", "branch"), ("timezone", "Europe/London"), ("language", "en")]),
        row("save_organisation", "piotr", SignIn, NotFound, &[("organisation", "0b2e9dd42d2c4c7e8e6c0000000000b1"), ("name", "North Gate Branch"), ("kind", "branch"), ("timezone", "Europe/London"), ("language", "en")]),
        row("move_organisation", "piotr", SignIn, NotFound, &[("organisation", "0b2e9dd42d2c4c7e8e6c0000000000b1"), ("parent", &ids.millbrook)]),
        row("load_member", "piotr", SignIn, NotFound, &[("slug", "millbrook"), ("person", &ids.rosa)]),
        row("change_roles", "piotr", SignIn, NotFound, &[("organisation", &ids.millbrook), ("person", &ids.rosa), ("roles[0]", "learner"), ("roles[1]", "manager")]),
        row("invite", "piotr", SignIn, NotFound, &[("organisation", &ids.organisation), ("roles[0]", "learner"), ("uses", "1"), ("days", "7")]),
        row("load_invitations", "piotr", SignIn, NotFound, &[("slug", "riverside")]),
        row("withdraw_invitation", "piotr", SignIn, NotFound, &[("organisation", &ids.organisation), ("invitation", "0b2e9dd42d2c4c7e8e6c0000000000b2")]),
        row("load_requests", "piotr", SignIn, NotFound, &[("slug", "riverside")]),
        row("load_door", "rosa", SignIn, NotFound, &[("slug", "millbrook")]),
        row("ask_to_join", "rosa", SignIn, NotFound, &[("organisation", &ids.millbrook)]),
        row("withdraw_request", "rosa", SignIn, Yes, &[("organisation", &ids.millbrook)]),
        row("save_joining", "piotr", SignIn, NotFound, &[("organisation", &ids.organisation), ("takes_requests", "true"), ("domains", "riverside.example")]),
        row("decline_request", "piotr", SignIn, NotFound, &[("organisation", &ids.organisation), ("person", &ids.rosa)]),
        row("load_staff_form", "piotr", SignIn, NotFound, &[("slug", "riverside")]),
        row("take_out", "piotr", SignIn, NotFound, &[("organisation", &ids.millbrook), ("person", &ids.kwame), ("understood", "true")]),
        row("leave_organisation", "kwame", SignIn, Yes, &[("organisation", &ids.millbrook), ("understood", "true")]), // Where one does not belong, it changes nothing.
        row("load_settings", "rosa", SignIn, Yes, &[]),
        row("save_profile", "rosa", SignIn, Yes, &[("name", "Rosa Marín"), ("title", ""), ("timezone", "Europe/London")]),
        row("end_other_sessions", "rosa", SignIn, Yes, &[]),
        row("load_forgotten", "rosa", Yes, Yes, &[]),
        row("load_password_link", "rosa", Yes, Yes, &[("token", "none")]),
        row("load_address_check", "rosa", Yes, Yes, &[("token", "none")]),
        row("load_address", "rosa", SignIn, Yes, &[]),
        row("confirm_own_address", "rosa", SignIn, Yes, &[]),
        row("load_made_link", "piotr", SignIn, Forbidden, &[]),
        row("make_password_link", "piotr", SignIn, Forbidden, &[("email", "rosa@riverside.example")]),
        row("load_mail", "mei", SignIn, Forbidden, &[]),
        row("load_second_factor", "rosa", SignIn, Yes, &[]),
        row("put_codes_away", "rosa", SignIn, Yes, &[]),
        row("load_pending_sign_in", "rosa", Yes, Yes, &[]),
        row("load_passkeys", "rosa", SignIn, Yes, &[]),
        row("load_ways_in", "rosa", Yes, Yes, &[]),
        row("load_linked", "rosa", SignIn, Yes, &[]),
        row("load_providers", "mei", SignIn, Forbidden, &[]),
        row("load_sign_in_rules", "mei", SignIn, Forbidden, &[]),
        row("save_sign_in_rules", "mei", SignIn, Forbidden, &[]),
        row("change_password", "rosa", SignIn, Invalid, &[("current", "x"), ("password", "harbour violet ladder nine")]),
        row("close_account", "rosa", SignIn, Invalid, &[("password", "x")]),
    ]
}

/// Functions that a test of their own calls with what they need.
const ELSEWHERE: [&str; 41] = [
    "begin_passkey",
    "finish_passkey",
    "remove_passkey",
    "begin_passkey_sign_in",
    "finish_passkey_sign_in", // passkeys/
    "unlink_account",
    "set_first_password",
    "load_provider",
    "add_provider",
    "save_provider",
    "remove_provider",
    "add_claim_rule",
    "remove_claim_rule", // single_sign_on/
    "begin_second_factor",
    "ask_for_new_password",
    "set_new_password",
    "change_address",
    "confirm_address",
    "send_trial_letter",
    "try_letter_again", // mail.rs
    "confirm_second_factor",
    "renew_recovery_codes",
    "remove_second_factor",
    "prove_sign_in", // second_factor.rs
    "sign_in",
    "sign_out",
    "end_session",
    "accept_invitation",
    "load_invitation",
    "join_organisation",
    "load_setup",
    "set_up",          // accounts.rs
    "load_staff_list", // staff.rs
    "accept_request",  // app/src/joining/tests.rs
    "publish_edition",
    "load_import",
    "confirm_import", // index.rs
    "set_action_done",
    "change_action",
    "remove_action",
    "restore_action", // below
];

/// The demonstration library, its ids, and someone of another organisation.
pub async fn demonstration() -> (TestApp, Ids, Someone) {
    let app = TestApp::new().await;
    app::seed::demo(&app.db, &app::people::passwords::Hasher::default())
        .await
        .unwrap();
    let ids = Ids::of(&app.db).await;
    let elsewhere = app.organisation("elsewhere", None).await;
    let stranger = app
        .person("sten", &elsewhere, &[Role::Learner, Role::Trainer, Role::Curator])
        .await;
    (app, ids, stranger)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_server_function_knows_who_may() {
    let (app, ids, stranger) = demonstration().await;
    let rows = rows(&ids);
    let mut wrong = Vec::new();
    for row in &rows {
        let owner = member(&app, row.by).await;
        for (who, someone, expected) in [
            ("visitor", &Someone::default(), row.visitor),
            ("stranger", &stranger, row.stranger),
        ] {
            let before = if expected == Told::Yes {
                String::new()
            } else {
                kept(&app.db).await
            };
            let (status, body) = send(&app, row, someone).await;
            let heard = told(status, &body);
            if heard != expected {
                wrong.push(format!(
                    "{}: a {who} heard {heard:?} instead of {expected:?}: {body}",
                    row.function
                ));
            }
            if expected != Told::Yes && kept(&app.db).await != before {
                wrong.push(format!("{}: a {who} changed something", row.function));
            }
        }
        let needs_their_password = ["change_password", "close_account"].contains(&row.function);
        let (status, body) = send(&app, row, &owner).await;
        if told(status, &body) != if needs_their_password { Told::Invalid } else { Told::Yes } {
            wrong.push(format!("{}: {} may, and heard {status} {body}", row.function, row.by));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn no_server_function_is_left_out() {
    let ids = Ids {
        organisation: String::new(),
        statement: String::new(),
        course: String::new(),
        lesson: String::new(),
        resource: String::new(),
        resource_slug: String::new(),
        public_group: String::new(),
        public_thread: String::new(),
        private_group: String::new(),
        private_thread: String::new(),
        sam: String::new(),
        rosa: String::new(),
        kwame: String::new(),
        millbrook: String::new(),
    };
    assert!(ids.private_group.is_empty());
    let listed: BTreeSet<&str> = rows(&ids).iter().map(|row| row.function).chain(ELSEWHERE).collect();
    let mounted: BTreeSet<&str> = server_fn_paths()
        .filter_map(|(path, _)| path.rsplit('/').next())
        .collect();
    assert_eq!(
        mounted.difference(&listed).collect::<Vec<_>>(),
        Vec::<&&str>::new(),
        "these need a row"
    );
    assert_eq!(
        listed.difference(&mounted).collect::<Vec<_>>(),
        Vec::<&&str>::new(),
        "these are gone"
    );
}

#[tokio::test]
async fn the_actions_of_a_plan_are_its_owners() {
    let app = TestApp::new().await;
    let library = app.organisation("library", None).await;
    let rosa = app.person("rosa", &library, &[Role::Learner]).await;
    let colleague = app.person("sam", &library, &[Role::Learner]).await;
    let task = [
        ("title", "Draft a budget story"),
        ("key", "0b2e9dd42d2c4c7e8e6c000000000001"),
    ];
    assert_eq!(app.call(&path("add_task"), &task, &rosa).await.status, StatusCode::OK);
    let action = one(&app.db, "SELECT VALUE record::id(id) FROM action;").await;
    let calls = [
        ("set_action_done", vec![("action", action.as_str()), ("done", "true")]),
        (
            "change_action",
            vec![("action", action.as_str()), ("due", "2027-01-15")],
        ),
        ("remove_action", vec![("action", action.as_str())]),
        ("restore_action", vec![("action", action.as_str())]),
    ];
    for (function, fields) in calls {
        for (someone, expected) in [(&Someone::default(), "SignInNeeded"), (&colleague, "NotFound")] {
            let before = kept(&app.db).await;
            let answer = app.call(&path(function), &fields, someone).await;
            assert!(answer.body.contains(expected), "{function}: {}", answer.body);
            assert_eq!(kept(&app.db).await, before, "{function}");
        }
        let answer = app.call(&path(function), &fields, &rosa).await;
        assert_eq!(answer.status, StatusCode::OK, "{function}: {}", answer.body);
    }
}
