//! One's second factor, and the step of signing in that asks for it.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use super::api::{
    BeginSecondFactor, ConfirmSecondFactor, ProveSignIn, PutCodesAway, RemoveSecondFactor, RenewRecoveryCodes,
    load_pending_sign_in, load_second_factor,
};
use super::model::{FactorAsked, SecondFactor, Squares, Waiting};
use crate::paths::{local, segment};
use crate::people::passkeys::pages::PasskeySignIn;
use crate::people::password_fields::OwnPassword;
use crate::ui::field::TextField;
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Crumb, Notice, Page, Tone, lazy_page};

lazy_page!(
    /// The second step of signing in, a plain form as the first.
    SIGN_IN_CODE in people => sign_in_code
);

fn sign_in_code() -> AnyView {
    let next = use_query_map().with_untracked(|query| query.get("next").unwrap_or_default());
    let waits = load(|| (), |()| load_pending_sign_in());
    loaded(waits, move |waits| match waits {
        Some(waits) => view! { <SecondStep waits next=next.clone()/> }.into_any(),
        None => view! { <NoneWaits/> }.into_any(),
    })
}

/// A code, a passkey, or either.
#[component]
fn SecondStep(waits: Waiting, next: String) -> impl IntoView {
    let lede = match waits {
        Waiting {
            code: true,
            passkey: true,
        } => "So far, so good. Your account asks for a code or a passkey, too.",
        Waiting { passkey: true, .. } => "So far, so good. You are asked for a second factor here: your passkey.",
        _ => "So far, so good. Your account asks for a code, too.",
    };
    let lost = match waits.code {
        true => {
            "Neither phone nor recovery codes at hand? Whoever runs Carrel at your library can switch your second factor off."
        }
        false => "No device with your passkey at hand? Whoever runs Carrel at your library can remove it.",
    };
    let code = waits.code.then(|| view! { <CodeForm next=next.clone()/> });
    let passkey = waits.passkey.then(|| view! { <WithPasskey next=next/> });
    view! {
        <Page title="One more step" narrow=true lede=lede.to_string()>
            {code}
            {passkey}
            <p class="meta">{lost}</p>
        </Page>
    }
}

#[component]
fn CodeForm(next: String) -> impl IntoView {
    let path = <ProveSignIn as ServerFn>::PATH;
    let form = Form::plain(path);
    view! {
        <form class="form" method="post" action=path>
            <FormErrors form/>
            <input type="hidden" name="next" value=form.value("next", &next)/>
            <PasscodeField form/>
            <div class="form-actions"><button class="button" type="submit">"Sign in"</button></div>
        </form>
    }
}

/// Shows a passkey: opens a session by it, in place of the one that is there.
#[component]
pub fn WithPasskey(next: String) -> impl IntoView {
    view! {
        <p class="without-passkeys">"To show a passkey, use a browser that knows them, with JavaScript on."</p>
        <PasskeySignIn next label="Show my passkey"/>
    }
}

/// A form that wants more than the password, or how to show a passkey in its
/// place where that comes first.
#[component]
pub fn AfterPasskey(asked: FactorAsked, next: &'static str, children: Children) -> impl IntoView {
    if asked != FactorAsked::Passkey {
        return children();
    }
    view! {
        <p>"Show one of your passkeys first: a password alone does none of this. You can then go on for a quarter of an hour."</p>
        <WithPasskey next=next.to_owned()/>
        <p class="meta">"No device with your passkey at hand? Whoever runs Carrel at your library can remove it."</p>
    }
    .into_any()
}

#[component]
fn NoneWaits() -> impl IntoView {
    view! {
        <Page title="Sign in first" narrow=true lede="A second factor is asked for once you have given your password, for ten minutes.".to_string()>
            <p><a class="button" href="/sign-in">"Sign in"</a></p>
        </Page>
    }
}

#[component]
fn PasscodeField(form: Form, #[prop(optional, into)] id: Option<String>) -> impl IntoView {
    view! {
        <TextField form name="passcode" label="Code" required=true maxlength=40 autocomplete="one-time-code"
            hint="Six digits from your app, or one of your recovery codes."
            id=id.unwrap_or_else(|| "field-passcode".into())/>
    }
}

/// The password and, unless a factor was shown `lately`, a code, in a form of this
/// name among others of the page.
#[component]
fn BothFactors(form: Form, of: &'static str, lately: bool) -> impl IntoView {
    view! {
        <OwnPassword form label="Your password" id=format!("{of}-password")/>
        {(!lately).then(|| view! { <PasscodeField form id=format!("{of}-passcode")/> })}
    }
}

lazy_page!(
    /// One's second factor.
    SECOND_FACTOR in people => second_factor
);

#[derive(Clone, Copy)]
struct Actions {
    begin: ServerAction<BeginSecondFactor>,
    confirm: ServerAction<ConfirmSecondFactor>,
    renew: ServerAction<RenewRecoveryCodes>,
    put_away: ServerAction<PutCodesAway>,
    remove: ServerAction<RemoveSecondFactor>,
}

fn second_factor() -> AnyView {
    let actions = Actions {
        begin: ServerAction::new(),
        confirm: ServerAction::new(),
        renew: ServerAction::new(),
        put_away: ServerAction::new(),
        remove: ServerAction::new(),
    };
    let page = load(
        move || {
            let versions = (actions.begin.version().get(), actions.confirm.version().get());
            (
                versions,
                actions.renew.version().get(),
                actions.put_away.version().get(),
                actions.remove.version().get(),
            )
        },
        |_| load_second_factor(),
    );
    loaded(page, move |page| view! { <SecondFactorView page actions/> })
}

#[component]
fn SecondFactorView(page: SecondFactor, actions: Actions) -> impl IntoView {
    let crumbs = vec![Crumb::new("/me/settings", "Settings")];
    let lede = match page {
        SecondFactor::On { .. } => "Signing in asks for a code from your phone, too.",
        _ => "With a second factor, signing in asks for a code from your phone too: a password alone opens nothing.",
    };
    let body = match page {
        SecondFactor::ShowPasskey => view! { <ShowPasskey/> }.into_any(),
        SecondFactor::Off => view! { <BeginForm action=actions.begin/> }.into_any(),
        SecondFactor::SettingUp {
            secret,
            address,
            squares,
        } => view! { <SetUp secret address squares action=actions.confirm/> }.into_any(),
        SecondFactor::On {
            since,
            codes_left,
            new_codes,
            shown,
        } => view! { <IsOn since codes_left new_codes lately=shown actions/> }.into_any(),
    };
    view! { <Page title="Second factor" crumbs narrow=true lede=lede.to_string()>{body}</Page> }
}

/// A password alone adds no other way in beside a passkey.
#[component]
fn ShowPasskey() -> impl IntoView {
    let next = use_query_map().with_untracked(|query| query.get("next"));
    let back = match next {
        Some(next) => format!("/me/settings/second-factor?next={}", segment(&local(&next))),
        None => "/me/settings/second-factor".to_owned(),
    };
    view! {
        <p>"You have a passkey, which is a second factor already. To have codes of an app as well, show it first: a password alone adds no other way in."</p>
        <WithPasskey next=back/>
        <p class="meta">"No device with your passkey at hand? Whoever runs Carrel at your library can remove it."</p>
    }
}

#[component]
fn BeginForm(action: ServerAction<BeginSecondFactor>) -> impl IntoView {
    let form = Form::of(action);
    view! {
        <p>"You need an authenticator app that shows codes of six digits, such as the one built into your phone’s passwords, Aegis, FreeOTP or 2FAS. It works without a connection, and Carrel never learns your number."</p>
        <ActionForm action attr:class="form">
            <FormErrors form/>
            <OwnPassword form/>
            <div class="form-actions"><button class="button" type="submit">"Set it up"</button></div>
        </ActionForm>
    }
}

#[component]
fn SetUp(
    secret: String,
    address: String,
    squares: Squares,
    action: ServerAction<ConfirmSecondFactor>,
) -> impl IntoView {
    let form = Form::of(action);
    let view_box = format!("0 0 {0} {0}", squares.width);
    view! {
        <section>
            <h2>"1. Show this to your app"</h2>
            <p>"Add an account in the app and scan the squares."</p>
            <svg class="qr" data-theme="light" viewBox=view_box role="img" aria-label="QR code of the secret that is also written beneath">
                <path d=squares.path></path>
            </svg>
            <p>"Is the app on the device that you are looking at? "<a href=address rel="external">"Open it there"</a>"."</p>
            <p>"Or type this secret into it:"</p>
            <p class="secret"><code translate="no">{secret}</code></p>
        </section>
        <section>
            <h2>"2. Type what it shows"</h2>
            <ActionForm action attr:class="form">
                <FormErrors form/>
                <TextField form name="passcode" label="Code" required=true maxlength=20 autocomplete="one-time-code"
                    hint="Six digits. They change every half minute."/>
                <div class="form-actions"><button class="button" type="submit">"Switch it on"</button></div>
                <p class="meta">"Until then nothing changes. What you see here is forgotten after an hour."</p>
            </ActionForm>
        </section>
    }
}

#[component]
fn IsOn(since: String, codes_left: u32, new_codes: Vec<String>, lately: bool, actions: Actions) -> impl IntoView {
    let left = match codes_left {
        0 => "No recovery code is left.".to_owned(),
        1 => "One recovery code is left.".to_owned(),
        left => format!("{left} recovery codes are left."),
    };
    let shown = !new_codes.is_empty();
    let next = use_query_map().with_untracked(|query| query.get("next"));
    // Loaded anew, since the whole frame changes with one's rights.
    let go_on = next.map(|next| {
        view! {
            <p><a class="button" href=local(&next) rel="external">"Go on to where you were"</a></p>
        }
    });
    view! {
        {shown.then(|| view! { <NewCodes codes=new_codes action=actions.put_away/> })}
        <section>
            <h2>"Switched on"</h2>
            <p>{format!("Since {since}. {left}")}</p>
            {go_on}
        </section>
        {(!shown).then(|| view! { <RenewForm action=actions.renew lately/> })}
        <RemoveForm action=actions.remove lately/>
    }
}

#[component]
fn NewCodes(codes: Vec<String>, action: ServerAction<PutCodesAway>) -> impl IntoView {
    // The browser makes the file itself: the codes go nowhere once more.
    let lines = format!(
        "Recovery codes for Carrel, each for one sign-in:\n\n{}\n",
        codes.join("\n")
    );
    let file = format!("data:text/plain;charset=utf-8,{}", segment(&lines));
    let codes = codes
        .into_iter()
        .map(|code| view! { <li><code translate="no">{code}</code></li> })
        .collect_view();
    view! {
        <section>
            <h2>"Keep these recovery codes"</h2>
            <Notice tone=Tone::Highlight>
                "They are shown now and never again. Save or print them, and put them where you keep important papers: each opens your account once, in place of a code, when your phone is lost."
            </Notice>
            <ol class="recovery-codes" role="list">{codes}</ol>
            <p><a class="button quiet" href=file download="carrel-recovery-codes.txt" rel="external">"Save as a text file"</a></p>
            <ActionForm action>
                <button class="button" type="submit">"I have kept them"</button>
            </ActionForm>
        </section>
    }
}

#[component]
fn RenewForm(action: ServerAction<RenewRecoveryCodes>, lately: bool) -> impl IntoView {
    let form = Form::of(action);
    view! {
        <section>
            <h2>"New recovery codes"</h2>
            <p>"Ten new ones. Those that you have now are worth nothing any more."</p>
            <ActionForm action attr:class="form">
                <FormErrors form/>
                <BothFactors form of="renew" lately/>
                <div class="form-actions"><button class="button quiet" type="submit">"Make new codes"</button></div>
            </ActionForm>
        </section>
    }
}

#[component]
fn RemoveForm(action: ServerAction<RemoveSecondFactor>, lately: bool) -> impl IntoView {
    let form = Form::of(action);
    view! {
        <section>
            <h2>"Switch it off"</h2>
            <p>"No code is asked for then. Your other devices are signed out."</p>
            <ActionForm action attr:class="form">
                <FormErrors form/>
                <BothFactors form of="remove" lately/>
                <div class="form-actions"><button class="button danger" type="submit">"Switch it off"</button></div>
            </ActionForm>
        </section>
    }
}
