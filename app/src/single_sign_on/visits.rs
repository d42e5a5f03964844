//! Signing in by way of a provider: there, and back.
//!
//! What a visit is told apart by is made of one random text, which travels as
//! the state; the database knows its hash, so nothing that is kept opens
//! anything.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;

use super::asking::{self, Known, Marks, Trouble};
use super::claims::Claims;
use super::model::answer_at;
use super::store::identities::{self, Met};
use super::store::visits::{self, Visit};
use super::store::{self, ProviderRow};
use crate::audit::model::Act;
use crate::audit::store as audit;
use crate::error::{AppError, Result};
use crate::id::ProviderId;
use crate::people::attempts::{self, Attempt};
use crate::people::tokens::Pepper;
use crate::people::{address, confirming, cookies, devices, signing_in, tokens};
use crate::state::{AppState, ClientAddress};
use crate::viewer::{Person, Viewer};

/// The cookie that binds visits to a browser, and for how many seconds one may
/// take.
pub const COOKIE: &str = "carrel-visit";
pub const SECONDS: u32 = 600;

/// The page of the ways into one's own account.
pub const LINKED: &str = "/me/settings/single-sign-on";

/// What a provider sends back with a browser (RFC 6749 §4.1.2, RFC 9207 §2).
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Answer {
    pub code: String,
    pub state: String,
    pub error: String,
    pub iss: Option<String>,
}

/// Shows that whoever wants to link an account comes from their own page.
pub fn proof(pepper: &Pepper, person: &Person) -> String {
    URL_SAFE_NO_PAD.encode(pepper.derive(&format!("link an account {}", person.session)))
}

/// Begins a visit; answers with where the browser is sent. With `link`, whoever
/// is signed in links the account; else it signs them in.
pub async fn begin(
    state: &AppState,
    viewer: &Viewer,
    id: &ProviderId,
    next: &str,
    link: Option<&str>,
) -> Result<String> {
    let provider = store::enabled(&state.db, id).await?;
    let person = match link {
        Some(given) => {
            let person = viewer.person.as_ref().ok_or(AppError::SignInNeeded)?;
            if proof(&state.pepper, person) != given {
                return Err(AppError::Conflict("Begin on this page.".into()));
            }
            confirming::by_signing_in(state, person).await?;
            Some(person.id.clone())
        }
        None => None,
    };
    attempts::begin(
        &state.db,
        &Attempt::to_visit(&state.pepper, &ClientAddress::of_request()),
    )
    .await?;
    let known = known(state, id, &provider)?;
    let metadata = state
        .providers
        .of(&state.outside, &known.issuer)
        .await
        .map_err(|trouble| told(&provider, &trouble))?;
    let browser = match cookies::held(COOKIE) {
        Some(held) => held,
        None => tokens::new(),
    };
    let marks = marks(&state.pepper, &tokens::new());
    let visit = Visit {
        next: crate::paths::local(next),
        person,
    };
    visits::begin(&state.db, id, &marks.state, &browser, visit).await?;
    cookies::lend(COOKIE, &browser, SECONDS);
    asking::address(&metadata, &known, marks).map_err(|trouble| told(&provider, &trouble))
}

/// Ends a visit: signs whoever comes back in, or links their account, and says
/// where they go on.
pub async fn end(state: &AppState, viewer: &Viewer, id: &ProviderId, answer: Answer) -> Result<()> {
    const ELSEWHERE: &str =
        "This sign-in ran out, was used already, or was begun in another browser. Start again from here.";
    let provider = store::enabled(&state.db, id).await?;
    let again = || AppError::Conflict(ELSEWHERE.into());
    let browser = cookies::held(COOKIE).ok_or_else(again)?;
    let visit = visits::take(&state.db, id, &answer.state, &browser)
        .await?
        .ok_or_else(again)?;
    if visit.person.is_some() && visit.person.as_ref() != viewer.id() {
        return Err(again());
    }
    let claims = claims(state, id, &provider, answer).await;
    if claims.is_err() {
        let person = visit.person.as_ref();
        audit::note(&state.db, Act::SignInFailed, person, &provider.name, None).await?;
    }
    let claims = claims?;
    let rules = store::rules::matching(&state.db, id, &claims).await?;
    match identities::meet(&state.db, id, &claims, visit.person.as_ref(), &rules).await? {
        Met::Known(person) => signing_in::first_factor_was_right(state, &person, &visit.next).await,
        Met::New(person, called, email) => {
            if !claims.email_is_verified() {
                address::asking::by_letter(state, &person, &called, &email, None).await?;
            }
            signing_in::first_factor_was_right(state, &person, &visit.next).await
        }
        Met::Linked => linked(state, viewer, &provider).await,
        Met::SomebodyElses => Err(AppError::Conflict(format!(
            "This account of {} signs somebody else in here.",
            provider.name
        ))),
        Met::Nobody => Err(nobody(&provider)),
        Met::EmailTaken => Err(AppError::Conflict(format!(
            "There is an account with this e-mail address already. Sign in to it, then link {} in your settings.",
            provider.name
        ))),
        Met::Unnamed => Err(AppError::Conflict(format!(
            "{} told neither an e-mail address nor a name that Carrel can use, so no account was made.",
            provider.name
        ))),
    }
}

fn nobody(provider: &ProviderRow) -> AppError {
    AppError::Conflict(format!(
        "Nobody here has linked this account of {name} yet. Sign in as you usually do, then link {name} in your settings; \
         without an account here, ask whoever looks after Carrel at your library.",
        name = provider.name
    ))
}

async fn claims(state: &AppState, id: &ProviderId, provider: &ProviderRow, answer: Answer) -> Result<Claims> {
    if answer.iss.as_ref().is_some_and(|issuer| *issuer != provider.issuer) {
        let trouble = Trouble::Untrusted("the answer names another issuer".into());
        return Err(told(provider, &trouble));
    }
    if !answer.error.is_empty() || answer.code.is_empty() {
        return Err(AppError::Conflict(format!(
            "{} did not sign you in. Nothing has changed here.",
            provider.name
        )));
    }
    let known = known(state, id, provider)?;
    let marks = marks(&state.pepper, &answer.state);
    asking::claims(state, &known, answer.code, marks)
        .await
        .map_err(|trouble| told(provider, &trouble))
}

async fn linked(state: &AppState, viewer: &Viewer, provider: &ProviderRow) -> Result<()> {
    if let Some(person) = viewer.id() {
        let what = format!("an account of {} can now be used to sign in as you.", provider.name);
        devices::tell_owner(state, person, &what).await?;
    }
    leptos_axum::redirect(&format!("{LINKED}?notice=linked"));
    Ok(())
}

/// The provider as it is asked.
fn known(state: &AppState, id: &ProviderId, provider: &ProviderRow) -> Result<Known> {
    let secret = match provider.secret.as_str() {
        "" => None,
        sealed => {
            let opened = super::sealing::open(&state.pepper, id.as_str(), sealed);
            Some(opened.ok_or_else(|| AppError::internal("single sign-on", "a client secret does not open here"))?)
        }
    };
    Ok(Known {
        issuer: provider.issuer.clone(),
        client: provider.client.clone(),
        secret,
        answer_at: answer_at(&state.site.public_url, id),
    })
}

/// What is made of a visit's state.
fn marks(pepper: &Pepper, state: &str) -> Marks {
    let made = |what| URL_SAFE_NO_PAD.encode(pepper.derive(&format!("{what} of a visit {state}")));
    Marks {
        state: state.to_owned(),
        nonce: made("nonce"),
        verifier: made("verifier"),
    }
}

/// The reasons are for the log: they hold nothing of the person.
fn told(provider: &ProviderRow, trouble: &Trouble) -> AppError {
    tracing::warn!(issuer = %provider.issuer, %trouble, "single sign-on failed");
    AppError::Conflict(match trouble {
        Trouble::Unreachable(_) => format!("{} could not be asked just now. Try again in a moment.", provider.name),
        Trouble::Untrusted(_) => format!(
            "What {} answered cannot be trusted, so nobody was signed in. Start again from here.",
            provider.name
        ),
    })
}
