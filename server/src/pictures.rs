//! Pictures of people and logos of organisations, on their way in and out.

use app::error::{AppError, Result};
use app::id::{OrganisationId, PersonId};
use app::organisations::store::administered_by_slug;
use app::people::suspension::store::may_post;
use app::profiles::model::{PICTURE_BYTES, PICTURE_UPLOAD, logo_upload};
use app::profiles::{pictures, store};
use app::start::FormDraft;
use app::state::AppState;
use app::viewer::Viewer;
use axum::Extension;
use axum::extract::multipart::Multipart;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

use crate::exports::refused;
use crate::uploads::bounded;

/// What the routes let through, so that a picture somewhat too large is read to
/// its end and the browser gets to see the answer.
pub const BODY_BYTES: usize = 4 * PICTURE_BYTES;

/// `POST /me/profile/picture`.
pub async fn upload_picture(
    State(state): State<AppState>,
    Extension(viewer): Extension<Viewer>,
    form: Multipart,
) -> Response {
    let Some(person) = viewer.id().cloned() else {
        return refused(&AppError::SignInNeeded);
    };
    let kept = async {
        let file = file(form, PICTURE_BYTES).await?;
        may_post(&state.db, &viewer).await?;
        let picture = pictures::portrait(file).await?;
        store::keep_picture(&state.db, &person, picture).await
    };
    match kept.await {
        Ok(()) => Redirect::to("/me/profile?notice=picture").into_response(),
        Err(error) => back(&state, &viewer, PICTURE_UPLOAD.to_owned(), "/me/profile", error).await,
    }
}

/// `POST /organisations/{organisation}/logo`.
pub async fn upload_logo(
    State(state): State<AppState>,
    Extension(viewer): Extension<Viewer>,
    Path(slug): Path<String>,
    form: Multipart,
) -> Response {
    // Before anything of the file is taken in.
    if let Err(error) = administered_by_slug(&state.db, &viewer, &slug).await {
        return refused(&error);
    }
    let kept = async {
        may_post(&state.db, &viewer).await?;
        let picture = pictures::logo(file(form, PICTURE_BYTES).await?).await?;
        store::keep_logo(&state.db, &viewer, &slug, picture).await
    };
    let page = format!("/organisations/{slug}/settings");
    match kept.await {
        Ok(()) => Redirect::to(&format!("/organisations/{slug}?notice=logo")).into_response(),
        Err(error) => back(&state, &viewer, logo_upload(&slug), &page, error).await,
    }
}

/// The field `file` of a form, of at most so many bytes.
pub(crate) async fn file(mut form: Multipart, most: usize) -> Result<Vec<u8>> {
    let unreadable = |_| {
        let most = most / 1024 / 1024;
        AppError::field(
            "file",
            format!("The picture did not arrive whole. Send it again; at most {most} MB are taken."),
        )
    };
    let mut content = Vec::new();
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        let is_file = field.name() == Some("file");
        let (bytes, whole) = bounded(field, if is_file { most } else { 0 })
            .await
            .map_err(unreadable)?;
        if is_file && !whole {
            return Err(AppError::field("file", pictures::too_large(most)));
        }
        if is_file {
            content = bytes;
        }
    }
    Ok(content)
}

/// Back to the form, as a refused form without JavaScript goes back.
async fn back(state: &AppState, viewer: &Viewer, form: String, page: &str, error: AppError) -> Response {
    let draft = FormDraft {
        form,
        fields: Default::default(),
        error,
    };
    match app::people::drafts::store(&state.db, viewer.id(), &draft).await {
        Ok(id) => Redirect::to(&format!("{page}?draft={id}")).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// `GET /files/pictures/{person}/{hash}`: for those who may see it.
pub async fn picture(
    State(state): State<AppState>,
    Extension(viewer): Extension<Viewer>,
    Path((person, hash)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let found = async {
        let person = PersonId::parse(&person).ok_or(AppError::NotFound)?;
        store::picture(&state.db, &viewer, &person, &hash).await
    };
    serve(found.await, &hash, &headers)
}

/// `GET /files/logos/{organisation}/{hash}`: for those who may look at the
/// organisation.
pub async fn logo(
    State(state): State<AppState>,
    Extension(viewer): Extension<Viewer>,
    Path((organisation, hash)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let found = async {
        let organisation = OrganisationId::parse(&organisation).ok_or(AppError::NotFound)?;
        store::logo(&state.db, &viewer, &organisation, &hash).await
    };
    serve(found.await, &hash, &headers)
}

/// A picture: kept by the browser, which asks each time whether it may still show
/// it, by nobody in between, and never a page of its own.
pub(crate) fn serve(found: Result<(String, Vec<u8>)>, hash: &str, asked: &HeaderMap) -> Response {
    serve_as(found, hash, asked, "inline".to_owned())
}

/// The same for what is not looked at in the browser.
pub(crate) fn serve_as(
    found: Result<(String, Vec<u8>)>,
    hash: &str,
    asked: &HeaderMap,
    disposition: String,
) -> Response {
    let (kind, content) = match found {
        Ok(found) => found,
        Err(error) => return refused(&error),
    };
    let tag = format!("\"{hash}\"");
    let held = asked.get_all(header::IF_NONE_MATCH).iter();
    let is_held = held
        .filter_map(|tags| tags.to_str().ok())
        .flat_map(|tags| tags.split(','))
        .any(|held| held.trim().trim_start_matches("W/") == tag);
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
        (header::ETAG, tag),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox".to_owned(),
        ),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    match is_held {
        true => (StatusCode::NOT_MODIFIED, headers).into_response(),
        false => (headers, content).into_response(),
    }
}
