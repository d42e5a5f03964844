//! What the browser may ask of profiles. Sending a picture in is a file
//! (server/src/pictures.rs).

use leptos::prelude::*;

use super::model::OwnProfile;
use crate::error::Result;
use crate::id::OrganisationId;

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_own_profile() -> Result<OwnProfile> {
    let (_, person) = crate::state::signed_in()?;
    super::store::own(&crate::state::db(), &person).await
}

#[server]
pub async fn save_about(
    #[server(default)] pronouns: String,
    #[server(default)] place: String,
    #[server(default)] language: String,
    #[server(default)] about: String,
    shown_pronouns: String,
    shown_place: String,
    shown_language: String,
    shown_about: String,
    shown_picture: String,
) -> Result<()> {
    use super::model::{About, ShownTo};

    let (viewer, person) = crate::state::signed_in()?;
    let about = About::parse(&pronouns, &place, &language, &about)?;
    let shown = ShownTo::parse([
        &shown_pronouns,
        &shown_place,
        &shown_language,
        &shown_about,
        &shown_picture,
    ])?;
    let db = crate::state::db();
    // Who may not post hides what they like, and says nothing new.
    if viewer.silenced && super::store::own(&db, &person).await?.says_less_than(&about, &shown) {
        crate::people::suspension::store::may_post(&db, &viewer).await?;
    }
    super::store::save(&db, &person.id, &about, &shown).await?;
    leptos_axum::redirect(&format!("/people/{}?notice=profile", person.id));
    Ok(())
}

#[server]
pub async fn remove_picture() -> Result<()> {
    let (_, person) = crate::state::signed_in()?;
    super::store::remove_picture(&crate::state::db(), &person.id).await
}

#[server]
pub async fn remove_logo(organisation: OrganisationId) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    super::store::remove_logo(&crate::state::db(), &viewer, &organisation).await
}
