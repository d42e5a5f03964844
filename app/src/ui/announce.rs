use leptos::{html, prelude::*};
use leptos_router::hooks::use_location;
use std::time::Duration;
use wasm_bindgen::JsCast;

use super::address;

// A page says its title while it is made; a moment later it is there. What is
// said stands anew: the same words would not be said again.
const SETTLED: Duration = Duration::from_millis(50);

/// What is read out on going from page to page and in one.
#[derive(Clone, Copy)]
pub(super) struct Voice {
    /// What the page is called that was made last.
    title: RwSignal<String>,
    said: RwSignal<String>,
    /// What is said next.
    next: StoredValue<String>,
}

impl Voice {
    /// Has words read out, unless they are what was said last.
    pub(super) fn say(self, words: String) {
        if self.next.try_get_value().is_none_or(|next| next == words) {
            return;
        }
        self.next.set_value(words);
        self.said.set(String::new());
        set_timeout(
            move || {
                if let Some(words) = self.next.try_get_value() {
                    self.said.set(words);
                }
            },
            SETTLED,
        );
    }
}

/// Gives pages a voice; must stand around them and the announcer.
pub(super) fn provide_voice() {
    provide_context(Voice {
        title: RwSignal::new(String::new()),
        said: RwSignal::new(String::new()),
        next: StoredValue::new(String::new()),
    });
}

pub(super) fn use_voice() -> Option<Voice> {
    use_context()
}

/// Says what the page is called that is being made.
pub(super) fn say_page(title: &str) {
    // On the server nobody listens.
    if cfg!(not(feature = "ssr"))
        && let Some(voice) = use_voice()
    {
        voice.title.set(title.to_owned());
    }
}

/// After going to another page without reloading, or to another part of a list:
/// moves focus to the main content, as a page load would, and says the title,
/// once the page is there. An address that leads into a page keeps the focus
/// where it is, or puts it into the field that it names.
#[component]
pub fn RouteAnnouncer(main: NodeRef<html::Main>) -> impl IntoView {
    let (location, voice) = (use_location(), use_voice());
    Effect::new(move |before: Option<String>| {
        let title = voice.map(|voice| voice.title.get()).unwrap_or_default();
        let (path, search) = (location.pathname.get_untracked(), location.search.get_untracked());
        let now = place(&path, &search);
        if let Some(before) = before.filter(|before| *before != now) {
            let same_page = path == before.split('?').next().unwrap_or_default();
            arrive(main, location.hash.get_untracked(), same_page);
            if let Some(voice) = voice {
                voice.next.set_value(String::new());
                voice.say(with_page(title, &search));
            }
        }
        now
    });
    view! {
        <p class="visually-hidden" aria-live="polite" aria-atomic="true">
            {move || voice.map(|voice| voice.said.get())}
        </p>
    }
}

fn arrive(main: NodeRef<html::Main>, hash: String, same_page: bool) {
    if hash.is_empty() {
        return focus(main);
    }
    set_timeout(
        move || match field(&hash) {
            Some(field) => _ = field.focus(),
            // Whoever was quick is at work on the page by now.
            None if same_page || within(main) => {}
            None => focus(main),
        },
        SETTLED,
    );
}

fn focus(main: NodeRef<html::Main>) {
    if let Some(main) = main.get_untracked() {
        let _ = main.focus();
    }
}

/// Whether what has the focus stands in the main content.
fn within(main: NodeRef<html::Main>) -> bool {
    let (main, at) = (main.get_untracked(), document().active_element());
    main.is_some_and(|main| at.is_some_and(|at| main.contains(Some(&at)) && !main.is_same_node(Some(&at))))
}

/// Where one is; what a form says once it is saved is no other place.
fn place(path: &str, search: &str) -> String {
    let parts = search.trim_start_matches('?').split('&');
    let parts: Vec<&str> = parts.filter(|part| !part.starts_with("notice=")).collect();
    address(path, &parts.join("&"))
}

/// A title with which page of a list it is.
fn with_page(title: String, search: &str) -> String {
    let page = search
        .trim_start_matches('?')
        .split('&')
        .find_map(|part| part.strip_prefix("page="));
    match page {
        Some(page) if page != "1" => format!("{title}, page {page}"),
        _ => title,
    }
}

/// The field that an address leads to.
fn field(hash: &str) -> Option<web_sys::HtmlInputElement> {
    let id = hash.trim_start_matches('#');
    document().get_element_by_id(id)?.dyn_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_saved_is_no_other_place() {
        assert_eq!(place("/studio", "notice=saved"), place("/studio", ""));
        assert_eq!(place("/studio", "?show=sets&notice=saved"), "/studio?show=sets");
        assert_ne!(place("/courses", "page=2"), place("/courses", ""));
    }

    #[test]
    fn the_page_of_a_list_is_said() {
        assert_eq!(with_page("Courses".into(), "page=2"), "Courses, page 2");
        assert_eq!(with_page("Courses".into(), "kind=x"), "Courses");
    }
}
