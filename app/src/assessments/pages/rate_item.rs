use leptos::prelude::*;

use crate::assessments::api::SaveRating;
use crate::assessments::model::{Item, Level, NOT_MY_WORK, NOTE_LENGTH, Said};
use crate::assessments::sitting;
use crate::ui::Disclosure;
use crate::ui::field::{Choice, RadioGroup, SelectField, TextArea};
use crate::ui::form::{Form, FormErrors};

/// The id of a statement's element on the page.
fn anchor(node: &str) -> String {
    format!("statement-{node}")
}

fn choices(levels: &[Level]) -> Vec<Choice> {
    let level = |(number, level): (usize, &Level)| Choice {
        value: number.to_string(),
        label: level.label.clone(),
        description: level.description.clone(),
    };
    let not_mine = Choice {
        value: NOT_MY_WORK.into(),
        label: "Not part of my work".into(),
        description: "It is left out of my gaps".into(),
    };
    levels.iter().enumerate().map(level).chain([not_mine]).collect()
}

fn aims(levels: &[Level]) -> Vec<(String, String)> {
    let level = |(number, level): (usize, &Level)| (number.to_string(), level.label.clone());
    [(String::new(), "No aim for now".to_owned())]
        .into_iter()
        .chain(levels.iter().enumerate().map(level))
        .collect()
}

/// One statement: a form of its own, saved by itself.
#[component]
pub fn RateItem(
    item: Item,
    levels: Vec<Level>,
    /// The slug of the role profile rated; empty when there is none.
    profile: String,
    /// The address of the sitting.
    here: String,
    /// The statement after this one.
    next: Option<String>,
    /// How many were saved since the page was loaded.
    saved: RwSignal<u32>,
    /// How many the page has to rate.
    open: u32,
    again: bool,
) -> impl IntoView {
    let action = ServerAction::<SaveRating>::new();
    let form = Form::matching(action, &[("node", item.node.as_str())]);
    let is_done = RwSignal::new(false);
    // Whether something was chosen or written since it was saved last.
    let changed = RwSignal::new(false);
    let version = action.version();
    let has_next = next.is_some();
    let target = next.map_or_else(|| "sitting-end".to_owned(), |next| anchor(&next));
    Effect::new(move |_| {
        version.track();
        let ok = action.value().with(|value| matches!(value, Some(Ok(()))));
        if ok {
            changed.set(false);
        }
        if ok && !is_done.get_untracked() {
            is_done.set(true);
            saved.update(|saved| *saved += 1);
            if !again {
                focus(target.clone());
            }
        }
    });
    let node = item.node.to_string();
    let current = item.said.map(Said::value).unwrap_or_default();
    let aim = item.aimed_at.map(|level| level.to_string()).unwrap_or_default();
    let has_more = item.aimed_at.is_some() || !item.note.is_empty() || form.error().get_untracked().is_some();
    let looks = (!item.details.is_empty()).then(|| view! { <Looks details=item.details/> });
    let words = match (again, has_next) {
        (true, _) => "Save",
        (false, true) => "Save and next",
        (false, false) => "Save and finish",
    };
    let state = move || {
        let left = sitting::left(open.saturating_sub(saved.get()));
        match (changed.get(), is_done.get()) {
            (true, _) => "Not saved yet.".to_owned(),
            (false, true) => "Saved.".to_owned(),
            (false, false) if again => String::new(),
            (false, false) => format!("{left}."),
        }
    };
    let heading = anchor(&node);
    view! {
        <li data-done=move || is_done.get().then_some("")>
            <header class="rating-head" id=heading.clone() tabindex="-1">
                <p class="kicker">{item.code}{(!item.above.is_empty()).then(|| format!(" · {}", item.above))}</p>
                <h2 id=format!("{heading}-title")>{item.title}</h2>
            </header>
            {looks}
            <ActionForm action attr:class="form form-wide" attr:aria-labelledby=format!("{heading}-title")>
                <input type="hidden" name="node" value=node.clone()/>
                <input type="hidden" name="profile" value=profile/>
                <input type="hidden" name="here" value=here/>
                <div class="form form-wide" on:change=move |_| changed.set(true)>
                <RadioGroup form name="level" legend="Today I have…" choices=choices(&levels) value=current id=format!("level-{node}")/>
                <Disclosure summary="A level I aim at, a note" open=has_more>
                    <SelectField form name="aimed_at" label="I aim at" options=aims(&levels) value=aim id=format!("aim-{node}")/>
                    <TextArea form name="note" label="A note to myself" value=item.note rows=3
                        maxlength=u32::try_from(NOTE_LENGTH).unwrap_or(u32::MAX) id=format!("note-{node}")/>
                </Disclosure>
                </div>
                <FormErrors form/>
                <div class="rating-actions">
                    <span class="meta">{state}</span>
                    <button class="button" type="submit">{words}</button>
                </div>
            </ActionForm>
        </li>
    }
}

/// What the statement looks like at work.
#[component]
fn Looks(details: Vec<(String, Vec<String>)>) -> impl IntoView {
    let kinds = details
        .into_iter()
        .map(|(kind, list)| {
            let list = list.into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
            view! { <div class="entry"><h3>{kind}</h3><ul>{list}</ul></div> }
        })
        .collect_view();
    view! { <Disclosure summary="What this looks like"><div class="columns">{kinds}</div></Disclosure> }
}

/// Moves on to the next statement once it is shown.
fn focus(id: String) {
    use wasm_bindgen::JsCast;

    request_animation_frame(move || {
        let element = document()
            .get_element_by_id(&id)
            .and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
        if let Some(element) = element {
            let _ = element.focus();
        }
    });
}
