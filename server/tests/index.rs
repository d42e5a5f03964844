//! The competency index from outside: addresses, downloads, uploads.

use app::competencies::api::{ConfirmImport, FetchImport, MatchColumns, PublishEdition, UndoImport};
use app::competencies::import;
use app::exchange::{ExchangeNode, ExchangeSet, case};
use app::viewer::Role;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use leptos::server_fn::ServerFn;

use crate::support::{Answer, Someone, TestApp};

const CODES: [&str; 4] = ["LM 3.4", "a/b", "100%25 #1?&", "Größe 図"];

pub(crate) struct World {
    pub(crate) app: TestApp,
    pub(crate) library: app::id::OrganisationId,
    pub(crate) curator: Someone,
    stranger: Someone,
}

async fn world() -> World {
    world_of(TestApp::new().await).await
}

pub(crate) async fn world_of(app: TestApp) -> World {
    let library = app.organisation("library", None).await;
    let elsewhere = app.organisation("elsewhere", None).await;
    let curator = app.person("cora", &library, &[Role::Curator]).await;
    let stranger = app.person("sten", &elsewhere, &[Role::Curator]).await;
    World {
        app,
        library,
        curator,
        stranger,
    }
}

pub(crate) fn file() -> Vec<u8> {
    let node = |(number, code): (usize, &&str)| ExchangeNode {
        identifier: uuid::Uuid::from_u128(0x0b2e_9dd4_2d2c_4c7e_8e6c_0000_0000_0001 + number as u128),
        code: Some((*code).to_owned()),
        title: format!("Statement of number {number}"),
        ..ExchangeNode::default()
    };
    let set = ExchangeSet {
        identifier: uuid::Uuid::from_u128(0x0b2e_9dd4_2d2c_4c7e_8e6c_0000_0000_0000),
        title: "Codes".into(),
        nodes: CODES.iter().enumerate().map(node).collect(),
        ..ExchangeSet::default()
    };
    serde_json::to_vec(&case::emit(
        &set,
        set.identifier,
        "https://carrel.example",
        "2026-11-23T00:00:00Z",
    ))
    .unwrap()
}

async fn imported(world: &World, publish: bool) -> app::id::EditionId {
    let planned = import::plan(&world.app.db, &world.library, "", "codes.json", file())
        .await
        .unwrap();
    import::apply(&world.app.db, &planned, publish).await.unwrap().edition
}

pub(crate) async fn upload(world: &World, someone: &Someone, organisation: &str, content: &[u8]) -> Answer {
    let mut body = Vec::new();
    for (name, value) in [("organisation", organisation), ("title", "Our codes")] {
        body.extend(format!("--xyz\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
    }
    body.extend(b"--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"codes.json\"\r\n\r\n");
    body.extend(content);
    body.extend(b"\r\n--xyz--\r\n");
    let request = Request::post("/studio/import/upload")
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=xyz");
    world.app.send(request, someone, Body::from(body)).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_old_code_leads_to_the_new_one() {
    let world = world().await;
    let draft = imported(&world, false).await;
    world
        .app
        .db
        .write(
            "UPDATE node SET address = 'LM 9', code = 'LM 9' WHERE edition = $edition AND address = 'LM 3.4';
             CREATE old_address SET id = [record::id($edition), 'LM 3.4'], edition = $edition, address = 'LM 3.4',
                identifier = '0b2e9dd4-2d2c-4c7e-8e6c-000000000001';",
            app::vars! { "edition" => draft.clone() },
        )
        .await
        .unwrap();
    let old = "/index/codes/1/LM%203.4";
    let hidden = world.app.get(old, &Someone::default()).await;
    assert_eq!(
        (hidden.status, hidden.location()),
        (StatusCode::NOT_FOUND, ""),
        "a draft is nobody else’s"
    );
    let shown = world.app.get(old, &world.curator).await;
    assert_eq!(
        (shown.status, shown.location()),
        (StatusCode::PERMANENT_REDIRECT, "/index/codes/1/LM%209")
    );
    app::competencies::store::publish_draft(&world.app.db, &draft)
        .await
        .unwrap();
    let public = world.app.get(old, &Someone::default()).await;
    assert_eq!(public.location(), "/index/codes/1/LM%209");
    assert_eq!(
        world.app.get(public.location(), &Someone::default()).await.status,
        StatusCode::OK
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn awkward_codes_are_reached_by_the_links_that_the_tree_shows() {
    let world = world().await;
    imported(&world, true).await;
    let tree = world.app.get("/index/codes/1", &Someone::default()).await;
    assert_eq!(tree.status, StatusCode::OK);
    for (number, code) in CODES.iter().enumerate() {
        let href = format!("/index/codes/1/{}", app::paths::segment(code));
        assert!(
            tree.body.contains(&format!("href=\"{href}\"")),
            "{href} in {}",
            tree.body
        );
        let page = world.app.get(&href, &Someone::default()).await;
        assert_eq!(page.status, StatusCode::OK, "{code}");
        assert!(
            page.body.contains(&format!("<h1>Statement of number {number}")),
            "{code}"
        );
    }
    for nothing in [
        "/index/codes/1/none",
        "/index/codes/01",
        "/index/codes/x",
        "/index/codes/2",
        "/index/none",
    ] {
        assert_eq!(
            world.app.get(nothing, &Someone::default()).await.status,
            StatusCode::NOT_FOUND,
            "{nothing}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn downloads_are_open_when_published_and_closed_before() {
    let world = world().await;
    let edition = imported(&world, false).await;
    let paths = [
        "/index/codes/1/export/case.json",
        "/index/codes/1/export/moodle.csv",
        "/index/codes/1/export/sheet.csv",
        "/index/codes/1/export/sheet.xlsx",
    ];
    for path in paths {
        for other in [Someone::default(), world.stranger.clone()] {
            assert_eq!(world.app.get(path, &other).await.status, StatusCode::NOT_FOUND);
        }
        assert_eq!(world.app.get(path, &world.curator).await.status, StatusCode::OK);
    }
    let fields = [("edition", edition.as_str()), ("understood", "true")];
    for other in [Someone::default(), world.stranger.clone()] {
        world
            .app
            .form(PublishEdition::PATH, "/index/codes/1", &fields, &other)
            .await;
        assert_eq!(
            world.app.get(paths[0], &Someone::default()).await.status,
            StatusCode::NOT_FOUND
        );
    }
    // Without its box ticked nothing is published.
    let unticked = &fields[..1];
    world
        .app
        .form(PublishEdition::PATH, "/index/codes/1", unticked, &world.curator)
        .await;
    assert_eq!(
        world.app.get(paths[0], &Someone::default()).await.status,
        StatusCode::NOT_FOUND
    );
    let answer = world
        .app
        .form(PublishEdition::PATH, "/index/codes/1", &fields, &world.curator)
        .await;
    assert_eq!(answer.location(), "/index/codes/1?notice=published");
    for path in paths {
        let answer = world.app.get(path, &Someone::default()).await;
        assert_eq!(answer.status, StatusCode::OK);
        let disposition = answer.headers[header::CONTENT_DISPOSITION].to_str().unwrap();
        assert!(
            disposition.starts_with("attachment; filename=\"codes-1-"),
            "{disposition}"
        );
        let packed = path.ends_with("xlsx") && answer.body.starts_with("PK");
        assert!(packed || answer.body.contains("Statement of number 3"), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_file_is_uploaded_looked_at_and_confirmed_without_javascript() {
    let world = world().await;
    let answer = upload(&world, &world.curator, world.library.as_str(), &file()).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let plan = answer.location().to_owned();
    let page = world.app.get(&plan, &world.curator).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("<h1>Our codes") && page.body.contains("Statement of number 2"));
    assert_eq!(
        world.app.get(&plan, &world.stranger).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        world.app.get(&plan, &Someone::default()).await.status,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(
        world.app.get("/index/our-codes", &world.curator).await.status,
        StatusCode::NOT_FOUND
    );
    let import = plan.rsplit('/').next().unwrap();
    let answer = world
        .app
        .form(ConfirmImport::PATH, &plan, &[("import", import)], &world.curator)
        .await;
    assert_eq!(
        answer.location(),
        format!("/index/our-codes/1?notice=imported&import={import}")
    );
    assert_eq!(
        world.app.get("/index/our-codes", &world.curator).await.status,
        StatusCode::OK
    );
    let again = world
        .app
        .form(ConfirmImport::PATH, &plan, &[("import", import)], &world.curator)
        .await;
    assert_eq!(
        again.location(),
        format!("/index/our-codes/1?notice=unchanged&import={import}")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_refused_upload_comes_back_with_what_was_typed() {
    let world = world().await;
    for (organisation, content) in [(world.library.as_str(), &b""[..]), ("nowhere", b"{}")] {
        let answer = upload(&world, &world.curator, organisation, content).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert!(
            answer.location().starts_with("/studio/import?draft="),
            "{}",
            answer.location()
        );
        let page = world.app.get(answer.location(), &world.curator).await;
        assert!(page.body.contains("value=\"Our codes\""), "{}", page.body);
    }
    let answer = upload(&world, &Someone::default(), world.library.as_str(), &file()).await;
    assert!(answer.location().starts_with("/studio/import?draft="));
    assert_eq!(
        world.app.get("/studio/import", &Someone::default()).await.status,
        StatusCode::UNAUTHORIZED
    );
    let learner = world.app.person("lea", &world.library, &[Role::Learner]).await;
    assert_eq!(
        world.app.get("/studio/import", &learner).await.status,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_columns_of_a_table_are_said_and_remembered() {
    let world = world().await;
    let table = "Colour,Was,Weight\nRed,Counts,1\nBlue,Reads,2\n";
    let answer = upload(&world, &world.curator, world.library.as_str(), table.as_bytes()).await;
    let plan = answer.location().to_owned();
    let page = world.app.get(&plan, &world.curator).await;
    assert!(page.body.contains("What the columns are") && page.body.contains("Say which column"));
    let import = plan.rsplit('/').next().unwrap();
    let said = [
        ("import", import),
        ("columns[0]", "ignored"),
        ("columns[1]", "statement"),
        ("columns[2]", "code"),
    ];
    for (other, status) in [
        (Someone::default(), StatusCode::UNAUTHORIZED),
        (world.stranger.clone(), StatusCode::NOT_FOUND),
    ] {
        assert_eq!(world.app.call(MatchColumns::PATH, &said, &other).await.status, status);
    }
    let odd = [("import", import), ("columns[0]", "anything")];
    let answer = world.app.call(MatchColumns::PATH, &odd, &world.curator).await;
    assert!(answer.body.contains("Invalid"), "{}", answer.body);
    let page = world.app.get(&plan, &world.curator).await;
    assert!(page.body.contains("Say which column"));

    let answer = world.app.form(MatchColumns::PATH, &plan, &said, &world.curator).await;
    assert_eq!(answer.location(), plan);
    let page = world.app.get(&plan, &world.curator).await;
    assert!(page.body.contains("This set is new here") && page.body.contains("Reads"));
    let answer = world
        .app
        .form(ConfirmImport::PATH, &plan, &[("import", import)], &world.curator)
        .await;
    assert_eq!(
        answer.location(),
        format!("/index/our-codes/1?notice=imported&import={import}")
    );

    // What goes out comes back as what is there.
    let out = world
        .app
        .get("/index/our-codes/1/export/sheet.csv", &world.curator)
        .await;
    let answer = upload(&world, &world.curator, world.library.as_str(), out.body.as_bytes()).await;
    let page = world.app.get(answer.location(), &world.curator).await;
    assert!(page.body.contains("There is nothing to import"), "{}", page.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_address_is_fetched_for_curators_and_only_from_outside() {
    let world = world().await;
    let fields = [
        ("organisation", world.library.as_str()),
        ("title", "Our codes"),
        ("address", "http://127.0.0.1:1/set.json"),
    ];
    let learner = world.app.person("lea", &world.library, &[Role::Learner]).await;
    for (other, told) in [
        (&Someone::default(), "SignInNeeded"),
        (&learner, "Forbidden"),
        (&world.stranger, "organisation"),
        (&world.curator, "not on the public internet"),
    ] {
        let answer = world.app.call(FetchImport::PATH, &fields, other).await;
        assert!(answer.body.contains(told), "{told}: {}", answer.body);
    }
    let answer = world
        .app
        .form(FetchImport::PATH, "/studio/import", &fields, &world.curator)
        .await;
    let page = world
        .app
        .get(answer.location(), &world.curator.clone().after(&answer))
        .await;
    assert!(
        page.body.contains("not on the public internet") && page.body.contains("value=\"http://127.0.0.1:1/set.json\"")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_import_is_taken_back_by_those_who_may_import() {
    let world = world().await;
    let answer = upload(&world, &world.curator, world.library.as_str(), &file()).await;
    let plan = answer.location().to_owned();
    let fields = [("import", plan.rsplit('/').next().unwrap())];
    world
        .app
        .form(ConfirmImport::PATH, &plan, &fields, &world.curator)
        .await;
    for (other, status) in [
        (Someone::default(), StatusCode::UNAUTHORIZED),
        (world.stranger.clone(), StatusCode::NOT_FOUND),
    ] {
        assert_eq!(world.app.call(UndoImport::PATH, &fields, &other).await.status, status);
    }
    let page = world.app.get(&plan, &world.curator).await;
    assert!(page.body.contains("Take the import back"));
    let answer = world.app.form(UndoImport::PATH, &plan, &fields, &world.curator).await;
    assert_eq!(answer.location(), format!("{plan}?notice=undone"));
    let page = world.app.get(answer.location(), &world.curator).await;
    assert!(page.body.contains("was taken back") && page.body.contains("This set is new here"));
    let set = world.app.get("/index/our-codes", &world.curator).await;
    assert_eq!(set.status, StatusCode::NOT_FOUND);
}
