//! What curators and reviewers both see of a statement.

use leptos::prelude::*;

use crate::competencies::model::Level;
use crate::reviews::model::{Comment, Given, Resolved, Statement};
use crate::reviews::rules::Verdict;
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
    let details = statement.details;
    let kinds = vec![
        ("Knowledge", details.knowledge),
        ("Skills", details.skills),
        ("Attitudes", details.attitudes),
        ("Behaviours", details.behaviours),
    ];
    let any = kinds.iter().any(|(_, entries)| !entries.is_empty());
    let kinds = kinds
        .into_iter()
        .filter(|(_, entries)| !entries.is_empty())
        .map(|(heading, entries)| {
            let entries = entries
                .into_iter()
                .map(|entry| view! { <li>{entry}</li> })
                .collect_view();
            view! { <section class="entry"><h3 lang="en">{heading}</h3><ul>{entries}</ul></section> }
        })
        .collect_view();
    let remarks = statement.remarks;
    let means = means(statement.levels, remarks.levels);
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
    let beside = !means.is_empty() || !remarks.notes.is_empty() || !topics.is_empty() || !sources.is_empty();
    let (any_means, any_sources) = (!means.is_empty(), !sources.is_empty());
    view! {
        <article class="sheet" lang=lang.clone()>
            {(!above.is_empty()).then(|| view! { <p class="meta">{above}</p> })}
            <h2 class="statement">{statement.code.clone()}" "{title}</h2>
            {gone.then(|| view! { <p class="meta" lang="en">"It is gone from the draft."</p> })}
            {changed.then(|| view! { <p class="meta" lang="en">"When it was asked about it said: "<q lang=lang.clone()>{asked}</q></p> })}
            {(!statement.description_html.is_empty()).then(|| view! { <Prose html=statement.description_html/> })}
            {any.then(|| view! { <div class="columns">{kinds}</div> })}
            {any_headings.then(|| view! { <Disclosure summary="What its headings say">{headings}</Disclosure> })}
            {beside.then(|| view! {
                <Disclosure summary="Levels, notes and sources">
                    {any_means.then(|| view! { <dl class="facts">{means}</dl> })}
                    {(!remarks.notes.is_empty()).then(|| view! { <p class="lines">{remarks.notes}</p> })}
                    {(!topics.is_empty()).then(|| view! { <p><span class="meta" lang="en">"Topics: "</span>{topics}</p> })}
                    {any_sources.then(|| view! { <ul>{sources}</ul> })}
                </Disclosure>
            })}
        </article>
    }
}

fn means(levels: Vec<Level>, words: Vec<String>) -> Vec<impl IntoView> {
    levels
        .into_iter()
        .zip(words)
        .filter(|(_, words)| !words.is_empty())
        .map(|(level, words)| view! { <dt>{level.label}</dt><dd>{words}</dd> })
        .collect()
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
