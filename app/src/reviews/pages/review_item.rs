//! One statement for one of its reviewers: read, judge, on to the next.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::merging::FarAway;
use super::parts::{CommentFields, GivenView, ResolvedView, StatementView, Talk, folded};
use crate::outlines::model::LONGEST_TITLE;
use crate::reviews::model::{Comment, Given, ReviewItem, item_href, review_href};
use crate::reviews::reviewing_api::{CommentInReview, GiveVerdict, load_review_item};
use crate::reviews::rules::Verdict;
use crate::ui::field::{Choice, RadioGroup, SelectField, TextArea};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Crumb, Notice, Page, Progress, Tone, lazy_page};

lazy_page!(REVIEW_ITEM in studio => review_item);

#[derive(Clone, Copy)]
struct Actions {
    give: ServerAction<GiveVerdict>,
    comment: ServerAction<CommentInReview>,
}

fn review_item() -> AnyView {
    let (params, query) = (use_params_map(), use_query_map());
    let actions = Actions {
        give: ServerAction::new(),
        comment: ServerAction::new(),
    };
    // Only what was done shows the page anew: what was refused keeps what was typed.
    let commented = move || {
        let done = actions.comment.value().with(|value| matches!(value, Some(Ok(()))));
        done.then(|| actions.comment.version().get())
    };
    let given = move || {
        let done = actions.give.value().with(|value| matches!(value, Some(Ok(()))));
        done.then(|| actions.give.version().get())
    };
    let page = load(
        move || {
            let named = params.with(|params| {
                let number = params.get("item").and_then(|number| number.parse().ok());
                (params.get("round").unwrap_or_default(), number)
            });
            let looking = query.with(|query| ["other", "q"].map(|name| query.get(name).unwrap_or_default()));
            (named, looking, commented(), given())
        },
        |((round, number), [other, q], ..)| load_review_item(round, number.unwrap_or(0), other, q),
    );
    let saved = move || query.with(|query| query.get("notice").as_deref() == Some("saved"));
    loaded(page, move |page| view! { <ItemView page actions saved=saved()/> })
}

#[component]
fn ItemView(page: ReviewItem, actions: Actions, saved: bool) -> impl IntoView {
    let ReviewItem {
        round,
        me,
        statement,
        mine,
        theirs,
        comments,
        others,
        looked_for,
        resolved,
        key,
    } = page;
    let (number, of, id) = (statement.number, statement.of, round.id.clone());
    let open = round.signed_off.is_none();
    let base = review_href(&id);
    let title = match statement.code.as_str() {
        "" => format!("Statement {number} of {of}"),
        code => format!("{code} · {number} of {of}"),
    };
    let again = (!statement.ask_words.is_empty()).then(|| {
        let begin = match statement.times_asked {
            1 => "",
            _ => "You are asked once more: ",
        };
        (begin, statement.ask_words.clone())
    });
    let now = statement.now.clone().unwrap_or_else(|| statement.asked.clone());
    let alone = round.blind && theirs.as_ref().is_some_and(|theirs| !theirs.is_empty());
    let print = statement.print.clone();
    let judge = (open && resolved.is_none()).then(|| {
        view! { <Judge round=id.to_string() number now print alone mine=mine.clone() others chosen=looked_for.chosen.clone() action=actions.give/>
            <FarAway round=id.clone() looked_for=looked_for.clone() here=item_href(&id, number) at="verdict"/> }
    });
    let answer = {
        let (round, key) = (id.to_string(), key);
        move |to: Option<&Comment>| match open {
            true => view! { <Say round=round.clone() number key=key.clone() to=to.cloned() action=actions.comment/> }
                .into_any(),
            false => ().into_any(),
        }
    };
    view! {
        <Page title=title crumbs=vec![Crumb::new(base, round.title.clone())]>
            <p class="visually-hidden" role="status">{saved.then_some("Saved. This is the next statement.")}</p>
            <Progress done=me.given of=round.items label="Verdicts given" wide=true/>
            <Steps round=id.clone() number of/>
            {again.map(|(begin, words)| view! {
                <Notice tone=Tone::Highlight><p>{begin}<span class="lines">{words}</span></p></Notice>
            })}
            <StatementView statement/>
            {resolved.map(|resolved| view! { <section><h2>"Resolved"</h2><ResolvedView resolved/></section> })}
            {judge}
            <Theirs theirs/>
            <Talk comments answer/>
        </Page>
    }
}

/// The way to the statements beside it.
#[component]
fn Steps(round: crate::id::ReviewRoundId, number: u32, of: u32) -> impl IntoView {
    let step = |to: u32, rel: &'static str, key: &'static str, words: &'static str| {
        (1..=of).contains(&to).then(|| {
            view! { <a class="button quiet small" href=item_href(&round, to) rel=rel aria-keyshortcuts=key>{words}</a> }
        })
    };
    view! {
        <nav class="cluster" aria-label="Previous and next statement">
            {step(number.saturating_sub(1), "prev", "k", "Previous")}
            {step(number.saturating_add(1), "next", "j", "Next")}
            <span class="meta on-laptop">"Keys: 1–4 choose a verdict, Enter saves it and goes on, j and k go to the next and the previous statement."</span>
        </nav>
    }
}

/// The verdict. What belongs to a choice shows once it is chosen.
#[component]
fn Judge(
    round: String,
    number: u32,
    now: String,
    print: String,
    /// Whether the own verdict was given before others' were shown.
    alone: bool,
    mine: Option<Given>,
    others: Vec<(String, String)>,
    /// What was found elsewhere to merge it with.
    chosen: Option<String>,
    action: ServerAction<GiveVerdict>,
) -> impl IntoView {
    let text = number.to_string();
    let form = Form::matching(action, &[("round", round.as_str()), ("number", text.as_str())]);
    let before = match &chosen {
        Some(_) => Verdict::Merge.as_str(),
        None => mine.as_ref().map_or("", |mine| mine.what.as_str()),
    };
    let found = chosen;
    let choices: Vec<Choice> = Verdict::ALL
        .iter()
        .map(|verdict| Choice {
            value: verdict.as_str().to_owned(),
            label: verdict.label().to_owned(),
            description: verdict.meaning().to_owned(),
        })
        .collect();
    let wording = mine
        .as_ref()
        .map(|mine| mine.wording.clone())
        .filter(|wording| !wording.is_empty());
    let other = mine
        .as_ref()
        .and_then(|mine| mine.other.as_ref())
        .map(ToString::to_string);
    let other = found.or(other);
    let said = mine.map(|mine| {
        let takes = if alone || mine.first.is_some() {
            "A new verdict takes its place; the curator also sees what you said before the others’ verdicts were shown."
        } else {
            "A new verdict takes its place."
        };
        format!("You said “{}” on {}. {takes}", mine.what.label(), mine.day)
    });
    let options: Vec<(String, String)> = std::iter::once((String::new(), "Choose a statement".to_owned()))
        .chain(others)
        .collect();
    view! {
        <section id="verdict">
            <h2>"Your verdict"</h2>
            {said.map(|said| view! { <p class="meta">{said}</p> })}
            <ActionForm action attr:class="form verdict-form">
                <FormErrors form/>
                <input type="hidden" name="round" value=round/>
                <input type="hidden" name="number" value=text/>
                <input type="hidden" name="was" value=now.clone()/>
                <input type="hidden" name="saw" value=print/>
                <RadioGroup form name="verdict" legend="Your verdict" choices value=before quiet_legend=true row=true keyed=true/>
                <div class="verdict-reword">
                    <TextArea form name="wording" label="How you would word it" value=wording.unwrap_or(now) rows=3 maxlength=LONGEST_TITLE/>
                </div>
                <div class="verdict-merge">
                    <SelectField form name="other" label="Merge it with" options value=other.unwrap_or_default()/>
                </div>
                <div class="form-actions"><button class="button" type="submit">"Save and go on"</button></div>
            </ActionForm>
        </section>
    }
}

#[component]
fn Theirs(theirs: Option<Vec<Given>>) -> impl IntoView {
    let body = match theirs {
        None => {
            view! { <p class="meta">"What the others say shows once you have given your own verdict."</p> }.into_any()
        }
        Some(theirs) if theirs.is_empty() => {
            view! { <p class="meta">"Nobody else has given a verdict yet."</p> }.into_any()
        }
        Some(theirs) => {
            let rows = theirs
                .into_iter()
                .map(|given| view! { <GivenView given/> })
                .collect_view();
            view! { <ul class="rows rows-ruled rows-tight" role="list">{rows}</ul> }.into_any()
        }
    };
    view! { <section><h2>"What others say"</h2>{body}</section> }
}

/// A comment, or an answer to one.
#[component]
fn Say(
    round: String,
    number: u32,
    key: String,
    to: Option<Comment>,
    action: ServerAction<CommentInReview>,
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

const HINT: &str = "Markdown works: *emphasis*, **strong**, > quotation, - list.";
