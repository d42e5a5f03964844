//! Changing a course: its fields, its lessons, the statements it serves.

use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::course_statements::Statements;
use super::new_course::CourseFields;
use crate::courses::model::{CourseDraft, LessonLine};
use crate::courses::rules::{LONGEST_TITLE, lessons_label, minutes_label};
use crate::courses::writing_api::{
    AlignCourse, DeleteCourse, DeleteLesson, MoveLesson, PublishCourse, SaveCourse, UnalignCourse, load_course_draft,
};
use crate::start::use_draft;
use crate::ui::field::TextField;
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Crumb, Disclosure, EmptyState, Icon, Notice, Page, Tone, empty_field};

lazy_page!(COURSE_EDITOR in studio => course_editor);

#[derive(Clone, Copy)]
struct Actions {
    save: ServerAction<SaveCourse>,
    publish: ServerAction<PublishCourse>,
    relocate: ServerAction<MoveLesson>,
    /// How often a lesson was deleted.
    deleted: RwSignal<u32>,
    align: ServerAction<AlignCourse>,
    unalign: ServerAction<UnalignCourse>,
    delete: ServerAction<DeleteCourse>,
}

fn course_editor() -> AnyView {
    let actions = Actions {
        save: ServerAction::new(),
        publish: ServerAction::new(),
        relocate: ServerAction::new(),
        deleted: RwSignal::new(0),
        align: ServerAction::new(),
        unalign: ServerAction::new(),
        delete: ServerAction::new(),
    };
    let (params, query) = (use_params_map(), use_query_map());
    let course = load(
        move || {
            let slug = params.with(|params| params.get("course").unwrap_or_default());
            let search = query.with(|query| query.get("q").unwrap_or_default());
            let changes = (
                actions.publish.version().get(),
                actions.relocate.version().get(),
                actions.deleted.get(),
                actions.align.version().get(),
                actions.unalign.version().get(),
            );
            (slug, search, changes)
        },
        |(slug, search, _)| load_course_draft(slug, search),
    );
    loaded(course, move |course| view! { <CourseEditorView course actions/> })
}

#[component]
fn CourseEditorView(course: CourseDraft, actions: Actions) -> impl IntoView {
    let query = use_query_map();
    let refused = use_draft().is_some();
    let errors = [
        Form::of(actions.publish).error(),
        Form::of(actions.save).error(),
        Form::of(actions.delete).error(),
        Form::of(actions.relocate).error(),
        Form::of(actions.align).error(),
        Form::of(actions.unalign).error(),
    ];
    let notice = move || {
        if refused || errors.iter().any(|error| error.with(Option::is_some)) {
            return None;
        }
        let words = match query.with(|query| query.get("notice")).as_deref() {
            Some("created") => "Your course is begun. Write its first lesson next.",
            Some("saved") => "Saved.",
            Some("lesson-saved") => "The lesson is saved.",
            _ => return None,
        };
        Some(view! { <Notice tone=Tone::Accent><p>{words}</p></Notice> })
    };
    let state = if course.published { "Published" } else { "Draft" };
    let lede = format!(
        "{state} · {} · {}",
        course.organisation,
        lessons_label(u32::try_from(course.lessons.len()).unwrap_or(0))
    );
    let see = view! {
        <a class="button quiet" href=format!("/courses/{}", course.slug)>"See the course"</a>
        <a class="button quiet" href=format!("/studio/cohorts/new?course={}", course.slug)>"Open a cohort"</a>
        <PublishForm course=course.clone() action=actions.publish/>
    }
    .into_any();
    view! {
        <Page title=course.title.clone() lede=lede crumbs=vec![Crumb::new("/studio", "Studio")] actions=see>
            {notice}
            <FormErrors form=Form::of(actions.publish)/>
            <Lessons course=course.clone() actions/>
            <About course=course.clone() action=actions.save/>
            <Statements course=course.clone() align=actions.align unalign=actions.unalign/>
            {(!course.used).then(|| view! { <Deletion course action=actions.delete/> })}
        </Page>
    }
}

#[component]
fn PublishForm(course: CourseDraft, action: ServerAction<PublishCourse>) -> impl IntoView {
    let (words, class) = match (course.published, course.lessons.is_empty()) {
        (true, _) => ("Take out of the catalogue", "button quiet"),
        // The first lesson comes first.
        (false, true) => ("Publish", "button quiet"),
        (false, false) => ("Publish", "button"),
    };
    view! {
        <ActionForm action>
            <input type="hidden" name="course" value=course.id.to_string()/>
            <input type="hidden" name="published" value=(!course.published).to_string()/>
            <button class=class type="submit">{words}</button>
        </ActionForm>
    }
}

#[component]
fn About(course: CourseDraft, action: ServerAction<SaveCourse>) -> impl IntoView {
    let form = Form::of(action);
    // The page that comes then has found nothing.
    Effect::new(move |_| {
        if matches!(action.value().get(), Some(Ok(()))) {
            empty_field("find-statement");
        }
    });
    // Hours that nobody said are no nought.
    let hours = if course.hours > 0.0 {
        course.hours.to_string()
    } else {
        String::new()
    };
    view! {
        <section id="about">
            <h2>"About the course"</h2>
            <ActionForm action attr:class="form">
                <FormErrors form/>
                <input type="hidden" name="course" value=course.id.to_string()/>
                <CourseFields form title=course.title summary=course.summary hours open=course.open/>
                <div class="form-actions"><button class="button" type="submit">"Save"</button></div>
            </ActionForm>
        </section>
    }
}

#[component]
fn Lessons(course: CourseDraft, actions: Actions) -> impl IntoView {
    let add = format!("/studio/courses/{}/new", course.slug);
    let empty = course.lessons.is_empty();
    let another = (!empty).then(|| view! { <a class="button small" href=add.clone()>"Add a lesson"</a> });
    let last = course.lessons.len().saturating_sub(1);
    let rows = course
        .lessons
        .into_iter()
        .enumerate()
        .map(|(place, lesson)| {
            view! { <LessonRow course=course.slug.clone() lesson place last actions/> }
        })
        .collect_view();
    view! {
        <section id="lessons">
            <div class="split">
                <h2>"Lessons"</h2>
                {another}
            </div>
            <FormErrors form=Form::of(actions.relocate)/>
            {if empty {
                view! {
                    <EmptyState title="No lessons yet" icon=Icon::Courses>
                        <p>"A lesson is a page of Markdown that takes ten to thirty minutes. Two make a course."</p>
                        <a class="button" href=add>"Write the first lesson"</a>
                    </EmptyState>
                }
                .into_any()
            } else {
                view! { <ol class="rows rows-tight rows-ruled" role="list">{rows}</ol> }.into_any()
            }}
        </section>
    }
}

#[component]
fn LessonRow(course: String, lesson: LessonLine, place: usize, last: usize, actions: Actions) -> impl IntoView {
    let facts = [lesson.module.clone(), minutes_label(lesson.minutes)];
    let facts = facts
        .into_iter()
        .filter(|fact| !fact.is_empty())
        .collect::<Vec<_>>()
        .join(" · ");
    let shift = |to: Option<usize>, arrow: &'static str, word: &'static str| {
        to.map(|to| {
            let (id, label) = (lesson.id.to_string(), format!("Move “{}” {word}", lesson.title));
            view! {
                <ActionForm action=actions.relocate>
                    <input type="hidden" name="lesson" value=id/>
                    <input type="hidden" name="to" value=to.to_string()/>
                    <button class="button quiet small" type="submit" aria-label=label>{arrow}</button>
                </ActionForm>
            }
        })
    };
    let up = shift(place.checked_sub(1), "↑", "up");
    let down = shift((place < last).then_some(place + 1), "↓", "down");
    view! {
        <li class="row">
            <div class="row-main">
                <a href=format!("/studio/courses/{course}/{}", lesson.slug)>{lesson.title.clone()}</a>
                <p class="meta">{facts}</p>
            </div>
            <div class="row-end cluster">{up} {down}</div>
            <DeleteForm lesson=lesson.clone() deleted=actions.deleted/>
        </li>
    }
}

/// Deleting takes the lesson's title, so that nobody deletes the wrong one.
/// Each row has an action of its own, so that what it says stays with its row.
#[component]
fn DeleteForm(lesson: LessonLine, deleted: RwSignal<u32>) -> impl IntoView {
    let action = ServerAction::<DeleteLesson>::new();
    let form = Form::matching(action, &[("lesson", lesson.id.as_str())]);
    let id = lesson.id.to_string();
    let came_back = form.error().get_untracked().is_some();
    Effect::new(move |_| {
        if matches!(action.value().get(), Some(Ok(()))) {
            deleted.update(|count| *count += 1);
        }
    });
    view! {
        <Disclosure summary=format!("Delete “{}”…", lesson.title) open=came_back>
            <ActionForm action attr:class="form">
                <FormErrors form/>
                <input type="hidden" name="lesson" value=id.clone()/>
                <p>"The lesson goes, and with it who has done it. Talk about it stays in its groups."</p>
                <TextField form name="confirm" label="Type the lesson’s title to delete it" required=true id=format!("confirm-{id}")/>
                <div class="form-actions"><button class="button danger small" type="submit">"Delete lesson"</button></div>
            </ActionForm>
        </Disclosure>
    }
}

/// Deleting takes the course's title, as deleting a lesson does.
#[component]
fn Deletion(course: CourseDraft, action: ServerAction<DeleteCourse>) -> impl IntoView {
    let form = Form::of(action);
    let refused = form.error().get_untracked().is_some();
    view! {
        <section id="delete">
            <h2>"Delete it"</h2>
            <p>"This course was never in the catalogue and has no cohort."</p>
            <Disclosure summary=format!("Delete “{}”…", course.title) open=refused>
                <ActionForm action attr:class="form">
                    <FormErrors form/>
                    <input type="hidden" name="course" value=course.id.to_string()/>
                    <p>"The course goes, and with it its lessons, their pictures and what it is aligned to. It cannot be brought back."</p>
                    <TextField form name="confirm" label="Type the course’s title to delete it" required=true maxlength=LONGEST_TITLE
                        id="confirm-course"/>
                    <div class="form-actions"><button class="button danger small" type="submit">"Delete the course"</button></div>
                </ActionForm>
            </Disclosure>
        </section>
    }
}
