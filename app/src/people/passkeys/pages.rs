//! One's passkeys. Making and using one needs JavaScript (frontend/passkeys.js),
//! as the browser's own dialogue is only reached by it.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{BeginPasskey, BeginPasskeySignIn, FinishPasskey, FinishPasskeySignIn, RemovePasskey, load_passkeys};
use super::model::{Passkey, Passkeys};
use crate::people::password_fields::{OwnPasscode, OwnPassword};
use crate::people::second_factor::model::FactorAsked;
use crate::people::second_factor::pages::WithPasskey;
use crate::ui::field::TextField;
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Crumb, Disclosure, EmptyState, Page, lazy_page};

lazy_page!(
    /// One's passkeys.
    PASSKEYS in people => passkeys
);

fn passkeys() -> AnyView {
    let remove = ServerAction::new();
    let page = load(move || remove.version().get(), |_| load_passkeys());
    loaded(page, move |page| view! { <PasskeysView page remove/> })
}

#[component]
fn PasskeysView(page: Passkeys, remove: ServerAction<RemovePasskey>) -> impl IntoView {
    let crumbs = vec![Crumb::new("/me/settings", "Settings")];
    let none = page.passkeys.is_empty();
    let asked = page.asked;
    let rows = page
        .passkeys
        .into_iter()
        .map(|passkey| view! { <PasskeyItem passkey asked remove/> })
        .collect_view();
    let show_first = (asked == FactorAsked::Passkey).then(|| view! { <ShowFirst/> });
    view! {
        <Page title="Passkeys" crumbs narrow=true
            lede="A passkey opens your account with your fingerprint, face or PIN on a device of yours: nothing to remember, nothing to steal by a false page.".to_string()>
            <section>
                <h2>"Yours"</h2>
                {if none {
                    view! { <EmptyState title="None yet">"Passkeys that you make stand here. Your password keeps working beside them."</EmptyState> }.into_any()
                } else {
                    view! { <ul class="rows rows-ruled" role="list">{rows}</ul> }.into_any()
                }}
            </section>
            {show_first}
            {if page.possible {
                (asked != FactorAsked::Passkey).then(|| view! { <NewPasskey asked/> }).into_any()
            } else {
                view! { <p>"This site is reached by a number and not by a name, and passkeys are bound to a name."</p> }.into_any()
            }}
        </Page>
    }
}

/// A password alone neither adds a passkey nor removes one.
#[component]
fn ShowFirst() -> impl IntoView {
    view! {
        <section>
            <h2>"Make or remove passkeys"</h2>
            <p>"Show one of yours first: a password alone neither adds a way in nor takes one away. For a quarter of an hour you can then make and remove passkeys."</p>
            <WithPasskey next="/me/settings/passkeys".to_owned()/>
            <p class="meta">"No device with your passkey at hand? Whoever runs Carrel at your library can remove it."</p>
        </section>
    }
}

#[component]
fn PasskeyItem(passkey: Passkey, asked: FactorAsked, remove: ServerAction<RemovePasskey>) -> impl IntoView {
    let id = passkey.id.to_string();
    let used = passkey
        .last_used
        .map_or_else(|| "never used".to_owned(), |used| format!("last used {used}"));
    let short = id[..id.len().min(12)].to_owned();
    let removal = (asked != FactorAsked::Passkey).then(|| {
        view! { <RemovePasskeyForm id short=short.clone() name=passkey.name.clone() asked remove/> }
    });
    view! {
        <li class="row">
            <div>
                <b>{passkey.name.clone()}</b>
                <p class="meta">{format!("Since {}, {used}", passkey.since)}</p>
                {removal}
            </div>
        </li>
    }
}

#[component]
fn RemovePasskeyForm(
    id: String,
    /// Tells the fields of one passkey from those of the next.
    short: String,
    name: String,
    asked: FactorAsked,
    remove: ServerAction<RemovePasskey>,
) -> impl IntoView {
    let form = Form::matching(remove, &[("passkey", &id)]);
    view! {
        <Disclosure summary=format!("Remove {name}")>
            <ActionForm action=remove attr:class="form">
                <FormErrors form/>
                <input type="hidden" name="passkey" value=id/>
                <OwnPassword form id=format!("password-{short}")/>
                {(asked == FactorAsked::Code).then(|| view! { <OwnPasscode form id=format!("passcode-{short}")/> })}
                <p class="meta">"Your other devices are signed out."</p>
                <div class="form-actions"><button class="button danger" type="submit">"Remove it"</button></div>
            </ActionForm>
        </Disclosure>
    }
}

/// Without the script, or in a browser that knows no passkeys, a sentence
/// stands in the place of the form.
#[component]
fn NewPasskey(asked: FactorAsked) -> impl IntoView {
    let (begin, finish) = (<BeginPasskey as ServerFn>::PATH, <FinishPasskey as ServerFn>::PATH);
    view! {
        <section>
            <h2>"A new one"</h2>
            <p class="without-passkeys">"To make a passkey, use a browser that knows them, with JavaScript on."</p>
            <form class="form with-passkeys" data-passkey="create" method="post" action=begin data-finish=finish>
                <TextField form=Form::none() name="name" label="What to call it" required=true maxlength=60
                    hint="Such as “My phone”."/>
                <OwnPassword form=Form::none()/>
                {(asked == FactorAsked::Code).then(|| view! { <OwnPasscode form=Form::none()/> })}
                <div class="form-actions"><button class="button" type="submit">"Make a passkey"</button></div>
                <p class="field-error" role="alert"></p>
            </form>
        </section>
    }
}

/// The way in with a passkey, beneath that with a password.
#[component]
pub fn PasskeySignIn(next: String, #[prop(default = "Sign in with a passkey")] label: &'static str) -> impl IntoView {
    let (begin, finish) = (
        <BeginPasskeySignIn as ServerFn>::PATH,
        <FinishPasskeySignIn as ServerFn>::PATH,
    );
    view! {
        <form class="with-passkeys" data-passkey="get" method="post" action=begin data-finish=finish>
            <input type="hidden" name="next" value=next/>
            <button class="button quiet" type="submit">{label}</button>
            <p class="field-error" role="alert"></p>
        </form>
    }
}
