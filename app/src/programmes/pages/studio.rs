//! The studio: what one writes and runs.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::super::api::load_studio;
use super::super::model::{CohortLine, Shelf, StudioCourse, StudioPage, StudioSet};
use crate::courses::rules::lessons_label;
use crate::ui::load::{load, loaded};
use crate::ui::{Chip, Crumb, EmptyState, Icon, Notice, Page, Pager, Tone};

pub(super) fn studio() -> AnyView {
    let query = use_query_map();
    let page = load(
        move || {
            query.with(|query| {
                let page = query.get("page").and_then(|page| page.parse().ok());
                (query.get("show").unwrap_or_default(), page)
            })
        },
        |(show, page)| load_studio(show, page),
    );
    loaded(page, |studio| view! { <StudioView studio/> })
}

#[component]
fn StudioView(studio: StudioPage) -> impl IntoView {
    let crumbs = if studio.shelf.is_some() {
        vec![Crumb::new("/studio", "Studio")]
    } else {
        Vec::new()
    };
    let title = match studio.shelf {
        Some(Shelf::Courses) => "All courses you may write",
        Some(Shelf::Cohorts) => "All cohorts you may run",
        Some(Shelf::Sets) => "All sets you may edit",
        None => "Studio",
    };
    let lede = match (studio.trains, studio.curates) {
        (true, true) => "Where courses are written, cohorts are opened, and the index is kept.",
        (true, false) => "Where courses are written and cohorts are opened.",
        (false, _) => "Where the index is kept.",
    };
    let lede = studio.shelf.is_none().then(|| lede.to_owned());
    let query = use_query_map();
    let done = move || {
        let words = match query.with(|query| query.get("notice")).as_deref() {
            Some("course-deleted") => "The course is deleted.",
            Some("cohort-deleted") => "The cohort is deleted.",
            _ => return None,
        };
        Some(view! { <Notice tone=Tone::Accent><p>{words}</p></Notice> })
    };
    let base = studio
        .shelf
        .map_or("/studio".to_owned(), |shelf| format!("/studio?show={}", shelf.as_str()));
    let courses = studio
        .shows(Shelf::Courses)
        .then(|| view! { <Courses studio=studio.clone()/> });
    let cohorts = studio
        .shows(Shelf::Cohorts)
        .then(|| view! { <Cohorts studio=studio.clone()/> });
    let sets = studio
        .shows(Shelf::Sets)
        .then(|| view! { <Sets studio=studio.clone()/> });
    view! {
        <Page title=title lede=lede crumbs=crumbs>
            {done}
            {courses}
            {cohorts}
            {sets}
            <Pager page=studio.page pages=studio.pages base=base/>
        </Page>
    }
}

/// A shelf: its name, how to add to it, what stands on it, and the rest.
#[component]
fn ShelfView(
    title: &'static str,
    shelf: Shelf,
    #[prop(into)] add: AnyView,
    empty: &'static str,
    shown: usize,
    count: u32,
    whole: bool,
    children: Children,
) -> impl IntoView {
    let rest = (!whole && count as usize > shown).then(|| {
        let href = format!("/studio?show={}", shelf.as_str());
        view! { <p><a href=href>{format!("See all {count}")}</a></p> }
    });
    let body = if shown == 0 {
        view! { <p class="meta">{empty}</p> }.into_any()
    } else {
        view! { <ul class="rows rows-tight rows-ruled" role="list">{children()}</ul> }.into_any()
    };
    view! {
        <section class="stack">
            <div class="split"><h2>{title}</h2>{add}</div>
            {body}
            {rest}
        </section>
    }
}

#[component]
fn Courses(studio: StudioPage) -> impl IntoView {
    let (shown, count, whole) = (studio.courses.len(), studio.courses_count, studio.shelf.is_some());
    if shown == 0 {
        return view! {
            <section>
                <h2>"Courses"</h2>
                <EmptyState title="No courses yet" icon=Icon::Courses action=view! { <a class="button" href="/studio/courses/new">"New course"</a> }.into_any()>
                    <p>"A course is a few lessons in Markdown. It stays a draft until you publish it."</p>
                </EmptyState>
            </section>
        }
        .into_any();
    }
    let rows = studio.courses.into_iter().map(course_row).collect_view();
    let add = view! { <a class="button small" href="/studio/courses/new">"New course"</a> }.into_any();
    view! { <ShelfView title="Courses" shelf=Shelf::Courses add=add empty="" shown count whole>{rows}</ShelfView> }
        .into_any()
}

fn course_row(course: StudioCourse) -> impl IntoView {
    let state = if course.published {
        ("Published", Tone::Accent)
    } else {
        ("Draft", Tone::Highlight)
    };
    view! {
        <li class="row">
            <div class="row-main">
                <a href=format!("/studio/courses/{}", course.slug)>{course.title}</a>
                <p class="meta">{format!("{} · {}", course.organisation, lessons_label(course.lessons))}</p>
            </div>
            <span class="row-end"><Chip label=state.0 tone=state.1/></span>
        </li>
    }
}

#[component]
fn Cohorts(studio: StudioPage) -> impl IntoView {
    let (shown, count, whole) = (studio.cohorts.len(), studio.cohorts_count, studio.shelf.is_some());
    let rows = studio.cohorts.into_iter().map(cohort_row).collect_view();
    let add = view! { <a class="button small" href="/studio/cohorts/new">"New cohort"</a> }.into_any();
    view! {
        <ShelfView
            title="Cohorts" shelf=Shelf::Cohorts add=add shown count whole
            empty="A cohort is one run of a course, with dates and people. Those that you may run stand here."
        >{rows}</ShelfView>
    }
}

pub(super) fn cohort_row(cohort: CohortLine) -> impl IntoView {
    let tone = if cohort.phase == "Running" {
        Tone::Accent
    } else {
        Tone::Plain
    };
    view! {
        <li class="row">
            <div class="row-main">
                <a href=format!("/cohorts/{}", cohort.id)>{cohort.title}</a>
                <p class="meta">{format!("{} · {}", cohort.course, cohort.dates)}</p>
            </div>
            <span class="row-end"><Chip label=cohort.phase tone=tone/></span>
        </li>
    }
}

#[component]
fn Sets(studio: StudioPage) -> impl IntoView {
    let (shown, count, whole) = (studio.sets.len(), studio.sets_count, studio.shelf.is_some());
    let rows = studio.sets.into_iter().map(set_row).collect_view();
    let add = view! {
        <span class="cluster">
            <a class="button quiet small" href="/studio/import">"Import a set"</a>
            <a class="button small" href="/studio/sets/new">"New set"</a>
        </span>
    }
    .into_any();
    view! {
        <ShelfView
            title="Competency sets" shelf=Shelf::Sets add=add shown count whole
            empty="Sets of your organisations stand here, drafts included. Begin one, or import one from a CASE or Moodle file."
        >{rows}</ShelfView>
    }
}

fn set_row(set: StudioSet) -> impl IntoView {
    let edition = set.edition.map(|(number, state)| {
        let tone = if state == "published" {
            Tone::Accent
        } else {
            Tone::Highlight
        };
        view! { <span class="row-end"><Chip label=format!("Edition {number}, {state}") tone=tone/></span> }
    });
    view! {
        <li class="row">
            <div class="row-main">
                <a href=format!("/studio/sets/{}", set.slug)>{set.title}</a>
                <p class="meta">{set.organisation}</p>
            </div>
            {edition}
        </li>
    }
}
