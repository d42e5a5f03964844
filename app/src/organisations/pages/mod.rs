//! An organisation: its place in the tree and its people.

mod member;
mod settings;

pub use member::MEMBER_PAGE;
pub use settings::ORGANISATION_SETTINGS;

use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::api::{LeaveOrganisation, load_organisation};
use super::components::OrganisationTabs;
use super::model::{Member, Organisation};
use crate::ui::field::Confirm;
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Avatar, Crumb, Disclosure, Notice, Page, Pager, Tone, named_page_href};

lazy_page!(ORGANISATION_PAGE in people => organisation_page);

fn organisation_page() -> AnyView {
    let (params, query) = (use_params_map(), use_query_map());
    let leave = ServerAction::new();
    let organisation = load(
        move || {
            let slug = params.with(|params| params.get("organisation").unwrap_or_default());
            let at = |name| query.with(|query| query.get(name).and_then(|page| page.parse().ok()));
            // What was done is shown with what came of it.
            let done = query.with(|query| query.get("notice").unwrap_or_default());
            (slug, at("page"), at("beneath"), done)
        },
        |(slug, page, beneath, _)| load_organisation(slug, page, beneath),
    );
    loaded(
        organisation,
        move |organisation| view! { <OrganisationView organisation leave/> },
    )
}

/// What was done on a page that leads back here.
fn notice(word: &str) -> Option<&'static str> {
    match word {
        "created" => Some("The organisation is there. Invite its people next."),
        "logo" => Some("This is its logo now."),
        "saved" => Some("Saved."),
        "moved" => Some("Moved, with all that stands beneath it. Its people and content are where they were."),
        "roles" => Some("Their roles are changed. It counts from now on."),
        "out" => Some("They are taken out. What they learned and said stays theirs."),
        _ => None,
    }
}

#[component]
fn OrganisationView(organisation: Organisation, leave: ServerAction<LeaveOrganisation>) -> impl IntoView {
    let query = use_query_map();
    let joined = format!("You have joined {}.", organisation.name);
    let notice = move || {
        let done = query.with(|query| query.get("notice"))?;
        if done == "joined" {
            Some(joined.clone())
        } else {
            notice(&done).map(str::to_owned)
        }
    };
    let crumbs: Vec<Crumb> = organisation
        .above
        .iter()
        .rev()
        .map(|(slug, name)| Crumb::new(format!("/organisations/{slug}"), name.clone()))
        .collect();
    let beneath = organisation
        .beneath
        .iter()
        .map(|(slug, name)| view! { <li><a href=format!("/organisations/{slug}")>{name.clone()}</a></li> })
        .collect_view();
    let (beneath_page, beneath_pages) = (organisation.beneath_page, organisation.beneath_pages);
    let has_beneath = !organisation.beneath.is_empty() || beneath_pages > 1;
    let base = format!("/organisations/{}", organisation.slug);
    // Each list goes from page to page where the other stays.
    let of_people = named_page_href(&base, "beneath", beneath_page);
    let of_places = named_page_href(&base, "page", organisation.page);
    let everyone = format!("/people?organisation={}", organisation.slug);
    let administered = organisation.may_administer.then(|| base.clone());
    let members = organisation
        .members
        .into_iter()
        .map(|member| view! { <MemberRow member administered=administered.clone()/> })
        .collect_view();
    let tabs = organisation
        .may_administer
        .then(|| view! { <OrganisationTabs slug=organisation.slug.clone() asking=organisation.asking/> });
    let add = organisation.may_add.then(|| {
        let words = format!(
            "Make a {} beneath it",
            organisation.kind.beneath().label().to_lowercase()
        );
        view! { <a class="button quiet small" href=format!("{base}/settings#another")>{words}</a> }
    });
    let shows_beneath = has_beneath || organisation.may_add;
    let cohorts = organisation.may_see_progress.then(|| {
        view! { <p><a href=format!("{base}/cohorts")>"Cohorts here and beneath"</a></p> }
    });
    let jobs = format!("/jobs?organisation={}", organisation.slug);
    let leaving = organisation.belongs.then(|| {
        view! { <LeaveForm action=leave organisation=organisation.id.to_string() name=organisation.name.clone()/> }
    });
    view! {
        <Page title=organisation.name kicker=organisation.kind.label().to_string() crumbs=crumbs lede=organisation.place>
            {organisation.logo.map(|href| view! { <img class="logo" src=href alt=""/> })}
            {tabs}
            {move || notice().map(|words| view! { <Notice tone=Tone::Accent><p>{words}</p></Notice> })}
            {shows_beneath.then(|| view! { <section><div class="split"><h2>"Beneath it"</h2>{add}</div>
                {has_beneath.then(|| view! { <ul class="rows rows-tight" role="list">{beneath}</ul> })}
                <Pager page=beneath_page pages=beneath_pages base=of_places name="beneath" label="Pages of organisations"/></section> })}
            {cohorts}
            <p><a href=jobs>"Job descriptions"</a></p>
            <section>
                <h2>"People"</h2>
                <ul class="rows" role="list">{members}</ul>
                <Pager page=organisation.page pages=organisation.pages base=of_people/>
                {has_beneath.then(|| view! { <p><a href=everyone>"Everyone here and beneath"</a></p> })}
            </section>
            {leaving}
        </Page>
    }
}

#[component]
fn MemberRow(member: Member, administered: Option<String>) -> impl IntoView {
    let roles = member
        .roles
        .iter()
        .map(|role| role.label())
        .collect::<Vec<_>>()
        .join(", ");
    let said: Vec<String> = [member.title, roles]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    let change = administered.map(|base| {
        view! {
            <a class="row-end" href=format!("{base}/people/{}", member.id)>
                "Change roles"<span class="visually-hidden">{format!(" of {}", member.name)}</span>
            </a>
        }
    });
    view! {
        <li class="row">
            <Avatar name=member.name.clone()/>
            <div>
                <a href=format!("/people/{}", member.id)>{member.name}</a>
                <p class="meta">{said.join(" · ")}</p>
            </div>
            {change}
        </li>
    }
}

#[component]
fn LeaveForm(action: ServerAction<LeaveOrganisation>, organisation: String, name: String) -> impl IntoView {
    let form = Form::of(action);
    let refused = form.error().get_untracked().is_some();
    view! {
        <section>
            <Disclosure summary=format!("Leave {name}…") open=refused>
                <p>"Your ratings, plans and what you have learned stay yours. Its private groups and its cohorts are closed to you from then on."</p>
                <ActionForm action attr:class="form">
                    <FormErrors form/>
                    <input type="hidden" name="organisation" value=organisation/>
                    <Confirm form label=format!("I want to leave {name}")/>
                    <div class="form-actions"><button class="button danger" type="submit">{format!("Leave {name}")}</button></div>
                </ActionForm>
            </Disclosure>
        </section>
    }
}
