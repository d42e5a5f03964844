//! Giving and taking cookies in a server function's answer.

use http::HeaderValue;
use http::header::SET_COOKIE;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

use super::sessions;

/// Gives this browser a session.
pub(crate) fn give(token: &str) {
    append(sessions::cookie(Some(token), is_secure()));
}

/// Takes its session away.
pub(super) fn take() {
    append(sessions::cookie(None, is_secure()));
}

/// Has this browser forget what its pages kept, such as drafts of posts (W3C
/// Clear Site Data, which browsers heed over TLS). Cookies say for themselves
/// when they end.
pub(super) fn forget_what_is_kept() {
    if is_secure() {
        expect_context::<ResponseOptions>().insert_header(
            http::HeaderName::from_static("clear-site-data"),
            HeaderValue::from_static("\"storage\""),
        );
    }
}

/// Gives this browser a value for a while, out of reach of scripts.
pub(crate) fn lend(name: &str, value: &str, seconds: u32) {
    append(cookie(name, value, seconds, is_secure()));
}

/// Lends this browser the token of a link that it made, for the ten minutes that
/// its pages promise: no address, history or log holds it meanwhile.
pub(crate) fn lend_link(name: &str, token: &str) {
    lend(name, token, 600);
}

/// Takes back what was lent.
pub(crate) fn take_away(name: &str) {
    append(cookie(name, "", 0, is_secure()));
}

/// What this browser was lent.
pub(crate) fn held(name: &str) -> Option<String> {
    let parts = use_context::<http::request::Parts>()?;
    sessions::cookie_value(&parts.headers, &full_name(name, is_secure()))
}

fn is_secure() -> bool {
    crate::state::state().site.is_secure()
}

/// The prefix binds it to this host over TLS.
fn full_name(name: &str, secure: bool) -> String {
    let prefix = if secure { "__Host-" } else { "" };
    format!("{prefix}{name}")
}

fn cookie(name: &str, value: &str, seconds: u32, secure: bool) -> Option<HeaderValue> {
    let name = full_name(name, secure);
    let secure = if secure { "; Secure" } else { "" };
    HeaderValue::from_str(&format!(
        "{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}"
    ))
    .ok()
}

fn append(value: Option<HeaderValue>) {
    if let Some(value) = value {
        expect_context::<ResponseOptions>().append_header(SET_COOKIE, value);
    }
}
