//! All published courses.

use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::courses::api::load_catalogue;
use crate::courses::model::{CataloguePage, CourseCard};
use crate::courses::rules::lessons_label;
use crate::start::use_viewer;
use crate::ui::load::{load, loaded};
use crate::ui::{Chip, EmptyState, Icon, Page, Pager, Progress};
use crate::viewer::Viewer;

lazy_page!(CATALOGUE in reading => catalogue);

fn catalogue() -> AnyView {
    let query = use_query_map();
    let page = load(
        move || query.with(|query| query.get("page").and_then(|page| page.parse().ok())),
        load_catalogue,
    );
    loaded(page, |page| view! { <CatalogueView page/> })
}

#[component]
fn CatalogueView(page: CataloguePage) -> impl IntoView {
    let may_write = use_viewer().with_untracked(Viewer::may_write_courses);
    let write = may_write.then(|| view! { <a class="button quiet" href="/studio">"Write a course"</a> }.into_any());
    let empty = page.courses.is_empty();
    let rows = page
        .courses
        .into_iter()
        .map(|course| view! { <CourseRow course/> })
        .collect_view();
    view! {
        <Page
            title="Courses"
            lede="Short courses on library work, each with a study group beside it and tied to the statements that it serves.".to_string()
            actions=write
        >
            {if empty {
                view! {
                    <EmptyState title="No courses yet" icon=Icon::Courses>
                        <p>"Courses that trainers publish stand here for everyone to read."</p>
                    </EmptyState>
                }
                .into_any()
            } else {
                view! { <ul class="rows rows-ruled" role="list">{rows}</ul> }.into_any()
            }}
            <Pager page=page.page pages=page.pages base="/courses"/>
        </Page>
    }
}

#[component]
fn CourseRow(course: CourseCard) -> impl IntoView {
    let facts = [course.hours, lessons_label(course.lessons), course.organisation];
    let facts = facts
        .into_iter()
        .filter(|fact| !fact.is_empty())
        .collect::<Vec<_>>()
        .join(" · ");
    let visitor = !use_viewer().with_untracked(Viewer::is_signed_in);
    let door = if course.open { "Open to all" } else { "With an account" };
    let started = (course.done > 0).then(|| {
        let label = format!("Lessons done of {}", course.title);
        let text = format!("{} of {} lessons done", course.done.min(course.lessons), course.lessons);
        view! { <Progress done=course.done of=course.lessons label=label text=text/> }
    });
    view! {
        <li class="row">
            <div class="row-main">
                <h2 class="row-title"><a href=format!("/courses/{}", course.slug)>{course.title}</a></h2>
                <p class="lede">{course.summary}</p>
                <p class="meta">{facts}</p>
                {started}
            </div>
            {visitor.then(|| view! { <span class="row-end"><Chip label=door/></span> })}
        </li>
    }
}
