//! The review rounds of a set, and opening one.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::competencies::model::{counted, edition_words};
use crate::editions::model::editions_href;
use crate::outlines::model::outline_href;
use crate::reviews::api::{OpenReviewRound, load_review_rounds};
use crate::reviews::model::{Choosable, LONGEST_WORDS, NewRoundForm, RoundLine, RoundsPage, board_href, rounds_href};
use crate::ui::field::{BoxGroup, Checkbox, Choice, RadioGroup, SelectField, TextArea, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Chip, Crumb, Disclosure, Notice, Page, Pager, Tone, lazy_page};

lazy_page!(ROUNDS in studio => rounds);

fn rounds() -> AnyView {
    let (params, query) = (use_params_map(), use_query_map());
    let open = ServerAction::<OpenReviewRound>::new();
    let page = load(
        move || {
            let set = params.with(|params| params.get("set").unwrap_or_default());
            (
                set,
                query.with(|query| query.get("page").and_then(|page| page.parse().ok())),
            )
        },
        |(set, page)| load_review_rounds(set, page),
    );
    loaded(page, move |page| view! { <RoundsView page open/> })
}

#[component]
fn RoundsView(page: RoundsPage, open: ServerAction<OpenReviewRound>) -> impl IntoView {
    let query = use_query_map();
    let removed = move || query.with(|query| query.get("notice").as_deref() == Some("removed"));
    let crumbs = vec![
        Crumb::new("/studio", "Studio"),
        Crumb::new(outline_href(&page.set), page.title.clone()),
    ];
    let (set, base, none) = (page.set.clone(), rounds_href(&page.set), page.rounds.is_empty());
    let rows = page
        .rounds
        .into_iter()
        .map(|line| view! { <RoundRow line set=set.clone()/> })
        .collect_view();
    let lede = "Experts look at each statement of a draft before it is published. You resolve what they say, and sign the round off.";
    let form = match page.new {
        Some(form) => view! { <New form action=open/> }.into_any(),
        None => {
            let href = editions_href(&set);
            view! {
                <p>"There is no draft with statements to review now. "<a href=href>"The editions of the set"</a></p>
            }
            .into_any()
        }
    };
    view! {
        <Page title=format!("Review rounds of {}", page.title) lede=lede.to_string() crumbs=crumbs>
            {move || removed().then(|| view! { <Notice tone=Tone::Accent><p>"The round is removed."</p></Notice> })}
            {(!none).then(|| view! {
                <section>
                    <h2>"Rounds"</h2>
                    <ul class="rows rows-ruled" role="list">{rows}</ul>
                    <Pager page=page.page pages=page.pages base=base/>
                </section>
            })}
            <section id="new"><h2>"Open a round"</h2>{form}</section>
        </Page>
    }
}

#[component]
fn RoundRow(line: RoundLine, set: String) -> impl IntoView {
    let state = match (line.signed_off, line.unresolved) {
        (true, _) => view! { <Chip label="Signed off" tone=Tone::Accent/> }.into_any(),
        (false, 0) => view! { <Chip label="To sign off" tone=Tone::Highlight/> }.into_any(),
        (false, left) => view! { <Chip label=format!("{left} to resolve") tone=Tone::Highlight/> }.into_any(),
    };
    let about = format!(
        "{} · {} · {} · until {}",
        edition_words(line.edition),
        counted(line.items, "statement", "statements"),
        counted(line.reviewers, "reviewer", "reviewers"),
        line.due
    );
    view! {
        <li class="row">
            <div class="row-main">
                <h3 class="row-title"><a href=board_href(&set, &line.id)>{line.title}</a></h3>
                <p class="meta">{about}</p>
            </div>
            <div class="row-end">{state}</div>
        </li>
    }
}

/// When people are reminded by themselves.
pub(super) fn remind_options() -> Vec<(String, String)> {
    let option = |days: u32, words: &str| (days.to_string(), words.to_owned());
    vec![
        option(0, "Nobody by itself"),
        option(1, "1 day before"),
        option(3, "3 days before"),
        option(7, "1 week before"),
        option(14, "2 weeks before"),
    ]
}

#[component]
fn New(form: NewRoundForm, action: ServerAction<OpenReviewRound>) -> impl IntoView {
    let NewRoundForm {
        edition,
        number,
        key,
        statements,
        choices,
        cut,
        changed,
        due,
    } = form;
    let form = Form::of(action);
    let mut scopes = vec![
        Choice {
            value: "all".into(),
            label: format!("All {}", counted(statements, "statement", "statements")),
            description: format!(
                "Everything in the draft of the {}.",
                edition_words(number).to_lowercase()
            ),
        },
        Choice {
            value: "chosen".into(),
            label: "Those that I choose".into(),
            description: "A section stands for all beneath it.".into(),
        },
    ];
    let proposed = if changed > 0 { "changed" } else { "all" };
    if changed > 0 {
        scopes.insert(
            0,
            Choice {
                value: "changed".into(),
                label: match changed {
                    1 => "The 1 statement not reviewed as it stands".to_owned(),
                    many => format!("The {many} statements not reviewed as they stand"),
                },
                description:
                    "What was changed since the last round about it was signed off, and what nobody gave a verdict on."
                        .into(),
            },
        );
    }
    let open = form.error().get_untracked().is_some();
    let boxes = choices
        .into_iter()
        .enumerate()
        .map(|(at, choice)| view! { <ChooseLine form choice at/> })
        .collect_view();
    view! {
        <ActionForm action attr:class="form">
            <FormErrors form/>
            <input type="hidden" name="edition" value=edition/>
            <input type="hidden" name="key" value=key/>
            <TextField form name="title" label="Title" maxlength=200 required=true
                hint="What reviewers see first, such as: Second edition, spring review."/>
            <TextArea form name="words" label="What you want to know" rows=4 maxlength=LONGEST_WORDS
                hint="A few words to the reviewers. Markdown works."/>
            <div class="form-row">
                <TextField form name="due" label="Last day" kind="date" value=due required=true/>
                <SelectField form name="remind_days" label="Remind who is not done" options=remind_options() value="3"/>
            </div>
            <Checkbox form name="blind" label="Reviewers see what others say only after their own verdict" checked=true/>
            <RadioGroup form name="scope" legend="Which statements" choices=scopes value=proposed/>
            <Disclosure summary="Choose sections or statements…" open>
                {cut.then(|| view! { <p class="meta">"The draft is large: what stands further down is chosen by its code."</p> })}
                <BoxGroup form name="nodes" legend="Sections and statements">{boxes}</BoxGroup>
                <TextArea form name="codes" label="Statements by their codes" rows=3 maxlength=20_000
                    hint="One a line, or with semicolons between. A section stands for all beneath it."/>
            </Disclosure>
            <div class="form-actions"><button class="button" type="submit">"Open the round"</button></div>
        </ActionForm>
    }
}

#[component]
fn ChooseLine(form: Form, choice: Choosable, at: usize) -> impl IntoView {
    let depth = choice.depth.min(5);
    let kind = if choice.statement { "" } else { " is-section" };
    view! {
        <div class=format!("indent-{depth}{kind}")>
            <Checkbox form name=format!("nodes[{at}]") label=choice.words value=choice.id.to_string()/>
        </div>
    }
}
