//! Beginning a set.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::organisations::choosing::components::FindPlace;
use crate::organisations::choosing::model::Purpose;
use crate::outlines::api::{CreateSet, load_new_set};
use crate::outlines::components::NowhereToWrite;
use crate::outlines::model::{LONGEST_DESCRIPTION, NewSetForm};
use crate::ui::field::{SelectField, TextArea, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Crumb, Page, lazy_page};

lazy_page!(NEW_SET in studio => new_set);

const LEDE: &str = "It begins as a draft that only curators of your organisation see. You publish it when it is ready.";

fn new_set() -> AnyView {
    let query = use_query_map();
    let form = load(
        move || query.with(|query| ["organisation", "find", "q"].map(|name| query.get(name).unwrap_or_default())),
        |[organisation, find, q]| load_new_set(organisation, find, q),
    );
    let create = ServerAction::new();
    loaded(form, move |needs| view! { <NewSetView needs create/> })
}

#[component]
fn NewSetView(needs: NewSetForm, create: ServerAction<CreateSet>) -> impl IntoView {
    let form = Form::of(create);
    let key = form.value("key", &needs.key);
    let places = needs.organisations.options();
    let body = if needs.organisations.is_empty() {
        view! { <NowhereToWrite/> }.into_any()
    } else {
        view! {
            <FindPlace choices=needs.organisations purpose=Purpose::Sets page="/studio/sets/new"/>
            <ActionForm action=create attr:class="form">
                <FormErrors form/>
                <input type="hidden" name="key" value=key/>
                <SelectField form name="organisation" label="Organisation" options=places/>
                <TextField form name="title" label="Title" required=true/>
                <TextArea form name="description" label="Description" rows=4 maxlength=LONGEST_DESCRIPTION
                    hint="What the set is for, in a few sentences of Markdown."/>
                <SelectField form name="language" label="Language" options=crate::language::options() value="en"/>
                <p class="meta">"It begins with a scale of four levels, which you can change."</p>
                <div class="form-actions">
                    <button class="button" type="submit">"Begin the set"</button>
                    <a href="/studio/import">"Import one instead"</a>
                </div>
            </ActionForm>
        }
        .into_any()
    };
    let crumbs = vec![Crumb::new("/studio", "Studio")];
    view! { <Page title="New competency set" lede=LEDE.to_string() crumbs=crumbs narrow=true>{body}</Page> }
}
