//! What an administrator handed out holds while they may act as one: links to new
//! passwords, and invitations.

use app::vars;
use app::viewer::Role;
use axum::http::StatusCode;

use crate::support::{Someone, TestApp};

/// What ends somebody's say, and what gives it back.
const ENDS: [(&str, &str); 4] = [
    (
        "UPDATE person SET suspended_until = time::now() + 1d WHERE name = 'piotr';",
        "UPDATE person SET suspended_until = NONE;",
    ),
    (
        "UPDATE membership SET roles = ['learner'] WHERE person.name = 'piotr';",
        "UPDATE membership SET roles = ['organisation_administrator'] WHERE person.name = 'piotr';",
    ),
    (
        "DELETE membership WHERE person.name = 'piotr';",
        "LET $piotr = (SELECT VALUE id FROM person WHERE name = 'piotr')[0];
         LET $library = (SELECT VALUE id FROM organisation WHERE slug = 'library')[0];
         CREATE type::record('membership', [record::id($piotr), record::id($library)])
            SET person = $piotr, organisation = $library, roles = ['organisation_administrator'];",
    ),
    // Asked for a second factor, which he has not.
    (
        "CREATE sign_in_rule:second_factor SET asked_of = 'administrators', by = (SELECT VALUE id FROM person LIMIT 1)[0];",
        "DELETE sign_in_rule;",
    ),
];

/// A library with somebody who looks after it, and a member with a password.
async fn world() -> (TestApp, Someone) {
    let app = TestApp::new().await;
    let library = app.organisation("library", None).await;
    let rosa = app.person("rosa", &library, &[Role::Learner]).await;
    app.with_password(&rosa).await;
    app.person("stella", &library, &[Role::OrganisationAdministrator]).await;
    let piotr = app.person("piotr", &library, &[Role::OrganisationAdministrator]).await;
    (app, piotr)
}

async fn status(app: &TestApp, address: &str) -> StatusCode {
    app.get(address, &Someone::default()).await.status
}

#[tokio::test]
async fn a_link_to_a_new_password_works_while_its_maker_may_let_in() {
    let (app, piotr) = world().await;
    let make = crate::access::path("make_password_link");
    let made = app.call(&make, &[("email", "rosa@carrel.example")], &piotr).await;
    let page = app.get("/admin/password-link", &piotr.after(&made)).await.body;
    let start = page.find("/sign-in/reset/").unwrap();
    let link = page[start..].split('<').next().unwrap().to_owned();
    let token = link.rsplit('/').next().unwrap();
    let set = crate::access::path("set_new_password");
    let fields = [("token", token), ("password", "seven quiet lanterns burning")];
    app.organisation("elsewhere", None).await;
    let belongs_elsewhere = (
        "LET $rosa = (SELECT VALUE id FROM person WHERE name = 'rosa')[0];
         LET $elsewhere = (SELECT VALUE id FROM organisation WHERE slug = 'elsewhere')[0];
         CREATE type::record('membership', [record::id($rosa), record::id($elsewhere)])
            SET person = $rosa, organisation = $elsewhere, roles = ['learner'];",
        "DELETE membership WHERE organisation.slug = 'elsewhere';",
    );
    let site_administrator = (
        "UPDATE person SET site_administrator = true WHERE name = 'rosa';",
        "UPDATE person SET site_administrator = false WHERE name = 'rosa';",
    );
    for (ended, back) in ENDS.into_iter().chain([belongs_elsewhere, site_administrator]) {
        assert_eq!(status(&app, &link).await, StatusCode::OK, "before {ended}");
        app.db.write(ended, vars! {}).await.unwrap();
        assert_eq!(status(&app, &link).await, StatusCode::NOT_FOUND, "{ended}");
        let refused = app.call(&set, &fields, &Someone::default()).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND, "{ended}: {}", refused.body);
        app.db.write(back, vars! {}).await.unwrap();
    }
    let done = app.call(&set, &fields, &Someone::default()).await;
    assert!(done.status.as_u16() < 400, "{}", done.body);
}

#[tokio::test]
async fn an_invitation_holds_while_its_maker_may_act() {
    let (app, piotr) = world().await;
    let library = app::organisations::store::by_slug(&app.db, "library")
        .await
        .unwrap()
        .unwrap();
    let token = app.invitation(&library, Role::OrganisationAdministrator, &piotr).await;
    let link = format!("/join/{token}");
    for (ended, back) in ENDS {
        assert_eq!(status(&app, &link).await, StatusCode::OK, "before {ended}");
        app.db.write(ended, vars! {}).await.unwrap();
        assert_eq!(status(&app, &link).await, StatusCode::NOT_FOUND, "{ended}");
        let accept = [
            ("token", token.as_str()),
            ("name", "Sam Hale"),
            ("email", "sam@carrel.example"),
            ("password", crate::support::PASSWORD),
        ];
        let accepted = app
            .call(app::people::api::accept_invitation_path(), &accept, &Someone::default())
            .await;
        assert_eq!(accepted.status, StatusCode::NOT_FOUND, "{ended}: {}", accepted.body);
        app.db.write(back, vars! {}).await.unwrap();
    }
}

#[tokio::test]
async fn an_invitation_that_has_run_out_lets_nobody_in() {
    let (app, piotr) = world().await;
    let library = app::organisations::store::by_slug(&app.db, "library").await;
    let library = library.unwrap().unwrap();
    let token = app.invitation(&library, Role::Trainer, &piotr).await;
    let elsewhere = app.organisation("elsewhere", None).await;
    let sten = app.person("sten", &elsewhere, &[Role::Learner]).await;
    let link = format!("/join/{token}");
    assert_eq!(status(&app, &link).await, StatusCode::OK);
    let run_out = "UPDATE invitation SET expires = time::now() - 1s;";
    app.db.write(run_out, vars! {}).await.unwrap();
    for someone in [&Someone::default(), &sten] {
        assert_eq!(app.get(&link, someone).await.status, StatusCode::NOT_FOUND);
    }
    let new = [
        ("token", token.as_str()),
        ("name", "Sam Hale"),
        ("email", "sam@carrel.example"),
        ("password", "seven quiet lanterns burning"),
    ];
    let made = app
        .call(&crate::access::path("accept_invitation"), &new, &Someone::default())
        .await;
    assert_eq!(made.status, StatusCode::NOT_FOUND, "{}", made.body);
    let joined = app
        .call(&crate::access::path("join_organisation"), &new[..1], &sten)
        .await;
    assert_eq!(joined.status, StatusCode::NOT_FOUND, "{}", joined.body);
    let here: Option<i64> = app
        .db
        .row(
            "count(SELECT VALUE id FROM membership WHERE organisation.slug = 'library');",
            vars! {},
        )
        .await
        .unwrap();
    assert_eq!(here, Some(3));
}
