//! Answers for when no page can be rendered: they look like Carrel, say what
//! to do, and need neither the database nor a script.

use std::any::Any;

use app::error::AppError;
use axum::Json;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};

use crate::refusals::Sender;
use crate::{assets, drafts};

const HOME: &str = "<a class=\"button\" href=\"/\">Go to the home page</a>";

fn page(status: StatusCode, title: &str, words: &str, next: &str) -> Response {
    let body = format!("<h1>{title}</h1><p class=\"lede\">{words}</p><p class=\"button-row\">{next}</p>");
    written(status, title, &body)
}

/// A page that needs no script, with what stands in it as HTML.
pub(crate) fn written(status: StatusCode, title: &str, body: &str) -> Response {
    let css = assets::manifest().css;
    let html = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"/>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/><title>{title} · Carrel</title>\
         <link rel=\"stylesheet\" href=\"{css}\"/><link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\"/></head>\
         <body><main class=\"main\"><div class=\"page page-narrow\">{body}</div></main></body></html>"
    );
    (status, [(header::CACHE_CONTROL, "no-store")], Html(html)).into_response()
}

/// Too many requests at once.
pub async fn overloaded(_: tower::BoxError) -> Response {
    busy()
}

/// What was sent did not come to its end.
pub fn slow() -> Response {
    let words = "What you sent did not arrive whole. Nothing was saved; go back and try again.";
    let mut response = page(StatusCode::REQUEST_TIMEOUT, "That took too long", words, HOME);
    let close = header::HeaderValue::from_static("close");
    response.headers_mut().insert(header::CONNECTION, close);
    response
}

/// The answer where there is no place.
pub fn busy() -> Response {
    let words =
        "More people ask than Carrel can answer just now. Nothing was saved; go back and try again in a moment.";
    let mut response = page(StatusCode::SERVICE_UNAVAILABLE, "Carrel is very busy", words, HOME);
    let seconds = header::HeaderValue::from_static("2");
    response.headers_mut().insert(header::RETRY_AFTER, seconds);
    response
}

/// Somebody asks too often.
pub fn too_often(error: &AppError) -> Response {
    let title = "A little slower, please";
    page(StatusCode::TOO_MANY_REQUESTS, title, &error.to_string(), HOME)
}

/// The database does not answer.
pub fn unavailable() -> Response {
    let words = "Carrel cannot reach its records just now. Nothing was saved; go back and try again in a minute.";
    page(StatusCode::SERVICE_UNAVAILABLE, "Back in a moment", words, HOME)
}

/// Says in words what is turned away before anything of ours has looked at it:
/// what is larger than `most` KiB, takes too long or comes from another site.
pub async fn in_words(State(most): State<usize>, request: Request, next: Next) -> Response {
    let html = drafts::wants_html(&request);
    let function = request.uri().path().starts_with("/api/");
    let response = next.run(request).await;
    let status = response.status();
    let (title, words) = match status {
        StatusCode::PAYLOAD_TOO_LARGE => (
            "That is too much at once",
            format!("Carrel takes {most} kB at once. Nothing was saved, and what you typed is still in its form: send less of it."),
        ),
        StatusCode::GATEWAY_TIMEOUT => (
            "That took too long",
            "Carrel could not answer in time. If you sent something, look whether it was saved before you send it again.".into(),
        ),
        // Nobody has asked yet who it is.
        StatusCode::FORBIDDEN if response.extensions().get::<Sender>().is_none() => (
            "This came from elsewhere",
            "What was sent did not come from a page of Carrel at its own address. Nothing was saved; open Carrel anew and \
             try again."
                .into(),
        ),
        _ => return response,
    };
    match (html, function) {
        (true, _) => page(status, title, &words, HOME),
        (false, true) => (status, Json(AppError::Conflict(words))).into_response(),
        (false, false) => response,
    }
}

/// What the browser keeps and shows in place of a page that it cannot get.
pub async fn offline() -> Response {
    let words = "Carrel cannot be reached from here just now. What you were writing is kept in its own window; \
                 what you sent before has arrived or was refused with an answer.";
    let again = "<a class=\"button\" href=\"\">Try again</a>";
    page(StatusCode::OK, "No connection", words, again)
}

/// The script that keeps this page; it keeps nothing else.
pub async fn worker() -> Response {
    let css = assets::manifest().css;
    let script = format!("const STYLE = {css:?};\n{}", include_str!("offline.js"));
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, script).into_response()
}

/// A page that could not be written to its end.
pub fn broken_off() -> Response {
    tracing::error!("a page broke off");
    went_wrong()
}

/// A mistake of ours.
pub fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    tracing::error!("a request panicked");
    went_wrong()
}

fn went_wrong() -> Response {
    let words = "Something went wrong on our side. Nothing was saved; go back and try again.";
    page(StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong", words, HOME)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_says_so_by_its_status_and_may_not_be_kept() {
        for (response, status) in [(unavailable(), 503), (panicked(Box::new(())), 500)] {
            assert_eq!(response.status(), status);
            assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
        }
    }
}
