//! Where one is signed in, and signing out there: for whoever has lately shown
//! that it is them.

use leptos::prelude::*;

use super::api::ConfirmOneself;
use super::model::Session;
use super::pages::Actions;
use super::password_fields::{OwnPasscode, OwnPassword};
use super::second_factor::model::FactorAsked;
use super::second_factor::pages::AfterPasskey;
use crate::ui::Moment;
use crate::ui::form::{Form, FormErrors};

#[component]
pub(super) fn Sessions(sessions: Vec<Session>, actions: Actions, sure: bool, asked: FactorAsked) -> impl IntoView {
    let Actions {
        end,
        end_others,
        confirm,
        ..
    } = actions;
    let (ending, ending_others) = (Form::of(end), Form::of(end_others));
    let others = sessions.iter().any(|session| !session.current);
    let rows = sessions
        .into_iter()
        .map(|session| {
            view! {
                <li class="row">
                    <div>
                        <b>{session.device}</b>
                        <p class="meta">{match session.current {
                            true => "This device, in use now".into_any(),
                            false => view! { "Used "<Moment iso=session.last_used label=session.last_used_label/> }.into_any(),
                        }}</p>
                    </div>
                    {(sure && !session.current).then(|| view! {
                        <ActionForm action=end>
                            <input type="hidden" name="session" value=session.id.to_string()/>
                            <button class="button quiet small" type="submit">"Sign out there"</button>
                        </ActionForm>
                    })}
                </li>
            }
        })
        .collect_view();
    view! {
        <section>
            <h2>"Where you are signed in"</h2>
            <FormErrors form=ending/>
            <FormErrors form=ending_others/>
            <ul class="rows">{rows}</ul>
            {others.then(|| view! { <p class="meta">"Use is noted once an hour."</p> })}
            {(others && !sure).then(|| view! { <Sure action=confirm asked/> })}
            {(others && sure).then(|| view! {
                <ActionForm action=end_others>
                    <button class="button quiet" type="submit">"Sign out everywhere else"</button>
                </ActionForm>
            })}
        </section>
    }
}

/// The password once more, since whoever sits at this device may not be the one
/// who signed in.
#[component]
fn Sure(action: ServerAction<ConfirmOneself>, asked: FactorAsked) -> impl IntoView {
    let form = Form::of(action);
    view! {
        <p>"To sign out elsewhere, show once more that it is you. If you have no password here, sign out on this device and sign in again instead."</p>
        <AfterPasskey asked next="/me/settings">
            <ActionForm action attr:class="form">
                <FormErrors form/>
                <OwnPassword form label="Your password" id="sure-password"/>
                {(asked == FactorAsked::Code).then(|| view! { <OwnPasscode form id="sure-passcode"/> })}
                <div class="form-actions"><button class="button quiet" type="submit">"It is me"</button></div>
            </ActionForm>
        </AfterPasskey>
    }
}
