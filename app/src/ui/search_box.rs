use leptos::prelude::*;
use leptos::tachys::html::InertElement;

use super::Icon;
use super::icon::icon_html;
use crate::html::escaped;

/// The search of the whole place: a form that asks for `/search?q=…`. The keys
/// that lead here are `frontend/shell.js`'s.
#[component]
pub fn SearchBox(
    /// What can be found, shown while it is empty.
    #[prop(into)]
    placeholder: String,
) -> impl IntoView {
    let (icon, placeholder) = (icon_html(Icon::Search, false), escaped(&placeholder));
    // It never changes and stands on every page, so it is one piece of HTML.
    InertElement::new(format!(
        "<form method=\"get\" action=\"/search\" class=\"search on-laptop\" role=\"search\">{icon}\
         <input type=\"search\" name=\"q\" aria-label=\"{placeholder}\" placeholder=\"{placeholder}\" autocomplete=\"off\" \
         aria-keyshortcuts=\"Control+K\"><kbd aria-hidden=\"true\">/</kbd></form>"
    ))
}
