//! What is asked of somebody before anything else: to accept the terms of use
//! that hold, then to set up a second factor where the site needs one of them.

use app::error::AppError;
use app::paths::segment;
use app::viewer::Viewer;
use axum::extract::Request;
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use crate::silence;

/// What comes first: the page that asks for it, and what is said to a form that
/// was sent meanwhile.
struct First {
    page: &'static str,
    told: &'static str,
}

const TERMS: First = First {
    page: "/terms",
    told: "The terms of use here have changed. Load this page anew to read them.",
};
const SECOND_FACTOR: First = First {
    page: "/me/settings/second-factor",
    told: "You need a second factor here before you go on. Load this page anew to set one up.",
};

/// What is asked of the viewer before they come to `path`.
fn first(viewer: &Viewer, path: &str) -> Option<First> {
    let before_factor = !viewer.second_factor_first() || app::people::second_factor::open::is_open_before(path);
    if viewer.terms_due {
        let copy = path.starts_with("/me/copies/") || path == app::copies::api::make_copy_path();
        let open = app::terms::api::is_open_before(path) && (before_factor || !copy);
        return (!open).then_some(TERMS);
    }
    (!before_factor).then_some(SECOND_FACTOR)
}

/// Leads there, whence one comes back; a form that was sent meanwhile is
/// refused, and kept like any other.
pub async fn asked(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let viewer = request.extensions().get::<Viewer>();
    let Some(first) = viewer.and_then(|viewer| first(viewer, path)) else {
        return next.run(request).await;
    };
    if path.starts_with("/api/") {
        return silence::refused(AppError::Conflict(first.told.into()));
    }
    if request.method() != Method::GET {
        return Redirect::to(first.page).into_response();
    }
    let back = request.uri().path_and_query().map_or("/", |back| back.as_str());
    Redirect::to(&format!("{}?next={}", first.page, segment(back))).into_response()
}
