//! What was changed after its round was signed off, or had no verdict in it:
//! listed where an edition is published, and on the board once it went out so.

use leptos::prelude::*;

use crate::competencies::model::edition_words;
use crate::reviews::model::{
    Changed, ChangedSince, LONGEST_REASON, Unreviewed, board_href, board_item_href, rounds_href,
};
use crate::reviews::rules::Lack;
use crate::ui::field::{Confirm, TextArea};
use crate::ui::form::Form;
use crate::ui::{Disclosure, FieldGroup, Notice, Tone, filled};

/// Within the form that publishes: what was changed after its review or had none,
/// and that it goes out so, in one tick for all. Nothing where all was reviewed.
#[component]
pub fn GoesUnreviewed(form: Form, since: ChangedSince, set: String) -> impl IntoView {
    (since.many > 0).then(|| {
        let left = usize::try_from(since.many)
            .unwrap_or(0)
            .saturating_sub(since.lines.len());
        let words = since.words();
        let (never, since_then): (Vec<_>, Vec<_>) = since.lines.into_iter().partition(|line| line.why == Lack::Silent);
        let (any, any_never) = (!since_then.is_empty(), !never.is_empty());
        let rows = since_then.into_iter().map(|line| row(&set, line)).collect_view();
        let never = never.into_iter().map(|line| row(&set, line)).collect_view();
        let label = match since.many {
            1 => "It goes out as it is, unreviewed".to_owned(),
            many => format!("They go out as they are, {many} of them unreviewed"),
        };
        let rounds = format!("{}#new", rounds_href(&set));
        view! {
            <FieldGroup legend="Not reviewed as it stands">
                <p>{words}</p>
                {any.then(|| view! { <ul class="rows rows-ruled rows-tight" role="list">{rows}</ul> })}
                {any_never.then(|| view! {
                    <Disclosure summary="Statements without a verdict">
                        <ul class="rows rows-ruled rows-tight" role="list">{never}</ul>
                    </Disclosure>
                })}
                {(left > 0).then(|| view! { <p class="meta">{format!("And {left} more.")}</p> })}
                <p>
                    <a href=rounds>"Ask about it in a new round"</a>
                    ", or say that it goes out unreviewed: the edition and the report of the round keep that."
                </p>
                <input type="hidden" name="looked" value=since.print/>
                <Confirm form name="unreviewed" label=label/>
                <TextArea form name="reason" label="Why it goes out unreviewed" rows=2 maxlength=LONGEST_REASON
                    hint="Only where you tick the box."/>
            </FieldGroup>
        }
    })
}

fn row(set: &str, line: Changed) -> impl IntoView + use<> {
    let href = match line.now {
        Some(_) => board_item_href(set, &line.round, line.number),
        None => board_href(set, &line.round),
    };
    let same = line.was.is_some() && line.was == line.now;
    let then = match (&line.was, &line.now) {
        _ if line.why == Lack::Silent => "Nobody gave a verdict on it.".to_owned(),
        (None, _) => "It was left out when the round was signed off.".to_owned(),
        (_, None) => "It is gone from the draft.".to_owned(),
        _ if same => "Its title is as it was. What stands beside it, or a heading above it, was changed.".to_owned(),
        (Some(was), _) => format!("It said: {was}"),
    };
    let title = line.now.or(line.was).unwrap_or_default();
    view! {
        <li class="row">
            {filled(line.code).map(|code| view! { <span class="row-start">{code}</span> })}
            <div class="row-main">
                <p><a href=href>{title}</a></p>
                <p class="meta">{then}</p>
            </div>
        </li>
    }
}

/// What went out otherwise than reviewed.
pub(super) fn went_out(one: Unreviewed) -> impl IntoView {
    let words = format!(
        "The {} was published with {}. {} said so on {}:",
        edition_words(one.edition).to_lowercase(),
        one.words(),
        one.by,
        one.day
    );
    view! { <Notice tone=Tone::Highlight><p>{words}</p><p class="lines">{one.reason}</p></Notice> }
}
