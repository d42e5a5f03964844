//! The reply form: a preview, a draft that stays in this browser, and a key
//! that makes one post of a form sent twice.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;

use crate::groups::api::{PreviewPost, Reply};
use crate::groups::components::Arrivals;
use crate::id::ThreadId;
use crate::start::use_viewer;
use crate::ui::Prose;
use crate::ui::field::TextArea;
use crate::ui::form::{Form, FormErrors};

#[component]
pub fn ReplyForm(
    thread: ThreadId,
    form_key: String,
    /// Where the reply appears.
    arrivals: Arrivals,
    /// The page to return to without JavaScript, when not the thread's own.
    #[prop(default = None, into)]
    back: Option<String>,
    #[prop(default = None)] preview: Option<String>,
    /// Smaller, for a form beside a text.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let action = ServerAction::<Reply>::new();
    let form = Form::matching(action, &[("thread", thread.as_str())]);
    let id = format!("reply-{thread}");
    let key = RwSignal::new(form_key);
    let previewed = use_preview(preview);
    let draft = Draft::of(&thread, &id);
    draft.restore();
    Effect::new(move |_| {
        if let Some(Ok(posted)) = action.value().get() {
            draft.clear();
            previewed.html.set(None);
            key.set(posted.form_key);
            arrivals.heard_of(posted.number);
        }
    });
    view! {
        <ActionForm action attr:class="composer">
            <FormErrors form/>
            <input type="hidden" name="thread" value=thread.to_string()/>
            <input type="hidden" name="form_key" prop:value=key value=key.get_untracked()/>
            {back.map(|back| view! { <input type="hidden" name="back" value=back/> })}
            <TextArea form name="body" label="Reply" id=id rows=if small { 2 } else { 4 } required=true
                hint="Markdown works: *emphasis*, **strong**, > quotation, - list." on_text=move |text: String| draft.keep(&text)/>
            <PreviewBox previewed/>
            <div class="composer-bar">
                <PreviewButton previewed draft/>
                <button class="button" type="submit" disabled=move || action.pending().get()>"Reply"</button>
            </div>
        </ActionForm>
    }
    .into_any()
}

/// What the text would look like, once that was asked for.
#[derive(Clone, Copy)]
pub(super) struct Previewed {
    html: RwSignal<Option<String>>,
    action: ServerAction<PreviewPost>,
}

/// `first` came with the page: asked for without JavaScript.
pub(super) fn use_preview(first: Option<String>) -> Previewed {
    let previewed = Previewed {
        html: RwSignal::new(first),
        action: ServerAction::new(),
    };
    Effect::new(move |_| {
        if let Some(Ok(html)) = previewed.action.value().get() {
            previewed.html.set(Some(html));
        }
    });
    previewed
}

#[component]
pub(super) fn PreviewBox(previewed: Previewed) -> impl IntoView {
    view! {
        <div role="status">
            {move || previewed.html.get().map(|html| view! {
                <div class="composer-preview"><p class="meta">"Preview"</p><Prose html/></div>
            })}
        </div>
    }
}

#[component]
pub(super) fn PreviewButton(previewed: Previewed, draft: Draft) -> impl IntoView {
    view! {
        <button class="button quiet" type="submit" name="preview" value="true" formnovalidate=true
            on:click=move |event| {
                event.prevent_default();
                previewed.action.dispatch(PreviewPost { body: draft.text() });
            }>
            "Preview"
        </button>
    }
}

/// What is being written, kept in this browser until it is posted.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    /// The key in the browser's storage, and the id of the text area.
    names: StoredValue<(String, String)>,
}

impl Draft {
    /// The draft of a thread or a group, of this person alone.
    pub(super) fn of(place: &impl std::fmt::Display, area: &str) -> Self {
        let viewer = use_viewer();
        let person = viewer
            .with_untracked(|viewer| viewer.id().map(ToString::to_string))
            .unwrap_or_default();
        Self {
            names: StoredValue::new((format!("draft:{person}:{place}"), area.to_owned())),
        }
    }

    pub(super) fn keep(self, text: &str) {
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
    pub(super) fn restore(self) {
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

    pub(super) fn clear(self) {
        self.keep("");
        if let Some(area) = self.area() {
            area.set_value("");
        }
    }

    pub(super) fn text(self) -> String {
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
