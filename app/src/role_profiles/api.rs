//! What curators may ask of role profiles.

use std::collections::HashMap;

use leptos::prelude::*;

use super::model::{NewProfileForm, ProfilePage, ProfilesPage};
use crate::error::Result;
use crate::id::RoleProfileId;

/// The role profiles of a set that the viewer may change or copy.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_role_profiles(set: String, #[server(default)] page: Option<u32>) -> Result<ProfilesPage> {
    let (db, viewer) = (crate::state::db(), crate::state::viewer());
    super::store::profiles_page(&db, &viewer, &set, page.unwrap_or(1)).await
}

/// What the form that makes one needs; `copy` is the one to begin with.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_new_role_profile(
    set: String,
    #[server(default)] organisation: String,
    #[server(default)] find: String,
    #[server(default)] q: String,
    #[server(default)] copy: String,
) -> Result<NewProfileForm> {
    let wanted = crate::organisations::choosing::model::Wanted::of(&organisation, &find, &q);
    super::store::new_form(&crate::state::db(), &crate::state::viewer(), &set, &wanted, &copy).await
}

/// Makes one of the set's edition in force, as a copy of `copy` where that is
/// said; `key` makes a form that is sent twice one.
#[server]
pub async fn make_role_profile(
    set: String,
    key: String,
    organisation: String,
    title: String,
    #[server(default)] description: String,
    #[server(default)] copy: String,
) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    let key = uuid::Uuid::parse_str(&key)
        .map_err(|_| crate::error::AppError::field("key", "The form could not be read. Load the page again."))?;
    let new = super::store::NewProfile {
        key,
        organisation,
        title,
        description,
        copy,
    };
    let slug = super::store::make(&crate::state::db(), &viewer, &set, &new).await?;
    leptos_axum::redirect(&format!("{}?notice=made", super::model::profile_href(&set, &slug)));
    Ok(())
}

/// One as it is edited, with a page of a section.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_role_profile(
    set: String,
    profile: String,
    #[server(default)] section: String,
    #[server(default)] page: Option<u32>,
    #[server(default)] organisation: String,
    #[server(default)] find: String,
    #[server(default)] q: String,
) -> Result<ProfilePage> {
    let (db, viewer) = (crate::state::db(), crate::state::viewer());
    let wanted = crate::organisations::choosing::model::Wanted::of(&organisation, &find, &q);
    let open = (section.as_str(), page.unwrap_or(1));
    super::store::profile_page(&db, &viewer, &set, &profile, open, &wanted).await
}

/// Saves what it is called and whose it is.
#[server]
pub async fn save_role_profile(
    profile: RoleProfileId,
    title: String,
    organisation: String,
    #[server(default)] description: String,
) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    let words = super::store::Words {
        title,
        description,
        organisation,
    };
    let place = super::store::save_words(&crate::state::db(), &viewer, &profile, &words).await?;
    leptos_axum::redirect(&format!("{place}?notice=words"));
    Ok(())
}

/// Saves the levels of a page of a section, or one level for the whole of it.
#[server]
pub async fn save_role_levels(
    profile: RoleProfileId,
    section: String,
    #[server(default)] page: Option<u32>,
    #[server(default)] base: String,
    #[server(default)] levels: HashMap<String, String>,
    #[server(default)] whole: String,
    #[server(default)] over: bool,
) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    let node = |key: String| key.trim_start_matches(super::model::LEVEL_KEY).to_owned();
    let levels = levels.into_iter().map(|(key, level)| (node(key), level)).collect();
    let sent = super::store::Sent {
        section,
        page: page.unwrap_or(1),
        base,
        levels,
        whole,
        over,
    };
    let place = super::store::save_levels(&crate::state::db(), &viewer, &profile, &sent).await?;
    leptos_axum::redirect(&place);
    Ok(())
}

/// Removes one, once its title was typed.
#[server]
pub async fn remove_role_profile(profile: RoleProfileId, #[server(default)] confirm: String) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    let place = super::store::remove(&crate::state::db(), &viewer, &profile, &confirm).await?;
    leptos_axum::redirect(&format!("{place}?notice=removed"));
    Ok(())
}
