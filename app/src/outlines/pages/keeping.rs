//! Saving what is typed as its field is left and after a pause, so that nothing is
//! lost with the page.

use std::time::Duration;

use leptos::form::FromFormData;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::wasm_bindgen::JsCast;
use leptos::{ev, prelude::*};

/// How long one pauses before what was typed is saved.
const PAUSE: Duration = Duration::from_secs(2);

/// What is saved once nothing was typed for a while.
#[derive(Clone, Copy)]
pub(super) struct Pause(StoredValue<Option<TimeoutHandle>>);

impl Pause {
    pub fn new() -> Self {
        let waiting = Self(StoredValue::new(None));
        on_cleanup(move || waiting.stop());
        waiting
    }

    /// Does it after a pause; whatever waited before is not done.
    pub fn then(self, save: impl FnOnce() + 'static) {
        self.stop();
        self.0.set_value(set_timeout_with_handle(save, PAUSE).ok());
    }

    pub fn stop(self) {
        let waiting = self.0.try_update_value(Option::take).flatten();
        if let Some(waiting) = waiting {
            waiting.clear();
        }
    }
}

/// The form of a field that was typed into. A box that is ticked says how to save
/// and is none of what is saved.
pub(super) fn form_of(event: &ev::Event) -> Option<web_sys::HtmlFormElement> {
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let field = Some(target).filter(|target| target.get_attribute("type").as_deref() != Some("checkbox"))?;
    field.closest("form").ok().flatten()?.dyn_into().ok()
}

/// What a form would send.
pub(super) fn said<T: FromFormData>(form: &web_sys::HtmlFormElement) -> Option<T> {
    let data = web_sys::FormData::new_with_form(form).ok()?;
    T::from_form_data(&data).ok()
}
