use leptos::prelude::*;

use super::model::{Attended, DoneTask, LearningRecord, Studied};
use crate::language::foreign;
use crate::ui::{Chip, Disclosure, Pager, Tone};

/// What a record holds, for the person and for those whom it is shown to; made
/// to be printed as well.
#[component]
pub fn RecordBody(
    record: LearningRecord,
    /// The address of the page.
    #[prop(into)]
    base: String,
) -> impl IntoView {
    let (some_courses, some_cohorts) = (!record.courses.is_empty(), !record.cohorts.is_empty());
    let courses = record.courses.into_iter().map(course_row).collect_view();
    let cohorts = record.cohorts.into_iter().map(cohort_row).collect_view();
    let some_tasks = !record.tasks.is_empty();
    let tasks = record.tasks.into_iter().map(task_row).collect_view();
    view! {
        {some_courses.then(|| view! {
            <section>
                <h2>"Courses and lessons"</h2>
                <ul class="rows rows-ruled" role="list">{courses}</ul>
            </section>
        })}
        <Pager page=record.courses_page pages=record.courses_pages base=base.clone() name="courses" label="Pages of courses"/>
        {some_cohorts.then(|| view! {
            <section>
                <h2>"Cohorts"</h2>
                <ul class="rows rows-ruled" role="list">{cohorts}</ul>
            </section>
        })}
        <Pager page=record.cohorts_page pages=record.cohorts_pages base=base.clone() name="cohorts" label="Pages of cohorts"/>
        {some_tasks.then(|| view! {
            <section>
                <h2>"Done at work"</h2>
                <ul class="rows rows-ruled" role="list">{tasks}</ul>
            </section>
        })}
        <Pager page=record.tasks_page pages=record.tasks_pages base name="tasks" label="Pages of what was done at work"/>
    }
}

fn title(href: Option<String>, title: String, lang: Option<String>) -> AnyView {
    match href {
        Some(href) => view! { <a class="quiet-link" href=href lang=lang>{title}</a> }.into_any(),
        None => view! { <span lang=lang>{title}</span> }.into_any(),
    }
}

fn course_row(course: Studied) -> impl IntoView {
    let finished = course.is_finished();
    let lang = foreign(&course.language);
    let mut words = vec![format!("{} of {} lessons", course.done, course.of)];
    if finished && !course.hours.is_empty() {
        words.push(course.hours);
    }
    words.push(match finished {
        true => format!("finished on {}", course.last),
        false => format!("last on {}", course.last),
    });
    let some = !course.lessons.is_empty();
    let lessons = course.lessons.into_iter().map(|(title, day)| {
        view! { <li><span lang=lang.clone()>{title}</span>{format!(", {day}")}</li> }
    });
    let lessons = lessons.collect_view();
    let summary = format!("Lessons of {}", course.title);
    view! {
        <li class="row">
            <div class="row-main">
                <h3 class="row-title">{title(course.href, course.title, lang)}</h3>
                <p class="meta">{words.join(" · ")}</p>
                {some.then(|| view! { <Disclosure summary><ul class="rows rows-tight" role="list">{lessons}</ul></Disclosure> })}
            </div>
            {finished.then(|| view! { <Chip label="Finished" tone=Tone::Accent/> })}
        </li>
    }
}

fn task_row(task: DoneTask) -> impl IntoView {
    view! {
        <li class="row">
            <div class="row-main">{task.title}</div>
            <span class="meta">{task.day}</span>
        </li>
    }
}

fn cohort_row(cohort: Attended) -> impl IntoView {
    let words = [cohort.subject, cohort.dates, cohort.phase];
    let words: Vec<String> = words.into_iter().filter(|words| !words.is_empty()).collect();
    view! {
        <li class="row">
            <div class="row-main">
                <h3 class="row-title">{title(cohort.href, cohort.title, None)}</h3>
                <p class="meta">{words.join(" · ")}</p>
            </div>
        </li>
    }
}
