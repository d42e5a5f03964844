//! One's address, and the page that confirms one.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::api::{ChangeAddress, ConfirmAddress, ConfirmOwnAddress, load_address, load_address_check};
use super::model::Address;
use crate::people::password_fields::{OwnPasscode, OwnPassword};
use crate::people::second_factor::model::FactorAsked;
use crate::people::second_factor::pages::AfterPasskey;
use crate::ui::field::TextField;
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::page_error::Missing;
use crate::ui::{Crumb, Notice, Page, Tone, lazy_page};

lazy_page!(
    /// One's e-mail address.
    ADDRESS in people => address
);

fn address() -> AnyView {
    let (change, again) = (ServerAction::new(), ServerAction::new());
    let page = load(
        move || (change.version().get(), again.version().get()),
        |_| load_address(),
    );
    loaded(page, move |page| view! { <AddressView page change again/> })
}

#[component]
fn AddressView(
    page: Address,
    change: ServerAction<ChangeAddress>,
    again: ServerAction<ConfirmOwnAddress>,
) -> impl IntoView {
    let confirmed = use_query_map().with_untracked(|query| query.get("notice").as_deref() == Some("confirmed"));
    let crumbs = vec![Crumb::new("/me/settings", "Settings")];
    let known = match &page.confirmed {
        Some(day) => format!("Confirmed on {day}."),
        None if page.mail => "Not confirmed yet: news of your account are not sent to it.".into(),
        None => "No mail is sent from here, so it is not confirmed.".into(),
    };
    let may_confirm = page.mail && page.confirmed.is_none();
    let asked = page.asked.filter(|_| page.mail);
    view! {
        <Page title="E-mail address" crumbs narrow=true lede=page.email>
            {confirmed.then(|| view! { <Notice tone=Tone::Accent>"Your address is confirmed."</Notice> })}
            <p>{known}</p>
            {asked.map(|asked| view! {
                <Notice tone=Tone::Highlight>
                    {format!("A letter to {asked} is on its way. Open the link in it within three days; until then nothing changes.")}
                </Notice>
            })}
            {may_confirm.then(|| view! { <ConfirmForm action=again/> })}
            <ChangeForm action=change mail=page.mail factor=page.factor/>
        </Page>
    }
}

#[component]
fn ConfirmForm(action: ServerAction<ConfirmOwnAddress>) -> impl IntoView {
    let form = Form::of(action);
    view! {
        <ActionForm action>
            <FormErrors form/>
            <button class="button quiet" type="submit">"Send me the letter that confirms it"</button>
        </ActionForm>
    }
}

#[component]
fn ChangeForm(action: ServerAction<ChangeAddress>, mail: bool, factor: FactorAsked) -> impl IntoView {
    let form = Form::of(action);
    let hint = if mail {
        "You get a letter there; your address changes when you open its link."
    } else {
        "You sign in with it from now on."
    };
    view! {
        <section>
            <h2>"Change it"</h2>
            <AfterPasskey asked=factor next="/me/settings/address">
                <ActionForm action attr:class="form">
                    <FormErrors form/>
                    <TextField form name="email" label="New e-mail address" kind="email" required=true maxlength=254 autocomplete="email" hint=hint/>
                    <OwnPassword form/>
                    {(factor == FactorAsked::Code).then(|| view! { <OwnPasscode form/> })}
                    <div class="form-actions"><button class="button" type="submit">"Change it"</button></div>
                </ActionForm>
            </AfterPasskey>
        </section>
    }
}

lazy_page!(
    /// Where the link of a letter leads. Opening it changes nothing: programs
    /// that look for harm open all links of a letter.
    CONFIRM_ADDRESS in people => confirm_address
);

fn confirm_address() -> AnyView {
    let token = use_params_map().with_untracked(|params| params.get("token").unwrap_or_default());
    let asked = load(
        {
            let token = token.clone();
            move || token.clone()
        },
        load_address_check,
    );
    loaded(asked, move |asked| match asked {
        Some(email) => view! { <ConfirmView email token=token.clone()/> }.into_any(),
        None => view! { <NoCheck/> }.into_any(),
    })
}

#[component]
fn ConfirmView(email: String, token: String) -> impl IntoView {
    let path = <ConfirmAddress as ServerFn>::PATH;
    let form = Form::plain(path);
    view! {
        <Page title="Confirm your address" narrow=true lede=email>
            <form class="form" method="post" action=path>
                <FormErrors form/>
                <input type="hidden" name="token" value=token/>
                <div class="form-actions"><button class="button" type="submit">"This is my address"</button></div>
            </form>
        </Page>
    }
}

/// The same words whether the link ever was one or not.
#[component]
fn NoCheck() -> impl IntoView {
    view! {
        <Missing/>
        <Page title="This link cannot be used" narrow=true lede="A link that confirms an address works for three days, once.".to_string()>
            <p>"Was it used already? "<a href="/me/settings/address">"Look at your address"</a>", or have another letter sent from there."</p>
        </Page>
    }
}
