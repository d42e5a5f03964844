//! What the browser may ask of passkeys.

use leptos::prelude::*;

use super::model::Passkeys;
use crate::error::Result;
use crate::id::PasskeyId;

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_passkeys() -> Result<Passkeys> {
    use crate::people::second_factor::store::held;

    let (_, person) = crate::state::signed_in()?;
    let state = crate::state::state();
    Ok(Passkeys {
        passkeys: super::store::list(&state.db, &person).await?,
        possible: super::are_possible(&state.site),
        asked: held(&state.db, &person).await?.asked(),
    })
}

/// Begins to make a passkey, after the password was given once more, and a
/// factor by whoever has one. Answers with what the browser is to be asked, as JSON.
#[server]
pub async fn begin_passkey(name: String, password: String, #[server(default)] passcode: String) -> Result<String> {
    use super::model::PasskeyName;
    use crate::error::AppError;

    let (_, person) = crate::state::signed_in()?;
    let state = crate::state::state();
    PasskeyName::parse(&name).map_err(|message| AppError::field("name", message))?;
    crate::people::confirming::both(&state, &person, "password", password, &passcode).await?;
    super::ceremony::begin_making(&state, &person).await
}

/// Keeps the passkey that the browser made.
#[server]
pub async fn finish_passkey(name: String, answer: String) -> Result<()> {
    use super::model::PasskeyName;
    use crate::error::AppError;

    let (_, person) = crate::state::signed_in()?;
    let state = crate::state::state();
    let name = PasskeyName::parse(&name).map_err(|message| AppError::field("name", message))?;
    // Again: it may have been begun before there was another factor.
    crate::people::second_factor::proof::shown(&state, &person, "").await?;
    let (key, credential) = super::ceremony::end_making(&state, &person.id, &answer).await?;
    super::store::add(&state.db, &person.id, &key, &name, &credential).await?;
    crate::people::second_factor::store::note_shown(&state.db, &person.session).await?;
    let what = format!(
        "a passkey called “{}” can now be used to sign in as you.",
        name.as_str()
    );
    crate::people::devices::tell_owner(&state, &person.id, &what).await?;
    leptos_axum::redirect("/me/settings/passkeys");
    Ok(())
}

/// Removes one of one's own passkeys, after the password was given once more and
/// a factor shown, and signs out everywhere else.
#[server]
pub async fn remove_passkey(passkey: PasskeyId, password: String, #[server(default)] passcode: String) -> Result<()> {
    let (_, person) = crate::state::signed_in()?;
    let state = crate::state::state();
    crate::people::confirming::both(&state, &person, "password", password, &passcode).await?;
    if super::store::remove(&state.db, &person, &passkey).await? {
        let what = "a passkey of yours was removed, and every other device was signed out.";
        crate::people::devices::tell_owner(&state, &person.id, what).await?;
    }
    Ok(())
}

/// Begins to sign in with a passkey.
#[server]
pub async fn begin_passkey_sign_in() -> Result<String> {
    use crate::people::attempts::{self, Attempt};
    use crate::state::ClientAddress;

    let state = crate::state::state();
    let attempt = Attempt::to_answer(&state.pepper, &ClientAddress::of_request());
    attempts::begin(&state.db, &attempt).await?;
    super::ceremony::begin_sign_in(&state).await
}

/// Signs in the owner of the passkey that signed the browser's answer. The
/// device has verified its owner, so that no second factor is asked for.
#[server]
pub async fn finish_passkey_sign_in(answer: String, #[server(default)] next: String) -> Result<()> {
    use crate::audit::model::Act;
    use crate::audit::store as audit;
    use crate::error::AppError;
    use crate::people::sessions::Shown;
    use crate::people::{cookies, signing_in};

    let state = crate::state::state();
    let ended = super::ceremony::end_sign_in(&state, &answer).await;
    // One that ran out is nobody's failure.
    if matches!(ended, Err(AppError::Invalid(_))) {
        audit::note(&state.db, Act::SignInFailed, None, "passkey", None).await?;
    }
    let person = ended?;
    // Where a password was given first, that waits no more.
    cookies::take_away(signing_in::PENDING);
    signing_in::open_with(&state, &person, &next, Shown::Passkey).await
}
