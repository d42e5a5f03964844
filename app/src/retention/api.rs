//! What the browser may ask of how long things are kept.

use leptos::prelude::*;

use super::model::Retention;
use crate::error::Result;

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_retention() -> Result<Retention> {
    crate::state::site_administrator()?;
    super::store::retention(&crate::state::db()).await
}

/// Sets for how many days each is kept.
#[server]
pub async fn save_retention(looks: u32, sharings: u32, letters: u32, devices: u32, suspensions: u32) -> Result<()> {
    use super::model::{Kept, SPANS};
    use crate::error::FieldErrors;

    crate::state::site_administrator()?;
    let days = Kept::ALL.map(|kept| match kept {
        Kept::Looks => (kept, looks),
        Kept::Sharings => (kept, sharings),
        Kept::Letters => (kept, letters),
        Kept::Devices => (kept, devices),
        Kept::Suspensions => (kept, suspensions),
    });
    let mut errors = FieldErrors::default();
    for (kept, days) in days {
        if !SPANS.iter().any(|(known, _)| *known == days) {
            errors.add(kept.as_str(), "Choose one from the list.");
        }
    }
    errors.check()?;
    super::store::keep_for(&crate::state::db(), &days).await
}
