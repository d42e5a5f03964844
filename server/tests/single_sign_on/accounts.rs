//! Whom an account at a provider signs in.

use super::*;

async fn memberships(app: &TestApp, email: &str) -> Vec<String> {
    app.db
        .rows(
            "SELECT VALUE roles[0] FROM membership WHERE person.email_key = $email;",
            app::vars! { "email" => email.to_owned() },
        )
        .await
        .unwrap()
}

#[tokio::test]
async fn the_sign_in_page_offers_what_is_switched_on() {
    let world = world().await;
    let page = world.app.get("/sign-in?next=%2Fme", &Someone::default()).await.body;
    assert!(page.contains("Sign in with State library"), "{page}");
    assert!(
        page.contains("href=\"/sign-in/with/state-library?next=%2Fme\""),
        "{page}"
    );
    switch(&world.app, &world.mei, world.provider.issuer(), false).await;
    let page = world.app.get("/sign-in", &Someone::default()).await.body;
    assert!(!page.contains("State library"), "{page}");
    let begun = world.app.get(BEGIN, &Someone::default()).await;
    assert_eq!(begun.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn whoever_fits_a_rule_gets_an_account_and_joins_once() {
    let world = world().await;
    rule(&world, "groups", "staff").await;
    let answer = visit(&world, lea(), Lie::None).await;
    assert_eq!(answer.location(), "/");
    let lea_here = answer.session().unwrap();
    let settings = world.app.get("/me/settings", &lea_here).await.body;
    assert!(
        settings.contains("Léa Novak") && settings.contains("Europe/Lisbon"),
        "{settings}"
    );
    let confirmed: Option<bool> = world
        .app
        .db
        .row(
            "SELECT VALUE address_confirmed != NONE FROM person WHERE email = 'lea@library.example';",
            app::vars! {},
        )
        .await
        .unwrap();
    assert_eq!(confirmed, Some(true));
    assert_eq!(memberships(&world.app, "lea@library.example").await, ["learner"]);

    world
        .app
        .db
        .write(
            "DELETE membership WHERE person.email = 'lea@library.example';",
            app::vars! {},
        )
        .await
        .unwrap();
    assert!(visit(&world, lea(), Lie::None).await.session().is_some());
    assert!(
        memberships(&world.app, "lea@library.example").await.is_empty(),
        "whoever was taken out stays out"
    );
    assert_eq!(people(&world.app).await, 3);
}

#[tokio::test]
async fn whoever_fits_none_has_no_account() {
    let world = world().await;
    rule(&world, "groups", "trustees").await;
    let answer = visit(&world, lea(), Lie::None).await;
    let page = told(&world.app, &answer, &Someone::default()).await;
    assert!(page.contains("Nobody here has linked this account"), "{page}");
    assert_eq!(people(&world.app).await, 2);
}

#[tokio::test]
async fn an_address_alone_is_nobodys_proof() {
    let world = world().await;
    rule(&world, "", "").await;
    let mut claims = lea();
    claims["email"] = json!("ROSA@carrel.example");
    let answer = visit(&world, claims.clone(), Lie::None).await;
    let page = told(&world.app, &answer, &Someone::default()).await;
    assert!(page.contains("Sign in to it, then link"), "{page}");

    let linked = link(&world, &world.rosa, claims.clone()).await;
    assert_eq!(linked.location(), "/me/settings/single-sign-on?notice=linked");
    assert!(linked.session().is_none());
    let page = world.app.get(LINKED, &world.rosa).await.body;
    assert!(page.contains("ROSA@carrel.example"), "{page}");
    let session = visit(&world, claims, Lie::None).await.session().unwrap();
    assert!(world.app.get("/me/settings", &session).await.body.contains("rosa"));
}

#[tokio::test]
async fn an_account_is_known_by_its_subject_whatever_else_changes() {
    let world = world().await;
    rule(&world, "", "").await;
    visit(&world, lea(), Lie::None).await;
    let mut renamed = lea();
    renamed["email"] = json!("rosa@carrel.example");
    let session = visit(&world, renamed, Lie::None).await.session().unwrap();
    assert!(world.app.get("/me/settings", &session).await.body.contains("Léa Novak"));
    let mut other = lea();
    other["sub"] = json!("another");
    other["email"] = json!("other@library.example");
    assert!(visit(&world, other, Lie::None).await.session().is_some());
    assert_eq!(people(&world.app).await, 4);
}

#[tokio::test]
async fn an_account_links_to_one_person_who_asked_for_it() {
    let world = world().await;
    let (app, rosa) = (&world.app, &world.rosa);
    let forged = app.get(&format!("{BEGIN}?link=x"), rosa).await;
    assert!(forged.location().starts_with(LINKED), "{}", forged.location());
    let visitor = app.get(&format!("{BEGIN}?link=x"), &Someone::default()).await;
    assert!(visitor.location().starts_with(LINKED), "{}", visitor.location());
    link(&world, rosa, lea()).await;
    let mei = link(&world, &world.mei, lea()).await;
    let page = app.get(mei.location(), &world.mei.clone().after(&mei)).await.body;
    assert!(page.contains("signs somebody else in here"), "{page}");

    // Begun by one, ended by another.
    let page = app.get(LINKED, rosa).await.body;
    let proof = page.split("?link=").nth(1).unwrap().split('"').next().unwrap();
    let (address, _) = go(app, &format!("{BEGIN}?link={proof}"), rosa).await;
    let query = world.provider.let_in(&address, lea(), Lie::None);
    let answer = back(app, &query, &world.mei).await;
    assert!(answer.location().starts_with(LINKED) && answer.location().contains("draft="));
}

#[tokio::test]
async fn a_linked_account_is_taken_away_by_its_owner_alone() {
    let world = world().await;
    let (app, rosa) = (&world.app, &world.rosa);
    link(&world, rosa, lea()).await;
    let identity = "SELECT VALUE record::id(id) FROM identity;";
    let id: String = app.db.row(identity, app::vars! {}).await.unwrap().unwrap();
    let unlink = format!("{API}/unlink_account");
    let fields = [("identity", id.as_str())];
    assert!(
        app.call(&unlink, &fields, &Someone::default())
            .await
            .body
            .contains("SignInNeeded")
    );
    app.call(&unlink, &fields, &world.mei).await;
    assert_eq!(app.db.rows::<String>(identity, app::vars! {}).await.unwrap().len(), 1);
    for _ in 0..2 {
        assert_eq!(app.call(&unlink, &fields, rosa).await.status, StatusCode::OK);
    }
    assert!(app.db.rows::<String>(identity, app::vars! {}).await.unwrap().is_empty());
}

/// A session that somebody left open, or that a password alone opened beside a
/// passkey, neither adds a way in nor takes one away.
#[tokio::test]
async fn what_signs_in_is_changed_by_whoever_has_lately_shown_who_they_are() {
    const FIRST: &str = "Sign out and in again first";
    let world = world().await;
    let (app, rosa) = (&world.app, &world.rosa);
    link(&world, rosa, lea()).await;
    let id = "SELECT VALUE record::id(id) FROM identity;";
    let id: String = app.db.row(id, app::vars! {}).await.unwrap().unwrap();
    let page = app.get(LINKED, rosa).await.body;
    let proof = page.split("?link=").nth(1).unwrap().split('"').next().unwrap();
    for (before, after) in [
        (
            "UPDATE session SET confirmed = time::now() - 16m;",
            "UPDATE session SET confirmed = time::now();",
        ),
        (
            "LET $rosa = (SELECT VALUE id FROM person WHERE name = 'rosa')[0];
             CREATE type::record('second_factor', [record::id($rosa)]) SET person = $rosa, salt = $key, last_step = 0, recovery_salt = $key;",
            "UPDATE session SET factor_shown = time::now();",
        ),
    ] {
        app.db.write(before, app::vars! { "key" => "0".repeat(64) }).await.unwrap();
        let refused = app.get(&format!("{BEGIN}?link={proof}"), rosa).await;
        let page = app.get(refused.location(), &rosa.clone().after(&refused)).await.body;
        assert!(refused.location().starts_with(LINKED) && page.contains(FIRST), "{page}");
        let refused = app
            .call(&format!("{API}/unlink_account"), &[("identity", &id)], rosa)
            .await;
        assert!(refused.body.contains(FIRST), "{}", refused.body);
        app.db.write(after, app::vars! {}).await.unwrap();
        go(app, &format!("{BEGIN}?link={proof}"), rosa).await;
    }
    let done = app
        .call(&format!("{API}/unlink_account"), &[("identity", &id)], rosa)
        .await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
}

#[tokio::test]
async fn the_only_way_in_stays_until_there_is_a_password() {
    let world = world().await;
    rule(&world, "", "").await;
    let app = &world.app;
    let lea_here = visit(&world, lea(), Lie::None).await.session().unwrap();
    let id: String = app
        .db
        .row("SELECT VALUE record::id(id) FROM identity;", app::vars! {})
        .await
        .unwrap()
        .unwrap();
    let (unlink, first) = (format!("{API}/unlink_account"), format!("{API}/set_first_password"));
    let refused = app.call(&unlink, &[("identity", &id)], &lea_here).await;
    assert!(refused.body.contains("only way into your account"), "{}", refused.body);
    let weak = app.call(&first, &[("password", "password")], &lea_here).await;
    assert!(weak.body.contains("Invalid"), "{}", weak.body);
    let password = [("password", crate::support::PASSWORD)];
    assert!(
        app.call(&first, &password, &Someone::default())
            .await
            .body
            .contains("SignInNeeded")
    );
    assert_eq!(app.call(&first, &password, &lea_here).await.status, StatusCode::OK);
    assert!(
        app.call(&first, &password, &lea_here)
            .await
            .body
            .contains("have a password already")
    );
    assert_eq!(
        app.call(&unlink, &[("identity", &id)], &lea_here).await.status,
        StatusCode::OK
    );
    let fields = [("email", "lea@library.example"), password[0]];
    let signed_in = app
        .call(app::people::api::sign_in_path(), &fields, &Someone::default())
        .await;
    assert!(signed_in.session().is_some(), "{}", signed_in.body);
}

#[tokio::test]
async fn a_first_password_needs_a_fresh_sign_in() {
    let world = world().await;
    rule(&world, "", "").await;
    let lea_here = visit(&world, lea(), Lie::None).await.session().unwrap();
    for statement in [
        "DEFINE FIELD OVERWRITE created ON session TYPE datetime DEFAULT time::now();",
        "UPDATE session SET created = time::now() - 11m;",
    ] {
        world.app.db.run(statement, app::vars! {}).await.unwrap();
    }
    let path = format!("{API}/set_first_password");
    let answer = world
        .app
        .call(&path, &[("password", crate::support::PASSWORD)], &lea_here)
        .await;
    assert!(answer.body.contains("within ten minutes"), "{}", answer.body);
}

#[tokio::test]
async fn a_second_factor_is_asked_for_here_as_well() {
    let world = world().await;
    link(&world, &world.rosa, lea()).await;
    world
        .app
        .db
        .write(
            "LET $rosa = (SELECT VALUE id FROM person WHERE name = 'rosa')[0];
             CREATE type::record('second_factor', [record::id($rosa)])
                SET person = $rosa, salt = $salt, recovery_salt = $salt, last_step = 0;",
            app::vars! { "salt" => "0".repeat(64) },
        )
        .await
        .unwrap();
    let answer = visit(&world, lea(), Lie::None).await;
    assert_eq!(answer.location(), "/sign-in/code?next=%2F");
    assert!(answer.session().is_none());
}

#[tokio::test]
async fn an_administrators_rights_rest_without_a_second_factor_however_they_sign_in() {
    let world = world().await;
    let app = &world.app;
    link(&world, &world.mei, lea()).await;
    app.db
        .write(
            "LET $mei = (SELECT VALUE id FROM person WHERE name = 'mei')[0];
             CREATE sign_in_rule:second_factor SET asked_of = 'administrators', by = $mei;",
            app::vars! {},
        )
        .await
        .unwrap();
    let mei = visit(&world, lea(), Lie::None).await.session().unwrap();
    assert_eq!(app.get("/admin/providers", &mei).await.status, StatusCode::FORBIDDEN);
    assert!(app.get("/", &mei).await.body.contains("rights rest"));
}

#[tokio::test]
async fn a_closed_account_leaves_its_linked_ones_free() {
    let world = world().await;
    link(&world, &world.rosa, lea()).await;
    world
        .app
        .db
        .write(
            "UPDATE person SET closed = time::now() WHERE name = 'rosa';",
            app::vars! {},
        )
        .await
        .unwrap();
    let answer = visit(&world, lea(), Lie::None).await;
    let page = told(&world.app, &answer, &Someone::default()).await;
    assert!(page.contains("Nobody here has linked"), "{page}");
}

#[tokio::test]
async fn a_person_needs_an_address() {
    let world = world().await;
    rule(&world, "", "").await;
    let answer = visit(&world, json!({ "sub": "1", "name": "Léa" }), Lie::None).await;
    let page = told(&world.app, &answer, &Someone::default()).await;
    assert!(page.contains("no account was made"), "{page}");
    assert_eq!(people(&world.app).await, 2);
}
