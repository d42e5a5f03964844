//! The browser's files: built beforehand, compressed beforehand, embedded in
//! the binary, named by their content and so cached for ever.

use app::state::Assets;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../site"]
struct Site;

/// The addresses of the files that every page needs.
pub fn manifest() -> Assets {
    Site::get("manifest.json")
        .and_then(|file| serde_json::from_slice(&file.data).ok())
        .unwrap_or_default()
}

/// One file, in the best encoding that the browser takes.
pub async fn serve(Path(path): Path<String>, headers: HeaderMap) -> Response {
    file(&path, &headers, "public, max-age=31536000, immutable")
}

/// A file with a name of its own, such as the favicon.
pub fn file(path: &str, headers: &HeaderMap, cache: &'static str) -> Response {
    let accepted = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let encodings = [("br", ".br"), ("gzip", ".gz"), ("", "")];
    for (encoding, suffix) in encodings {
        if !encoding.is_empty() && !accepts(accepted, encoding) {
            continue;
        }
        let Some(file) = Site::get(&format!("{path}{suffix}")) else {
            continue;
        };
        let mut response = (
            [
                (header::CONTENT_TYPE, content_type(path)),
                (header::CACHE_CONTROL, cache),
                (header::VARY, "Accept-Encoding"),
            ],
            file.data.into_owned(),
        )
            .into_response();
        if !encoding.is_empty() {
            response
                .headers_mut()
                .insert(header::CONTENT_ENCODING, header::HeaderValue::from_static(encoding));
        }
        return response;
    }
    StatusCode::NOT_FOUND.into_response()
}

/// The embedded text of a file.
pub fn text(path: &str) -> Option<String> {
    String::from_utf8(Site::get(path)?.data.into_owned()).ok()
}

fn accepts(header: &str, encoding: &str) -> bool {
    header.split(',').any(|part| {
        let mut pieces = part.trim().split(';');
        pieces
            .next()
            .is_some_and(|name| name.trim().eq_ignore_ascii_case(encoding))
            && !pieces.any(|piece| matches!(piece.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("woff2") => "font/woff2",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn an_encoding_can_be_declined() {
        assert!(accepts("gzip, deflate, br", "br"));
        assert!(accepts("br;q=0.5", "br"));
        assert!(!accepts("gzip, br;q=0", "br"));
        assert!(!accepts("", "gzip"));
    }
}
