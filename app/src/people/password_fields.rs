//! The fields of passwords: one for a password that is there, one for a new
//! one. Both take what the server takes, to the last character.

use leptos::prelude::*;

use super::model::PASSWORD_BYTES;
use crate::ui::field::TextField;
use crate::ui::form::Form;

const LONGEST: u32 = PASSWORD_BYTES as u32;

/// The password of whoever types it, to sign in or to be sure that it is them.
#[component]
pub fn OwnPassword(
    form: Form,
    #[prop(default = "password")] name: &'static str,
    #[prop(default = "Your password, to be sure")] label: &'static str,
    /// Tells fields of the same name on one page apart.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| format!("field-{name}"));
    view! {
        <TextField form name label kind="password" required=true maxlength=LONGEST autocomplete="current-password" id/>
    }
}

/// The code of one's second factor, where there is one.
#[component]
pub fn OwnPasscode(form: Form, #[prop(optional, into)] id: Option<String>) -> impl IntoView {
    let id = id.unwrap_or_else(|| "field-passcode".into());
    view! {
        <TextField form name="passcode" label="Code from your app, or a recovery code" required=true maxlength=20 autocomplete="one-time-code" id/>
    }
}

/// A password to be set, with what makes one good.
#[component]
pub fn FreshPassword(
    form: Form,
    #[prop(default = "Password")] label: &'static str,
    #[prop(optional, into)] id: Option<String>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| "field-password".into());
    view! {
        <TextField form name="password" label kind="password" required=true maxlength=LONGEST autocomplete="new-password" id
            hint="At least 15 characters. Three or four unrelated words work well."/>
    }
}
