//! The same with providers that others wrote: oidc-provider (Node) and
//! oidc-provider-mock (Python). Where one is not installed, its test says so.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use reqwest::{Client, Response, Url, redirect};
use tokio::process::{Child, Command};

use super::*;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// Starts a provider, unless what it needs is missing; it ends with the test.
async fn started(test: &str, needs: &Path, mut command: Command, port: u16) -> Option<(Child, String)> {
    if !needs.exists() {
        eprintln!("NOT INSTALLED: {test}");
        return None;
    }
    command.stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
    let child = command.spawn().unwrap();
    let issuer = format!("http://127.0.0.1:{port}");
    let about = format!("{issuer}/.well-known/openid-configuration");
    for _ in 0..300 {
        if reqwest::get(&about)
            .await
            .is_ok_and(|answer| answer.status().is_success())
        {
            return Some((child, issuer));
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{test}: the provider did not start")
}

/// A browser at the provider.
struct Browser {
    client: Client,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    fn new() -> Self {
        app::outside::prefer_ring();
        let client = Client::builder().redirect(redirect::Policy::none()).build().unwrap();
        Self {
            client,
            cookies: BTreeMap::new(),
        }
    }

    async fn send(&mut self, url: &Url, form: Option<&str>) -> Response {
        let request = match form {
            Some(form) => self
                .client
                .post(url.clone())
                .header("content-type", "application/x-www-form-urlencoded")
                .body(form.to_owned()),
            None => self.client.get(url.clone()),
        };
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let answer = request.header("cookie", cookies.join("; ")).send().await.unwrap();
        for cookie in answer.headers().get_all("set-cookie") {
            let (name, value) = cookie
                .to_str()
                .unwrap()
                .split(';')
                .next()
                .unwrap()
                .split_once('=')
                .unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        answer
    }

    /// Follows what the provider says, sends `form` where it asks, and gives
    /// the query that leads back to Carrel.
    async fn go_through(&mut self, address: &str, form: &str) -> String {
        let mut url = Url::parse(address).unwrap();
        let mut answer = self.send(&url, None).await;
        for _ in 0..10 {
            if !answer.status().is_redirection() {
                assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
                answer = self.send(&url, Some(form)).await;
                continue;
            }
            url = url.join(answer.headers()["location"].to_str().unwrap()).unwrap();
            if url.path() == BACK {
                return url.query().unwrap().to_owned();
            }
            answer = self.send(&url, None).await;
        }
        panic!("the provider leads nowhere: {url}")
    }
}

/// An account by the provider, again with it, and a replay.
async fn signs_in(issuer: &str, client: &str, secret: &str, form: &str, name: &str) {
    let (app, _, mei, _) = library().await;
    add(&app, &mei, issuer, client, secret).await;
    switch(&app, &mei, issuer, true).await;
    let path = format!("{API}/add_claim_rule");
    let fields = [
        ("provider", "state-library"),
        ("claim", "groups"),
        ("value", "staff"),
        ("organisation", "library"),
        ("roles[0]", "learner"),
    ];
    assert_eq!(app.call(&path, &fields, &mei).await.status, StatusCode::OK);
    for _ in 0..2 {
        let (address, browser) = go(&app, BEGIN, &Someone::default()).await;
        let query = Browser::new().go_through(&address, form).await;
        let answer = back(&app, &query, &browser).await;
        let session = answer.session();
        let Some(session) = session else {
            panic!("{}", told(&app, &answer, &browser).await)
        };
        let page = app.get("/me/settings", &session).await.body;
        assert!(page.contains(name), "{page}");
        let replayed = back(&app, &query, &browser).await;
        assert!(told(&app, &replayed, &browser).await.contains("was used already"));
    }
    assert_eq!(people(&app).await, 3);
}

#[tokio::test]
async fn oidc_provider_signs_people_in() {
    let port = free_port();
    let mut command = Command::new("node");
    command
        .current_dir(root().join("end2end"))
        .args(["provider.mjs", &port.to_string(), CLIENT, SECRET])
        .arg(format!("http://127.0.0.1:3000{BACK}"));
    let needs = root().join("node_modules/oidc-provider");
    let Some((_provider, issuer)) = started("oidc-provider", &needs, command, port).await else {
        return;
    };
    signs_in(&issuer, CLIENT, SECRET, "login=lea", "Lea Elsewhere").await;
}

#[tokio::test]
async fn oidc_provider_mock_signs_people_in() {
    let port = free_port();
    let cache = std::env::var("CARREL_CACHE").unwrap_or_default();
    let needs = Path::new(&cache).join("python/bin/oidc-provider-mock");
    let claims = json!({ "sub": "lea", "name": "Léa Novak", "email": "lea@library.example", "groups": ["staff"] });
    let mut command = Command::new(&needs);
    command.args(["--port", &port.to_string(), "--user-claims", &claims.to_string()]);
    let Some((_provider, issuer)) = started("oidc-provider-mock", &needs, command, port).await else {
        return;
    };
    signs_in(&issuer, CLIENT, SECRET, "sub=lea", "Léa Novak").await;
}
