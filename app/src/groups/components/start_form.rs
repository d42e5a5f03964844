//! Starting a thread, in a group or about a lesson or a statement.

use leptos::prelude::*;

use super::composer::{HINT, Mistakes, PreviewBox, PreviewButton, Silenced, use_preview};
use crate::groups::api::StartThread;
use crate::groups::model::{About, ThreadKind};
use crate::id::GroupId;
use crate::lookups::components::{LINKS, READERS};
use crate::ui::field::{Choice, RadioGroup, SelectField, TextArea, TextField};
use crate::ui::form::Form;
use crate::ui::{Composer, Draft};

/// What the draft keeps beside the text.
const FIELDS: [&str; 4] = ["title", "kind", "quote", "group"];

#[component]
pub fn StartForm(
    action: ServerAction<StartThread>,
    /// The groups to choose from, with their titles; one is not asked for.
    groups: Vec<(GroupId, String)>,
    form_key: String,
    /// What it is attached to.
    #[prop(default = None)]
    about: Option<About>,
    /// Whether words of a lesson can be quoted.
    #[prop(optional)]
    with_quote: bool,
    /// The page to return to, when not the thread's own.
    #[prop(default = None, into)]
    back: Option<String>,
    #[prop(default = None)] preview: Option<String>,
) -> impl IntoView {
    let form = Form::of(action);
    let group = groups.first().map(|(id, _)| id.clone());
    let place = group.as_ref().map(ToString::to_string).unwrap_or_default();
    let previewed = use_preview(preview, group, None);
    // What is said about one thing is no draft about another.
    let whole = about.as_ref().map_or(&place, |about| &about.id);
    let draft = Draft::of(&format!("start:{whole}"), "start-body");
    draft.restore_form(&FIELDS);
    Effect::new(move |_| {
        if let Some(Ok(())) = action.value().get() {
            draft.clear();
            draft.forget_form();
        }
    });
    let kinds = [
        (ThreadKind::Question, "You look for an answer."),
        (ThreadKind::Discussion, "You want to hear what others think or do."),
    ];
    let choices = kinds.map(|(kind, description)| Choice {
        value: kind.as_str().to_owned(),
        label: kind.label().to_owned(),
        description: description.to_owned(),
    });
    view! {
        <ActionForm action attr:class="form" on:input=move |_| draft.keep_form(&FIELDS)>
            <Silenced/>
            <Mistakes form/>
            <GroupChoice form groups/>
            <input type="hidden" name="form_key" value=form_key/>
            {back.map(|back| view! { <input type="hidden" name="back" value=back/> })}
            {about.map(|about| view! {
                <input type="hidden" name="anchor_kind" value=about.kind/>
                <input type="hidden" name="anchor_id" value=about.id/>
                <p class="meta">{format!("About “{}”", about.label)}</p>
            })}
            <TextField form name="title" label="Title" required=true maxlength=200 id="start-title"/>
            <RadioGroup form name="kind" legend="What is it?" choices=choices.to_vec() value="question"/>
            {with_quote.then(|| view! {
                <TextArea form name="quote" label="The passage you mean, if any" rows=2 maxlength=1000 id="start-quote"/>
            })}
            <Composer form name="body" label="What do you want to say?" required=true id="start-body" links=LINKS people=READERS hint=HINT
                pictures=format!("group={place}")
                on_text=move |text: String| draft.keep(&text)/>
            <PreviewBox previewed/>
            <div class="form-actions">
                <PreviewButton previewed draft/>
                <button class="button" type="submit" disabled=move || action.pending().get()>"Start it"</button>
            </div>
        </ActionForm>
    }
    .into_any()
}

#[component]
fn GroupChoice(form: Form, groups: Vec<(GroupId, String)>) -> impl IntoView {
    if groups.len() > 1 {
        let options = groups.into_iter().map(|(id, title)| (id.to_string(), title)).collect();
        view! { <SelectField form name="group" label="In which group" options id="start-group"/> }.into_any()
    } else {
        let id = groups.first().map(|(id, _)| id.to_string()).unwrap_or_default();
        view! { <input type="hidden" name="group" value=id/> }.into_any()
    }
}
