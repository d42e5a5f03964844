use leptos::prelude::*;

use super::rate::Place;
use crate::assessments::api::SaveRating;
use crate::assessments::model::{Item, Level, NOT_MY_WORK, NOTE_LENGTH, Said};
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
    /// Its place among those that the page has to rate.
    at: usize,
    levels: Vec<Level>,
    /// What it is written in, where that is not the interface's language.
    lang: Option<String>,
    /// The slug of the role profile rated; empty when there is none.
    profile: String,
    /// The address of the sitting.
    here: String,
    /// The statements of the page.
    anchors: StoredValue<Vec<String>>,
    place: Place,
    again: bool,
) -> impl IntoView {
    let action = ServerAction::<SaveRating>::new();
    let form = Form::matching(action, &[("node", item.node.as_str())]);
    // Whether something was chosen or written since it was saved last.
    let changed = RwSignal::new(false);
    let version = action.version();
    let open = anchors.with_value(Vec::len);
    Effect::new(move |_| {
        version.track();
        let ok = action.value().with(|value| matches!(value, Some(Ok(()))));
        if ok {
            changed.set(false);
            let next = untrack(|| place.save(at));
            if !again {
                focus(anchor_at(anchors, next));
            }
        }
    });
    let node = item.node.to_string();
    let current = item.said.map(Said::value).unwrap_or_default();
    let aim = item.aimed_at.map(|level| level.to_string()).unwrap_or_default();
    let has_more = item.aimed_at.is_some() || !item.note.is_empty() || form.error().get_untracked().is_some();
    let looks = (!item.details.is_empty()).then(|| view! { <Looks details=item.details lang=lang.clone()/> });
    let words = match (again, at + 1 < open) {
        (true, _) => "Save",
        (false, true) => "Save and next",
        (false, false) => "Save and finish",
    };
    let state = move || match (changed.get(), place.is_saved(at)) {
        (true, _) => "Not saved yet.",
        (false, true) => "Saved.",
        (false, false) => "",
    };
    let heading = anchor(&node);
    let kicker: Vec<String> = [item.code, item.above]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    let kicker = kicker.join(" · ");
    view! {
        <li
            data-done=move || place.is_saved(at).then_some("")
            data-current=move || place.is_at(at).then_some("")
            on:keydown=move |event| keys(&event, at, open, place, anchors)
        >
            <header class="rating-head" lang=lang id=heading.clone() tabindex="-1">
                <p class="kicker">{kicker}</p>
                <h2 id=format!("{heading}-title")>{item.title}</h2>
            </header>
            {looks}
            <ActionForm action attr:class="form form-wide rating-form" attr:aria-labelledby=format!("{heading}-title")>
                <input type="hidden" name="node" value=node.clone()/>
                <input type="hidden" name="profile" value=profile/>
                <input type="hidden" name="here" value=here/>
                <div class="rating-choices" on:change=move |_| changed.set(true)>
                    <RadioGroup form name="level" legend="Today I have…" choices=choices(&levels) value=current id=format!("level-{node}")/>
                    <Disclosure summary="A level I aim at, a note" open=has_more>
                        <SelectField form name="aimed_at" label="I aim at" options=aims(&levels) value=aim id=format!("aim-{node}")/>
                        <TextArea form name="note" label="A note to myself" value=item.note rows=3
                            maxlength=u32::try_from(NOTE_LENGTH).unwrap_or(u32::MAX) id=format!("note-{node}")/>
                    </Disclosure>
                </div>
                <FormErrors form/>
                <div class="rating-actions">
                    {(!again).then(|| view! { <Beside at open place anchors/> })}
                    <span class="meta">{state}</span>
                    <button class="button" type="submit">{words}</button>
                </div>
            </ActionForm>
        </li>
    }
}

/// The ways to the statements before and after, on a phone; without JavaScript
/// the address says which one is shown.
#[component]
fn Beside(at: usize, open: usize, place: Place, anchors: StoredValue<Vec<String>>) -> impl IntoView {
    let link = move |to: Option<usize>, words: &'static str| {
        to.filter(|to| *to < open).map(|to| {
            let id = anchor_at(anchors, to);
            view! {
                <a class="rating-beside" rel="external" href=format!("#{id}") on:click=move |event| {
                    event.prevent_default();
                    place.go(to);
                    focus(anchor_at(anchors, to));
                }>{words}</a>
            }
        })
    };
    view! {
        {link(at.checked_sub(1), "Back")}
        {link(Some(at + 1), "Skip")}
    }
}

/// Digits choose a level; n and p go to the next statement and the one before.
fn keys(event: &web_sys::KeyboardEvent, at: usize, open: usize, place: Place, anchors: StoredValue<Vec<String>>) {
    use wasm_bindgen::JsCast;

    let on = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok());
    let Some(on) = on.filter(|on| {
        let radio = on.tag_name() == "INPUT";
        !event.ctrl_key() && !event.alt_key() && !event.meta_key() && (radio || on.tag_name() == "HEADER")
    }) else {
        return;
    };
    let to = match event.key().as_str() {
        "n" => Some(at + 1),
        "p" => at.checked_sub(1),
        digit => {
            let number = digit.parse::<u32>().ok().and_then(|digit| digit.checked_sub(1));
            let radios = on
                .closest("li")
                .ok()
                .flatten()
                .and_then(|item| item.query_selector_all("[type=radio]").ok());
            let radio = number
                .zip(radios)
                .and_then(|(number, radios)| radios.item(number)?.dyn_into::<web_sys::HtmlElement>().ok());
            if let Some(radio) = radio {
                event.prevent_default();
                let _ = radio.focus();
                radio.click();
            }
            None
        }
    };
    if let Some(to) = to.filter(|to| *to < open) {
        event.prevent_default();
        place.go(to);
        focus(anchor_at(anchors, to));
    }
}

/// The element to go on to: a statement, or the end of the sitting.
fn anchor_at(anchors: StoredValue<Vec<String>>, at: usize) -> String {
    anchors.with_value(|anchors| {
        anchors
            .get(at)
            .map_or_else(|| "sitting-end".to_owned(), |node| anchor(node))
    })
}

/// What the statement looks like at work.
#[component]
fn Looks(details: Vec<(String, Vec<String>)>, lang: Option<String>) -> impl IntoView {
    let kinds = details
        .into_iter()
        .map(|(kind, list)| {
            let list = list.into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
            view! { <div class="entry"><h3>{kind}</h3><ul lang=lang.clone()>{list}</ul></div> }
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
