//! The first page of an empty installation.

use crate::people::password_fields::FreshPassword;
use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use super::api::{SetUp, load_setup};
use super::model::SetupForm;
use crate::organisations::model::Kind;
use crate::ui::Page;
use crate::ui::field::{SelectField, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};

lazy_page!(SETUP in people => setup_page);

fn setup_page() -> AnyView {
    let token = use_query_map().with_untracked(|query| query.get("token").unwrap_or_default());
    let setup = load(
        {
            let token = token.clone();
            move || token.clone()
        },
        load_setup,
    );
    loaded(setup, move |setup| view! { <SetupView setup token=token.clone()/> })
}

/// A plain form: who is signed in changes the whole page, so it loads anew.
#[component]
fn SetupView(setup: SetupForm, token: String) -> impl IntoView {
    let path = <SetUp as ServerFn>::PATH;
    let form = Form::plain(path);
    view! {
        <Page title="Set up Carrel" narrow=true
            lede="Nobody is here yet. Name the place, its first organisation, and yourself; everything but your password can be changed later.".to_string()>
            <form class="form" method="post" action=path>
                <FormErrors form/>
                <input type="hidden" name="token" value=token/>
                <h2>"This place"</h2>
                <TextField form name="site" label="What people call it" required=true maxlength=80
                    hint="Stands on the front page and in the window’s title."/>
                <h2>"Its first organisation"</h2>
                <TextField form name="organisation" label="Name of the organisation" required=true maxlength=200
                    hint="The topmost one: others can stand beneath it."/>
                <SelectField form name="kind" label="Kind" options=Kind::options() value=Kind::Library.as_str()/>
                <SelectField form name="timezone" label="Time zone" options=setup.zones value="UTC"/>
                <SelectField form name="language" label="Language of its content" options=crate::language::options() value="en"/>
                <h2>"You, who look after it"</h2>
                <TextField form name="name" label="Your name" required=true maxlength=120 autocomplete="name"/>
                <TextField form name="email" label="E-mail address" kind="email" required=true maxlength=254 autocomplete="username"/>
                <FreshPassword form/>
                <div class="form-actions"><button class="button" type="submit">"Set up"</button></div>
            </form>
        </Page>
    }
}
