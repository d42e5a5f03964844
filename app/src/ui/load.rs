//! How a page shows what it loads: one loader resource, one boundary, one
//! place where a failure becomes a page with its status.

use leptos::prelude::*;
use leptos::server::codee::{Decoder, Encoder};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::page_error::PageError;
use crate::error::AppError;

/// What a page loads.
pub type Loader<T> = Resource<Result<T, AppError>, Json>;

/// Loads what a page shows, again whenever `source` changes.
pub fn load<T, S, F>(
    source: impl Fn() -> S + Send + Sync + 'static,
    fetch: impl Fn(S) -> F + Send + Sync + 'static,
) -> Loader<T>
where
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    S: PartialEq + Clone + Send + Sync + 'static,
    F: Future<Output = Result<T, AppError>> + Send + 'static,
{
    Resource::new_with_options(source, fetch, false)
}

/// Shows `view` of what `loader` yields, or the error page.
pub fn loaded<T, V>(loader: Loader<T>, view: impl Fn(T) -> V + Clone + Send + Sync + 'static) -> AnyView
where
    T: Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    view! {
        <Transition fallback=|| view! { <p class="loading" role="status">"Loading…"</p> }>
            {move || {
                let view = view.clone();
                Suspend::new(async move {
                    match loader.await {
                        Ok(value) => view(value).into_any(),
                        Err(error) => view! { <PageError error/> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

/// How a page's data stand in its document: JSON, read as server functions
/// read their answers. The framework's own codec reads text where they read
/// bytes, and the browser would download every reader twice. What the document
/// shows as it is ([`Html`](crate::html::Html)) is left out.
pub struct Json;

impl<T: Serialize> Encoder<T> for Json {
    type Error = serde_json::Error;
    type Encoded = String;

    fn encode(value: &T) -> Result<String, Self::Error> {
        crate::html::beside_document(|| serde_json::to_string(value))
    }
}

impl<T: DeserializeOwned> Decoder<T> for Json {
    type Error = serde_json::Error;
    type Encoded = str;

    fn decode(text: &str) -> Result<T, Self::Error> {
        serde_json::from_slice(text.as_bytes())
    }
}
