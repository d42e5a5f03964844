//! Whom an edition thanks.

use super::*;

#[tokio::test]
async fn who_agrees_is_named_once_the_round_is_signed_off() {
    let round = opened(true).await;
    let (rea, bo) = (round.rea_sits().await, round.bo_sits().await);
    round.say(&rea, 1, "keep", "").await;
    round.say(&bo, 1, "keep", "").await;
    store::finish(round.db(), &rea, true, true, "Dr  Rea Example")
        .await
        .unwrap();
    store::finish(round.db(), &bo, true, false, "Bo").await.unwrap();
    let named = async || store::acknowledged(round.db(), &round.edition).await.unwrap();
    assert!(named().await.is_empty());
    round.resolve_all().await;
    store::sign_off(round.db(), &round.cora(), &round.round, true, "")
        .await
        .unwrap();
    assert_eq!(named().await, ["Dr Rea Example"]);
    let mine = store::mine(round.db(), &round.rea().person.unwrap()).await.unwrap();
    assert!(mine.rounds[0].over && mine.rounds[0].finished && mine.rounds[0].given == 1);
    // From then on nobody is named who was not, and nobody otherwise.
    store::finish(round.db(), &bo, true, true, "Somebody").await.unwrap();
    store::finish(round.db(), &rea, true, true, "Defaced").await.unwrap();
    assert_eq!(named().await, ["Dr Rea Example"]);
    // One's own name may be taken back, for good.
    store::finish(round.db(), &rea, true, false, "").await.unwrap();
    assert!(named().await.is_empty());
    store::finish(round.db(), &rea, true, true, "Back").await.unwrap();
    assert!(named().await.is_empty());
}

/// Rea, named as she is called, in a round that is signed off.
async fn thanked() -> Round {
    let round = opened(true).await;
    let rea = round.rea_sits().await;
    round.say(&rea, 1, "keep", "").await;
    store::finish(round.db(), &rea, true, true, "").await.unwrap();
    round.resolve_all().await;
    store::sign_off(round.db(), &round.cora(), &round.round, true, "")
        .await
        .unwrap();
    round
}

#[tokio::test]
async fn whom_an_edition_thanks_does_not_change_with_their_account() {
    let round = thanked().await;
    let named = async || store::acknowledged(round.db(), &round.edition).await.unwrap();
    round
        .db()
        .write("UPDATE person:rea SET name = 'Defaced';", vars! {})
        .await
        .unwrap();
    assert_eq!(named().await, ["Rea"]);
    // A former member is named nowhere.
    crate::people::store::close(round.db(), &PersonId::parse("rea").unwrap(), false)
        .await
        .unwrap();
    assert!(named().await.is_empty());
}

#[tokio::test]
async fn a_name_is_no_address_of_the_web() {
    let round = opened(true).await;
    let bo = round.bo_sits().await;
    let refused = store::finish(round.db(), &bo, true, true, "See http://evil.example").await;
    assert!(refused.unwrap_err().at("named_as").is_some());
    assert_eq!(store::finish(round.db(), &bo, true, false, "").await, Ok(()));
}

#[tokio::test]
async fn a_curator_takes_out_the_name_of_who_asks_for_it_for_good() {
    let round = thanked().await;
    let (db, cora, rea) = (round.db(), round.cora(), round.reviewer("Rea").await);
    let strike = async |viewer: &Viewer, round: &ReviewRoundId, understood| {
        store::strike_name(db, viewer, round, &rea, understood).await
    };
    let named = async || store::acknowledged(db, &round.edition).await.unwrap();
    let noted = async || {
        let acts = "SELECT VALUE about FROM audit_entry WHERE act = 'acknowledgement_struck' AND whom = person:rea;";
        db.rows::<String>(acts, vars! {}).await.unwrap()
    };
    // Nobody else does, nobody by chance, and nobody through another round.
    assert_eq!(strike(&round.rea(), &round.round, true).await, Err(AppError::NotFound));
    assert_eq!(
        strike(&Viewer::visitor(), &round.round, true).await,
        Err(AppError::SignInNeeded)
    );
    assert!(matches!(
        strike(&cora, &round.round, false).await,
        Err(AppError::Invalid(_))
    ));
    assert!(
        strike(&cora, &ReviewRoundId::parse("another").unwrap(), true)
            .await
            .is_err()
    );
    assert_eq!((named().await, noted().await.len()), (vec!["Rea".to_owned()], 0));

    round.goes_out().await.unwrap();
    let content = "SELECT VALUE [title, description, levels, statements] FROM edition WHERE state = 'published';";
    let before: Vec<surrealdb_types::Value> = db.rows(content, vars! {}).await.unwrap();
    for _ in 0..2 {
        assert_eq!(strike(&cora, &round.round, true).await, Ok(SET.to_owned()));
        assert!(named().await.is_empty());
    }
    let page = crate::competencies::store::set_page(db, &Viewer::visitor(), SET, None)
        .await
        .unwrap();
    assert!(page.acknowledged.is_empty());
    let after: Vec<surrealdb_types::Value> = db.rows(content, vars! {}).await.unwrap();
    assert_eq!(after, before, "the edition is as it was published");
    assert_eq!(
        noted().await,
        ["Small set: Spring review"],
        "once, however often it is asked"
    );
    // The reviewer's own later yes changes nothing either.
    store::finish(db, &round.rea_sits().await, true, true, "Back")
        .await
        .unwrap();
    assert!(named().await.is_empty());
}

#[tokio::test]
async fn a_name_that_its_owner_takes_back_is_noted_once_the_round_is_over() {
    let round = thanked().await;
    let noted = "count(SELECT VALUE id FROM audit_entry WHERE act = 'acknowledgement_struck');";
    assert_eq!(round.many(noted).await, 0);
    store::finish(round.db(), &round.rea_sits().await, true, false, "")
        .await
        .unwrap();
    assert_eq!(round.many(noted).await, 1);
}

#[tokio::test]
async fn whoever_left_takes_their_own_name_out() {
    let round = thanked().await;
    let (db, rea) = (round.db(), PersonId::parse("rea").unwrap());
    let person = round.rea().person.unwrap();
    db.write("DELETE membership WHERE person = person:rea;", vars! {})
        .await
        .unwrap();
    let mine = store::mine(db, &person).await.unwrap().rounds;
    assert_eq!((mine.len(), mine[0].still, mine[0].over), (1, false, true));
    let lea = PersonId::parse("lea").unwrap();
    assert_eq!(
        store::withdraw_name(db, &lea, &round.round).await,
        Err(AppError::NotFound)
    );
    assert_eq!(store::acknowledged(db, &round.edition).await.unwrap(), ["Rea"]);
    for _ in 0..2 {
        store::withdraw_name(db, &rea, &round.round).await.unwrap();
    }
    assert!(store::acknowledged(db, &round.edition).await.unwrap().is_empty());
    assert!(
        store::mine(db, &person).await.unwrap().rounds.is_empty(),
        "nothing is left of it"
    );
    let noted = "count(SELECT VALUE id FROM audit_entry WHERE act = 'acknowledgement_struck');";
    assert_eq!(round.many(noted).await, 1);
}
