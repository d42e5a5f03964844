//! Mail: the outbox, new passwords, warnings; and all of it without.

use std::time::Duration;

use app::people::api::sign_in_path;
use app::vars;
use app::viewer::Role;
use axum::http::StatusCode;

use crate::support::smtp::Sink;
use crate::support::{Answer, PASSWORD, Someone, TestApp, kept};

pub const EMAIL: &str = "rosa@carrel.example";
const OTHER: &str = "seven quiet lanterns burning";
const PASSWORDS: &str = "/api/app/people/new_password/api";
const MAIL: &str = "/api/app/mail/api";

pub async fn world(mail: bool) -> (TestApp, Sink, Someone) {
    let app = if mail {
        TestApp::with_mail().await
    } else {
        TestApp::new().await
    };
    let library = app.organisation("library", None).await;
    let rosa = app.person("rosa", &library, &[Role::Learner]).await;
    app.with_password(&rosa).await;
    (app, Sink::open().await, rosa)
}

async fn count(app: &TestApp, sql: &'static str) -> i64 {
    app.db.row(sql, vars! {}).await.unwrap().unwrap_or(0)
}

const WAITING: &str = "count(SELECT VALUE id FROM letter WHERE state = 'waiting');";

/// Letters that are written apart from the answer take a moment.
async fn until_written(app: &TestApp) {
    for _ in 0..100 {
        if count(app, WAITING).await > 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("no letter was written");
}

async fn ask(app: &TestApp, email: &str) -> Answer {
    let path = format!("{PASSWORDS}/ask_for_new_password");
    app.form(&path, "/sign-in/forgotten", &[("email", email)], &Someone::default())
        .await
}

async fn set(app: &TestApp, link: &str, password: &str) -> Answer {
    let token = link.rsplit('/').next().unwrap();
    let path = format!("{PASSWORDS}/set_new_password");
    app.form(
        &path,
        link,
        &[("token", token), ("password", password)],
        &Someone::default(),
    )
    .await
}

pub async fn sign_in(app: &TestApp, email: &str, password: &str, browser: &Someone) -> Answer {
    app.form(
        sign_in_path(),
        "/sign-in",
        &[("email", email), ("password", password)],
        browser,
    )
    .await
}

#[tokio::test]
async fn a_letter_leads_to_a_new_password_once() {
    let (app, sink, rosa) = world(true).await;
    let nobody = ask(&app, "nobody@carrel.example").await;
    let somebody = ask(&app, "ROSA@carrel.example").await;
    assert_eq!(
        (nobody.status, nobody.location()),
        (somebody.status, somebody.location())
    );
    assert_eq!(nobody.body, somebody.body);
    until_written(&app).await;
    let letters = sink.deliver(&app.db).await;
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].to, [EMAIL]);
    let link = letters[0].link("http://127.0.0.1:3000/sign-in/reset/");
    let token = link.rsplit('/').next().unwrap();
    assert!(!kept(&app.db).await.contains(token), "the token is kept");

    assert_eq!(app.get(&link, &Someone::default()).await.status, StatusCode::OK);
    let weak = set(&app, &link, "password").await;
    assert!(weak.location().contains("draft="), "{}", weak.location());
    let done = set(&app, &link, OTHER).await;
    assert_eq!(done.location(), "/sign-in?notice=password-set");
    assert_eq!(app.get("/me/settings", &rosa).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(app.get(&link, &Someone::default()).await.status, StatusCode::NOT_FOUND);
    assert!(set(&app, &link, PASSWORD).await.location() != "/sign-in?notice=password-set");
    let nobody = Someone::default();
    assert!(sign_in(&app, EMAIL, PASSWORD, &nobody).await.session().is_none());
    assert!(sign_in(&app, EMAIL, OTHER, &nobody).await.session().is_some());
    let told = sink.deliver(&app.db).await;
    assert_eq!(told[0].subject(), "Your Carrel account was changed");
}

#[tokio::test]
async fn a_link_runs_out_and_a_closed_account_has_none() {
    let (app, sink, _) = world(true).await;
    ask(&app, EMAIL).await;
    until_written(&app).await;
    let link = sink.deliver(&app.db).await[0].link("http://127.0.0.1:3000/sign-in/reset/");
    app.db
        .write("UPDATE password_link SET expires = time::now() - 1s;", vars! {})
        .await
        .unwrap();
    assert_eq!(app.get(&link, &Someone::default()).await.status, StatusCode::NOT_FOUND);
    assert_ne!(set(&app, &link, OTHER).await.location(), "/sign-in?notice=password-set");
}

#[tokio::test]
async fn nobody_is_buried_in_letters() {
    let (app, _, _) = world(true).await;
    for _ in 0..4 {
        ask(&app, EMAIL).await;
    }
    let answer = app
        .call(
            &format!("{PASSWORDS}/ask_for_new_password"),
            &[("email", EMAIL)],
            &Someone::default(),
        )
        .await;
    assert!(answer.body.contains("TooMany"), "{}", answer.body);
}

#[tokio::test]
async fn letters_are_tried_again_and_given_up() {
    let (app, sink, rosa) = world(true).await;
    app.db
        .write("UPDATE person SET site_administrator = true;", vars! {})
        .await
        .unwrap();
    let trial = format!("{MAIL}/send_trial_letter");
    assert_eq!(app.call(&trial, &[], &rosa).await.status, StatusCode::OK);
    sink.refuse("451 come back later");
    assert!(sink.deliver(&app.db).await.is_empty());
    assert!(sink.deliver(&app.db).await.is_empty(), "it was tried again at once");
    assert_eq!(count(&app, WAITING).await, 1);
    let page = app.get("/admin/mail", &rosa).await.body;
    assert!(
        page.contains("come back later") && page.contains("One letter waits"),
        "{page}"
    );

    let letter: Option<String> = app
        .db
        .row("SELECT VALUE record::id(id) FROM letter;", vars! {})
        .await
        .unwrap();
    let letter = letter.unwrap();
    let again = format!("{MAIL}/try_letter_again");
    assert_eq!(
        app.call(&again, &[("letter", &letter)], &rosa).await.status,
        StatusCode::OK
    );
    sink.refuse("550 nobody of this name");
    assert!(sink.deliver(&app.db).await.is_empty());
    assert_eq!(count(&app, WAITING).await, 0);
    app.call(&again, &[("letter", &letter)], &rosa).await;
    assert_eq!(sink.deliver_twice_at_once(&app.db).await.len(), 1);
    assert_eq!(count(&app, "count(SELECT VALUE id FROM letter);").await, 0);
    let gone = app.call(&again, &[("letter", &letter)], &rosa).await;
    assert!(gone.body.contains("NotFound"), "{}", gone.body);
}

#[tokio::test]
async fn what_is_of_no_use_any_more_is_not_sent_and_says_nothing() {
    let (app, sink, _) = world(true).await;
    ask(&app, EMAIL).await;
    until_written(&app).await;
    app.db
        .write("UPDATE letter SET expires = time::now() - 1s;", vars! {})
        .await
        .unwrap();
    assert!(sink.deliver(&app.db).await.is_empty());
    assert_eq!(
        count(
            &app,
            "count(SELECT VALUE id FROM letter WHERE body = '' AND state = 'given_up');"
        )
        .await,
        1
    );
}

#[tokio::test]
async fn without_mail_an_administrator_passes_a_link_on() {
    let (app, _, rosa) = world(false).await;
    let page = app.get("/sign-in/forgotten", &Someone::default()).await.body;
    assert!(
        page.contains("No mail is sent from here") && !page.contains("Send the link"),
        "{page}"
    );
    let asked = app
        .call(
            &format!("{PASSWORDS}/ask_for_new_password"),
            &[("email", EMAIL)],
            &Someone::default(),
        )
        .await;
    assert!(asked.body.contains("Conflict"), "{}", asked.body);

    let library = app::organisations::store::by_slug(&app.db, "library").await;
    let library = library.unwrap().unwrap();
    let piotr = app.person("piotr", &library, &[Role::OrganisationAdministrator]).await;
    let elsewhere = app.organisation("elsewhere", None).await;
    let sten = app.person("sten", &elsewhere, &[Role::OrganisationAdministrator]).await;
    let make = format!("{PASSWORDS}/make_password_link");
    for (someone, told) in [
        (&Someone::default(), "SignInNeeded"),
        (&rosa, "Forbidden"),
        (&sten, "Invalid"),
    ] {
        let answer = app.call(&make, &[("email", EMAIL)], someone).await;
        assert!(answer.body.contains(told), "{told}: {}", answer.body);
        assert_eq!(count(&app, "count(SELECT VALUE id FROM password_link);").await, 0);
    }
    let made = app.call(&make, &[("email", EMAIL)], &piotr).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.body);
    let html = app.get("/admin/password-link", &piotr.clone().after(&made)).await.body;
    let start = html.find("/sign-in/reset/").unwrap();
    let link = html[start..].split('<').next().unwrap().to_owned();
    assert!(
        !app.get("/admin/password-link", &piotr).await.body.contains(&link),
        "another browser sees it"
    );
    assert_eq!(set(&app, &link, OTHER).await.location(), "/sign-in?notice=password-set");
    assert!(
        sign_in(&app, EMAIL, OTHER, &Someone::default())
            .await
            .session()
            .is_some()
    );
    let used = app.get("/admin/password-link", &piotr.after(&made)).await.body;
    assert!(!used.contains(&link), "a link that was used still stands there");
}

#[tokio::test]
async fn nobody_is_let_in_who_belongs_elsewhere_too() {
    let (app, _, _) = world(false).await;
    let library = app::organisations::store::by_slug(&app.db, "library").await;
    let library = library.unwrap().unwrap();
    let piotr = app.person("piotr", &library, &[Role::OrganisationAdministrator]).await;
    let make = format!("{PASSWORDS}/make_password_link");
    app.db
        .write(
            "UPDATE person SET site_administrator = true WHERE name = 'rosa';",
            vars! {},
        )
        .await
        .unwrap();
    let answer = app.call(&make, &[("email", EMAIL)], &piotr).await;
    assert!(answer.body.contains("look after alone"), "{}", answer.body);
    app.db
        .write("UPDATE person SET site_administrator = false;", vars! {})
        .await
        .unwrap();
    app.organisation("elsewhere", None).await;
    app.db
        .write(
            "LET $rosa = (SELECT VALUE id FROM person WHERE name = 'rosa')[0];
             LET $elsewhere = (SELECT VALUE id FROM organisation WHERE slug = 'elsewhere')[0];
             CREATE type::record('membership', [record::id($rosa), record::id($elsewhere)])
                SET person = $rosa, organisation = $elsewhere, roles = ['learner'];",
            vars! {},
        )
        .await
        .unwrap();
    let answer = app.call(&make, &[("email", EMAIL)], &piotr).await;
    assert!(answer.body.contains("look after alone"), "{}", answer.body);
}

#[tokio::test]
async fn an_invitation_goes_by_letter_and_is_taken_up_once() {
    let (app, sink, rosa) = world(true).await;
    let library = app::organisations::store::by_slug(&app.db, "library").await;
    let library = library.unwrap().unwrap();
    let piotr = app.person("piotr", &library, &[Role::OrganisationAdministrator]).await;
    let invite = app::invitations::api::invite_path();
    let mut fields = vec![
        ("organisation", library.as_str()),
        ("roles[0]", "learner"),
        ("uses", "5"),
        ("email", "lea@library.example"),
        ("key", "thisonlyform"),
    ];
    for someone in [&Someone::default(), &rosa] {
        let before = kept(&app.db).await;
        app.call(invite, &fields, someone).await;
        assert_eq!(kept(&app.db).await, before);
    }
    for _ in 0..2 {
        let made = app.call(invite, &fields, &piotr).await;
        assert_eq!(made.location(), "/organisations/library/invitations?notice=sent");
    }
    let letters = sink.deliver(&app.db).await;
    assert_eq!((letters.len(), letters[0].to[0].as_str()), (1, "lea@library.example"));
    assert_eq!(letters[0].subject(), "piotr invites you to library");
    let link = letters[0].link("http://127.0.0.1:3000/join/");
    let page = app.get("/organisations/library/invitations", &piotr).await.body;
    assert!(
        page.contains("lea@library.example") && page.contains("1 of 1 left"),
        "{page}"
    );
    assert!(!page.contains(&link), "the link is its reader's alone");
    // Nor does the same form show it once the address is left out: that is another link.
    let shown: Vec<_> = fields.iter().copied().filter(|(name, _)| *name != "email").collect();
    let made = app.call(invite, &shown, &piotr).await;
    let mine = piotr.clone().after(&made);
    let page = app.get("/organisations/library/invitations", &mine).await.body;
    assert!(page.contains("Pass this link on") && !page.contains(&link), "{page}");
    let page = app.get(&link, &Someone::default()).await.body;
    assert!(page.contains("value=\"lea@library.example\""), "{page}");
    let join = [
        ("token", link.rsplit('/').next().unwrap()),
        ("name", "Léa"),
        ("email", "lea@library.example"),
        ("password", PASSWORD),
    ];
    let join_path = app::people::api::accept_invitation_path();
    assert!(
        app.call(join_path, &join, &Someone::default())
            .await
            .session()
            .is_some()
    );
    assert_eq!(app.get(&link, &Someone::default()).await.status, StatusCode::NOT_FOUND);
    fields[3].1 = "lea";
    let refused = app.call(invite, &fields, &piotr).await;
    assert!(refused.body.contains("\"email\""), "{}", refused.body);
}

#[tokio::test]
async fn without_mail_administrators_are_told_and_links_are_shown() {
    let (app, sink, rosa) = world(false).await;
    let library = app::organisations::store::by_slug(&app.db, "library").await;
    let library = library.unwrap().unwrap();
    let piotr = app.person("piotr", &library, &[Role::OrganisationAdministrator]).await;
    let told = "No mail is sent from here";
    assert!(app.get("/", &piotr).await.body.contains(told));
    assert!(!app.get("/", &rosa).await.body.contains(told));
    let page = app.get("/organisations/library/invitations", &piotr).await.body;
    assert!(!page.contains("Send it to one person"), "{page}");
    let fields = [
        ("organisation", library.as_str()),
        ("roles[0]", "learner"),
        ("email", "lea@library.example"),
        ("key", "thisonlyform"),
    ];
    let before = kept(&app.db).await;
    let answer = app.call(app::invitations::api::invite_path(), &fields, &piotr).await;
    assert!(
        answer.body.contains("\"email\"") && answer.body.contains(told),
        "{}",
        answer.body
    );
    assert_eq!(kept(&app.db).await, before);
    assert!(sink.deliver(&app.db).await.is_empty());
    let (mailing, _, _) = world(true).await;
    let library = app::organisations::store::by_slug(&mailing.db, "library")
        .await
        .unwrap()
        .unwrap();
    let piotr = mailing
        .person("piotr", &library, &[Role::OrganisationAdministrator])
        .await;
    assert!(!mailing.get("/", &piotr).await.body.contains(told));
}

#[tokio::test]
async fn a_new_device_is_told_of_where_the_address_is_confirmed() {
    let (app, sink, _) = world(true).await;
    let nobody = Someone::default();
    let first = sign_in(&app, EMAIL, PASSWORD, &nobody).await;
    sign_in(&app, EMAIL, PASSWORD, &nobody).await;
    assert!(sink.deliver(&app.db).await.is_empty(), "the address is not confirmed");
    let confirmed = "UPDATE person SET address_confirmed = time::now();";
    app.db.write(confirmed, vars! {}).await.unwrap();
    sign_in(&app, EMAIL, PASSWORD, &nobody.clone().after(&first)).await;
    assert!(sink.deliver(&app.db).await.is_empty(), "the device is known");
    sign_in(&app, EMAIL, PASSWORD, &nobody).await;
    let letters = sink.deliver(&app.db).await;
    assert_eq!((letters.len(), letters[0].to[0].as_str()), (1, EMAIL));
    assert_eq!(letters[0].subject(), "A new device signed in to Carrel");
}
