//! Joining without an account: the form, and what a letter leads to.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use super::api::{AskAsNewcomer, ConfirmNewcomer, Newcomer};
use crate::joining::model::Door;
use crate::people::password_fields::{FreshPassword, OwnPassword};
use crate::ui::field::{TextArea, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::{Notice, Page, Tone};

/// What visitors find at an organisation's door.
#[component]
pub fn ForNewcomers(door: Door) -> impl IntoView {
    let notice = use_query_map().with_untracked(|query| query.get("notice").unwrap_or_default());
    let sign_in = format!("/sign-in?next=/organisations/{}/join", door.slug);
    match notice.as_str() {
        "letter" => view! {
            <Notice tone=Tone::Accent><p>"A letter is on its way to the address that you gave. Open the link in it within three days."</p></Notice>
            <p>"Nothing after a few minutes? Look among unwanted mail, and see whether the address was right."</p>
        }
        .into_any(),
        "waits" => view! {
            <Notice tone=Tone::Accent><p>"Your address is confirmed, and your request waits for whoever looks after it."</p></Notice>
            <p>"You get a letter when they answer. Once they take you in, you "<a href=sign_in>"sign in"</a>" with your address and the password that you chose. Without an answer it is forgotten after two months."</p>
        }
        .into_any(),
        "kept" => view! {
            <Notice tone=Tone::Accent><p>"Your request waits for whoever looks after it."</p></Notice>
            <p>"No mail is sent from here, so you hear of the answer from them, or by trying: once they take you in, you "<a href=sign_in>"sign in"</a>" with your address and the password that you chose. Without an answer it is forgotten after two months. If you had an account with this address before, nothing was asked: sign in and ask from there."</p>
        }
        .into_any(),
        _ => view! { <NewcomerForm door sign_in/> }.into_any(),
    }
}

#[component]
fn NewcomerForm(door: Door, sign_in: String) -> impl IntoView {
    let path = <AskAsNewcomer as ServerFn>::PATH;
    let form = Form::plain(path);
    let how = match (door.by_address, door.by_request) {
        (true, true) => {
            "With an e-mail address of theirs you join once you answer a letter to it. With another one you ask, and whoever looks after it decides."
        }
        (true, false) => "You join with an e-mail address of theirs, once you answer a letter to it.",
        _ if door.mail => "Whoever looks after it decides. First you answer a letter to your address.",
        _ => "Whoever looks after it decides.",
    };
    view! {
        <p>{how}</p>
        <form class="form" method="post" action=path>
            <FormErrors form/>
            <input type="hidden" name="organisation" value=door.organisation.to_string()/>
            <TextField form name="name" label="Your name" required=true maxlength=120 autocomplete="name"/>
            <TextField form name="email" label="E-mail address" kind="email" required=true maxlength=254 autocomplete="username"/>
            <FreshPassword form/>
            {door.by_request.then(|| view! {
                <TextArea form name="message" label="A word to whoever looks after it" rows=3 maxlength=500
                    hint="Optional: where you work there, or who knows you."/>
            })}
            <div class="form-actions"><button class="button" type="submit">{if door.by_request { "Ask to join" } else { "Join" }}</button></div>
        </form>
        <p class="meta">"Have an account already? "<a href=sign_in>"Sign in"</a>" and join with it. "{door.terms.then(|| view! { <a href="/terms">"Terms of use"</a> })}</p>
    }
}

/// Where the link of a letter leads. Opening it changes nothing.
#[component]
pub fn ConfirmNewcomerForm(found: Newcomer, token: String) -> impl IntoView {
    let path = <ConfirmNewcomer as ServerFn>::PATH;
    let form = Form::plain(path);
    let again = format!("/organisations/{}/join", found.slug);
    let (then, button) = if found.joins {
        ("You join right away.", "Join")
    } else {
        ("Then your request waits for whoever looks after it.", "Ask to join")
    };
    view! {
        <Page title=format!("Join {}", found.organisation) narrow=true lede=found.email>
            <p>{format!("Somebody who calls themselves {} gave this address. If it was you, type the password that you chose. {then}", found.name)}</p>
            <form class="form" method="post" action=path>
                <FormErrors form/>
                <input type="hidden" name="token" value=token/>
                <OwnPassword form label="The password that you chose"/>
                <div class="form-actions"><button class="button" type="submit">{button}</button></div>
            </form>
            <p class="meta">"Forgotten, or not you? "<a href=again>"Begin anew"</a>" with a password of your own, or do nothing: without it no account is made."</p>
        </Page>
    }
}
