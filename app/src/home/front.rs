//! What a visitor sees first.

use leptos::prelude::*;

use super::model::{Front, FrontCourse, FrontSet, News, Running};
use crate::competencies::model::counted;
use crate::language::foreign;
use crate::ui::{ChipLink, EmptyState, Icon, Moment, Page};

#[component]
pub(super) fn FrontView(front: Front) -> impl IntoView {
    let Front {
        sets,
        running,
        courses,
        threads,
    } = front;
    let empty = (sets.is_empty() && courses.is_empty() && running.is_empty()).then(|| {
        view! {
            <EmptyState title="Nothing is published yet" icon=Icon::Index>
                <p>"The first competency set and the first course will stand here, for everyone to read."</p>
            </EmptyState>
        }
    });
    let join = view! {
        <section class="sheet" id="join">
            <h2>"How to join"</h2>
            <p>"Reading needs no account: the index, the courses, open resources and public talk are here for everyone."</p>
            <p>"To rate yourself, take courses and talk, find your organisation."</p>
            <p class="button-row"><a class="button quiet" href="/join">"Find your organisation"</a></p>
        </section>
    };
    let side = view! {
        <section class="sheet">
            <h2>"How it goes"</h2>
            <ol class="steps">
                <li><b>"Find"</b>" what good work looks like"</li>
                <li><b>"Rate"</b>" yourself, in short sittings"</li>
                <li><b>"See"</b>" the gap, yours to keep or share"</li>
                <li><b>"Plan"</b>" with real courses and tasks"</li>
                <li><b>"Study"</b>" it with others"</li>
            </ol>
        </section>
        {join}
        {section("Being talked about", threads, thread_row)}
    };
    view! {
        <Page
            kicker=crate::start::use_site_name()
            title="Where library staff learn together and see themselves grow"
            lede="Study groups around real course work, and a competency index to rate yourself against, plan from and be proud of.".to_string()
            side=side.into_any()
        >
            <p class="button-row">
                <a class="button" href="/sign-in">"Sign in"</a>
                <a class="button quiet" href="/join">"Join"</a>
                <a class="button quiet" href="/index">"Browse the index"</a>
            </p>
            {empty}
            {section("The index", sets, set_row)}
            {section("Running now and soon", running, running_row)}
            {section("Courses", courses, course_row)}
        </Page>
    }
}

/// Nothing where there is nothing to list.
fn section<T, V: IntoView + 'static>(title: &'static str, of: Vec<T>, row: fn(T) -> V) -> Option<AnyView> {
    (!of.is_empty()).then(|| {
        let rows = of.into_iter().map(row).collect_view();
        view! { <section><h2>{title}</h2><ul class="rows">{rows}</ul></section> }.into_any()
    })
}

fn set_row(set: FrontSet) -> impl IntoView {
    let counts = format!(
        "{} · {}",
        counted(set.competencies, "competency", "competencies"),
        counted(set.statements, "statement", "statements")
    );
    view! {
        <li lang=foreign(&set.language)>
            <h3><a href=format!("/index/{}", set.slug)>{set.title}</a></h3>
            <p>{set.description}</p>
            <p class="meta" lang="en">{counts}</p>
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
            <p class="meta" lang="en">{counted(course.lessons, "lesson", "lessons")}</p>
        </li>
    }
}

fn thread_row(thread: News) -> impl IntoView {
    view! {
        <li>
            <a href=thread.href>{thread.title}</a>
            <p class="meta">{format!("{} · {} · ", thread.group, counted(thread.posts, "post", "posts"))}<Moment iso=thread.iso label=thread.label/></p>
        </li>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn html(front: Front) -> String {
        Owner::new().with(|| {
            leptos_meta::provide_meta_context();
            view! { <FrontView front/> }.to_html()
        })
    }

    fn empty() -> Front {
        Front {
            sets: Vec::new(),
            running: Vec::new(),
            courses: Vec::new(),
            threads: Vec::new(),
        }
    }

    #[test]
    fn where_nothing_is_published_that_is_said_and_no_list_stands_empty() {
        let html = html(empty());
        assert!(html.contains("Nothing is published yet"), "{html}");
        for heading in ["The index", "Courses", "Being talked about", "class=\"rows\""] {
            assert!(!html.contains(heading), "{heading} in {html}");
        }
    }

    #[test]
    fn one_is_one() {
        let course = FrontCourse {
            slug: "budget".into(),
            title: "Reading a budget".into(),
            summary: String::new(),
            lessons: 1,
            language: "en".into(),
        };
        let html = html(Front {
            courses: vec![course],
            ..empty()
        });
        assert!(
            html.contains("1 lesson<") && !html.contains("Nothing is published"),
            "{html}"
        );
    }
}
