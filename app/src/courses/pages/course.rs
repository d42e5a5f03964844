//! A course: what it is about, its lessons, and who studies it.

use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::courses::api::load_course;
use crate::courses::components::{AlignedList, ModuleList};
use crate::courses::marked_up::LearningData;
use crate::courses::model::{self, Course, CourseCohort, CourseGroup};
use crate::courses::rules::lessons_label;
use crate::language::foreign;
use crate::paths::segment;
use crate::start::use_viewer;
use crate::ui::load::{load, loaded};
use crate::ui::{Crumb, Notice, Page, Progress, Tone};
use crate::viewer::Viewer;

lazy_page!(COURSE_PAGE in reading => course_page);

fn course_page() -> AnyView {
    let params = use_params_map();
    let page = load(
        move || params.with(|params| params.get("course").unwrap_or_default()),
        load_course,
    );
    loaded(page, |course| view! { <CourseView course/> })
}

#[component]
fn CourseView(course: Course) -> impl IntoView {
    let finished = use_query_map().with_untracked(|query| query.get("notice").as_deref() == Some("last-lesson"));
    let notice = finished.then(|| end_of_course(&course));
    let facts = [
        course.hours.clone(),
        lessons_count(&course),
        course.organisation.clone(),
    ];
    let facts = facts
        .into_iter()
        .filter(|fact| !fact.is_empty())
        .collect::<Vec<_>>()
        .join(" · ");
    let draft = (!course.published).then(|| {
        view! { <Notice tone=Tone::Highlight><p>"This course is a draft: only those who write it see it."</p></Notice> }
    });
    let actions = actions(&course);
    let side = view! { <Beside course=course.clone()/> }.into_any();
    let served = (!course.aligned.is_empty()).then(|| {
        view! {
            <section>
                <h2>"Statements it serves"</h2>
                <AlignedList aligned=course.aligned.clone()/>
            </section>
        }
    });
    let lang = foreign(&course.language);
    let marked = course.published.then(|| {
        let url = format!("/courses/{}", segment(&course.slug));
        let (name, description, by) = (
            course.title.clone(),
            course.summary.clone(),
            course.organisation.clone(),
        );
        let (language, aligned) = (course.language.clone(), course.aligned.clone());
        view! { <LearningData kind="Course" name description url by language aligned/> }
    });
    view! {
        <Page
            title=course.title.clone()
            kicker=facts
            lede=course.summary.clone()
            crumbs=vec![Crumb::new("/courses", "Courses")]
            actions=actions
            side=side
        >
            {marked}
            {notice}
            {draft}
            <section lang=lang>
                <h2>"Lessons"</h2>
                {if course.lessons.is_empty() {
                    view! { <p class="meta">"The lessons are still being written."</p> }.into_any()
                } else {
                    view! { <ModuleList course=course.slug.clone() lessons=course.lessons.clone()/> }.into_any()
                }}
            </section>
            {served}
        </Page>
    }
}

fn lessons_count(course: &Course) -> String {
    lessons_label(u32::try_from(course.lessons.len()).unwrap_or(0))
}

fn end_of_course(course: &Course) -> AnyView {
    let (done, all) = (model::done(&course.lessons), course.lessons.len());
    let words = if done as usize == all {
        "You have done every lesson of this course. Well read.".to_owned()
    } else {
        format!("That was the last lesson. You have done {done} of {all}; the others wait below.")
    };
    view! { <Notice tone=Tone::Accent><p>{words}" "<a href="/me/rate">"Rate what you can do now"</a></p></Notice> }
        .into_any()
}

/// Going on, planning, and writing, as far as the viewer may.
fn actions(course: &Course) -> Option<AnyView> {
    let viewer = use_viewer();
    let signed_in = viewer.with_untracked(Viewer::is_signed_in);
    let readable = signed_in || course.open;
    let begun = course.lessons.iter().any(|lesson| lesson.done);
    let next = model::next(&course.lessons).or(course.lessons.first());
    let go = next.map(|lesson| {
        let href = format!("/courses/{}/{}", course.slug, lesson.slug);
        let words = match (readable, begun, lesson.done) {
            (false, ..) => "Sign in to start",
            (_, _, true) => "Read again",
            (_, true, _) => "Continue",
            _ => "Start the course",
        };
        let href = if readable {
            href
        } else {
            format!("/sign-in?next={}", segment(&href))
        };
        view! { <a class="button" href=href>{words}</a> }
    });
    let edit = course.may_edit.then(|| {
        view! { <a class="button quiet" href=format!("/studio/courses/{}", course.slug)>"Edit course"</a> }
    });
    let plan = signed_in.then(|| {
        if course.planned {
            view! { <a class="button quiet" href="/me/plan">"In my plan"</a> }.into_any()
        } else {
            let href = format!("/me/plan?add=course-{}", course.id);
            view! { <a class="button quiet" href=href>"Add to plan"</a> }.into_any()
        }
    });
    Some(view! { {edit} {plan} {go} }.into_any())
}

/// My progress, the cohorts I am in, and the groups that work through it.
#[component]
fn Beside(course: Course) -> impl IntoView {
    let signed_in = use_viewer().with_untracked(Viewer::is_signed_in);
    let (done, all) = (
        model::done(&course.lessons),
        u32::try_from(course.lessons.len()).unwrap_or(0),
    );
    let next = model::next(&course.lessons).filter(|_| done > 0).map(|lesson| {
        let href = format!("/courses/{}/{}", course.slug, lesson.slug);
        view! { <p class="meta">"Next: "<a href=href>{lesson.title.clone()}</a></p> }
    });
    let mine = (signed_in && all > 0).then(|| {
        view! {
            <section class="stack-tight">
                <h2>"How far I am"</h2>
                <Progress done=done of=all label="Lessons done" text=format!("{done} of {all} lessons done") wide=true/>
                {next}
            </section>
        }
    });
    let cohorts = (!course.cohorts.is_empty()).then(|| {
        let rows = course.cohorts.iter().cloned().map(cohort_row).collect_view();
        view! { <section><h2>"My cohorts"</h2><ul class="rows rows-tight" role="list">{rows}</ul></section> }
    });
    let (no_groups, more_groups) = (course.groups.is_empty(), course.more_groups);
    let groups = course.groups.into_iter().map(group_row).collect_view();
    view! {
        {mine}
        {cohorts}
        <section>
            <h2>"Study groups"</h2>
            {if no_groups {
                view! { <p class="meta">"Groups that work through this course together stand here. "<a href="/groups">"See all groups"</a></p> }
                    .into_any()
            } else {
                view! { <ul class="rows rows-tight" role="list">{groups}</ul> }.into_any()
            }}
            {more_groups.then(|| view! { <p class="meta">"There are more. "<a href="/groups">"See all groups"</a></p> })}
        </section>
    }
}

fn cohort_row(cohort: CourseCohort) -> impl IntoView {
    view! {
        <li>
            <a href=format!("/cohorts/{}", cohort.id)>{cohort.title}</a>
            <p class="meta">{cohort.dates}</p>
        </li>
    }
}

fn group_row(group: CourseGroup) -> impl IntoView {
    let members = if group.members == 1 {
        "1 member".to_owned()
    } else {
        format!("{} members", group.members)
    };
    let words = if group.mine {
        format!("{members}, you among them")
    } else {
        members
    };
    view! {
        <li>
            <a href=format!("/groups/{}", group.slug)>{group.title}</a>
            <p class="meta">{words}</p>
        </li>
    }
}
