use leptos::prelude::*;

use super::Changes;
use super::goals::due_chip;
use crate::language::foreign;
use crate::plans::model::{Action, ActionKind};
use crate::ui::field::TextField;
use crate::ui::form::{Form, FormErrors};
use crate::ui::{Chip, Disclosure, Tone};

#[component]
pub fn Actions(actions: Vec<Action>, changes: Changes) -> impl IntoView {
    let some = !actions.is_empty();
    let rows = actions
        .into_iter()
        .map(|action| view! { <ActionRow action changes/> })
        .collect_view();
    some.then(|| {
        view! {
            <section>
                <h2>"Actions"</h2>
                <ul class="rows rows-ruled" role="list">{rows}</ul>
            </section>
        }
    })
}

#[component]
fn ActionRow(action: Action, changes: Changes) -> impl IntoView {
    let title = match action.href.clone() {
        Some(href) => {
            view! { <a class="quiet-link" href=href lang=foreign(&action.language)>{action.title.clone()}</a> }
                .into_any()
        }
        None => view! { <span lang=foreign(&action.language)>{action.title.clone()}</span> }.into_any(),
    };
    let is_done = action.done.is_some();
    let end = match &action.done {
        Some(day) => Some(view! { <Chip label=format!("Done {day}") tone=Tone::Accent/> }.into_any()),
        None => due_chip(&action.due, false),
    };
    let words = if is_done { "Not done after all" } else { "Mark done" };
    let hidden = format!(": {}", action.title);
    let id = action.id.to_string();
    view! {
        <li class="plan-row">
            <div class="row">
                <span class="row-start plan-kind">{action.kind.label()}</span>
                <div class="row-main">{title}</div>
                <span class="row-end">{end}</span>
            </div>
            <div class="plan-tools no-print">
                <ActionForm action=changes.set_done>
                    <input type="hidden" name="action" value=id/>
                    <input type="hidden" name="done" value=if is_done { "false" } else { "true" }/>
                    <button class="link-button" type="submit">{words}<span class="visually-hidden">{hidden}</span></button>
                </ActionForm>
                <ChangeForm action changes/>
            </div>
        </li>
    }
}

#[component]
fn ChangeForm(action: Action, changes: Changes) -> impl IntoView {
    let id = action.id.to_string();
    let form = Form::matching(changes.change_action, &[("action", &id)]);
    let refused = form.error().get_untracked().is_some();
    let (again, label) = (id.clone(), format!("By when: {}", action.title));
    let hidden = format!(": {}", action.title);
    let field = format!("action-due-{id}");
    let own = matches!(action.kind, ActionKind::Task | ActionKind::Conversation);
    let words = format!("action-title-{id}");
    let summary = match (own, action.due.day.is_empty()) {
        (false, true) => "Set a date",
        _ => "Change",
    };
    view! {
        <Disclosure summary=summary open=refused>
            <ActionForm action=changes.change_action attr:class="form">
                <FormErrors form/>
                <input type="hidden" name="action" value=id/>
                {own.then(|| view! { <TextField form name="title" label="In your words" value=action.title.clone() id=words/> })}
                <TextField form name="due" label kind="date" value=action.due.day
                    id=field/>
                <div class="form-actions"><button class="button quiet" type="submit">"Save"</button></div>
            </ActionForm>
            <ActionForm action=changes.remove_action>
                <input type="hidden" name="action" value=again/>
                <button class="link-button" type="submit">
                    "Take out of the plan"<span class="visually-hidden">{hidden}</span>
                </button>
            </ActionForm>
        </Disclosure>
    }
}
