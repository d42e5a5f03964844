//! Saving a rating as it is chosen, one statement by itself.

use std::collections::HashMap;
use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use super::rate::Place;
use super::rate_item::{anchor, anchor_at, focus};
use crate::assessments::api::{SaveRatings, save_ratings};
use crate::assessments::model::{KEY, field_of};
use crate::ui::form::Form;

/// Keys pass over levels on their way to one: only where they rest is said.
const PAUSE: Duration = Duration::from_millis(600);

/// What of one statement is said, being saved and saved.
#[derive(Clone, Copy)]
pub(super) struct Saving {
    node: StoredValue<String>,
    at: usize,
    again: bool,
    place: Place,
    anchors: StoredValue<Vec<String>>,
    action: ServerAction<SaveRatings>,
    pending: Signal<bool>,
    /// Something was chosen or written since it was saved last.
    changed: RwSignal<bool>,
    /// One goes on to the next once it is saved.
    goes_on: StoredValue<bool>,
    /// Something was chosen while it was being saved.
    waiting: StoredValue<bool>,
    /// The last that was done here was done by a key that goes from level to level.
    passing: StoredValue<bool>,
    later: StoredValue<Option<(TimeoutHandle, SaveRatings)>>,
}

impl Saving {
    /// Of a statement with the level that stands in its form at first.
    pub fn new(
        node: String,
        level: String,
        at: usize,
        again: bool,
        place: Place,
        anchors: StoredValue<Vec<String>>,
    ) -> Self {
        let action = ServerAction::<SaveRatings>::new();
        let saving = Self {
            node: StoredValue::new(node),
            at,
            again,
            place,
            anchors,
            action,
            pending: action.pending().into(),
            changed: RwSignal::new(false),
            goes_on: StoredValue::new(false),
            waiting: StoredValue::new(false),
            passing: StoredValue::new(false),
            later: StoredValue::new(None),
        };
        let version = saving.action.version();
        Effect::new(move |_| {
            if version.get() > 0 {
                untrack(|| saving.answered());
            }
        });
        // A level may have been chosen before the browser code was there.
        Effect::new(move |_| {
            let chosen = saving.sent().and_then(|sent| sent.levels.into_values().next());
            if chosen.is_some_and(|chosen| !chosen.is_empty() && chosen != level) {
                saving.change();
            }
        });
        // Whoever leaves the page before the pause is over has said it nonetheless.
        on_cleanup(move || {
            if let Some(sent) = saving.take_later() {
                leptos::task::spawn_local(async move {
                    let SaveRatings {
                        profile,
                        levels,
                        aims,
                        notes,
                        pressed,
                        here,
                    } = sent;
                    let _ = save_ratings(profile, levels, aims, notes, pressed, here).await;
                });
            }
        });
        saving
    }

    pub fn form(self) -> Form {
        Form::of(self.action)
    }

    /// Whether something was sent by itself: what was refused of the whole page
    /// stands above it.
    pub fn was_sent(self) -> bool {
        self.action.version().get() > 0
    }

    pub fn words(self) -> &'static str {
        let pending = self.pending.get();
        match (pending, self.changed.get(), self.place.is_saved(self.at)) {
            (true, ..) => "Saving…",
            (_, true, _) => "Not saved yet.",
            (_, false, true) => "Saved.",
            (_, false, false) => "",
        }
    }

    /// Enter on a level presses the statement's own button, not the first of the page.
    pub fn by_key(self, event: &web_sys::KeyboardEvent) {
        use leptos::wasm_bindgen::JsCast;

        let key = event.key();
        self.passing.set_value(key == " " || key.starts_with("Arrow"));
        let on = event.target().and_then(|on| on.dyn_into::<web_sys::Element>().ok());
        if key == "Enter" && on.is_some_and(|on| on.tag_name() == "INPUT") {
            event.prevent_default();
            self.press();
        }
    }

    pub fn by_hand(self) {
        self.passing.set_value(false);
    }

    /// Something was chosen or written: it is saved as soon as there is a level.
    pub fn change(self) {
        self.changed.set(true);
        self.take_later();
        let Some(sent) = self
            .sent()
            .filter(|sent| sent.levels.values().any(|level| !level.is_empty()))
        else {
            return;
        };
        if !self.passing.get_value() {
            return self.send(sent);
        }
        let send = move || {
            if let Some(sent) = self.take_later() {
                self.send(sent);
            }
        };
        if let Ok(handle) = set_timeout_with_handle(send, PAUSE) {
            self.later.set_value(Some((handle, sent)));
        }
    }

    /// The button: goes on once what is said here is saved, and says so where nothing is.
    pub fn press(self) {
        let rests = self.take_later();
        let is_pending = self.pending.get_untracked();
        if rests.is_none() && !is_pending && !self.changed.get_untracked() && untrack(|| self.place.is_saved(self.at)) {
            return self.go_on();
        }
        self.goes_on.set_value(true);
        if (rests.is_some() || !is_pending)
            && let Some(sent) = self.sent()
        {
            self.send(sent);
        }
    }

    /// One after the other, so that what was chosen last is what stays.
    fn send(self, sent: SaveRatings) {
        if self.pending.get_untracked() {
            self.waiting.set_value(true);
        } else {
            self.action.dispatch(sent);
        }
    }

    fn answered(self) {
        let saved = self.action.value().with(|value| matches!(value, Some(Ok(()))));
        if self.waiting.get_value() {
            self.waiting.set_value(false);
            if let Some(sent) = self.sent() {
                self.action.dispatch(sent);
                return;
            }
        }
        let goes_on = self.goes_on.get_value();
        self.goes_on.set_value(false);
        if saved {
            let rests = self.later.with_value(Option::is_some);
            self.changed.set(rests);
            self.place.save(self.at);
            if self.again {
                let said = self.sent().and_then(|sent| sent.levels.into_values().next());
                self.place.say(said.and_then(|level| level.parse().ok()));
            }
        }
        match (goes_on, saved) {
            (true, true) => self.go_on(),
            (true, false) => focus(anchor(&self.node.get_value())),
            (false, _) => {}
        }
    }

    fn go_on(self) {
        if !self.again {
            let next = self.place.next(self.at);
            focus(anchor_at(self.anchors, next));
        }
    }

    fn take_later(self) -> Option<SaveRatings> {
        let (handle, sent) = self.later.try_update_value(Option::take).flatten()?;
        handle.clear();
        Some(sent)
    }

    /// What the page says of the statement now.
    fn sent(self) -> Option<SaveRatings> {
        use leptos::wasm_bindgen::JsCast;

        let node = self.node.get_value();
        let item = document().get_element_by_id(&anchor(&node))?;
        let form = item.closest("form").ok().flatten()?;
        let form = form.dyn_into::<web_sys::HtmlFormElement>().ok()?;
        let data = web_sys::FormData::new_with_form(&form).ok()?;
        let text = |name: &str| data.get(name).as_string().unwrap_or_default();
        let one = |of: &str| HashMap::from([(format!("{KEY}{node}"), text(&field_of(of, &node)))]);
        Some(SaveRatings {
            profile: text("profile"),
            levels: one("levels"),
            aims: one("aims"),
            notes: one("notes"),
            here: String::new(),
            pressed: node.clone(),
        })
    }
}
