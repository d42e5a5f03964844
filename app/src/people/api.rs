//! What the browser may ask of people's accounts.

use leptos::prelude::*;

use super::model::{Invitation, Profile, Settings};
use crate::error::Result;
use crate::id::{PersonId, SessionId};
use crate::viewer::Viewer;

/// Who is looking, with unread counts as they are now.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_viewer() -> Result<Viewer> {
    Ok(crate::state::viewer())
}

#[server]
pub async fn sign_in(email: String, password: String, #[server(default)] next: String) -> Result<()> {
    use super::attempts::{self, Attempt};
    use super::model::Email;
    use super::store;
    use crate::audit::model::Act;
    use crate::error::AppError;
    use crate::state::{ClientAddress, state};

    const WRONG: &str = "This e-mail address and password do not belong together.";
    let state = state();
    let email = Email::held(&email).map_err(|message| AppError::field("email", message))?;
    let address = ClientAddress::of_request();
    let attempt = Attempt::to_sign_in(&state.pepper, &email, &address);
    attempts::begin(&state.db, &attempt).await?;
    let (person, hash) = store::credential(&state.db, &email).await?.unzip();
    let right = state.hasher.verify(password, hash.flatten()).await?;
    if !right {
        crate::audit::store::note(&state.db, Act::SignInFailed, person.as_ref(), "", None).await?;
    }
    let Some(person) = person.filter(|_| right) else {
        return Err(AppError::field("password", WRONG));
    };
    attempts::succeeded(&state.db, &attempt).await?;
    super::signing_in::first_factor_was_right(&state, &person, &next).await
}

#[server]
pub async fn sign_out() -> Result<()> {
    use super::sessions;
    use crate::state::{db, viewer};

    if let Some(person) = viewer().person {
        sessions::end(&db(), &person.id, &person.session).await?;
    }
    super::cookies::take();
    super::cookies::forget_what_is_kept();
    leptos_axum::redirect("/");
    Ok(())
}

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_settings() -> Result<Settings> {
    let (_, person) = crate::state::signed_in()?;
    let state = crate::state::state();
    let db = &state.db;
    let (settings, held, copy) = db
        .at_once(async {
            futures::try_join!(
                super::store::settings(db, &person),
                super::second_factor::store::held(db, &person),
                crate::copies::store::newest(db, &person)
            )
        })
        .await?;
    Ok(Settings {
        asked: held.asked(),
        copy,
        posts_go: state.site.remove_posts,
        ..settings
    })
}

#[server]
pub async fn save_profile(name: String, title: String, timezone: String) -> Result<()> {
    use super::model::PersonName;
    use crate::error::{AppError, FieldErrors};

    let (viewer, person) = crate::state::signed_in()?;
    let mut errors = FieldErrors::default();
    let name = errors.take("name", PersonName::parse(&name));
    if title.chars().count() > 120 {
        errors.add("title", "A job title has at most 120 characters.");
    } else if title.chars().any(crate::text::is_hidden) {
        errors.add("title", crate::text::HIDDEN);
    }
    if !crate::time::is_zone(&timezone) {
        errors.add("timezone", "Choose a time zone such as Europe/London.");
    }
    errors.check()?;
    let name = name.ok_or(AppError::Internal)?;
    let db = crate::state::db();
    // Who may not post changes what nobody else reads.
    if viewer.silenced {
        let before = super::store::settings(&db, &person).await?;
        if (before.name.as_str(), before.title.as_str()) != (name.as_str(), title.trim()) {
            super::suspension::store::may_post(&db, &viewer).await?;
        }
    }
    super::store::update(&db, &person.id, &name, title.trim(), &timezone).await?;
    // With scripts the page stays, and says so beside the button.
    if crate::state::is_plain_form() {
        leptos_axum::redirect("/me/settings?notice=saved");
    }
    Ok(())
}

#[server]
pub async fn change_password(current: String, password: String, #[server(default)] passcode: String) -> Result<()> {
    use super::passwords::NewPassword;
    use super::store;
    use crate::error::AppError;
    use crate::state::state;

    let (_, person) = crate::state::signed_in()?;
    let state = state();
    super::confirming::both(&state, &person, "current", current, &passcode).await?;
    let email = store::settings(&state.db, &person).await?.email;
    let password = NewPassword::parse(&password, &[&person.name, &email])
        .map_err(|message| AppError::field("password", message))?;
    let hash = state.hasher.hash(password).await?;
    store::set_password(&state.db, &person, hash).await?;
    leptos_axum::redirect("/me/settings?notice=password-changed");
    Ok(())
}

/// Ends one of one's own sessions.
#[server]
pub async fn end_session(session: SessionId) -> Result<()> {
    let (_, person) = crate::state::signed_in()?;
    let state = crate::state::state();
    super::confirming::recently(&state, &person).await?;
    super::sessions::end(&state.db, &person.id, &session).await
}

/// Ends all of one's sessions but this one.
#[server]
pub async fn end_other_sessions() -> Result<()> {
    let (_, person) = crate::state::signed_in()?;
    let state = crate::state::state();
    super::confirming::recently(&state, &person).await?;
    super::sessions::end_others(&state.db, &person.id, &person.session).await
}

/// Shows once more that it is oneself, with the password and a factor where there
/// is one.
#[server]
pub async fn confirm_oneself(password: String, #[server(default)] passcode: String) -> Result<()> {
    let (_, person) = crate::state::signed_in()?;
    let state = crate::state::state();
    super::confirming::both(&state, &person, "password", password, &passcode).await?;
    super::sessions::make_sure(&state.db, &person.session).await
}

/// Closes one's own account, after one's name and password were given, and a
/// factor where there is one.
#[server]
pub async fn close_account(
    password: String,
    #[server(default)] passcode: String,
    #[server(default)] confirm: String,
) -> Result<()> {
    use super::store;
    use crate::error::AppError;
    use crate::state::state;

    let (_, person) = crate::state::signed_in()?;
    let state = state();
    if confirm.trim() != person.name {
        let message = format!("Type your name as it stands here: {}", person.name);
        return Err(AppError::field("confirm", message));
    }
    super::confirming::both(&state, &person, "password", password, &passcode).await?;
    store::close(&state.db, &person.id, state.site.remove_posts).await?;
    super::cookies::take();
    leptos_axum::redirect("/sign-in?notice=account-closed");
    Ok(())
}

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_profile(person: PersonId) -> Result<Profile> {
    super::store::profile(&crate::state::db(), &crate::state::viewer(), &person).await
}

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_invitation(token: String) -> Result<Invitation> {
    super::store::invitation(&crate::state::db(), &token).await
}

#[server]
pub async fn accept_invitation(token: String, name: String, email: String, password: String) -> Result<()> {
    use super::attempts::{self, Attempt};
    use super::model::{Email, PersonName};
    use super::passwords::NewPassword;
    use super::store::{self, Created, NewPerson};
    use crate::error::{AppError, FieldErrors};
    use crate::state::{ClientAddress, state};

    let state = state();
    store::invitation(&state.db, &token).await?;
    let mut errors = FieldErrors::default();
    let about: Vec<&str> = [name.as_str(), email.as_str()].into_iter().collect();
    let password = errors.take("password", NewPassword::parse(&password, &about));
    let parsed_name = errors.take("name", PersonName::parse(&name));
    let parsed_email = errors.take("email", Email::parse(&email));
    errors.check()?;
    let (Some(password), Some(name), Some(email)) = (password, parsed_name, parsed_email) else {
        return Err(AppError::Internal);
    };
    attempts::begin(
        &state.db,
        &Attempt::to_join(&state.pepper, &ClientAddress::of_request()),
    )
    .await?;
    let hash = state.hasher.hash(password).await?;
    let (called, address) = (name.as_str().to_owned(), email.clone());
    let new = NewPerson {
        name,
        email,
        title: String::new(),
        timezone: "UTC".into(),
        hash,
    };
    let person = match store::accept(&state.db, &token, new).await? {
        Created::New(person) => person,
        Created::EmailTaken => {
            return Err(AppError::field(
                "email",
                "There is an account with this address: sign in with it instead.",
            ));
        }
    };
    super::address::asking::by_letter(&state, &person, &called, &address, None).await?;
    super::signing_in::open(&state, &person, "/?notice=joined").await
}

/// The addresses of these server functions, for tests and plain forms.
macro_rules! paths {
    ($($name:ident = $function:ident),* $(,)?) => {
        $(pub fn $name() -> &'static str {
            <$function as server_fn::ServerFn>::PATH
        })*
    };
}

paths! {
    accept_invitation_path = AcceptInvitation,
    end_session_path = EndSession,
    load_viewer_path = LoadViewer,
    sign_in_path = SignIn,
    sign_out_path = SignOut,
}
