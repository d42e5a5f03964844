//! A member's day: continue, due, new, how far.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::guide::GuideView;
use super::model::{News, Next, Progress, Today};
use crate::assessments::model::HistoryPoint;
use crate::competencies::model::counted;
use crate::language::foreign;
use crate::plans::model::Upcoming;
use crate::programmes::model::MyCohort;
use crate::start::use_viewer;
use crate::ui::{Avatar, ChartPoint, EmptyState, LineChart, Moment, Notice, Page, Progress as ProgressBar, Tone};
use crate::viewer::Viewer;

#[component]
pub(super) fn TodayView(today: Today) -> impl IntoView {
    let Today {
        date,
        title,
        next,
        cohorts,
        due,
        news,
        progress,
        history,
        guide,
        no_mail,
        changes,
        reviews,
        evidence,
    } = today;
    let side = view! { <Cohorts cohorts/> <DueList due/> <Far progress history/> };
    view! {
        <Page title=title kicker=date side=side.into_any()>
            <Joined/>
            {no_mail.then(NoMail)}
            {(reviews > 0).then(|| view! {
                <Notice tone=Tone::Highlight>
                    <p><a href="/reviews">{format!("You are asked to review: {}", counted(reviews, "round", "rounds"))}</a></p>
                </Notice>
            })}
            {(evidence > 0).then(|| view! {
                <Notice tone=Tone::Highlight>
                    <p><a href="/me/evidence/waiting">{format!("Evidence is put forward to you: {}", counted(evidence, "piece", "pieces"))}</a></p>
                </Notice>
            })}
            {(changes > 0).then(|| view! {
                <Notice tone=Tone::Highlight>
                    <p>
                        "The competency index has a new edition. "
                        <a href="/me/changes">{format!("See what changed for you: {}", counted(changes, "statement", "statements"))}</a>
                    </p>
                </Notice>
            })}
            {next.into_iter().map(|next| view! { <Continue next/> }).collect_view()}
            {(!guide.is_done()).then(|| view! { <GuideView guide/> })}
            <section>
                <h2>"New for you"</h2>
                {if news.is_empty() && !guide.group {
                    view! {
                        <p class="meta">"What is said in your study groups appears here. "<a href="/groups">"Find a group"</a></p>
                    }
                    .into_any()
                } else if news.is_empty() {
                    view! { <p class="meta">"You have read everything in your groups."</p> }.into_any()
                } else {
                    view! { <ul class="rows">{news.into_iter().map(news_row).collect_view()}</ul> }.into_any()
                }}
            </section>
        </Page>
    }
}

/// For whoever has just made an account with a link.
#[component]
fn Joined() -> impl IntoView {
    let joined = use_query_map().with_untracked(|query| query.get("notice").as_deref() == Some("joined"));
    let place = use_viewer().with_untracked(|viewer| viewer.memberships.first().map(|place| place.name.clone()));
    place
        .filter(|_| joined)
        .map(|place| view! { <Notice tone=Tone::Accent><p>{format!("You have joined {place}.")}</p></Notice> })
}

/// For administrators: what does not happen by itself.
#[component]
fn NoMail() -> impl IntoView {
    let rules = use_viewer().with_untracked(Viewer::may_rule_site);
    view! {
        <Notice tone=Tone::Highlight>
            <p>
                "No mail is sent from here: links to join and to new passwords are shown to you, and you pass them on. "
                {rules.then(|| view! { <a href="/admin/mail">"How to change that"</a> })}
            </p>
        </Notice>
    }
}

#[component]
fn Continue(next: Next) -> impl IntoView {
    let lang = foreign(&next.language);
    view! {
        <section class="sheet continue">
            <div>
                <p class="kicker" lang=lang.clone()>{next.of}</p>
                <h2 lang=lang>{next.title}</h2>
                <ProgressBar done=next.done of=next.all label=next.progress text=next.text/>
            </div>
            <a class="button" href=next.href>"Continue"</a>
        </section>
    }
}

#[component]
fn Cohorts(cohorts: Vec<MyCohort>) -> impl IntoView {
    let some = !cohorts.is_empty();
    let rows = cohorts
        .into_iter()
        .map(|cohort| {
            let done = (cohort.lessons > 0).then(|| {
                let text = format!("{} of {} lessons done", cohort.done, cohort.lessons);
                view! { <ProgressBar done=cohort.done of=cohort.lessons label="Lessons done" text=text/> }
            });
            view! {
                <li>
                    <a href=format!("/cohorts/{}", cohort.id)>{cohort.title}</a>
                    <p class="meta">{format!("{} · {}", cohort.dates, cohort.phase)}</p>
                    {done}
                </li>
            }
        })
        .collect_view();
    some.then(|| view! { <section><h2>"Your cohorts"</h2><ul class="rows">{rows}</ul></section> })
}

#[component]
fn DueList(due: Vec<Upcoming>) -> impl IntoView {
    let none = due.is_empty();
    let rows = due
        .into_iter()
        .map(|due| {
            let meta = format!("{} · {}", due.kind, due.due.label);
            view! {
                <li>
                    <a class="row-title" href=due.href lang=foreign(&due.language)>{due.title}</a>
                    <p class="meta" class:late=due.due.late>{meta}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <section>
            <h2>"Due"</h2>
            {if none {
                view! { <p class="meta">"Nothing is due. "<a href="/me/plan">"Look at your plan"</a></p> }.into_any()
            } else {
                view! { <ul class="rows">{rows}</ul><p><a href="/me/plan">"Your plan"</a></p> }.into_any()
            }}
        </section>
    }
}

#[component]
fn Far(progress: Option<Progress>, history: Vec<HistoryPoint>) -> impl IntoView {
    view! {
        <section>
            <h2>"How far I have come"</h2>
            {match progress {
                Some(progress) => view! { <Reached progress history/> }.into_any(),
                None => view! {
                    <EmptyState title="No role chosen yet">
                        "How far you are is counted against a role profile. "
                        <a href="/me">"Choose a role profile"</a>
                    </EmptyState>
                }
                .into_any(),
            }}
        </section>
    }
}

/// A line where there is one, before that a bar.
#[component]
fn Reached(progress: Progress, history: Vec<HistoryPoint>) -> impl IntoView {
    let of = progress.of;
    let figure = if history.len() < 2 {
        let text = format!("{} of {of} at the level this role needs", progress.at_level);
        view! { <ProgressBar done=progress.at_level of label="Statements at level" text=text/> }.into_any()
    } else {
        let points = history
            .into_iter()
            .map(|point| ChartPoint {
                text: format!("{} of {of}", point.at_level),
                label: point.label,
                value: point.at_level,
            })
            .collect();
        view! { <LineChart title="Statements at the level this role needs" points max=of/> }.into_any()
    };
    view! {
        <p class="meta">{progress.text}</p>
        {figure}
        <p><a href=format!("/me/gaps?profile={}", progress.slug)>"See my gaps"</a></p>
    }
}

fn news_row(news: News) -> impl IntoView {
    // The title of what is shared names its person already.
    let by = (!news.new.is_empty()).then(|| view! { <b>{news.author.clone()}</b>" " });
    let said = (!news.beginning.is_empty()).then(|| view! { <p class="news-said">{by}{news.beginning}</p> });
    view! {
        <li class="row-media">
            <Avatar name=news.author/>
            <div>
                <b>{news.new}<a href=news.href>{news.title}</a></b>
                {said}
                <p class="meta">{news.group}" · "<Moment iso=news.iso label=news.label/></p>
            </div>
        </li>
    }
}
