//! Finding what can be chosen, and what was found.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{FindCourses, FindLinks, FindReaders, FindResources, FindStatements};
use super::model::{Found, LISTED, Suggestion, What, address};
use crate::language::foreign;
use crate::ui::Combobox;

/// What a composer asks for what a text can lead to, and for whom a post can name.
pub const LINKS: &str = <FindLinks as ServerFn>::PATH;
pub const READERS: &str = <FindReaders as ServerFn>::PATH;

/// Finds statements, courses or resources; `to` is the address of what is
/// chosen (see [`address`]), `action` that of the page which lists what was
/// `found`.
#[component]
pub fn Finder(
    what: What,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(into)] action: String,
    #[prop(into)] to: String,
    found: Option<Found>,
    /// Courses that are drafts as well.
    #[prop(optional)]
    drafts: bool,
) -> impl IntoView {
    let found = found.filter(|found| found.what == what);
    let query = found.as_ref().map(|found| found.query.clone()).unwrap_or_default();
    let suggest = match what {
        What::Statement => <FindStatements as ServerFn>::PATH.to_owned(),
        What::Course => format!("{}?drafts={drafts}", <FindCourses as ServerFn>::PATH),
        What::Resource => <FindResources as ServerFn>::PATH.to_owned(),
    };
    let with = vec![("find", what.as_str().to_owned())];
    let hint = hint.unwrap_or_default();
    view! {
        <div class="stack">
            <Combobox label of=what.label() hint action with suggest to=to.clone() value=query id=format!("find-{}", what.as_str())/>
            {found.map(|found| view! { <Listed found to/> })}
        </div>
    }
}

/// What was found, each a link.
#[component]
fn Listed(found: Found, to: String) -> impl IntoView {
    if found.suggestions.is_empty() {
        let words = format!(
            "No {} here hold “{}”. Try another word.",
            found.what.several(),
            found.query
        );
        return view! { <p role="status">{words}</p> }.into_any();
    }
    let full = found.suggestions.len() == LISTED;
    let more = full.then(|| view! { <p class="meta">"These are the first 20. Another word narrows it down."</p> });
    view! { <Choices choices=found.suggestions to/>{more} }.into_any()
}

/// Links to what can be chosen.
#[component]
pub fn Choices(choices: Vec<Suggestion>, #[prop(into)] to: String) -> impl IntoView {
    let rows = choices
        .into_iter()
        .map(|one| {
            let href = address(&to, &one);
            let code = (!one.code.is_empty()).then(|| view! { <span class="code">{one.code}</span>" " });
            let place = (!one.place.is_empty()).then(|| view! { <p class="meta">{one.place}</p> });
            view! { <li lang=foreign(&one.language)><a href=href>{code}{one.title}</a>{place}</li> }
        })
        .collect_view();
    view! { <ul class="rows rows-tight rows-ruled" role="list">{rows}</ul> }
}
