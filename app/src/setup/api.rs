//! What the browser may ask of an empty installation.

use leptos::prelude::*;

use super::model::SetupForm;
use crate::error::Result;

/// Whether this address may set up the installation; else there is nothing.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_setup(#[server(default)] token: String) -> Result<SetupForm> {
    super::store::is_open(&crate::state::db(), &token).await?;
    Ok(SetupForm {
        zones: crate::time::zones(""),
    })
}

/// Makes the first organisation and its administrator, who looks after the
/// whole installation too. They are signed in.
#[server]
pub async fn set_up(
    token: String,
    site: String,
    organisation: String,
    kind: String,
    timezone: String,
    language: String,
    name: String,
    email: String,
    password: String,
) -> Result<()> {
    use super::model::SiteName;
    use super::store::{self, First};
    use crate::error::{AppError, FieldErrors};
    use crate::organisations::model::{Kind, OrganisationName};
    use crate::people::model::{Email, PersonName};
    use crate::people::passwords::NewPassword;
    use crate::state::{header, state};

    let state = state();
    store::is_open(&state.db, &token).await?;
    let mut errors = FieldErrors::default();
    let site = errors.take("site", SiteName::parse(&site));
    let organisation = errors.take("organisation", OrganisationName::parse(&organisation));
    let kind = errors.take(
        "kind",
        Kind::parse(&kind).ok_or_else(|| "Choose a kind from the list.".to_owned()),
    );
    if !crate::time::is_zone(&timezone) {
        errors.add("timezone", "Choose a time zone such as Europe/London.");
    }
    if !crate::language::is_language(&language) {
        errors.add("language", "Choose a language from the list.");
    }
    let password = errors.take("password", NewPassword::parse(&password, &[&name, &email]));
    let name = errors.take("name", PersonName::parse(&name));
    let email = errors.take("email", Email::parse(&email));
    errors.check()?;
    let (Some(site), Some(organisation), Some(kind)) = (site, organisation, kind) else {
        return Err(AppError::Internal);
    };
    let (Some(name), Some(email), Some(password)) = (name, email, password) else {
        return Err(AppError::Internal);
    };
    let hash = state.hasher.hash(password).await?;
    let first = First {
        organisation,
        kind,
        timezone,
        language,
        name,
        email,
        hash,
    };
    let person = store::set_up(&state.db, &token, &site, first).await?;
    state.site.name.set(site.as_str());
    let agent = header(http::header::USER_AGENT).unwrap_or_default();
    let session = crate::people::sessions::open(&state.db, &person, &agent).await?;
    crate::people::cookies::give(&session);
    leptos_axum::redirect("/");
    Ok(())
}

/// The address of setting up, for tests.
pub fn set_up_path() -> &'static str {
    <SetUp as server_fn::ServerFn>::PATH
}
