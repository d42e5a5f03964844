//! A verdict that is changed after others' were shown, and who knows whose it is.

use super::*;
use crate::people::tokens;
use crate::reviews::report;
use crate::reviews::rules::Verdict;

impl Round {
    /// What is kept of Bo's first verdict on a statement, as the curator sees it.
    async fn first_of_bo(&self, number: u32) -> Option<(Verdict, String)> {
        let board = self.board(Only::All).await;
        let line = board.lines.into_iter().find(|line| line.number == number).unwrap();
        let bo = line.verdicts.into_iter().find(|given| given.name == "Bo").unwrap();
        bo.first.map(|first| (first.what, first.wording))
    }
}

#[tokio::test]
async fn a_verdict_changed_after_others_were_shown_says_what_it_was() {
    let round = opened(true).await;
    let (rea, bo) = (round.rea_sits().await, round.bo_sits().await);
    // While nobody else said anything there is nothing to be convinced by.
    round.say(&bo, 1, "drop", "").await;
    round.say(&bo, 1, "reword", "Alone, twice").await;
    assert_eq!(round.first_of_bo(1).await, None);
    round.say(&rea, 1, "keep", "").await;
    // Saying the same again is no change.
    round.say(&bo, 1, "reword", "Alone, twice").await;
    assert_eq!(round.first_of_bo(1).await, None);
    let first = Some((Verdict::Reword, "Alone, twice".to_owned()));
    for (what, wording) in [("keep", ""), ("drop", ""), ("reword", "Once more")] {
        round.say(&bo, 1, what, wording).await;
        assert_eq!(round.first_of_bo(1).await, first, "{what}");
    }
    let whole = store::whole(round.db(), &round.cora(), SET, &round.round)
        .await
        .unwrap();
    let before = "changed after others’ verdicts were shown; before: Reword, “Alone, twice”";
    assert!(report::csv(&whole).contains(before) && report::html(&whole, "n").contains(before));
    // Bo knows what is kept of them, Rea does not see it.
    let mine = store::review_item(round.db(), &bo, 1, "UTC")
        .await
        .unwrap()
        .mine
        .unwrap();
    assert!(mine.first.is_some());
    let theirs = store::review_item(round.db(), &rea, 1, "UTC")
        .await
        .unwrap()
        .theirs
        .unwrap();
    assert_eq!((theirs[0].what, &theirs[0].first), (Verdict::Reword, &None));
    // Back to what it was, nothing is left of it; the counts were those of the newest all along.
    round.say(&bo, 1, "reword", "Alone, twice").await;
    assert_eq!(round.first_of_bo(1).await, None);
    let line = round.board(Only::All).await.lines.remove(0);
    assert_eq!(line.counts.words(), "1 keep, 1 reword");
    // Asked once more, everyone begins anew.
    round.say(&bo, 1, "keep", "").await;
    store::ask_again(&state(round.db(), false), &round.cora(), &round.round, 1, 1, "Now?")
        .await
        .unwrap();
    round.say(&bo, 1, "keep", "").await;
    assert_eq!(round.first_of_bo(1).await, None);
}

#[tokio::test]
async fn a_comment_of_others_convinces_too_and_in_the_open_nothing_is_kept() {
    let round = opened(true).await;
    let (rea, bo) = (round.rea_sits().await, round.bo_sits().await);
    round.say(&bo, 2, "keep", "").await;
    store::comment_as_reviewer(round.db(), &rea, 2, "a", "It is vague.", "")
        .await
        .unwrap();
    round.say(&bo, 2, "drop", "").await;
    assert_eq!(round.first_of_bo(2).await, Some((Verdict::Keep, String::new())));
    let open = opened(false).await;
    let (rea, bo) = (open.rea_sits().await, open.bo_sits().await);
    open.say(&rea, 2, "drop", "").await;
    open.say(&bo, 2, "keep", "").await;
    open.say(&bo, 2, "drop", "").await;
    assert_eq!(open.first_of_bo(2).await, None);
}

#[tokio::test]
async fn whoever_reviews_is_known_by_name_alone() {
    let round = opened(true).await;
    let rea = round.reviewer("Rea").await;
    let guess = format!("{} person {}", round.round, PersonId::parse("rea").unwrap());
    assert_ne!(rea, ReviewerId::parse(&tokens::key(&guess)).unwrap());
    round.say(&round.rea_sits().await, 1, "keep", "").await;
    let bo = round.bo_sits().await;
    round.say(&bo, 1, "keep", "").await;
    let item = store::review_item(round.db(), &bo, 1, "UTC").await.unwrap();
    assert!(item.theirs.unwrap().iter().all(|given| given.reviewer.is_none()));
    // A round from before keeps its keys: nobody is invited to it twice.
    round
        .db()
        .write(
            "UPDATE review_round SET secret = NONE; DELETE verdict; DELETE reviewer;",
            vars! {},
        )
        .await
        .unwrap();
    let invites = async || {
        let who = NewReviewer::Colleague(PersonId::parse("rea").unwrap());
        let (state, cora) = (state(round.db(), false), round.cora());
        store::invite(&state, &cora, &round.person(), &round.round, &who).await
    };
    assert_eq!(invites().await, Ok(Invited::Account { letter: false }));
    assert_eq!(
        round.reviewer("Rea").await,
        ReviewerId::parse(&tokens::key(&guess)).unwrap()
    );
    assert_eq!(invites().await, Ok(Invited::Already));
}
