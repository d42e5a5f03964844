//! All providers, for site administrators.

use leptos::prelude::*;

use crate::single_sign_on::api::{AddProvider, load_providers};
use crate::single_sign_on::model::Listed;
use crate::ui::field::TextField;
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Crumb, EmptyState, Page, lazy_page};

lazy_page!(
    /// The list of providers.
    PROVIDERS in studio => providers
);

fn providers() -> AnyView {
    let add = ServerAction::new();
    let list = load(move || add.version().get(), |_| load_providers());
    loaded(list, move |list| view! { <ProvidersView list add/> })
}

/// The way back to how people sign in.
pub(super) fn crumbs() -> Vec<Crumb> {
    vec![Crumb::new("/admin/sign-in", "How people sign in")]
}

#[component]
fn ProvidersView(list: Vec<Listed>, add: ServerAction<AddProvider>) -> impl IntoView {
    let none = list.is_empty();
    let rows = list.into_iter().map(|one| view! { <ListedRow one/> }).collect_view();
    view! {
        <Page title="Single sign-on" crumbs=crumbs() narrow=true
            lede="People sign in with the account that they have at their library or its provider, by OpenID Connect.".to_string()>
            <section>
                <h2>"Providers"</h2>
                {if none {
                    view! { <EmptyState title="None yet">"Providers stand here, and a button for each that is switched on where people sign in."</EmptyState> }.into_any()
                } else {
                    view! { <ul class="rows rows-ruled" role="list">{rows}</ul> }.into_any()
                }}
            </section>
            <AddForm action=add/>
        </Page>
    }
}

#[component]
fn ListedRow(one: Listed) -> impl IntoView {
    let state = if one.enabled { "Switched on" } else { "Switched off" };
    let people = match one.people {
        1 => "one account linked".to_owned(),
        many => format!("{many} accounts linked"),
    };
    view! {
        <li class="row">
            <div>
                <a href=format!("/admin/providers/{}", one.id)>{one.name}</a>
                <p class="meta wrap">{format!("{state} · {people} · {}", one.issuer)}</p>
            </div>
        </li>
    }
}

#[component]
fn AddForm(action: ServerAction<AddProvider>) -> impl IntoView {
    let form = Form::of(action);
    view! {
        <section>
            <h2>"Another provider"</h2>
            <p>"Register Carrel with the provider as a web application that uses the authorization code flow. It gives you what is asked here; the address that it asks for stands on the next page, and nobody can sign in until you switch it on."</p>
            <ActionForm action attr:class="form">
                <FormErrors form/>
                <TextField form name="name" label="Name" required=true maxlength=80 hint="As people know it: “Sign in with …”."/>
                <ProviderFields form/>
                <div class="form-actions"><button class="button" type="submit">"Add it"</button></div>
            </ActionForm>
        </section>
    }
}

/// What the provider gives.
#[component]
pub(super) fn ProviderFields(
    form: Form,
    #[prop(optional, into)] issuer: String,
    #[prop(optional, into)] client: String,
    #[prop(optional)] has_secret: bool,
) -> impl IntoView {
    let hint = match has_secret {
        true => "There is one, and it is never shown. Leave this empty to keep it.",
        false => "Kept sealed and never shown again. Some providers give none.",
    };
    view! {
        <TextField form name="issuer" label="Issuer" value=issuer required=true maxlength=500 autocomplete="off"
            hint="Its address to the last character, such as https://login.example.org/realm."/>
        <TextField form name="client" label="Client id" value=client required=true maxlength=200 autocomplete="off"/>
        <TextField form name="secret" label="Client secret" kind="password" maxlength=500 autocomplete="off" hint=hint/>
    }
}
