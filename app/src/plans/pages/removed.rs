use leptos::prelude::*;

use super::Changes;
use crate::plans::model::{Removed, What};
use crate::ui::{Notice, Tone};

/// What was taken out a moment ago, each with the way back.
#[component]
pub fn PutBack(removed: Vec<Removed>, changes: Changes) -> impl IntoView {
    let some = !removed.is_empty();
    let lines = removed
        .into_iter()
        .map(|removed| {
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
            view! { <div class="cluster"><span>"Taken out: "{removed.title}</span>{form}</div> }
        })
        .collect_view();
    some.then(|| view! { <div class="no-print"><Notice tone=Tone::Highlight>{lines}</Notice></div> })
}
