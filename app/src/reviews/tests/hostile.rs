//! What nobody should be able to send.

use super::*;

#[tokio::test]
async fn texts_are_bounded_and_answered_at_their_fields() {
    let today = crate::time::today("UTC");
    let parse =
        |title: &str, words: &str, due: &str, remind| NewRound::parse(title, words, due, true, remind, "UTC").map(drop);
    let at = |result: Result<()>, field: &str| result.unwrap_err().at(field).is_some();
    assert!(at(parse(" ", "", &today, None), "title"));
    assert!(at(parse(&"x".repeat(201), "", &today, None), "title"));
    assert!(at(parse("a\u{202e}b", "", &today, None), "title"));
    assert!(at(parse("x", &"x".repeat(10_001), &today, None), "words"));
    assert!(at(parse("x", "", "2001-01-01", None), "due"));
    assert!(at(parse("x", "", "2099-01-01", None), "due"));
    assert!(at(parse("x", "", "soon", None), "due"));
    assert!(at(parse("x", "", &today, Some(31)), "remind_days"));
    assert!(parse("x", "Two\nlines", &today, Some(0)).is_ok());

    let verdict =
        |what: &str, wording: &str, was: &str, other: &str| NewVerdict::parse(what, wording, was, other).map(drop);
    assert!(at(verdict("", "", "", ""), "verdict"));
    assert!(at(verdict("kept", "", "", ""), "verdict"));
    assert!(at(verdict("reword", " ", "", ""), "wording"));
    assert!(at(verdict("reword", "The  same", "The same", ""), "wording"));
    assert!(at(verdict("reword", &"x".repeat(2_001), "", ""), "wording"));
    assert!(at(verdict("merge", "", "", ""), "other"));
    assert!(at(verdict("merge", "", "", "node:x"), "other"));
    assert!(
        verdict("keep", &"x".repeat(9_999), "", "whatever").is_ok(),
        "what belongs to other choices is not looked at"
    );

    let resolving = |what: &str, reason: &str, wording: &str, other: &str, apply| {
        Resolving::parse(what, reason, wording, "", other, apply).map(drop)
    };
    assert!(at(resolving("keep", "x", "", "", false), "resolution"));
    assert!(at(resolving("kept", " ", "", "", false), "reason"));
    assert!(at(resolving("kept", &"x".repeat(2_001), "", "", false), "reason"));
    assert!(at(resolving("reworded", "x", "", "", false), "wording"));
    assert!(at(resolving("merged", "x", "", "", true), "other"));
    assert!(resolving("merged", "x", "", "", false).is_ok());
}

#[tokio::test]
async fn nothing_is_taken_that_does_not_belong_there() {
    let round = opened(true).await;
    let (db, bo) = (round.db(), round.bo_sits().await);
    let keep = NewVerdict::parse("keep", "", "", "").unwrap();
    for number in [0, 5, u32::MAX] {
        assert_eq!(store::give(db, &bo, number, &keep).await, Err(AppError::NotFound));
        assert_eq!(
            store::review_item(db, &bo, number, "UTC").await.map(drop),
            Err(AppError::NotFound)
        );
        let said = store::comment_as_reviewer(db, &bo, number, "k", "x", "").await;
        assert_eq!(said, Err(AppError::NotFound));
    }
    // A statement merges neither with itself nor with what is elsewhere.
    let own = round.node(1).await;
    for other in [own.as_str(), "elsewhere"] {
        let merge = NewVerdict::parse("merge", "", "", other).unwrap();
        conflict(&store::give(db, &bo, 1, &merge).await, "not there any more");
    }
    let merge = NewVerdict::parse("merge", "", "", own.as_str()).unwrap();
    store::give(db, &bo, 2, &merge).await.unwrap();
    let given = round.board(Only::All).await.lines.remove(1).verdicts.remove(0);
    assert_eq!(given.other_words, "LM 1.1 Explains the budget");
    let hostile = "<script>alert(1)</script> [x](javascript:alert(2)) <img src=x onerror=alert(3)>";
    store::comment_as_reviewer(db, &bo, 1, "h", hostile, "").await.unwrap();
    let item = store::board_item(db, &round.cora(), SET, &round.round, 1)
        .await
        .unwrap();
    let html = &item.comments[0].html;
    assert!(
        !html.contains("<script") && !html.contains("<img") && !html.contains("href=\"javascript"),
        "{html}"
    );
    assert!(
        store::comment_as_reviewer(db, &bo, 1, "e", " \n ", "")
            .await
            .unwrap_err()
            .at("body")
            .is_some()
    );
    let long = "x".repeat(10_001);
    assert!(
        store::comment_as_reviewer(db, &bo, 1, "l", &long, "")
            .await
            .unwrap_err()
            .at("body")
            .is_some()
    );
    // Links and accounts of one round do nothing in another.
    let (_, other) = store::open(
        db,
        &round.cora(),
        &round.person(),
        &round.edition,
        "other",
        &words(true),
        store::Scope::All,
    )
    .await
    .unwrap();
    let who = round.reviewer("Bo").await;
    assert_eq!(
        store::renew_link(db, &round.cora(), &other, &who).await.map(drop),
        Err(AppError::NotFound)
    );
    assert_eq!(
        store::remove_reviewer(db, &round.cora(), &other, &who).await,
        Err(AppError::NotFound)
    );
    let rea = round.reviewer("Rea").await;
    let link = store::renew_link(db, &round.cora(), &round.round, &rea).await;
    assert_eq!(
        link.map(drop),
        Err(AppError::NotFound),
        "who has an account needs no link"
    );
}

#[tokio::test]
async fn two_at_once_are_both_counted() {
    let round = opened(true).await;
    let (rea, bo) = (round.rea_sits().await, round.bo_sits().await);
    let keep = NewVerdict::parse("keep", "", "", "").unwrap();
    let (one, other) = futures::join!(
        store::give(round.db(), &rea, 1, &keep),
        store::give(round.db(), &bo, 1, &keep)
    );
    assert!(one.is_ok() && other.is_ok());
    let board = round.board(Only::All).await;
    assert_eq!(board.lines[0].counts.words(), "2 keep");
    assert_eq!(board.reviewers.iter().map(|one| one.given).collect::<Vec<_>>(), [1, 1]);
}

#[tokio::test]
async fn what_goes_with_an_edition_is_gone() {
    let round = opened(true).await;
    let bo = round.bo_sits().await;
    round.say(&bo, 1, "drop", "").await;
    store::comment_as_reviewer(round.db(), &bo, 1, "k", "x", "")
        .await
        .unwrap();
    round
        .db()
        .write("DELETE $edition;", vars! { "edition" => round.edition.clone() })
        .await
        .unwrap();
    store::clear_rests(round.db(), Duration::MAX).await;
    for sql in [
        "count(SELECT VALUE id FROM review_round);",
        "count(SELECT VALUE id FROM review_item);",
        "count(SELECT VALUE id FROM reviewer);",
        "count(SELECT VALUE id FROM review_link);",
        "count(SELECT VALUE id FROM verdict);",
        "count(SELECT VALUE id FROM review_comment);",
        "count(SELECT VALUE id FROM review_rest);",
    ] {
        assert_eq!(round.many(sql).await, 0, "{sql}");
    }
    let seat = store::seat(round.db(), &Viewer::visitor(), &round.round, Some(&round.token)).await;
    assert_eq!(seat.map(drop), Err(AppError::SignInNeeded));
}
