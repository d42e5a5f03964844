use leptos::prelude::*;

use super::model::Display;
use crate::error::Result;

/// What this browser has chosen.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_display() -> Result<Display> {
    Ok(Display::of_request())
}

/// Keeps a choice in this browser for a year.
#[server]
pub async fn save_display(theme: String, density: String, #[server(default)] keys: bool) -> Result<()> {
    use super::model::{COOKIE, Theme};
    use crate::error::AppError;

    /// In seconds.
    const YEAR: u32 = 365 * 24 * 3600;

    let theme = Theme::parse(&theme).ok_or_else(|| AppError::field("theme", "Choose one of the three."))?;
    let display = Display {
        theme,
        compact: density == "compact",
        keys,
    };
    crate::people::cookies::lend(COOKIE, &display.to_cookie(), YEAR);
    leptos_axum::redirect("/display?notice=kept");
    Ok(())
}
