//! What the browser may ask of organisations.

use leptos::prelude::*;

use super::model::{MemberPage, Organisation, OrganisationSettings};
use crate::error::Result;
use crate::id::{OrganisationId, PersonId};

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_organisation(
    slug: String,
    #[server(default)] page: Option<u32>,
    #[server(default)] beneath: Option<u32>,
) -> Result<Organisation> {
    let pages = (page.unwrap_or(1), beneath.unwrap_or(1));
    super::store::page(&crate::state::db(), &crate::state::viewer(), &slug, pages).await
}

/// `find` is a part of the name of an organisation to move it to.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_organisation_settings(slug: String, #[server(default)] find: String) -> Result<OrganisationSettings> {
    super::store::settings(&crate::state::db(), &crate::state::viewer(), &slug, &find).await
}

/// Makes an organisation beneath `parent`; at the top where that is empty.
#[server]
pub async fn create_organisation(
    key: OrganisationId,
    #[server(default)] parent: String,
    name: String,
    kind: String,
    #[server(default)] place: String,
    timezone: String,
    language: String,
) -> Result<()> {
    use super::model::{OrganisationFields, TypedFields};

    let (viewer, _) = crate::state::signed_in()?;
    let parent = parent_of(&parent)?;
    let typed = TypedFields {
        name: &name,
        kind: &kind,
        place: &place,
        timezone: &timezone,
        language: &language,
    };
    let fields = OrganisationFields::parse(typed, crate::time::is_zone)?;
    let db = crate::state::db();
    let slug = super::store::create_beneath(&db, &viewer, &key, parent.as_ref(), &fields).await?;
    leptos_axum::redirect(&format!("/organisations/{slug}?notice=created"));
    Ok(())
}

#[cfg(feature = "ssr")]
fn parent_of(text: &str) -> Result<Option<OrganisationId>> {
    match text {
        "" => Ok(None),
        id => OrganisationId::parse(id)
            .map(Some)
            .ok_or(crate::error::AppError::NotFound),
    }
}

#[server]
pub async fn save_organisation(
    organisation: OrganisationId,
    name: String,
    kind: String,
    #[server(default)] place: String,
    timezone: String,
    language: String,
) -> Result<()> {
    use super::model::{OrganisationFields, TypedFields};

    let (viewer, _) = crate::state::signed_in()?;
    let typed = TypedFields {
        name: &name,
        kind: &kind,
        place: &place,
        timezone: &timezone,
        language: &language,
    };
    let fields = OrganisationFields::parse(typed, crate::time::is_zone)?;
    let slug = super::store::save(&crate::state::db(), &viewer, &organisation, &fields).await?;
    leptos_axum::redirect(&format!("/organisations/{slug}?notice=saved"));
    Ok(())
}

/// Puts an organisation and all beneath it beneath `parent`; at the top where
/// that is empty.
#[server]
pub async fn move_organisation(organisation: OrganisationId, #[server(default)] parent: String) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    let parent = parent_of(&parent)?;
    let slug = super::store::move_to(&crate::state::db(), &viewer, &organisation, parent.as_ref()).await?;
    leptos_axum::redirect(&format!("/organisations/{slug}?notice=moved"));
    Ok(())
}

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_member(slug: String, person: PersonId) -> Result<MemberPage> {
    super::store::member(&crate::state::db(), &crate::state::viewer(), &slug, &person).await
}

#[server]
pub async fn change_roles(
    organisation: OrganisationId,
    person: PersonId,
    #[server(default)] roles: Vec<String>,
) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    let roles = super::model::parse_roles(&roles)?;
    let slug = super::store::change_roles(&crate::state::db(), &viewer, &organisation, &person, &roles).await?;
    leptos_axum::redirect(&format!("/organisations/{slug}?notice=roles"));
    Ok(())
}

/// Takes someone out of an organisation.
#[server]
pub async fn take_out(
    organisation: OrganisationId,
    person: PersonId,
    #[server(default)] understood: bool,
) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    if !understood {
        return Err(crate::error::AppError::field(
            "understood",
            "Tick the box first, so that nobody is taken out by accident.",
        ));
    }
    let slug = super::store::take_out(&crate::state::db(), &viewer, &organisation, &person).await?;
    leptos_axum::redirect(&format!("/organisations/{slug}?notice=out"));
    Ok(())
}

#[server]
pub async fn leave_organisation(organisation: OrganisationId, #[server(default)] understood: bool) -> Result<()> {
    let (viewer, person) = crate::state::signed_in()?;
    if !understood {
        return Err(crate::error::AppError::field(
            "understood",
            "Tick the box first, so that you do not leave by accident.",
        ));
    }
    super::store::leave(&crate::state::db(), &viewer, &organisation).await?;
    leptos_axum::redirect(&format!("/people/{}?notice=left", person.id));
    Ok(())
}
