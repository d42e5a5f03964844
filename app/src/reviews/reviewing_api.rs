//! What reviewers may ask: by their account, or by the private link whose token
//! a cookie of its own holds for each round (docs/decisions/0018-review-links.md).

use leptos::prelude::*;

use super::model::{LinkPage, MyReviews, ReviewItem, ReviewPage};
use crate::error::Result;
use crate::id::ReviewRoundId;
use crate::lookups::model::Suggestion;

/// For how long a browser keeps the token of a link, in seconds: longer than a
/// link can work is of no use.
#[cfg(feature = "ssr")]
const KEPT_SECONDS: u32 = 180 * 24 * 60 * 60;

/// Where the sender of this request sits in a round.
#[cfg(feature = "ssr")]
async fn seat(round: &ReviewRoundId) -> Result<super::store::Seat> {
    let token = crate::people::cookies::held(&super::model::cookie_name(round));
    super::store::seat(&crate::state::db(), &crate::state::viewer(), round, token.as_deref()).await
}

/// Refuses, with the reason, whoever may not post for a time.
#[cfg(feature = "ssr")]
async fn may_post() -> Result<()> {
    crate::people::suspension::store::may_post(&crate::state::db(), &crate::state::viewer()).await
}

#[cfg(feature = "ssr")]
fn zone() -> String {
    crate::state::viewer().timezone().to_owned()
}

/// The rounds that one reviews in by one's account.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_my_reviews() -> Result<MyReviews> {
    let (_, person) = crate::state::signed_in()?;
    super::store::mine(&crate::state::db(), &person).await
}

/// Takes one's own name out of those whom an edition thanks.
#[server]
pub async fn withdraw_name(round: ReviewRoundId) -> Result<()> {
    let (_, person) = crate::state::signed_in()?;
    super::store::withdraw_name(&crate::state::db(), &person.id, &round).await?;
    leptos_axum::redirect("/reviews?notice=withdrawn");
    Ok(())
}

/// A round for one of its reviewers: all statements, or (`only` = `unresolved`)
/// those that wait for their verdict.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_review(
    round: String,
    #[server(default)] only: String,
    #[server(default)] page: Option<u32>,
) -> Result<ReviewPage> {
    use super::rules::Only;

    let seat = seat(&super::api::round_of(&round)?).await?;
    let only = match Only::parse(&only) {
        Some(Only::Unresolved) => Only::Unresolved,
        _ => Only::All,
    };
    super::store::review_page(&crate::state::db(), &seat, only, page.unwrap_or(1), &zone()).await
}

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_review_item(
    round: String,
    number: u32,
    #[server(default)] other: String,
    #[server(default)] q: String,
) -> Result<ReviewItem> {
    let seat = seat(&super::api::round_of(&round)?).await?;
    let looking = super::store::Looking {
        query: q,
        other: crate::id::NodeId::parse(&other),
    };
    super::store::review_item_looking(&crate::state::db(), &seat, number, &zone(), &looking).await
}

/// Statements of the draft of a round, for those who review or curate it: what one
/// of them may be merged with.
#[server(input = server_fn::codec::GetUrl)]
pub async fn find_reviewed(round: ReviewRoundId, #[server(default)] q: String) -> Result<Vec<Suggestion>> {
    let state = crate::state::state();
    let _place = state.pools.searches.place().await?;
    let edition = match seat(&round).await {
        Ok(seat) => seat.edition,
        Err(_) => super::store::edition_curated(&state.db, &crate::state::viewer(), &round).await?,
    };
    super::store::statements_of(&state.db, &edition, &q, crate::lookups::model::OFFERED).await
}

/// Gives a verdict and goes on to the next statement that waits for one. `was`
/// is the wording that stood there, `saw` the print of all that the statement said.
#[server]
pub async fn give_verdict(
    round: ReviewRoundId,
    number: u32,
    #[server(default)] verdict: String,
    #[server(default)] wording: String,
    #[server(default)] was: String,
    #[server(default)] other: String,
    #[server(default)] saw: String,
) -> Result<()> {
    use super::model::{item_href, review_href};
    use super::store::{NewVerdict, give};

    let seat = seat(&round).await?;
    let new = NewVerdict::parse(&verdict, &wording, &was, &other)?.having_seen(&saw);
    if new.has_words() {
        may_post().await?;
    }
    let next = match give(&crate::state::db(), &seat, number, &new).await? {
        Some(next) => format!("{}?notice=saved", item_href(&round, next)),
        None => format!("{}?notice=all", review_href(&round)),
    };
    leptos_axum::redirect(&next);
    Ok(())
}

/// A reviewer's comment on a statement.
#[server]
pub async fn comment_in_review(
    round: ReviewRoundId,
    number: u32,
    key: String,
    #[server(default)] body: String,
    #[server(default)] reply_to: String,
) -> Result<()> {
    let seat = seat(&round).await?;
    may_post().await?;
    super::store::comment_as_reviewer(&crate::state::db(), &seat, number, &key, &body, &reply_to).await
}

/// Says that one is done, or not yet, and whether one agrees to be named.
#[server]
pub async fn finish_review(
    round: ReviewRoundId,
    #[server(default)] done: bool,
    #[server(default)] named: bool,
    #[server(default)] named_as: String,
) -> Result<()> {
    let seat = seat(&round).await?;
    if named {
        may_post().await?;
    }
    super::store::finish(&crate::state::db(), &seat, done, named, &named_as).await?;
    let notice = if done { "finished" } else { "kept" };
    leptos_axum::redirect(&format!("{}?notice={notice}", super::model::review_href(&round)));
    Ok(())
}

/// What a private link opens.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_review_link(token: String) -> Result<LinkPage> {
    super::store::link(&crate::state::db(), &token).await
}

/// Takes up a private link: this browser may review in its round from now on.
#[server]
pub async fn enter_review(token: String) -> Result<()> {
    let round = super::store::take_up(&crate::state::db(), &token).await?;
    crate::people::cookies::lend(&super::model::cookie_name(&round), &token, KEPT_SECONDS);
    leptos_axum::redirect(&super::model::review_href(&round));
    Ok(())
}

/// Gives a private link back: this browser does not know it any more.
#[server]
pub async fn leave_review(round: ReviewRoundId) -> Result<()> {
    crate::people::cookies::take_away(&super::model::cookie_name(&round));
    leptos_axum::redirect("/");
    Ok(())
}
