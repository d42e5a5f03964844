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

    let theme = Theme::parse(&theme).ok_or_else(|| AppError::field("theme", "Choose one of the three."))?;
    let display = Display {
        theme,
        compact: density == "compact",
        keys,
    };
    let secure = if crate::state::state().site.is_secure() {
        "; Secure"
    } else {
        ""
    };
    let cookie = format!(
        "{COOKIE}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000{secure}",
        display.to_cookie()
    );
    let value = http::HeaderValue::from_str(&cookie).map_err(|error| AppError::internal("display cookie", error))?;
    expect_context::<leptos_axum::ResponseOptions>().append_header(http::header::SET_COOKIE, value);
    leptos_axum::redirect("/display?notice=kept");
    Ok(())
}
