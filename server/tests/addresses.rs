//! E-mail addresses: confirmed by a letter, changed by a letter, or at once
//! where no mail is sent.

use app::people::api::accept_invitation_path;
use app::viewer::Role;
use axum::http::StatusCode;

use crate::mail::{EMAIL, sign_in, world};
use crate::support::{PASSWORD, Someone};

const ADDRESS: &str = "/api/app/people/address/api";

#[tokio::test]
async fn whoever_joins_confirms_their_address() {
    let (app, sink, _) = world(true).await;
    let library = app::organisations::store::by_slug(&app.db, "library")
        .await
        .unwrap()
        .unwrap();
    let piotr = app.person("piotr", &library, &[Role::OrganisationAdministrator]).await;
    let token = app.invitation(&library, Role::Learner, &piotr).await;
    let new = [
        ("token", token.as_str()),
        ("name", "Sam Hale"),
        ("email", "sam@carrel.example"),
        ("password", PASSWORD),
    ];
    let joined = app
        .form(
            accept_invitation_path(),
            &format!("/join/{token}"),
            &new,
            &Someone::default(),
        )
        .await;
    let sam = joined.session().unwrap();
    let letters = sink.deliver(&app.db).await;
    assert_eq!((letters.len(), letters[0].to[0].as_str()), (1, "sam@carrel.example"));
    let link = letters[0].link("http://127.0.0.1:3000/confirm-address/");
    let page = app.get("/me/settings/address", &sam).await.body;
    assert!(page.contains("Not confirmed yet"), "{page}");
    assert!(
        app.get(&link, &Someone::default())
            .await
            .body
            .contains("This is my address")
    );
    assert!(
        app.get("/me/settings/address", &sam)
            .await
            .body
            .contains("Not confirmed yet"),
        "a look confirmed it"
    );
    let token = link.rsplit('/').next().unwrap();
    let confirm = format!("{ADDRESS}/confirm_address");
    let done = app
        .form(&confirm, &link, &[("token", token)], &Someone::default())
        .await;
    assert_eq!(done.location(), "/sign-in?notice=address-confirmed");
    assert!(
        app.get("/me/settings/address", &sam)
            .await
            .body
            .contains("Confirmed on")
    );
    let again = app.call(&confirm, &[("token", token)], &Someone::default()).await;
    assert!(again.body.contains("NotFound"), "{}", again.body);
}

#[tokio::test]
async fn an_address_changes_when_its_letter_is_answered() {
    let (app, sink, rosa) = world(true).await;
    let library = app::organisations::store::by_slug(&app.db, "library")
        .await
        .unwrap()
        .unwrap();
    app.person("tomas", &library, &[Role::Learner]).await;
    let change = format!("{ADDRESS}/change_address");
    let visitor = app
        .call(
            &change,
            &[("email", "x@carrel.example"), ("password", PASSWORD)],
            &Someone::default(),
        )
        .await;
    assert!(visitor.body.contains("SignInNeeded"), "{}", visitor.body);
    let wrong = app
        .call(
            &change,
            &[("email", "x@carrel.example"), ("password", "a guess")],
            &rosa,
        )
        .await;
    assert!(wrong.body.contains("Invalid"), "{}", wrong.body);

    let taken = app
        .call(
            &change,
            &[("email", "Tomas@carrel.example"), ("password", PASSWORD)],
            &rosa,
        )
        .await;
    let told: Vec<String> = sink
        .deliver(&app.db)
        .await
        .into_iter()
        .flat_map(|letter| letter.to)
        .collect();
    assert_eq!(told, [EMAIL], "only the old address hears of it");
    let free = app
        .call(
            &change,
            &[("email", "rosa.marin@carrel.example"), ("password", PASSWORD)],
            &rosa,
        )
        .await;
    assert_eq!((taken.status, taken.body), (free.status, free.body));
    let letters = sink.deliver(&app.db).await;
    assert_eq!(letters.len(), 2);
    let letter = letters
        .iter()
        .find(|letter| letter.to == ["rosa.marin@carrel.example"])
        .unwrap();
    let link = letter.link("http://127.0.0.1:3000/confirm-address/");
    assert!(
        sign_in(&app, "rosa.marin@carrel.example", PASSWORD, &Someone::default())
            .await
            .session()
            .is_none()
    );
    let token = link.rsplit('/').next().unwrap();
    let done = app
        .form(&format!("{ADDRESS}/confirm_address"), &link, &[("token", token)], &rosa)
        .await;
    assert_eq!(done.location(), "/me/settings/address?notice=confirmed");
    assert!(
        sign_in(&app, "rosa.marin@carrel.example", PASSWORD, &Someone::default())
            .await
            .session()
            .is_some()
    );
    assert!(
        sign_in(&app, EMAIL, PASSWORD, &Someone::default())
            .await
            .session()
            .is_none()
    );
}

#[tokio::test]
async fn without_mail_an_address_changes_at_once() {
    let (app, _, rosa) = world(false).await;
    let library = app::organisations::store::by_slug(&app.db, "library")
        .await
        .unwrap()
        .unwrap();
    app.person("tomas", &library, &[Role::Learner]).await;
    let change = format!("{ADDRESS}/change_address");
    let taken = app
        .call(
            &change,
            &[("email", "tomas@carrel.example"), ("password", PASSWORD)],
            &rosa,
        )
        .await;
    assert!(taken.body.contains("another account"), "{}", taken.body);
    let changed = app
        .call(&change, &[("email", "r@carrel.example"), ("password", PASSWORD)], &rosa)
        .await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.body);
    assert!(
        sign_in(&app, "r@carrel.example", PASSWORD, &Someone::default())
            .await
            .session()
            .is_some()
    );
}
