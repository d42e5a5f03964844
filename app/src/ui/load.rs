//! How a page shows what it loads: one loader resource, one boundary, one
//! place where a failure becomes a page with its status.

use leptos::prelude::*;

use super::page_error::PageError;
use crate::error::AppError;

/// Shows `view` of what `resource` yields, or the error page.
pub fn loaded<T, V>(
    resource: Resource<Result<T, AppError>>,
    view: impl Fn(T) -> V + Clone + Send + Sync + 'static,
) -> AnyView
where
    T: Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    view! {
        <Transition fallback=|| view! { <p class="loading" role="status">"Loading…"</p> }>
            {move || {
                let view = view.clone();
                Suspend::new(async move {
                    match resource.await {
                        Ok(value) => view(value).into_any(),
                        Err(error) => view! { <PageError error/> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}
