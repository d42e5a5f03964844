//! What a visitor sees first.

use leptos::prelude::*;

use super::model::{Front, FrontCourse, FrontSet, News, Running};
use crate::language::foreign;
use crate::ui::{ChipLink, Moment, Page};

#[component]
pub(super) fn FrontView(front: Front) -> impl IntoView {
    let Front {
        sets,
        running,
        courses,
        threads,
    } = front;
    let running = (!running.is_empty()).then(|| {
        let rows = running.into_iter().map(running_row).collect_view();
        view! { <section><h2>"Running now and soon"</h2><ul class="rows">{rows}</ul></section> }
    });
    let join = view! {
        <section class="sheet" id="join">
            <h2>"How to join"</h2>
            <p>"Reading needs no account: the index, the courses, open resources and public talk are here for everyone."</p>
            <p>"To rate yourself, take courses and talk, ask whoever looks after Carrel at your library for an invitation link."</p>
            <p class="button-row"><a class="button quiet" href="/sign-in">"I have an account"</a></p>
        </section>
    };
    let side = view! {
        <section class="sheet">
            <h2>"How it goes"</h2>
            <ol class="steps">
                <li><b>"Find"</b>" what good work looks like"</li>
                <li><b>"Rate"</b>" yourself, in short sittings"</li>
                <li><b>"See"</b>" the gap, and only you do"</li>
                <li><b>"Plan"</b>" with real courses and tasks"</li>
                <li><b>"Study"</b>" it with others"</li>
            </ol>
        </section>
        {join}
        <section><h2>"Being talked about"</h2><ul class="rows">{threads.into_iter().map(thread_row).collect_view()}</ul></section>
    };
    let actions = view! {
        <a class="button quiet" href="/index">"Browse the index"</a>
        <a class="button" href="/sign-in">"Sign in"</a>
    };
    view! {
        <Page
            kicker=crate::start::use_site_name()
            title="Where library staff learn together and see themselves grow"
            lede="Study groups around real course work, and a competency index to rate yourself against, plan from and be proud of.".to_string()
            actions=actions.into_any()
            side=side.into_any()
        >
            <section><h2>"The index"</h2><ul class="rows">{sets.into_iter().map(set_row).collect_view()}</ul></section>
            {running}
            <section><h2>"Courses"</h2><ul class="rows">{courses.into_iter().map(course_row).collect_view()}</ul></section>
        </Page>
    }
}

fn set_row(set: FrontSet) -> impl IntoView {
    view! {
        <li lang=foreign(&set.language)>
            <h3><a href=format!("/index/{}", set.slug)>{set.title}</a></h3>
            <p>{set.description}</p>
            <p class="meta" lang="en">{format!("{} competencies · {} statements", set.competencies, set.statements)}</p>
            <ul class="cluster" role="list">
                {set.sections.into_iter().map(|(title, href)| view! { <li><ChipLink href label=title/></li> }).collect_view()}
            </ul>
        </li>
    }
}

fn running_row(run: Running) -> impl IntoView {
    view! {
        <li>
            <h3 lang=foreign(&run.language)><a href=format!("/courses/{}", run.course_slug)>{run.course}</a></h3>
            <p class="meta">{format!("{} · {} · {}", run.dates, run.phase, run.organisation)}</p>
        </li>
    }
}

fn course_row(course: FrontCourse) -> impl IntoView {
    view! {
        <li lang=foreign(&course.language)>
            <h3><a href=format!("/courses/{}", course.slug)>{course.title}</a></h3>
            <p>{course.summary}</p>
            <p class="meta" lang="en">{format!("{} lessons", course.lessons)}</p>
        </li>
    }
}

fn thread_row(thread: News) -> impl IntoView {
    view! {
        <li>
            <a href=thread.href>{thread.title}</a>
            <p class="meta">{format!("{} · {} posts · ", thread.group, thread.posts)}<Moment iso=thread.iso label=thread.label/></p>
        </li>
    }
}
