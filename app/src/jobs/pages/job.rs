//! A job description as it is read, and putting it in use.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::faces::{Advert, Description, Questions, SpecificationView};
use crate::competencies::model::{counted, edition_href, edition_words};
use crate::jobs::api::{SetJobState, load_job};
use crate::jobs::components::{FaceTabs, crumbs};
use crate::jobs::model::{Face, JobPage, State, duties_href, edit_href, job_href};
use crate::plans::pages::done;
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Notice, Page, Tone, lazy_page};

lazy_page!(
    /// A job description in one of its faces.
    JOB in people => job
);

fn job() -> AnyView {
    let (params, query) = (use_params_map(), use_query_map());
    let set = ServerAction::<SetJobState>::new();
    let changed = done(set);
    let page = load(
        move || {
            let part = |name: &str| params.with(|params| params.get(name).unwrap_or_default());
            let asked = |name: &str| query.with(|query| query.get(name).unwrap_or_default());
            let edition: Option<u32> = asked("edition").parse().ok();
            (part("job"), part("face"), edition, asked("notice"), changed.get())
        },
        |(job, face, edition, _, _)| load_job(job, face, edition),
    );
    loaded(page, move |page| view! { <JobView page set/> })
}

fn notice(word: &str) -> Option<&'static str> {
    match word {
        "made" => {
            Some("The job description is begun. Say next what it is for and its conditions, then look at its duties.")
        }
        "saved" => Some("Saved."),
        "in_use" => Some("It is in use: the people of its organisation, and of all beneath it, read it now."),
        "withdrawn" => Some("It is withdrawn. Only those who write job descriptions read it still."),
        _ => None,
    }
}

#[component]
fn JobView(page: JobPage, set: ServerAction<SetJobState>) -> impl IntoView {
    let query = use_query_map();
    let notice = move || query.with(|query| query.get("notice").as_deref().and_then(notice));
    let face = page.face;
    let (title, crumbs) = match face {
        Face::Description => (page.title.clone(), crumbs(None)),
        face => (
            format!("{}: {}", face.label(), page.title),
            crumbs(Some((&page.id, page.title.as_str()))),
        ),
    };
    let kicker = format!("{} · {}", page.organisation, page.state.label());
    let writes = page.may_write && page.shown.is_none();
    let actions = writes.then(|| {
        let (edit, duties) = (edit_href(&page.id), duties_href(&page.id));
        view! {
            <a class="button quiet" href=duties>"Change its duties"</a>
            <a class="button quiet" href=edit>"Change its words"</a>
        }
        .into_any()
    });
    let state = (writes && face == Face::Description).then(|| view! { <StateForm page=page.clone() set/> });
    let (tabs, standing) = (page.id.clone(), page.clone());
    let body = match face {
        Face::Description => view! { <Description page/> }.into_any(),
        Face::Advert => view! { <Advert page/> }.into_any(),
        Face::Specification => view! { <SpecificationView page/> }.into_any(),
        Face::Questions => view! { <Questions page/> }.into_any(),
    };
    view! {
        <Page title kicker crumbs actions>
            {move || notice().map(|words| view! { <Notice tone=Tone::Accent><p>{words}</p></Notice> })}
            <FaceTabs job=tabs/>
            <Standing page=standing/>
            {body}
            {state}
        </Page>
    }
}

/// Of which edition it is, what of it is of another, and what it was before.
#[component]
fn Standing(page: JobPage) -> impl IntoView {
    let edition = page.edition;
    let words = format!(
        "{}, {}{}",
        edition.title,
        edition_words(edition.number),
        if edition.retired { ", which is retired" } else { "" }
    );
    let href = edition_href(&edition.set, edition.number);
    let from = match page.built_from.is_empty() {
        true => "Built from ".to_owned(),
        false => format!("Built from the role profile {}, of ", page.built_from),
    };
    let own = job_href(&page.id);
    let past = page.shown.map(|number| {
        let words = format!("These are its duties as they were in the {}. ", edition_words(number));
        let now = own.clone();
        view! { <Notice><p>{words}<a href=now>"As it stands now"</a></p></Notice> }
    });
    let waiting = (page.waiting > 0 && page.shown.is_none()).then(|| {
        let words = format!(
            "{} partly of an earlier edition: what a newer one asks of it is not settled yet. ",
            counted(page.waiting, "duty is", "duties are")
        );
        let settle = page.may_write.then(|| {
            let href = duties_href(&page.id);
            view! { <a href=href>"Settle it"</a> }
        });
        view! { <Notice tone=Tone::Highlight><p>{words}{settle}</p></Notice> }
    });
    let earlier = page
        .earlier
        .into_iter()
        .filter(|number| Some(*number) != page.shown)
        .map(|number| {
            let href = format!("{own}?edition={number}");
            let words = format!("Its duties in the {}", edition_words(number));
            view! { <li><a href=href>{words}</a></li> }
        })
        .collect::<Vec<_>>();
    let earlier = (!earlier.is_empty()).then(|| view! { <ul class="cluster no-print" role="list">{earlier}</ul> });
    view! {
        {past}
        {waiting}
        <p class="meta">{from}<a href=href>{words}</a></p>
        {earlier}
    }
}

/// Puts it in use, or withdraws it.
#[component]
fn StateForm(page: JobPage, set: ServerAction<SetJobState>) -> impl IntoView {
    let form = Form::of(set);
    let (to, words, about) = match page.state {
        State::Draft => (
            State::InUse,
            "Put it in use",
            "Until then only those who write job descriptions of its organisation read it.",
        ),
        State::InUse => (
            State::Withdrawn,
            "Withdraw it",
            "Its organisation’s people then read it no longer. It can be put in use again.",
        ),
        State::Withdrawn => (
            State::InUse,
            "Put it in use again",
            "Its organisation’s people then read it again.",
        ),
    };
    view! {
        <section class="no-print">
            <h2>"State"</h2>
            <ActionForm action=set attr:class="form">
                <FormErrors form/>
                <p class="meta">{about}</p>
                <input type="hidden" name="job" value=page.id.to_string()/>
                <input type="hidden" name="to" value=to.as_str()/>
                <div class="form-actions"><button class="button" type="submit">{words}</button></div>
            </ActionForm>
        </section>
    }
}
