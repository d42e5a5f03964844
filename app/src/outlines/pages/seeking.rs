//! Finding, on the page of a line, what it refers to or what it is to stand beneath.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::lookups::components::Choices;
use crate::outlines::api::FindLines;
use crate::outlines::model::{EntryPage, Seek, Sought, entry_href};
use crate::ui::Combobox;

/// A field that finds it, and what a plain search found; what is chosen comes back
/// in the address of the page, at the part named `at`.
#[component]
pub(super) fn Finding(
    page: EntryPage,
    what: Seek,
    #[prop(into)] label: String,
    #[prop(into)] hint: String,
    at: &'static str,
) -> impl IntoView {
    let here = entry_href(&page.set, &page.id);
    let sought = sought(&page, what);
    let query = sought.as_ref().map(|sought| sought.query.clone()).unwrap_or_default();
    let to = format!("{here}?find={}&chosen={{id}}#{at}", what.as_str());
    let suggest = format!(
        "{}?node={}&what={}",
        <FindLines as ServerFn>::PATH,
        page.id,
        what.as_str()
    );
    let with = vec![("find", what.as_str().to_owned())];
    let of = match what {
        Seek::Reference => "What it refers to",
        Seek::Parent => "What it stands beneath",
    };
    let found = sought.filter(|sought| !sought.query.is_empty()).map(|sought| {
        if sought.found.is_empty() {
            let words = format!(
                "Nothing that could be chosen holds “{}”. Try another word.",
                sought.query
            );
            return view! { <p role="status">{words}</p> }.into_any();
        }
        view! { <Choices choices=sought.found to=to.clone()/> }.into_any()
    });
    view! {
        <div class="stack">
            <Combobox label of hint action=format!("{here}#{at}") with suggest to=to.clone() value=query id=format!("find-{}", what.as_str())/>
            {found}
        </div>
    }
}

/// What is looked for here, where it is this.
pub(super) fn sought(page: &EntryPage, what: Seek) -> Option<Sought> {
    page.sought.clone().filter(|sought| sought.what == what)
}
