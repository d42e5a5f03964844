//! Single sign-on: what is believed of a provider, whom an account there signs
//! in, and who looks after providers.

mod accounts;
mod administrators;
mod provider;
mod real;
mod refusals;
mod several;

use app::id::OrganisationId;
use app::viewer::Role;
use axum::http::StatusCode;
use serde_json::{Value, json};
use server::config::Config;

use crate::support::{Answer, Someone, TestApp};
use provider::{CLIENT, Lie, Provider, SECRET};

const API: &str = "/api/app/single_sign_on/api";
const BEGIN: &str = "/sign-in/with/state-library";
const BACK: &str = "/sign-in/with/state-library/answer";
const LINKED: &str = "/me/settings/single-sign-on";

struct World {
    app: TestApp,
    provider: Provider,
    library: OrganisationId,
    mei: Someone,
    rosa: Someone,
}

/// A library with a site administrator, a member, and a provider that is
/// switched on.
async fn world() -> World {
    let provider = Provider::open().await;
    let (app, library, mei, rosa) = library().await;
    add(&app, &mei, provider.issuer(), CLIENT, SECRET).await;
    switch(&app, &mei, provider.issuer(), true).await;
    World {
        app,
        provider,
        library,
        mei,
        rosa,
    }
}

async fn library() -> (TestApp, OrganisationId, Someone, Someone) {
    let config = Config {
        private_addresses: true,
        ..Config::default()
    };
    let app = TestApp::configured(config).await;
    let library = app.organisation("library", None).await;
    let mei = app.person("mei", &library, &[Role::Learner]).await;
    app.db
        .write("UPDATE person SET site_administrator = true;", app::vars! {})
        .await
        .unwrap();
    let rosa = app.person("rosa", &library, &[Role::Learner]).await;
    (app, library, mei, rosa)
}

/// Adds the provider `State library`.
async fn add(app: &TestApp, by: &Someone, issuer: &str, client: &str, secret: &str) {
    let fields = [
        ("name", "State library"),
        ("issuer", issuer),
        ("client", client),
        ("secret", secret),
    ];
    let added = app.call(&format!("{API}/add_provider"), &fields, by).await;
    assert_eq!(added.status, StatusCode::OK, "{}", added.body);
    assert_eq!(added.location(), "/admin/providers/state-library?notice=added");
}

/// Switches it on or off; its secret stays.
async fn switch(app: &TestApp, by: &Someone, issuer: &str, on: bool) {
    let mut fields = vec![
        ("provider", "state-library"),
        ("name", "State library"),
        ("issuer", issuer),
        ("client", CLIENT),
    ];
    if on {
        fields.push(("enabled", "true"));
    }
    let saved = app.call(&format!("{API}/save_provider"), &fields, by).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
}

/// Lets everybody with this claim join the library.
async fn rule(world: &World, claim: &str, value: &str) {
    let fields = [
        ("provider", "state-library"),
        ("claim", claim),
        ("value", value),
        ("organisation", "library"),
        ("roles[0]", "learner"),
    ];
    let added = world
        .app
        .call(&format!("{API}/add_claim_rule"), &fields, &world.mei)
        .await;
    assert_eq!(added.status, StatusCode::OK, "{}", added.body);
}

/// What the provider says of somebody.
fn lea() -> Value {
    json!({ "sub": "248289761001", "name": "Léa Novak", "email": "lea@library.example", "email_verified": true, "groups": ["staff"] })
}

/// Off to the provider: where the browser is sent, and what it holds.
async fn go(app: &TestApp, path: &str, browser: &Someone) -> (String, Someone) {
    let answer = app.get(path, browser).await;
    assert_eq!(answer.status, StatusCode::FOUND, "{}", answer.body);
    (answer.location().to_owned(), browser.clone().after(&answer))
}

/// Back from there.
async fn back(app: &TestApp, query: &str, browser: &Someone) -> Answer {
    app.get(&format!("{BACK}?{query}"), browser).await
}

/// There and back, in a browser that nobody is signed in to.
async fn visit(world: &World, claims: Value, lie: Lie) -> Answer {
    let (address, browser) = go(&world.app, BEGIN, &Someone::default()).await;
    let query = world.provider.let_in(&address, claims, lie);
    back(&world.app, &query, &browser).await
}

/// What the page says that an answer leads back to.
async fn told(app: &TestApp, answer: &Answer, browser: &Someone) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert!(answer.session().is_none(), "somebody was signed in");
    let page = app.get(answer.location(), &browser.clone().after(answer)).await;
    assert_eq!(page.status, StatusCode::OK);
    page.body
}

/// Links an account of the provider to whoever looks at their settings.
async fn link(world: &World, someone: &Someone, claims: Value) -> Answer {
    let page = world.app.get(LINKED, someone).await.body;
    let at = page.find("?link=").expect("a button that links");
    let proof = page[at + 6..].split('"').next().unwrap();
    let (address, browser) = go(&world.app, &format!("{BEGIN}?link={proof}"), someone).await;
    let query = world.provider.let_in(&address, claims, Lie::None);
    back(&world.app, &query, &browser).await
}

async fn people(app: &TestApp) -> i64 {
    app.db
        .row::<i64>("count(SELECT VALUE id FROM person);", app::vars! {})
        .await
        .unwrap()
        .unwrap()
}
