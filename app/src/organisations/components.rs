//! Parts that the pages of an organisation share.

use leptos::prelude::*;

use crate::ui::field::{BoxGroup, Checkbox};
use crate::ui::form::Form;
use crate::ui::{Crumb, TabLink, Tabs};
use crate::viewer::Role;

/// The faces of an organisation for those who look after it.
#[component]
pub fn OrganisationTabs(
    #[prop(into)] slug: String,
    /// How many people wait for an answer.
    asking: u32,
) -> impl IntoView {
    let base = format!("/organisations/{slug}");
    let tabs = vec![
        TabLink::new(base.clone(), "People"),
        TabLink::new(format!("{base}/invitations"), "Invitations"),
        TabLink::new(format!("{base}/staff"), "List of staff"),
        TabLink {
            count: asking,
            ..TabLink::new(format!("{base}/requests"), "Requests")
        },
        TabLink::new(format!("{base}/settings"), "Settings"),
        TabLink::new(format!("{base}/audit"), "Audit log"),
    ];
    view! { <Tabs label="Organisation" tabs/> }
}

/// The way back to an organisation from the pages about it.
pub fn back_to(slug: &str, name: &str) -> Vec<Crumb> {
    vec![Crumb::new(format!("/organisations/{slug}"), name.to_owned())]
}

/// Boxes for all roles, each with what it is for.
#[component]
pub fn RoleBoxes(form: Form, #[prop(into)] legend: String, chosen: Vec<Role>) -> impl IntoView {
    let boxes = Role::ALL
        .into_iter()
        .zip(ROLE_FIELDS)
        .map(|(role, name)| {
            view! { <Checkbox form name label=role.label() value=role.as_str() checked=chosen.contains(&role) about=role.about()/> }
        })
        .collect_view();
    view! {
        <BoxGroup form name="roles" legend>{boxes}</BoxGroup>
    }
}

/// What each role is for, where roles are written and not ticked.
#[component]
pub fn RoleWords() -> impl IntoView {
    let rows = Role::ALL
        .into_iter()
        .map(|role| view! { <dt>{role.label()}</dt><dd>{role.about()}</dd> })
        .collect_view();
    view! { <dl class="facts facts-words">{rows}</dl> }
}

// Indices keep the list together when the form is sent.
const ROLE_FIELDS: [&str; 7] = [
    "roles[0]", "roles[1]", "roles[2]", "roles[3]", "roles[4]", "roles[5]", "roles[6]",
];
