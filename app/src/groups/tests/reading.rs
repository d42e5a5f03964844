use super::*;

#[tokio::test]
async fn who_may_read_a_thread() {
    let db = world().await;
    let open = start(&db, "rosa", "open", "Open").await;
    let closed = start(&db, "rosa", "closed", "Closed").await;
    assert_eq!(
        read(&db, "anneke", "closed", &closed, None).await.unwrap().posts.len(),
        1
    );
    let visitor = Viewer::visitor();
    assert_eq!(
        store::thread(&db, &visitor, "open", &open, None)
            .await
            .unwrap()
            .posts
            .len(),
        1
    );
    let missing = ThreadId::parse("missing").unwrap();
    for (who, thread) in [
        (&visitor, &closed),
        (&viewer(&db, "sam").await, &closed),
        (&visitor, &missing),
    ] {
        assert_eq!(
            store::thread(&db, who, "closed", thread, None).await,
            Err(AppError::NotFound)
        );
        assert_eq!(store::posts_after(&db, who, thread, 0).await, Err(AppError::NotFound));
        assert_eq!(store::newest(&db, who, thread).await, Err(AppError::NotFound));
    }
    // A thread of one group is not there under another group's address.
    assert_eq!(read(&db, "rosa", "open", &closed, None).await, Err(AppError::NotFound));
    assert_eq!(
        store::thread(&db, &visitor, "open", &closed, None).await,
        Err(AppError::NotFound)
    );
}

#[tokio::test]
async fn who_may_know_of_a_group() {
    let db = world().await;
    let visitor = Viewer::visitor();
    assert!(
        store::group(&db, &viewer(&db, "rosa").await, "closed", 1, None)
            .await
            .unwrap()
            .member
    );
    assert!(!store::group(&db, &visitor, "open", 1, None).await.unwrap().member);
    for slug in ["closed", "no-such-group", "'; REMOVE TABLE thread; --"] {
        assert_eq!(
            store::group(&db, &visitor, slug, 1, None).await,
            Err(AppError::NotFound)
        );
        assert_eq!(
            store::group(&db, &viewer(&db, "sam").await, slug, 1, None).await,
            Err(AppError::NotFound)
        );
    }
    let list = store::groups(&db, &visitor, 1).await.unwrap();
    assert_eq!(
        list.public.iter().map(|group| group.slug.as_str()).collect::<Vec<_>>(),
        ["open"]
    );
    let list = store::groups(&db, &viewer(&db, "rosa").await, 1).await.unwrap();
    assert_eq!((list.mine.len(), list.public.len()), (2, 0));
}

#[tokio::test]
async fn threads_are_paged_in_a_total_order() {
    let db = world().await;
    let group = group_id(&db, "open").await;
    db.write(
        "FOR $n IN 1..=35 {
            CREATE type::record('thread', string::concat('t', <string>$n)) SET study_group = $group, title = <string>$n, kind = 'question',
                started_by = person:rosa, posts = 0, last_post = IF $n > 5 { d'2026-01-01T00:00:00Z' } ELSE { d'2026-02-01T00:00:00Z' };
         };
         UPDATE $group SET threads = 35;",
        vars! { "group" => group },
    )
    .await
    .unwrap();
    let rosa = viewer(&db, "rosa").await;
    let one = store::group(&db, &rosa, "open", 1, None).await.unwrap();
    let two = store::group(&db, &rosa, "open", 2, None).await.unwrap();
    assert_eq!((one.pages, one.threads.len(), two.threads.len()), (2, 30, 5));
    let mut ids: Vec<_> = one
        .threads
        .iter()
        .chain(&two.threads)
        .map(|thread| thread.id.clone())
        .collect();
    assert!(
        one.threads[..5]
            .iter()
            .all(|thread| thread.title.parse::<u32>().unwrap() <= 5)
    );
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 35);
}

#[tokio::test]
async fn a_thread_opens_where_one_stopped() {
    let db = world().await;
    let thread = start(&db, "rosa", "open", "Long").await;
    for _ in 0..119 {
        say(&db, "rosa", &thread).await;
    }
    let numbers = |detail: &ThreadDetail| (detail.posts[0].number, detail.posts.last().unwrap().number);
    let visitor = store::thread(&db, &Viewer::visitor(), "open", &thread, None)
        .await
        .unwrap();
    assert_eq!((numbers(&visitor), visitor.page, visitor.pages), ((1, 50), 1, 3));
    let first = read(&db, "anneke", "open", &thread, None).await.unwrap();
    assert_eq!((numbers(&first), first.unread()), ((1, 50), 120));
    assert_eq!(viewer(&db, "anneke").await.unread(), 70);
    db.write(
        "UPDATE reading SET at = time::now() - 2h WHERE person = person:anneke;",
        vars! {},
    )
    .await
    .unwrap();
    let second = read(&db, "anneke", "open", &thread, None).await.unwrap();
    assert_eq!((numbers(&second), second.last_read), ((51, 100), 50));
    assert!(second.unread_label.unwrap().starts_with("70 new since "));
    // Just now is no time to speak of.
    assert_eq!(first.unread_label.as_deref(), Some("120 new"));
    let last = read(&db, "anneke", "open", &thread, None).await.unwrap();
    assert_eq!((numbers(&last), last.page), ((101, 120), 3));
    assert_eq!(viewer(&db, "anneke").await.unread(), 0);
    let again = read(&db, "anneke", "open", &thread, None).await.unwrap();
    assert_eq!(
        (numbers(&again), again.unread(), again.unread_label),
        ((101, 120), 0, None)
    );
    assert_eq!(
        numbers(&read(&db, "anneke", "open", &thread, Some(2)).await.unwrap()),
        (51, 100)
    );
    assert_eq!(read(&db, "anneke", "open", &thread, Some(99)).await.unwrap().page, 3);
    check_counts(&db).await;
}

#[tokio::test]
async fn what_arrives_is_read_only_in_one_go_with_what_was_read() {
    let db = world().await;
    let thread = start(&db, "rosa", "open", "Live").await;
    for _ in 0..3 {
        say(&db, "rosa", &thread).await;
    }
    let anneke = viewer(&db, "anneke").await;
    assert_eq!(store::posts_after(&db, &anneke, &thread, 2).await.unwrap().len(), 2);
    assert_eq!(viewer(&db, "anneke").await.unread(), 4);
    assert_eq!(store::posts_after(&db, &anneke, &thread, 0).await.unwrap().len(), 4);
    assert_eq!(viewer(&db, "anneke").await.unread(), 0);
    assert_eq!(store::newest(&db, &anneke, &thread).await, Ok(4));
}

#[tokio::test]
async fn beside_a_lesson_stands_what_one_may_read() {
    let db = world().await;
    let (lesson, course) = (LessonId::parse("carry").unwrap(), CourseId::parse("budget").unwrap());
    for slug in ["open", "closed"] {
        let group = group_id(&db, slug).await;
        let new = NewThread {
            anchor: Some(Anchor::Lesson(lesson.clone())),
            ..new_thread(&group, slug)
        };
        let thread = store::start(&db, &viewer(&db, "rosa").await, &new)
            .await
            .unwrap()
            .thread;
        for _ in 0..6 {
            say(&db, "anneke", &thread).await;
        }
    }
    let talk = store::beside(&db, &viewer(&db, "rosa").await, &lesson, &course)
        .await
        .unwrap();
    assert_eq!((talk.groups.len(), talk.threads.len()), (2, 2));
    let thread = &talk.threads[0];
    assert_eq!((thread.total, thread.last_read, thread.member), (7, 1, true));
    assert_eq!(
        thread.posts.iter().map(|post| post.number).collect::<Vec<_>>(),
        [3, 4, 5, 6, 7]
    );
    assert!(thread.posts[0].facilitator && !thread.posts[0].you);
    for outsider in [Viewer::visitor(), viewer(&db, "sam").await] {
        let talk = store::beside(&db, &outsider, &lesson, &course).await.unwrap();
        assert_eq!(
            talk.threads
                .iter()
                .map(|thread| thread.title.as_str())
                .collect::<Vec<_>>(),
            ["open"]
        );
        assert!(talk.groups.iter().all(|group| group.slug == "open" && !group.member));
    }
}

#[tokio::test]
async fn a_cohorts_own_group_stands_beside_the_lessons_of_its_course() {
    let db = world().await;
    db.write(
        "CREATE cohort:autumn SET subject = course:budget, organisation = organisation:riverside, title = 'Autumn',
            starts = '2026-11-02', ends = '2026-12-18', timezone = 'UTC', opened_by = person:anneke;
         UPDATE study_group SET subject = cohort:autumn WHERE slug = 'closed';",
        vars! {},
    )
    .await
    .unwrap();
    let (lesson, course) = (LessonId::parse("carry").unwrap(), CourseId::parse("budget").unwrap());
    let slugs = async |viewer: &Viewer| {
        let talk = store::beside(&db, viewer, &lesson, &course).await.unwrap();
        talk.groups.into_iter().map(|group| group.slug).collect::<Vec<_>>()
    };
    assert_eq!(slugs(&viewer(&db, "rosa").await).await, ["closed", "open"]);
    assert_eq!(slugs(&viewer(&db, "sam").await).await, ["open"]);
    let other = CourseId::parse("other").unwrap();
    let talk = store::beside(&db, &viewer(&db, "rosa").await, &lesson, &other)
        .await
        .unwrap();
    assert!(talk.groups.is_empty());
}

#[tokio::test]
async fn posts_say_whose_they_are_also_after_a_new_name() {
    let db = world().await;
    let thread = start(&db, "rosa", "open", "Open").await;
    say(&db, "anneke", &thread).await;
    db.write("UPDATE person:anneke SET name = 'Anneke de Vries';", vars! {})
        .await
        .unwrap();
    let shown = read(&db, "rosa", "open", &thread, None).await.unwrap();
    let said: Vec<_> = shown
        .posts
        .iter()
        .map(|post| (post.author.as_str(), post.facilitator, post.you))
        .collect();
    assert_eq!(said, [("ROSA", false, true), ("Anneke de Vries", true, false)]);
    // Whoever facilitates no longer is no longer said to.
    db.write(
        "UPDATE group_membership SET facilitator = true WHERE person = person:rosa;
         UPDATE group_membership SET facilitator = false WHERE person = person:anneke;",
        vars! {},
    )
    .await
    .unwrap();
    let shown = read(&db, "rosa", "open", &thread, None).await.unwrap();
    let leading: Vec<_> = shown.posts.iter().map(|post| post.facilitator).collect();
    assert_eq!(leading, [true, false]);
}

#[tokio::test]
async fn a_thread_leads_to_what_it_is_about() {
    let db = world().await;
    let group = group_id(&db, "open").await;
    let rosa = viewer(&db, "rosa").await;
    for (anchor, expected) in [
        (None, None),
        (
            Some(Anchor::Course(CourseId::parse("budget").unwrap())),
            Some("/courses/budget"),
        ),
        (
            Some(Anchor::Lesson(LessonId::parse("carry").unwrap())),
            Some("/courses/budget/carry"),
        ),
        (
            Some(Anchor::Node(NodeId::parse("s34").unwrap())),
            Some("/index/lm/1/LM%203.4"),
        ),
    ] {
        let new = NewThread {
            anchor,
            ..new_thread(&group, "About something")
        };
        let started = store::start(&db, &rosa, &new).await.unwrap();
        let shown = read(&db, "rosa", "open", &started.thread, None).await.unwrap();
        assert_eq!(shown.about_href.as_deref(), expected);
    }
}
