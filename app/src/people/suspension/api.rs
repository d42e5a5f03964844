use leptos::prelude::*;

use crate::error::Result;
use crate::id::{OrganisationId, PersonId};

/// Bars a member of an organisation, or somebody of none, from signing in or from posting up to the
/// end of a day; again takes the earlier one's place.
#[server]
pub async fn suspend(
    #[server(default)] organisation: Option<OrganisationId>,
    person: PersonId,
    what: String,
    reason: String,
    last_day: String,
) -> Result<()> {
    use super::model::{Barred, Reason};
    use super::store::{self, NewSuspension};
    use crate::error::{AppError, FieldErrors};

    let (viewer, _) = crate::state::signed_in()?;
    let db = crate::state::db();
    let page = store::page_to_suspend_on(&db, &viewer, organisation.as_ref(), &person).await?;
    let mut errors = FieldErrors::default();
    let what = errors.take(
        "what",
        Barred::parse(&what).ok_or_else(|| "Choose one of the two.".to_owned()),
    );
    let reason = errors.take("reason", Reason::parse(&reason));
    let last_day = errors.take("last_day", store::last_day(&last_day, viewer.timezone()));
    errors.check()?;
    let (Some(what), Some(reason), Some(last_day)) = (what, reason, last_day) else {
        return Err(AppError::Internal);
    };
    let new = NewSuspension { what, reason, last_day };
    store::suspend(&db, &viewer, &person, &new).await?;
    leptos_axum::redirect(&page.after("suspended"));
    Ok(())
}

/// Ends a suspension before its time. Again changes nothing.
#[server]
pub async fn lift_suspension(#[server(default)] organisation: Option<OrganisationId>, person: PersonId) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    let db = crate::state::db();
    let page = super::store::page_to_suspend_on(&db, &viewer, organisation.as_ref(), &person).await?;
    super::store::lift(&db, &person).await?;
    leptos_axum::redirect(&page.after("lifted"));
    Ok(())
}

/// Signs a member of an organisation, or somebody of none, out everywhere.
#[server]
pub async fn end_sessions_of(#[server(default)] organisation: Option<OrganisationId>, person: PersonId) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    let db = crate::state::db();
    let page = super::store::page_to_suspend_on(&db, &viewer, organisation.as_ref(), &person).await?;
    super::store::end_sessions(&db, &person).await?;
    leptos_axum::redirect(&page.after("signed-out"));
    Ok(())
}
