//! A member's day: continue, due, new, how far.

use leptos::prelude::*;

use super::model::{Due, News, Next, Progress, Today};
use crate::programmes::model::MyCohort;
use crate::ui::{EmptyState, Moment, Page, Progress as ProgressBar};

#[component]
pub(super) fn TodayView(today: Today) -> impl IntoView {
    let Today {
        date,
        greeting,
        next,
        cohorts,
        due,
        news,
        progress,
    } = today;
    let first_day = next.is_none() && progress.is_none() && cohorts.is_empty();
    let title = if first_day {
        format!("{greeting}. Here is a good first step.")
    } else {
        format!("{greeting}. Pick up where you left off.")
    };
    let side = view! { <Cohorts cohorts/> <DueList due/> <Far progress/> };
    view! {
        <Page title=title kicker=date side=side.into_any()>
            {next.map(|next| view! { <Continue next/> })}
            {first_day.then(first_steps)}
            <section>
                <h2>"New for you"</h2>
                {if news.is_empty() {
                    view! { <p class="meta">"You have read everything in your groups."</p> }.into_any()
                } else {
                    view! { <ul class="rows">{news.into_iter().map(news_row).collect_view()}</ul> }.into_any()
                }}
            </section>
        </Page>
    }
}

fn first_steps() -> impl IntoView {
    view! {
        <section class="sheet">
            <ol class="steps">
                <li><a href="/me">"Choose a role profile"</a>": what your kind of work needs"</li>
                <li><a href="/me/rate">"Rate ten statements"</a>", about four minutes"</li>
                <li><a href="/groups">"Join a study group"</a></li>
                <li><a href="/courses">"Pick a course"</a></li>
            </ol>
        </section>
    }
}

#[component]
fn Continue(next: Next) -> impl IntoView {
    let text = format!(
        "{} of {} lessons · {} minutes for this one",
        next.done, next.of, next.minutes
    );
    view! {
        <section class="sheet continue">
            <div>
                <p class="kicker">{next.course}</p>
                <h2>{next.lesson}</h2>
                <ProgressBar done=next.done of=next.of label="Lessons done" text=text/>
            </div>
            <a class="button" href=format!("/courses/{}/{}", next.course_slug, next.lesson_slug)>"Continue"</a>
        </section>
    }
}

#[component]
fn Cohorts(cohorts: Vec<MyCohort>) -> impl IntoView {
    let some = !cohorts.is_empty();
    let rows = cohorts
        .into_iter()
        .map(|cohort| {
            let text = format!("{} of {} lessons done", cohort.done, cohort.lessons);
            view! {
                <li>
                    <a href=format!("/cohorts/{}", cohort.id)>{cohort.title}</a>
                    <p class="meta">{format!("{} · {}", cohort.dates, cohort.phase)}</p>
                    <ProgressBar done=cohort.done of=cohort.lessons label="Lessons done" text=text/>
                </li>
            }
        })
        .collect_view();
    some.then(|| view! { <section><h2>"Your cohorts"</h2><ul class="rows">{rows}</ul></section> })
}

#[component]
fn DueList(due: Vec<Due>) -> impl IntoView {
    let none = due.is_empty();
    let rows = due
        .into_iter()
        .map(|due| {
            let meta = format!(
                "{} · {}{}",
                due.what,
                if due.overdue { "was due " } else { "" },
                due.day
            );
            view! { <li><b>{due.title}</b><p class="meta">{meta}</p></li> }
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
fn Far(progress: Option<Progress>) -> impl IntoView {
    view! {
        <section>
            <h2>"How far I have come"</h2>
            {match progress {
                Some(progress) => {
                    let text = format!("{} of {} at the level this role needs", progress.at_level, progress.of);
                    let meta = format!("{} · {} of {} rated", progress.profile, progress.rated, progress.of);
                    view! {
                        <p class="meta">{meta}</p>
                        <ProgressBar done=progress.at_level of=progress.of label="Statements at level" text=text/>
                        <p><a href=format!("/me/gaps?profile={}", progress.slug)>"See my gaps"</a></p>
                    }
                    .into_any()
                }
                None => view! {
                    <EmptyState title="Not rated yet">
                        "Choose a role profile and rate ten statements: it takes about four minutes. "
                        <a href="/me">"Choose a role profile"</a>
                    </EmptyState>
                }
                .into_any(),
            }}
        </section>
    }
}

fn news_row(news: News) -> impl IntoView {
    let new = if news.unread == 1 {
        "1 new post in ".to_owned()
    } else {
        format!("{} new posts in ", news.unread)
    };
    view! {
        <li>
            <b>{new}<a href=news.href>{news.title}</a></b>
            <p class="meta">{news.group}" · "<Moment iso=news.iso label=news.label/></p>
        </li>
    }
}
