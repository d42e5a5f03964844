//! A lesson: outline, text, and the talk beside it.

use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::hooks::use_params_map;

use crate::courses::api::{FinishLesson, ReopenLesson, load_lesson};
use crate::courses::components::Outline;
use crate::courses::model::{Lesson, modules};
use crate::courses::rules::minutes_label;
use crate::groups::components::TalkBeside;
use crate::groups::model::BesideTalk;
use crate::language::foreign;
use crate::start::use_viewer;
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Breadcrumbs, Crumb, Dialog, Disclosure, Notice, PageTitle, Prose, Tone};
use crate::viewer::Viewer;

lazy_page!(LESSON_PAGE in learning => lesson_page);

#[derive(Clone, Copy)]
struct Actions {
    finish: ServerAction<FinishLesson>,
    reopen: ServerAction<ReopenLesson>,
}

fn lesson_page() -> AnyView {
    let actions = Actions {
        finish: ServerAction::new(),
        reopen: ServerAction::new(),
    };
    let params = use_params_map();
    let lesson = load(
        move || {
            let place = params.with(|params| {
                (
                    params.get("course").unwrap_or_default(),
                    params.get("lesson").unwrap_or_default(),
                )
            });
            (place, actions.reopen.version().get())
        },
        |((course, lesson), _)| load_lesson(course, lesson),
    );
    loaded(
        lesson,
        move |(lesson, talk)| view! { <LessonView lesson talk actions/> },
    )
}

#[component]
fn LessonView(lesson: Lesson, talk: BesideTalk, actions: Actions) -> impl IntoView {
    let course = lesson.course_slug.clone();
    let crumbs = vec![
        Crumb::new("/courses", "Courses"),
        Crumb::new(format!("/courses/{course}"), lesson.course_title.clone()),
    ];
    let address = format!("/courses/{course}/{}", lesson.slug);
    let outline = view! { <Outline course=course.clone() lessons=lesson.outline.clone() current=lesson.slug.clone()/> };
    let words = match talk.threads.len() {
        0 => "Talk about this lesson".to_owned(),
        threads => format!("Talk about this lesson ({threads})"),
    };
    let folded = view! { <Outline course=course lessons=lesson.outline.clone() current=lesson.slug.clone()/> };
    view! {
        <PageTitle title=lesson.title.clone()/>
        <Meta name="description" content=format!("{}, a lesson of {}.", lesson.title, lesson.course_title)/>
        <div class="page">
            <Breadcrumbs crumbs/>
            <div class="lesson-layout">
                <nav class="lesson-outline on-laptop" aria-label="Lessons of this course">{outline}</nav>
                <div class="on-phone">
                    <Disclosure summary=format!("Lesson {} of {}", lesson.position() + 1, lesson.outline.len())>
                        <nav aria-label="Lessons of this course">{folded}</nav>
                    </Disclosure>
                </div>
                <LessonText lesson=lesson.clone() actions/>
                <aside class="lesson-talk" id="talk-beside" aria-label="Talk beside this lesson">
                    <TalkBeside talk lesson=lesson.id course=lesson.course lesson_title=lesson.title address/>
                </aside>
            </div>
            <p class="talk-open"><a class="button quiet" rel="external" href="#talk">{words}</a></p>
            // What is said beside, on a phone: reading.js puts it in and takes it out.
            <Dialog id="talk-sheet" labelled="talk-title" sheet=true class="talk-sheet"/>
        </div>
    }
}

#[component]
fn LessonText(lesson: Lesson, actions: Actions) -> impl IntoView {
    let module = modules(&lesson.outline)
        .into_iter()
        .find(|module| module.lessons.iter().any(|line| line.id == lesson.id))
        .and_then(|module| module.label());
    let minutes = lesson
        .outline
        .get(lesson.position())
        .map(|line| minutes_label(line.minutes))
        .unwrap_or_default();
    let kicker = [module.unwrap_or_default(), minutes];
    let kicker = kicker
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ");
    let draft = (!lesson.published).then(|| {
        view! { <Notice tone=Tone::Highlight><p>"This course is a draft: only those who write it see it."</p></Notice> }
    });
    let edit = lesson.may_edit.then(|| {
        let href = format!("/studio/courses/{}/{}", lesson.course_slug, lesson.slug);
        view! { <a class="meta" href=href>"Edit this lesson"</a> }
    });
    let lang = foreign(&lesson.language);
    view! {
        <article class="stack">
            <header class="page-titles">
                {(!kicker.is_empty()).then(|| view! { <p class="kicker">{kicker}</p> })}
                <h1 lang=lang.clone()>{lesson.title.clone()}</h1>
                {edit}
            </header>
            {draft}
            <div data-askable><Prose html=lesson.html.clone() lang=lang/></div>
            <Done lesson=lesson.clone() actions/>
            <PreviousNext lesson/>
        </article>
    }
}

/// "Done, next lesson" and asking; or that it is done, and taking that back.
#[component]
fn Done(lesson: Lesson, actions: Actions) -> impl IntoView {
    let form = Form::of(actions.finish);
    let reopen = Form::of(actions.reopen);
    let id = lesson.id.to_string();
    let ask = view! { <a class="button quiet" rel="external" href="#ask">"Ask about this page"</a> };
    if !use_viewer().with_untracked(Viewer::is_signed_in) {
        let here = format!("/courses/{}/{}", lesson.course_slug, lesson.slug);
        let href = format!("/sign-in?next={}", crate::paths::segment(&here));
        return view! {
            <p class="cluster"><a class="button" href=href>"Sign in to keep your place"</a></p>
        }
        .into_any();
    }
    if lesson.is_done() {
        let go_on = lesson.after().map(|next| {
            view! { <a class="button" href=format!("/courses/{}/{}", lesson.course_slug, next.slug)>"Next lesson"</a> }
        });
        return view! {
            <FormErrors form=reopen/>
            <div class="cluster">
                <p class="meta">"✓ You have done this lesson."</p>
                <ActionForm action=actions.reopen>
                    <input type="hidden" name="lesson" value=id/>
                    <button class="link-button" type="submit">"Not done after all"</button>
                </ActionForm>
            </div>
            <div class="cluster">{go_on} {ask}</div>
        }
        .into_any();
    }
    let words = if lesson.after().is_some() {
        "Done, next lesson"
    } else {
        "Done"
    };
    view! {
        <FormErrors form/>
        <div class="cluster">
            <ActionForm action=actions.finish>
                <input type="hidden" name="lesson" value=id/>
                <button class="button" type="submit">{words}</button>
            </ActionForm>
            {ask}
        </div>
    }
    .into_any()
}

#[component]
fn PreviousNext(lesson: Lesson) -> impl IntoView {
    let link = |line: &crate::courses::model::LessonLine, rel: &'static str, word: &'static str| {
        let href = format!("/courses/{}/{}", lesson.course_slug, line.slug);
        view! { <a href=href rel=rel>{word}{line.title.clone()}</a> }
    };
    let before = lesson.before().map(|line| link(line, "prev", "← "));
    // Once it is done, the button leads there; before, this is the way on without
    // saying so.
    let signed_in = use_viewer().with_untracked(Viewer::is_signed_in);
    let word = if signed_in { "Skip to: " } else { "Next: " };
    let after = lesson.after().filter(|_| !(signed_in && lesson.is_done()));
    let after = after.map(|line| link(line, "next", word));
    (before.is_some() || after.is_some()).then(|| {
        view! {
            <nav class="lesson-foot" aria-label="Lesson before and after">
                <span>{before}</span>
                <span>{after}</span>
            </nav>
        }
    })
}
