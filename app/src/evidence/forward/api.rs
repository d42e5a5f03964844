//! What the browser may ask of evidence that is put forward.

use leptos::prelude::*;

use super::model::WaitingPage;
use crate::error::Result;
use crate::id::{EvidenceId, EvidenceReviewId, PersonId};

/// A page of what others put forward to the viewer.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_waiting_evidence(#[server(default)] page: Option<u32>) -> Result<WaitingPage> {
    let (_, person) = crate::state::signed_in()?;
    super::store::waiting(&crate::state::db(), &person, page.unwrap_or(1)).await
}

/// Puts a piece of one's own forward to somebody who manages or trains one; `key` is
/// the same when the form is sent twice.
#[server]
pub async fn put_evidence_forward(
    evidence: EvidenceId,
    reviewer: PersonId,
    #[server(default)] key: String,
) -> Result<()> {
    let (_, person) = crate::state::signed_in()?;
    super::store::put_forward(&crate::state::db(), &person.id, &evidence, &reviewer, &key).await
}

/// Takes back what was put forward and has no answer; of others' it changes nothing.
#[server]
pub async fn take_evidence_back(review: EvidenceReviewId) -> Result<()> {
    let (_, person) = crate::state::signed_in()?;
    super::store::take_back(&crate::state::db(), &person.id, &review).await
}

/// Answers what was put forward to the viewer; an answer that was given stays.
#[server]
pub async fn answer_evidence(
    review: EvidenceReviewId,
    #[server(default)] finding: String,
    #[server(default)] comment: String,
) -> Result<()> {
    use super::model::{AnswerComment, Finding};
    use crate::error::{AppError, FieldErrors};

    let (_, person) = crate::state::signed_in()?;
    let mut errors = FieldErrors::default();
    let found = Finding::of_word(&finding).ok_or_else(|| "Say whether it supports it.".to_owned());
    let finding = errors.take("finding", found);
    let comment = errors.take("comment", AnswerComment::parse(&comment));
    if finding == Some(Finding::NotYet) && comment.as_ref().is_some_and(|comment| comment.as_str().is_empty()) {
        errors.add("comment", "Say what is missing.");
    }
    let db = crate::state::db();
    // What is not there is not there, whatever is said of it.
    super::store::check_asked(&db, &person.id, &review).await?;
    errors.check()?;
    let (Some(finding), Some(comment)) = (finding, comment) else {
        return Err(AppError::Internal);
    };
    super::store::answer(&db, &person.id, &review, finding, &comment).await
}
