use super::*;

#[tokio::test]
async fn unread_counts_stay_exact_whatever_happens() {
    let db = world().await;
    let group = group_id(&db, "open").await;
    let mut threads = vec![start(&db, "rosa", "open", "First").await];
    let mut seed: u64 = 20_261_123;
    let mut next = |below: u64| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    for step in 0..150 {
        let name = ["anneke", "rosa", "sam", "tomas"][usize::try_from(next(4)).unwrap()];
        let thread = threads[usize::try_from(next(u64::try_from(threads.len()).unwrap())).unwrap()].clone();
        let who = viewer(&db, name).await;
        match next(10) {
            0 => drop(store::leave(&db, &who, &group).await),
            1 | 2 => store::join(&db, &who, &group).await.unwrap(),
            3 if threads.len() < 6 => {
                if let Ok(started) = store::start(&db, &who, &new_thread(&group, "Another")).await {
                    threads.push(started.thread);
                }
            }
            4..=6 => drop(store::reply(&db, &who, &a_reply(&thread, "So.")).await),
            7 => drop(
                store::posts_after(&db, &who, &thread, u32::try_from(next(4)).unwrap())
                    .await
                    .unwrap(),
            ),
            _ => drop(store::thread(&db, &who, "open", &thread, None).await.unwrap()),
        }
        if step % 10 == 0 {
            check_counts(&db).await;
        }
    }
    check_counts(&db).await;
}

#[tokio::test]
async fn joining_leaves_no_backlog_and_leaving_nothing_behind() {
    let db = world().await;
    let thread = start(&db, "rosa", "open", "Before").await;
    let group = group_id(&db, "open").await;
    for _ in 0..2 {
        store::join(&db, &viewer(&db, "sam").await, &group).await.unwrap();
    }
    assert_eq!(viewer(&db, "sam").await.unread(), 0);
    say(&db, "rosa", &thread).await;
    assert_eq!(viewer(&db, "sam").await.unread(), 1);
    check_counts(&db).await;
    for _ in 0..2 {
        store::leave(&db, &viewer(&db, "sam").await, &group).await.unwrap();
    }
    let left: Vec<i64> = db
        .rows(
            "SELECT VALUE last_read FROM reading WHERE person = person:sam;",
            vars! {},
        )
        .await
        .unwrap();
    assert!(left.is_empty());
    check_counts(&db).await;
    assert_eq!(
        store::join(&db, &Viewer::visitor(), &group).await,
        Err(AppError::SignInNeeded)
    );
    let closed = group_id(&db, "closed").await;
    let sam = viewer(&db, "sam").await;
    assert_eq!(store::join(&db, &sam, &closed).await, Err(AppError::NotFound));
    assert_eq!(store::leave(&db, &sam, &closed).await, Err(AppError::NotFound));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_last_facilitator_stays() {
    let db = world().await;
    let group = group_id(&db, "open").await;
    store::member(&db, &group, &PersonId::parse("tomas").unwrap(), true)
        .await
        .unwrap();
    let (anneke, tomas) = (viewer(&db, "anneke").await, viewer(&db, "tomas").await);
    let (one, two) = tokio::join!(store::leave(&db, &anneke, &group), store::leave(&db, &tomas, &group));
    assert_eq!([one.is_ok(), two.is_ok()].iter().filter(|left| **left).count(), 1);
    check_counts(&db).await;
}

#[tokio::test]
async fn nobody_belongs_to_more_groups_than_are_loaded_with_them() {
    let db = world().await;
    db.write(
        "FOR $n IN 0..200 {
            CREATE type::record('group_membership', ['sam', string::concat('g', <string> $n)])
                SET person = person:sam, study_group = type::record('study_group', string::concat('g', <string> $n));
         };",
        vars! {},
    )
    .await
    .unwrap();
    let open = group_id(&db, "open").await;
    let sam = Viewer {
        groups: Vec::new(),
        ..viewer(&db, "rosa").await
    };
    store::join(&db, &sam, &open).await.unwrap();
    let sam = Viewer {
        person: sam.person.map(|person| Person {
            id: PersonId::parse("sam").unwrap(),
            ..person
        }),
        ..sam
    };
    assert!(matches!(
        store::join(&db, &sam, &open).await,
        Err(AppError::Conflict(_))
    ));
}
