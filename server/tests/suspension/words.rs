//! Whoever may not post says nothing to others by any way.

use app::groups::model::FormKey;

use super::*;

#[tokio::test]
async fn whoever_may_not_post_reads_on_and_keeps_what_they_typed() {
    let world = world().await;
    world
        .app
        .db
        .write(
            "CREATE study_group:talk SET slug = 'talk', organisation = $library, title = 'Talk', summary = '', public = true;
             CREATE thread:one SET study_group = study_group:talk, title = 'One', kind = 'discussion', started_by = $rosa;",
            vars! { "library" => world.library.clone(), "rosa" => app::id::PersonId::parse(&world.key("rosa").await) },
        )
        .await
        .unwrap();
    let join = [("group", "talk")];
    world.app.call(&path("join_group"), &join, &world.rosa).await;
    assert_eq!(world.suspend("posting", "rosa", &world.piotr).await, StatusCode::OK);
    let key = String::from(FormKey::random());
    let fields = [
        ("thread", "one"),
        ("body", "Words that took an hour"),
        ("form_key", &key),
    ];
    let answer = world
        .app
        .form(&path("reply"), "/groups/talk/one", &fields, &world.rosa)
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let page = world
        .app
        .get(answer.location(), &world.rosa.clone().after(&answer))
        .await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.body.contains("You may read, and not post, until the end of"),
        "{}",
        page.body
    );
    assert!(page.body.contains("Words that took an hour"));
    let before = world.app.get("/groups/talk/one", &world.rosa).await.body;
    assert!(before.contains("You may read here, and not post, for now."), "{before}");
    let posts = "SELECT VALUE body FROM post;";
    assert!(world.app.db.rows::<String>(posts, vars! {}).await.unwrap().is_empty());
}

/// A round of a draft: its curator and its reviewer are the same, for once.
const REVIEW: &str = "
    CREATE competency_set:s SET slug = 's', identifier = '0b2e9dd4-2d2c-4c7e-8e6c-0000000000f1', organisation = $library, title = 'The set';
    CREATE edition:e SET competency_set = competency_set:s, number = 1, state = 'draft', title = 'The set', levels = [{ label: 'No', description: '' }],
        statements = 1;
    CREATE node:one SET edition = edition:e, identifier = '0b2e9dd4-2d2c-4c7e-8e6c-0000000000e1', kind = 'statement', depth = 0, position = 1,
        address = 'A1', code = 'A1', title = 'Answers questions';
    CREATE review_round:r SET edition = edition:e, title = 'Spring', due = '2099-01-01', due_at = d'2099-01-02T00:00:00Z', opened_by = $cora, items = 1;
    CREATE review_item:['r', 1] SET round = review_round:r, number = 1, node = node:one, code = 'A1', title = 'Answers questions';
    CREATE reviewer:cora SET round = review_round:r, person = $cora;";

#[tokio::test]
async fn whoever_may_not_post_says_nothing_in_reviews_either() {
    let world = world().await;
    let cora = world
        .app
        .person("cora", &world.library, &[Role::Curator, Role::Reviewer])
        .await;
    let id = app::id::PersonId::parse(&world.key("cora").await);
    let vars = vars! { "library" => world.library.clone(), "cora" => id };
    world.app.db.write(REVIEW, vars).await.unwrap();
    let place = [("round", "r"), ("number", "1")];
    let with = |more: &[(&'static str, &'static str)]| [place.as_slice(), more].concat();
    let comment = with(&[("key", "k"), ("body", "Words")]);
    let reword = with(&[
        ("verdict", "reword"),
        ("wording", "Words of hers"),
        ("was", "Answers questions"),
    ]);
    let named = [("round", "r"), ("named", "true"), ("named_as", "Words")];
    let calls = [
        ("comment_in_review", comment.as_slice()),
        ("answer_reviewers", comment.as_slice()),
        ("give_verdict", reword.as_slice()),
        ("finish_review", named.as_slice()),
    ];
    let signed = [("round", "r"), ("understood", "true"), ("words", "Words")];
    assert_eq!(world.suspend("posting", "cora", &world.piotr).await, StatusCode::OK);
    for (function, fields) in calls.into_iter().chain([("sign_off_review", signed.as_slice())]) {
        let answer = world.app.call(&path(function), fields, &cora).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{function}: {}", answer.body);
        assert!(
            answer.body.contains("You may read, and not post"),
            "{function}: {}",
            answer.body
        );
    }
    // A verdict without words is no post.
    let keep = with(&[("verdict", "keep")]);
    let kept = world.app.call(&path("give_verdict"), &keep, &cora).await;
    assert!(kept.status.as_u16() < 400, "{}", kept.body);
    let person = world.key("cora").await;
    let whom = [("organisation", world.library.as_str()), ("person", person.as_str())];
    world.app.call(&path("lift_suspension"), &whom, &world.piotr).await;
    for (function, fields) in calls {
        let answer = world.app.call(&path(function), fields, &cora).await;
        assert!(answer.status.as_u16() < 400, "{function}: {}", answer.body);
    }
}

#[tokio::test]
async fn whoever_may_not_post_says_nothing_of_themselves_either_and_may_hide_it() {
    let world = world().await;
    let app = &world.app;
    let other = app.organisation("other", None).await;
    let open = "UPDATE organisation SET takes_requests = true;";
    app.db.write(open, vars! {}).await.unwrap();
    let all = |to: &'static str| {
        [
            "shown_pronouns",
            "shown_place",
            "shown_language",
            "shown_about",
            "shown_picture",
        ]
        .map(|field| (field, to))
    };
    let said = [&[("about", "Hello")][..], &all("members")].concat();
    assert!(app.call(&path("save_about"), &said, &world.rosa).await.status.as_u16() < 400);
    let sent = crate::pictures::send(app, "/me/profile/picture", crate::pictures::GREEN, &world.rosa).await;
    assert_eq!(sent.location(), "/me/profile?notice=picture");
    assert_eq!(world.suspend("posting", "rosa", &world.piotr).await, StatusCode::OK);

    let before = crate::support::kept(&app.db).await;
    let more = [&[("about", "Words that took an hour")][..], &all("members")].concat();
    let wider = [&[("about", "Hello")][..], &all("colleagues")].concat();
    let named = [("name", "Words"), ("title", ""), ("timezone", "UTC")];
    let titled = [("name", "rosa"), ("title", "Words"), ("timezone", "UTC")];
    let asked = [("organisation", other.as_str()), ("message", "Words")];
    for (function, fields) in [
        ("save_about", more.as_slice()),
        ("save_about", wider.as_slice()),
        ("save_profile", named.as_slice()),
        ("save_profile", titled.as_slice()),
        ("ask_to_join", asked.as_slice()),
    ] {
        let answer = app.call(&path(function), fields, &world.rosa).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{function}: {}", answer.body);
        assert!(answer.body.contains("You may read, and not post"), "{}", answer.body);
    }
    assert_eq!(crate::support::kept(&app.db).await, before, "nothing is changed");
    let sent = crate::pictures::send(app, "/me/profile/picture", crate::pictures::GREEN, &world.rosa).await;
    let page = app.get(sent.location(), &world.rosa.clone().after(&sent)).await;
    assert!(page.body.contains("You may read, and not post"), "{}", page.body);
    // As a plain form it comes back filled, with the reason.
    let kept = app.form(&path("save_about"), "/me/profile", &more, &world.rosa).await;
    let page = app.get(kept.location(), &world.rosa.clone().after(&kept)).await;
    assert!(page.body.contains("Words that took an hour"), "{}", page.body);
    assert!(page.body.contains("You may read, and not post"), "{}", page.body);

    let hidden = [&[("about", "Hello")][..], &all("nobody")].concat();
    let zone = [("name", "rosa"), ("title", ""), ("timezone", "Europe/Paris")];
    let wordless = [("organisation", other.as_str())];
    for (function, fields) in [
        ("save_about", hidden.as_slice()),
        ("save_profile", zone.as_slice()),
        ("ask_to_join", wordless.as_slice()),
    ] {
        let answer = app.call(&path(function), fields, &world.rosa).await;
        assert!(answer.status.as_u16() < 400, "{function}: {}", answer.body);
    }
}

#[tokio::test]
async fn whoever_may_not_post_writes_to_nobody_by_what_they_share() {
    let world = world().await;
    let app = &world.app;
    let task = |key: &'static str| [("title", "Words"), ("key", key)];
    let (first, second) = (
        "0b2e9dd4-2d2c-4c7e-8e6c-0000000000a1",
        "0b2e9dd4-2d2c-4c7e-8e6c-0000000000a2",
    );
    let soon = app::time::today("UTC");
    let share = [
        ("what", "plan"),
        ("with", "person"),
        ("email", "piotr@carrel.example"),
        ("purpose", "Words"),
        ("last_day", soon.as_str()),
    ];
    assert_eq!(world.suspend("posting", "rosa", &world.piotr).await, StatusCode::OK);
    // A plan that nobody else reads is theirs to write.
    let done = app.call(&path("add_task"), &task(first), &world.rosa).await;
    assert!(done.status.as_u16() < 400, "{}", done.body);
    let refused = app.call(&path("share"), &share, &world.rosa).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
    let kept = app.form(&path("share"), "/me/sharing", &share, &world.rosa).await;
    let page = app.get(kept.location(), &world.rosa.clone().after(&kept)).await.body;
    assert!(
        page.contains("You may read, and not post") && page.contains("Words"),
        "{page}"
    );

    let rosa = world.key("rosa").await;
    let whom = [("organisation", world.library.as_str()), ("person", rosa.as_str())];
    app.call(&path("lift_suspension"), &whom, &world.piotr).await;
    let shared = app.call(&path("share"), &share, &world.rosa).await;
    assert!(shared.status.as_u16() < 400, "{}", shared.body);
    assert_eq!(world.suspend("posting", "rosa", &world.piotr).await, StatusCode::OK);
    for function in ["add_task", "add_conversation"] {
        let refused = app.call(&path(function), &task(second), &world.rosa).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{function}: {}", refused.body);
    }
    let action: String = app
        .db
        .row("SELECT VALUE record::id(id) FROM action;", vars! {})
        .await
        .unwrap()
        .unwrap();
    let reworded = [("action", action.as_str()), ("title", "Other words")];
    let refused = app.call(&path("change_action"), &reworded, &world.rosa).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
    let later = [("action", action.as_str()), ("title", "Words"), ("due", "2099-01-01")];
    let done = app.call(&path("change_action"), &later, &world.rosa).await;
    assert!(
        done.status.as_u16() < 400,
        "what is said stays as it was: {}",
        done.body
    );
    let sharing = "SELECT VALUE record::id(id) FROM sharing;";
    let sharing: String = app.db.row(sharing, vars! {}).await.unwrap().unwrap();
    app.call(&path("end_sharing"), &[("sharing", &sharing)], &world.rosa)
        .await;
    let done = app.call(&path("add_task"), &task(second), &world.rosa).await;
    assert!(done.status.as_u16() < 400, "{}", done.body);
}

#[tokio::test]
async fn whoever_may_not_post_writes_to_nobody_by_their_evidence() {
    let world = world().await;
    let app = &world.app;
    app.db
        .run(crate::evidence::STATEMENT, vars! { "library" => world.library.clone() })
        .await
        .unwrap();
    let add = async |key: &str| {
        let fields = [("title", "Words"), ("body", "Words"), ("key", key)];
        crate::evidence::sent(app, "/me/evidence/new/s", &fields, None, &world.rosa).await
    };
    let soon = app::time::today("UTC");
    let share = [
        ("what", "evidence"),
        ("with", "person"),
        ("email", "piotr@carrel.example"),
        ("purpose", "Words"),
        ("last_day", soon.as_str()),
    ];
    assert_eq!(world.suspend("posting", "rosa", &world.piotr).await, StatusCode::OK);
    // What nobody else reads is theirs to write.
    let done = add("first").await;
    assert!(done.location().contains("notice=evidence"), "{}", done.location());

    let rosa = world.key("rosa").await;
    let whom = [("organisation", world.library.as_str()), ("person", rosa.as_str())];
    app.call(&path("lift_suspension"), &whom, &world.piotr).await;
    let shared = app.call(&path("share"), &share, &world.rosa).await;
    assert!(shared.status.as_u16() < 400, "{}", shared.body);
    assert_eq!(world.suspend("posting", "rosa", &world.piotr).await, StatusCode::OK);
    let refused = add("second").await;
    assert!(refused.location().contains("draft="), "{}", refused.location());
    let evidence = "SELECT VALUE record::id(id) FROM evidence;";
    let evidence: Vec<String> = app.db.rows(evidence, vars! {}).await.unwrap();
    assert_eq!(evidence.len(), 1, "nothing is put down");
    // Nor is a file, which says as much.
    let (with, file) = (
        format!("/me/evidence/files/{}", evidence[0]),
        ("a.txt", b"Words".as_slice()),
    );
    let refused = crate::evidence::sent(app, &with, &[], Some(file), &world.rosa).await;
    assert!(refused.location().contains("draft="), "{}", refused.location());
    let reworded = [
        ("evidence", evidence[0].as_str()),
        ("title", "Other words"),
        ("body", "Words"),
    ];
    let refused = app.call(&path("change_evidence"), &reworded, &world.rosa).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
    let dated = [
        reworded[0],
        ("title", "Words"),
        ("body", "Words"),
        ("day", "2026-01-01"),
    ];
    let done = app.call(&path("change_evidence"), &dated, &world.rosa).await;
    assert!(
        done.status.as_u16() < 400,
        "what is said stays as it was: {}",
        done.body
    );
}
