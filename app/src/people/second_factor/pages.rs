//! One's second factor, and the step of signing in that asks for it.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use super::api::{
    BeginSecondFactor, ConfirmSecondFactor, ProveSignIn, PutCodesAway, RemoveSecondFactor, RenewRecoveryCodes,
    load_pending_sign_in, load_second_factor,
};
use super::model::{SecondFactor, Squares};
use crate::paths::local;
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
    loaded(waits, move |waits| {
        if waits {
            view! { <CodeForm next=next.clone()/> }.into_any()
        } else {
            view! { <NoneWaits/> }.into_any()
        }
    })
}

#[component]
fn CodeForm(next: String) -> impl IntoView {
    let path = <ProveSignIn as ServerFn>::PATH;
    let form = Form::plain(path);
    view! {
        <Page title="One more step" narrow=true lede="So far, so good. Your account asks for a code, too.".to_string()>
            <form class="form" method="post" action=path>
                <FormErrors form/>
                <input type="hidden" name="next" value=form.value("next", &next)/>
                <PasscodeField form/>
                <div class="form-actions"><button class="button" type="submit">"Sign in"</button></div>
            </form>
            <p class="meta">"Neither phone nor recovery codes at hand? Whoever runs Carrel at your library can switch your second factor off."</p>
        </Page>
    }
}

#[component]
fn NoneWaits() -> impl IntoView {
    view! {
        <Page title="Sign in first" narrow=true lede="A code is asked for once you have signed in, for ten minutes.".to_string()>
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

/// The password and a code, in a form of this name among others of the page.
#[component]
fn BothFactors(form: Form, of: &'static str) -> impl IntoView {
    view! {
        <OwnPassword form label="Your password" id=format!("{of}-password")/>
        <PasscodeField form id=format!("{of}-passcode")/>
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
        SecondFactor::Off => view! { <BeginForm action=actions.begin/> }.into_any(),
        SecondFactor::SettingUp { secret, squares } => {
            view! { <SetUp secret squares action=actions.confirm/> }.into_any()
        }
        SecondFactor::On {
            since,
            codes_left,
            new_codes,
        } => view! { <IsOn since codes_left new_codes actions/> }.into_any(),
    };
    view! { <Page title="Second factor" crumbs narrow=true lede=lede.to_string()>{body}</Page> }
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
fn SetUp(secret: String, squares: Squares, action: ServerAction<ConfirmSecondFactor>) -> impl IntoView {
    let form = Form::of(action);
    let view_box = format!("0 0 {0} {0}", squares.width);
    view! {
        <section>
            <h2>"1. Show this to your app"</h2>
            <p>"Add an account in the app and scan the squares."</p>
            <svg class="qr" data-theme="light" viewBox=view_box role="img" aria-label="QR code of the secret that is also written beneath">
                <path d=squares.path></path>
            </svg>
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
fn IsOn(since: String, codes_left: u32, new_codes: Vec<String>, actions: Actions) -> impl IntoView {
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
        {(!shown).then(|| view! { <RenewForm action=actions.renew/> })}
        <RemoveForm action=actions.remove/>
    }
}

#[component]
fn NewCodes(codes: Vec<String>, action: ServerAction<PutCodesAway>) -> impl IntoView {
    let codes = codes
        .into_iter()
        .map(|code| view! { <li><code translate="no">{code}</code></li> })
        .collect_view();
    view! {
        <section>
            <h2>"Keep these recovery codes"</h2>
            <Notice tone=Tone::Highlight>
                "They are shown now and never again. Print them or put them where you keep important papers: each opens your account once, in place of a code, when your phone is lost."
            </Notice>
            <ol class="recovery-codes" role="list">{codes}</ol>
            <ActionForm action>
                <button class="button" type="submit">"I have kept them"</button>
            </ActionForm>
        </section>
    }
}

#[component]
fn RenewForm(action: ServerAction<RenewRecoveryCodes>) -> impl IntoView {
    let form = Form::of(action);
    view! {
        <section>
            <h2>"New recovery codes"</h2>
            <p>"Ten new ones. Those that you have now are worth nothing any more."</p>
            <ActionForm action attr:class="form">
                <FormErrors form/>
                <BothFactors form of="renew"/>
                <div class="form-actions"><button class="button quiet" type="submit">"Make new codes"</button></div>
            </ActionForm>
        </section>
    }
}

#[component]
fn RemoveForm(action: ServerAction<RemoveSecondFactor>) -> impl IntoView {
    let form = Form::of(action);
    view! {
        <section>
            <h2>"Switch it off"</h2>
            <p>"Your password alone opens your account then. Your other devices are signed out."</p>
            <ActionForm action attr:class="form">
                <FormErrors form/>
                <BothFactors form of="remove"/>
                <div class="form-actions"><button class="button danger" type="submit">"Switch it off"</button></div>
            </ActionForm>
        </section>
    }
}
