//! What reviewers saw is what is signed off.

use super::*;
use crate::reviews::report;
use crate::reviews::rules::Why;
use crate::reviews::store::{Said, sign_off_saying};

impl Round {
    async fn unlike(&self) -> Vec<(u32, Why)> {
        let unlike = self.board(Only::All).await.unlike;
        unlike.lines.into_iter().map(|line| (line.number, line.why)).collect()
    }

    /// Signs off as the board lists it.
    pub async fn signs(&self, ticked: bool, words: &str) -> Result<String> {
        let said = Said {
            ticked,
            reason: words.into(),
            looked: self.board(Only::All).await.unlike.print,
            ..Said::default()
        };
        sign_off_saying(self.db(), &self.cora(), &self.round, true, &said).await
    }

    async fn details(&self, number: u32, knowledge: &str) {
        let node = self.node(number).await;
        self.db()
            .write(
                "UPDATE $node SET knowledge = [$knowledge];",
                vars! { "node" => node, "knowledge" => knowledge.to_owned() },
            )
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn what_is_reworded_after_its_resolving_is_resolved_again_or_said() {
    let round = opened(true).await;
    let (db, cora) = (round.db(), round.cora());
    round.judge_all().await;
    round.resolve_all().await;
    assert_eq!(round.unlike().await, []);
    round.reword(2, "Says another thing").await;
    assert_eq!(round.unlike().await, [(2, Why::Changed)]);
    let refused = round.signs(false, "").await.unwrap_err();
    assert!(refused.at("as_it_stands").unwrap().contains("Says another thing"));
    let refused = round.signs(true, " ").await.unwrap_err();
    assert!(refused.at("words").is_some() && refused.at("as_it_stands").is_none());
    // Of something else than the form listed it is not said.
    let stale = Said {
        ticked: true,
        reason: "Spelling.".into(),
        looked: "another".into(),
        ..Said::default()
    };
    let refused = sign_off_saying(db, &cora, &round.round, true, &stale)
        .await
        .unwrap_err();
    assert!(refused.at("as_it_stands").unwrap().contains("Load the page again"));
    // Kept once more, it is still not what they were asked about; reworded, it is
    // what the curator chose.
    round.resolve(2, "kept").await.unwrap();
    assert_eq!(round.unlike().await, [(2, Why::Unseen)]);
    let reworded = |wording: &str| Resolving::parse("reworded", "Plainer.", wording, "Says another thing", "", false);
    let chosen = reworded("Says another thing").unwrap();
    store::resolve(db, &cora, &round.round, 2, &chosen).await.unwrap();
    assert_eq!(round.unlike().await, []);
    round.details(2, "Other knowledge").await;
    store::resolve(db, &cora, &round.round, 2, &chosen).await.unwrap();
    assert_eq!(
        round.unlike().await,
        [(2, Why::Unseen)],
        "what stands beside the title is not what they saw"
    );
    round.signs(true, "Spelling <alone>.").await.unwrap();
    let board = round.board(Only::All).await;
    assert_eq!((board.lines[1].unlike, board.unlike.many), (Some(Why::Unseen), 0));
    let whole = store::whole(db, &cora, SET, &round.round).await.unwrap();
    let (csv, html) = (report::csv(&whole), report::html(&whole, "n"));
    assert_eq!(csv.matches(Why::Unseen.label()).count(), 1, "{csv}");
    assert_eq!(html.matches("Signed off as it stood.").count(), 1, "{html}");
    // It is what was signed off: publishing asks nothing more.
    super::curating::publishes(&round).await.unwrap();
}

#[tokio::test]
async fn a_verdict_is_on_the_words_that_were_seen() {
    let round = opened(true).await;
    let (db, rea) = (round.db(), round.rea_sits().await);
    let page = store::review_item(db, &rea, 1, "UTC").await.unwrap();
    let was = page.statement.asked.clone();
    round.reword(1, "Says another thing").await;
    let keep = |saw: &str| NewVerdict::parse("keep", "", "", "").unwrap().having_seen(saw);
    conflict(
        &store::give(db, &rea, 1, &keep(&page.statement.print)).await,
        "changed while you looked at it",
    );
    let page = store::review_item(db, &rea, 1, "UTC").await.unwrap();
    store::give(db, &rea, 1, &keep(&page.statement.print)).await.unwrap();
    round.resolve_all().await;
    assert_eq!(round.unlike().await, [], "all who judged it saw what it says");
    // Back to what was asked about at first, which nobody judged.
    round.reword(1, &was).await;
    round.resolve(1, "kept").await.unwrap();
    assert_eq!(round.unlike().await, [(1, Why::Unseen)]);
    store::ask_again(&state(db, false), &round.cora(), &round.round, 1, 1, "As at first?")
        .await
        .unwrap();
    round.resolve(1, "kept").await.unwrap();
    assert_eq!(round.unlike().await, []);
}

#[tokio::test]
async fn an_accepted_suggestion_is_what_was_reviewed() {
    let round = opened(true).await;
    let (rea, bo) = (round.rea_sits().await, round.bo_sits().await);
    round.say(&rea, 1, "keep", "").await;
    round.say(&bo, 1, "reword", "Explains a budget in plain words").await;
    round.resolve_all().await;
    let (who, was) = (round.reviewer("Bo").await, round.title(1).await.unwrap());
    store::accept(round.db(), &round.cora(), &round.round, 1, &who, &was)
        .await
        .unwrap();
    assert_eq!(round.unlike().await, []);
    store::sign_off(round.db(), &round.cora(), &round.round, true, "")
        .await
        .unwrap();
}

#[tokio::test]
async fn what_stays_or_goes_against_its_resolving_is_told() {
    let round = opened(true).await;
    round.resolve_all().await;
    round.resolve(3, "dropped").await.unwrap();
    let node = round.node(2).await;
    crate::outlines::store::remove(round.db(), &round.cora(), &node, true)
        .await
        .unwrap();
    assert_eq!(round.unlike().await, [(2, Why::Gone), (3, Why::Left)]);
    let refused = round.signs(false, "").await.unwrap_err();
    assert!(refused.at("as_it_stands").unwrap().contains("2 statements"));
    round.signs(true, "Both are right.").await.unwrap();
}
