//! Who else has the draft open, asked anew while the page is.

use std::time::Duration;

use leptos::prelude::*;

use crate::id::{EditionId, NodeId};
use crate::outlines::api::StayInDraft;
use crate::outlines::model::{Present, entry_href};

/// How often a page says that it is open, and asks who else is there.
const EVERY: Duration = Duration::from_secs(30);

/// The others, as of loading, then as of half a minute ago. `node` is the line that
/// this page shows; none: it shows the outline.
#[component]
pub(super) fn Others(
    set: String,
    edition: EditionId,
    #[prop(optional)] node: Option<NodeId>,
    present: Vec<Present>,
    /// Who has changed the draft within the last minutes.
    #[prop(optional)]
    changed: Vec<String>,
) -> impl IntoView {
    let shown = RwSignal::new(present);
    let action = ServerAction::<StayInDraft>::new();
    let own = node.clone();
    Effect::new(move |_| {
        let said = StayInDraft {
            edition: edition.clone(),
            node: own.as_ref().map(ToString::to_string).unwrap_or_default(),
        };
        let say = move || {
            if !document().hidden() {
                action.dispatch(said.clone());
            }
        };
        say();
        if let Ok(every) = set_interval_with_handle(say, EVERY) {
            on_cleanup(move || every.clear());
        }
    });
    Effect::new(move |_| {
        let now = action.value().get().and_then(Result::ok);
        if let Some(now) = now.filter(|now| shown.with_untracked(|shown| shown != now)) {
            shown.set(now);
        }
    });
    let (beside, elsewhere) = (node.clone(), node);
    let same = move || {
        let node = beside.as_ref();
        let there = shown.with(|shown| {
            let here = shown
                .iter()
                .filter(|one| node.is_some() && one.line.as_ref().map(|line| &line.id) == node);
            here.map(|one| one.name.clone()).collect::<Vec<_>>()
        });
        (!there.is_empty()).then(|| {
            let have = if there.len() == 1 { "has" } else { "have" };
            view! { <strong>{format!("{} {have} this open too. ", there.join(", "))}</strong> }
        })
    };
    let others = move || {
        let node = elsewhere.as_ref();
        let there = shown.with(|shown| {
            let others = shown
                .iter()
                .filter(|one| node.is_none() || one.line.as_ref().map(|line| &line.id) != node);
            others.cloned().collect::<Vec<_>>()
        });
        // Those who are not there any more, or whose page cannot say so.
        let names: Vec<String> = there.iter().map(|one| one.name.clone()).collect();
        let gone: Vec<String> = changed.iter().filter(|name| !names.contains(name)).cloned().collect();
        let rows = (1..)
            .zip(there)
            .map(|(number, one)| view! { {(number > 1).then_some("; ")}{one.name.clone()}{at(&set, &one)} })
            .collect_view();
        let open = (!names.is_empty()).then(|| view! { "Also here: "{rows}". " });
        let changed = (!gone.is_empty()).then(|| format!("Changed lately by {}.", gone.join(", ")));
        view! { {open}{changed} }
    };
    view! { <p class="meta" role="status">{same}{others}</p> }
}

/// What somebody has open, as a link.
fn at(set: &str, one: &Present) -> Option<impl IntoView + use<>> {
    let line = one.line.as_ref()?;
    let href = entry_href(set, &line.id);
    Some(view! { ", at “"<a href=href>{line.words()}</a>"”" })
}
