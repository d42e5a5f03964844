//! Joining without an account: by an address of an organisation's domain, or by
//! asking whoever looks after it.

use app::id::OrganisationId;
use app::vars;
use app::viewer::Role;
use axum::http::StatusCode;

use crate::mail::{EMAIL, sign_in, world};
use crate::support::smtp::Sink;
use crate::support::{Answer, PASSWORD, Someone, TestApp, kept};

const NEWCOMERS: &str = "/api/app/joining/newcomers/api";
const JOINING: &str = "/api/app/joining/api";
const DOOR: &str = "/organisations/library/join";
const SAM: &str = "sam@library.example";

/// The library's door stands open; piotr looks after it.
async fn open(mail: bool, takes_requests: bool, domains: &str) -> (TestApp, Sink, OrganisationId, Someone) {
    let (app, sink, _) = world(mail).await;
    let library = app::organisations::store::by_slug(&app.db, "library").await;
    let library = library.unwrap().unwrap();
    let piotr = app.person("piotr", &library, &[Role::OrganisationAdministrator]).await;
    let mut fields = vec![("organisation", library.as_str()), ("domains", domains)];
    if takes_requests {
        fields.push(("takes_requests", "true"));
    }
    let saved = app.call(&format!("{JOINING}/save_joining"), &fields, &piotr).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
    (app, sink, library, piotr)
}

async fn ask(app: &TestApp, library: &OrganisationId, email: &str, password: &str) -> Answer {
    let fields = [
        ("organisation", library.as_str()),
        ("name", "Sam Hale"),
        ("email", email),
        ("password", password),
        ("message", "I begin on Monday"),
    ];
    let path = format!("{NEWCOMERS}/ask_as_newcomer");
    app.form(&path, DOOR, &fields, &Someone::default()).await
}

async fn confirm(app: &TestApp, link: &str, password: &str) -> Answer {
    let token = link.rsplit('/').next().unwrap();
    let fields = [("token", token), ("password", password)];
    let path = format!("{NEWCOMERS}/confirm_newcomer");
    app.form(&path, link, &fields, &Someone::default()).await
}

/// Under what somebody's request is answered.
async fn key(app: &TestApp) -> String {
    let key: Option<String> = app
        .db
        .row("SELECT VALUE record::id(person) FROM join_request LIMIT 1;", vars! {})
        .await
        .unwrap();
    key.unwrap()
}

/// The addresses of those who asked without an account.
async fn newcomers(app: &TestApp) -> Vec<String> {
    app.db
        .rows("SELECT VALUE email FROM newcomer;", vars! {})
        .await
        .unwrap()
}

async fn answer(app: &TestApp, function: &str, library: &OrganisationId, piotr: &Someone) -> Answer {
    let key = key(app).await;
    let fields = [("organisation", library.as_str()), ("person", key.as_str())];
    app.call(&format!("{JOINING}/{function}"), &fields, piotr).await
}

#[tokio::test]
async fn an_address_of_the_domain_joins_once_it_is_confirmed() {
    let (app, sink, library, _) = open(true, false, "library.example").await;
    let page = app.get(DOOR, &Someone::default()).await;
    assert_eq!(page.status, StatusCode::OK);
    let other = ask(&app, &library, "sam@elsewhere.example", PASSWORD).await;
    assert!(other.location().contains("draft="), "{}", other.location());
    let page = app.get(other.location(), &Someone::default().after(&other)).await.body;
    assert!(
        page.contains("Only addresses of their own") && page.contains("value=\"Sam Hale\""),
        "{page}"
    );

    let asked = ask(&app, &library, SAM, PASSWORD).await;
    assert_eq!(asked.location(), "/organisations/library/join?notice=letter");
    assert!(asked.session().is_none());
    let letters = sink.deliver(&app.db).await;
    assert_eq!((letters.len(), letters[0].to[0].as_str()), (1, SAM));
    let link = letters[0].link("http://127.0.0.1:3000/join/");
    assert!(!kept(&app.db).await.contains(link.rsplit('/').next().unwrap()));
    let page = app.get(&link, &Someone::default()).await.body;
    assert!(page.contains("You join right away."), "{page}");
    // Whoever opens the letter and did not begin it comes no further.
    let guessed = confirm(&app, &link, "another harbour violet ladder").await;
    assert!(guessed.session().is_none() && guessed.location().contains("draft="));
    let nobody = Someone::default();
    assert!(sign_in(&app, SAM, PASSWORD, &nobody).await.session().is_none());

    let joined = confirm(&app, &link, PASSWORD).await;
    assert_eq!(joined.location(), "/organisations/library?notice=joined");
    let sam = joined.session().unwrap();
    assert_eq!(app.get("/organisations/library", &sam).await.status, StatusCode::OK);
    let address = app.get("/me/settings/address", &sam).await.body;
    assert!(address.contains("Confirmed on"), "{address}");
    assert_eq!(app.get(&link, &nobody).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_request_waits_for_its_answer_and_makes_an_account() {
    let (app, sink, library, piotr) = open(true, true, "").await;
    let page = app.get("/sign-in", &Someone::default()).await.body;
    assert!(page.contains("href=\"/organisations/library/join\""), "{page}");
    ask(&app, &library, SAM, PASSWORD).await;
    let requests = app.get("/organisations/library/requests", &piotr).await.body;
    assert!(
        !requests.contains("Sam Hale"),
        "nobody is asked before the letter is answered"
    );
    let link = sink.deliver(&app.db).await[0].link("http://127.0.0.1:3000/join/");
    let waits = confirm(&app, &link, PASSWORD).await;
    assert_eq!(waits.location(), "/organisations/library/join?notice=waits");
    let requests = app.get("/organisations/library/requests", &piotr).await.body;
    assert!(
        requests.contains("Sam Hale")
            && requests.contains("I begin on Monday")
            && requests.contains("who answered a letter"),
        "{requests}"
    );
    let nobody = Someone::default();
    assert!(sign_in(&app, SAM, PASSWORD, &nobody).await.session().is_none());
    let taken = answer(&app, "accept_request", &library, &piotr).await;
    assert_eq!(taken.status, StatusCode::OK, "{}", taken.body);
    let sam = sign_in(&app, SAM, PASSWORD, &nobody).await.session().unwrap();
    assert_eq!(app.get("/organisations/library", &sam).await.status, StatusCode::OK);
    let left = newcomers(&app).await;
    assert!(left.is_empty(), "{left:?}");
}

#[tokio::test]
async fn a_taken_address_hears_the_same_and_gets_a_letter() {
    let (app, sink, library, _) = open(true, true, "").await;
    let taken = ask(&app, &library, &EMAIL.to_uppercase(), PASSWORD).await;
    let letters = sink.deliver(&app.db).await;
    let free = ask(&app, &library, SAM, PASSWORD).await;
    assert_eq!(
        (taken.status, taken.location(), &taken.body),
        (free.status, free.location(), &free.body)
    );
    assert_eq!(letters[0].subject(), "You have an account in Carrel");
    let kept: Vec<String> = app
        .db
        .rows("SELECT VALUE email FROM newcomer;", vars! {})
        .await
        .unwrap();
    assert_eq!(kept, [SAM]);
}

#[tokio::test]
async fn without_mail_whoever_looks_after_it_decides() {
    let (app, _sink, library, piotr) = open(false, true, "library.example").await;
    for password in [PASSWORD, "seven quiet lanterns burning"] {
        let asked = ask(&app, &library, SAM, password).await;
        assert_eq!(asked.location(), "/organisations/library/join?notice=kept");
    }
    let page = app
        .get("/organisations/library/join?notice=kept", &Someone::default())
        .await;
    assert!(page.body.contains("by trying"), "{}", page.body);
    let requests = app.get("/organisations/library/requests", &piotr).await.body;
    assert!(requests.contains("be sure that it is them"), "{requests}");
    assert_eq!(
        ask(&app, &library, EMAIL, PASSWORD).await.location(),
        "/organisations/library/join?notice=kept"
    );
    answer(&app, "accept_request", &library, &piotr).await;
    let nobody = Someone::default();
    assert!(
        sign_in(&app, SAM, "seven quiet lanterns burning", &nobody)
            .await
            .session()
            .is_none(),
        "who asks later takes nobody's place"
    );
    assert!(sign_in(&app, SAM, PASSWORD, &nobody).await.session().is_some());

    ask(&app, &library, "liz@library.example", PASSWORD).await;
    answer(&app, "decline_request", &library, &piotr).await;
    let left = newcomers(&app).await;
    assert!(left.is_empty(), "{left:?}");
}

#[tokio::test]
async fn what_takes_nobody_is_no_visitors_to_know() {
    let (app, _sink, library, _) = open(false, false, "library.example").await;
    for path in [DOOR, "/organisations/nowhere/join"] {
        let page = app.get(path, &Someone::default()).await;
        assert_eq!(page.status, StatusCode::UNAUTHORIZED, "{path}");
    }
    let asked = ask(&app, &library, SAM, PASSWORD).await;
    assert!(!asked.location().contains("notice="), "{}", asked.location());
    assert!(
        sign_in(&app, SAM, PASSWORD, &Someone::default())
            .await
            .session()
            .is_none()
    );
}

#[tokio::test]
async fn who_decides_and_who_asked_are_written_to() {
    let (app, sink, library, piotr) = open(true, true, "").await;
    app.db
        .write(
            "UPDATE person SET address_confirmed = time::now() WHERE email = 'piotr@carrel.example';",
            vars! {},
        )
        .await
        .unwrap();
    let mut told = Vec::new();
    for email in [SAM, "liz@library.example"] {
        ask(&app, &library, email, PASSWORD).await;
        let link = sink.deliver(&app.db).await[0].link("http://127.0.0.1:3000/join/");
        confirm(&app, &link, PASSWORD).await;
        told.extend(sink.deliver(&app.db).await);
    }
    assert_eq!(told.len(), 1, "one letter a day");
    assert_eq!(
        (told[0].to[0].as_str(), told[0].subject()),
        ("piotr@carrel.example", "Somebody asks to join library")
    );
    let today = app.get("/", &piotr).await.body;
    assert!(today.contains("2 people ask to join library"), "{today}");
    let tabs = app.get("/organisations/library/settings", &piotr).await.body;
    let tab = tabs.split("/organisations/library/requests").nth(1).unwrap();
    assert!(tab[..tab.find("</a>").unwrap()].contains('2'), "{tab}");
    for (function, subject) in [
        ("accept_request", "You belong to library now"),
        ("decline_request", "Your request to join library"),
    ] {
        answer(&app, function, &library, &piotr).await;
        let letters = sink.deliver(&app.db).await;
        assert_eq!((letters.len(), letters[0].subject()), (1, subject));
    }
    assert!(!app.get("/", &piotr).await.body.contains("ask to join"));
}
