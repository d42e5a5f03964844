//! How people sign in, for site administrators.

use leptos::prelude::*;

use super::api::{SaveSignInRules, load_sign_in_rules};
use super::model::SignInRules;
use crate::ui::field::Checkbox;
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Page, lazy_page};

lazy_page!(
    /// What the site lays down for signing in.
    SIGN_IN_RULES in index => sign_in_rules
);

fn sign_in_rules() -> AnyView {
    let save = ServerAction::new();
    let rules = load(move || save.version().get(), |_| load_sign_in_rules());
    loaded(rules, move |rules| view! { <RulesView rules save/> })
}

#[component]
fn RulesView(rules: SignInRules, save: ServerAction<SaveSignInRules>) -> impl IntoView {
    let form = Form::of(save);
    let saved = move || save.value().with(|value| matches!(value, Some(Ok(()))));
    view! {
        <Page title="How people sign in" narrow=true lede="For the whole site.".to_string()>
            <section>
                <h2>"Second factor"</h2>
                <p>"An administrator’s account opens much. With this rule, administrators sign in with a code from their phone too, and their rights rest until they have set that up. Everyone else may."</p>
                {(!rules.has_second_factor).then(|| view! {
                    <p>"To lay it down, "<a href="/me/settings/second-factor">"set up your own second factor"</a>" first."</p>
                })}
                <ActionForm action=save attr:class="form">
                    <FormErrors form/>
                    <Checkbox form name="administrators_need_second_factor" label="Administrators need a second factor"
                        checked=rules.administrators_need_second_factor/>
                    <div class="form-actions">
                        <button class="button" type="submit">"Save"</button>
                        <span class="meta" role="status">{move || saved().then_some("Saved.")}</span>
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
