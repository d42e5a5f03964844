//! The document around every page. The tags that start the browser code are
//! written here, each with the nonce of its answer.

use app::app::App;
use app::start::{ELEMENT, Start};
use app::state::{Assets, state};
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;

pub fn shell() -> impl IntoView {
    let assets = state().site.assets.clone();
    let fonts = assets
        .preload_fonts
        .iter()
        .map(|font| view! { <link rel="preload" href=font.clone() r#as="font" r#type="font/woff2" crossorigin="anonymous"/> })
        .collect_view();
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="theme-color" content="#fbfaf5" media="(prefers-color-scheme: light)"/>
                <meta name="theme-color" content="#13181d" media="(prefers-color-scheme: dark)"/>
                <link rel="stylesheet" href=assets.css.clone()/>
                {fonts}
                <link rel="icon" href="/favicon.svg" r#type="image/svg+xml"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                <script type="application/json" id=ELEMENT nonce=use_nonce() inner_html=Start::read().to_json()></script>
                <script type="module" src=crate::assets::reading() nonce=use_nonce()></script>
                <BrowserCode assets/>
                <MetaTags/>
            </head>
            <body><App/></body>
        </html>
    }
}

/// Starts the browser code; without it every page works as it stands.
#[component]
fn BrowserCode(assets: Assets) -> impl IntoView {
    (!assets.js.is_empty()).then(|| {
        let start = format!(
            "import start, {{ hydrate }} from {js:?}; start({{ module_or_path: {wasm:?} }}).then(() => hydrate());",
            js = assets.js,
            wasm = assets.wasm,
        );
        view! {
            <link rel="modulepreload" href=assets.js.clone() nonce=use_nonce()/>
            <script type="module" nonce=use_nonce() inner_html=start></script>
        }
    })
}
