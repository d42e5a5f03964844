//! One's passkeys. Making and using one needs JavaScript (frontend/passkeys.js),
//! as the browser's own dialogue is only reached by it.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{BeginPasskey, BeginPasskeySignIn, FinishPasskey, FinishPasskeySignIn, RemovePasskey, load_passkeys};
use super::model::{Passkey, Passkeys};
use crate::people::password_fields::OwnPassword;
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
    let rows = page
        .passkeys
        .into_iter()
        .map(|passkey| view! { <PasskeyItem passkey remove/> })
        .collect_view();
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
            {if page.possible {
                view! { <NewPasskey/> }.into_any()
            } else {
                view! { <p>"This site is reached by a number and not by a name, and passkeys are bound to a name."</p> }.into_any()
            }}
        </Page>
    }
}

#[component]
fn PasskeyItem(passkey: Passkey, remove: ServerAction<RemovePasskey>) -> impl IntoView {
    let id = passkey.id.to_string();
    let form = Form::matching(remove, &[("passkey", &id)]);
    let used = passkey
        .last_used
        .map_or_else(|| "never used".to_owned(), |used| format!("last used {used}"));
    let field = format!("password-{}", &id[..id.len().min(12)]);
    view! {
        <li class="row">
            <div>
                <b>{passkey.name.clone()}</b>
                <p class="meta">{format!("Since {}, {used}", passkey.since)}</p>
                <Disclosure summary=format!("Remove {}", passkey.name)>
                    <ActionForm action=remove attr:class="form">
                        <FormErrors form/>
                        <input type="hidden" name="passkey" value=id/>
                        <OwnPassword form id=field/>
                        <div class="form-actions"><button class="button danger" type="submit">"Remove it"</button></div>
                    </ActionForm>
                </Disclosure>
            </div>
        </li>
    }
}

/// Without the script, or in a browser that knows no passkeys, a sentence
/// stands in the place of the form.
#[component]
fn NewPasskey() -> impl IntoView {
    let (begin, finish) = (<BeginPasskey as ServerFn>::PATH, <FinishPasskey as ServerFn>::PATH);
    view! {
        <section>
            <h2>"A new one"</h2>
            <p class="without-passkeys">"To make a passkey, use a browser that knows them, with JavaScript on."</p>
            <form class="form with-passkeys" data-passkey="create" method="post" action=begin data-finish=finish>
                <TextField form=Form::none() name="name" label="What to call it" required=true maxlength=60
                    hint="Such as “My phone”."/>
                <OwnPassword form=Form::none()/>
                <div class="form-actions"><button class="button" type="submit">"Make a passkey"</button></div>
                <p class="field-error" role="alert"></p>
            </form>
        </section>
    }
}

/// The way in with a passkey, beneath that with a password.
#[component]
pub fn PasskeySignIn(next: String) -> impl IntoView {
    let (begin, finish) = (
        <BeginPasskeySignIn as ServerFn>::PATH,
        <FinishPasskeySignIn as ServerFn>::PATH,
    );
    view! {
        <form class="with-passkeys" data-passkey="get" method="post" action=begin data-finish=finish>
            <input type="hidden" name="next" value=next/>
            <button class="button quiet" type="submit">"Sign in with a passkey"</button>
            <p class="field-error" role="alert"></p>
        </form>
    }
}
