//! A form that was sent without JavaScript and refused: what was typed is kept
//! for an hour under a random id, the browser goes back to the page it came
//! from, and the page fills the form again.

use std::collections::BTreeMap;

use app::error::AppError;
use app::id::PersonId;
use app::requests::{draft_id, percent_decode, with_draft, without};
use app::start::FormDraft;
use app::state::AppState;
use app::viewer::Viewer;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use leptos::server_fn::error::ServerFnUrlError;

pub use app::people::drafts::{cookie_name, load};
pub use app::requests::local_part;

/// Fields that are never kept.
const SECRET: [&str; 5] = ["password", "current", "token", "passcode", "secret"];

/// Wraps the server functions: turns a refused plain form into a way back.
pub async fn keep(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let plain_form = request.method() == axum::http::Method::POST
        && wants_html(&request)
        && request
            .headers()
            .get(header::CONTENT_TYPE)
            .is_some_and(|value| value.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
    if !plain_form {
        return next.run(request).await;
    }
    let path = request.uri().path().to_owned();
    let person = request
        .extensions()
        .get::<Viewer>()
        .and_then(|viewer| viewer.id().cloned());
    let back = request
        .headers()
        .get(header::REFERER)
        .and_then(|value| value.to_str().ok())
        .map(local_part);
    let (parts, body) = request.into_parts();
    // The body is bounded by a layer before this one.
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return answer(StatusCode::PAYLOAD_TOO_LARGE);
    };
    let response = next.run(Request::from_parts(parts, Body::from(bytes.clone()))).await;
    let Some(error) = refusal(&response) else {
        return went_well(&state, person.as_ref(), &path, response).await;
    };
    let with = RefusedWith(error.clone());
    let mut fields = fields(&bytes);
    if person.is_none() {
        bound(&mut fields);
    }
    let draft = FormDraft {
        form: path,
        fields,
        error,
    };
    match app::people::drafts::store(&state.db, person.as_ref(), &draft).await {
        Ok(id) => {
            let mut response = see_other(&with_draft(back.as_deref().unwrap_or("/"), &id));
            if let Some(cookie) = app::people::drafts::cookie(&id, state.site.is_secure()) {
                response.headers_mut().insert(header::SET_COOKIE, cookie);
            }
            response.extensions_mut().insert(with);
            response
        }
        Err(_) => answer(StatusCode::INTERNAL_SERVER_ERROR),
    }
}

/// A form that had come back and went well now leads to its page without what was
/// typed before; that of another form on the page stays.
async fn went_well(state: &AppState, person: Option<&PersonId>, path: &str, mut response: Response) -> Response {
    let location = response.headers().get(header::LOCATION);
    let location = location.and_then(|value| value.to_str().ok()).map(str::to_owned);
    let Some((location, query)) = location
        .as_deref()
        .and_then(|whole| Some((whole, whole.split_once('?')?.1)))
    else {
        return response;
    };
    let Some(id) = draft_id(query) else {
        return response;
    };
    let draft = load(&state.db, person, id, Some(id)).await;
    if draft.is_some_and(|draft| draft.form == path)
        && let Ok(value) = HeaderValue::from_str(&without(location, &["draft"]))
    {
        response.headers_mut().insert(header::LOCATION, value);
    }
    response
}

/// Whether whoever asks shows pages.
pub fn wants_html(request: &Request) -> bool {
    request
        .headers()
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains("text/html"))
}

/// A form that a layer of ours refused, with what is said of it.
#[derive(Clone)]
pub struct Refused(pub AppError);

/// What a form was refused with that leads back to its page.
#[derive(Clone)]
pub struct RefusedWith(pub AppError);

/// The framework answers a refused plain form with a redirect that carries the
/// error in its address.
fn refusal(response: &Response) -> Option<AppError> {
    if let Some(Refused(error)) = response.extensions().get() {
        return Some(error.clone());
    }
    let location = response.headers().get(header::LOCATION)?.to_str().ok()?;
    let query = location.split_once('?')?.1;
    let encoded = query.split('&').find_map(|pair| pair.strip_prefix("__err="))?;
    Some(decode_error(encoded))
}

fn decode_error(encoded: &str) -> AppError {
    ServerFnUrlError::<AppError>::decode_err(&percent_decode(encoded))
}

fn fields(body: &[u8]) -> BTreeMap<String, String> {
    let mut fields = app::requests::fields(body);
    fields.retain(|name, _| !SECRET.contains(&name.as_str()));
    fields
}

/// What is kept of a field that somebody typed whom nobody knows, in bytes: a
/// long post.
const MOST_OF_VISITOR: usize = 64 * 1024;

/// Leaves out what is longer than any form of ours takes.
fn bound(fields: &mut BTreeMap<String, String>) {
    let mut left = MOST_OF_VISITOR;
    fields.retain(|name, value| {
        let fits = left.checked_sub(name.len() + value.len());
        left = fits.unwrap_or(left);
        fits.is_some()
    });
}

fn see_other(location: &str) -> Response {
    let mut response = answer(StatusCode::SEE_OTHER);
    if let Ok(value) = HeaderValue::from_str(location) {
        response.headers_mut().insert(header::LOCATION, value);
    }
    response
}

fn answer(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_kept_and_passwords_are_not() {
        let fields = fields(b"title=Caf%C3%A9+%26+more&password=secret&body=a%0D%0Ab&broken=%zz%ff");
        assert_eq!(fields["title"], "Café & more");
        assert_eq!(fields["body"], "a\r\nb");
        assert!(!fields.contains_key("password"));
        assert_eq!(fields["broken"], "%zz\u{fffd}");
    }
}
