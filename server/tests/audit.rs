//! The audit log as its readers have it.

use app::people::api::sign_in_path;
use app::viewer::Role;

use crate::access::path;
use crate::support::{PASSWORD, Someone, TestApp};

/// Whoever sits at an open browser and guesses leaves a trace.
#[tokio::test]
async fn a_wrong_password_is_noted_where_one_shows_once_more_who_one_is() {
    let app = TestApp::new().await;
    let library = app.organisation("library", None).await;
    let rosa = app.person("rosa", &library, &[Role::Learner]).await;
    app.with_password(&rosa).await;
    let (confirm, change) = (path("confirm_oneself"), path("change_password"));
    let password = "candle orchard meadow six";
    app.call(&confirm, &[("password", "a wrong guess")], &rosa).await;
    app.call(&change, &[("current", "a wrong guess"), ("password", password)], &rosa)
        .await;
    app.call(&confirm, &[("password", PASSWORD)], &rosa).await;
    let noted: Vec<String> = app
        .db
        .rows(
            "SELECT VALUE whom.name FROM audit_entry WHERE act = 'confirm_failed';",
            app::vars! {},
        )
        .await
        .unwrap();
    assert_eq!(noted, ["rosa", "rosa"]);
}

#[tokio::test]
async fn signing_in_is_noted_also_when_it_fails_and_an_organisation_does_not_read_it() {
    let app = TestApp::new().await;
    let library = app.organisation("library", None).await;
    let rosa = app.person("rosa", &library, &[Role::Learner]).await;
    app.with_password(&rosa).await;
    let piotr = app.person("piotr", &library, &[Role::OrganisationAdministrator]).await;
    let mei = app.person("mei", &library, &[Role::Learner]).await;
    app.db
        .write(
            "UPDATE person SET site_administrator = true WHERE name = 'mei';",
            app::vars! {},
        )
        .await
        .unwrap();
    for password in ["a wrong guess", PASSWORD] {
        let fields = [("email", "rosa@carrel.example"), ("password", password)];
        app.call(sign_in_path(), &fields, &Someone::default()).await;
    }
    let fields = [("email", "nobody@carrel.example"), ("password", PASSWORD)];
    app.call(sign_in_path(), &fields, &Someone::default()).await;
    let table = app.get("/admin/audit.csv?act=sign_in_failed", &mei).await;
    let lines: Vec<&str> = table.body.lines().collect();
    assert_eq!(lines.len(), 3, "{}", table.body);
    assert!(lines[1].contains(",Failed to sign in,,") && lines[2].contains(",Failed to sign in,rosa,"));
    assert!(!table.body.contains("nobody@") && !table.body.contains("wrong guess"));
    let signed_in = app.get("/admin/audit.csv?act=signed_in&who=rosa", &mei).await;
    assert!(signed_in.body.contains(",rosa,Signed in,,"), "{}", signed_in.body);
    let theirs = app.get("/organisations/library/audit.csv", &piotr).await;
    assert!(
        theirs.body.contains("Added to an organisation,rosa,learner"),
        "{}",
        theirs.body
    );
    assert!(!theirs.body.contains("Signed in") && !theirs.body.contains("Failed"));
}
