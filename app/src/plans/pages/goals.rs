use leptos::prelude::*;

use super::Changes;
use crate::language::foreign;
use crate::plans::model::{Due, Goal};
use crate::ui::field::{SelectField, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::{Chip, Disclosure, GapBar, Tone};

/// The date beside a line of the plan.
pub fn due_chip(due: &Due, done: bool) -> Option<AnyView> {
    let tone = if due.late && !done {
        Tone::Highlight
    } else {
        Tone::Plain
    };
    (!due.day.is_empty()).then(|| view! { <Chip label=due.label.clone() tone/> }.into_any())
}

/// The levels of a scale as options.
pub fn level_options(levels: &[String]) -> Vec<(String, String)> {
    levels
        .iter()
        .enumerate()
        .map(|(number, label)| (number.to_string(), label.clone()))
        .collect()
}

#[component]
pub fn Goals(goals: Vec<Goal>, changes: Changes) -> impl IntoView {
    let some = !goals.is_empty();
    let rows = goals
        .into_iter()
        .map(|goal| view! { <GoalRow goal changes/> })
        .collect_view();
    some.then(|| {
        view! {
            <section>
                <h2>"Goals"</h2>
                <ul class="rows rows-ruled" role="list">{rows}</ul>
            </section>
        }
    })
}

#[component]
fn GoalRow(goal: Goal, changes: Changes) -> impl IntoView {
    let reached = goal.is_reached();
    let words = goal.words();
    let of = u32::try_from(goal.levels.len()).unwrap_or(1).saturating_sub(1);
    let end = if reached {
        Some(view! { <Chip label="Reached" tone=Tone::Accent/> }.into_any())
    } else {
        due_chip(&goal.due, false)
    };
    let name = if goal.code.is_empty() {
        goal.title.clone()
    } else {
        goal.code.clone()
    };
    let again = match goal.open {
        true => view! {
            <a href=format!("/me/rate?statement={}", goal.node)>"Rate again"<span class="visually-hidden">{format!(" {name}")}</span></a>
        }
        .into_any(),
        false => view! { <a href="/me/changes">"Its edition is retired: see what changed"<span class="visually-hidden">{format!(": {name}")}</span></a> }.into_any(),
    };
    view! {
        <li class="plan-row">
            <div class="gap-row">
                <span class="code">{goal.code.clone()}</span>
                <div>
                    <a class="quiet-link" href=goal.href.clone() lang=foreign(&goal.language)>{goal.title.clone()}</a>
                    <p class="meta">{words.clone()}</p>
                </div>
                <GapBar current=goal.now target=goal.level of label=words/>
                <span>{end}</span>
            </div>
            <div class="plan-tools no-print">
                {again}
                <ChangeForm goal changes name/>
            </div>
        </li>
    }
}

#[component]
fn ChangeForm(goal: Goal, changes: Changes, name: String) -> impl IntoView {
    let node = goal.node.to_string();
    let form = Form::matching(changes.change_goal, &[("node", &node)]);
    let refused = form.error().get_untracked().is_some();
    let (again, level, due) = (node.clone(), format!("goal-level-{node}"), format!("goal-due-{node}"));
    let hidden = format!(": {name}");
    view! {
        <Disclosure summary=format!("Change {name}") open=refused>
            <ActionForm action=changes.change_goal attr:class="form">
                <FormErrors form/>
                <input type="hidden" name="node" value=node/>
                <div class="form-row">
                    <SelectField form name="level" label="Level wanted" options=level_options(&goal.levels)
                        value=goal.level.to_string() id=level/>
                    <TextField form name="due" label="By" kind="date" value=goal.due.day id=due/>
                </div>
                <div class="form-actions"><button class="button quiet" type="submit">"Save"</button></div>
            </ActionForm>
            <ActionForm action=changes.remove_goal>
                <input type="hidden" name="node" value=again/>
                <button class="link-button" type="submit">"Take out of the plan"<span class="visually-hidden">{hidden}</span></button>
            </ActionForm>
        </Disclosure>
    }
}
