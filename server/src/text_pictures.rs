//! Pictures in posts and lessons: sent in by the composer or by a plain form,
//! and served to those who may see their place.

use app::error::AppError;
use app::html::escaped;
use app::id::PictureId;
use app::people::suspension::store::may_post;
use app::pictures::model::{Asked, MOST_BYTES, href, markdown, of_address};
use app::pictures::store;
use app::profiles::pictures;
use app::state::AppState;
use app::viewer::Viewer;
use axum::extract::multipart::Multipart;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};

use crate::exports::refused;
use crate::pictures::{file, serve};
use crate::trouble;

/// What the route lets through, so that a picture somewhat too large is read to
/// its end and the browser gets to see the answer.
pub const BODY_BYTES: usize = 2 * MOST_BYTES;

/// Where a picture is to stand, and one that was sent for it.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    thread: String,
    group: String,
    course: String,
    made: String,
}

impl Wanted {
    fn place(&self) -> Result<Asked, AppError> {
        Asked::parse(&self.thread, &self.group, &self.course)
    }
}

/// What the composer's script hears.
#[derive(Default, Serialize)]
struct Sent {
    /// What to put into the text.
    markdown: Option<String>,
    error: Option<String>,
}

/// `POST /pictures`.
pub async fn upload(
    State(state): State<AppState>,
    Extension(viewer): Extension<Viewer>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
    form: Multipart,
) -> Response {
    let accepts = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    let script = accepts.is_some_and(|accepts| accepts.contains("application/json"));
    let kept = async {
        let asked = wanted.place()?;
        // Before anything of the file is taken in.
        let place = store::place(&state.db, &viewer, &asked).await?;
        may_post(&state.db, &viewer).await?;
        let picture = pictures::illustration(file(form, MOST_BYTES).await?).await?;
        let kept = store::keep(&state.db, &state.site.files, &viewer, place, picture).await?;
        Ok::<_, AppError>((asked, kept))
    };
    match kept.await {
        Ok((_, picture)) if script => {
            let markdown = Some(markdown(&picture));
            Json(Sent { markdown, error: None }).into_response()
        }
        Ok((asked, picture)) => {
            Redirect::to(&format!("/pictures/new?made={picture}&{}", asked.query())).into_response()
        }
        Err(error) if script => {
            let words = Some(words(&error));
            (
                status(&error),
                Json(Sent {
                    error: words,
                    markdown: None,
                }),
            )
                .into_response()
        }
        Err(error @ (AppError::Invalid(_) | AppError::Conflict(_))) => match wanted.place() {
            Ok(asked) => blank(&asked, Some(&error)),
            Err(_) => refused(&error),
        },
        Err(error) => refused(&error),
    }
}

fn status(error: &AppError) -> StatusCode {
    StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// What is said of it at the field.
fn words(error: &AppError) -> String {
    error.at("file").map_or_else(|| error.to_string(), str::to_owned)
}

/// `GET /pictures/new`: the form for browsers without scripts, and what to copy
/// once a picture is there.
pub async fn form(
    State(state): State<AppState>,
    Extension(viewer): Extension<Viewer>,
    Query(wanted): Query<Wanted>,
) -> Response {
    let found = async {
        let asked = wanted.place()?;
        store::place(&state.db, &viewer, &asked).await?;
        if wanted.made.is_empty() {
            return Ok((asked, None));
        }
        let picture = PictureId::parse(&wanted.made).ok_or(AppError::NotFound)?;
        store::kind(&state.db, &viewer, &picture).await?;
        Ok::<_, AppError>((asked, Some(picture)))
    };
    match found.await {
        Ok((asked, None)) => blank(&asked, None),
        Ok((asked, Some(picture))) => made(&asked, &picture),
        Err(error) => refused(&error),
    }
}

fn blank(asked: &Asked, error: Option<&AppError>) -> Response {
    const TITLE: &str = "A picture for your text";
    let (query, taken, most) = (asked.query(), pictures::TAKEN, MOST_BYTES / 1024 / 1024);
    let said = error.map(|error| escaped(&words(error))).unwrap_or_default();
    let (field, input) = match error {
        Some(_) => (" data-invalid", " aria-invalid=\"true\""),
        None => ("", ""),
    };
    let body = format!(
        "<h1>{TITLE}</h1>\
         <p class=\"lede\">It is seen by whoever may read what you write there. What you are writing stays in its own tab.</p>\
         <form class=\"form\" method=\"post\" action=\"/pictures?{query}\" enctype=\"multipart/form-data\">\
         <div class=\"field\"{field}><label for=\"field-file\">Picture</label>\
         <input id=\"field-file\" name=\"file\" type=\"file\" required accept=\"{taken}\" \
         aria-describedby=\"field-file-error field-file-hint\"{input}>\
         <p class=\"field-hint\" id=\"field-file-hint\">JPEG, PNG or WebP, at most {most} MB.</p>\
         <p class=\"field-error\" id=\"field-file-error\">{said}</p></div>\
         <div class=\"form-actions\"><button class=\"button\" type=\"submit\">Send it</button></div></form>"
    );
    trouble::written(error.map_or(StatusCode::OK, status), TITLE, &body)
}

fn made(asked: &Asked, picture: &PictureId) -> Response {
    const TITLE: &str = "Put it into your text";
    let (query, address, markdown) = (asked.query(), href(picture), markdown(picture));
    let (width, height) = of_address(&address).map_or((0, 0), |(_, width, height)| (width, height));
    let body = format!(
        "<h1>{TITLE}</h1>\
         <p><img src=\"{address}\" alt=\"The picture that you sent\" width=\"{width}\" height=\"{height}\"></p>\
         <div class=\"field\"><label for=\"field-markdown\">Copy this</label>\
         <input id=\"field-markdown\" type=\"text\" readonly value=\"{markdown}\" aria-describedby=\"field-markdown-hint\">\
         <p class=\"field-hint\" id=\"field-markdown-hint\">Paste it where the picture is to stand, and write what it shows \
         in place of the words in brackets: whoever does not see it hears them. A picture that stands in no text goes \
         after a day.</p></div>\
         <p><a href=\"/pictures/new?{query}\">Another picture</a></p>"
    );
    trouble::written(StatusCode::OK, TITLE, &body)
}

/// `GET /pictures/{picture}`.
pub async fn picture(
    State(state): State<AppState>,
    Extension(viewer): Extension<Viewer>,
    Path(picture): Path<String>,
    headers: HeaderMap,
) -> Response {
    let found = async {
        let picture = PictureId::parse(&picture).ok_or(AppError::NotFound)?;
        store::seen(&state.db, &state.site.files, &viewer, &picture).await
    };
    serve(found.await, &picture, &headers)
}
