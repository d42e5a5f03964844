//! Writing a line where it stands: what is typed is saved as its field is left and
//! after a pause, and the lines are shown anew once it is closed.

use leptos::wasm_bindgen::JsCast;
use leptos::{ev, prelude::*};

use super::hand;
use super::outline::Actions;
use crate::id::NodeId;
use crate::outlines::api::RenameEntry;

/// The field of the line that is written.
pub(super) const FIELD: &str = "line-field";

/// What is saved of a line while it is written.
#[derive(Clone, Copy)]
pub(super) struct Keeping {
    pub action: ServerAction<RenameEntry>,
    /// The line, and what it is known to say.
    was: StoredValue<(String, String)>,
    /// What was sent last.
    sent: StoredValue<String>,
    /// Whether it says something by now that the page does not show yet.
    unshown: StoredValue<bool>,
}

impl Keeping {
    pub fn new() -> Self {
        Self {
            action: ServerAction::new(),
            was: StoredValue::new(Default::default()),
            sent: StoredValue::new(String::new()),
            unshown: StoredValue::new(false),
        }
    }

    /// A line is opened which says this; one that is written already is known better.
    pub fn opened(self, id: &str, title: &str) {
        if self.was.with_value(|(of, _)| of != id) {
            self.was.set_value((id.to_owned(), title.to_owned()));
        }
    }

    /// Saving this, where it is something else than the line is known to say.
    fn anew(self, id: &str, title: &str) -> Option<RenameEntry> {
        let was = self.was.with_value(|(of, was)| (of == id).then(|| was.clone()))?;
        let new = !title.trim().is_empty() && title.trim() != was.trim();
        let node = NodeId::parse(id).filter(|_| new)?;
        let title = title.to_owned();
        Some(RenameEntry { node, was, title })
    }

    /// Whether the lines are to be shown anew; the next line is opened as it stands.
    fn closed(self) -> bool {
        self.was.set_value(Default::default());
        self.unshown.try_update_value(std::mem::take).unwrap_or(false)
    }
}

fn typed(actions: Actions) -> Option<(String, String)> {
    actions.editing.get_untracked()
}

/// Saves what is written in a line so far.
pub(super) fn pause(actions: Actions) {
    let rename = typed(actions).and_then(|(id, title)| actions.keeping.anew(&id, &title));
    if let Some(rename) = rename.filter(|_| !actions.keeping.action.pending().get_untracked()) {
        actions.keeping.sent.set_value(rename.title.clone());
        actions.keeping.action.dispatch(rename);
    }
}

/// Goes on once what was written so far is saved, or was refused.
pub(super) fn follow(actions: Actions) {
    let Keeping {
        action,
        was,
        sent,
        unshown,
    } = actions.keeping;
    Effect::new(move |_| {
        let Some(saved) = action.value().get() else { return };
        if saved.is_ok() {
            was.update_value(|(_, was)| *was = sent.get_value());
            unshown.set_value(true);
        }
        let field = document().active_element().is_some_and(|there| there.id() == FIELD);
        if let Some((id, title)) = typed(actions).filter(|_| !field) {
            left(&id, &title, actions);
        }
    });
    Effect::new(move |_| {
        if matches!(actions.rename.value().get(), Some(Ok(()))) {
            actions.keeping.closed();
            actions.editing.set(None);
        }
    });
}

/// Saves a line as its field is left, and closes the field.
pub(super) fn left(id: &str, title: &str, actions: Actions) {
    let writes = typed(actions).is_some_and(|(own, _)| own == id);
    let saving = [actions.rename, actions.keeping.action].map(|action| action.pending().get_untracked());
    if !writes || saving.contains(&true) {
        return;
    }
    match actions.keeping.anew(id, title) {
        Some(rename) => {
            actions.rename.dispatch(rename);
        }
        None => close(actions),
    }
}

fn close(actions: Actions) {
    actions.editing.set(None);
    if actions.keeping.closed() {
        actions.done.update(|times| *times += 1);
    }
}

/// What a key does while a line is written where it stands.
pub(super) fn on_key(event: &ev::KeyboardEvent, id: &str, actions: Actions) {
    event.stop_propagation();
    match event.key().as_str() {
        "Escape" => {
            close(actions);
            hand::keep_focus(id, actions);
            request_animation_frame(move || hand::focus_again(actions));
        }
        "Enter" => {
            let title = event_target_value(event);
            let was = actions.keeping.was.with_value(|(_, was)| was.clone());
            if let Some(node) = NodeId::parse(id) {
                hand::keep_focus(id, actions);
                actions.rename.dispatch(RenameEntry { node, was, title });
            }
        }
        _ => return,
    }
    event.prevent_default();
}

/// Empties a field.
pub(crate) fn empty(field: &str) {
    if let Some(input) = input(field) {
        input.set_value("");
    }
}

/// A field by its id.
pub(super) fn input(field: &str) -> Option<web_sys::HtmlInputElement> {
    document().get_element_by_id(field)?.dyn_into().ok()
}
