//! Who writes job descriptions, and who reads them.

use super::*;
use crate::organisations::choosing::model::Wanted;

#[tokio::test]
async fn a_draft_is_there_for_those_alone_who_write_it() {
    let (world, _) = world().await;
    let job = made(&world, "one").await;
    let (lea, bea) = (
        viewer("lea", &world.library, Role::Learner),
        viewer("bea", &world.branch, Role::Learner),
    );
    let administrator = viewer("lea", &world.library, Role::OrganisationAdministrator);
    for writer in [mina(&world), administrator] {
        assert!(page(&world, &writer, &job, Face::Description).await.unwrap().may_write);
    }
    let others = [Viewer::visitor(), lea.clone(), bea.clone(), milo(&world), mona(&world)];
    for other in &others {
        let heard = page(&world, other, &job, Face::Description).await;
        assert_eq!(heard, Err(AppError::NotFound));
    }
    used(&world, &job).await;
    for reader in [lea, bea, milo(&world)] {
        let read = page(&world, &reader, &job, Face::Description).await.unwrap();
        assert!(!read.may_write && read.title == "Branch manager");
    }
    for other in [Viewer::visitor(), mona(&world)] {
        assert_eq!(
            page(&world, &other, &job, Face::Description).await,
            Err(AppError::NotFound)
        );
    }
}

#[tokio::test]
async fn nobody_else_changes_one() {
    let (world, edition) = world().await;
    let (draft, read) = (made(&world, "one").await, made(&world, "two").await);
    used(&world, &read).await;
    let (db, statement) = (&world.db, node(&world, &edition, "LM 1.1").await);
    let others = [
        (Viewer::visitor(), AppError::SignInNeeded, AppError::SignInNeeded),
        (
            viewer("lea", &world.library, Role::Curator),
            AppError::NotFound,
            AppError::Forbidden,
        ),
        (milo(&world), AppError::NotFound, AppError::Forbidden),
        (mona(&world), AppError::NotFound, AppError::NotFound),
    ];
    for (other, of_draft, of_read) in others {
        for (job, refusal) in [(&draft, of_draft), (&read, of_read)] {
            let heard = [
                store::words_form(db, &other, job).await.map(drop),
                store::save_words(db, &other, job, &sent("Mine", "", 0)).await,
                store::set_state(db, &other, job, State::Withdrawn).await,
                store::remove(db, &other, job, "Branch manager").await,
                duties(&world, &other, job).await.map(drop),
                store::add_duty(db, &other, job, &statement, "1").await,
                store::change_duty(db, &other, job, &statement, "1", "2").await,
                store::settle_duty(db, &other, job, &statement, &[], true).await,
                store::remove_duty(db, &other, job, &statement).await,
                store::found(db, &other, job, "budget").await.map(drop),
            ];
            for (number, heard) in heard.into_iter().enumerate() {
                assert_eq!(heard, Err(refusal.clone()), "{number}");
            }
        }
    }
    let kept = page(&world, &mina(&world), &read, Face::Description).await.unwrap();
    assert_eq!((kept.title.as_str(), kept.state), ("Branch manager", State::InUse));
}

#[tokio::test]
async fn one_is_begun_for_what_one_leads_once() {
    let (world, edition) = world().await;
    let new = |organisation: &crate::id::OrganisationId, from: &str| NewJob {
        organisation: organisation.to_string(),
        title: "Assistant".into(),
        from: from.into(),
    };
    let db = &world.db;
    let refused = store::make(db, &milo(&world), &key("a"), &new(&world.library, "profile-manager")).await;
    assert!(refused.unwrap_err().at("organisation").is_some());
    let refused = store::make(db, &milo(&world), &key("a"), &new(&world.branch, "profile-none")).await;
    assert!(refused.unwrap_err().at("from").is_some());
    let learner = viewer("lea", &world.library, Role::Learner);
    let refused = store::make(db, &learner, &key("a"), &new(&world.library, "profile-manager")).await;
    assert_eq!(refused, Err(AppError::Forbidden));
    assert_eq!(
        store::new_form(db, &learner, &Wanted::default(), "").await.map(drop),
        Err(AppError::Forbidden)
    );
    // From an edition it begins empty; sent twice, it is one.
    for _ in 0..2 {
        let from = format!("edition-{edition}");
        store::make(db, &mina(&world), &key("b"), &new(&world.branch, &from))
            .await
            .unwrap();
    }
    let read = page(&world, &milo(&world), &key("b"), Face::Description).await.unwrap();
    assert!(read.may_write && read.groups.is_empty() && read.built_from.is_empty());
    let form = store::new_form(db, &mina(&world), &Wanted::default(), "")
        .await
        .unwrap();
    let names: Vec<_> = form.sources.iter().map(|(name, _)| name.clone()).collect();
    assert_eq!(names, ["profile-manager".to_owned(), format!("edition-{edition}")]);
}

#[tokio::test]
async fn the_list_holds_what_one_may_see_by_organisation() {
    let (world, _) = world().await;
    let job = made(&world, "one").await;
    let of_branch = NewJob {
        organisation: world.branch.to_string(),
        title: "Assistant".into(),
        from: "profile-manager".into(),
    };
    store::make(&world.db, &mina(&world), &key("two"), &of_branch)
        .await
        .unwrap();
    let titles = async |viewer: &Viewer, place: &str| {
        let list = store::jobs_page(&world.db, viewer, place, 1).await.unwrap();
        list.jobs.into_iter().map(|line| line.title).collect::<Vec<_>>()
    };
    assert_eq!(titles(&mina(&world), "").await, ["Assistant", "Branch manager"]);
    assert_eq!(titles(&mina(&world), "branch").await, ["Assistant"]);
    assert_eq!(titles(&milo(&world), "").await, ["Assistant"]);
    let bea = viewer("bea", &world.branch, Role::Learner);
    assert!(titles(&bea, "").await.is_empty());
    used(&world, &job).await;
    assert_eq!(titles(&bea, "").await, ["Branch manager"]);
    assert!(titles(&mona(&world), "").await.is_empty());
    let list = store::jobs_page(&world.db, &mina(&world), "", 1).await.unwrap();
    assert_eq!(
        (list.places.len(), list.jobs[1].statements, list.may_write),
        (2, 2, true)
    );
}
