//! A round for one of its reviewers: how far they are, and all statements.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::parts::tone;
use crate::competencies::model::counted;
use crate::reviews::model::{Me, ReviewLine, ReviewPage, Round, item_href, review_href};
use crate::reviews::reviewing_api::{FinishReview, LeaveReview, load_review};
use crate::reviews::rules::Only;
use crate::ui::field::{Checkbox, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Chip, ChipLink, Crumb, Notice, Page, Pager, Progress, Prose, Tone, filled, lazy_page};

lazy_page!(REVIEW in studio => review);

fn review() -> AnyView {
    let (params, query) = (use_params_map(), use_query_map());
    let finish = ServerAction::<FinishReview>::new();
    let page = load(
        move || {
            let round = params.with(|params| params.get("round").unwrap_or_default());
            let (only, page) = query.with(|query| {
                let page = query.get("page").and_then(|page| page.parse().ok());
                (query.get("only").unwrap_or_default(), page)
            });
            (round, only, page, finish.version().get())
        },
        |(round, only, page, _)| load_review(round, only, page),
    );
    loaded(page, move |page| view! { <ReviewView page finish/> })
}

fn notice(word: &str) -> Option<&'static str> {
    match word {
        "all" => Some("Saved. You have given a verdict on everything that waits for one."),
        "finished" => Some(
            "Thank you. The curator sees that you are done; you can still change what you said until the round is signed off.",
        ),
        "kept" => Some("Saved."),
        _ => None,
    }
}

#[component]
fn ReviewView(page: ReviewPage, finish: ServerAction<FinishReview>) -> impl IntoView {
    let ReviewPage {
        round,
        me,
        only,
        lines,
        page,
        pages,
        next_open,
        anew,
    } = page;
    let query = use_query_map();
    let said = move || query.with(|query| query.get("notice").as_deref().and_then(notice));
    let base = review_href(&round.id);
    let over = round.signed_off.is_some();
    let begin = match (me.given, next_open) {
        (0, Some(next)) => Some(("Begin", next)),
        (_, Some(next)) => Some(("Go on", next)),
        (_, None) => None,
    };
    let begin = begin
        .filter(|_| !over)
        .map(|(words, next)| view! { <a class="button" href=item_href(&round.id, next)>{words}</a> }.into_any());
    let crumbs = if me.by_link {
        Vec::new()
    } else {
        vec![Crumb::new("/reviews", "Reviews")]
    };
    let lede = format!(
        "{}, until {}",
        counted(round.items, "statement", "statements"),
        round.due_label
    );
    let rows = lines
        .into_iter()
        .map(|line| view! { <Line line href=base.clone()/> })
        .collect_view();
    let anew: Vec<_> = anew
        .into_iter()
        .map(|line| view! { <Anew line href=base.clone()/> })
        .collect();
    let list = match only {
        Only::Unresolved => format!("{base}?only=unresolved"),
        _ => base.clone(),
    };
    let (given, items) = (me.given, round.items);
    view! {
        <Page title=round.title.clone() kicker=round.set_title.clone() lede=lede crumbs=crumbs actions=begin>
            {move || said().map(|words| view! { <Notice tone=Tone::Accent><p>{words}</p></Notice> })}
            <Standing round=round.clone()/>
            <Progress done=given of=items label="Verdicts given" wide=true/>
            {(!round.words_html.is_empty()).then(|| view! { <Prose html=round.words_html.clone()/> })}
            {(!anew.is_empty() && !over).then(|| view! { <section id="anew"><h2>"Asked anew"</h2><ul class="rows rows-ruled" role="list">{anew}</ul></section> })}
            <section>
                <h2>"The statements"</h2>
                <nav class="cluster" aria-label="Which statements">
                    <ChipLink href=base.clone() label="All" current=only == Only::All/>
                    <ChipLink href=format!("{base}?only=unresolved") label="To do" current=only == Only::Unresolved/>
                </nav>
                <ul class="rows rows-ruled rows-tight" role="list">{rows}</ul>
                <Pager page pages base=list/>
            </section>
            <Finish round me action=finish/>
        </Page>
    }
}

#[component]
fn Standing(round: Round) -> impl IntoView {
    let words = match (&round.signed_off, round.overdue) {
        (Some(signed), _) => format!(
            "The round was signed off on {}. You can read what was said; nothing changes any more.",
            signed.day
        ),
        (None, true) => {
            "The last day has passed. What you say is still taken until the curator signs the round off.".into()
        }
        (None, false) => return ().into_any(),
    };
    view! { <Notice tone=Tone::Highlight><p>{words}</p></Notice> }.into_any()
}

#[component]
fn Line(line: ReviewLine, href: String) -> impl IntoView {
    let href = format!("{href}/{}", line.number);
    let state = match (line.resolved, line.mine) {
        (Some(resolution), _) => view! { <Chip label=resolution.label()/> }.into_any(),
        (None, Some(mine)) => view! { <Chip label=mine.label() tone=tone(mine)/> }.into_any(),
        (None, None) if line.again => view! { <Chip label="Asked again" tone=Tone::Highlight/> }.into_any(),
        (None, None) => ().into_any(),
    };
    view! {
        <li class="row">
            {filled(line.code).map(|code| view! { <span class="row-start">{code}</span> })}
            <div class="row-main"><a href=href>{line.title}</a></div>
            <div class="row-end">{state}</div>
        </li>
    }
}

/// What waits for a verdict once more, or was added, and why.
#[component]
fn Anew(line: ReviewLine, href: String) -> impl IntoView {
    let href = format!("{href}/{}", line.number);
    view! {
        <li class="row">
            {filled(line.code).map(|code| view! { <span class="row-start">{code}</span> })}
            <div class="row-main"><a href=href>{line.title}</a><p class="meta lines">{line.ask_words}</p></div>
        </li>
    }
}

/// Saying that one is done, and whether one is named.
#[component]
fn Finish(round: Round, me: Me, action: ServerAction<FinishReview>) -> impl IntoView {
    let form = Form::of(action);
    let leave = ServerAction::<LeaveReview>::new();
    let over = round.signed_off.is_some();
    let name = if me.named_as.is_empty() {
        me.name.clone()
    } else {
        me.named_as.clone()
    };
    let (id, own) = (round.id.to_string(), round.id.to_string());
    let said = me
        .finished
        .clone()
        .map(|day| format!("You said on {day} that you are done."));
    view! {
        <section>
            <h2>"When you are done"</h2>
            {said.map(|said| view! { <p class="meta">{said}</p> })}
            // Whom the edition thanks is fixed as the round is signed off; who is, may take it back.
            {(!over || me.named).then(|| view! {
                <ActionForm action attr:class="form">
                    <FormErrors form/>
                    <input type="hidden" name="round" value=own/>
                    <Checkbox form name="named" label="Thank me by name in the published edition" checked=me.named/>
                    {(!over).then(|| view! {
                        <TextField form name="named_as" label="As" value=name maxlength=120 autocomplete="name"/>
                        <Checkbox form name="done" label="I am done with my review" checked=me.finished.is_some()/>
                    })}
                    <div class="form-actions"><button class="button" type="submit">"Save"</button></div>
                </ActionForm>
            })}
            {me.by_link.then(|| view! {
                <ActionForm action=leave>
                    <input type="hidden" name="round" value=id/>
                    <p class="meta">"On a shared computer, "<button class="button quiet small" type="submit">"leave the review"</button>" when you go: your link opens it again."</p>
                </ActionForm>
            })}
        </section>
    }
}
