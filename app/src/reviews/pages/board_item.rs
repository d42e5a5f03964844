//! One statement of a round, where its curator resolves it.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::board::Agreed;
use super::merging::FarAway;
use super::parts::{CommentFields, GivenView, ResolvedView, StatementView, Talk, folded};
use crate::outlines::model::{LONGEST_TITLE, entry_href};
use crate::reviews::api::{AcceptWording, AnswerReviewers, AskAgain, ResolveReviewItem, load_review_board_item};
use crate::reviews::model::{BoardItem, BoardLine, Comment, Given, LONGEST_REASON, Round, board_href, board_item_href};
use crate::reviews::rules::{Resolution, Verdict};
use crate::ui::field::{Checkbox, Choice, RadioGroup, SelectField, TextArea};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Chip, Crumb, Disclosure, Notice, Page, Tone, lazy_page};

lazy_page!(BOARD_ITEM in studio => board_item);

#[derive(Clone, Copy)]
struct Actions {
    resolve: ServerAction<ResolveReviewItem>,
    accept: ServerAction<AcceptWording>,
    again: ServerAction<AskAgain>,
    answer: ServerAction<AnswerReviewers>,
}

fn board_item() -> AnyView {
    let actions = Actions {
        resolve: ServerAction::new(),
        accept: ServerAction::new(),
        again: ServerAction::new(),
        answer: ServerAction::new(),
    };
    // Only what was done shows the page anew: what was refused keeps what was typed.
    let done = move || {
        let fine = |done: bool, version: usize| done.then_some(version);
        (
            fine(
                matches!(actions.resolve.value().get(), Some(Ok(()))),
                actions.resolve.version().get(),
            ),
            fine(
                matches!(actions.accept.value().get(), Some(Ok(()))),
                actions.accept.version().get(),
            ),
            fine(
                matches!(actions.again.value().get(), Some(Ok(()))),
                actions.again.version().get(),
            ),
            fine(
                matches!(actions.answer.value().get(), Some(Ok(()))),
                actions.answer.version().get(),
            ),
        )
    };
    let (params, query) = (use_params_map(), use_query_map());
    let page = load(
        move || {
            let named = params.with(|params| {
                (
                    params.get("set").unwrap_or_default(),
                    params.get("round").unwrap_or_default(),
                    params.get("item").and_then(|number| number.parse().ok()),
                )
            });
            let looking = query.with(|query| ["other", "q"].map(|name| query.get(name).unwrap_or_default()));
            (named, looking, done())
        },
        |((set, round, number), [other, q], _)| load_review_board_item(set, round, number.unwrap_or(0), other, q),
    );
    loaded(page, move |page| view! { <ItemView page actions/> })
}

fn notice(word: &str) -> Option<&'static str> {
    match word {
        "resolved" => Some("Resolved."),
        "asked" => Some("All reviewers are asked once more. What they said before stays beneath."),
        _ => None,
    }
}

#[component]
fn ItemView(page: BoardItem, actions: Actions) -> impl IntoView {
    let query = use_query_map();
    let said = move || query.with(|query| query.get("notice").as_deref().and_then(notice));
    let BoardItem {
        round,
        statement,
        line,
        earlier,
        comments,
        others,
        looked_for,
        next_open,
        key,
    } = page;
    let (number, of) = (statement.number, statement.of);
    let open = round.signed_off.is_none();
    let base = board_href(&round.set, &round.id);
    let editor = (line.now.is_some() && open).then(|| {
        view! { <a href=entry_href(&round.set, &line.node)>"Write it in the studio"</a> }
    });
    let step = |to: u32, key: &'static str, words: &'static str| {
        (1..=of).contains(&to).then(|| {
            view! { <a class="button quiet small" href=board_item_href(&round.set, &round.id, to) aria-keyshortcuts=key>{words}</a> }
        })
    };
    let steps = view! {
        <nav class="cluster" aria-label="Statements of the round">
            {step(number.saturating_sub(1), "k", "Previous")}
            {step(number.saturating_add(1), "j", "Next")}
            {next_open.map(|next| view! { <a class="button quiet small" href=board_item_href(&round.set, &round.id, next)>"Next unresolved"</a> })}
            {editor}
        </nav>
    };
    let changed = (line.changed_since && line.now.is_some())
        .then(|| view! { <p><Chip label="Changed since" tone=Tone::Highlight/>" It says something else than when it was resolved."</p> });
    let resolved = line.resolved.clone();
    let verdicts = line
        .verdicts
        .iter()
        .map(|given| view! { <Verdicts given=given.clone() line=line.clone() round=round.clone() open actions/> })
        .collect_view();
    let old = earlier
        .into_iter()
        .map(|given| view! { <GivenView given/> })
        .collect_view();
    let any_old = line.times_asked > 1;
    let answer = {
        let (round, key) = (round.id.to_string(), key);
        move |to: Option<&Comment>| match open {
            true => view! { <Say round=round.clone() number key=key.clone() to=to.cloned() action=actions.answer/> }
                .into_any(),
            false => ().into_any(),
        }
    };
    let title = match statement.code.as_str() {
        "" => format!("Statement {number} of {of}"),
        code => format!("{code} · {number} of {of}"),
    };
    let crumbs = vec![Crumb::new(base, round.title.clone())];
    view! {
        <Page title=title crumbs=crumbs>
            {move || said().map(|words| view! { <Notice tone=Tone::Accent><p>{words}</p></Notice> })}
            {steps}
            <StatementView statement/>
            <section>
                <h2>"Verdicts"</h2>
                <FormErrors form=Form::of(actions.accept)/>
                <Agreed line=line.clone()/>
                <ul class="rows rows-ruled" role="list">{verdicts}</ul>
                {any_old.then(|| view! {
                    <Disclosure summary="What was said when it was asked about before">
                        <ul class="rows rows-tight" role="list">{old}</ul>
                    </Disclosure>
                })}
            </section>
            {resolved.map(|resolved| view! { <section><h2>"Resolved"</h2><ResolvedView resolved/>{changed}</section> })}
            {open.then(|| view! {
                <Resolve line=line.clone() round=round.clone() others chosen=looked_for.chosen.clone() action=actions.resolve/>
                <FarAway round=round.id.clone() looked_for here=board_item_href(&round.set, &round.id, number) at="resolve"/>
            })}
            {(open && line.now.is_some()).then(|| view! { <Again line=line.clone() round=round.clone() action=actions.again/> })}
            <Talk comments answer/>
        </Page>
    }
}

/// A verdict; its wording is accepted with one action.
#[component]
fn Verdicts(given: Given, line: BoardLine, round: Round, open: bool, actions: Actions) -> impl IntoView {
    let may = open && given.what == Verdict::Reword && line.resolved.is_none();
    let accept = line.now.clone().filter(|_| may).map(|was| {
        let label = format!("Accept the wording of {}", given.name);
        let (round, number, reviewer) = (
            round.id.to_string(),
            line.number.to_string(),
            given.reviewer.as_ref().map(ToString::to_string).unwrap_or_default(),
        );
        view! {
            <ActionForm action=actions.accept>
                <input type="hidden" name="round" value=round/>
                <input type="hidden" name="number" value=number/>
                <input type="hidden" name="reviewer" value=reviewer/>
                <input type="hidden" name="was" value=was/>
                <button class="button small" type="submit" aria-label=label>"Accept the wording"</button>
            </ActionForm>
        }
        .into_any()
    });
    match accept {
        Some(accept) => view! { <GivenView given beside=accept/> }.into_any(),
        None => view! { <GivenView given/> }.into_any(),
    }
}

#[component]
fn Resolve(
    line: BoardLine,
    round: Round,
    others: Vec<(String, String)>,
    /// What was found elsewhere to merge it with.
    chosen: Option<String>,
    action: ServerAction<ResolveReviewItem>,
) -> impl IntoView {
    let number = line.number.to_string();
    let form = Form::matching(action, &[("round", round.id.as_str()), ("number", number.as_str())]);
    let choice = |resolution: Resolution, description: &str| Choice {
        value: resolution.as_str().into(),
        label: resolution.label().into(),
        description: description.into(),
    };
    let mut choices = vec![
        choice(Resolution::Kept, "It stays as it stands."),
        choice(Resolution::Merged, "It is made one with another."),
        choice(Resolution::Dropped, "It goes."),
    ];
    if line.now.is_some() {
        choices.insert(
            1,
            choice(Resolution::Reworded, "The draft says what you write beneath."),
        );
    }
    let now = line.now.clone();
    let before = line.resolved.as_ref().map_or("", |resolved| resolved.what.as_str());
    let before = match chosen {
        Some(_) => Resolution::Merged.as_str(),
        None => before,
    };
    let before = before.to_owned();
    let suggested = line
        .verdicts
        .iter()
        .find_map(|given| given.other.as_ref())
        .map(ToString::to_string);
    let suggested = chosen.or(suggested);
    let options: Vec<(String, String)> = std::iter::once((String::new(), "Choose a statement".to_owned()))
        .chain(others)
        .collect();
    let heading = if line.resolved.is_some() {
        "Resolve it otherwise"
    } else {
        "Resolve it"
    };
    view! {
        <section id="resolve">
            <h2>{heading}</h2>
            <ActionForm action attr:class="form verdict-form">
                <FormErrors form/>
                <input type="hidden" name="set" value=round.set.clone()/>
                <input type="hidden" name="round" value=round.id.to_string()/>
                <input type="hidden" name="number" value=number/>
                <RadioGroup form name="resolution" legend="What becomes of it" choices value=before quiet_legend=true row=true/>
                {now.map(|now| view! {
                    <input type="hidden" name="was" value=now.clone()/>
                    <div class="verdict-reword">
                        <TextArea form name="wording" label="What it then says" value=now rows=3 maxlength=LONGEST_TITLE/>
                    </div>
                    <div class="verdict-merge">
                        <SelectField form name="other" label="Made one with" options value=suggested.unwrap_or_default()
                            hint="Wherever that stands in the draft; what this one says beside its text comes along."/>
                    </div>
                    <div class="verdict-apply">
                        <Checkbox form name="apply" label="Do so in the draft as well; it can be taken back there" checked=true/>
                    </div>
                })}
                <TextArea form name="reason" label="Reason" rows=2 required=true maxlength=LONGEST_REASON/>
                <div class="form-actions"><button class="button" type="submit">"Resolve"</button></div>
            </ActionForm>
        </section>
    }
}

#[component]
fn Again(line: BoardLine, round: Round, action: ServerAction<AskAgain>) -> impl IntoView {
    let number = line.number.to_string();
    let form = Form::matching(action, &[("round", round.id.as_str()), ("number", number.as_str())]);
    let open = form.error().get_untracked().is_some();
    view! {
        <Disclosure summary="Ask the reviewers again…" open>
            <ActionForm action attr:class="form">
                <FormErrors form/>
                <input type="hidden" name="set" value=round.set/>
                <input type="hidden" name="round" value=round.id.to_string()/>
                <input type="hidden" name="number" value=number/>
                <input type="hidden" name="asked" value=line.times_asked.to_string()/>
                <TextArea form name="words" label="What you ask" rows=2 required=true maxlength=LONGEST_REASON
                    hint="Everyone gives a new verdict on the statement as it stands now. What they said stays on record."/>
                <div class="form-actions"><button class="button small" type="submit">"Ask again"</button></div>
            </ActionForm>
        </Disclosure>
    }
}

/// A comment, or an answer to one.
#[component]
fn Say(
    round: String,
    number: u32,
    key: String,
    to: Option<Comment>,
    action: ServerAction<AnswerReviewers>,
) -> impl IntoView {
    let reply_to = to.as_ref().map(|to| to.id.to_string()).unwrap_or_default();
    let number = number.to_string();
    let form = Form::matching(action, &[("number", number.as_str()), ("reply_to", reply_to.as_str())]);
    let (is_answer, open) = (to.is_some(), form.error().get_untracked().is_some());
    let fields = view! {
        <ActionForm action attr:class="form"><CommentFields form round number key to hint=HINT/></ActionForm>
    };
    folded(is_answer, open, fields.into_any())
}

const HINT: &str = "All reviewers can read it once they see each other’s verdicts; an answer, who it answers.";
