//! Private links to a review round: what they open, and what they do not.

use app::vars;
use app::viewer::Role;
use axum::http::StatusCode;

use crate::access::path;
use crate::support::{Answer, Someone, TestApp};

const WORLD: &str = "
    CREATE competency_set:s SET slug = 's', identifier = '0b2e9dd4-2d2c-4c7e-8e6c-0000000000f1', organisation = $organisation, title = 'The set';
    CREATE edition:e SET competency_set = competency_set:s, number = 1, state = 'draft', title = 'The set', levels = [{ label: 'No', description: '' }],
        statements = 2;
    CREATE node:one SET edition = edition:e, identifier = '0b2e9dd4-2d2c-4c7e-8e6c-0000000000e1', kind = 'statement', depth = 0, position = 1,
        address = 'A1', code = 'A1', title = 'Answers questions';
    CREATE node:two SET edition = edition:e, identifier = '0b2e9dd4-2d2c-4c7e-8e6c-0000000000e2', kind = 'statement', depth = 0, position = 2,
        address = 'A2', code = 'A2', title = 'Asks them';";

/// A curator, and a draft with two statements.
async fn world(mail: bool) -> (TestApp, Someone) {
    let app = if mail {
        TestApp::with_mail().await
    } else {
        TestApp::new().await
    };
    let library = app.organisation("library", None).await;
    let cora = app.person("cora", &library, &[Role::Curator]).await;
    app.db.write(WORLD, vars! { "organisation" => library }).await.unwrap();
    (app, cora)
}

/// Opens a round as a browser without JavaScript does; answers with its key.
async fn open(app: &TestApp, cora: &Someone, key: &str) -> String {
    let today = app::time::today("UTC");
    let fields = [
        ("edition", "e"),
        ("key", key),
        ("title", "Spring"),
        ("due", today.as_str()),
        ("blind", "true"),
    ];
    let answer = app
        .form(&path("open_review_round"), "/studio/sets/s/reviews", &fields, cora)
        .await;
    let led = answer.location().split('?').next().unwrap().to_owned();
    assert!(led.starts_with("/studio/sets/s/reviews/"), "{led}");
    led.rsplit('/').next().unwrap().to_owned()
}

async fn invite(app: &TestApp, cora: &Someone, round: &str, name: &str, email: &str) -> Answer {
    let fields = [("set", "s"), ("round", round), ("name", name), ("email", email)];
    let from = format!("/studio/sets/s/reviews/{round}");
    app.form(&path("invite_reviewer"), &from, &fields, cora).await
}

fn token(answer: &Answer) -> String {
    let lent = answer
        .cookies()
        .find_map(|cookie| cookie.strip_prefix("carrel-reviewer-link="));
    let token = lent.and_then(|value| value.split(';').next());
    token.unwrap_or_else(|| panic!("{}", answer.location())).to_owned()
}

/// Takes up a link in a browser of its own.
async fn enters(app: &TestApp, token: &str) -> (Answer, Someone) {
    let page = app.get(&format!("/reviews/link/{token}"), &Someone::default()).await;
    assert_eq!(page.status, StatusCode::OK);
    let from = format!("/reviews/link/{token}");
    let answer = app
        .form(&path("enter_review"), &from, &[("token", token)], &Someone::default())
        .await;
    let browser = Someone::default().after(&answer);
    (answer, browser)
}

#[tokio::test]
async fn a_link_opens_its_round_and_nothing_else() {
    let (app, cora) = world(false).await;
    let (round, other) = (open(&app, &cora, "one").await, open(&app, &cora, "two").await);
    let invited = invite(&app, &cora, &round, "Bo <b>", "bo@elsewhere.example").await;
    let token = token(&invited);
    assert!(token.len() >= 43);
    // The board shows it to the browser that made it, in no address, and not in
    // another round; the database holds only its hash.
    assert!(!invited.location().contains(&token), "{}", invited.location());
    let here = cora.clone().after(&invited);
    let board = app.get(invited.location().split('#').next().unwrap(), &here).await;
    assert!(board.body.contains(&token) && board.body.contains("bo@elsewhere.example"));
    let elsewhere = app.get(&format!("/studio/sets/s/reviews/{other}"), &here).await;
    assert!(elsewhere.status == StatusCode::OK && !elsewhere.body.contains(&token));
    let again = app.get(&format!("/studio/sets/s/reviews/{round}"), &cora).await;
    assert!(!again.body.contains(&token) && !again.body.contains("<b>\"") && again.body.contains("Bo &lt;b&gt;"));
    assert!(!crate::support::kept(&app.db).await.contains(&token));

    let (answer, bo) = enters(&app, &token).await;
    assert_eq!(answer.location(), format!("/reviews/{round}"));
    let cookies: Vec<String> = answer
        .headers
        .get_all("set-cookie")
        .iter()
        .map(|cookie| cookie.to_str().unwrap().to_owned())
        .collect();
    let own = cookies
        .iter()
        .find(|cookie| cookie.starts_with("carrel-review-"))
        .unwrap();
    assert!(own.contains("HttpOnly") && own.contains("SameSite=Lax"), "{own}");

    let page = app.get(&format!("/reviews/{round}"), &bo).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Answers questions"));
    let item = app.get(&format!("/reviews/{round}/1"), &bo).await;
    assert_eq!(item.status, StatusCode::OK);
    for address in ["@elsewhere.example", "@carrel.example"] {
        assert!(
            !page.body.contains(address) && !item.body.contains(address),
            "{address}"
        );
    }
    for closed in [
        format!("/reviews/{other}"),
        format!("/reviews/{other}/1"),
        "/reviews".into(),
        format!("/studio/sets/s/reviews/{round}"),
        format!("/studio/sets/s/reviews/{round}/1"),
        "/studio/sets/s".into(),
        "/people".into(),
        "/me".into(),
    ] {
        let answer = app.get(&closed, &bo).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{closed}");
        assert!(!answer.body.contains("Answers questions"), "{closed}");
    }
    for closed in [
        "/index/s/1",
        "/index/s",
        "/index/s/1/A1",
        "/index/s/1/publication/book.html",
    ] {
        assert_eq!(app.get(closed, &bo).await.status, StatusCode::NOT_FOUND, "{closed}");
    }
    let report = format!("/studio/sets/s/reviews/{round}/report.csv");
    assert_eq!(app.get(&report, &bo).await.status, StatusCode::NOT_FOUND);
    // Somebody else's browser has nothing of it.
    let nobody = app.get(&format!("/reviews/{round}"), &Someone::default()).await;
    assert_eq!(nobody.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_verdict_is_given_without_javascript_and_what_was_typed_is_kept() {
    let (app, cora) = world(false).await;
    let round = open(&app, &cora, "one").await;
    let token = token(&invite(&app, &cora, &round, "Bo", "").await);
    let (_, bo) = enters(&app, &token).await;
    let from = format!("/reviews/{round}/1");
    let give = path("give_verdict");
    let same = [
        ("round", round.as_str()),
        ("number", "1"),
        ("verdict", "reword"),
        ("wording", "Answers questions"),
        ("was", "Answers questions"),
    ];
    let refused = app.form(&give, &from, &same, &bo).await;
    assert!(refused.location().starts_with(&from), "{}", refused.location());
    let back = app.get(refused.location(), &bo.clone().after(&refused)).await;
    assert!(
        back.body.contains("Write how you would word it"),
        "the error stands at its field"
    );
    let better = [
        ("round", round.as_str()),
        ("number", "1"),
        ("verdict", "reword"),
        ("wording", "Answers <i>every</i> question"),
        ("was", "Answers questions"),
    ];
    for _ in 0..2 {
        let given = app.form(&give, &from, &better, &bo).await;
        assert_eq!(given.location(), format!("/reviews/{round}/2?notice=saved"));
    }
    let item = app.get(&from, &bo).await;
    assert!(item.body.contains("You said “Reword”"));
    let board = app.get(&format!("/studio/sets/s/reviews/{round}/1"), &cora).await;
    assert!(board.body.contains("Answers &lt;i&gt;every&lt;/i&gt; question") && board.body.contains("1 reword"));
    let count = "count(SELECT VALUE id FROM verdict);";
    assert_eq!(app.db.row::<i64>(count, vars! {}).await.unwrap(), Some(1));
}

#[tokio::test]
async fn a_link_ends_when_it_is_renewed_taken_back_or_left() {
    let (app, cora) = world(false).await;
    let round = open(&app, &cora, "one").await;
    let first = token(&invite(&app, &cora, &round, "Bo", "").await);
    let (_, bo) = enters(&app, &first).await;
    let reviewer: String = app
        .db
        .row("SELECT VALUE record::id(id) FROM reviewer;", vars! {})
        .await
        .unwrap()
        .unwrap();
    let from = format!("/studio/sets/s/reviews/{round}");
    let fields = [("set", "s"), ("round", round.as_str()), ("reviewer", reviewer.as_str())];
    let renewed = app.form(&path("renew_review_link"), &from, &fields, &cora).await;
    let second = token(&renewed);
    assert_ne!(first, second);
    let page = format!("/reviews/{round}");
    assert_eq!(app.get(&page, &bo).await.status, StatusCode::UNAUTHORIZED);
    let gone = app.get(&format!("/reviews/link/{first}"), &Someone::default()).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    let (_, bo) = enters(&app, &second).await;
    assert_eq!(app.get(&page, &bo).await.status, StatusCode::OK);
    // On a shared computer one leaves.
    let left = app.form(&path("leave_review"), &page, &[("round", &round)], &bo).await;
    let browser = bo.clone().after(&left);
    assert_eq!(app.get(&page, &browser).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(app.get(&page, &bo).await.status, StatusCode::OK);
    let fields = [("round", round.as_str()), ("reviewer", reviewer.as_str())];
    app.form(&path("remove_reviewer"), &from, &fields, &cora).await;
    assert_eq!(app.get(&page, &bo).await.status, StatusCode::UNAUTHORIZED);
    let verdict = [("round", round.as_str()), ("number", "1"), ("verdict", "drop")];
    let given = app.call(&path("give_verdict"), &verdict, &bo).await;
    assert_eq!(given.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_letter_carries_the_link_and_the_page_does_not() {
    let (app, cora) = world(true).await;
    let round = open(&app, &cora, "one").await;
    let invited = invite(&app, &cora, &round, "Bo", "bo@elsewhere.example").await;
    assert!(invited.location().contains("notice=sent"), "{}", invited.location());
    let body = "SELECT VALUE body FROM letter WHERE recipient = 'bo@elsewhere.example';";
    let body: String = app.db.row(body, vars! {}).await.unwrap().unwrap();
    let token = body
        .split("/reviews/link/")
        .nth(1)
        .unwrap()
        .split_whitespace()
        .next()
        .unwrap();
    let (answer, _) = enters(&app, token).await;
    assert_eq!(answer.location(), format!("/reviews/{round}"));
}
