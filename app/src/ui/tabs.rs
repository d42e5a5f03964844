use super::Count;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// A link to a sibling page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TabLink {
    pub href: String,
    pub label: String,
    /// What is new there.
    pub count: u32,
}

impl TabLink {
    pub fn new(href: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            href: href.into(),
            label: label.into(),
            count: 0,
        }
    }
}

/// The faces of one thing, each a page with its own address. Current is the
/// one with exactly this path.
#[component]
pub fn Tabs(
    /// What the tabs belong to, for assistive technology.
    #[prop(into)]
    label: String,
    tabs: Vec<TabLink>,
) -> impl IntoView {
    let pathname = use_location().pathname;
    let links = tabs
        .into_iter()
        .map(|tab| {
            let path = tab.href.split('?').next().unwrap_or_default().to_string();
            let current = move || (*pathname.read() == path).then_some("page");
            view! {
                <li>
                    <a href=tab.href aria-current=current>
                        {tab.label} <Count count=tab.count />
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="tabs" aria-label=label>
            <ul role="list">{links}</ul>
        </nav>
    }
    .into_any()
}
