//! The invitations of an organisation, and taking one up while signed in.

use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::api::{Invite, JoinOrganisation, WithdrawInvitation, load_invitations};
use super::model::{Invitations, MOST_USES, Sent, day_options};
use crate::organisations::components::{OrganisationTabs, RoleBoxes, back_to};
use crate::people::model::Invitation;
use crate::ui::field::{SelectField, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{CopyButton, EmptyState, Icon, Moment, Page, Pager};
use crate::viewer::Role;

lazy_page!(INVITATIONS in studio => invitations_page);

#[derive(Clone, Copy)]
struct Actions {
    invite: ServerAction<Invite>,
    withdraw: ServerAction<WithdrawInvitation>,
}

fn invitations_page() -> AnyView {
    let (params, query) = (use_params_map(), use_query_map());
    let actions = Actions {
        invite: ServerAction::new(),
        withdraw: ServerAction::new(),
    };
    let invitations = load(
        move || {
            let slug = params.with(|params| params.get("organisation").unwrap_or_default());
            let page = query.with(|query| query.get("page").and_then(|page| page.parse().ok()));
            let changes = (actions.invite.version().get(), actions.withdraw.version().get());
            (slug, page, changes)
        },
        |(slug, page, _)| load_invitations(slug, page),
    );
    loaded(
        invitations,
        move |invitations| view! { <InvitationsView invitations actions/> },
    )
}

#[component]
fn InvitationsView(invitations: Invitations, actions: Actions) -> impl IntoView {
    let crumbs = back_to(&invitations.slug, &invitations.name);
    let base = format!("/organisations/{}/invitations", invitations.slug);
    let organisation = invitations.organisation.to_string();
    let none = invitations.sent.is_empty();
    let rows = invitations
        .sent
        .into_iter()
        .map(|sent| view! { <SentRow sent organisation=organisation.clone() action=actions.withdraw/> })
        .collect_view();
    let list = if none {
        view! {
            <EmptyState title="No open invitations" icon=Icon::Link>
                <p>"Links that you make stand here until they are used up, run out or are withdrawn."</p>
            </EmptyState>
        }
        .into_any()
    } else {
        view! { <ul class="rows rows-ruled" role="list">{rows}</ul> }.into_any()
    };
    view! {
        <Page title="Invitations" crumbs=crumbs narrow=true>
            <OrganisationTabs slug=invitations.slug asking=invitations.asking/>
            <InviteForm action=actions.invite organisation key=invitations.key made=invitations.made mail=invitations.mail/>
            <section>
                <h2>"Open invitations"</h2>
                <FormErrors form=Form::of(actions.withdraw)/>
                {list}
                <Pager page=invitations.page pages=invitations.pages base=base/>
            </section>
        </Page>
    }
}

#[component]
fn InviteForm(
    action: ServerAction<Invite>,
    organisation: String,
    key: String,
    made: Option<String>,
    mail: bool,
) -> impl IntoView {
    let form = Form::of(action);
    let query = use_query_map();
    let sent = move || query.with(|query| query.get("notice").as_deref() == Some("sent"));
    view! {
        <section>
            <h2>"Invite people"</h2>
            <p class="meta">"You get a link to pass on. It is shown to this browser for ten minutes: Carrel keeps only its fingerprint."</p>
            <div role="status">
                {made.map(|link| view! {
                    <p class="sheet">
                        "Pass this link on: "<a class="wrap" id="made-link" href=link.clone() rel="external">{link.clone()}</a>
                        " "<CopyButton of="made-link"/>
                    </p>
                })}
                {move || sent().then(|| view! { <p class="sheet">"The letter is on its way. The invitation stands beneath until it is taken up."</p> })}
            </div>
            <ActionForm action attr:class="form">
                <FormErrors form/>
                <input type="hidden" name="organisation" value=organisation/>
                <input type="hidden" name="key" value=form.value("key", &key)/>
                <RoleBoxes form legend="Their roles" chosen=vec![Role::Learner]/>
                <div class="form-row">
                    <TextField form name="uses" label="For how many people" kind="number" value="1" required=true
                        hint=format!("At most {MOST_USES}.")/>
                    <SelectField form name="days" label="Works for" options=day_options() value="14"/>
                </div>
                {mail.then(|| view! {
                    <TextField form name="email" label="Send it to one person" kind="email" maxlength=254 autocomplete="off"
                        hint="An e-mail address: the link goes there and is not shown. Leave it empty to pass the link on yourself."/>
                })}
                <div class="form-actions"><button class="button" type="submit">"Make a link"</button></div>
            </ActionForm>
        </section>
    }
}

#[component]
fn SentRow(sent: Sent, organisation: String, action: ServerAction<WithdrawInvitation>) -> impl IntoView {
    let roles = sent
        .roles
        .iter()
        .map(|role| role.label())
        .collect::<Vec<_>>()
        .join(", ");
    let whom = match (sent.name.as_str(), sent.email.as_str()) {
        ("", "") => roles.clone(),
        ("", email) => email.to_owned(),
        (name, _) => name.to_owned(),
    };
    let named = (whom != roles).then(|| format!("{roles} · "));
    let left = format!("{} of {} left", sent.left, sent.uses);
    let label = format!("Withdraw the invitation for {whom} until {}", sent.until);
    view! {
        <li class="row">
            <div>
                <b>{whom}</b>
                <p class="meta">
                    {named}{left}" · until "<Moment iso=sent.until_iso label=sent.until/>" · made by "{sent.invited_by}
                </p>
            </div>
            <ActionForm action>
                <input type="hidden" name="organisation" value=organisation/>
                <input type="hidden" name="invitation" value=sent.id.to_string()/>
                <button class="button quiet small" type="submit" aria-label=label>"Withdraw"</button>
            </ActionForm>
        </li>
    }
}

/// Taking up an invitation with the account that one has. A plain form: what
/// one may do changes the whole page.
#[component]
pub fn JoinAs(invitation: Invitation, token: String, name: String) -> impl IntoView {
    let path = <JoinOrganisation as ServerFn>::PATH;
    let form = Form::plain(path);
    let lede = format!(
        "{} invites you. The link works until {}.",
        invitation.invited_by, invitation.until
    );
    let roles = invitation
        .roles
        .iter()
        .map(|role| role.label())
        .collect::<Vec<_>>()
        .join(", ");
    view! {
        <Page title=format!("Join {}", invitation.organisation) lede=lede narrow=true>
            <p>"You are signed in as "<b>{name.clone()}</b>". What you belong to already stays, and your ratings and plans stay yours alone."</p>
            <dl class="facts"><dt>"As"</dt><dd>{roles}</dd></dl>
            <form class="form" method="post" action=path>
                <FormErrors form/>
                <input type="hidden" name="token" value=token/>
                <div class="form-actions"><button class="button" type="submit">{format!("Join as {name}")}</button></div>
            </form>
            <p class="meta">"Not you? Sign out first, then open the link again."</p>
        </Page>
    }
}
