//! Who looks after providers, and what they see.

use super::*;
use crate::support::kept;

#[tokio::test]
async fn only_site_administrators_look_after_providers() {
    let world = world().await;
    rule(&world, "groups", "staff").await;
    let app = &world.app;
    let rule_id: String = app
        .db
        .row("SELECT VALUE record::id(id) FROM claim_rule;", app::vars! {})
        .await
        .unwrap()
        .unwrap();
    let administrator = app
        .person("piotr", &world.library, &[Role::OrganisationAdministrator])
        .await;
    let issuer = world.provider.issuer();
    let about = [("name", "Other"), ("issuer", issuer), ("client", "x")];
    let provider = ("provider", "state-library");
    let [name, issuer, client] = about;
    for (function, fields) in [
        ("add_provider", about.to_vec()),
        ("save_provider", vec![provider, name, issuer, client]),
        (
            "add_claim_rule",
            vec![provider, ("organisation", "library"), ("roles[0]", "learner")],
        ),
        ("remove_claim_rule", vec![("rule", rule_id.as_str())]),
        ("remove_provider", vec![provider, ("understood", "true")]),
    ] {
        let path = format!("{API}/{function}");
        for (someone, expected) in [
            (&Someone::default(), "SignInNeeded"),
            (&world.rosa, "Forbidden"),
            (&administrator, "Forbidden"),
        ] {
            let before = kept(&app.db).await;
            let answer = app.call(&path, &fields, someone).await;
            assert!(answer.body.contains(expected), "{function}: {}", answer.body);
            assert_eq!(kept(&app.db).await, before, "{function}");
        }
        let answer = app.call(&path, &fields, &world.mei).await;
        assert_eq!(answer.status, StatusCode::OK, "{function}: {}", answer.body);
    }
    for page in ["/admin/providers", "/admin/providers/other"] {
        assert_eq!(
            app.get(page, &Someone::default()).await.status,
            StatusCode::UNAUTHORIZED
        );
        assert_eq!(app.get(page, &administrator).await.status, StatusCode::FORBIDDEN);
        assert_eq!(app.get(page, &world.mei).await.status, StatusCode::OK);
    }
    let gone = app.get("/admin/providers/state-library", &world.mei).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_secret_is_sealed_and_never_shown() {
    let world = world().await;
    let page = world.app.get("/admin/providers/state-library", &world.mei).await.body;
    assert!(!page.contains(SECRET) && page.contains("never shown"), "{page}");
    assert!(
        page.contains("http://127.0.0.1:3000/sign-in/with/state-library/answer"),
        "{page}"
    );
    assert!(!kept(&world.app.db).await.contains(SECRET));
    // Refused, the form comes back without it.
    let fields = [("name", ""), ("issuer", "x"), ("client", "x"), ("secret", "hunter2")];
    let path = format!("{API}/add_provider");
    let answer = world.app.form(&path, "/admin/providers", &fields, &world.mei).await;
    assert!(!kept(&world.app.db).await.contains("hunter2"));
    let page = world.app.get(answer.location(), &world.mei).await.body;
    assert!(
        !page.contains("hunter2") && page.contains("A name is needed."),
        "{page}"
    );
}

#[tokio::test]
async fn what_is_no_provider_is_told_at_its_field() {
    let (app, _, mei, _) = library().await;
    let path = format!("{API}/add_provider");
    let nothing = "http://127.0.0.1:9";
    let answer = app
        .call(
            &path,
            &[("name", "Nothing"), ("issuer", nothing), ("client", "x")],
            &mei,
        )
        .await;
    assert!(
        answer.body.contains("No provider of OpenID Connect is there"),
        "{}",
        answer.body
    );
    let provider = Provider::open().await;
    let other = provider.issuer().replace("127.0.0.1", "localhost");
    let answer = app
        .call(&path, &[("name", "Other"), ("issuer", &other), ("client", "x")], &mei)
        .await;
    assert!(answer.body.contains("unexpected issuer"), "{}", answer.body);
    add(&app, &mei, provider.issuer(), CLIENT, SECRET).await;
    let again = [
        ("name", "State Library"),
        ("issuer", provider.issuer()),
        ("client", "x"),
    ];
    let answer = app.call(&path, &again, &mei).await;
    assert!(answer.body.contains("of this name already"), "{}", answer.body);
}

#[tokio::test]
async fn a_provider_in_our_own_network_is_not_asked_unless_that_is_configured() {
    let provider = Provider::open().await;
    let app = TestApp::new().await;
    let library = app.organisation("library", None).await;
    let mei = app.person("mei", &library, &[Role::Learner]).await;
    app.db
        .write("UPDATE person SET site_administrator = true;", app::vars! {})
        .await
        .unwrap();
    for (issuer, words) in [
        (provider.issuer().to_owned(), "does not begin with https"),
        (
            provider.issuer().replace("http:", "https:"),
            "not on the public internet",
        ),
        ("https://localhost:9400".to_owned(), "not on the public internet"),
        ("https://169.254.169.254".to_owned(), "not on the public internet"),
    ] {
        let fields = [("name", "Inside"), ("issuer", issuer.as_str()), ("client", "x")];
        let answer = app.call(&format!("{API}/add_provider"), &fields, &mei).await;
        assert!(answer.body.contains(words), "{issuer}: {}", answer.body);
    }
}

#[tokio::test]
async fn with_another_issuer_linked_accounts_are_forgotten() {
    let world = world().await;
    link(&world, &world.rosa, lea()).await;
    let other = Provider::open().await;
    switch(&world.app, &world.mei, world.provider.issuer(), true).await;
    let count = "count(SELECT VALUE id FROM identity);";
    assert_eq!(world.app.db.row::<i64>(count, app::vars! {}).await.unwrap(), Some(1));
    switch(&world.app, &world.mei, other.issuer(), true).await;
    assert_eq!(world.app.db.row::<i64>(count, app::vars! {}).await.unwrap(), Some(0));
}

#[tokio::test]
async fn a_rule_is_bounded_repeated_and_removed() {
    let world = world().await;
    for _ in 0..2 {
        rule(&world, "groups", "staff").await;
    }
    let count = "count(SELECT VALUE id FROM claim_rule);";
    assert_eq!(world.app.db.row::<i64>(count, app::vars! {}).await.unwrap(), Some(1));
    let path = format!("{API}/add_claim_rule");
    for (field, fields) in [
        (
            "value",
            [
                ("claim", "groups"),
                ("organisation", "library"),
                ("roles[0]", "learner"),
            ],
        ),
        (
            "organisation",
            [("claim", ""), ("organisation", "none"), ("roles[0]", "learner")],
        ),
        (
            "roles",
            [("claim", ""), ("organisation", "library"), ("roles[0]", "owner")],
        ),
    ] {
        let fields = [&[("provider", "state-library")], &fields[..]].concat();
        let answer = world.app.call(&path, &fields, &world.mei).await;
        assert!(
            answer.body.contains(&format!("\"{field}\"")),
            "{field}: {}",
            answer.body
        );
    }
}
