//! What is made of a job description: itself, its advert, its person specification
//! and its interview questions.

use leptos::prelude::*;

use crate::jobs::components::{DutyItem, Paragraphs, Points, lines_of};
use crate::jobs::model::{Asked, Duty, DutyGroup, Face, JobPage, Texts, edit_href, face_href};
use crate::language::foreign;

/// The document itself.
#[component]
pub fn Description(page: JobPage) -> impl IntoView {
    let lang = foreign(&page.edition.language);
    let purpose = purpose(&page.texts, "Purpose");
    let nothing = page.groups.is_empty();
    let groups = page
        .groups
        .into_iter()
        .map(|group| duties(group, lang.clone()))
        .collect_view();
    view! {
        {purpose}
        <section>
            <h2>"Duties"</h2>
            {nothing.then(|| view! { <p class="meta">"It asks for no statement yet."</p> })}
            {groups}
        </section>
        {further(&page.texts, "Further duties")}
        {conditions(&page.texts)}
    }
}

fn purpose(texts: &Texts, title: &'static str) -> Option<AnyView> {
    let text = texts.purpose.clone();
    (!text.is_empty()).then(|| view! { <section><h2>{title}</h2><Paragraphs text/></section> }.into_any())
}

fn further(texts: &Texts, title: &'static str) -> Option<AnyView> {
    let points = lines_of(&texts.further);
    (!points.is_empty()).then(|| view! { <section><h2>{title}</h2><Points points/></section> }.into_any())
}

fn conditions(texts: &Texts) -> Option<AnyView> {
    let stated = texts.conditions();
    if stated.is_empty() {
        return None;
    }
    let facts = stated
        .into_iter()
        .map(|(name, value)| view! { <dt>{name}</dt><dd>{value}</dd> })
        .collect_view();
    Some(view! { <section><h2>"Conditions"</h2><dl class="facts">{facts}</dl></section> }.into_any())
}

fn duties(group: DutyGroup, lang: Option<String>) -> AnyView {
    let heading = heading(&group.heading, lang.clone());
    let items = group
        .duties
        .into_iter()
        .map(|duty| {
            let lang = lang.clone();
            view! { <DutyItem duty lang/> }
        })
        .collect_view();
    view! {
        {heading}
        <ul class="rows rows-tight" role="list">{items}</ul>
    }
    .into_any()
}

fn heading(words: &str, lang: Option<String>) -> Option<AnyView> {
    let words = words.to_owned();
    (!words.is_empty()).then(|| view! { <h3 lang=lang>{words}</h3> }.into_any())
}

/// The advert: what is said of the organisation and of applying stands with it, the
/// rest follows from the description.
#[component]
pub fn Advert(page: JobPage) -> impl IntoView {
    let lang = foreign(&page.edition.language);
    let (about, apply) = (page.texts.about.clone(), page.texts.apply.clone());
    let unwritten = page.may_write && page.shown.is_none() && (about.is_empty() || apply.is_empty());
    let unwritten = unwritten.then(|| {
        let href = format!("{}#advert", edit_href(&page.id));
        view! { <p class="no-print"><a href=href>"Say something of the organisation, and how one applies"</a></p> }
    });
    let about = (!about.is_empty()).then(|| {
        let title = format!("About {}", page.organisation);
        view! { <section><h2>{title}</h2><Paragraphs text=about/></section> }
    });
    let apply =
        (!apply.is_empty()).then(|| view! { <section><h2>"How to apply"</h2><Paragraphs text=apply/></section> });
    let work = work(page.groups);
    let work = (!work.is_empty())
        .then(|| view! { <section><h2>"What the work is about"</h2><Points points=work lang/></section> });
    let asked = face_href(&page.id, Face::Specification);
    view! {
        {unwritten}
        {about}
        {purpose(&page.texts, "The job")}
        {work}
        {further(&page.texts, "You will also")}
        <p class="no-print"><a href=asked>"What is asked of you: the person specification"</a></p>
        {conditions(&page.texts)}
        {apply}
    }
}

/// The headings of the duties, or where there are none the duties themselves.
fn work(groups: Vec<DutyGroup>) -> Vec<String> {
    let points = groups.into_iter().flat_map(|group| match group.heading.is_empty() {
        true => group.duties.into_iter().map(|duty| duty.title).collect::<Vec<_>>(),
        false => vec![group.heading],
    });
    points.collect()
}

#[component]
pub fn SpecificationView(page: JobPage) -> impl IntoView {
    let lang = foreign(&page.edition.language);
    let specification = page.specification;
    if specification.essential.is_empty() && specification.desirable.is_empty() {
        return view! { <p class="meta">"It asks for no statement yet."</p> }.into_any();
    }
    view! {
        <p class="meta">"From the details of the statements. What is needed in the upper part of the scale, from its third quarter on, is essential; the rest is desirable."</p>
        {asked("Essential", specification.essential, lang.clone())}
        {asked("Desirable", specification.desirable, lang)}
    }
    .into_any()
}

fn asked(title: &'static str, asked: Asked, lang: Option<String>) -> Option<AnyView> {
    if asked.is_empty() {
        return None;
    }
    let lists = asked
        .lists()
        .into_iter()
        .filter(|(_, points)| !points.is_empty())
        .map(|(name, points)| {
            let (points, lang) = (points.to_vec(), lang.clone());
            view! { <h3>{name}</h3><Points points lang/> }
        })
        .collect_view();
    Some(view! { <section><h2>{title}</h2>{lists}</section> }.into_any())
}

#[component]
pub fn Questions(page: JobPage) -> impl IntoView {
    let lang = foreign(&page.edition.language);
    if page.groups.is_empty() {
        return view! { <p class="meta">"It asks for no statement yet."</p> }.into_any();
    }
    let groups = page
        .groups
        .into_iter()
        .map(|group| questions(group, lang.clone()))
        .collect_view();
    view! {
        <p class="meta">"A draft, one question to each statement. Choose those that matter most for the job, and put them in your own words."</p>
        <section>
            <h2>"Questions"</h2>
            {groups}
        </section>
    }
    .into_any()
}

fn questions(group: DutyGroup, lang: Option<String>) -> AnyView {
    let heading = heading(&group.heading, lang.clone());
    let items = group
        .duties
        .into_iter()
        .map(|duty| question(duty, lang.clone()))
        .collect_view();
    view! {
        {heading}
        <ul class="rows rows-ruled" role="list">{items}</ul>
    }
    .into_any()
}

fn question(duty: Duty, lang: Option<String>) -> AnyView {
    let listen = (!duty.behaviours.is_empty()).then(|| {
        let points = duty.behaviours;
        view! { <p class="meta">"What to listen for:"</p><Points points lang/> }
    });
    let facts = [duty.code, duty.level].into_iter().filter(|word| !word.is_empty());
    let facts = facts.collect::<Vec<_>>().join(" · ");
    let facts = (!facts.is_empty()).then(|| view! { <p class="meta">{facts}</p> });
    view! { <li><p>{duty.question}</p>{facts}{listen}</li> }.into_any()
}
