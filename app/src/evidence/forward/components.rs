//! Beside a piece of one's own: to whom it was put forward, and how that is done.

use leptos::prelude::*;

use super::api::{PutEvidenceForward, TakeEvidenceBack};
use super::model::PutForward;
use crate::ui::Disclosure;
use crate::ui::field::SelectField;
use crate::ui::form::{Form, FormErrors};

/// What was answered of a piece, and what waits for its answer.
#[component]
pub fn PutForwardLines(put_forward: Vec<PutForward>, take_back: ServerAction<TakeEvidenceBack>) -> impl IntoView {
    put_forward
        .into_iter()
        .map(|one| line(one, take_back))
        .collect_view()
        .into_any()
}

fn line(one: PutForward, take_back: ServerAction<TakeEvidenceBack>) -> AnyView {
    let PutForward {
        id,
        reviewer,
        on,
        answer,
    } = one;
    let Some(answer) = answer else {
        let hidden = format!(" from {reviewer}");
        return view! {
            <div class="cluster">
                <span class="meta">{format!("Put forward to {reviewer} on {on}; no answer yet")}</span>
                <ActionForm action=take_back attr:class="no-print">
                    <input type="hidden" name="review" value=id.to_string()/>
                    <button class="link-button" type="submit">"Take back"<span class="visually-hidden">{hidden}</span></button>
                </ActionForm>
            </div>
        }
        .into_any();
    };
    let said = (!answer.comment.is_empty()).then(|| view! { <p class="lines">{answer.comment.clone()}</p> });
    let head = format!("{reviewer} on {}: {}", answer.on, answer.finding.label());
    view! {
        <p><b>{head}</b></p>
        {said}
    }
    .into_any()
}

/// Chooses somebody who manages or trains one.
#[component]
pub fn PutForwardForm(
    evidence: String,
    key: String,
    reviewers: Vec<(String, String)>,
    action: ServerAction<PutEvidenceForward>,
) -> impl IntoView {
    let form = Form::matching(action, &[("evidence", &evidence)]);
    let refused = form.error().get_untracked().is_some();
    let id = format!("evidence-reviewer-{evidence}");
    let key = form.value("key", &format!("{key}{evidence}"));
    view! {
        <Disclosure summary="Put forward" open=refused>
            <ActionForm action attr:class="form">
                <FormErrors form/>
                <input type="hidden" name="evidence" value=evidence/>
                <input type="hidden" name="key" value=key/>
                <SelectField form name="reviewer" label="To whom" options=reviewers id
                    hint="Those who manage or train where you work. They see this piece alone, until they answer or you take it back."/>
                <div class="form-actions"><button class="button quiet" type="submit">"Put it forward"</button></div>
            </ActionForm>
        </Disclosure>
    }
    .into_any()
}
