//! Lists of staff: sent in, looked at, made into links.

use app::viewer::Role;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{StatusCode, header};

use crate::support::smtp::Sink;
use crate::support::{Answer, PASSWORD, Someone, TestApp};

const LIST: &str = "/api/app/staff/api/load_staff_list";

async fn world() -> (TestApp, Someone) {
    of(TestApp::new().await).await
}

async fn of(app: TestApp) -> (TestApp, Someone) {
    let library = app.organisation("library", None).await;
    let piotr = app.person("piotr", &library, &[Role::OrganisationAdministrator]).await;
    app.person("rosa", &library, &[Role::Learner]).await;
    (app, piotr)
}

async fn send(app: &TestApp, text: &str, someone: &Someone) -> Answer {
    let body = format!(
        "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\n\r\n\
         --x\r\ncontent-disposition: form-data; name=\"text\"\r\n\r\n{text}\r\n--x--\r\n"
    );
    let request = Request::post("/organisations/library/staff/upload")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
    app.send(request, someone, Body::from(body)).await
}

async fn links(app: &TestApp, list: &str, someone: &Someone) -> Answer {
    let request = Request::post(format!("{list}/links.csv"));
    app.send(request, someone, Body::empty()).await
}

async fn renewed(app: &TestApp, list: &str, someone: &Someone) -> Answer {
    let request = Request::post(format!("{list}/links.csv"));
    app.send(request, someone, Body::from("list=x&renew=true")).await
}

const STAFF: &str =
    "name,email,roles\nRosa,ROSA@carrel.example,\nMaya Lindqvist,maya@carrel.example,trainer\nWrong,nowhere,\n";

#[tokio::test]
async fn new_people_get_a_link_and_join_by_it() {
    let (app, piotr) = world().await;
    let sent = send(&app, STAFF, &piotr).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let list = sent.location().to_owned();
    let page = app.get(&list, &piotr).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Make and download 1 link") && page.body.contains("Enter an e-mail address like"));
    let made = links(&app, &list, &piotr).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.body);
    assert_eq!(made.body.lines().count(), 2, "{}", made.body);
    let earlier = made.body.rsplit("/join/").next().unwrap().trim().to_owned();
    // Whoever has a link keeps it, however the address is written, until it is
    // made anew: nobody has two.
    let again = STAFF.replace("maya@", "MAYA@");
    let sent = send(&app, &again, &piotr).await;
    let page = app.get(sent.location(), &piotr).await.body;
    assert!(
        page.contains("Invited until") && page.contains("Make and download 1 link anew"),
        "{page}"
    );
    assert_eq!(links(&app, sent.location(), &piotr).await.status, StatusCode::CONFLICT);
    let works = app.get(&format!("/join/{earlier}"), &Someone::default()).await;
    assert_eq!(works.status, StatusCode::OK);
    let made = renewed(&app, &list, &piotr).await;
    let token = made.body.rsplit("/join/").next().unwrap().trim().to_owned();
    let nobody = Someone::default();
    assert_eq!(
        app.get(&format!("/join/{earlier}"), &nobody).await.status,
        StatusCode::NOT_FOUND
    );
    let page = app.get(&format!("/join/{token}"), &nobody).await;
    assert!(page.body.contains("value=\"maya@carrel.example\"") && page.body.contains("value=\"Maya Lindqvist\""));
    let fields = [
        ("token", token.as_str()),
        ("name", "Maya Lindqvist"),
        ("email", "maya@carrel.example"),
        ("password", PASSWORD),
    ];
    let joined = app
        .form(app::people::api::accept_invitation_path(), "/join/x", &fields, &nobody)
        .await;
    assert!(joined.session().is_some(), "{}", joined.body);
    let page = app.get(&list, &piotr).await;
    assert!(page.body.contains("There is nobody new in this list."));
    assert_eq!(links(&app, &list, &piotr).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn what_is_no_list_comes_back_with_what_was_pasted() {
    let (app, piotr) = world().await;
    let sent = send(&app, "just words", &piotr).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let page = app.get(sent.location(), &piotr).await;
    assert!(page.body.contains("The first row names the columns") && page.body.contains("just words"));
    let large = format!("name,email\n{}", "A person,a@x.example\n".repeat(60_000));
    let sent = send(&app, &large, &piotr).await;
    let page = app.get(sent.location(), &piotr).await;
    assert!(page.body.contains("at most 1 MB"));
}

#[tokio::test]
async fn a_list_is_for_those_who_look_after_the_organisation() {
    let (app, piotr) = world().await;
    let elsewhere = app.organisation("elsewhere", None).await;
    let sten = app.person("sten", &elsewhere, &[Role::OrganisationAdministrator]).await;
    let library = app::organisations::store::by_slug(&app.db, "library")
        .await
        .unwrap()
        .unwrap();
    let sam = app.person("sam", &library, &[Role::Learner, Role::Trainer]).await;
    let sent = send(&app, STAFF, &piotr).await;
    let list = sent.location().to_owned();
    let key = list.rsplit('/').next().unwrap().to_owned();
    let nobody = Someone::default();
    for (someone, upload, see) in [
        (&nobody, 401, "SignInNeeded"),
        (&sten, 404, "NotFound"),
        (&sam, 403, "NotFound"),
    ] {
        assert_eq!(send(&app, STAFF, someone).await.status.as_u16(), upload);
        let seen = app.read(LIST, &[("list", &key)], someone).await;
        assert!(seen.body.contains(see), "{}", seen.body);
        assert!(!links(&app, &list, someone).await.status.is_success());
    }
    let count: Option<i64> = app
        .db
        .row("count(SELECT VALUE id FROM invitation);", app::vars! {})
        .await
        .unwrap();
    assert_eq!(count, Some(0));
    let seen = app.read(LIST, &[("list", &key)], &piotr).await;
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.body);
}

#[tokio::test]
async fn whether_others_have_an_account_is_not_told() {
    let (app, piotr) = world().await;
    let elsewhere = app.organisation("elsewhere", None).await;
    app.person("sten", &elsewhere, &[Role::Learner]).await;
    let sent = send(
        &app,
        "name,email\nSten,sten@carrel.example\nNew,new@carrel.example\n",
        &piotr,
    )
    .await;
    let page = app.get(sent.location(), &piotr).await;
    assert!(page.body.contains("Make and download 2 links"));
}

#[tokio::test]
async fn the_links_of_a_list_go_by_letter() {
    let (app, piotr) = of(TestApp::with_mail().await).await;
    let sink = Sink::open().await;
    let sent = send(&app, STAFF, &piotr).await;
    let list = sent.location().to_owned();
    let page = app.get(&list, &piotr).await.body;
    assert!(page.contains("Send 1 link by letter"), "{page}");
    let key = list.rsplit('/').next().unwrap();
    let path = "/api/app/staff/api/send_staff_links";
    let done = app.form(path, &list, &[("list", key)], &piotr).await;
    assert_eq!(done.location(), format!("{list}?notice=sent"));
    let letters = sink.deliver(&app.db).await;
    assert_eq!((letters.len(), letters[0].to[0].as_str()), (1, "maya@carrel.example"));
    let link = letters[0].link("http://127.0.0.1:3000/join/");
    assert_eq!(app.get(&link, &Someone::default()).await.status, StatusCode::OK);
    // Sent once more, nobody gets a second letter.
    app.form(path, &list, &[("list", key)], &piotr).await;
    assert!(sink.deliver(&app.db).await.is_empty());
}
