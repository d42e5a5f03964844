//! An organisation: its place in the tree, its people, and inviting more.

use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::api::load_organisation;
use super::model::{Member, Organisation};
use crate::people::api::Invite;
use crate::ui::field::{Checkbox, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Avatar, Crumb, Page, Pager};
use crate::viewer::Role;

lazy_page!(ORGANISATION_PAGE in index => organisation_page);

fn organisation_page() -> AnyView {
    let (params, query) = (use_params_map(), use_query_map());
    let organisation = load(
        move || {
            let slug = params.with(|params| params.get("organisation").unwrap_or_default());
            (
                slug,
                query.with(|query| query.get("page").and_then(|page| page.parse().ok())),
            )
        },
        |(slug, page)| load_organisation(slug, page),
    );
    let invite = ServerAction::new();
    loaded(
        organisation,
        move |organisation| view! { <OrganisationView organisation invite/> },
    )
}

#[component]
fn OrganisationView(organisation: Organisation, invite: ServerAction<Invite>) -> impl IntoView {
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
    let has_beneath = !organisation.beneath.is_empty();
    let members = organisation
        .members
        .into_iter()
        .map(|member| view! { <MemberRow member/> })
        .collect_view();
    let base = format!("/organisations/{}", organisation.slug);
    let audit = organisation
        .may_administer
        .then(|| view! { <a class="button quiet" href=format!("{base}/audit")>"Audit log"</a> }.into_any());
    let id = organisation.id.to_string();
    view! {
        <Page title=organisation.name crumbs=crumbs lede=organisation.place actions=audit>
            {has_beneath.then(|| view! { <section><h2>"Beneath it"</h2><ul class="rows">{beneath}</ul></section> })}
            <section>
                <h2>"People"</h2>
                <ul class="rows">{members}</ul>
                <Pager page=organisation.page pages=organisation.pages base=base/>
            </section>
            {organisation.join_at.map(|join_at| view! { <InviteForm action=invite organisation=id join_at/> })}
        </Page>
    }
}

#[component]
fn MemberRow(member: Member) -> impl IntoView {
    let roles = member
        .roles
        .iter()
        .map(|role| role.label())
        .collect::<Vec<_>>()
        .join(", ");
    view! {
        <li class="row">
            <Avatar name=member.name.clone()/>
            <div>
                <a href=format!("/people/{}", member.id)>{member.name}</a>
                <p class="meta">{member.title}{(!roles.is_empty()).then(|| format!(" · {roles}"))}</p>
            </div>
        </li>
    }
}

#[component]
fn InviteForm(action: ServerAction<Invite>, organisation: String, join_at: String) -> impl IntoView {
    let form = Form::of(action);
    let query = use_query_map();
    let link = move || {
        let token = query.with(|query| query.get("invited"))?;
        Some(format!("{join_at}{}", crate::paths::segment(&token)))
    };
    let roles = Role::ALL
        .into_iter()
        .enumerate()
        .map(|(number, role)| {
            // Indices keep the list together when the form is sent.
            let name: &'static str = ROLE_FIELDS[number];
            view! { <Checkbox form name label=role.label() value=role.as_str() checked=matches!(role, Role::Learner)/> }
        })
        .collect_view();
    view! {
        <section>
            <h2>"Invite people"</h2>
            <p class="meta">"You get a link to pass on. It works for 14 days."</p>
            <ActionForm action attr:class="form">
                <FormErrors form/>
                <input type="hidden" name="organisation" value=organisation/>
                <fieldset class="field"><legend>"Their roles"</legend>{roles}</fieldset>
                <TextField form name="uses" label="How many people may use it" kind="number" value="1" required=true/>
                <div class="form-actions"><button class="button" type="submit">"Make a link"</button></div>
            </ActionForm>
            <div role="status">
                {move || link().map(|link| view! {
                    <p>"Pass this link on: "<a class="wrap" href=link.clone() rel="external">{link.clone()}</a></p>
                })}
            </div>
        </section>
    }
}

const ROLE_FIELDS: [&str; 7] = [
    "roles[0]", "roles[1]", "roles[2]", "roles[3]", "roles[4]", "roles[5]", "roles[6]",
];
