//! How a page shows what it loads: one loader resource, one boundary, one
//! place where a failure becomes a page with its status.

use leptos::prelude::*;
use leptos::server::codee::{Decoder, Encoder};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Skeleton;
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

/// Shows `view` of what `loader` yields, or the error page. A page that is there
/// stays, with what was typed into it, where it could not be loaded anew for a
/// reason that passes: a form that failed says so itself.
pub fn loaded<T, V>(loader: Loader<T>, view: impl Fn(T) -> V + Clone + Send + Sync + 'static) -> AnyView
where
    T: Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    #[cfg(not(feature = "ssr"))]
    let (kept, address) = (StoredValue::new(None::<(String, T)>), super::use_address());
    view! {
        <Transition fallback=|| view! { <Skeleton/> }>
            {move || {
                let view = view.clone();
                Suspend::new(async move {
                    let loaded = loader.await;
                    #[cfg(not(feature = "ssr"))]
                    let loaded = kept
                        .try_update_value(|kept| still(kept, address(), loaded))
                        .unwrap_or(Err(AppError::Offline));
                    match loaded {
                        Ok(value) => view(value).into_any(),
                        Err(error) => view! { <PageError error/> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

/// What was loaded, or what the page at this address showed before.
#[cfg(any(test, not(feature = "ssr")))]
fn still<T: Clone>(
    kept: &mut Option<(String, T)>,
    address: String,
    loaded: Result<T, AppError>,
) -> Result<T, AppError> {
    match (loaded, kept) {
        (Ok(value), kept) => {
            *kept = Some((address, value.clone()));
            Ok(value)
        }
        (Err(error), Some((at, value))) if error.passes() && *at == address => Ok(value.clone()),
        (Err(error), _) => Err(error),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_is_there_stays_while_nothing_can_be_loaded() {
        let mut kept = None;
        let mut load = |address: &str, loaded| still(&mut kept, address.to_owned(), loaded);
        assert_eq!(load("/a", Err(AppError::Offline)), Err(AppError::Offline));
        assert_eq!(load("/a", Ok(1)), Ok(1));
        for passes in [AppError::Offline, AppError::TooMany(60), AppError::Internal] {
            assert_eq!(load("/a", Err(passes)), Ok(1));
        }
        // Another page is not this one, and what was taken away is gone.
        assert_eq!(load("/a?page=2", Err(AppError::Offline)), Err(AppError::Offline));
        assert_eq!(load("/a", Err(AppError::NotFound)), Err(AppError::NotFound));
        assert_eq!(load("/a", Ok(2)), Ok(2));
        assert_eq!(load("/a", Err(AppError::Offline)), Ok(2));
    }
}
