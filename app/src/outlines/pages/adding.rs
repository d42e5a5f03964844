//! Adding to an outline: one line, or many that were pasted.

use leptos::prelude::*;

use super::outline::Actions;
use super::whole::AllTheSame;
use super::{hand, in_place};
use crate::outlines::api::AddEntries;
use crate::outlines::model::{Draft, LONGEST_PASTE, LONGEST_TITLE, Pasted};
use crate::outlines::pasting;
use crate::ui::field::{SelectField, TextArea, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::{Cell, Disclosure, Row, Table, filled};

/// The field for one more line.
pub(super) const NEW_LINE: &str = "new-line";

/// Lines of a preview that are shown.
const SHOWN: usize = 100;

/// Where something can be added, the nearest first.
fn spots(draft: &Draft) -> Vec<(String, String)> {
    let beneath = draft
        .open
        .iter()
        .map(|open| (format!("beneath-{}", open.id), format!("Beneath “{}”", open.words())));
    let after = draft
        .open
        .iter()
        .map(|open| (format!("after-{}", open.id), format!("Behind “{}”", open.words())));
    let top = ("top".to_owned(), "At the top, last".to_owned());
    beneath.chain(after).chain([top]).collect()
}

/// Adds one line; stays ready for the next.
#[component]
pub(super) fn Add(draft: Draft, actions: Actions, numbered: bool) -> impl IntoView {
    let Actions {
        add: action,
        after,
        focus,
        kept,
        ..
    } = actions;
    Effect::new(move |_| {
        if let (Some(line), Some(text)) = (in_place::input(NEW_LINE), kept.kept())
            && line.value().is_empty()
        {
            line.set_value(&text);
        }
    });
    let keep = move |event: leptos::ev::Event| {
        let typed = event_target::<web_sys::HtmlInputElement>(&event);
        if typed.id() == NEW_LINE {
            kept.keep(&typed.value());
        }
    };
    let form = Form::matching(action, &[("plain", "true")]);
    let spots = spots(&draft);
    let edition = draft.edition.clone();
    let open = draft.open.as_ref().map(|open| open.id.to_string()).unwrap_or_default();
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        let field = event_target::<web_sys::Element>(&event);
        if field.id() == NEW_LINE {
            hand::on_key_adding(&event, (&edition, &open), actions);
        }
    };
    let hint = if numbered {
        "Its code follows from its place."
    } else {
        "Its code can be written once it is there."
    };
    view! {
        <ActionForm action attr:class="form" attr:id="add" on:input=keep on:keydown=on_key on:submit=move |_| ready(after, focus)>
            <FormErrors form/>
            <input type="hidden" name="edition" value=draft.edition.to_string()/>
            <input type="hidden" name="plain" value="true"/>
            <input type="hidden" name="key" value=draft.keys[0].clone()/>
            <TextField form name="text" label="New line" required=true maxlength=LONGEST_TITLE hint=hint id=NEW_LINE/>
            {move || {
                let chosen = after.get().map(|(id, title)| (format!("after-{id}"), format!("Behind “{title}”")));
                let value = chosen.as_ref().map(|(value, _)| value.clone()).unwrap_or_default();
                let options: Vec<_> = chosen.into_iter().chain(spots.clone()).collect();
                view! { <SelectField form name="spot" label="Where" options value id="new-spot"/> }
            }}
            <div class="form-actions"><button class="button" type="submit">"Add"</button></div>
        </ActionForm>
    }
}

/// The next line is written where this one was.
fn ready(after: RwSignal<Option<(String, String)>>, focus: StoredValue<Option<String>>) {
    focus.set_value(Some(NEW_LINE.into()));
    // What is being sent is read from the form first.
    request_animation_frame(move || after.set(None));
}

/// Adds what was pasted, once it was looked at.
#[component]
pub(super) fn Paste(draft: Draft, action: ServerAction<AddEntries>) -> impl IntoView {
    let form = Form::matching(action, &[("plain", "false")]);
    let typed = RwSignal::new(form.value("text", ""));
    let open = form.error().get_untracked().is_some();
    view! {
        <section id="paste">
            <Disclosure summary="Paste an outline or rows of a spreadsheet…" open>
                <ActionForm action attr:class="form form-wide">
                    <FormErrors form/>
                    <input type="hidden" name="edition" value=draft.edition.to_string()/>
                    <input type="hidden" name="plain" value="false"/>
                    <input type="hidden" name="key" value=draft.keys[1].clone()/>
                    <TextArea form name="text" label="What to add" rows=10 required=true maxlength=LONGEST_PASTE id="paste-text"
                        hint="A line each, indented as they stand; or rows of a spreadsheet: code, statement and kind, or whatever the names in its first row say."
                        on_text=Callback::new(move |text| typed.set(text))/>
                    <SelectField form name="spot" label="Where" options=spots(&draft) id="paste-spot"/>
                    <Preview typed numbered=draft.frame.numbered/>
                    <AllTheSame form name="again" label="Add it all the same"/>
                    <div class="form-actions">
                        <button class="button" type="submit">"Add all of it"</button>
                        <button class="button quiet" type="submit" name="step" value="preview">"Look at it first"</button>
                    </div>
                </ActionForm>
            </Disclosure>
        </section>
    }
}

/// What would be added, while one types.
#[component]
fn Preview(typed: RwSignal<String>, numbered: bool) -> impl IntoView {
    move || {
        let text = typed.get();
        if text.trim().is_empty() {
            return ().into_any();
        }
        match pasting::read(&text) {
            Ok((lines, left_out)) => view! {
                {preview(lines, numbered)}
                {(!left_out.is_empty()).then(|| view! { <p class="meta">{format!("Left out: {}.", left_out.join(", "))}</p> })}
            }
            .into_any(),
            Err(message) => view! { <p class="field-error">{message}</p> }.into_any(),
        }
    }
}

fn preview(lines: Vec<Pasted>, numbered: bool) -> AnyView {
    let count = lines.len();
    let more = count.checked_sub(SHOWN).filter(|more| *more > 0);
    let caption = match more {
        Some(more) => format!("{count} to add, {more} more than stand here"),
        None => format!("{count} to add"),
    };
    let repeated = match numbered {
        true => Vec::new(),
        false => pasting::repeated(lines.iter().map(|line| line.code.as_str())),
    };
    let repeated = (!repeated.is_empty()).then(|| {
        let words = format!(
            "These codes stand more than once in it: {}.",
            pasting::some_of(&repeated)
        );
        view! { <p class="field-error">{words}</p> }
    });
    let rows = lines
        .into_iter()
        .take(SHOWN)
        .map(|line| {
            let beside = beside(&line);
            let code = if numbered { String::new() } else { line.code };
            view! {
                <Row>
                    <Cell label="Statement" heading=true>{line.title}</Cell>
                    <Cell label="Depth" num=true>{line.depth + 1}</Cell>
                    <Cell label="Code">{filled(code)}</Cell>
                    <Cell label="Kind">{filled(line.kind)}</Cell>
                    <Cell label="With it">{filled(beside)}</Cell>
                </Row>
            }
        })
        .collect_view();
    let head = ["Statement", "Depth", "Code", "Kind", "With it"]
        .map(String::from)
        .to_vec();
    view! { {repeated} <Table caption head>{rows}</Table> }.into_any()
}

/// What comes along with a statement, by name.
fn beside(line: &Pasted) -> String {
    let description = (!line.description.is_empty()).then_some("description");
    let details = ["knowledge", "skills", "attitudes", "behaviours"]
        .into_iter()
        .zip(line.details());
    let details = details.filter_map(|(name, entries)| (!entries.is_empty()).then_some(name));
    description.into_iter().chain(details).collect::<Vec<_>>().join(", ")
}
