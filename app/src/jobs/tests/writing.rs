//! Writing one: its words, its duties, its state.

use super::*;

#[tokio::test]
async fn words_that_somebody_else_saved_are_not_written_over_unasked() {
    let (world, _) = world().await;
    let job = made(&world, "one").await;
    let (db, me) = (&world.db, mina(&world));
    store::save_words(db, &me, &job, &sent("Manager", "Runs it.", 0))
        .await
        .unwrap();
    // The same once more, from the same form, changes nothing.
    store::save_words(db, &me, &job, &sent("Manager", "Runs it.", 0))
        .await
        .unwrap();
    assert_eq!(store::words_form(db, &me, &job).await.unwrap().base, 1);
    let refused = store::save_words(db, &me, &job, &sent("Manager", "Leads it.", 0)).await;
    assert!(refused.unwrap_err().at("over").is_some());
    let over = Sent {
        over: true,
        ..sent("Manager", "Leads it.", 0)
    };
    store::save_words(db, &me, &job, &over).await.unwrap();
    let form = store::words_form(db, &me, &job).await.unwrap();
    assert_eq!((form.texts.purpose.as_str(), form.base), ("Leads it.", 2));
    let refused = store::save_words(db, &me, &job, &sent(" ", "", 2)).await;
    assert!(refused.unwrap_err().at("title").is_some());
}

#[tokio::test]
async fn duties_are_statements_of_its_edition_with_a_level() {
    let (world, edition) = world().await;
    let job = made(&world, "one").await;
    let (db, me) = (&world.db, mina(&world));
    let (new, section) = (
        node(&world, &edition, "a/b%#é?").await,
        node(&world, &edition, "LM 1").await,
    );
    let refused = store::add_duty(db, &me, &job, &new, "7").await;
    assert!(refused.unwrap_err().at("level").is_some());
    assert_eq!(
        store::add_duty(db, &me, &job, &section, "1").await,
        Err(AppError::NotFound)
    );
    for level in ["1", "2"] {
        store::add_duty(db, &me, &job, &new, level).await.unwrap();
    }
    let form = duties(&world, &me, &job).await.unwrap();
    let line = form.duties.iter().find(|line| line.node == new).unwrap();
    assert_eq!((form.count, line.level, line.current), (3, Some(1), true));
    store::change_duty(db, &me, &job, &new, "2", "1").await.unwrap();
    store::change_duty(db, &me, &job, &new, "2", "1").await.unwrap();
    let stale = store::change_duty(db, &me, &job, &new, "0", "1").await;
    assert!(matches!(stale, Err(AppError::Conflict(_))), "{stale:?}");
    for _ in 0..2 {
        store::remove_duty(db, &me, &job, &new).await.unwrap();
    }
    let asked = AskedDuties {
        page: 1,
        add: Some(new.clone()),
        query: "awkward".into(),
    };
    let form = store::duties_form(db, &me, &job, &asked).await.unwrap();
    assert_eq!((form.count, form.found.len()), (2, 1));
    assert_eq!(
        form.adding.map(|adding| (adding.node, adding.there)),
        Some((new, false))
    );
    // Nothing waits: it changes nothing.
    let there = node(&world, &edition, "LM 1.1").await;
    store::settle_duty(db, &me, &job, &there, &[], true).await.unwrap();
    assert_eq!(duties(&world, &me, &job).await.unwrap().count, 2);
}

#[tokio::test]
async fn what_asks_for_nothing_is_not_put_in_use_and_what_is_in_use_is_not_removed() {
    let (world, edition) = world().await;
    let (db, me, job) = (&world.db, mina(&world), key("one"));
    let new = NewJob {
        organisation: world.library.to_string(),
        title: "Empty".into(),
        from: format!("edition-{edition}"),
    };
    store::make(db, &me, &job, &new).await.unwrap();
    let empty = store::set_state(db, &me, &job, State::InUse).await;
    assert!(matches!(empty, Err(AppError::Conflict(_))), "{empty:?}");
    assert!(store::set_state(db, &me, &job, State::Withdrawn).await.is_err());
    let statement = node(&world, &edition, "LM 1.1").await;
    store::add_duty(db, &me, &job, &statement, "1").await.unwrap();
    for _ in 0..2 {
        used(&world, &job).await;
    }
    let refused = store::remove(db, &me, &job, "Empty").await;
    assert!(matches!(refused, Err(AppError::Conflict(_))), "{refused:?}");
    store::set_state(db, &me, &job, State::Withdrawn).await.unwrap();
    assert!(
        store::remove(db, &me, &job, "Other")
            .await
            .unwrap_err()
            .at("confirm")
            .is_some()
    );
    store::remove(db, &me, &job, "empty").await.unwrap();
    let left = "array::concat((SELECT VALUE id FROM duty), (SELECT VALUE id FROM job_description)) = [];";
    assert_eq!(db.row::<bool>(left, vars! {}).await.unwrap(), Some(true));
    assert_eq!(
        page(&world, &me, &job, Face::Description).await,
        Err(AppError::NotFound)
    );
}
