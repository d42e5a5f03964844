//! What changed for me: ten questions at most on a page, each with the old
//! answer beside it.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::KindChip;
use super::difference::Difference;
use crate::assessments::model::NOT_MY_WORK;
use crate::assessments::pages::growth_tabs;
use crate::competencies::model::{Level, counted};
use crate::editions::api::{ChooseChange, ConfirmChange, load_my_changes};
use crate::editions::model::{Asked, Before, Kind, MyChanges};
use crate::ui::field::{Checkbox, Choice, RadioGroup};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Crumb, EmptyState, Page, Pager, lazy_page};

lazy_page!(MY_CHANGES in growth => my_changes);

fn my_changes() -> AnyView {
    let query = use_query_map();
    let (confirm, choose) = (
        ServerAction::<ConfirmChange>::new(),
        ServerAction::<ChooseChange>::new(),
    );
    let page = load(
        move || {
            // A refused form stays as it was filled in.
            let chosen = choose.value().with(|value| matches!(value, Some(Ok(()))));
            (
                query.with(|query| query.get("page").and_then(|page| page.parse().ok())),
                confirm.version().get(),
                chosen.then(|| choose.version().get()),
            )
        },
        |(page, ..)| load_my_changes(page),
    );
    loaded(page, move |page| view! { <MyChangesView page confirm choose/> })
}

#[component]
fn MyChangesView(
    page: MyChanges,
    confirm: ServerAction<ConfirmChange>,
    choose: ServerAction<ChooseChange>,
) -> impl IntoView {
    let lede = "New editions of the index carry over what you said wherever they can. Here is what only you can say. What you said before stays as it was in the edition before.";
    let none = page.asked.is_empty();
    let reworded = page.asked.iter().filter(|asked| asked.kind == Kind::Reworded);
    let reworded: Vec<String> = reworded.map(|asked| asked.node.to_string()).collect();
    let all = (reworded.len() > 1).then(|| view! { <ConfirmAll nodes=reworded action=confirm/> });
    let asked = page.asked;
    let waiting = format!("{} to look at", counted(page.waiting, "statement", "statements"));
    view! {
        <Page title="What changed for you" lede=lede.to_string() crumbs=vec![Crumb::new("/me", "My growth")] narrow=true>
            {growth_tabs()}
            {if none {
                view! {
                    <EmptyState title="Nothing waits for you" action=view! { <a class="button" href="/me">"My growth"</a> }.into_any()>
                        <p>"When a new edition changes statements that you rated or planned, they stand here."</p>
                    </EmptyState>
                }
                .into_any()
            } else {
                view! {
                    <p class="meta" role="status">{waiting}</p>
                    {all}
                    <ul class="rows rows-ruled" role="list">
                        // Each by its statement: what was chosen for one that is answered is not the next one's.
                        <For each=move || asked.clone() key=|asked| asked.node.to_string() let:asked>
                            <AskedView asked confirm choose/>
                        </For>
                    </ul>
                }
                .into_any()
            }}
            <Pager page=page.page pages=page.pages base="/me/changes"/>
        </Page>
    }
}

fn explained(kind: Kind) -> &'static str {
    match kind {
        Kind::Split => "It was part of a statement that became several. Say how you stand with this part.",
        Kind::Merged => "Several statements became this one. Say how you stand with the whole.",
        Kind::Retired => "It is not part of the index any more. What you said stays in your history.",
        _ => "Its words changed. What you said came along; see whether it still holds.",
    }
}

#[component]
fn AskedView(asked: Asked, confirm: ServerAction<ConfirmChange>, choose: ServerAction<ChooseChange>) -> impl IntoView {
    let node = asked.node.to_string();
    let said = asked.before.clone().into_iter().map(before_row).collect_view();
    let forms = match asked.kind {
        Kind::Split | Kind::Merged => view! { <ChooseForm asked=asked.clone() action=choose/> }.into_any(),
        kind => view! { <ConfirmForm node=node.clone() seen=kind == Kind::Retired action=confirm/> }.into_any(),
    };
    let pieces = (!asked.pieces.is_empty()).then(|| view! { <p><Difference pieces=asked.pieces/></p> });
    view! {
        <li>
            <p class="kicker">{(!asked.code.is_empty()).then(|| format!("{} · ", asked.code))}{asked.place}</p>
            <h2 class="row-title"><a href=asked.href>{asked.title}</a></h2>
            <div class="cluster"><KindChip kind=asked.kind/><span class="meta">{explained(asked.kind)}</span></div>
            {pieces}
            <ul class="rows rows-tight" role="list">{said}</ul>
            {forms}
        </li>
    }
}

fn before_row(before: Before) -> impl IntoView {
    let note =
        (!before.note.is_empty()).then(|| view! { <p class="meta wrap">{format!("Your note: {}", before.note)}</p> });
    view! {
        <li>
            <p class="meta">"You had "{before.said}" for "<a href=before.href>{before.words}</a></p>
            {note}
        </li>
    }
}

#[component]
fn ConfirmForm(node: String, seen: bool, action: ServerAction<ConfirmChange>) -> impl IntoView {
    let form = Form::matching(action, &[("node", node.as_str())]);
    let again = (!seen).then(|| {
        view! { <a class="button small quiet" href=format!("/me/rate?statement={node}")>"Rate again"</a> }
    });
    view! {
        <ActionForm action>
            <FormErrors form/>
            <input type="hidden" name="node" value=node.clone()/>
            <input type="hidden" name="seen" value=seen.to_string()/>
            <p class="button-row">
                <button class="button small" type="submit">{if seen { "I have seen it" } else { "It still holds" }}</button>
                {again}
            </p>
        </ActionForm>
    }
}

/// Says of all on the page whose words changed that what was said holds.
#[component]
fn ConfirmAll(nodes: Vec<String>, action: ServerAction<ConfirmChange>) -> impl IntoView {
    let words = format!("All {} that were reworded here still hold", nodes.len());
    let mut nodes = nodes.into_iter();
    let first = nodes.next().unwrap_or_default();
    let others = nodes
        .enumerate()
        .map(|(at, node)| view! { <input type="hidden" name=format!("others[{at}]") value=node/> })
        .collect_view();
    view! {
        <ActionForm action>
            <input type="hidden" name="node" value=first/>
            {others}
            <p><button class="button small quiet" type="submit">{words}</button></p>
        </ActionForm>
    }
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

#[component]
fn ChooseForm(asked: Asked, action: ServerAction<ChooseChange>) -> impl IntoView {
    let node = asked.node.to_string();
    let form = Form::matching(action, &[("node", node.as_str())]);
    // One old answer is a good beginning; of several none is.
    let mut values: Vec<&str> = asked.before.iter().map(|before| before.value.as_str()).collect();
    values.retain(|value| !value.is_empty());
    values.dedup();
    let value = match values.as_slice() {
        [one] => (*one).to_owned(),
        _ => String::new(),
    };
    let goal = asked
        .goal
        .then(|| view! { <Checkbox form name="goal" label="Keep it as a goal of my plan" checked=true/> });
    view! {
        <ActionForm action attr:class="form form-wide">
            <FormErrors form/>
            <input type="hidden" name="node" value=node.clone()/>
            <RadioGroup form name="level" legend="Today I have…" choices=choices(&asked.levels) value id=format!("level-{node}")/>
            {goal}
            <div class="form-actions"><button class="button small" type="submit">"Save"</button></div>
        </ActionForm>
    }
}
