//! How much of one file is imported is what the site says.

use app::competencies::api::ConfirmImport;
use leptos::server_fn::ServerFn;
use server::config::Config;
use server::imports::Imports;

use crate::index::{file, upload, world_of};
use crate::support::TestApp;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_file_with_more_than_the_site_takes_is_refused_with_the_number() {
    let app = TestApp::configured(Config {
        imports: Imports {
            megabytes: 1,
            statements: 3,
            references: 1,
        },
        ..Config::default()
    })
    .await;
    let world = world_of(app).await;
    let (app, curator) = (&world.app, &world.curator);
    let form = app.get("/studio/import", curator).await;
    assert!(form.body.contains("At most 1 MB."));
    let large = vec![b' '; 1024 * 1024 + 1];
    let answer = upload(&world, curator, world.library.as_str(), &large).await;
    let page = app.get(answer.location(), curator).await;
    assert!(page.body.contains("The file is larger than 1 MB."), "{}", page.body);
    // Four statements: its plan says why not, and saying yes all the same writes nothing.
    let answer = upload(&world, curator, world.library.as_str(), &file()).await;
    let plan = answer.location().to_owned();
    let page = app.get(&plan, curator).await;
    assert!(page.body.contains("at most 3 can be imported"), "{}", page.body);
    let import = plan.rsplit('/').next().unwrap();
    app.form(ConfirmImport::PATH, &plan, &[("import", import)], curator)
        .await;
    assert_eq!(app.get("/index/our-codes", curator).await.status.as_u16(), 404);
}
