//! Making a role profile.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::crumbs;
use crate::competencies::model::edition_words;
use crate::organisations::choosing::components::FindPlace;
use crate::organisations::choosing::model::Purpose;
use crate::role_profiles::api::{MakeRoleProfile, load_new_role_profile};
use crate::role_profiles::model::{
    LONGEST_DESCRIPTION, MOST_SOURCES, NewProfileForm, ProfileTitle, new_profile_href, profiles_href,
};
use crate::ui::field::{SelectField, TextArea, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Crumb, EmptyState, Icon, Page, lazy_page};

lazy_page!(NEW_ROLE_PROFILE in studio => new_role_profile);

fn new_role_profile() -> AnyView {
    let (params, query) = (use_params_map(), use_query_map());
    let form = load(
        move || {
            let set = params.with(|params| params.get("set").unwrap_or_default());
            query.with(|query| {
                let [organisation, find, q, copy] =
                    ["organisation", "find", "q", "copy"].map(|name| query.get(name).unwrap_or_default());
                (set, organisation, find, q, copy)
            })
        },
        |(set, organisation, find, q, copy)| load_new_role_profile(set, organisation, find, q, copy),
    );
    let make = ServerAction::new();
    loaded(form, move |needs| view! { <NewView needs make/> })
}

#[component]
fn NewView(needs: NewProfileForm, make: ServerAction<MakeRoleProfile>) -> impl IntoView {
    let query = use_query_map();
    let copy = query.with_untracked(|query| query.get("copy").unwrap_or_default());
    let mut crumbs = crumbs(&needs.set);
    crumbs.push(Crumb::new(profiles_href(&needs.set.slug), "Role profiles"));
    let lede = needs
        .set
        .number
        .map(|number| format!("Of {}, {}.", needs.set.title, edition_words(number).to_lowercase()));
    let body = if needs.organisations.is_empty() {
        view! {
            <EmptyState title="No organisation to make it for" icon=Icon::Organisation>
                <p>"A role profile belongs to an organisation. Join one as a curator, then come back."</p>
            </EmptyState>
        }
        .into_any()
    } else if needs.set.number.is_none() {
        view! {
            <EmptyState title="Nothing is published yet" icon=Icon::Index>
                <p>"Role profiles belong to a published edition. Publish one first."</p>
            </EmptyState>
        }
        .into_any()
    } else {
        view! { <MakeForm needs make copy/> }.into_any()
    };
    view! { <Page title="New role profile" lede=lede crumbs=crumbs narrow=true>{body}</Page> }
}

#[component]
fn MakeForm(needs: NewProfileForm, make: ServerAction<MakeRoleProfile>, copy: String) -> impl IntoView {
    let form = Form::of(make);
    let key = form.value("key", &needs.key);
    let page = new_profile_href(&needs.set.slug);
    let kept = vec![("copy", copy.clone())];
    let places = needs.organisations.options();
    let first = places.first().map(|(id, _)| id.clone()).unwrap_or_default();
    let mut sources = vec![(String::new(), "Nothing, begin empty".to_owned())];
    let many = needs.sources.len() >= MOST_SOURCES;
    sources.extend(needs.sources);
    let hint = if many {
        format!("The first {MOST_SOURCES} by their names. Others are copied from the list of role profiles.")
    } else {
        "Its statements and levels, which you can change then.".to_owned()
    };
    view! {
        <FindPlace choices=needs.organisations purpose=Purpose::Sets page kept/>
        <ActionForm action=make attr:class="form">
            <FormErrors form/>
            <input type="hidden" name="set" value=needs.set.slug.clone()/>
            <input type="hidden" name="key" value=key/>
            <TextField form name="title" label="Title" required=true maxlength=u32::try_from(ProfileTitle::MOST).unwrap_or(120)
                hint="The job, such as Children’s librarian."/>
            <TextArea form name="description" label="Description" rows=3 maxlength=LONGEST_DESCRIPTION
                hint="For whom it is, in a sentence or two."/>
            <SelectField form name="organisation" label="Organisation" options=places value=first
                hint="Its people, and those of all organisations beneath it, can choose this role profile."/>
            <SelectField form name="copy" label="Begin with what another needs" options=sources value=copy hint/>
            <div class="form-actions">
                <button class="button" type="submit">"Make it"</button>
                <a href=profiles_href(&needs.set.slug)>"Cancel"</a>
            </div>
        </ActionForm>
    }
}
