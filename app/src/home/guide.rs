//! The first steps: the loop of Carrel, once around.

use leptos::prelude::*;

use super::model::Guide;
use crate::ui::{Icon, IconView, Ring};

#[component]
pub(super) fn GuideView(guide: Guide) -> impl IntoView {
    let ratings = Guide::RATINGS;
    let rate = match guide.rated {
        0 => "About four minutes; you can stop after each one.".to_owned(),
        rated if rated < ratings => format!("{rated} of {ratings} so far."),
        _ => "Rated.".to_owned(),
    };
    let by_section = "/me/rate?by=section";
    let (first, rating) = if guide.profile || guide.roles {
        let words = "What your kind of work needs. Or rate any section of the index.".to_owned();
        (("/me", "Choose your role profile", words), "/me/rate")
    } else {
        let words = "There is no role profile to choose yet: begin with a section of the index.".to_owned();
        ((by_section, "Choose a section to rate", words), by_section)
    };
    let steps = [
        (guide.begun(), first.0, first.1, first.2),
        (guide.rated >= ratings, rating, "Rate ten statements", rate),
        (
            guide.group,
            "/groups",
            "Join a study group",
            "Nobody learns this alone.".to_owned(),
        ),
        (
            guide.course,
            "/courses",
            "Pick a course",
            "Short lessons, at your own pace. It counts once a lesson is done, or the course is in your plan."
                .to_owned(),
        ),
    ];
    let next = steps.iter().position(|(taken, ..)| !taken);
    let rows = steps
        .into_iter()
        .enumerate()
        .map(|(at, (taken, href, title, words))| {
            let button = match href == rating && guide.rated > 0 {
                true => "Continue",
                false => "Begin",
            };
            step(taken, (next == Some(at)).then_some(button), href, title, words)
        })
        .collect_view();
    view! {
        <section class="sheet guide">
            <div class="guide-head">
                <Ring done=guide.taken() of=Guide::STEPS label="First steps taken"/>
                <div>
                    <h2>"First steps"</h2>
                    <p class="meta">"Once around: what your work needs, where you stand, who to learn with, what to learn."</p>
                </div>
            </div>
            <ol class="guide-steps">{rows}</ol>
        </section>
    }
}

/// A step; the one that is next has a button.
fn step(
    taken: bool,
    button: Option<&'static str>,
    href: &'static str,
    title: &'static str,
    words: String,
) -> impl IntoView {
    let mark = if taken {
        view! { <IconView icon=Icon::Check/> }.into_any()
    } else {
        ().into_any()
    };
    let class = if taken { "guide-step taken" } else { "guide-step" };
    view! {
        <li class=class>
            <span class="guide-mark">{mark}</span>
            <div>
                {if taken {
                    view! { <b>{title}<span class="visually-hidden">", done"</span></b> }.into_any()
                } else {
                    view! { <a class="row-title" href=href>{title}</a><p class="meta">{words}</p> }.into_any()
                }}
            </div>
            {button.map(|button| view! {
                <a class="button" href=href>{button}<span class="visually-hidden">{format!(": {title}")}</span></a>
            })}
        </li>
    }
}
