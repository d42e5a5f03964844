//! What is changed after its round was signed off.

use super::*;
use crate::competencies::store::node_by_code;
use crate::editions::store::{Published, publish_saying, publish_sections};
use crate::reviews::report;
use crate::reviews::rules::Gate;
use crate::reviews::store::{Said, Scope};

impl Round {
    pub async fn reword(&self, number: u32, wording: &str) {
        let (node, was) = (self.node(number).await, self.title(number).await.unwrap());
        crate::outlines::store::rename(self.db(), &self.cora(), &node, &was, wording)
            .await
            .unwrap();
    }

    async fn says(&self, ticked: bool, reason: &str, looked: &str) -> Result<Published> {
        let said = Said {
            ticked,
            reason: reason.into(),
            looked: looked.into(),
            ..Said::default()
        };
        publish_saying(self.db(), &self.cora(), &self.edition, &said).await
    }

    /// Publishes what nobody gave a verdict on, and says so.
    pub async fn goes_out(&self) -> Result<Published> {
        self.says(true, "The curator alone looked.", &self.looked().await).await
    }

    /// Publishes one section ahead of the others.
    async fn publishes(&self, section: &str, ticked: bool) -> Result<(EditionId, Published)> {
        let said = Said {
            ticked,
            reason: "Spelling.".into(),
            looked: self.looked().await,
            ..Said::default()
        };
        publish_sections(self.db(), &self.cora(), &self.edition, &[section.to_owned()], &said).await
    }

    /// The section at the top that a statement of the round stands in.
    async fn top(&self, number: u32) -> String {
        let sql = "SELECT VALUE above[0].identifier ?? identifier FROM $node;";
        let vars = vars! { "node" => self.node(number).await };
        self.db().row(sql, vars).await.unwrap().unwrap()
    }

    async fn looked(&self) -> String {
        store::changed_since(self.db(), &self.edition).await.unwrap().print
    }
}

#[tokio::test]
async fn what_is_changed_after_signing_off_goes_out_only_where_it_is_said() {
    let round = signed().await;
    let (db, cora) = (round.db(), round.cora());
    assert_eq!(store::changed_since(db, &round.edition).await.unwrap().many, 0);
    assert_eq!(round.board(Only::All).await.gate(), Gate::Open);
    let before = round.title(2).await.unwrap();
    round.reword(2, "Says another thing").await;
    let since = store::changed_since(db, &round.edition).await.unwrap();
    assert_eq!((since.many, since.lines[0].number), (1, 2));
    assert_eq!(since.lines[0].was.as_ref(), Some(&before));
    assert_eq!(since.lines[0].now.as_deref(), Some("Says another thing"));
    assert_eq!(round.board(Only::All).await.gate(), Gate::Unreviewed(1));
    // The page that publishes lists it, for curators.
    let page = crate::competencies::store::set_page(db, &cora, SET, Some(1))
        .await
        .unwrap();
    assert_eq!((page.changed, page.in_review), (since.clone(), None));
    let form = store::rounds_page(db, &cora, SET, 1).await.unwrap().new.unwrap();
    assert_eq!(form.changed, 1);
    // Not by saying nothing, without a reason, of something else, nor by the command line.
    let refused = round.says(false, "", &since.print).await.unwrap_err();
    assert!(refused.at("unreviewed").unwrap().contains("Says another thing"));
    assert!(refused.at("reason").is_none());
    let refused = round.says(true, " ", &since.print).await.unwrap_err();
    assert!(refused.at("reason").is_some() && refused.at("unreviewed").is_none());
    round.reword(3, "And a third").await;
    let refused = round.says(true, "In haste.", &since.print).await.unwrap_err();
    assert!(refused.at("unreviewed").unwrap().contains("Load the page again"));
    let by_hand = crate::editions::store::publish_as_suggested(db, &round.edition).await;
    conflict(&by_hand, "2 statements were changed after the review was signed off");
    // Said, it is kept with the edition and stands in the report.
    let looked = round.looked().await;
    round.says(true, "Only <spelling>.", &looked).await.unwrap();
    assert_eq!(round.many("count(SELECT VALUE id FROM unreviewed);").await, 1);
    let board = round.board(Only::All).await;
    assert_eq!(board.gate(), Gate::Open);
    let told = &board.unreviewed[0];
    assert_eq!(
        (told.edition, told.by.as_str(), told.reason.as_str()),
        (1, "Cora", "Only <spelling>.")
    );
    let numbers: Vec<u32> = told.statements.iter().map(|one| one.number).collect();
    assert_eq!(numbers, [2, 3]);
    let whole = store::whole(db, &cora, SET, &round.round).await.unwrap();
    let (csv, html) = (report::csv(&whole), report::html(&whole, "n"));
    assert_eq!(csv.matches("became “Says another thing”").count(), 1, "{csv}");
    assert_eq!(html.matches("Only &lt;spelling&gt;.").count(), 3, "{html}");
    let page = crate::competencies::store::set_page(db, &Viewer::visitor(), SET, Some(1))
        .await
        .unwrap();
    assert_eq!((page.unreviewed, page.changed.many), (2, 0));
    // And never changes.
    let edited = db.write("UPDATE unreviewed SET reason = 'Another';", vars! {}).await;
    assert!(edited.is_err());
    // Publishing again says nothing more.
    round.says(false, "", "").await.unwrap();
    let noted = "count(SELECT VALUE id FROM audit_entry WHERE act = 'published_unreviewed');";
    assert_eq!(round.many(noted).await, 1);
}

#[tokio::test]
async fn what_is_put_back_as_it_was_needs_no_word() {
    let round = signed().await;
    let before = round.title(2).await.unwrap();
    round.reword(2, "Says another thing").await;
    round.reword(2, &before).await;
    assert_eq!(round.board(Only::All).await.gate(), Gate::Open);
    round.says(false, "", "").await.unwrap();
    assert_eq!(round.many("count(SELECT VALUE id FROM unreviewed);").await, 0);
}

#[tokio::test]
async fn a_new_round_about_what_changed_is_the_other_way() {
    let round = signed().await;
    let (db, cora, person) = (round.db(), round.cora(), round.person());
    let open = async |key| store::open(db, &cora, &person, &round.edition, key, &words(true), Scope::Changed).await;
    conflict(&open("none").await, "no statement");
    round.reword(2, "Says another thing").await;
    let (_, second) = open("second").await.unwrap();
    let items = "SELECT VALUE title FROM review_item WHERE round = $round ORDER BY number;";
    let asked: Vec<String> = db.rows(items, vars! { "round" => second.clone() }).await.unwrap();
    assert_eq!(asked, ["Says another thing"]);
    // While it is asked about it is under review, not unreviewed.
    assert_eq!(round.board(Only::All).await.gate(), Gate::Open);
    conflict(&round.says(true, "Now.", &round.looked().await).await, "not resolved");
    let colleague = NewReviewer::Colleague(PersonId::parse("rea").unwrap());
    store::invite(&state(db, false), &cora, &person, &second, &colleague)
        .await
        .unwrap();
    let rea = store::seat(db, &round.rea(), &second, None).await.unwrap();
    let keep = NewVerdict::parse("keep", "", "", "").unwrap();
    store::give(db, &rea, 1, &keep).await.unwrap();
    let kept = Resolving::parse("kept", "Better.", "", "", "", false).unwrap();
    store::resolve(db, &cora, &second, 1, &kept).await.unwrap();
    store::sign_off(db, &cora, &second, true, "").await.unwrap();
    assert_eq!(store::changed_since(db, &round.edition).await.unwrap().many, 0);
    // From then on the second one is the last about it.
    round.reword(2, "Says a third thing").await;
    let since = store::changed_since(db, &round.edition).await.unwrap();
    assert_eq!((since.many, &since.lines[0].round), (1, &second));
    assert_eq!(since.lines[0].was.as_deref(), Some("Says another thing"));
    assert_eq!(round.board(Only::All).await.gate(), Gate::Open);
}

#[tokio::test]
async fn what_was_kept_and_is_left_out_is_a_change_too() {
    let round = opened(true).await;
    let (db, cora) = (round.db(), round.cora());
    round.judge_all().await;
    round.resolve_all().await;
    round.resolve(3, "dropped").await.unwrap();
    round.signs(true, "It goes later.").await.unwrap();
    for number in [2, 3] {
        let node = round.node(number).await;
        crate::outlines::store::remove(db, &cora, &node, true).await.unwrap();
    }
    let since = store::changed_since(db, &round.edition).await.unwrap();
    let found: Vec<(u32, bool)> = since
        .lines
        .iter()
        .map(|line| (line.number, line.now.is_none()))
        .collect();
    assert_eq!(found, [(2, true)], "the third was to be dropped");
    assert!(round.says(false, "", "").await.unwrap_err().at("unreviewed").is_some());
    round.says(true, "Twice the same.", &since.print).await.unwrap();
}

#[tokio::test]
async fn sections_ahead_ask_about_what_was_kept_in_them_and_is_gone() {
    let round = signed().await;
    let (db, cora) = (round.db(), round.cora());
    let (first, last) = (round.top(1).await, round.top(4).await);
    crate::outlines::store::remove(db, &cora, &round.node(2).await, true)
        .await
        .unwrap();
    let refused = round.publishes(&first, false).await.unwrap_err();
    assert!(
        refused
            .at("unreviewed")
            .unwrap()
            .contains("was changed after its review")
    );
    assert_eq!(round.many("count(SELECT VALUE id FROM edition);").await, 1);
    // The other section has nothing to do with it.
    round.publishes(&last, false).await.unwrap();
    assert_eq!(round.many("count(SELECT VALUE id FROM unreviewed);").await, 0);
    round.publishes(&first, true).await.unwrap();
    let told = &round.board(Only::All).await.unreviewed;
    assert_eq!((told.len(), told[0].statements.len(), told[0].edition), (1, 1, 2));
    // Of what was gone before its section was kept, any may have been it.
    db.write(
        "UPDATE review_item SET signed_section = NONE; DELETE unreviewed;",
        vars! {},
    )
    .await
    .unwrap();
    let since = store::changed_since(db, &round.edition).await.unwrap();
    assert!(since.lines[0].goes_with(&std::collections::HashSet::from([last])));
}

#[tokio::test]
async fn sections_ahead_ask_about_what_is_changed_in_them() {
    let round = signed().await;
    let (db, cora) = (round.db(), round.cora());
    let (first, last) = (round.top(1).await, round.top(4).await);
    assert_ne!(first, last);
    round.reword(1, "Says another thing").await;
    let refused = round.publishes(&first, false).await.unwrap_err();
    assert!(refused.at("unreviewed").is_some());
    let (part, _) = round.publishes(&first, true).await.unwrap();
    let told = &round.board(Only::All).await.unreviewed;
    assert_eq!((told.len(), told[0].edition, told[0].statements.len()), (1, 1, 1));
    let node = node_by_code(db, &part, "LM 1.1").await.unwrap();
    assert!(node.is_some());
    // The other section is as it was signed off, and what went out is not asked
    // about again: until it says something else.
    let whole = store::whole(db, &cora, SET, &round.round).await.unwrap();
    assert_eq!(whole.unreviewed.len(), 1);
    assert_eq!(store::changed_since(db, &round.edition).await.unwrap().many, 0);
    round.reword(1, "Says a third thing").await;
    let again = store::changed_since(db, &round.edition).await.unwrap();
    assert_eq!(again.lines[0].now.as_deref(), Some("Says a third thing"));
    round.reword(1, "Says another thing").await;
    // It can still be asked about in a new round, and readers are still told.
    let form = store::rounds_page(db, &cora, SET, 1).await.unwrap().new.unwrap();
    assert_eq!(form.changed, 1);
    crate::editions::store::confirm_same(db, &cora, &round.edition)
        .await
        .unwrap();
    publish_saying(db, &cora, &round.edition, &Said::default())
        .await
        .unwrap();
    for number in [1, 2] {
        let page = crate::competencies::store::set_page(db, &Viewer::visitor(), SET, Some(number)).await;
        assert_eq!(page.unwrap().unreviewed, 1, "edition {number}");
    }
    assert_eq!(round.many("count(SELECT VALUE id FROM unreviewed);").await, 1);
}
