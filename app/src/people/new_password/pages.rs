//! Forgotten passwords.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::api::{
    AskForNewPassword, MakePasswordLink, SetNewPassword, load_forgotten, load_made_link, load_password_link,
};
use crate::people::password_fields::FreshPassword;
use crate::ui::field::TextField;
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::page_error::Missing;
use crate::ui::{CopyButton, Notice, Page, Tone, lazy_page};

lazy_page!(
    /// Asking for a link.
    FORGOTTEN in people => forgotten
);

fn forgotten() -> AnyView {
    let sent = use_query_map().with_untracked(|query| query.get("notice").as_deref() == Some("sent"));
    let mail = load(|| (), |()| load_forgotten());
    loaded(mail, move |mail| {
        let body = match (sent, mail) {
            (true, _) => view! { <OnItsWay/> }.into_any(),
            (false, true) => view! { <AskForm/> }.into_any(),
            (false, false) => view! {
                <p>"No mail is sent from here. The administrators of your organisation can make you a link to a new password: those who invited you or took you in, or your manager, know who they are."</p>
                <p>"Not sure which organisation? "<a href="/join">"See which there are"</a>", or go "<a href="/sign-in">"back to signing in"</a>"."</p>
            }
            .into_any(),
        };
        view! { <Page title="A new password" narrow=true>{body}</Page> }
    })
}

#[component]
fn OnItsWay() -> impl IntoView {
    view! {
        <Notice tone=Tone::Accent>"If there is an account with this address, a letter is on its way to it."</Notice>
        <p>"The link in it works for an hour, once. Nothing after a few minutes? Look among unwanted mail, and see whether you use another address here."</p>
        <p><a href="/sign-in">"Back to signing in"</a></p>
    }
}

#[component]
fn AskForm() -> impl IntoView {
    let path = <AskForNewPassword as ServerFn>::PATH;
    let form = Form::plain(path);
    view! {
        <form class="form" method="post" action=path>
            <FormErrors form/>
            <TextField form name="email" label="E-mail address" kind="email" required=true maxlength=254 autocomplete="username"
                hint="You get a letter with a link."/>
            <div class="form-actions"><button class="button" type="submit">"Send the link"</button></div>
        </form>
    }
}

lazy_page!(
    /// Where the link leads.
    RESET in people => reset
);

fn reset() -> AnyView {
    let token = use_params_map().with_untracked(|params| params.get("token").unwrap_or_default());
    let works = load(
        {
            let token = token.clone();
            move || token.clone()
        },
        load_password_link,
    );
    loaded(works, move |works| {
        if works {
            view! { <ResetForm token=token.clone()/> }.into_any()
        } else {
            view! { <NoLink/> }.into_any()
        }
    })
}

#[component]
fn ResetForm(token: String) -> impl IntoView {
    let path = <SetNewPassword as ServerFn>::PATH;
    let form = Form::plain(path);
    view! {
        <Page title="Choose a new password" narrow=true lede="Every device is signed out; then sign in with it.".to_string()>
            <form class="form" method="post" action=path>
                <FormErrors form/>
                <input type="hidden" name="token" value=token/>
                <FreshPassword form label="New password"/>
                <div class="form-actions"><button class="button" type="submit">"Set the password"</button></div>
            </form>
        </Page>
    }
}

/// The same words whether the link ever was one or not.
#[component]
fn NoLink() -> impl IntoView {
    view! {
        <Missing/>
        <Page title="This link cannot be used" narrow=true lede="A link to a new password works for an hour, once.".to_string()>
            <p><a href="/sign-in/forgotten">"Ask for another one"</a>", or "<a href="/sign-in">"sign in"</a>"."</p>
        </Page>
    }
}

lazy_page!(
    /// Where administrators make links.
    PASSWORD_LINK in studio => password_link
);

fn password_link() -> AnyView {
    let make = ServerAction::<MakePasswordLink>::new();
    let made = load(move || make.version().get(), |_| load_made_link());
    loaded(made, move |link| view! { <LinkView link make/> })
}

#[component]
fn LinkView(link: Option<String>, make: ServerAction<MakePasswordLink>) -> impl IntoView {
    let form = Form::of(make);
    view! {
        <Page title="Let someone in" narrow=true
            lede="For a colleague who forgot their password, where no mail is sent or none arrives.".to_string()>
            <p>"Be sure that it is them who ask: the link opens their account. It works for an hour, once, and only you see it."</p>
            {link.map(|link| view! {
                <Notice tone=Tone::Accent>
                    <p>"Pass this link on, in person or by telephone rather than in writing:"</p>
                    <p>
                        <code class="wrap" id="made-link" translate="no">{link}</code>
                        " "<CopyButton of="made-link"/>
                    </p>
                </Notice>
            })}
            <ActionForm action=make attr:class="form">
                <FormErrors form/>
                <TextField form name="email" label="Their e-mail address" kind="email" required=true maxlength=254 autocomplete="off"
                    hint="Only people whose organisations you all look after."/>
                <div class="form-actions"><button class="button" type="submit">"Make a link"</button></div>
            </ActionForm>
        </Page>
    }
}
