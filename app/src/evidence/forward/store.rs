//! What is put forward, in the database.

use std::collections::HashMap;

use surrealdb_types::{Datetime, SurrealValue};

use super::model::{Answer, AnswerComment, Finding, MOST, PAGE, PutForward, Waiting, WaitingPage};
use crate::courses::store::small;
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::evidence::model::EvidencePage;
use crate::evidence::store::{PieceRow, found, piece};
use crate::id::{EvidenceId, EvidenceReviewId, PersonId};
use crate::people::tokens;
use crate::vars;
use crate::viewer::Person;

#[derive(SurrealValue)]
struct PutForwardRow {
    id: EvidenceReviewId,
    evidence: EvidenceId,
    reviewer: Option<String>,
    finding: Option<String>,
    comment: String,
    asked: Datetime,
    answered: Option<Datetime>,
}

#[derive(SurrealValue)]
struct ReviewerRow {
    person: PersonId,
    name: String,
}

/// Whom one can put evidence forward to are offered so many, by their names.
const REVIEWERS: i64 = 200;

/// Puts beside the pieces of a page what was put forward of them, and whom they can
/// be put forward to.
pub async fn beside(db: &Db, person: &Person, mut page: EvidencePage) -> Result<EvidencePage> {
    let pieces = page.list.groups.iter().flat_map(|group| &group.pieces);
    let pieces: Vec<EvidenceId> = pieces.map(|piece| piece.id.clone()).collect();
    let mut answers = db
        .run(
            "SELECT id, evidence, reviewer.name AS reviewer, finding, comment, asked, answered FROM evidence_review
                WHERE evidence IN $pieces AND person = $me ORDER BY asked DESC, id;
             LET $places = array::distinct(array::flatten((SELECT VALUE organisation.line FROM membership WHERE person = $me LIMIT 100)));
             SELECT person, person.name AS name FROM membership WHERE organisation IN $places AND roles CONTAINSANY ['manager', 'trainer']
                AND person != $me AND person.closed = NONE ORDER BY name, person LIMIT $most;",
            vars! { "me" => person.id.clone(), "pieces" => pieces, "most" => REVIEWERS },
        )
        .await?;
    let mut put_forward: HashMap<EvidenceId, Vec<PutForward>> = HashMap::new();
    for row in answers.rows::<PutForwardRow>(0)? {
        let (evidence, one) = row.apart(&person.timezone);
        put_forward.entry(evidence).or_default().push(one);
    }
    for piece in page.list.groups.iter_mut().flat_map(|group| &mut group.pieces) {
        piece.put_forward = put_forward.remove(&piece.id).unwrap_or_default();
    }
    // Somebody may guide at several places.
    let mut reviewers: Vec<(String, String)> = Vec::new();
    for row in answers.rows::<ReviewerRow>(2)? {
        let reviewer = (row.person.to_string(), row.name);
        if !reviewers.contains(&reviewer) {
            reviewers.push(reviewer);
        }
    }
    page.reviewers = reviewers;
    Ok(page)
}

impl PutForwardRow {
    fn apart(self, zone: &str) -> (EvidenceId, PutForward) {
        let finding = self.finding.as_deref().and_then(Finding::of_word);
        let answer = finding.zip(self.answered.as_ref()).map(|(finding, answered)| Answer {
            finding,
            comment: self.comment.clone(),
            on: crate::time::day(answered, zone),
        });
        let one = PutForward {
            id: self.id,
            reviewer: self.reviewer.unwrap_or_default(),
            on: crate::time::day(&self.asked, zone),
            answer,
        };
        (self.evidence, one)
    }
}

/// Puts a piece of the person's forward, one at a time to one person.
pub async fn put_forward(
    db: &Db,
    person: &PersonId,
    evidence: &EvidenceId,
    reviewer: &PersonId,
    key: &str,
) -> Result<()> {
    let id = tokens::key(&format!("{person} puts {evidence} forward to {reviewer} {key}"));
    let id = EvidenceReviewId::parse(&id).ok_or(AppError::Internal)?;
    let answers = db
        .write(
            "LET $piece = (SELECT VALUE id FROM $evidence WHERE person = $me AND removed = NONE)[0];
             LET $may = $piece != NONE AND fn::guides($reviewer, $me);
             IF $may AND !record::exists($review) {
                IF $piece.waits != NONE { THROW 'This evidence is put forward already. Take that back first.' };
                IF count(SELECT VALUE id FROM evidence_review WHERE evidence = $piece) >= $most {
                    THROW 'One piece of evidence can be put forward 20 times.';
                };
                CREATE $review SET evidence = $piece, person = $me, reviewer = $reviewer RETURN NONE;
                UPDATE $piece SET waits = $review RETURN NONE;
             };
             IF $may { $piece } ELSE { NONE };",
            vars! {
                "me" => person.clone(), "evidence" => evidence.clone(), "reviewer" => reviewer.clone(), "review" => id, "most" => MOST,
            },
        )
        .await?;
    found(answers, 3)
}

/// Takes back what has no answer. Nothing else is changed.
pub async fn take_back(db: &Db, person: &PersonId, review: &EvidenceReviewId) -> Result<()> {
    db.write(
        "DELETE $review WHERE person = $me AND answered = NONE RETURN NONE;",
        vars! { "me" => person.clone(), "review" => review.clone() },
    )
    .await
    .map(drop)
}

/// Whether something was put forward to the viewer, and stands there still.
pub async fn check_asked(db: &Db, person: &PersonId, review: &EvidenceReviewId) -> Result<()> {
    let asked: Option<EvidenceReviewId> = db
        .row(
            "SELECT VALUE id FROM $review WHERE reviewer = $me AND evidence.removed = NONE AND fn::guides($me, person);",
            vars! { "me" => person.clone(), "review" => review.clone() },
        )
        .await?;
    asked.map(drop).ok_or(AppError::NotFound)
}

/// Answers what was put forward to a person; the first answer stays.
pub async fn answer(
    db: &Db,
    person: &PersonId,
    review: &EvidenceReviewId,
    finding: Finding,
    comment: &AnswerComment,
) -> Result<()> {
    let answers = db
        .write(
            "LET $asked = (SELECT VALUE id FROM $review WHERE reviewer = $me AND evidence.removed = NONE AND fn::guides($me, person))[0];
             IF $asked != NONE AND $asked.answered = NONE {
                UPDATE $asked SET finding = $finding, comment = $comment, answered = time::now() RETURN NONE;
                UPDATE $asked.evidence SET waits = NONE WHERE waits = $asked RETURN NONE;
             };
             $asked;",
            vars! {
                "me" => person.clone(), "review" => review.clone(), "finding" => finding.as_str().to_owned(),
                "comment" => comment.as_str().to_owned(),
            },
        )
        .await?;
    found(answers, 2)
}

#[derive(SurrealValue)]
struct WaitingRow {
    id: EvidenceReviewId,
    person: PersonId,
    name: String,
    asked: Datetime,
    held: PieceRow,
}

/// A page of what waits for somebody's answer.
pub async fn waiting(db: &Db, person: &Person, page: u32) -> Result<WaitingPage> {
    const WAITING: &str = concat!(
        "LET $all = fn::evidence_waiting($me);
         array::len($all);
         LET $shown = (SELECT id, person, asked, evidence AS piece, fn::stands_at(evidence.node, 25) AS place FROM $all
            ORDER BY asked, id LIMIT $limit START $start);
         SELECT id, person, person.name AS name, asked, ",
        piece!(),
        " AS held FROM $shown;"
    );
    let page = page.clamp(1, 10_000);
    let vars = vars! {
        "me" => person.id.clone(), "limit" => i64::from(PAGE), "start" => i64::from((page - 1) * PAGE),
    };
    let mut answers = db.run(WAITING, vars).await?;
    let count = small(answers.row::<i64>(1)?.unwrap_or(0));
    let waiting = answers.rows::<WaitingRow>(3)?.into_iter().map(|row| {
        let (statement, mut piece) = row.held.apart();
        // As it was typed is its person's alone.
        piece.body.clear();
        Waiting {
            id: row.id,
            person: row.person,
            name: row.name,
            on: crate::time::day(&row.asked, &person.timezone),
            statement,
            piece,
        }
    });
    Ok(WaitingPage {
        waiting: waiting.collect(),
        page,
        pages: count.div_ceil(PAGE).max(1),
    })
}
