//! Signing in, joining, settings, and a colleague's page.

use super::password_fields::{FreshPassword, OwnPasscode, OwnPassword};
use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::api::{
    self, AcceptInvitation, ChangePassword, CloseAccount, ConfirmOneself, EndOtherSessions, EndSession, SaveProfile,
    load_invitation, load_profile, load_settings,
};
use super::model::{Invitation, Profile, Settings};
use super::passkeys::pages::PasskeySignIn;
use super::second_factor::model::FactorAsked;
use super::second_factor::pages::AfterPasskey;
use super::where_signed_in::Sessions;
use crate::copies::components::CopySection;
use crate::error::AppError;
use crate::id::PersonId;
use crate::invitations::pages::JoinAs;
use crate::joining::newcomers::api::load_newcomer;
use crate::joining::newcomers::pages::ConfirmNewcomerForm;
use crate::profiles::pages::SaidOfThemselves;
use crate::single_sign_on::api::load_ways_in;
use crate::single_sign_on::model::WaysIn;
use crate::single_sign_on::pages::Buttons;
use crate::start::use_viewer;
use crate::ui::field::{SelectField, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::page_error::Missing;
use crate::ui::{EmptyState, Notice, Page, SaveStatus, Tone};

lazy_page!(
    /// A plain form: who is signed in changes the whole page, so it loads anew.
    SIGN_IN in people => sign_in
);

fn sign_in() -> AnyView {
    let ways = load(|| (), |()| load_ways_in());
    loaded(ways, |ways| view! { <SignInView ways/> })
}

#[component]
fn SignInView(ways: WaysIn) -> impl IntoView {
    let path = <api::SignIn as ServerFn>::PATH;
    let form = Form::plain(path);
    let query = use_query_map();
    let next = query.with_untracked(|query| query.get("next").unwrap_or_default());
    let notice = query.with_untracked(|query| match query.get("notice").as_deref() {
        Some("account-closed") => Some("Your account is closed."),
        Some("password-set") => Some("Your new password is set, and every device is signed out. Sign in with it."),
        Some("address-confirmed") => Some("Your address is confirmed."),
        _ => None,
    });
    let passkey = ways
        .passkeys
        .then(|| view! { <PasskeySignIn next=form.value("next", &next)/> });
    let others = (!ways.providers.is_empty()).then(|| view! { <Buttons ways=ways.providers next=next.clone()/> });
    view! {
        <Page title="Sign in" narrow=true>
            {notice.map(|notice| view! { <Notice tone=Tone::Accent>{notice}</Notice> })}
            <form class="form" method="post" action=path>
                <FormErrors form/>
                <input type="hidden" name="next" value=form.value("next", &next)/>
                <TextField form name="email" label="E-mail address" kind="email" required=true autocomplete="username webauthn"/>
                <OwnPassword form label="Password"/>
                <div class="form-actions">
                    <button class="button" type="submit">"Sign in"</button>
                </div>
            </form>
            {passkey}
            {others}
            <p><a href="/sign-in/forgotten">"Forgot your password?"</a></p>
            <NoAccount doors=ways.doors terms=ways.terms/>
        </Page>
    }
}

/// Where those go who have no account: to the organisations that take requests.
#[component]
fn NoAccount(doors: Vec<(String, String)>, terms: bool) -> impl IntoView {
    let or = if doors.is_empty() { "" } else { "Or ask to join:" };
    let doors = doors.into_iter().map(|(slug, name)| {
        view! { <li><a href=format!("/organisations/{slug}/join")>{name}</a></li> }
    });
    let doors = doors.collect_view();
    view! {
        <p class="meta">"No account yet? "<a href="/join">"Find your organisation"</a>", or ask one of its administrators for an invitation link. "{terms.then(|| view! { <a href="/terms">"Terms of use"</a> })}</p>
        {(!or.is_empty()).then(|| view! { <p>{or}</p><ul class="rows rows-tight" role="list">{doors}</ul> })}
    }
}

lazy_page!(
    /// Taking up an invitation, or answering the letter by which one joins without.
    JOIN in people => join
);

fn join() -> AnyView {
    let token = use_params_map().with_untracked(|params| params.get("token").unwrap_or_default());
    let invitation = load(
        {
            let token = token.clone();
            move || token.clone()
        },
        |token| async move {
            match load_invitation(token.clone()).await {
                Err(AppError::NotFound) => load_newcomer(token).await.map(|found| (None, found)),
                found => found.map(|found| (Some(found), None)),
            }
        },
    );
    loaded(invitation, move |found| match found {
        (Some(invitation), _) => match use_viewer().with_untracked(|viewer| viewer.person.clone()) {
            Some(person) => view! { <JoinAs invitation token=token.clone() name=person.name/> }.into_any(),
            None => view! { <JoinForm invitation token=token.clone()/> }.into_any(),
        },
        (None, Some(found)) => view! { <ConfirmNewcomerForm found token=token.clone()/> }.into_any(),
        (None, None) => view! { <NoInvitation/> }.into_any(),
    })
}

/// The same words whether the link ever was one or not.
#[component]
fn NoInvitation() -> impl IntoView {
    view! {
        <Missing/>
        <Page title="This invitation cannot be used" narrow=true
            lede="An invitation link works for as long and for as many people as it was made for. This one has run out, was used up, was withdrawn, or is not complete.".to_string()>
            <ul class="rows rows-tight" role="list">
                <li>"Was it cut in two by your mail program? Copy the whole link from the message and open it again."</li>
                <li>"Otherwise ask the person who sent it, or whoever looks after Carrel at your library, for a new one. They make it on their organisation’s page."</li>
                <li>"Was it in a letter that asks whether an address is yours? It works for three days, once: ask anew where you asked first."</li>
                <li>"Did you join with it before? "<a href="/sign-in">"Sign in"</a>" with your e-mail address and password."</li>
            </ul>
        </Page>
    }
}

#[component]
fn JoinForm(invitation: Invitation, token: String) -> impl IntoView {
    let path = <AcceptInvitation as ServerFn>::PATH;
    let form = Form::plain(path);
    let sign_in = format!("/sign-in?next=/join/{token}");
    let lede = format!(
        "{} invites you. The link works until {}.",
        invitation.invited_by, invitation.until
    );
    view! {
        <Page title=format!("Join {}", invitation.organisation) lede=lede narrow=true>
            <form class="form" method="post" action=path>
                <FormErrors form/>
                <input type="hidden" name="token" value=token/>
                <TextField form name="name" label="Your name" value=invitation.name required=true maxlength=120 autocomplete="name"/>
                <TextField form name="email" label="E-mail address" value=invitation.email kind="email" required=true maxlength=254 autocomplete="username"/>
                <FreshPassword form/>
                <div class="form-actions"><button class="button" type="submit">"Join"</button></div>
            </form>
            <p class="meta">"Have an account already? "<a href=sign_in>"Sign in"</a>" and join with it."</p>
        </Page>
    }
}

lazy_page!(
    /// One's own account.
    SETTINGS_PAGE in people => settings_page
);

#[derive(Clone, Copy)]
pub(super) struct Actions {
    profile: ServerAction<SaveProfile>,
    password: ServerAction<ChangePassword>,
    pub(super) end: ServerAction<EndSession>,
    pub(super) end_others: ServerAction<EndOtherSessions>,
    pub(super) confirm: ServerAction<ConfirmOneself>,
    close: ServerAction<CloseAccount>,
}

fn settings_page() -> AnyView {
    let actions = Actions {
        profile: ServerAction::new(),
        password: ServerAction::new(),
        end: ServerAction::new(),
        end_others: ServerAction::new(),
        confirm: ServerAction::new(),
        close: ServerAction::new(),
    };
    let query = use_query_map();
    let settings = load(
        move || {
            (
                // A new password signs out elsewhere, which the list of devices shows.
                query.with(|query| query.get("notice").unwrap_or_default()),
                actions.profile.version().get(),
                actions.end.version().get(),
                actions.end_others.version().get(),
                actions.confirm.version().get(),
            )
        },
        |_| load_settings(),
    );
    loaded(settings, move |settings| view! { <SettingsView settings actions/> })
}

#[component]
fn SettingsView(settings: Settings, actions: Actions) -> impl IntoView {
    let query = use_query_map();
    let changed = move || query.with(|query| query.get("notice").as_deref() == Some("password-changed"));
    view! {
        <Page title="Settings" lede=settings.email.clone() narrow=true>
            {move || changed().then(|| view! { <Notice tone=Tone::Accent>"Your password is changed, and your other devices are signed out."</Notice> })}
            <ProfileForm settings=settings.clone() action=actions.profile/>
            <section>
                <h2>"Profile"</h2>
                <p>"Your picture, pronouns and a few words, and who sees them: "<a href="/me/profile">"change your profile"</a>"."</p>
            </section>
            <section>
                <h2>"Display and keys"</h2>
                <p>"Light or dark, roomy or compact, and what single keys do: "<a href="/display">"choose for this browser"</a>"."</p>
            </section>
            <PasswordForm action=actions.password asked=settings.asked/>
            <section>
                <h2>"E-mail address"</h2>
                <p>"You sign in with "<span class="wrap">{settings.email}</span>": "<a href="/me/settings/address">"change or confirm your address"</a>"."</p>
            </section>
            <section>
                <h2>"Second factor"</h2>
                <p>"A code from your phone as well as your password: "<a href="/me/settings/second-factor">"set up or change your second factor"</a>"."</p>
            </section>
            <section>
                <h2>"Passkeys"</h2>
                <p>"Your fingerprint, face or PIN instead of a password, and a second factor: "<a href="/me/settings/passkeys">"add or remove passkeys"</a>"."</p>
            </section>
            <section>
                <h2>"Single sign-on"</h2>
                <p>"Accounts elsewhere that sign you in here: "<a href="/me/settings/single-sign-on">"link or unlink accounts"</a>"."</p>
            </section>
            <Sessions sessions=settings.sessions actions sure=settings.sure asked=settings.asked/>
            <section>
                <h2>"Terms of use"</h2>
                <p>"What holds for everyone here: "<a href="/terms">"read the terms"</a>"."</p>
            </section>
            <CopySection copy=settings.copy/>
            <CloseForm action=actions.close name=settings.name posts_go=settings.posts_go asked=settings.asked/>
        </Page>
    }
}

#[component]
fn ProfileForm(settings: Settings, action: ServerAction<SaveProfile>) -> impl IntoView {
    let form = Form::of(action);
    let came_back = use_query_map().with_untracked(|query| query.get("notice").as_deref() == Some("saved"));
    let saved = move || match action.value().get() {
        Some(answer) => answer.is_ok(),
        None => came_back && form.error().with(Option::is_none),
    };
    view! {
        <section>
            <h2>"About you"</h2>
            <ActionForm action attr:class="form">
                <FormErrors form/>
                <TextField form name="name" label="Name" value=settings.name required=true maxlength=120 autocomplete="name"/>
                <TextField form name="title" label="Job title" value=settings.title maxlength=120 autocomplete="organization-title"/>
                <SelectField form name="timezone" label="Time zone" options=settings.zones value=settings.timezone
                    hint="Dates and hours are shown as they are there."/>
                <div class="form-actions">
                    <button class="button" type="submit">"Save"</button>
                    <SaveStatus words=move || if saved() { "Saved." } else { "" }/>
                </div>
            </ActionForm>
        </section>
    }
}

#[component]
fn PasswordForm(action: ServerAction<ChangePassword>, asked: FactorAsked) -> impl IntoView {
    let form = Form::of(action);
    view! {
        <section>
            <h2>"Password"</h2>
            <AfterPasskey asked next="/me/settings">
                <ActionForm action attr:class="form">
                    <FormErrors form/>
                    <OwnPassword form name="current" label="Password now"/>
                    {(asked == FactorAsked::Code).then(|| view! { <OwnPasscode form id="password-passcode"/> })}
                    <FreshPassword form label="New password" id="new-password"/>
                    <div class="form-actions"><button class="button quiet" type="submit">"Change password"</button></div>
                </ActionForm>
            </AfterPasskey>
        </section>
    }
}

#[component]
fn CloseForm(action: ServerAction<CloseAccount>, name: String, posts_go: bool, asked: FactorAsked) -> impl IntoView {
    let form = Form::of(action);
    let posts = if posts_go {
        "What you posted is taken out; its place in the talk stays."
    } else {
        "What you posted stays, as by a former member."
    };
    view! {
        <section>
            <h2>"Close account"</h2>
            <p>"Your sign-ins end at once and nobody can sign in as you. Your ratings, evidence, plans, finished lessons and sharings are deleted for good. "{posts}" Copies of the whole library that were made before keep what was in it for as long as whoever runs it keeps them."</p>
            <AfterPasskey asked next="/me/settings">
                <ActionForm action attr:class="form">
                    <FormErrors form/>
                    <TextField form name="confirm" label="Your name, to be sure" required=true maxlength=120 autocomplete="off"
                        hint=format!("As it stands here: {name}") id="close-name"/>
                    <OwnPassword form label="Your password" id="close-password"/>
                    {(asked == FactorAsked::Code).then(|| view! { <OwnPasscode form id="close-passcode"/> })}
                    <div class="form-actions"><button class="button danger" type="submit">"Close my account"</button></div>
                </ActionForm>
            </AfterPasskey>
        </section>
    }
}

lazy_page!(
    /// A colleague.
    PROFILE_PAGE in people => profile_page
);

fn profile_page() -> AnyView {
    let params = use_params_map();
    let page = load(
        move || params.with(|params| params.get("person").and_then(|person| PersonId::parse(&person))),
        |person| async move { load_profile(person.ok_or(AppError::NotFound)?).await },
    );
    loaded(page, |profile| view! { <ProfileView profile/> })
}

#[component]
fn ProfileView(profile: Profile) -> impl IntoView {
    let places = profile.organisations.into_iter().map(|place| {
        view! { <li><a href=format!("/organisations/{}", place.slug)>{place.name}</a></li> }
    });
    let places = places.collect_view();
    let works =
        (!places.is_empty()).then(|| view! { <section><h2>"Works at"</h2><ul class="rows">{places}</ul></section> });
    let shares = profile.shares.iter().map(|what| {
        view! { <li><a href=format!("/people/{}/{}", profile.id, what.as_str())>{what.label()}</a></li> }
    });
    let shares = shares.collect_view();
    let shares = (!shares.is_empty())
        .then(|| view! { <section><h2>"Shares with you"</h2><ul class="rows">{shares}</ul></section> });
    let none = profile.shared_groups.is_empty();
    let groups = profile
        .shared_groups
        .into_iter()
        .map(|(slug, title)| view! { <li><a href=format!("/groups/{slug}")>{title}</a></li> })
        .collect_view();
    let own = use_viewer().with_untracked(|viewer| viewer.is(&profile.id));
    let edit = own.then(|| view! { <a class="button quiet" href="/me/profile">"Change my profile"</a> }.into_any());
    let notice = use_query_map().with_untracked(|query| query.get("notice").as_deref().and_then(notice));
    view! {
        <Page title=profile.name.clone() lede=profile.title actions=edit narrow=true>
            {notice.map(|words| view! { <Notice tone=Tone::Accent><p>{words}</p></Notice> })}
            <SaidOfThemselves name=profile.name about=profile.about picture=profile.picture/>
            {shares}
            {works}
            <section>
                <h2>"Groups you share"</h2>
                {if none {
                    view! { <EmptyState title="No shared groups yet">"Groups that both of you belong to stand here."</EmptyState> }.into_any()
                } else {
                    view! { <ul class="rows">{groups}</ul> }.into_any()
                }}
            </section>
        </Page>
    }
}

/// What was done on a page that leads here.
fn notice(word: &str) -> Option<&'static str> {
    match word {
        "profile" => Some("Saved. This is how you see yourself; others see what you show them."),
        "left" => Some("You have left the organisation. What is yours stayed yours."),
        _ => None,
    }
}
