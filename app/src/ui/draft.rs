use std::collections::BTreeMap;

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

    /// Keeps what stands in these fields of the form around the text area as well,
    /// while something is written in it.
    pub fn keep_form(self, fields: &[&str]) {
        let form = self.area().and_then(|area| area.form());
        let Some(data) = form.and_then(|form| web_sys::FormData::new_with_form(&form).ok()) else {
            return;
        };
        let value = |name: &&str| Some(((*name).to_owned(), data.get(name).as_string()?));
        let values: BTreeMap<String, String> = fields.iter().filter_map(value).collect();
        if let (Some(storage), Ok(kept)) = (storage(), serde_json::to_string(&values)) {
            // A full or forbidden storage only loses the draft.
            let _kept = storage.set_item(&self.form_key(), &kept);
        }
    }

    /// Puts text and fields back into a form in which nothing is written yet, and
    /// opens what it is folded into.
    pub fn restore_form(self, fields: &'static [&'static str]) {
        Effect::new(move |_| {
            let Some(area) = self.area().filter(|area| area.value().is_empty()) else {
                return;
            };
            let kept = storage().and_then(|storage| storage.get_item(&self.form_key()).ok().flatten());
            let values: BTreeMap<String, String> = kept
                .and_then(|kept| serde_json::from_str(&kept).ok())
                .unwrap_or_default();
            let text = self.kept();
            let written = |name: &&str| values.get(*name).is_some_and(|value| !value.trim().is_empty());
            // What is chosen from the start is nothing written.
            if text.is_none() && !["title", "quote"].iter().any(written) {
                return;
            }
            area.set_value(&text.unwrap_or_default());
            for name in fields {
                if let (Some(form), Some(value)) = (area.form(), values.get(*name)) {
                    fill(&form, name, value);
                }
            }
            if let Ok(Some(fold)) = area.closest("details") {
                let _opened = fold.set_attribute("open", "");
            }
        });
    }

    /// Forgets what the fields of the form held.
    pub fn forget_form(self) {
        if let Some(storage) = storage() {
            let _forgotten = storage.remove_item(&self.form_key());
        }
    }

    fn form_key(self) -> String {
        self.names.with_value(|(key, _)| format!("{key}:form"))
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

    /// What stands in another field of the form around the text area.
    pub fn beside(self, field: &str) -> Option<String> {
        let form = self.area()?.form()?;
        web_sys::FormData::new_with_form(&form).ok()?.get(field).as_string()
    }

    fn area(self) -> Option<web_sys::HtmlTextAreaElement> {
        let id = self.names.with_value(|(_, area)| area.clone());
        document().get_element_by_id(&id)?.dyn_into().ok()
    }
}

/// Puts a value into a field, whatever kind it is; what cannot be chosen any more
/// is left.
fn fill(form: &web_sys::HtmlFormElement, name: &str, value: &str) {
    let named = format!("[name={name}]");
    let Ok(Some(field)) = form.query_selector(&named) else {
        return;
    };
    if let Some(text) = field.dyn_ref::<web_sys::HtmlTextAreaElement>() {
        text.set_value(value);
    } else if let Some(input) = field.dyn_ref::<web_sys::HtmlInputElement>() {
        match input.type_().as_str() {
            "hidden" => {}
            "radio" if crate::id::is_key(value) => {
                let chosen = form.query_selector(&format!("{named}[value={value}]")).ok().flatten();
                if let Some(chosen) = chosen.and_then(|one| one.dyn_into::<web_sys::HtmlInputElement>().ok()) {
                    chosen.set_checked(true);
                }
            }
            "radio" => {}
            _ => input.set_value(value),
        }
    } else if crate::id::is_key(value)
        && let Ok(Some(option)) = field.query_selector(&format!("option[value=\"{value}\"]"))
    {
        let _chosen = option.set_attribute("selected", "");
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}
