use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;

use crate::start::use_viewer;

/// What is being written, kept in this browser until it is posted.
#[derive(Clone, Copy)]
pub struct Draft {
    /// The key in the browser's storage, and the id of the text area.
    names: StoredValue<(String, String)>,
}

impl Draft {
    /// The draft of what is written in a text area at a place, of this person
    /// alone.
    pub fn of(place: &impl std::fmt::Display, area: &str) -> Self {
        let viewer = use_viewer();
        let person = viewer
            .with_untracked(|viewer| viewer.id().map(ToString::to_string))
            .unwrap_or_default();
        Self {
            names: StoredValue::new((format!("draft:{person}:{place}"), area.to_owned())),
        }
    }

    pub fn keep(self, text: &str) {
        self.names.with_value(|(key, _)| {
            if let Some(storage) = storage() {
                // A full or forbidden storage only loses the draft.
                let _kept = if text.trim().is_empty() {
                    storage.remove_item(key)
                } else {
                    storage.set_item(key, text)
                };
            }
        });
    }

    /// Puts the draft back into an empty text area, in the browser.
    pub fn restore(self) {
        Effect::new(move |_| {
            self.names.with_value(|(key, _)| {
                let kept = storage().and_then(|storage| storage.get_item(key).ok().flatten());
                if let (Some(kept), Some(area)) = (kept, self.area())
                    && area.value().is_empty()
                {
                    area.set_value(&kept);
                }
            });
        });
    }

    /// What was kept.
    pub fn kept(self) -> Option<String> {
        self.names
            .with_value(|(key, _)| storage().and_then(|storage| storage.get_item(key).ok().flatten()))
    }

    /// What was kept, where it says something else than the text area does.
    pub fn left(self) -> Option<String> {
        let kept = self.kept()?;
        (kept != self.area()?.value()).then_some(kept)
    }

    /// Puts a text into the text area, as if it were typed.
    pub fn put(self, text: &str) {
        if let Some(area) = self.area() {
            area.set_value(text);
        }
    }

    pub fn clear(self) {
        self.keep("");
        if let Some(area) = self.area() {
            area.set_value("");
        }
    }

    pub fn text(self) -> String {
        self.area().map(|area| area.value()).unwrap_or_default()
    }

    fn area(self) -> Option<web_sys::HtmlTextAreaElement> {
        let id = self.names.with_value(|(_, area)| area.clone());
        document().get_element_by_id(&id)?.dyn_into().ok()
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}
