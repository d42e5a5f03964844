//! What the browser may ask of sharings.

use leptos::prelude::*;

use super::model::{SharedEvidence, SharedGaps, SharedPlan, SharedRecord, SharingPage};
use crate::error::Result;
use crate::id::{PersonId, SharingId};

/// What one shares, who looked, and what others share with one.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_sharing(
    #[server(default)] looks: Option<u32>,
    #[server(default)] others: Option<u32>,
) -> Result<SharingPage> {
    let (viewer, person) = crate::state::signed_in()?;
    let pages = (looks.unwrap_or(1), others.unwrap_or(1));
    super::store::page(&crate::state::db(), &viewer, &person, pages).await
}

/// Shares something of one's own; the same again renews it. `with` is `person`
/// (whose address is `email`) or a role in one of one's own organisations.
#[server]
pub async fn share(
    #[server(default)] what: String,
    with: String,
    #[server(default)] email: String,
    purpose: String,
    last_day: String,
) -> Result<()> {
    use super::model::{Purpose, What, With};
    use super::store::{self, NewSharing};
    use crate::error::{AppError, FieldErrors};
    use crate::people::model::Email;

    let (viewer, person) = crate::state::signed_in()?;
    let db = crate::state::db();
    let mut errors = FieldErrors::default();
    let what = errors.take(
        "what",
        What::parse(&what).ok_or_else(|| "Choose what to share.".to_owned()),
    );
    let purpose = errors.take("purpose", Purpose::parse(&purpose));
    let last_day = errors.take("last_day", store::last_day(&last_day, &person.timezone));
    let email = (with == "person")
        .then(|| errors.take("email", Email::held(&email)))
        .flatten();
    let role = With::parse_role(&with).filter(|with| store::may_choose(&viewer, with));
    if with != "person" && role.is_none() {
        errors.add("with", "Choose from the list.");
    }
    errors.check()?;
    let (Some(what), Some(purpose), Some(last_day)) = (what, purpose, last_day) else {
        return Err(AppError::Internal);
    };
    let with = match (role, email) {
        (Some(role), _) => role,
        (None, Some(email)) => With::Person(store::colleague(&db, &viewer, &email).await?),
        (None, None) => return Err(AppError::Internal),
    };
    let new = NewSharing {
        what,
        with,
        purpose,
        last_day,
    };
    store::share(&db, &person, &new).await?;
    leptos_axum::redirect("/me/sharing?notice=shared");
    Ok(())
}

/// Ends one of one's own sharings, at once; of others' it changes nothing.
#[server]
pub async fn end_sharing(sharing: SharingId) -> Result<()> {
    let (_, person) = crate::state::signed_in()?;
    super::store::end(&crate::state::db(), &person.id, &sharing).await?;
    leptos_axum::redirect("/me/sharing?notice=ended");
    Ok(())
}

/// Somebody's gaps, for those whom they are shown to; that one looked is noted
/// for them.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_shared_gaps(
    person: PersonId,
    #[server(default)] profile: String,
    #[server(default)] page: Option<u32>,
) -> Result<SharedGaps> {
    let page = page.unwrap_or(1);
    super::store::gaps(&crate::state::db(), &crate::state::viewer(), &person, &profile, page).await
}

/// Somebody's learning plan, for those whom it is shown to; that one looked is
/// noted for them.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_shared_plan(person: PersonId) -> Result<SharedPlan> {
    super::store::plan(&crate::state::db(), &crate::state::viewer(), &person).await
}

/// Somebody's record of learning, for those whom it is shown to; that one looked
/// is noted for them.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_shared_record(
    person: PersonId,
    #[server(default)] courses: Option<u32>,
    #[server(default)] cohorts: Option<u32>,
) -> Result<SharedRecord> {
    let pages = [courses, cohorts].map(|page| page.unwrap_or(1));
    super::store::record(&crate::state::db(), &crate::state::viewer(), &person, pages).await
}

/// A page of somebody's evidence, for those whom it is shown to; that one looked is
/// noted for them.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_shared_evidence(person: PersonId, #[server(default)] page: Option<u32>) -> Result<SharedEvidence> {
    let page = page.unwrap_or(1);
    super::store::evidence(&crate::state::db(), &crate::state::viewer(), &person, page).await
}
