//! What levels of the editions before are called on the draft's scale.

use leptos::prelude::*;

use crate::editions::api::NameLevels;
use crate::editions::model::LevelAsked;
use crate::ui::form::{Form, FormErrors};
use crate::ui::{Notice, Tone};

/// One choice for each level that no label of the scale says. What is suggested
/// counts once it is saved.
#[component]
pub(super) fn ScaleChanged(
    asked: Vec<LevelAsked>,
    scale: Vec<String>,
    edition: String,
    action: ServerAction<NameLevels>,
) -> impl IntoView {
    let form = Form::of(action);
    let open: Vec<String> = asked
        .iter()
        .filter(|one| one.asks)
        .map(|one| format!("“{}”", one.label))
        .collect();
    let notice = (!open.is_empty()).then(|| {
        let words = format!(
            "The scale of the draft does not have {}. Say what each is called now: as it stands, whoever was rated so is asked again about each statement, and what jobs need and courses serve goes on with the level that stands in its place.",
            open.join(", ")
        );
        view! { <Notice tone=Tone::Highlight><p>{words}</p></Notice> }
    });
    let rows = asked
        .into_iter()
        .enumerate()
        .map(|(at, one)| level(form, at, one, &scale))
        .collect_view();
    view! {
        <section>
            <h3>"Levels that are called otherwise"</h3>
            {notice}
            <ActionForm action attr:class="form">
                <FormErrors form/>
                <input type="hidden" name="edition" value=edition/>
                {rows}
                <div class="form-actions"><button class="button small" type="submit">"Save the levels"</button></div>
            </ActionForm>
        </section>
    }
}

fn level(form: Form, at: usize, one: LevelAsked, scale: &[String]) -> AnyView {
    let (name, id) = (format!("levels[{at}]"), format!("level-{at}"));
    let unsaved = one.said.is_none() && one.suggested.is_some();
    let chosen = form.value(&name, &one.said.or(one.suggested).unwrap_or_default());
    let field = name.clone();
    let error = Memo::new(move |_| {
        let error = form.error();
        error.with(|error| error.as_ref().and_then(|error| error.at(&field).map(str::to_owned)))
    });
    let mut options = vec![(String::new(), "None of these: ask people again".to_owned())];
    options.extend(scale.iter().map(|label| (label.clone(), label.clone())));
    let options = options
        .into_iter()
        .map(|(value, words)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{words}</option> }
        })
        .collect_view();
    let error_id = format!("{id}-error");
    view! {
        <input type="hidden" name=format!("was[{at}]") value=one.label.clone()/>
        <div class="field" data-invalid=move || error.get().map(|_| "")>
            <label for=id.clone()>{format!("“{}” is now", one.label)}</label>
            {unsaved.then(|| view! { <p class="meta">"As suggested; it counts once you save it."</p> })}
            <select id=id name=name aria-describedby=error_id.clone() aria-invalid=move || error.get().map(|_| "true")>{options}</select>
            <p class="field-error" id=error_id>{error}</p>
        </div>
    }
    .into_any()
}
