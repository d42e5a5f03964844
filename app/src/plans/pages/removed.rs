use leptos::prelude::*;

use super::Changes;
use crate::plans::model::{Removed, What};
use crate::ui::{TakenOut, undo};

/// What was taken out, with the form that puts it back.
pub(super) fn taken_out(removed: Vec<Removed>, changes: Changes) -> Vec<TakenOut> {
    let each = removed.into_iter().map(|removed| TakenOut {
        form: form(removed.what, undo(&removed.title), changes),
        title: removed.title,
        fresh: removed.fresh,
    });
    each.collect()
}

fn form(what: What, button: AnyView, changes: Changes) -> AnyView {
    match what {
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
    }
}
