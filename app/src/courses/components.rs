//! Parts that pages of courses, cohorts and resources share.

use leptos::prelude::*;

use super::model::{Aligned, LessonLine, Module, modules};
use super::rules::minutes_label;
use crate::ui::{ChipTo, LevelDots};

/// The statements that something serves, as chips that lead to them.
#[component]
pub fn AlignedChips(aligned: Vec<Aligned>) -> impl IntoView {
    (!aligned.is_empty()).then(|| {
        let chips = aligned
            .into_iter()
            .map(|one| {
                let name = if one.code.is_empty() {
                    one.title.clone()
                } else {
                    one.code.clone()
                };
                let label = format!("{name} · {}", one.level_label());
                view! { <li title=one.title><ChipTo href=one.href label/></li> }
            })
            .collect_view();
        view! { <ul class="cluster" role="list" aria-label="Statements that it serves">{chips}</ul> }
    })
}

/// The statements that a course serves, each with its level.
#[component]
pub fn AlignedList(aligned: Vec<Aligned>) -> impl IntoView {
    let rows = aligned
        .into_iter()
        .map(|one| {
            let (level, of, label) = (one.level, one.of(), one.level_label());
            view! {
                <li class="row">
                    <span class="row-start code">{one.code}</span>
                    <a class="row-main" href=one.href>{one.title}</a>
                    <span class="row-end"><LevelDots level of label/></span>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="rows rows-tight rows-ruled" role="list">{rows}</ul> }
}

/// The modules of a course with their lessons, as its page shows them.
#[component]
pub fn ModuleList(
    /// The course's slug.
    #[prop(into)]
    course: String,
    lessons: Vec<LessonLine>,
) -> impl IntoView {
    let modules = modules(&lessons)
        .into_iter()
        .map(|module| {
            let heading = module.label().map(|label| view! { <h3 class="row-title">{label}</h3> });
            let rows = module
                .lessons
                .into_iter()
                .map(|lesson| lesson_row(&course, lesson))
                .collect_view();
            view! { <li class="stack-tight">{heading}<ol class="rows rows-tight" role="list">{rows}</ol></li> }
        })
        .collect_view();
    view! { <ol class="rows rows-ruled" role="list">{modules}</ol> }
}

fn lesson_row(course: &str, lesson: LessonLine) -> impl IntoView + use<> {
    let href = format!("/courses/{course}/{}", lesson.slug);
    view! {
        <li class="row">
            <span class="lesson-mark"><Tick done=lesson.done/></span>
            <a class="row-main" href=href>{lesson.title}</a>
            <span class="row-end meta">{minutes_label(lesson.minutes)}</span>
        </li>
    }
}

/// Whether a lesson is done: a tick, and the word for those who do not see it.
#[component]
pub fn Tick(done: bool) -> impl IntoView {
    done.then(|| view! { <span aria-hidden="true">"✓"</span><span class="visually-hidden">"Done: "</span> })
}

/// The contents of a course beside a lesson: where one stands, what is done.
#[component]
pub fn Outline(course: String, lessons: Vec<LessonLine>, current: String) -> impl IntoView {
    let entry = |lesson: LessonLine| {
        let here = lesson.slug == current;
        let href = format!("/courses/{course}/{}", lesson.slug);
        view! {
            <li>
                <a href=href class=lesson.done.then_some("done") aria-current=here.then_some("page")>
                    <span><Tick done=lesson.done/>{lesson.done.then_some(" ")}{lesson.title}</span>
                </a>
            </li>
        }
    };
    let modules = modules(&lessons)
        .into_iter()
        .map(|Module { title, lessons, .. }| {
            let heading = (!title.is_empty()).then(|| view! { <li class="outline-title">{title}</li> });
            let entries = lessons.into_iter().map(entry).collect_view();
            (heading, entries)
        })
        .collect_view();
    view! { <ol class="outline" role="list">{modules}</ol> }
}
