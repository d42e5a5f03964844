//! What reviewers see and say.

use super::*;

#[tokio::test]
async fn a_verdict_counts_and_leads_on_to_what_waits() {
    let round = opened(true).await;
    let (rea, bo) = (round.rea_sits().await, round.bo_sits().await);
    assert_eq!(round.say(&rea, 1, "keep", "").await, Some(2));
    assert_eq!(round.say(&rea, 4, "drop", "").await, Some(2), "on from the beginning");
    assert_eq!(
        round.say(&bo, 1, "reword", "Explains the budget plainly").await,
        Some(2)
    );
    // The newest counts, and counts once.
    assert_eq!(round.say(&bo, 1, "reword", "Explains each budget").await, Some(2));
    let board = round.board(Only::All).await;
    let line = &board.lines[0];
    assert_eq!(
        (line.counts.words(), line.verdicts.len()),
        ("1 keep, 1 reword".into(), 2)
    );
    assert_eq!(line.verdicts[1].wording, "Explains each budget");
    assert_eq!((board.divided, board.silent, board.unresolved), (1, 2, 4));
    let divided: Vec<u32> = round
        .board(Only::Divided)
        .await
        .lines
        .iter()
        .map(|line| line.number)
        .collect();
    assert_eq!(divided, [1]);
    let silent: Vec<u32> = round
        .board(Only::Silent)
        .await
        .lines
        .iter()
        .map(|line| line.number)
        .collect();
    assert_eq!(silent, [2, 3]);
    let given: Vec<u32> = board.reviewers.iter().map(|one| one.given).collect();
    assert_eq!(given, [2, 1]);
    let rea = round.rea_sits().await;
    let page = store::review_page(round.db(), &rea, Only::Unresolved, 1, "UTC")
        .await
        .unwrap();
    assert_eq!(page.lines.iter().map(|line| line.number).collect::<Vec<_>>(), [2, 3]);
    assert_eq!((page.me.given, page.next_open), (2, Some(2)));
    assert_eq!(round.say(&rea, 2, "keep", "").await, Some(3));
    assert_eq!(round.say(&rea, 3, "keep", "").await, None);
}

#[tokio::test]
async fn others_are_seen_after_the_own_verdict() {
    let round = opened(true).await;
    let (rea, bo) = (round.rea_sits().await, round.bo_sits().await);
    round.say(&bo, 1, "drop", "").await;
    store::comment_as_reviewer(round.db(), &bo, 1, "a", "Too vague, says Bo.", "")
        .await
        .unwrap();
    let item = store::review_item(round.db(), &rea, 1, "UTC").await.unwrap();
    assert_eq!((item.theirs, item.comments.len()), (None, 0));
    round.say(&rea, 1, "keep", "").await;
    let item = store::review_item(round.db(), &rea, 1, "UTC").await.unwrap();
    let theirs = item.theirs.unwrap();
    assert_eq!((theirs.len(), theirs[0].name.as_str()), (1, "Bo"));
    assert_eq!(item.comments[0].author, "Bo");
    // Asked again, everyone first judges alone.
    store::ask_again(&state(round.db(), false), &round.cora(), &round.round, 1, 1, "Now?")
        .await
        .unwrap();
    round.say(&bo, 1, "keep", "").await;
    let item = store::review_item(round.db(), &rea, 1, "UTC").await.unwrap();
    assert!(item.theirs.is_none() && item.mine.is_none() && item.statement.times_asked == 2);
    assert_eq!(item.statement.ask_words, "Now?");
    let open = opened(false).await;
    let bo = open.bo_sits().await;
    open.say(&bo, 2, "keep", "").await;
    let item = store::review_item(open.db(), &open.rea_sits().await, 2, "UTC")
        .await
        .unwrap();
    assert_eq!(item.theirs.unwrap().len(), 1);
}

#[tokio::test]
async fn comments_stand_in_threads_and_are_kept_once() {
    let round = opened(true).await;
    let (rea, bo) = (round.rea_sits().await, round.bo_sits().await);
    for _ in 0..2 {
        store::comment_as_reviewer(round.db(), &bo, 2, "a", "What is *awkward*?", "")
            .await
            .unwrap();
    }
    store::comment_as_reviewer(round.db(), &rea, 2, "a", "A second thread", "")
        .await
        .unwrap();
    let cora = round.cora();
    let item = store::board_item(round.db(), &cora, SET, &round.round, 2)
        .await
        .unwrap();
    assert_eq!(item.comments.len(), 2);
    assert!(item.comments[0].html.contains("<em>awkward</em>"));
    let first = item.comments[0].id.to_string();
    store::comment_as_curator(round.db(), &cora, &round.round, 2, "b", "Its code.", &first)
        .await
        .unwrap();
    let item = store::board_item(round.db(), &cora, SET, &round.round, 2)
        .await
        .unwrap();
    let said: Vec<(&str, Option<&str>)> = item
        .comments
        .iter()
        .map(|comment| (comment.author.as_str(), comment.reply_to.as_deref()))
        .collect();
    assert_eq!(said, [("Bo", None), ("Cora", Some("Bo")), ("Rea", None)]);
    // Before a verdict of her own, Rea reads neither Bo nor the answer to him.
    let item = store::review_item(round.db(), &rea, 2, "UTC").await.unwrap();
    assert_eq!(
        item.comments.iter().map(|comment| comment.mine).collect::<Vec<_>>(),
        [true]
    );
    let item = store::review_item(round.db(), &bo, 2, "UTC").await.unwrap();
    assert_eq!(item.comments.len(), 2);
    // An answer belongs to a comment on the same statement.
    let elsewhere = store::comment_as_reviewer(round.db(), &bo, 1, "c", "x", &first).await;
    assert_eq!(elsewhere, Err(AppError::NotFound));
}

#[tokio::test]
async fn a_seat_is_of_one_round_and_ends() {
    let round = opened(true).await;
    let visitor = Viewer::visitor();
    let db = round.db();
    let cora = round.cora();
    let (_, other) = store::open(
        db,
        &cora,
        &round.person(),
        &round.edition,
        "other",
        &words(true),
        store::Scope::All,
    )
    .await
    .unwrap();
    assert_ne!(other, round.round);
    let sits = async |viewer: &Viewer, of: &ReviewRoundId, token: Option<&str>| {
        store::seat(db, viewer, of, token).await.map(|seat| seat.name)
    };
    assert_eq!(sits(&visitor, &round.round, Some(&round.token)).await, Ok("Bo".into()));
    assert_eq!(
        sits(&visitor, &other, Some(&round.token)).await,
        Err(AppError::SignInNeeded)
    );
    assert_eq!(sits(&visitor, &round.round, None).await, Err(AppError::SignInNeeded));
    assert_eq!(
        sits(&visitor, &round.round, Some("made up")).await,
        Err(AppError::SignInNeeded)
    );
    for stranger in [round.world.stranger(), round.world.learner(), cora.clone()] {
        assert_eq!(sits(&stranger, &round.round, None).await, Err(AppError::NotFound));
    }
    assert_eq!(sits(&round.rea(), &other, None).await, Err(AppError::NotFound));
    // A new link ends the one before.
    let bo = round.reviewer("Bo").await;
    let token = store::renew_link(db, &cora, &round.round, &bo).await.unwrap();
    assert_eq!(
        sits(&visitor, &round.round, Some(&round.token)).await,
        Err(AppError::SignInNeeded)
    );
    assert_eq!(store::link(db, &round.token).await.map(drop), Err(AppError::NotFound));
    let page = store::link(db, &token).await.unwrap();
    assert_eq!(
        (page.name.as_str(), page.by.as_str(), page.title.as_str()),
        ("Bo", "Cora", "Spring review")
    );
    // It runs out some time after the last day.
    let late = "UPDATE review_round SET due_at = time::now() - 31d;";
    db.write(late, vars! {}).await.unwrap();
    assert_eq!(
        sits(&visitor, &round.round, Some(&token)).await,
        Err(AppError::SignInNeeded)
    );
    db.write("UPDATE review_round SET due_at = time::now() - 29d;", vars! {})
        .await
        .unwrap();
    assert_eq!(sits(&visitor, &round.round, Some(&token)).await, Ok("Bo".into()));
    // Whoever is taken out sits no more; what they said stays.
    let seat = store::seat(db, &visitor, &round.round, Some(&token)).await.unwrap();
    round.say(&seat, 1, "drop", "").await;
    store::remove_reviewer(db, &cora, &round.round, &bo).await.unwrap();
    store::remove_reviewer(db, &cora, &round.round, &bo).await.unwrap();
    assert_eq!(
        sits(&visitor, &round.round, Some(&token)).await,
        Err(AppError::SignInNeeded)
    );
    let new = NewVerdict::parse("keep", "", "", "").unwrap();
    assert_eq!(store::give(db, &seat, 2, &new).await, Err(AppError::NotFound));
    assert_eq!(
        store::finish(db, &seat, true, true, "Bo").await,
        Err(AppError::NotFound)
    );
    let board = round.board(Only::All).await;
    assert_eq!((board.lines[0].counts.drop, board.reviewers.len()), (1, 2));
    // Of whom nothing is there, nothing stays.
    let rea = round.reviewer("Rea").await;
    store::remove_reviewer(db, &cora, &round.round, &rea).await.unwrap();
    assert_eq!(sits(&round.rea(), &round.round, None).await, Err(AppError::NotFound));
    assert_eq!(round.board(Only::All).await.reviewers.len(), 1);
}

#[tokio::test]
async fn whoever_leaves_the_organisation_loses_their_place() {
    let round = opened(false).await;
    let (db, rea) = (round.db(), round.rea());
    let person = rea.person.clone().unwrap();
    let before = round.rea_sits().await;
    round.say(&before, 1, "keep", "").await;
    assert_eq!(store::mine(db, &person).await.unwrap().rounds.len(), 1);
    let move_to = async |organisation: Option<&crate::id::OrganisationId>| {
        db.write(
            "DELETE membership WHERE person = person:rea;
             IF $to != NONE { CREATE membership:['rea', record::id($to)] SET person = person:rea, organisation = $to, roles = ['learner'] };",
            vars! { "to" => organisation.cloned() },
        )
        .await
        .unwrap();
    };
    let elsewhere = round.world.stranger().memberships.remove(0).organisation;
    for place in [None, Some(&elsewhere)] {
        move_to(place).await;
        let gone = store::seat(db, &rea, &round.round, None).await;
        assert_eq!(gone.map(drop), Err(AppError::NotFound));
        assert!(store::mine(db, &person).await.unwrap().rounds.is_empty());
        let keep = NewVerdict::parse("keep", "", "", "").unwrap();
        assert_eq!(store::give(db, &before, 2, &keep).await, Err(AppError::NotFound));
        let said = store::comment_as_reviewer(db, &before, 2, "k", "x", "").await;
        assert_eq!(said, Err(AppError::NotFound));
        let done = store::finish(db, &before, true, true, "").await;
        assert_eq!(done, Err(AppError::NotFound));
        let shown = round.board(Only::All).await.reviewers;
        assert!(shown.iter().any(|one| one.name == "Rea" && one.revoked), "{shown:?}");
        // Nor is she asked by her account from there.
        let again = NewReviewer::Colleague(person.id.clone());
        let invited = store::invite(&state(db, false), &round.cora(), &round.person(), &round.round, &again).await;
        assert!(invited.unwrap_err().at("person").is_some());
    }
    // What she said stays, and back again she has her place.
    assert_eq!(round.board(Only::All).await.lines[0].counts.keep, 1);
    move_to(Some(&round.world.library)).await;
    assert_eq!(round.rea_sits().await.name, "Rea");
}
