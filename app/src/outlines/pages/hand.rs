//! Keys and dragging in an outline, with JavaScript. What they do is what the
//! buttons of the lines do.

use leptos::wasm_bindgen::JsCast;
use leptos::{ev, prelude::*};

use super::adding::NEW_LINE;
use super::in_place;
use super::outline::Actions;
use crate::id::EditionId;
use crate::outlines::api::{MoveEntry, UndoStep};

/// The line in which something happened, by its key.
pub(super) fn line_of(event: &ev::Event) -> Option<String> {
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let line = target.closest("li[id^='node-']").ok().flatten()?;
    line.id().strip_prefix("node-").map(str::to_owned)
}

fn element(id: &str) -> Option<web_sys::HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Puts the focus back to where it was: the outline may be shown anew more than
/// once after one change.
pub(super) fn focus_again(actions: Actions) {
    let Some(wanted) = actions.focus.get_value() else {
        return;
    };
    // What was added and is taken back is no more: the outline has the focus then.
    let lost = || {
        document()
            .active_element()
            .is_none_or(|there| there.tag_name() == "BODY")
    };
    let first = || {
        document()
            .query_selector(".tree-edited a.tree-line")
            .ok()
            .flatten()
            .filter(|_| lost())
    };
    let found = element(&wanted).or_else(|| first()?.dyn_into().ok());
    if let Some(found) = found {
        let _ = found.focus();
    }
}

pub(super) fn keep_focus(id: &str, actions: Actions) {
    actions.focus.set_value(Some(format!("line-{id}")));
}

fn step(id: &str, step: String, actions: Actions) {
    keep_focus(id, actions);
    actions.shift.dispatch(MoveEntry { step });
}

/// The line whose menu moves it has the focus once it stands elsewhere.
pub(super) fn on_click(event: &ev::MouseEvent, actions: Actions) {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let moves = target.and_then(|target| target.closest("button[name='step']").ok().flatten());
    if let Some(id) = line_of(event).filter(|_| moves.is_some()) {
        keep_focus(&id, actions);
    }
}

/// What a key does on a line.
pub(super) fn on_key(event: &ev::KeyboardEvent, (edition, open): (&EditionId, &str), actions: Actions) {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let on = |what: &str| {
        target
            .as_ref()
            .is_some_and(|target| target.matches(what).unwrap_or(false))
    };
    let (on_line, on_menu) = (on("a.tree-line"), on("details.menu:not([open]) > summary"));
    let Some(id) = line_of(event).filter(|_| on_line || on_menu) else {
        return;
    };
    let key = event.key();
    // Enter opens the menu of a line.
    if on_menu && key == "Enter" {
        return;
    }
    let command = event.ctrl_key() || event.meta_key();
    let way = match key.as_str() {
        "ArrowUp" => "up",
        "ArrowDown" => "down",
        "ArrowRight" => "in",
        "ArrowLeft" => "out",
        _ => "",
    };
    match key.as_str() {
        _ if event.alt_key() && !way.is_empty() => step(&id, format!("{way} {id}"), actions),
        "z" | "Z" if command => {
            keep_focus(&id, actions);
            let redo = event.shift_key();
            actions.undo.dispatch(UndoStep {
                edition: edition.clone(),
                redo,
                open: open.to_owned(),
            });
        }
        _ if command || event.alt_key() => return,
        "ArrowRight" | "ArrowLeft" => {
            if !turn(&id, key == "ArrowRight", actions) {
                return;
            }
        }
        "Enter" => actions.editing.set(Some((id.clone(), title(&id)))),
        "m" | "M" => follow(&format!("#node-{id} > .tree-row a[data-is='move']")),
        "n" | "N" => {
            actions.after.set(Some((id.clone(), title(&id))));
            if let Some(field) = element("new-line") {
                let _ = field.focus();
            }
        }
        _ => return,
    }
    event.prevent_default();
}

/// What a key does in the field for a new line: Escape leads back to the line behind
/// which it was to be, and Ctrl Z takes back what was added, where nothing is typed.
pub(super) fn on_key_adding(event: &ev::KeyboardEvent, (edition, open): (&EditionId, &str), actions: Actions) {
    let empty = in_place::input(NEW_LINE).is_some_and(|field| field.value().is_empty());
    let command = event.ctrl_key() || event.meta_key();
    match event.key().as_str() {
        "Escape" => {
            let behind = actions.after.get_untracked().map(|(id, _)| format!("line-{id}"));
            let Some(line) = behind.and_then(|id| element(&id)) else {
                return;
            };
            actions.after.set(None);
            let _ = line.focus();
        }
        "z" | "Z" if command && empty => {
            actions.focus.set_value(Some(NEW_LINE.into()));
            let redo = event.shift_key();
            actions.undo.dispatch(UndoStep {
                edition: edition.clone(),
                redo,
                open: open.to_owned(),
            });
        }
        _ => return,
    }
    event.prevent_default();
}

/// Goes where a link leads.
fn follow(link: &str) {
    let found = document().query_selector(link).ok().flatten();
    if let Some(link) = found.and_then(|link| link.dyn_into::<web_sys::HtmlElement>().ok()) {
        link.click();
    }
}

fn title(id: &str) -> String {
    let line = element(&format!("line-{id}"));
    let text = line.and_then(|line| line.query_selector(".tree-text").ok().flatten());
    text.and_then(|text| text.text_content()).unwrap_or_default()
}

/// Opens a line, or closes it; whether there was anything to do.
fn turn(id: &str, open: bool, actions: Actions) -> bool {
    let kind = if open { "closed" } else { "open" };
    let toggle = document().query_selector(&format!("#node-{id} > .tree-row > a.tree-toggle[data-is='{kind}']"));
    let Some(toggle) = toggle
        .ok()
        .flatten()
        .and_then(|toggle| toggle.dyn_into::<web_sys::HtmlElement>().ok())
    else {
        return false;
    };
    keep_focus(id, actions);
    toggle.click();
    true
}

/// Puts the dragged line behind the one on which it was dropped, or beneath it.
pub(super) fn on_drop(event: &ev::DragEvent, dragged: Option<String>, actions: Actions) {
    event.prevent_default();
    let (Some(dragged), Some(onto)) = (dragged, line_of(event)) else {
        return;
    };
    if dragged != onto {
        let spot = if event.shift_key() { "beneath" } else { "after" };
        step(&dragged, format!("{spot}-{onto} {dragged}"), actions);
    }
}
