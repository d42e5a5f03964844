//! What browsers and search engines ask of any site by a name of its own.

use axum::extract::Query;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::assets;

/// What the browser's tab tells.
#[derive(Deserialize)]
pub struct Unread {
    /// Posts.
    #[serde(default)]
    unread: u32,
}

/// The favicon, with a badge where something is unread.
pub async fn icon(Query(Unread { unread }): Query<Unread>, headers: HeaderMap) -> Response {
    const CACHE: &str = "public, max-age=86400";
    let plain = (unread > 0).then(|| assets::text("favicon.svg")).flatten();
    let Some(plain) = plain else {
        return assets::file("favicon.svg", &headers, CACHE);
    };
    let (words, size) = if unread > 9 {
        ("9+".into(), 9)
    } else {
        (unread.to_string(), 12)
    };
    let badge = format!(
        "<circle cx=\"19.5\" cy=\"19.5\" r=\"8.5\" fill=\"#9a2f12\"/><text x=\"19.5\" y=\"{y}\" text-anchor=\"middle\" \
         font-family=\"sans-serif\" font-weight=\"700\" font-size=\"{size}\" fill=\"#fff\">{words}</text></svg>",
        y = 19.5 + f64::from(size) * 0.36,
    );
    let headers = [(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, CACHE)];
    (headers, plain.replace("</svg>", &badge)).into_response()
}

/// `GET /icon.svg`, for a home screen.
pub async fn home_screen_icon(headers: HeaderMap) -> Response {
    assets::file("icon.svg", &headers, "public, max-age=86400")
}

/// `GET /icon-maskable.svg`, where the system cuts its own shape.
pub async fn maskable_icon(headers: HeaderMap) -> Response {
    assets::file("icon-maskable.svg", &headers, "public, max-age=86400")
}

/// `GET /manifest.webmanifest`: what an installed Carrel is called and looks like.
pub async fn web_manifest(headers: HeaderMap) -> Response {
    assets::file("manifest.webmanifest", &headers, "public, max-age=86400")
}

/// `GET /robots.txt`.
pub async fn robots() -> String {
    let closed = CLOSED_TO_ROBOTS.map(|path| format!("Disallow: {path}\n"));
    format!("User-agent: *\n{}", closed.concat())
}

/// What search engines need not ask for: pages that are for somebody, and links
/// that are secrets. Pages say so for themselves too ([`crate::layers::unlisted`]).
const CLOSED_TO_ROBOTS: [&str; 14] = [
    "/admin",
    "/api/",
    "/confirm-address/",
    "/files/",
    "/join/",
    "/live/",
    "/me",
    "/organisations",
    "/people",
    "/pictures",
    "/reviews",
    "/search",
    "/sign-in/",
    "/studio",
];
