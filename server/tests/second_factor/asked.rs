//! The rule of whom a second factor is asked, and what they find until they
//! have one.

use app::vars;
use app::viewer::Role;
use axum::http::StatusCode;

use super::{set_up, world};
use crate::support::{Someone, TestApp};

const RULES: &str = "/api/app/people/sign_in_rules/api";

#[tokio::test]
async fn where_the_site_says_so_administrators_need_one() {
    let (app, rosa) = world(Role::OrganisationAdministrator).await;
    app.db
        .write("UPDATE person SET site_administrator = true;", vars! {})
        .await
        .unwrap();
    let library = app::organisations::store::by_slug(&app.db, "library")
        .await
        .unwrap()
        .unwrap();
    let piotr = app.person("piotr", &library, &[Role::OrganisationAdministrator]).await;
    let save = format!("{RULES}/save_sign_in_rules");
    let rule = [("asked_of", "administrators")];
    let early = app.call(&save, &rule, &rosa).await;
    assert!(
        early.body.contains("Invalid"),
        "nobody shuts themselves out: {}",
        early.body
    );
    set_up(&app, &rosa).await;
    assert_eq!(app.call(&save, &rule, &rosa).await.status, StatusCode::OK);
    assert_eq!(app.get("/admin/sign-in", &rosa).await.status, StatusCode::OK);

    let page = app.get("/organisations/library", &piotr).await;
    assert!(page.body.contains("rights rest"), "{}", page.body);
    let invitations = "/organisations/library/invitations";
    assert_eq!(app.get(invitations, &piotr).await.status, StatusCode::FORBIDDEN);
    let fields = [
        ("organisation", library.as_str()),
        ("roles[0]", "learner"),
        ("uses", "1"),
        ("key", "thisonlyform"),
    ];
    let refused = app.call(app::invitations::api::invite_path(), &fields, &piotr).await;
    assert!(refused.body.contains("Forbidden"), "{}", refused.body);
    app.with_password(&piotr).await;
    set_up(&app, &piotr).await;
    assert_eq!(app.get(invitations, &piotr).await.status, StatusCode::OK);

    let nobody = [("asked_of", "nobody")];
    assert_eq!(app.call(&save, &nobody, &rosa).await.status, StatusCode::OK);
    let rules = "count(SELECT VALUE id FROM sign_in_rule);";
    assert_eq!(app.db.row::<i64>(rules, vars! {}).await.unwrap(), Some(0));
}

/// Lays the rule down, whoever asks.
async fn ask_of(app: &TestApp, asked: &str) {
    app.db
        .write(
            "UPSERT sign_in_rule:second_factor SET asked_of = $asked, by = (SELECT VALUE id FROM person LIMIT 1)[0];",
            vars! { "asked" => asked },
        )
        .await
        .unwrap();
}

const FIRST: &str = "/me/settings/second-factor?next=";

#[tokio::test]
async fn whom_it_is_asked_of_goes_on_once_they_have_one() {
    for (asked, role, comes_first) in [
        ("administrators", Role::Trainer, false),
        ("role_holders", Role::Learner, false),
        ("role_holders", Role::Trainer, true),
        ("role_holders", Role::OrganisationAdministrator, true),
        ("everybody", Role::Learner, true),
    ] {
        let (app, rosa) = world(role).await;
        ask_of(&app, asked).await;
        let answer = app.get("/people?q=a", &rosa).await;
        if !comes_first {
            assert_eq!(answer.status, StatusCode::OK, "{asked} {role:?}");
            continue;
        }
        let led = (
            StatusCode::SEE_OTHER,
            "/me/settings/second-factor?next=%2Fpeople%3Fq%3Da",
        );
        assert_eq!((answer.status, answer.location()), led, "{asked} {role:?}");
        let told = app.get(answer.location(), &rosa).await.body;
        assert!(
            told.contains("needs a second factor here") && told.contains("Set it up"),
            "{told}"
        );
        set_up(&app, &rosa).await;
        let done = app.get(answer.location(), &rosa).await.body;
        assert!(
            done.contains("href=\"/people?q=a\"") && !done.contains("needs a second factor"),
            "{done}"
        );
        assert_eq!(app.get("/people?q=a", &rosa).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn whoever_facilitates_a_group_holds_a_role() {
    let (app, rosa) = world(Role::Learner).await;
    ask_of(&app, "role_holders").await;
    app.db
        .write(
            "LET $rosa = (SELECT VALUE id FROM person)[0];
             CREATE study_group:walk SET organisation = (SELECT VALUE id FROM organisation)[0], slug = 'walk', title = 'Walk', members = 1;
             CREATE type::record('group_membership', [record::id($rosa), 'walk'])
                SET person = $rosa, study_group = study_group:walk, facilitator = true;",
            vars! {},
        )
        .await
        .unwrap();
    assert!(app.get("/groups/walk", &rosa).await.location().starts_with(FIRST));
    let set = "UPDATE group_membership SET facilitator = false;";
    app.db.write(set, vars! {}).await.unwrap();
    assert_eq!(app.get("/groups/walk", &rosa).await.status, StatusCode::OK);
}

#[tokio::test]
async fn until_then_one_sets_it_up_signs_in_with_a_passkey_or_leaves() {
    let (app, rosa) = world(Role::Learner).await;
    ask_of(&app, "everybody").await;
    for open in [
        "/me/settings/second-factor",
        "/me/settings/passkeys",
        "/me/settings/single-sign-on",
        "/me/settings",
        "/terms",
        "/sign-in",
    ] {
        assert_eq!(app.get(open, &rosa).await.status, StatusCode::OK, "{open}");
    }
    for closed in [
        "/",
        "/me",
        "/search?q=x",
        "/nowhere",
        "/live/threads/x",
        "/files/pictures/x/y",
        "/me/settings/address",
    ] {
        let answer = app.get(closed, &rosa).await;
        assert!(answer.location().starts_with(FIRST), "{closed}: {}", answer.status);
    }
    let join = crate::access::path("join_group");
    let refused = app.call(&join, &[("group", "x")], &rosa).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
    assert!(refused.body.contains("second factor"), "{}", refused.body);
    // A copy holds everything about somebody, whichever of the two comes first.
    let copy = app::copies::api::make_copy_path();
    assert_eq!(app.call(copy, &[], &rosa).await.status, StatusCode::CONFLICT);
    assert!(app.get("/me/copies/x.zip", &rosa).await.location().starts_with(FIRST));
    let terms = "CREATE terms_in_force:this SET number = 1;";
    app.db.write(terms, vars! {}).await.unwrap();
    assert_eq!(app.call(copy, &[], &rosa).await.status, StatusCode::CONFLICT);
    app.db.write("DELETE terms_in_force:this;", vars! {}).await.unwrap();
    assert_eq!(
        app.get("/", &Someone::default()).await.status,
        StatusCode::OK,
        "visitors read"
    );
    let out = app
        .form(app::people::api::sign_out_path(), "/me/settings", &[], &rosa)
        .await;
    assert_eq!(out.location(), "/");
}

#[tokio::test]
async fn what_was_typed_when_the_rule_came_is_kept() {
    let (app, rosa) = world(Role::Learner).await;
    ask_of(&app, "everybody").await;
    let fields = [("about", "Words that took an hour"), ("pronouns", "")];
    let save = crate::access::path("save_about");
    let kept = app.form(&save, "/me/profile", &fields, &rosa).await;
    assert!(kept.location().starts_with("/me/profile?draft="), "{}", kept.location());
    let rosa = rosa.after(&kept);
    assert!(app.get(kept.location(), &rosa).await.location().starts_with(FIRST));
    set_up(&app, &rosa).await;
    let page = app.get(kept.location(), &rosa).await.body;
    assert!(page.contains("Words that took an hour"), "{page}");
}

#[tokio::test]
async fn the_terms_come_before_it() {
    let (app, rosa) = world(Role::Learner).await;
    ask_of(&app, "everybody").await;
    app.db
        .write(
            "LET $rosa = (SELECT VALUE id FROM person)[0];
             CREATE terms:1 SET number = 1, body = 'Be kind.', html = '<p>Be kind.</p>', by = $rosa;
             CREATE terms_in_force:this SET number = 1;",
            vars! {},
        )
        .await
        .unwrap();
    assert!(app.get("/me", &rosa).await.location().starts_with("/terms?next="));
    assert_eq!(app.get("/terms", &rosa).await.status, StatusCode::OK);
    let fields = [("number", "1"), ("next", "/me")];
    let accepted = app
        .form(&crate::access::path("accept_terms"), "/terms", &fields, &rosa)
        .await;
    assert_eq!(accepted.location(), "/me");
    assert!(app.get("/me", &rosa).await.location().starts_with(FIRST));
}
