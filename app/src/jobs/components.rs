//! Parts that the pages of job descriptions share.

use leptos::prelude::*;

use super::model::{Duty, Face, Mark, face_href};
use crate::competencies::model::edition_words;
use crate::id::JobId;
use crate::ui::{Chip, Crumb, TabLink, Tabs, Tone};

/// The way to a page of one job description; the description itself has no crumb of
/// its own.
pub fn crumbs(job: Option<(&JobId, &str)>) -> Vec<Crumb> {
    let own = job.map(|(job, title)| Crumb::new(face_href(job, Face::Description), title.to_owned()));
    std::iter::once(Crumb::new(super::model::JOBS, "Job descriptions"))
        .chain(own)
        .collect()
}

/// The four faces, each a page.
#[component]
pub fn FaceTabs(job: JobId) -> impl IntoView {
    let tabs = Face::ALL
        .into_iter()
        .map(|face| TabLink::new(face_href(&job, face), face.label()))
        .collect();
    view! { <Tabs label="What is made of it" tabs/> }
}

/// A text with a paragraph a line.
#[component]
pub fn Paragraphs(text: String) -> impl IntoView {
    let lines = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| view! { <p>{line.to_owned()}</p> })
        .collect_view();
    view! { <div class="prose read">{lines}</div> }
}

/// A list of plain texts.
#[component]
pub fn Points(points: Vec<String>, #[prop(default = None)] lang: Option<String>) -> impl IntoView {
    let points = points
        .into_iter()
        .map(|point| view! { <li>{point}</li> })
        .collect_view();
    view! { <div class="prose read" lang=lang><ul>{points}</ul></div> }
}

/// The lines of a text, without those that are empty.
pub fn lines_of(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(str::to_owned).collect()
}

/// What a new edition asks of a duty, and the words that it had.
#[component]
pub fn MarkNote(mark: Mark, was: Option<String>, number: u32) -> impl IntoView {
    let before = was.filter(|_| mark == Mark::Reworded).map(|was| {
        view! { <p class="meta">{format!("It said: “{was}”")}</p> }
    });
    let stays = (!mark.went_on()).then(|| {
        let words = format!("Its words are those of the {}.", edition_words(number));
        view! { <p class="meta">{words}</p> }
    });
    view! {
        <p class="cluster"><Chip label=mark.label() tone=Tone::Highlight/></p>
        {before}
        {stays}
    }
}

/// A duty with its level and what is asked of it.
#[component]
pub fn DutyItem(duty: Duty, lang: Option<String>) -> impl IntoView {
    let code = (!duty.code.is_empty()).then(|| view! { <span class="code">{duty.code}</span>" " });
    let level = (!duty.level.is_empty()).then(|| view! { <span class="meta">{duty.level}</span> });
    let (href, title, was, number) = (duty.href, duty.title, duty.was, duty.number);
    let mark = duty.mark.map(|mark| view! { <MarkNote mark was number/> });
    view! {
        <li>
            <div class="split"><span lang=lang>{code}<a href=href>{title}</a></span>{level}</div>
            {mark}
        </li>
    }
}
