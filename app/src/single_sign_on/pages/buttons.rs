use leptos::prelude::*;

use crate::paths::segment;
use crate::single_sign_on::model::{WayIn, begins_at};

/// A button for each provider: links, since browsers send no form on to
/// another site.
#[component]
pub fn Buttons(ways: Vec<WayIn>, next: String) -> impl IntoView {
    let query = match next.as_str() {
        "" => String::new(),
        next => format!("?next={}", segment(next)),
    };
    let buttons = ways
        .into_iter()
        .map(|way| {
            let href = format!("{}{query}", begins_at(&way.id));
            view! { <li><a class="button quiet" rel="external" href=href>{format!("Sign in with {}", way.name)}</a></li> }
        })
        .collect_view();
    view! { <ul class="ways-in" role="list">{buttons}</ul> }
}
