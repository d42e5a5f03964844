//! What signs nobody in.

use super::*;
use crate::support::kept;

#[tokio::test]
async fn what_a_provider_cannot_have_said_is_refused() {
    let world = world().await;
    rule(&world, "", "").await;
    let nobody = Someone::default();
    for lie in [
        Lie::Audience,
        Lie::TwoAudiences,
        Lie::Issuer,
        Lie::Nonce,
        Lie::NoNonce,
        Lie::Expired,
        Lie::Unsigned,
        Lie::SharedSecret,
        Lie::OtherKey,
        Lie::Changed,
        Lie::OtherSubject,
    ] {
        let answer = visit(&world, lea(), lie).await;
        let page = told(&world.app, &answer, &nobody).await;
        assert!(page.contains("cannot be trusted"), "{lie:?}: {page}");
        assert_eq!(people(&world.app).await, 2, "{lie:?}");
    }
    let answer = visit(&world, lea(), Lie::None).await;
    assert!(answer.session().is_some(), "{}", answer.body);
}

#[tokio::test]
async fn an_answer_is_taken_once() {
    let world = world().await;
    rule(&world, "", "").await;
    let (address, browser) = go(&world.app, BEGIN, &Someone::default()).await;
    let query = world.provider.let_in(&address, lea(), Lie::None);
    assert!(back(&world.app, &query, &browser).await.session().is_some());
    let again = back(&world.app, &query, &browser).await;
    assert!(told(&world.app, &again, &browser).await.contains("was used already"));
}

#[tokio::test]
async fn a_refused_answer_is_used_up_too() {
    let world = world().await;
    rule(&world, "", "").await;
    let (address, browser) = go(&world.app, BEGIN, &Someone::default()).await;
    let bad = world.provider.let_in(&address, lea(), Lie::Nonce);
    back(&world.app, &bad, &browser).await;
    let good = world.provider.let_in(&address, lea(), Lie::None);
    let answer = back(&world.app, &good, &browser).await;
    assert!(told(&world.app, &answer, &browser).await.contains("was used already"));
}

#[tokio::test]
async fn an_answer_belongs_to_its_visit_its_browser_and_its_provider() {
    let world = world().await;
    let app = &world.app;
    rule(&world, "", "").await;
    let (address, browser) = go(app, BEGIN, &Someone::default()).await;
    let (_, elsewhere) = go(app, BEGIN, &Someone::default()).await;
    let query = world.provider.let_in(&address, lea(), Lie::None);
    let (code, state) = query.split_once("&state=").unwrap();
    for (why, query, browser) in [
        ("another state", format!("{code}&state=x"), &browser),
        ("no state", code.to_owned(), &browser),
        ("another browser", query.clone(), &elsewhere),
        ("a browser without a visit", query.clone(), &Someone::default()),
    ] {
        let answer = back(app, &query, browser).await;
        assert!(told(app, &answer, browser).await.contains("another browser"), "{why}");
    }
    let other = app.get(&format!("/sign-in/with/other/answer?{query}"), &browser).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
    // Whoever is not its browser does not use it up.
    let right = back(app, &format!("{query}&iss={}", world.provider.issuer()), &browser).await;
    assert!(right.session().is_some(), "{state}");
}

#[tokio::test]
async fn an_answer_of_another_issuer_or_of_none_changes_nothing() {
    let world = world().await;
    rule(&world, "", "").await;
    for (added, words) in [
        ("&iss=https://evil.example", "cannot be trusted"),
        ("&error=access_denied", "did not sign you in"),
    ] {
        let (address, browser) = go(&world.app, BEGIN, &Someone::default()).await;
        let query = world.provider.let_in(&address, lea(), Lie::None);
        let answer = back(&world.app, &format!("{query}{added}"), &browser).await;
        assert!(told(&world.app, &answer, &browser).await.contains(words), "{added}");
    }
    assert_eq!(people(&world.app).await, 2);
    let noted = "SELECT VALUE about FROM audit_entry WHERE act = 'sign_in_failed';";
    let noted: Vec<String> = world.app.db.rows(noted, app::vars! {}).await.unwrap();
    assert_eq!(noted.len(), 2, "{noted:?}");
}

#[tokio::test]
async fn a_visit_runs_out() {
    let world = world().await;
    rule(&world, "", "").await;
    let (address, browser) = go(&world.app, BEGIN, &Someone::default()).await;
    let query = world.provider.let_in(&address, lea(), Lie::None);
    let old = "UPDATE provider_visit SET created = time::now() - 11m;";
    let redefine = "DEFINE FIELD OVERWRITE created ON provider_visit TYPE datetime DEFAULT time::now();";
    world.app.db.run(redefine, app::vars! {}).await.unwrap();
    world.app.db.write(old, app::vars! {}).await.unwrap();
    let answer = back(&world.app, &query, &browser).await;
    assert!(told(&world.app, &answer, &browser).await.contains("ran out"));
}

#[tokio::test]
async fn nothing_that_is_kept_of_a_visit_ends_it() {
    let world = world().await;
    let (address, _) = go(&world.app, BEGIN, &Someone::default()).await;
    let kept = kept(&world.app.db).await;
    let url = reqwest::Url::parse(&address).unwrap();
    for (name, value) in url.query_pairs().filter(|(name, _)| name == "state" || name == "nonce") {
        assert!(!kept.contains(value.as_ref()), "{name}");
    }
    assert!(!kept.contains(SECRET));
}

#[tokio::test]
async fn another_site_begins_no_visit() {
    let world = world().await;
    let request = axum::extract::Request::get(BEGIN)
        .header("accept", "text/html")
        .header("sec-fetch-site", "cross-site");
    let answer = world
        .app
        .send(request, &Someone::default(), axum::body::Body::empty())
        .await;
    assert_eq!(answer.location(), "/sign-in");
}

#[tokio::test]
async fn where_it_goes_on_is_here() {
    let world = world().await;
    rule(&world, "", "").await;
    for (next, expected) in [
        ("/me/plan", "/me/plan"),
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
    ] {
        let path = format!("{BEGIN}?next={}", app::paths::segment(next));
        let (address, browser) = go(&world.app, &path, &Someone::default()).await;
        let query = world.provider.let_in(&address, lea(), Lie::None);
        assert_eq!(back(&world.app, &query, &browser).await.location(), expected);
    }
}

#[tokio::test]
async fn a_provider_is_asked_about_itself_once_an_hour_and_when_it_has_new_keys() {
    let world = world().await;
    rule(&world, "", "").await;
    let before = world.provider.asked();
    for _ in 0..3 {
        assert!(visit(&world, lea(), Lie::None).await.session().is_some());
    }
    assert_eq!(world.provider.asked(), before + 1);
    world.provider.takes_a_new_key();
    assert!(visit(&world, lea(), Lie::None).await.session().is_some());
    assert_eq!(world.provider.asked(), before + 2);
    // Whoever signs with a key of nobody's is asked about once more, and refused.
    let answer = visit(&world, lea(), Lie::OtherKey).await;
    assert!(answer.session().is_none());
    assert_eq!(world.provider.asked(), before + 3);
}
