//! What curators and reviewers both see of a statement.

use leptos::prelude::*;

use crate::competencies::components::{DetailLists, Scale};
use crate::reviews::model::{Comment, Given, LONGEST_COMMENT, Resolved, Statement};
use crate::reviews::rules::Verdict;
use crate::ui::field::TextArea;
use crate::ui::form::{Form, FormErrors};
use crate::ui::{Chip, Disclosure, Moment, Prose, Tone};

fn language(statement: &Statement) -> Option<String> {
    Some(statement.language.clone()).filter(|language| !language.is_empty())
}

/// A statement with all that it says, as it stands now.
#[component]
pub(super) fn StatementView(statement: Statement) -> impl IntoView {
    let lang = language(&statement);
    let above = statement.above.join(" › ");
    let changed = statement.now.as_ref().is_some_and(|now| *now != statement.asked);
    let asked = statement.asked.clone();
    let title = statement.now.clone().unwrap_or_else(|| statement.asked.clone());
    let gone = statement.now.is_none();
    let remarks = statement.remarks;
    let meant = remarks.meant(statement.levels);
    let sources: Vec<_> = remarks
        .sources
        .into_iter()
        .map(|source| {
            let parts = [source.title, source.credit, source.address];
            let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            view! { <li class="wrap">{parts.join(", ")}</li> }
        })
        .collect();
    let headings = statement.headings.into_iter();
    let headings: Vec<_> = headings
        .map(|(title, html)| view! { <section class="entry"><h3>{title}</h3><Prose html/></section> })
        .collect();
    let any_headings = !headings.is_empty();
    let topics = remarks.topics.join(", ");
    let any_sources = !sources.is_empty();
    let beside = !meant.is_empty() || !remarks.notes.is_empty() || !topics.is_empty() || any_sources;
    view! {
        <article class="sheet" lang=lang.clone()>
            {(!above.is_empty()).then(|| view! { <p class="meta">{above}</p> })}
            <h2 class="statement">{statement.code.clone()}" "{title}</h2>
            {gone.then(|| view! { <p class="meta" lang="en">"It is gone from the draft."</p> })}
            {changed.then(|| view! { <p class="meta" lang="en">"When it was asked about it said: "<q lang=lang.clone()>{asked}</q></p> })}
            {(!statement.description_html.is_empty()).then(|| view! { <Prose html=statement.description_html/> })}
            <DetailLists details=statement.details lang=None within=true/>
            {any_headings.then(|| view! { <Disclosure summary="What its headings say">{headings}</Disclosure> })}
            {beside.then(|| view! {
                <Disclosure summary="Levels, notes and sources">
                    <Scale levels=meant/>
                    {(!remarks.notes.is_empty()).then(|| view! { <p class="lines">{remarks.notes}</p> })}
                    {(!topics.is_empty()).then(|| view! { <p><span class="meta" lang="en">"Topics: "</span>{topics}</p> })}
                    {any_sources.then(|| view! { <ul>{sources}</ul> })}
                </Disclosure>
            })}
        </article>
    }
}

pub(super) fn tone(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Keep => Tone::Accent,
        Verdict::Reword | Verdict::Merge => Tone::Highlight,
        Verdict::Drop => Tone::Danger,
    }
}

/// What somebody would do, with their wording.
#[component]
pub(super) fn GivenView(given: Given, #[prop(optional, into)] beside: Option<AnyView>) -> impl IntoView {
    let (wording, other) = (given.wording, given.other_words);
    let first = given
        .first
        .map(|first| format!("Changed after others’ verdicts were shown. Before: {}.", first.words()));
    view! {
        <li class="row">
            <div class="row-main">
                <p><b>{given.name}</b>" "<span class="meta">{given.day}</span></p>
                {(!wording.is_empty()).then(|| view! { <p><q>{wording}</q></p> })}
                {(!other.is_empty()).then(|| view! { <p>"with "<q>{other}</q></p> })}
                {first.map(|first| view! { <p class="meta">{first}</p> })}
            </div>
            <div class="row-end cluster"><Chip label=given.what.label() tone=tone(given.what)/>{beside}</div>
        </li>
    }
}

/// How a statement was resolved.
#[component]
pub(super) fn ResolvedView(resolved: Resolved) -> impl IntoView {
    view! {
        <p>
            <Chip label=resolved.what.label() tone=Tone::Accent/>" "
            <span class="meta">{format!("{}, {}", resolved.by, resolved.day)}</span>
        </p>
        <p class="lines">{resolved.reason}</p>
    }
}

/// What a comment, or an answer to one, is written in, within its own form.
#[component]
pub(super) fn CommentFields(
    form: Form,
    round: String,
    number: String,
    /// Makes one comment of a form that is sent twice.
    key: String,
    to: Option<Comment>,
    hint: &'static str,
) -> impl IntoView {
    let reply_to = to.as_ref().map(|to| to.id.to_string()).unwrap_or_default();
    let (id, key) = (format!("say-{reply_to}"), format!("{key}{reply_to}"));
    let (label, button) = match to {
        Some(to) => (format!("Your answer to {}", to.author), "Answer"),
        None => ("Your comment".to_owned(), "Comment"),
    };
    view! {
        <FormErrors form/>
        <input type="hidden" name="round" value=round/>
        <input type="hidden" name="number" value=number/>
        <input type="hidden" name="key" value=key/>
        <input type="hidden" name="reply_to" value=reply_to/>
        <TextArea form name="body" label rows=3 required=true maxlength=LONGEST_COMMENT id hint/>
        <div class="form-actions"><button class="button small" type="submit">{button}</button></div>
    }
}

/// A comment's form as it stands; an answer's unfolds.
pub(super) fn folded(is_answer: bool, open: bool, form: AnyView) -> AnyView {
    match is_answer {
        true => view! { <Disclosure summary="Answer…" open>{form}</Disclosure> }.into_any(),
        false => form,
    }
}

/// Comments in threads; `answer` makes the form beneath each.
#[component]
pub(super) fn Talk<F>(comments: Vec<Comment>, answer: F) -> impl IntoView
where
    F: Fn(Option<&Comment>) -> AnyView + 'static,
{
    let new = answer(None);
    let rows = comments
        .iter()
        .map(|comment| {
            let form = answer(Some(comment));
            let who = if comment.mine {
                "You".to_owned()
            } else {
                comment.author.clone()
            };
            let to = comment.reply_to.clone().map(|to| format!(" to {to}"));
            view! {
                <li class="row" id=format!("comment-{}", comment.id)>
                    <div class="row-main">
                        <p>
                            <b>{who}</b>{to}" "
                            {comment.curator.then(|| view! { <Chip label="curator" tone=Tone::Accent/> })}
                            " "<span class="meta"><Moment iso=comment.at.clone() label=comment.at_label.clone()/></span>
                        </p>
                        <div class="prose" inner_html=comment.html.clone()></div>
                        {form}
                    </div>
                </li>
            }
        })
        .collect_view();
    view! {
        <section id="comments">
            <h2>"Comments"</h2>
            <ul class="rows rows-ruled" role="list">{rows}</ul>
            {new}
        </section>
    }
}
