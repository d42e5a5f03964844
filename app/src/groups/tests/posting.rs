use super::*;

#[tokio::test]
async fn who_may_post() {
    let db = world().await;
    let open = start(&db, "rosa", "open", "Open").await;
    let closed = start(&db, "rosa", "closed", "Closed").await;
    assert_eq!(say(&db, "anneke", &open).await, 2);
    let sam = viewer(&db, "sam").await;
    assert_eq!(
        store::reply(&db, &Viewer::visitor(), &a_reply(&open, "x")).await,
        Err(AppError::SignInNeeded)
    );
    assert_eq!(
        store::reply(&db, &sam, &a_reply(&open, "x")).await,
        Err(AppError::Forbidden)
    );
    assert_eq!(
        store::reply(&db, &sam, &a_reply(&closed, "x")).await,
        Err(AppError::NotFound)
    );
    for (slug, error) in [("open", AppError::Forbidden), ("closed", AppError::NotFound)] {
        let group = group_id(&db, slug).await;
        assert_eq!(store::start(&db, &sam, &new_thread(&group, "x")).await, Err(error));
    }
    let posts: Option<i64> = db.row("count(SELECT VALUE id FROM post);", vars! {}).await.unwrap();
    assert_eq!(posts, Some(3));
}

#[tokio::test]
async fn the_same_form_sent_twice_makes_one_post() {
    let db = world().await;
    let rosa = viewer(&db, "rosa").await;
    let new = new_thread(&group_id(&db, "open").await, "Once");
    let first = store::start(&db, &rosa, &new).await.unwrap();
    assert_eq!(store::start(&db, &rosa, &new).await.unwrap(), first);
    let again = a_reply(&first.thread, "Once");
    let (one, two) = tokio::join!(store::reply(&db, &rosa, &again), store::reply(&db, &rosa, &again));
    assert_eq!((one.unwrap().number, two.unwrap().number), (2, 2));
    // Somebody else's form may carry the same key.
    let anneke = viewer(&db, "anneke").await;
    assert_eq!(store::reply(&db, &anneke, &again).await.unwrap().number, 3);
    let other = start(&db, "rosa", "open", "Other").await;
    let reused = NewReply { thread: other, ..again };
    assert!(matches!(
        store::reply(&db, &rosa, &reused).await,
        Err(AppError::Conflict(_))
    ));
    check_counts(&db).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn replies_at_the_same_moment_have_numbers_without_holes() {
    let db = world().await;
    let thread = start(&db, "rosa", "open", "Busy").await;
    let tasks: Vec<_> = (0..8)
        .map(|task| {
            let (db, thread) = (db.clone(), thread.clone());
            tokio::spawn(async move {
                let name = if task % 2 == 0 { "rosa" } else { "anneke" };
                // A transaction that lost every race says so and can be sent again.
                let new = a_reply(&thread, "At once");
                let viewer = viewer(&db, name).await;
                while store::reply(&db, &viewer, &new).await.is_err() {}
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let numbers: Vec<i64> = db
        .rows(
            "SELECT VALUE number FROM post WHERE thread = $thread ORDER BY number;",
            vars! { "thread" => thread },
        )
        .await
        .unwrap();
    assert_eq!(numbers, (1..=9).collect::<Vec<_>>());
    check_counts(&db).await;
}

#[tokio::test]
async fn an_anchor_belongs_to_the_group_or_is_published() {
    let db = world().await;
    let group = group_id(&db, "open").await;
    let rosa = viewer(&db, "rosa").await;
    let with = |anchor: Anchor| NewThread {
        anchor: Some(anchor),
        quote: Quote::parse("a promise").unwrap(),
        ..new_thread(&group, "About")
    };
    let lesson = |key: &str| Anchor::Lesson(LessonId::parse(key).unwrap());
    let node = |key: &str| Anchor::Node(NodeId::parse(key).unwrap());
    let started = store::start(&db, &rosa, &with(lesson("carry"))).await.unwrap();
    let detail = read(&db, "rosa", "open", &started.thread, None).await.unwrap();
    assert_eq!(detail.about_href.as_deref(), Some("/courses/budget/carry"));
    assert_eq!(
        (detail.about.as_str(), detail.quote.as_str()),
        ("Carry-over", "a promise")
    );
    let started = store::start(&db, &rosa, &with(node("s34"))).await.unwrap();
    let detail = read(&db, "rosa", "open", &started.thread, None).await.unwrap();
    assert_eq!(detail.about_href.as_deref(), Some("/index/lm/1/LM%203.4"));
    assert_eq!(
        (detail.about.as_str(), detail.quote.as_str()),
        ("LM 3.4 Explains a budget", "")
    );
    for bad in [lesson("elsewhere"), lesson("missing"), node("draft"), node("missing")] {
        let error = store::start(&db, &rosa, &with(bad)).await.unwrap_err();
        assert!(error.at("anchor_id").is_some(), "{error:?}");
    }
    let about = store::group(&db, &rosa, "open", 1, Some(&node("s34")))
        .await
        .unwrap()
        .about
        .unwrap();
    assert_eq!(about.label, "LM 3.4 Explains a budget");
    assert_eq!(
        store::group(&db, &rosa, "open", 1, Some(&node("draft")))
            .await
            .unwrap()
            .about,
        None
    );
}

#[tokio::test]
async fn hostile_text_is_kept_as_text() {
    let db = world().await;
    let thread = start(&db, "rosa", "open", "<script>alert(1)</script>").await;
    let body = "<script>alert(1)</script> [x](javascript:alert(1)) '; DELETE post; --";
    store::reply(&db, &viewer(&db, "rosa").await, &a_reply(&thread, body))
        .await
        .unwrap();
    let detail = read(&db, "rosa", "open", &thread, None).await.unwrap();
    assert_eq!(detail.title, "<script>alert(1)</script>");
    let html: &str = &detail.posts[1].html;
    assert!(
        !html.contains("<script") && !html.contains("href=\"javascript"),
        "{html}"
    );
}
