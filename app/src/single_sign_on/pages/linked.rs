//! The ways into one's own account.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::paths::segment;
use crate::people::password_fields::FreshPassword;
use crate::single_sign_on::api::{SetFirstPassword, UnlinkAccount, load_linked};
use crate::single_sign_on::model::{Account, Linked, WayIn, begins_at};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Crumb, EmptyState, Moment, Notice, Page, Tone, lazy_page};

lazy_page!(
    /// One's accounts at providers.
    LINKED in people => linked
);

fn linked() -> AnyView {
    let (unlink, password) = (ServerAction::new(), ServerAction::new());
    let page = load(
        move || (unlink.version().get(), password.version().get()),
        |_| load_linked(),
    );
    loaded(page, move |page| view! { <LinkedView page unlink password/> })
}

#[component]
fn LinkedView(
    page: Linked,
    unlink: ServerAction<UnlinkAccount>,
    password: ServerAction<SetFirstPassword>,
) -> impl IntoView {
    let crumbs = vec![Crumb::new("/me/settings", "Settings")];
    let new = use_query_map().with_untracked(|query| query.get("notice").as_deref() == Some("linked"));
    let ways = (!page.ways.is_empty()).then(|| view! { <Ways ways=page.ways proof=page.proof/> });
    view! {
        <Page title="Single sign-on" crumbs narrow=true
            lede="Accounts that you have elsewhere, such as at your library, and that sign you in here.".to_string()>
            {new.then(|| view! { <Notice tone=Tone::Accent>"Linked: from now on this account signs you in."</Notice> })}
            <FormErrors form=Form::of(unlink)/>
            <Accounts accounts=page.accounts action=unlink/>
            {ways}
            {(!page.has_password).then(|| view! { <FirstPassword action=password/> })}
        </Page>
    }
}

#[component]
fn Accounts(accounts: Vec<Account>, action: ServerAction<UnlinkAccount>) -> impl IntoView {
    let none = accounts.is_empty();
    let rows = accounts
        .into_iter()
        .map(|account| view! { <AccountRow account action/> })
        .collect_view();
    view! {
        <section>
            <h2>"Linked accounts"</h2>
            {if none {
                view! { <EmptyState title="None yet">"Accounts that sign you in stand here. Your password stays as it is."</EmptyState> }.into_any()
            } else {
                view! { <ul class="rows rows-ruled" role="list">{rows}</ul> }.into_any()
            }}
        </section>
    }
}

#[component]
fn AccountRow(account: Account, action: ServerAction<UnlinkAccount>) -> impl IntoView {
    let label = format!("Unlink {} of {}", account.label, account.provider);
    view! {
        <li class="row">
            <div>
                <b>{account.provider}</b>
                <p class="meta wrap">{account.label}" · used "<Moment iso=account.last_used_iso label=account.last_used/></p>
            </div>
            <ActionForm action>
                <input type="hidden" name="identity" value=account.id.to_string()/>
                <button class="button quiet small" type="submit" aria-label=label>"Unlink"</button>
            </ActionForm>
        </li>
    }
}

#[component]
fn Ways(ways: Vec<WayIn>, proof: String) -> impl IntoView {
    let buttons = ways
        .into_iter()
        .map(|way| {
            let href = format!("{}?link={}", begins_at(&way.id), segment(&proof));
            view! { <li><a class="button quiet" rel="external" href=href>{format!("Link an account of {}", way.name)}</a></li> }
        })
        .collect_view();
    view! {
        <section>
            <h2>"Link another one"</h2>
            <p>"You sign in there once, and come back here."</p>
            <ul class="ways-in" role="list">{buttons}</ul>
        </section>
    }
}

#[component]
fn FirstPassword(action: ServerAction<SetFirstPassword>) -> impl IntoView {
    let form = Form::of(action);
    view! {
        <section>
            <h2>"A password of your own"</h2>
            <p>"You have none here. With one you can sign in without the other account, set up a second factor and close your account."</p>
            <ActionForm action attr:class="form">
                <FormErrors form/>
                <FreshPassword form/>
                <div class="form-actions"><button class="button quiet" type="submit">"Set it"</button></div>
            </ActionForm>
        </section>
    }
}
