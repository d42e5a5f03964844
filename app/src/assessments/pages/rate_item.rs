use leptos::prelude::*;

use super::rate::Place;
use super::saving::Saving;
use crate::assessments::model::{Item, Level, NOT_MY_WORK, NOTE_LENGTH, Said, field_of};
use crate::ui::Disclosure;
use crate::ui::field::{Choice, RadioGroup, SelectField, TextArea};
use crate::ui::form::{Form, FormErrors};

/// The id of a statement's element on the page.
pub(super) fn anchor(node: &str) -> String {
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

/// One statement: what is chosen is saved at once and by itself. Without JavaScript its
/// button sends the whole page.
#[component]
pub fn RateItem(
    item: Item,
    /// Its place among those that the page has to rate.
    at: usize,
    levels: Vec<Level>,
    /// What it is written in, where that is not the interface's language.
    lang: Option<String>,
    /// The statements of the page.
    anchors: StoredValue<Vec<String>>,
    place: Place,
    again: bool,
    /// The form of the page, whose errors stand above it.
    whole: Form,
) -> impl IntoView {
    let node = item.node.to_string();
    let current = item.said.map(Said::value).unwrap_or_default();
    let saving = Saving::new(node.clone(), current.clone(), at, again, place, anchors);
    let form = saving.form();
    let open = anchors.with_value(Vec::len);
    let aim = item.aimed_at.map(|level| level.to_string()).unwrap_or_default();
    let looks = (!item.details.is_empty()).then(|| view! { <Looks details=item.details lang=lang.clone()/> });
    let words = match (again, at + 1 < open) {
        (true, _) => "Save",
        (false, true) => "Save and next",
        (false, false) => "Save and finish",
    };
    let heading = anchor(&node);
    let title = format!("{heading}-title");
    let ids = ["level", "aim", "note"].map(|field| format!("{field}-{node}"));
    let names = ["levels", "aims", "notes"].map(|field| field_of(field, &node));
    for (name, id) in names.iter().zip(&ids) {
        whole.field(name.clone(), id);
    }
    let typed = |name: &str, initial: &str| !form.value(name, initial).is_empty();
    let has_more = typed(&names[1], &aim) || typed(&names[2], &item.note);
    let ([level_id, aim_id, note_id], [level, aimed_at, note]) = (ids, names);
    let kicker: Vec<String> = [item.code, item.above]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    let kicker = kicker.join(" · ");
    view! {
        <li
            data-done=move || place.is_saved(at).then_some("")
            data-current=move || place.is_at(at).then_some("")
            on:keydown=move |event| {
                saving.by_key(&event);
                keys(&event, at, open, place, anchors);
            }
            on:pointerdown=move |_| saving.by_hand()
        >
            <header class="rating-head" lang=lang id=heading tabindex="-1">
                <p class="kicker">{kicker}</p>
                <h2 id=title.clone()>{item.title}</h2>
            </header>
            {looks}
            <div class="form form-wide rating-form" role="group" aria-labelledby=title>
                {move || saving.was_sent().then(|| view! { <FormErrors form/> })}
                <div class="rating-choices" on:change=move |_| saving.change()>
                    <RadioGroup form name=level legend="Today I have…" choices=choices(&levels) value=current id=level_id/>
                    <Disclosure summary="A level I aim at, a note" open=has_more>
                        <SelectField form name=aimed_at label="I aim at" options=aims(&levels) value=aim id=aim_id/>
                        <TextArea form name=note label="A note to myself" value=item.note rows=3
                            maxlength=u32::try_from(NOTE_LENGTH).unwrap_or(u32::MAX) id=note_id/>
                    </Disclosure>
                </div>
                <div class="rating-actions">
                    {(!again).then(|| view! { <Beside at open place anchors/> })}
                    <span class="meta">{move || saving.words()}</span>
                    <button class="button" type="submit" name="pressed" value=node on:click=move |event| {
                        event.prevent_default();
                        saving.press();
                    }>{words}</button>
                </div>
            </div>
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
pub(super) fn anchor_at(anchors: StoredValue<Vec<String>>, at: usize) -> String {
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
pub(super) fn focus(id: String) {
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
