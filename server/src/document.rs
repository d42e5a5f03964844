//! The document around every page. The tags that start the browser code are
//! written here, each with the nonce of its answer.

use std::fmt::Write;

use app::app::App;
use app::display::model::{Display, Theme};
use app::start::{ELEMENT, Start};
use app::state::{Assets, state};
use axum::body::{Body, to_bytes};
use axum::http::header;
use axum::response::Response;
use html_escape::encode_double_quoted_attribute as attribute;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos::tachys::html::InertElement;
use leptos_meta::MetaTags;

use crate::trouble;

pub fn shell() -> impl IntoView {
    let display = Display::of_request();
    view! {
        <!DOCTYPE html>
        <html
            lang="en"
            data-theme=(display.theme != Theme::System).then(|| display.theme.as_str())
            data-density=display.compact.then_some("compact")
            data-keys=(!display.keys).then_some("off")
        >
            <head>
                // Never taken over by the browser code, so it need not be
                // elements one by one.
                {InertElement::new(head(&state().site.assets, display.theme))}
                <MetaTags/>
            </head>
            <body>
                <App/>
                <p class="banner" id="connection" role="status"></p>
                <div class="busy" id="busy" hidden></div>
            </body>
        </html>
    }
}

/// What stands in every head but the page's own title and description.
fn head(assets: &Assets, theme: Theme) -> String {
    let nonce = use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default();
    let mut head = format!(
        "<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"{}\">",
        colour_scheme(theme)
    );
    if let Some(colour) = chosen_colour(theme) {
        let _ = write!(head, "<meta name=\"theme-color\" content=\"{colour}\">");
    }
    let _ = write!(
        head,
        "<meta name=\"theme-color\" content=\"#fbfaf5\" media=\"(prefers-color-scheme: light)\">\
         <meta name=\"theme-color\" content=\"#13181d\" media=\"(prefers-color-scheme: dark)\">\
         <link rel=\"stylesheet\" href=\"{}\">",
        attribute(&assets.css)
    );
    for font in &assets.preload_fonts {
        let font = attribute(font);
        let _ = write!(
            head,
            "<link rel=\"preload\" href=\"{font}\" as=\"font\" type=\"font/woff2\" crossorigin=\"anonymous\">"
        );
    }
    let _ = write!(
        head,
        "<link rel=\"icon\" href=\"{icon}\" type=\"image/svg+xml\"><link rel=\"manifest\" href=\"/manifest.webmanifest\">\
         <script type=\"application/json\" id=\"{ELEMENT}\" nonce=\"{nonce}\">{start}</script>",
        icon = favicon(),
        start = Start::read().to_json(),
    );
    for script in &assets.scripts {
        let script = attribute(script);
        let _ = write!(
            head,
            "<script type=\"module\" src=\"{script}\" nonce=\"{nonce}\"></script>"
        );
    }
    browser_code(assets, &nonce, &mut head);
    head
}

/// Starts the browser code; without it every page works as it stands.
fn browser_code(assets: &Assets, nonce: &str, head: &mut String) {
    if assets.js.is_empty() {
        return;
    }
    let _ = write!(
        head,
        "<link rel=\"modulepreload\" href=\"{href}\" nonce=\"{nonce}\"><script type=\"module\" nonce=\"{nonce}\">\
         import start, {{ hydrate }} from {js:?}; start({{ module_or_path: {wasm:?} }}).then(() => hydrate());</script>",
        href = attribute(&assets.js),
        js = assets.js,
        wasm = assets.wasm,
    );
}

fn colour_scheme(theme: Theme) -> &'static str {
    match theme {
        Theme::System => "light dark",
        Theme::Light => "light",
        Theme::Dark => "dark",
    }
}

/// `--paper` of a chosen theme, for the browser's own bar: the first that fits
/// counts there.
fn chosen_colour(theme: Theme) -> Option<&'static str> {
    match theme {
        Theme::System => None,
        Theme::Light => Some("#fbfaf5"),
        Theme::Dark => Some("#13181d"),
    }
}

/// The framework writes a page's data behind the end of its document, where no
/// element may stand: this moves it to where browsers put it anyway.
pub async fn closed(response: Response) -> Response {
    let kind = response.headers().get(header::CONTENT_TYPE);
    if !kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html")) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(html) = to_bytes(body, usize::MAX).await else {
        return trouble::broken_off();
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    let html = match std::str::from_utf8(&html).ok().and_then(scripts_within) {
        Some(html) => html.into(),
        None => html,
    };
    Response::from_parts(parts, Body::from(html))
}

const END: &str = "</body>";

/// Nothing when the document ends as it should.
fn scripts_within(html: &str) -> Option<String> {
    let (page, rest) = html.split_at_checked(html.rfind(END)?)?;
    let (_, scripts) = rest.split_once("</html>")?;
    if scripts.is_empty() {
        return None;
    }
    // Texts between elements are marked `<!>`; data has its `<` escaped.
    let scripts = scripts.replace("<!>", "");
    Some([page, &scripts, "</body></html>"].concat())
}

/// The icon, with what is unread.
fn favicon() -> String {
    match app::state::viewer().unread() {
        0 => "/favicon.svg".into(),
        unread => format!("/favicon.svg?unread={unread}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_behind_the_end_comes_before_it() {
        let html = "<html><body><p>a<!>b</p></body><!><!></html><!><script>1</script><script>2</script>";
        let wanted = "<html><body><p>a<!>b</p><script>1</script><script>2</script></body></html>";
        assert_eq!(scripts_within(html).as_deref(), Some(wanted));
        assert_eq!(scripts_within(wanted), None);
        assert_eq!(scripts_within("no document"), None);
    }
}
