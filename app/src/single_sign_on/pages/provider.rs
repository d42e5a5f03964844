//! One provider, for site administrators.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::providers::{ProviderFields, crumbs};
use crate::error::AppError;
use crate::id::ProviderId;
use crate::organisations::components::RoleBoxes;
use crate::single_sign_on::api::{AddClaimRule, RemoveClaimRule, RemoveProvider, SaveProvider, load_provider};
use crate::single_sign_on::model::{Provider, Rule};
use crate::ui::field::{Checkbox, Confirm, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Crumb, EmptyState, Notice, Page, SaveStatus, Tone, lazy_page};
use crate::viewer::Role;

lazy_page!(
    /// What is said of a provider, and who joins by it.
    PROVIDER in studio => provider
);

#[derive(Clone, Copy)]
struct Actions {
    save: ServerAction<SaveProvider>,
    remove: ServerAction<RemoveProvider>,
    add_rule: ServerAction<AddClaimRule>,
    remove_rule: ServerAction<RemoveClaimRule>,
}

fn provider() -> AnyView {
    let params = use_params_map();
    let actions = Actions {
        save: ServerAction::new(),
        remove: ServerAction::new(),
        add_rule: ServerAction::new(),
        remove_rule: ServerAction::new(),
    };
    let page = load(
        move || {
            let id = params.with(|params| params.get("provider").and_then(|id| ProviderId::parse(&id)));
            let rules = (actions.add_rule.version().get(), actions.remove_rule.version().get());
            (id, actions.save.version().get(), rules)
        },
        |(id, ..)| async move { load_provider(id.ok_or(AppError::NotFound)?).await },
    );
    loaded(page, move |page| view! { <ProviderView page actions/> })
}

#[component]
fn ProviderView(page: Provider, actions: Actions) -> impl IntoView {
    let crumbs = [crumbs(), vec![Crumb::new("/admin/providers", "Single sign-on")]].concat();
    let added = use_query_map().with_untracked(|query| query.get("notice").as_deref() == Some("added"));
    let provider = page.id.to_string();
    view! {
        <Page title=page.name.clone() kicker="Provider".to_string() crumbs narrow=true>
            {added.then(|| view! { <Notice tone=Tone::Accent>"Added. Give it the address beneath, then switch it on."</Notice> })}
            <section>
                <h2>"What it asks for"</h2>
                <p>"The address that it may send people back to (redirect URI):"</p>
                <p><code class="wrap" translate="no">{page.answer_at.clone()}</code></p>
            </section>
            <EditForm page=page.clone() action=actions.save/>
            <Rules rules=page.rules action=actions.remove_rule/>
            <RuleForm provider=provider.clone() action=actions.add_rule/>
            <RemoveForm provider people=page.people action=actions.remove/>
        </Page>
    }
}

#[component]
fn EditForm(page: Provider, action: ServerAction<SaveProvider>) -> impl IntoView {
    let form = Form::of(action);
    let saved = move || action.value().with(|value| matches!(value, Some(Ok(()))));
    view! {
        <section>
            <h2>"About it"</h2>
            <p>"With another issuer, linked accounts are forgotten: only an issuer knows whose an account is."</p>
            <ActionForm action attr:class="form">
                <FormErrors form/>
                <input type="hidden" name="provider" value=page.id.to_string()/>
                <TextField form name="name" label="Name" value=page.name required=true maxlength=80/>
                <ProviderFields form issuer=page.issuer client=page.client has_secret=page.has_secret/>
                <Checkbox form name="enabled" label="People can sign in with it" checked=page.enabled/>
                <div class="form-actions">
                    <button class="button" type="submit">"Save"</button>
                    <SaveStatus words=move || if saved() { "Saved." } else { "" }/>
                </div>
            </ActionForm>
        </section>
    }
}

#[component]
fn Rules(rules: Vec<Rule>, action: ServerAction<RemoveClaimRule>) -> impl IntoView {
    let none = rules.is_empty();
    let rows = rules
        .into_iter()
        .map(|rule| view! { <RuleRow rule action/> })
        .collect_view();
    view! {
        <section>
            <h2>"Who joins by it"</h2>
            {if none {
                view! { <EmptyState title="Nobody">"Only people with an account here can link theirs. With a rule, whoever it fits gets an account and joins when they first come."</EmptyState> }.into_any()
            } else {
                view! { <ul class="rows rows-ruled" role="list">{rows}</ul> }.into_any()
            }}
        </section>
    }
}

#[component]
fn RuleRow(rule: Rule, action: ServerAction<RemoveClaimRule>) -> impl IntoView {
    let whom = match rule.claim.as_str() {
        "" => "Everybody".to_owned(),
        claim => format!("{claim} is or holds “{}”", rule.value),
    };
    let roles = rule
        .roles
        .iter()
        .map(|role| role.label())
        .collect::<Vec<_>>()
        .join(", ");
    let label = format!("Remove the rule: {whom}, {}", rule.organisation);
    view! {
        <li class="row">
            <div>
                <b class="wrap">{whom}</b>
                <p class="meta">
                    "joins "<a href=format!("/organisations/{}", rule.slug)>{rule.organisation}</a>{format!(" as: {roles}")}
                </p>
            </div>
            <ActionForm action>
                <input type="hidden" name="rule" value=rule.id.to_string()/>
                <button class="button quiet small" type="submit" aria-label=label>"Remove"</button>
            </ActionForm>
        </li>
    }
}

#[component]
fn RuleForm(provider: String, action: ServerAction<AddClaimRule>) -> impl IntoView {
    let form = Form::of(action);
    view! {
        <section>
            <h2>"Another rule"</h2>
            <p class="meta">"Somebody joins once by it: whoever is taken out later stays out. Roles that they have already stay as they are."</p>
            <ActionForm action attr:class="form">
                <FormErrors form/>
                <input type="hidden" name="provider" value=provider/>
                <div class="form-row">
                    <TextField form name="claim" label="Claim" maxlength=200 autocomplete="off"
                        hint="Such as groups or hd; empty for everybody."/>
                    <TextField form name="value" label="Is or holds" maxlength=200 autocomplete="off" hint="To the letter."/>
                </div>
                <TextField form name="organisation" label="Organisation" required=true maxlength=64 autocomplete="off"
                    hint="Its name in addresses: riverside of /organisations/riverside."/>
                <RoleBoxes form legend="Their roles" chosen=vec![Role::Learner]/>
                <div class="form-actions"><button class="button quiet" type="submit">"Add the rule"</button></div>
            </ActionForm>
        </section>
    }
}

#[component]
fn RemoveForm(provider: String, people: u32, action: ServerAction<RemoveProvider>) -> impl IntoView {
    let form = Form::of(action);
    let words = match people {
        0 => "Nobody has linked an account of it.".to_owned(),
        1 => "One linked account is forgotten. Whoever has no password needs a link to a new one.".to_owned(),
        many => format!("{many} linked accounts are forgotten. Whoever has no password needs a link to a new one."),
    };
    view! {
        <section>
            <h2>"Remove it"</h2>
            <p>{words}</p>
            <ActionForm action attr:class="form">
                <FormErrors form/>
                <input type="hidden" name="provider" value=provider/>
                <Confirm form label="I understand that this cannot be undone"/>
                <div class="form-actions"><button class="button danger" type="submit">"Remove it"</button></div>
            </ActionForm>
        </section>
    }
}
