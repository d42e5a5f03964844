//! Giving and taking the session cookie in a server function's answer.

use http::header::SET_COOKIE;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

use super::sessions;

pub(crate) fn give(token: &str) {
    set(Some(token));
}

pub(super) fn take() {
    set(None);
}

fn set(token: Option<&str>) {
    let secure = crate::state::state().site.is_secure();
    if let Some(value) = sessions::cookie(token, secure) {
        expect_context::<ResponseOptions>().append_header(SET_COOKIE, value);
    }
}
