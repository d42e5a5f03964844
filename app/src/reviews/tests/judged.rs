//! What nobody gave a verdict on is not reviewed.

use super::*;
use crate::reviews::report;
use crate::reviews::rules::{Gate, Lack};
use crate::reviews::store::Scope;
use surrealdb_types::{Datetime, SurrealValue};

impl Round {
    /// Another round of the same draft in which the curator alone keeps all that
    /// is asked about.
    async fn alone(&self, key: &str, scope: Scope<'_>) -> ReviewRoundId {
        let (db, cora) = (self.db(), self.cora());
        let (_, round) = store::open(db, &cora, &self.person(), &self.edition, key, &words(true), scope)
            .await
            .unwrap();
        let items = "SELECT VALUE number FROM review_item WHERE round = $round ORDER BY number;";
        let asked: Vec<i64> = db.rows(items, vars! { "round" => round.clone() }).await.unwrap();
        let kept = Resolving::parse("kept", "I looked.", "", "", "", false).unwrap();
        for number in asked {
            let number = u32::try_from(number).unwrap();
            store::resolve(db, &cora, &round, number, &kept).await.unwrap();
        }
        store::sign_off(db, &cora, &round, true, "").await.unwrap();
        round
    }

    async fn about(&self, act: &str) -> Vec<String> {
        let acts = "SELECT VALUE about FROM audit_entry WHERE act = $act ORDER BY id;";
        self.db().rows(acts, vars! { "act" => act.to_owned() }).await.unwrap()
    }
}

#[tokio::test]
async fn where_the_curator_alone_looked_one_tick_says_so() {
    let round = opened(true).await;
    let (db, cora) = (round.db(), round.cora());
    round.resolve_all().await;
    assert_eq!(round.board(Only::All).await.silent, 4);
    store::sign_off(db, &cora, &round.round, true, "").await.unwrap();
    assert_eq!(
        round.about("review_signed_off").await,
        ["Small set: Spring review (4 of 4 without a verdict)"]
    );
    let board = round.board(Only::All).await;
    assert_eq!(
        (board.gate(), board.changed, board.unjudged),
        (Gate::Unreviewed(4), 0, 4)
    );
    let since = store::changed_since(db, &round.edition).await.unwrap();
    assert_eq!((since.many, since.silent), (4, 4));
    let refused = super::curating::publishes(&round).await.unwrap_err();
    let message = refused.at("unreviewed").unwrap();
    assert!(
        message.starts_with("Nobody gave a verdict on 4 statements"),
        "{message}"
    );
    let by_hand = crate::editions::store::publish_as_suggested(db, &round.edition).await;
    conflict(&by_hand, "Nobody gave a verdict on 4 statements");
    round.goes_out().await.unwrap();
    assert_eq!(
        round.about("published_unreviewed").await,
        ["Small set, 1 (4 without a verdict)"]
    );
    let board = round.board(Only::All).await;
    assert_eq!(
        board.unreviewed[0].words(),
        "4 statements that nobody gave a verdict on"
    );
    let whole = store::whole(db, &cora, SET, &round.round).await.unwrap();
    let (csv, html) = (report::csv(&whole), report::html(&whole, "n"));
    assert_eq!(
        csv.matches("published without a verdict of anybody").count(),
        4,
        "{csv}"
    );
    assert_eq!(
        html.matches("Nobody gave a verdict on 4 statements.").count(),
        1,
        "{html}"
    );
    assert_eq!(html.matches("4 statements that nobody gave a verdict on").count(), 1);
    let page = crate::competencies::store::set_page(db, &Viewer::visitor(), SET, Some(1)).await;
    assert_eq!(page.unwrap().unreviewed, 4);
}

#[tokio::test]
async fn a_round_that_nobody_reviews_makes_nothing_reviewed() {
    let round = opened(true).await;
    let db = round.db();
    round.judge_all().await;
    round.resolve_all().await;
    store::sign_off(db, &round.cora(), &round.round, true, "")
        .await
        .unwrap();
    let now = async || {
        let since = store::changed_since(db, &round.edition).await.unwrap();
        let lines = since.lines.into_iter();
        lines
            .map(|line| (line.round, line.number, line.why))
            .collect::<Vec<_>>()
    };
    // What was judged in the same words before stays reviewed.
    round.alone("all", Scope::All).await;
    assert_eq!(now().await, []);
    round.reword(2, "Says another thing").await;
    assert_eq!(now().await.len(), 1);
    let third = round.alone("changed", Scope::Changed).await;
    assert_eq!(now().await, [(third.clone(), 1, Lack::Silent)]);
    assert!(super::curating::publishes(&round).await.is_err());
    // It can be asked about once more, and is said to have been changed where it was.
    let form = store::rounds_page(db, &round.cora(), SET, 1)
        .await
        .unwrap()
        .new
        .unwrap();
    assert_eq!(form.changed, 1);
    round.reword(2, "Says a third thing").await;
    assert_eq!(now().await, [(third, 1, Lack::Changed)]);
    round.goes_out().await.unwrap();
}

#[tokio::test]
async fn what_goes_as_it_was_resolved_needs_no_verdict() {
    let round = opened(true).await;
    round.judge_all().await;
    round.resolve_all().await;
    let (db, cora) = (round.db(), round.cora());
    store::ask_again(&state(db, false), &cora, &round.round, 3, 1, "Still?")
        .await
        .unwrap();
    let gone = Resolving::parse("dropped", "Not here.", "", "", "", true).unwrap();
    store::resolve(db, &cora, &round.round, 3, &gone).await.unwrap();
    store::sign_off(db, &cora, &round.round, true, "").await.unwrap();
    assert_eq!(store::changed_since(db, &round.edition).await.unwrap().many, 0);
    super::curating::publishes(&round).await.unwrap();
}

/// What a round is not as it was reviewed: number, why and print.
async fn odd(round: &Round) -> Vec<(i64, String, String)> {
    #[derive(SurrealValue)]
    struct Row {
        number: i64,
        why: String,
        print: String,
    }
    let asked = "SELECT number, why, print FROM fn::unreviewed_of($round) ORDER BY number;";
    let rows: Vec<Row> = round
        .db()
        .rows(asked, vars! { "round" => round.round.clone() })
        .await
        .unwrap();
    rows.into_iter().map(|row| (row.number, row.why, row.print)).collect()
}

#[tokio::test]
async fn what_was_not_touched_since_is_told_without_reading_it_again() {
    let round = opened(true).await;
    let (db, cora) = (round.db(), round.cora());
    let times = "SELECT VALUE shown[1] FROM node;";
    let made: Vec<Datetime> = db.rows(times, vars! {}).await.unwrap();
    db.write("UPDATE node SET beneath = 0;", vars! {}).await.unwrap();
    assert_eq!(db.rows::<Datetime>(times, vars! {}).await.unwrap(), made);
    round.resolve_all().await;
    store::sign_off(db, &cora, &round.round, true, "").await.unwrap();
    let read_again = odd(&round).await;
    assert_eq!(read_again.len(), 4);
    // As though all that were of yesterday.
    let yesterday = "DEFINE FIELD OVERWRITE shown ON node TYPE option<array<string | datetime>>;
        DEFINE FIELD OVERWRITE scaled ON edition TYPE option<array<string | datetime>>;
        UPDATE node SET shown = ['', time::now() - 1d];
        UPDATE edition SET scaled = ['', time::now() - 1d];";
    db.write(yesterday, vars! {}).await.unwrap();
    assert_eq!(odd(&round).await, read_again);
    let touched = "LET $node = (SELECT VALUE node FROM review_item WHERE round = $round AND number = 2)[0];
        UPDATE $node SET title = 'Said anew', shown = ['', time::now()];";
    db.write(touched, vars! { "round" => round.round.clone() })
        .await
        .unwrap();
    let whys: Vec<String> = odd(&round).await.into_iter().map(|(_, why, _)| why).collect();
    assert_eq!(whys, ["silent", "changed", "silent", "silent"]);
}
