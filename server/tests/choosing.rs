//! Choosing one of many organisations without the browser code.

use app::vars;
use app::viewer::Role;
use axum::http::StatusCode;

use crate::support::TestApp;

#[tokio::test]
async fn an_organisation_far_down_is_found_and_chosen_by_plain_links() {
    let app = TestApp::new().await;
    let state = app.organisation("state", None).await;
    app.db
        .write(
            "FOR $n IN 100..320 {
                LET $place = type::record('organisation', string::concat('many', <string> $n));
                CREATE $place SET slug = record::id($place), name = string::concat('Branch ', <string> $n), kind = 'branch',
                    timezone = 'UTC', parent = $state, line = [$place, $state];
             };",
            vars! { "state" => state.clone() },
        )
        .await
        .unwrap();
    let roles = [Role::Trainer, Role::Curator];
    let tina = app.person("tina", &state, &roles).await;
    for page in ["/studio/courses/new", "/studio/sets/new", "/studio/import"] {
        let form = app.get(page, &tina).await;
        assert_eq!(form.status, StatusCode::OK, "{page}");
        assert!(form.body.contains("Find an organisation"), "{page}");
        assert!(!form.body.contains("Branch 319"), "{page}: it is past what is offered");
        let found = app.get(&format!("{page}?find=organisation&q=branch+319"), &tina).await;
        let link = format!("href=\"{page}?organisation=many319\"");
        assert!(found.body.contains(&link), "{page}: {link} in {}", found.body);
        let chosen = app.get(&format!("{page}?organisation=many319"), &tina).await;
        let first = chosen.body.split("<option").nth(1).unwrap_or_default();
        assert!(first.contains("many319"), "{page}: {first}");
    }
}
