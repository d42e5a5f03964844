use leptos::prelude::*;

use super::api::{EndSessionsOf, LiftSuspension, Suspend};
use super::model::{Barred, REASON_CHARACTERS, Suspension};
use crate::ui::field::{Choice, RadioGroup, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::{Disclosure, Notice, Tone};

/// What was done, in words.
pub fn notice(word: &str) -> Option<&'static str> {
    match word {
        "suspended" => Some("They are suspended from now on."),
        "lifted" => Some("It is lifted."),
        "signed-out" => Some("They are signed out everywhere."),
        _ => None,
    }
}

/// Suspending somebody, on their page for those who look after them: of an
/// organisation, or of none.
#[component]
pub fn Moderation(
    organisation: Option<String>,
    person: String,
    name: String,
    held: Option<Suspension>,
) -> impl IntoView {
    let (lift, out): (ServerAction<LiftSuspension>, ServerAction<EndSessionsOf>) =
        (ServerAction::new(), ServerAction::new());
    let (lifting, ending) = (Form::of(lift), Form::of(out));
    let whom = (organisation.clone(), person.clone());
    let standing = held.map(|held| {
        let what = held.what.label().to_lowercase();
        let what = format!("May not {what} until the end of {}: {}", held.until, held.reason);
        view! {
            <Notice tone=Tone::Highlight><p>{what}</p><p class="meta">{format!("Laid down by {}", held.by)}</p></Notice>
            <ActionForm action=lift attr:class="form">
                <FormErrors form=lifting/>
                <Whom organisation=whom.0.clone() person=whom.1.clone()/>
                <div class="form-actions"><button class="button quiet" type="submit">"Lift it"</button></div>
            </ActionForm>
        }
    });
    view! {
        <section>
            <h2>"Suspension"</h2>
            {standing}
            <SuspendForm name organisation=organisation.clone() person=person.clone()/>
            <ActionForm action=out attr:class="form">
                <FormErrors form=ending/>
                <Whom organisation person/>
                <div class="form-actions"><button class="button quiet" type="submit">"Sign them out everywhere"</button></div>
            </ActionForm>
        </section>
    }
}

#[component]
fn SuspendForm(name: String, organisation: Option<String>, person: String) -> impl IntoView {
    let action: ServerAction<Suspend> = ServerAction::new();
    let form = Form::of(action);
    let refused = form.error().get_untracked().is_some();
    let choices = Barred::ALL.map(|what| Choice {
        value: what.as_str().into(),
        label: what.label().into(),
        description: what.description().into(),
    });
    view! {
        <Disclosure summary=format!("Suspend {name}…") open=refused>
            <p>"They are told the reason and the day when they try. Their ratings, plans and posts stay."</p>
            <ActionForm action attr:class="form">
                <FormErrors form/>
                <Whom organisation person/>
                <RadioGroup form name="what" legend="Until then they may not" choices=choices.to_vec() value=Barred::Posting.as_str()/>
                <TextField form name="reason" label="Reason, in words for them" required=true maxlength=REASON_CHARACTERS/>
                <TextField form name="last_day" label="Last day" kind="date" required=true/>
                <div class="form-actions"><button class="button danger" type="submit">{format!("Suspend {name}")}</button></div>
            </ActionForm>
        </Disclosure>
    }
}

#[component]
fn Whom(organisation: Option<String>, person: String) -> impl IntoView {
    view! {
        {organisation.map(|organisation| view! { <input type="hidden" name="organisation" value=organisation/> })}
        <input type="hidden" name="person" value=person/>
    }
}
