//! The reply form: a preview, a draft that stays in this browser, and a key
//! that makes one post of a form sent twice.

use leptos::prelude::*;

use crate::groups::api::{PreviewPost, Reply};
use crate::groups::components::Arrivals;
use crate::id::{GroupId, ThreadId};
use crate::lookups::components::{LINKS, READERS};
use crate::start::use_viewer;
use crate::ui::form::{Form, FormErrors};
use crate::ui::{Composer, Draft, Prose};

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
    let previewed = use_preview(preview, None, Some(thread.clone()));
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
            <Silenced/>
            <Mistakes form/>
            <input type="hidden" name="thread" value=thread.to_string()/>
            <input type="hidden" name="form_key" prop:value=key value=key.get_untracked()/>
            {back.map(|back| view! { <input type="hidden" name="back" value=back/> })}
            <Composer form name="body" label="Reply" id=id rows=if small { 2 } else { 4 } required=true links=LINKS people=READERS hint=HINT
                pictures=format!("thread={thread}")
                on_text=move |text: String| draft.keep(&text)/>
            <PreviewBox previewed/>
            <div class="composer-bar">
                <PreviewButton previewed draft/>
                <button class="button" type="submit" disabled=move || action.pending().get()>"Reply"</button>
            </div>
        </ActionForm>
    }
    .into_any()
}

/// What is wrong with the form. That it came back for a preview is no mistake,
/// and said where that is.
#[component]
pub(super) fn Mistakes(form: Form) -> impl IntoView {
    let preview = form.at("preview");
    move || preview.get().is_none().then(|| view! { <FormErrors form/> })
}

/// What a post can be written with.
pub(super) const HINT: &str = "Markdown works: *emphasis*, **strong**, > quotation, - list. [[ leads to a page of this \
    site, @ with a member’s whole name names them.";

/// Says beforehand that nothing can be posted for now.
#[component]
pub(super) fn Silenced() -> impl IntoView {
    use_viewer().with_untracked(|viewer| viewer.silenced).then(|| {
        view! { <p class="meta">"You may read here, and not post, for now. You are told why and until when as you try; what you write stays."</p> }
    })
}

/// What the text would look like, once that was asked for.
#[derive(Clone, Copy)]
pub(super) struct Previewed {
    html: RwSignal<Option<String>>,
    action: ServerAction<PreviewPost>,
    /// Where it will stand, which says whom it can name.
    place: StoredValue<(Option<GroupId>, Option<ThreadId>)>,
    /// The page was loaded to show it.
    came_back: bool,
}

/// `first` came with the page: asked for without JavaScript.
pub(super) fn use_preview(first: Option<String>, group: Option<GroupId>, thread: Option<ThreadId>) -> Previewed {
    let previewed = Previewed {
        came_back: first.is_some(),
        place: StoredValue::new((group, thread)),
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
                <div class="composer-preview" tabindex="-1" autofocus=previewed.came_back>
                    <p class="meta">"Preview: nothing is posted yet."</p>
                    <Prose html/>
                </div>
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
                let (group, thread) = previewed.place.get_value();
                // Of several groups it is the one that is chosen by now.
                let group = draft.beside("group").and_then(|chosen| GroupId::parse(&chosen)).or(group);
                previewed.action.dispatch(PreviewPost { body: draft.text(), group, thread });
            }>
            "Preview"
        </button>
    }
}
