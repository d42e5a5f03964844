//! The two ceremonies of WebAuthn (Level 3, §7): making a passkey, and signing
//! in with one. Each challenge is kept here and answered once, by the browser
//! that was given it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde::de::DeserializeOwned;
use webauthn_rs::prelude::{
    CredentialID, DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Url, Uuid, Webauthn, WebauthnBuilder,
};

use super::model::ANSWER_BYTES;
use super::store;
use crate::error::{AppError, Result};
use crate::id::PersonId;
use crate::people::{cookies, tokens};
use crate::state::{AppState, Site};
use crate::viewer::Person;

/// The cookie of a challenge.
const COOKIE: &str = "carrel-passkey";

const AGAIN: &str = "This took too long, or was begun anew elsewhere. Begin it again.";
const UNFIT: &str = "This passkey does not fit. Try another one, or sign in with your password.";

/// What checks answers for this site, where it is reached by a name.
fn checker(site: &Site) -> Option<Webauthn> {
    let origin = Url::parse(&site.public_url).ok()?;
    let name = origin.domain()?.to_owned();
    let called = match site.name.get() {
        called if called.is_empty() => "Carrel".to_owned(),
        called => called,
    };
    let builder = WebauthnBuilder::new(&name, &origin).ok()?;
    builder.rp_name(&called).build().ok()
}

/// Whether this site is reached by a name, which passkeys are bound to.
pub fn are_possible(site: &Site) -> bool {
    checker(site).is_some()
}

fn checker_here(state: &AppState) -> Result<Webauthn> {
    checker(&state.site).ok_or_else(|| AppError::Conflict("Passkeys need a site that is reached by a name.".into()))
}

/// What a device knows somebody by: nothing about them.
fn handle(person: &PersonId) -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_OID, person.as_str().as_bytes())
}

/// The key of a credential's record.
fn key(credential: &[u8]) -> String {
    tokens::key(&URL_SAFE_NO_PAD.encode(credential))
}

/// Begins to make a passkey; answers with what the browser is to be asked.
pub async fn begin_making(state: &AppState, person: &Person) -> Result<String> {
    let known = store::credentials(&state.db, &person.id).await?;
    let known: Vec<CredentialID> = known
        .iter()
        .filter_map(|json| serde_json::from_str::<Passkey>(json).ok())
        .map(|passkey| passkey.cred_id().clone())
        .collect();
    let account = crate::people::store::settings(&state.db, person).await?.email;
    let (asked, waiting) = checker_here(state)?
        .start_passkey_registration(handle(&person.id), &account, &person.name, Some(known))
        .map_err(|error| AppError::internal("begin a passkey", error))?;
    keep(state, Some(&person.id), &waiting).await?;
    let mut asked = serde_json::to_value(asked).map_err(|error| AppError::internal("begin a passkey", error))?;
    // One that a sign-in finds without an address being typed.
    if let Some(selection) = asked.pointer_mut("/publicKey/authenticatorSelection") {
        selection["residentKey"] = "required".into();
        selection["requireResidentKey"] = true.into();
    }
    to_json(&asked)
}

/// Ends it: the browser's answer becomes a passkey under a record key.
pub async fn end_making(state: &AppState, person: &PersonId, answer: &str) -> Result<(String, String)> {
    let waiting: PasskeyRegistration = waiting(state, Some(person)).await?;
    let answer: RegisterPublicKeyCredential = read(answer)?;
    let passkey = checker_here(state)?
        .finish_passkey_registration(&answer, &waiting)
        .map_err(|_| AppError::field("", UNFIT))?;
    Ok((key(passkey.cred_id()), to_json(&passkey)?))
}

/// Begins to sign in, whoever it is.
pub async fn begin_sign_in(state: &AppState) -> Result<String> {
    let (asked, waiting) = checker_here(state)?
        .start_discoverable_authentication()
        .map_err(|error| AppError::internal("begin with a passkey", error))?;
    keep(state, None, &waiting).await?;
    to_json(&asked)
}

/// Whose passkey the browser's answer was signed with.
pub async fn end_sign_in(state: &AppState, answer: &str) -> Result<PersonId> {
    let unfit = || AppError::field("", UNFIT);
    let waiting: DiscoverableAuthentication = waiting(state, None).await?;
    let answer: PublicKeyCredential = read(answer)?;
    let checker = checker_here(state)?;
    let (holder, credential) = checker
        .identify_discoverable_authentication(&answer)
        .map_err(|_| unfit())?;
    let key = key(credential);
    let known = store::known(&state.db, &key).await?;
    let known = known
        .filter(|known| handle(&known.person) == holder)
        .ok_or_else(unfit)?;
    let mut passkey: Passkey =
        serde_json::from_str(&known.credential).map_err(|error| AppError::internal("passkey", error))?;
    let signed = checker
        .finish_discoverable_authentication_v2(&answer, waiting, &passkey)
        .map_err(|_| unfit())?;
    passkey.update_credential(&signed);
    store::used(&state.db, &key, &known.credential, &to_json(&passkey)?).await?;
    Ok(known.person)
}

/// Keeps a challenge for this browser.
async fn keep(state: &AppState, person: Option<&PersonId>, waiting: &impl Serialize) -> Result<()> {
    let token = tokens::new();
    store::keep(&state.db, &token, person, &to_json(waiting)?).await?;
    cookies::lend(COOKIE, &token, store::CHALLENGE_SECONDS);
    Ok(())
}

/// The challenge that this browser was given: whatever comes of it, it is used
/// up.
async fn waiting<T: DeserializeOwned>(state: &AppState, person: Option<&PersonId>) -> Result<T> {
    let again = || AppError::Conflict(AGAIN.into());
    let token = cookies::held(COOKIE).ok_or_else(again)?;
    cookies::take_away(COOKIE);
    let kept = store::take(&state.db, &token, person).await?.ok_or_else(again)?;
    serde_json::from_str(&kept).map_err(|_| again())
}

fn read<T: DeserializeOwned>(answer: &str) -> Result<T> {
    let unreadable = || AppError::field("", "Your browser’s answer could not be read. Try again.");
    if answer.len() > ANSWER_BYTES {
        return Err(unreadable());
    }
    serde_json::from_str(answer).map_err(|_| unreadable())
}

fn to_json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| AppError::internal("passkey", error))
}
