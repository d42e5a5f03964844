use leptos::prelude::*;

use super::Changes;
use crate::plans::model::{Removed, What};
use crate::ui::{Notice, Toast, Tone};

/// What was taken out in the last hour, each with the way back; what has just
/// gone stands in front of the page.
#[component]
pub fn PutBack(removed: Vec<Removed>, changes: Changes) -> impl IntoView {
    let (fresh, earlier): (Vec<_>, Vec<_>) = removed.into_iter().partition(|removed| removed.fresh);
    let lines = move |removed: Vec<Removed>| removed.into_iter().map(|removed| line(removed, changes)).collect_view();
    let toast = (!fresh.is_empty()).then(|| view! { <Toast>{lines(fresh)}</Toast> });
    let notice = (!earlier.is_empty())
        .then(|| view! { <div class="no-print"><Notice tone=Tone::Highlight>{lines(earlier)}</Notice></div> });
    view! {
        {notice}
        {toast}
    }
    .into_any()
}

fn line(removed: Removed, changes: Changes) -> AnyView {
    let hidden = format!(" {}", removed.title);
    let button = view! {
        <button class="link-button" type="submit">"Undo"<span class="visually-hidden">{hidden}</span></button>
    };
    let form = match removed.what {
        What::Goal(node) => view! {
            <ActionForm action=changes.restore_goal>
                <input type="hidden" name="node" value=node.to_string()/>
                {button}
            </ActionForm>
        }
        .into_any(),
        What::Action(action) => view! {
            <ActionForm action=changes.restore_action>
                <input type="hidden" name="action" value=action.to_string()/>
                {button}
            </ActionForm>
        }
        .into_any(),
    };
    view! { <div class="cluster"><span>"Taken out: "{removed.title}</span>{form}</div> }.into_any()
}
