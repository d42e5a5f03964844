//! How people sign in, for site administrators.

use leptos::prelude::*;

use super::api::{SaveSignInRules, load_sign_in_rules};
use super::model::{AskedOf, NOBODY, SignInRules};
use crate::ui::field::{Choice, RadioGroup};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Page, SaveStatus, lazy_page};

lazy_page!(
    /// What the site lays down for signing in.
    SIGN_IN_RULES in studio => sign_in_rules
);

fn sign_in_rules() -> AnyView {
    let save = ServerAction::new();
    let rules = load(move || save.version().get(), |_| load_sign_in_rules());
    loaded(rules, move |rules| view! { <RulesView rules save/> })
}

/// From nobody to everybody.
fn choices() -> Vec<Choice> {
    let nobody = Choice {
        value: NOBODY.into(),
        label: "Nobody".into(),
        description: "Whoever wants one sets one up.".into(),
    };
    let asked = AskedOf::ALL.into_iter().map(|asked| Choice {
        value: asked.as_str().into(),
        label: asked.label().into(),
        description: asked.description().into(),
    });
    std::iter::once(nobody).chain(asked).collect()
}

#[component]
fn RulesView(rules: SignInRules, save: ServerAction<SaveSignInRules>) -> impl IntoView {
    let form = Form::of(save);
    let saved = move || save.value().with(|value| matches!(value, Some(Ok(()))));
    let asked_of = rules.asked_of.map_or(NOBODY, AskedOf::as_str);
    let choices = choices();
    view! {
        <Page title="How people sign in" narrow=true lede="For the whole site.".to_string()>
            <section>
                <h2>"Second factor"</h2>
                <p>"A password alone opens an account to whoever guesses it or is told it. Of whom you ask one here, they sign in with a code from their phone as well, or with a passkey, and a password alone opens nothing of theirs. Everyone else may."</p>
                {(!rules.has_second_factor).then(|| view! {
                    <p>"To lay it down, "<a href="/me/settings/second-factor">"set up your own second factor"</a>", or sign in with a passkey, first."</p>
                })}
                <ActionForm action=save attr:class="form">
                    <FormErrors form/>
                    <RadioGroup form name="asked_of" legend="Who needs a second factor" choices value=asked_of/>
                    <div class="form-actions">
                        <button class="button" type="submit">"Save"</button>
                        <SaveStatus words=move || if saved() { "Saved." } else { "" }/>
                    </div>
                </ActionForm>
            </section>
            <section>
                <h2>"Terms of use"</h2>
                <p>"What people accept before they go on: "<a href="/terms">"read or write the terms"</a>"."</p>
            </section>
            <section>
                <h2>"Single sign-on"</h2>
                <p>"Accounts of a library or its provider that sign people in: "<a href="/admin/providers">"look at the providers"</a>"."</p>
            </section>
        </Page>
    }
}
