//! A member of an organisation, for those who look after it: their roles, and
//! taking them out.

use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::error::AppError;
use crate::id::PersonId;
use crate::organisations::api::{ChangeRoles, TakeOut, load_member};
use crate::organisations::components::{RoleBoxes, back_to};
use crate::organisations::model::MemberPage;
use crate::people::suspension::components::{Moderation, notice};
use crate::ui::field::Confirm;
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Disclosure, Notice, Page, Tone};

lazy_page!(MEMBER_PAGE in studio => member_page);

fn member_page() -> AnyView {
    let (params, query) = (use_params_map(), use_query_map());
    let (roles, out) = (ServerAction::new(), ServerAction::new());
    let member = load(
        move || {
            // What was done is shown with what came of it.
            let done = query.with(|query| query.get("notice").unwrap_or_default());
            params.with(|params| {
                let person = params.get("person").and_then(|person| PersonId::parse(&person));
                (params.get("organisation").unwrap_or_default(), person, done)
            })
        },
        |(slug, person, _)| async move { load_member(slug, person.ok_or(AppError::NotFound)?).await },
    );
    loaded(member, move |member| view! { <MemberView member roles out/> })
}

#[component]
fn MemberView(member: MemberPage, roles: ServerAction<ChangeRoles>, out: ServerAction<TakeOut>) -> impl IntoView {
    let crumbs = back_to(&member.slug, &member.organisation_name);
    let lede = match member.title.as_str() {
        "" => format!("Here since {}", member.since),
        title => format!("{title}, here since {}", member.since),
    };
    let form = Form::of(roles);
    let (organisation, person) = (member.organisation.to_string(), member.person.to_string());
    let (legend, chosen) = (format!("What {} may do here", member.name), member.roles.clone());
    let profile = format!("/people/{}", member.person);
    let query = use_query_map();
    let notice = move || query.with(|query| query.get("notice").as_deref().and_then(notice));
    let moderation = member.may_suspend.then(|| {
        let (organisation, person) = (organisation.clone(), person.clone());
        view! { <Moderation organisation=Some(organisation) person name=member.name.clone() held=member.suspension.clone()/> }
    });
    view! {
        <Page title=member.name.clone() lede=lede crumbs=crumbs narrow=true>
            {move || notice().map(|words| view! { <Notice tone=Tone::Accent><p>{words}</p></Notice> })}
            <section>
                <h2>"Roles"</h2>
                <p class="meta">"They reach all organisations beneath this one, and count from the next page on."</p>
                <ActionForm action=roles attr:class="form">
                    <FormErrors form/>
                    <input type="hidden" name="organisation" value=organisation/>
                    <input type="hidden" name="person" value=person/>
                    <RoleBoxes form legend chosen/>
                    <div class="form-actions">
                        <button class="button" type="submit">"Save roles"</button>
                        <a class="button quiet" href=profile>"Go to their profile"</a>
                    </div>
                </ActionForm>
            </section>
            {moderation}
            <TakeOutForm member action=out/>
        </Page>
    }
}

#[component]
fn TakeOutForm(member: MemberPage, action: ServerAction<TakeOut>) -> impl IntoView {
    let form = Form::of(action);
    let refused = form.error().get_untracked().is_some();
    let name = member.name;
    view! {
        <section>
            <Disclosure summary=format!("Take {name} out of {}…", member.organisation_name) open=refused>
                <p>"Their account, ratings, plans and what they said stay. The organisation’s private groups and cohorts are closed to them."</p>
                <ActionForm action attr:class="form">
                    <FormErrors form/>
                    <input type="hidden" name="organisation" value=member.organisation.to_string()/>
                    <input type="hidden" name="person" value=member.person.to_string()/>
                    <Confirm form label=format!("Take {name} out of {}", member.organisation_name)/>
                    <div class="form-actions"><button class="button danger" type="submit">{format!("Take {name} out")}</button></div>
                </ActionForm>
            </Disclosure>
        </section>
    }
}
