//! What levels of the editions before are called on the draft's scale.

use leptos::prelude::*;

use crate::editions::api::NameLevels;
use crate::editions::model::LevelAsked;
use crate::ui::field::SelectField;
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
    let mut options = vec![(String::new(), "None of these: ask people again".to_owned())];
    options.extend(scale.iter().map(|label| (label.clone(), label.clone())));
    let (name, id) = (format!("levels[{at}]"), format!("level-{at}"));
    let label = format!("“{}” is now", one.label);
    let was = view! { <input type="hidden" name=format!("was[{at}]") value=one.label/> };
    match (one.said, one.suggested) {
        (None, Some(value)) => view! {
            {was}
            <SelectField form name label options value id hint="As suggested; it counts once you save it."/>
        }
        .into_any(),
        (said, _) => {
            view! { {was} <SelectField form name label options value=said.unwrap_or_default() id/> }.into_any()
        }
    }
}
