//! The job descriptions that one may see.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::competencies::model::counted;
use crate::jobs::api::load_jobs;
use crate::jobs::model::{self, JobLine, JobsPage, State, job_href};
use crate::paths::segment;
use crate::ui::load::{load, loaded};
use crate::ui::{Chip, ChipLink, EmptyState, Icon, Notice, Page, Pager, Tone, lazy_page};

lazy_page!(
    /// Job descriptions of the organisations that one leads or belongs to.
    JOBS in people => jobs
);

const LEDE: &str = "What each job asks for, in the words of the competency index, with the advert, the person specification and the interview questions that follow from it.";

fn jobs() -> AnyView {
    let query = use_query_map();
    let page = load(
        move || {
            query.with(|query| {
                let page: Option<u32> = query.get("page").and_then(|page| page.parse().ok());
                (query.get("organisation").unwrap_or_default(), page)
            })
        },
        |(place, page)| load_jobs(place, page),
    );
    loaded(page, |page| view! { <JobsView page/> })
}

/// The list, narrowed to an organisation.
fn list_href(place: &str) -> String {
    match place {
        "" => model::JOBS.to_owned(),
        place => format!("{}?organisation={}", model::JOBS, segment(place)),
    }
}

#[component]
fn JobsView(page: JobsPage) -> impl IntoView {
    let query = use_query_map();
    let removed = move || query.with(|query| query.get("notice").as_deref() == Some("removed"));
    let base = list_href(&page.place);
    let make = page
        .may_write
        .then(|| view! { <a class="button" href="/jobs/new">"Write a job description"</a> }.into_any());
    let narrow = (page.places.len() > 1).then(|| view! { <Places places=page.places place=page.place/> });
    let body = if page.jobs.is_empty() {
        view! { <Nothing may_write=page.may_write/> }.into_any()
    } else {
        let rows = page.jobs.into_iter().map(row).collect_view();
        view! { <ul class="rows rows-ruled" role="list">{rows}</ul> }.into_any()
    };
    view! {
        <Page title="Job descriptions" lede=LEDE.to_string() actions=make>
            {move || removed().then(|| view! { <Notice tone=Tone::Accent><p>"Removed."</p></Notice> })}
            {narrow}
            {body}
            <Pager page=page.page pages=page.pages base/>
        </Page>
    }
}

#[component]
fn Places(places: Vec<(String, String)>, place: String) -> impl IntoView {
    let all = (String::new(), "All organisations".to_owned());
    let links = std::iter::once(all)
        .chain(places)
        .map(|(slug, name)| {
            let current = slug == place;
            view! { <li><ChipLink href=list_href(&slug) label=name current/></li> }
        })
        .collect_view();
    view! { <nav aria-label="Organisations"><ul class="cluster" role="list">{links}</ul></nav> }
}

#[component]
fn Nothing(may_write: bool) -> impl IntoView {
    if may_write {
        return view! {
            <EmptyState title="No job description yet" icon=Icon::Jobs>
                <p>"Write the first one from a role profile: its statements and levels are taken over, and you add purpose and conditions. Until it is in use, only those who write job descriptions see it."</p>
            </EmptyState>
        }
        .into_any();
    }
    view! {
        <EmptyState title="No job description is in use" icon=Icon::Jobs>
            <p>"What the managers of your organisations put in use stands here for you to read."</p>
        </EmptyState>
    }
    .into_any()
}

fn row(line: JobLine) -> AnyView {
    let facts = format!(
        "{} · {}",
        line.organisation,
        counted(line.statements, "statement", "statements")
    );
    let tone = match line.state {
        State::InUse => Tone::Accent,
        State::Draft | State::Withdrawn => Tone::Plain,
    };
    let waiting = (line.waiting > 0).then(|| {
        let words = counted(line.waiting, "duty to settle", "duties to settle");
        view! { <Chip label=words tone=Tone::Highlight/> }
    });
    view! {
        <li class="row">
            <div class="row-main">
                <h2 class="row-title"><a href=job_href(&line.id)>{line.title}</a></h2>
                <p class="meta">{facts}</p>
            </div>
            <div class="row-end cluster">{waiting}<Chip label=line.state.label() tone/></div>
        </li>
    }
    .into_any()
}
