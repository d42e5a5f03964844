//! Evidence that comes with a file: sent in, served to those who may see it, kept
//! within bounds.

use app::id::OrganisationId;
use app::vars;
use app::viewer::Role;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use server::config::Config;
use server::evidence::Files;

use crate::access::path;
use crate::pictures::GREEN;
use crate::support::{Answer, Someone, TestApp};

pub const PDF: &[u8] = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n";

/// A set in force with one statement.
pub const STATEMENT: &str = "
    CREATE competency_set:s SET slug = 's', identifier = 's', organisation = $library, title = 'Set';
    CREATE edition:s SET competency_set = competency_set:s, number = 1, state = 'draft', levels = [{ label: 'No', description: '' }];
    CREATE node:s SET edition = edition:s, identifier = 's', kind = 'statement', depth = 0, position = 0, address = 's', code = 's',
        title = 'Reads a budget';
    UPDATE edition:s SET state = 'published', published = time::now();";

struct World {
    app: TestApp,
    library: OrganisationId,
    rosa: Someone,
    tina: Someone,
    sam: Someone,
}

async fn world_of(app: TestApp) -> World {
    let library = app.organisation("library", None).await;
    let rosa = app.person("rosa", &library, &[Role::Learner]).await;
    let tina = app.person("tina", &library, &[Role::Trainer]).await;
    let sam = app.person("sam", &library, &[Role::Learner]).await;
    app.db
        .run(STATEMENT, vars! { "library" => library.clone() })
        .await
        .unwrap();
    World {
        app,
        library,
        rosa,
        tina,
        sam,
    }
}

async fn world() -> World {
    world_of(TestApp::new().await).await
}

/// A form with a file, as a browser sends it.
pub async fn sent(
    app: &TestApp,
    address: &str,
    fields: &[(&str, &str)],
    file: Option<(&str, &[u8])>,
    someone: &Someone,
) -> Answer {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes());
    }
    let (name, content) = file.unwrap_or(("", b""));
    let head = format!(
        "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\ncontent-type: text/html\r\n\r\n"
    );
    body.extend(head.into_bytes());
    body.extend(content);
    body.extend(b"\r\n--x--\r\n");
    let request = Request::post(address)
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
    app.send(request, someone, Body::from(body)).await
}

const NEW: &str = "/me/evidence/new/s";

async fn put_down(world: &World, title: &str, file: (&str, &[u8])) -> Answer {
    sent(
        &world.app,
        NEW,
        &[("title", title), ("key", title)],
        Some(file),
        &world.rosa,
    )
    .await
}

/// The address of the first file of a page.
fn address(page: &Answer) -> String {
    let start = page
        .body
        .find("/files/evidence/")
        .unwrap_or_else(|| panic!("{}", page.body));
    page.body[start..].split('"').next().unwrap().to_owned()
}

async fn shared(world: &World) {
    let soon = app::time::today("UTC");
    let with = format!("trainer-{}", world.library);
    let fields = [
        ("what", "evidence"),
        ("with", with.as_str()),
        ("purpose", "A talk"),
        ("last_day", soon.as_str()),
    ];
    let done = world.app.call(&path("share"), &fields, &world.rosa).await;
    assert!(done.status.as_u16() < 400, "{}", done.body);
}

#[tokio::test]
async fn a_document_is_saved_by_those_whom_evidence_is_shown_to_and_is_no_page() {
    let world = world().await;
    let (app, rosa) = (&world.app, &world.rosa);
    let done = put_down(&world, "Led a talk", ("Talks/Bücher.pdf", PDF)).await;
    assert_eq!(
        (done.status, done.location()),
        (StatusCode::SEE_OTHER, "/me/evidence?statement=s&notice=evidence")
    );
    let page = app.get(done.location(), rosa).await;
    assert!(page.body.contains("Added. It stands below."), "{}", page.body);
    let file = address(&page);
    let own = app.get(&file, rosa).await;
    assert_eq!((own.status, own.body.as_bytes()), (StatusCode::OK, PDF));
    for (name, value) in [
        (header::CONTENT_TYPE, "application/pdf"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "private, no-cache"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox",
        ),
    ] {
        assert_eq!(own.headers.get(&name).unwrap(), value, "{name}");
    }
    let disposition = own.headers[header::CONTENT_DISPOSITION].to_str().unwrap();
    assert!(disposition.starts_with("attachment; filename=\""), "{disposition}");
    assert!(!disposition.contains("Talks"), "{disposition}");
    let nobody = Someone::default();
    for someone in [&world.tina, &world.sam, &nobody] {
        assert_eq!(app.get(&file, someone).await.status, StatusCode::NOT_FOUND);
    }
    shared(&world).await;
    assert_eq!(app.get(&file, &world.tina).await.status, StatusCode::OK);
    assert_eq!(app.get(&file, &world.sam).await.status, StatusCode::NOT_FOUND);
    let looks: Vec<String> = app.db.rows("SELECT VALUE what FROM look;", vars! {}).await.unwrap();
    assert_eq!(looks, ["evidence"], "that somebody looked is noted");
}

#[tokio::test]
async fn a_picture_is_made_anew_and_shown() {
    let world = world().await;
    let done = put_down(&world, "A display", ("display.png", GREEN)).await;
    let page = world.app.get(done.location(), &world.rosa).await;
    assert!(
        page.body.contains("alt=\"A display\"") && page.body.contains("width=\"1\""),
        "{}",
        page.body
    );
    let seen = world.app.get(&address(&page), &world.rosa).await;
    let kind = seen.headers[header::CONTENT_TYPE].to_str().unwrap();
    assert!(["image/jpeg", "image/webp"].contains(&kind), "{kind}");
    assert_eq!(seen.headers[header::CONTENT_DISPOSITION], "inline");
}

#[tokio::test]
async fn what_only_says_that_it_is_a_page_is_text_to_save() {
    let world = world().await;
    let html = b"<html><script>alert(1)</script></html>";
    let done = put_down(&world, "A page", ("page.html", html)).await;
    let page = world.app.get(done.location(), &world.rosa).await;
    let seen = world.app.get(&address(&page), &world.rosa).await;
    assert_eq!(seen.headers[header::CONTENT_TYPE], "text/plain; charset=utf-8");
    let disposition = seen.headers[header::CONTENT_DISPOSITION].to_str().unwrap();
    assert!(disposition.contains("filename=\"page.html.txt\""), "{disposition}");
}

#[tokio::test]
async fn a_refused_form_of_evidence_keeps_what_was_typed() {
    let world = world().await;
    let (app, rosa) = (&world.app, &world.rosa);
    let typed = [
        ("title", "Led a talk"),
        ("body", "Words that took an hour"),
        ("key", "k"),
    ];
    let large = vec![b'x'; 11 * 1024 * 1024];
    for (file, words) in [
        (Some(("a.exe", b"MZ\x90\0".as_slice())), "Choose a PDF"),
        (Some(("a.txt", b"".as_slice())), "This file is empty."),
        (Some(("a.txt", large.as_slice())), "at most 10 MB"),
    ] {
        let refused = sent(app, NEW, &typed, file, rosa).await;
        assert_eq!(refused.status, StatusCode::SEE_OTHER);
        let page = app.get(refused.location(), rosa).await;
        assert!(
            page.body.contains(words) && page.body.contains("Words that took an hour"),
            "{words}: {}",
            page.body
        );
    }
    // The file was fine, and has to be chosen again all the same.
    let refused = sent(
        app,
        NEW,
        &[("title", ""), ("body", "Words")],
        Some(("a.pdf", PDF)),
        rosa,
    )
    .await;
    let page = app.get(refused.location(), rosa).await;
    assert!(page.body.contains("choose it again"), "{}", page.body);
    // Whoever is signed in no more finds it again in the same browser.
    let nobody = Someone::default();
    let refused = sent(app, NEW, &typed, None, &nobody).await;
    let back = rosa.clone().after(&refused);
    let page = app.get(refused.location(), &back).await;
    assert!(page.body.contains("Words that took an hour"), "{}", page.body);
    let count = "count(SELECT VALUE id FROM evidence);";
    let count: Option<i64> = app.db.row(count, vars! {}).await.unwrap();
    assert_eq!(count, Some(0), "nothing is half saved");
}

#[tokio::test]
async fn files_of_one_person_have_so_much_room() {
    let evidence = Files {
        megabytes: 1,
        megabytes_of_a_person: 1,
    };
    let config = Config {
        evidence,
        ..Config::default()
    };
    let world = world_of(TestApp::configured(config).await).await;
    let text = vec![b'x'; 700 * 1024];
    let first = put_down(&world, "One", ("a.txt", &text)).await;
    assert!(first.location().contains("notice="), "{}", first.location());
    let second = put_down(&world, "Two", ("b.txt", &text)).await;
    let page = world.app.get(second.location(), &world.rosa).await;
    assert!(page.body.contains("have at most 1 MB together"), "{}", page.body);
    // What was taken out an hour ago takes no room any more, and its file goes.
    let gone = "UPDATE evidence SET removed = time::now() - 2h;";
    world.app.db.write(gone, vars! {}).await.unwrap();
    let second = put_down(&world, "Two", ("b.txt", &text)).await;
    assert!(second.location().contains("notice="), "{}", second.location());
    let folder = world.app.files.path();
    let files = || std::fs::read_dir(folder.join("evidence")).unwrap().count();
    assert_eq!(files(), 2);
    for entry in std::fs::read_dir(folder.join("evidence")).unwrap() {
        let file = std::fs::File::options()
            .write(true)
            .open(entry.unwrap().path())
            .unwrap();
        let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(2 * 60 * 60);
        file.set_modified(long_ago).unwrap();
    }
    app::evidence::store::forget_loose(&world.app.db, folder).await.unwrap();
    assert_eq!(files(), 1, "of what is there still the file stays");
}

#[tokio::test]
async fn a_file_is_added_to_a_piece_that_holds_none() {
    let world = world().await;
    let (app, rosa) = (&world.app, &world.rosa);
    sent(app, NEW, &[("title", "Led a talk"), ("body", "Words")], None, rosa).await;
    let id = "SELECT VALUE record::id(id) FROM evidence;";
    let id: String = app.db.row(id, vars! {}).await.unwrap().unwrap();
    let add = format!("/me/evidence/files/{id}");
    let refused = sent(app, &add, &[], Some(("a.pdf", PDF)), &world.sam).await;
    let page = app.get(refused.location(), &world.sam).await;
    assert!(!page.body.contains("a.pdf"), "{}", page.body);
    for _ in 0..2 {
        let done = sent(app, &add, &[], Some(("a.pdf", PDF)), rosa).await;
        assert_eq!(done.location(), "/me/evidence", "the same again changes nothing");
    }
    let other = sent(app, &add, &[], Some(("b.txt", b"Other words")), rosa).await;
    assert!(other.location().contains("draft="), "{}", other.location());
    let page = app.get("/me/evidence", rosa).await;
    assert!(
        page.body.contains("a.pdf") && !page.body.contains("b.txt"),
        "{}",
        page.body
    );
    // Now the file is enough by itself.
    let emptied = [("evidence", id.as_str()), ("title", "Led a talk"), ("body", "")];
    let done = app.call(&path("change_evidence"), &emptied, rosa).await;
    assert!(done.status.as_u16() < 400, "{}", done.body);
}

#[tokio::test]
async fn a_form_that_came_back_and_went_well_is_empty_again() {
    let world = world().await;
    let (app, rosa) = (&world.app, &world.rosa);
    sent(app, NEW, &[("title", "Led a talk"), ("body", "Words")], None, rosa).await;
    let id = "SELECT VALUE record::id(id) FROM evidence;";
    let id: String = app.db.row(id, vars! {}).await.unwrap().unwrap();
    let change = |title: &'static str| {
        [
            ("evidence", id.clone()),
            ("title", title.into()),
            ("body", "Words".into()),
        ]
    };
    let send = async |title: &'static str, from: &str| {
        let fields = change(title);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        app.form(&path("change_evidence"), from, &fields, rosa).await
    };
    let refused = send("", "/me/evidence").await;
    assert!(refused.location().contains("draft="), "{}", refused.location());
    let from = refused.location().to_owned();
    let done = send("Led two talks", &from).await;
    assert!(!done.location().contains("draft="), "{}", done.location());
}
