//! What curators may ask of review rounds.

use leptos::prelude::*;

use super::model::{Board, BoardItem, RoundsPage};
use crate::error::Result;
use crate::id::{EditionId, NodeId, ReviewRoundId, ReviewerId};

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_review_rounds(set: String, #[server(default)] page: Option<u32>) -> Result<RoundsPage> {
    super::store::rounds_page(&crate::state::db(), &crate::state::viewer(), &set, page.unwrap_or(1)).await
}

/// A page of a round's board: all statements, or those that wait, divide or got
/// no verdict. `find` is a part of the name of somebody to invite.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_review_board(
    set: String,
    round: String,
    #[server(default)] only: String,
    #[server(default)] page: Option<u32>,
    #[server(default)] find: String,
) -> Result<Board> {
    use super::rules::Only;

    let state = crate::state::state();
    let (viewer, round) = (crate::state::viewer(), round_of(&round)?);
    let only = Only::parse(&only).unwrap_or(Only::All);
    let board = super::store::board_finding(&state.db, &viewer, &set, &round, only, page.unwrap_or(1), &find).await?;
    let link = match crate::people::cookies::held(MADE) {
        Some(token) => {
            let name = super::store::leads_into(&state.db, &round, &token).await?;
            let token = crate::paths::segment(&token);
            name.map(|name| (name, format!("{}/reviews/link/{token}", state.site.public_url)))
        }
        None => None,
    };
    Ok(Board {
        mail: state.outbox.is_open(),
        link,
        ..board
    })
}

/// The cookie that holds the token of a private link for the browser that made
/// it.
#[cfg(feature = "ssr")]
const MADE: &str = "carrel-reviewer-link";

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_review_board_item(
    set: String,
    round: String,
    number: u32,
    #[server(default)] other: String,
    #[server(default)] q: String,
) -> Result<BoardItem> {
    let (db, viewer) = (crate::state::db(), crate::state::viewer());
    let looking = super::store::Looking {
        query: q,
        other: crate::id::NodeId::parse(&other),
    };
    super::store::board_item_looking(&db, &viewer, (&set, &round_of(&round)?, number), &looking).await
}

/// What stands in an address; what can be no id is not there.
#[cfg(feature = "ssr")]
pub(super) fn round_of(text: &str) -> Result<ReviewRoundId> {
    ReviewRoundId::parse(text).ok_or(if crate::state::viewer().is_signed_in() {
        crate::error::AppError::NotFound
    } else {
        crate::error::AppError::SignInNeeded
    })
}

/// Opens a round over all statements of a draft, or over those that are chosen
/// (`scope` = `chosen`: by boxes, and by `codes`) with all beneath them, or over what was changed after its
/// review (`scope` = `changed`).
#[server]
pub async fn open_review_round(
    edition: EditionId,
    key: String,
    title: String,
    #[server(default)] words: String,
    due: String,
    #[server(default)] blind: bool,
    #[server(default)] remind_days: Option<u32>,
    #[server(default)] scope: String,
    #[server(default)] nodes: Vec<NodeId>,
    #[server(default)] codes: String,
) -> Result<()> {
    use super::store::{NewRound, Scope, coded, may_open, open};

    let (viewer, person) = crate::state::signed_in()?;
    let db = crate::state::db();
    may_open(&db, &viewer, &edition).await?;
    let mut nodes = nodes;
    if scope == "chosen" {
        nodes.extend(coded(&db, &edition, &codes).await?);
    }
    let new = NewRound::parse(&title, &words, &due, blind, remind_days, &person.timezone)?;
    let scope = match scope.as_str() {
        "chosen" => Scope::Chosen(&nodes),
        "changed" => Scope::Changed,
        _ => Scope::All,
    };
    let (set, round) = open(&db, &viewer, &person, &edition, &key, &new, scope).await?;
    leptos_axum::redirect(&format!("{}?notice=opened", super::model::board_href(&set, &round)));
    Ok(())
}

/// Changes what holds for a round.
#[server]
pub async fn change_review_round(
    round: ReviewRoundId,
    title: String,
    #[server(default)] words: String,
    due: String,
    #[server(default)] blind: bool,
    #[server(default)] remind_days: Option<u32>,
) -> Result<()> {
    use super::store::{NewRound, change};

    let (viewer, person) = crate::state::signed_in()?;
    super::store::may_change(&crate::state::db(), &viewer, &round).await?;
    let new = NewRound::parse(&title, &words, &due, blind, remind_days, &person.timezone)?;
    let set = change(&crate::state::db(), &viewer, &round, &new).await?;
    leptos_axum::redirect(&format!("{}?notice=changed", super::model::board_href(&set, &round)));
    Ok(())
}

/// Removes a round that was opened by mistake, or calls one off with all that was
/// said in it (`understood`).
#[server]
pub async fn remove_review_round(round: ReviewRoundId, #[server(default)] understood: bool) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    let db = crate::state::db();
    let set = match understood {
        true => super::store::call_off(&db, &viewer, &round).await?,
        false => super::store::remove(&db, &viewer, &round).await?,
    };
    leptos_axum::redirect(&format!("{}?notice=removed", super::model::rounds_href(&set)));
    Ok(())
}

/// Invites somebody: a colleague whose role is to review (`person`), or
/// somebody by name, with an address where it is known. Where no letter is sent,
/// the private link is shown to the browser that made it.
#[server]
pub async fn invite_reviewer(
    set: String,
    round: ReviewRoundId,
    #[server(default)] person: String,
    #[server(default)] name: String,
    #[server(default)] email: String,
) -> Result<()> {
    use super::store::{Invited, NewReviewer, invite};
    use crate::error::{AppError, FieldErrors};
    use crate::id::PersonId;
    use crate::people::model::{Email, PersonName};

    let (viewer, me) = crate::state::signed_in()?;
    super::store::may_change(&crate::state::db(), &viewer, &round).await?;
    let mut errors = FieldErrors::default();
    let new = if person.is_empty() {
        let email = match email.trim() {
            "" => None,
            email => errors.take("email", Email::parse(email)),
        };
        // Who has no name yet is called by their address.
        let called = match (name.trim(), &email) {
            ("", Some(email)) => email.as_str().split('@').next().unwrap_or_default().to_owned(),
            (name, _) => name.to_owned(),
        };
        let name = errors.take("name", PersonName::parse(&called));
        name.map(|name| NewReviewer::Named { name, email })
    } else {
        let person = PersonId::parse(&person).ok_or_else(|| "Choose from the list.".to_owned());
        errors.take("person", person).map(NewReviewer::Colleague)
    };
    errors.check()?;
    let colleague = !person.is_empty();
    let state = crate::state::state();
    let invited = invite(&state, &viewer, &me, &round, &new.ok_or(AppError::Internal)?).await?;
    let board = super::model::board_href(&set, &round);
    let notice = match invited {
        Invited::Already if colleague => "in",
        Invited::Already => "there",
        Invited::Account { letter: false } => "account",
        Invited::Account { letter: true } | Invited::Letter => "sent",
        Invited::Link(token) => {
            crate::people::cookies::lend_link(MADE, &token);
            "link"
        }
    };
    leptos_axum::redirect(&format!("{board}?notice={notice}#reviewers"));
    Ok(())
}

/// Makes a new private link for somebody and shows it to the browser that made
/// it; earlier ones work no more.
#[server]
pub async fn renew_review_link(set: String, round: ReviewRoundId, reviewer: ReviewerId) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    let token = super::store::renew_link(&crate::state::db(), &viewer, &round, &reviewer).await?;
    let board = super::model::board_href(&set, &round);
    crate::people::cookies::lend_link(MADE, &token);
    leptos_axum::redirect(&format!("{board}?notice=link#reviewers"));
    Ok(())
}

/// Takes somebody out of a round.
#[server]
pub async fn remove_reviewer(round: ReviewRoundId, reviewer: ReviewerId) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    super::store::remove_reviewer(&crate::state::db(), &viewer, &round, &reviewer).await
}

/// Takes a reviewer's name out of those whom the edition thanks.
#[server]
pub async fn strike_name(
    round: ReviewRoundId,
    reviewer: ReviewerId,
    #[server(default)] understood: bool,
) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    let set = super::store::strike_name(&crate::state::db(), &viewer, &round, &reviewer, understood).await?;
    let board = super::model::board_href(&set, &round);
    leptos_axum::redirect(&format!("{board}?notice=struck#reviewers"));
    Ok(())
}

/// Reminds those who are not done by letter.
#[server]
pub async fn remind_reviewers(round: ReviewRoundId) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    let (set, written) = super::store::remind(&crate::state::state(), &viewer, &round).await?;
    let board = super::model::board_href(&set, &round);
    let notice = if written == 0 { "nobody" } else { "reminded" };
    leptos_axum::redirect(&format!("{board}?notice={notice}#reviewers"));
    Ok(())
}

/// Resolves a statement with a reason. With `apply`, what is merged or dropped
/// is so in the draft as well; a new wording always is.
#[server]
pub async fn resolve_review_item(
    set: String,
    round: ReviewRoundId,
    number: u32,
    #[server(default)] resolution: String,
    #[server(default)] reason: String,
    #[server(default)] wording: String,
    #[server(default)] was: String,
    #[server(default)] other: String,
    #[server(default)] apply: bool,
) -> Result<()> {
    use super::store::{Resolving, resolve};

    let (viewer, _) = crate::state::signed_in()?;
    super::store::may_change(&crate::state::db(), &viewer, &round).await?;
    let new = Resolving::parse(&resolution, &reason, &wording, &was, &other, apply)?;
    resolve(&crate::state::db(), &viewer, &round, number, &new).await?;
    let item = super::model::board_item_href(&set, &round, number);
    leptos_axum::redirect(&format!("{item}?notice=resolved"));
    Ok(())
}

/// Accepts the wording that somebody suggests: the draft says it, and the
/// statement is resolved.
#[server]
pub async fn accept_wording(round: ReviewRoundId, number: u32, reviewer: ReviewerId, was: String) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    super::store::accept(&crate::state::db(), &viewer, &round, number, &reviewer, &was).await
}

/// Asks everyone about a statement once more; `asked` is how often it had been.
#[server]
pub async fn ask_again(
    set: String,
    round: ReviewRoundId,
    number: u32,
    asked: u32,
    #[server(default)] words: String,
) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    super::store::ask_again(&crate::state::state(), &viewer, &round, number, asked, &words).await?;
    let item = super::model::board_item_href(&set, &round, number);
    leptos_axum::redirect(&format!("{item}?notice=asked"));
    Ok(())
}

/// Asks about the statements that were added to the draft since the round began.
#[server]
pub async fn ask_about_added(round: ReviewRoundId) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    super::store::ask_added(&crate::state::state(), &viewer, &round)
        .await
        .map(drop)
}

/// Resolves as kept all that everyone who gave a verdict would keep.
#[server]
pub async fn keep_agreed(round: ReviewRoundId) -> Result<u32> {
    let (viewer, _) = crate::state::signed_in()?;
    super::store::keep_agreed(&crate::state::db(), &viewer, &round).await
}

/// A curator's comment on a statement.
#[server]
pub async fn answer_reviewers(
    round: ReviewRoundId,
    number: u32,
    key: String,
    #[server(default)] body: String,
    #[server(default)] reply_to: String,
) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    let db = crate::state::db();
    crate::people::suspension::store::may_post(&db, &viewer).await?;
    super::store::comment_as_curator(&db, &viewer, &round, number, &key, &body, &reply_to).await
}

/// Signs a round off; from then on nothing in it changes. `as_it_stands` says
/// that what is not what was reviewed is signed off too: what the form `looked` at.
#[server]
pub async fn sign_off_review(
    round: ReviewRoundId,
    #[server(default)] understood: bool,
    #[server(default)] words: String,
    #[server(default)] as_it_stands: bool,
    #[server(default)] looked: String,
) -> Result<()> {
    use super::store::{Said, sign_off_saying};

    let (viewer, _) = crate::state::signed_in()?;
    if !words.trim().is_empty() {
        crate::people::suspension::store::may_post(&crate::state::db(), &viewer).await?;
    }
    let said = Said {
        ticked: as_it_stands,
        reason: words,
        looked,
        ..Said::default()
    };
    let set = sign_off_saying(&crate::state::db(), &viewer, &round, understood, &said).await?;
    leptos_axum::redirect(&format!("{}?notice=signed", super::model::board_href(&set, &round)));
    Ok(())
}
