use std::fmt::Write;

use leptos::prelude::*;
use leptos::tachys::html::InertElement;

use super::icon::{brand_html, icon_html};
use super::{NavGroup, NavItem, is_here};
use crate::html::escaped;

/// The column at the start of a laptop's screen.
#[component]
pub(super) fn Rail(places: Memo<String>, groups: Memo<String>) -> impl IntoView {
    view! {
        <div class="rail">
            <nav aria-label="Main">
                {InertElement::new(brand_html("brand"))}
                <NavLinks links=places/>
            </nav>
            <GroupLinks groups />
        </div>
    }
    .into_any()
}

/// A list of [`places_html`]. It stands on every page three times over, so it is
/// one piece of HTML.
#[component]
pub(super) fn NavLinks(links: Memo<String>) -> impl IntoView {
    view! { <ul role="list" inner_html=move || links.get()></ul> }
}

/// A list of [`groups_html`]; nothing without any.
#[component]
pub(super) fn GroupLinks(groups: Memo<String>) -> impl IntoView {
    let any = Memo::new(move |_| groups.with(|groups| !groups.is_empty()));
    move || {
        any.get().then(|| {
            view! {
                <nav aria-label="My study groups">
                    <h2>"My study groups"</h2>
                    <NavLinks links=groups/>
                </nav>
            }
        })
    }
}

/// The places to go, each with what is new there, for somebody at this path.
pub(super) fn places_html(places: &[NavItem], path: &str) -> String {
    let mut html = String::with_capacity(places.len() * 400);
    for place in places {
        link(
            &mut html,
            path,
            &place.href,
            (&icon_html(place.icon, false), &place.label),
            place.count,
        );
    }
    html
}

/// The groups one belongs to.
pub(super) fn groups_html(groups: &[NavGroup], path: &str) -> String {
    let mut html = String::with_capacity(groups.len() * 120);
    for group in groups {
        link(&mut html, path, &group.href, ("", &group.label), group.unread);
    }
    html
}

fn link(html: &mut String, path: &str, href: &str, (icon, label): (&str, &str), new: u32) {
    let current = is_here(href, path).map_or(String::new(), |here| format!(" aria-current=\"{here}\""));
    let count = match new {
        0 => String::new(),
        100.. => count_html("99+"),
        few => count_html(&few.to_string()),
    };
    // Writing to a string does not fail.
    let _never_fails = write!(
        html,
        "<li><a href=\"{}\"{current}>{icon}{}{count}</a></li>",
        escaped(href),
        escaped(label)
    );
}

/// As the part `Count` shows it.
fn count_html(shown: &str) -> String {
    format!("<span class=\"count\">{shown} <span class=\"visually-hidden\"> new</span></span>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_text_and_what_is_new_is_counted() {
        let group = |label: &str, unread| NavGroup {
            href: "/groups/a?\"b".into(),
            label: label.into(),
            unread,
        };
        let html = groups_html(&[group("<b>Bold", 0), group("Many", 120)], "/groups/a");
        assert!(
            html.starts_with("<li><a href=\"/groups/a?&quot;b\" aria-current=\"page\">&lt;b&gt;Bold</a></li>"),
            "{html}"
        );
        assert!(html.contains("Many<span class=\"count\">99+ "), "{html}");
    }
}
