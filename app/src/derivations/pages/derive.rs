//! The form that derives a set from a published edition.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::competencies::model::{counted, edition_href, edition_words};
use crate::derivations::api::{DeriveSet, load_derive_form};
use crate::derivations::model::DeriveForm;
use crate::organisations::choosing::components::FindPlace;
use crate::organisations::choosing::model::Purpose;
use crate::outlines::components::NowhereToWrite;
use crate::ui::field::{SelectField, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Crumb, Page, lazy_page};

lazy_page!(DERIVE in studio => derive);

const LEDE: &str = "Your set begins as a copy of this edition. Adapt the wording, leave out, add; what differs stays visible, and what the source changes later is offered to you one by one.";

fn derive() -> AnyView {
    let (params, query) = (use_params_map(), use_query_map());
    let form = load(
        move || {
            let part = |name: &str| params.with(|params| params.get(name).unwrap_or_default());
            let asked = |name: &str| query.with(|query| query.get(name).unwrap_or_default());
            [
                part("set"),
                part("edition"),
                asked("organisation"),
                asked("find"),
                asked("q"),
            ]
        },
        |[set, edition, organisation, find, q]| load_derive_form(set, edition, organisation, find, q),
    );
    let action = ServerAction::new();
    loaded(form, move |needs| view! { <DeriveView needs action/> })
}

#[component]
fn DeriveView(needs: DeriveForm, action: ServerAction<DeriveSet>) -> impl IntoView {
    let form = Form::of(action);
    let key = form.value("key", &needs.key);
    let places = needs.organisations.options();
    let page = format!("{}/derive", edition_href(&needs.set, needs.number));
    let words = edition_words(needs.number);
    let crumbs = vec![
        Crumb::new("/index", "Index"),
        Crumb::new(
            edition_href(&needs.set, needs.number),
            format!("{}, {words}", needs.title),
        ),
    ];
    let about = format!(
        "From {}, {words}, by {}: {}.",
        needs.title,
        needs.owner,
        counted(needs.nodes, "entry", "entries")
    );
    let licence = match needs.licence.is_empty() {
        true => "The source names no licence. Make sure that you may use it.".to_owned(),
        false => format!("Its licence is kept and shown: {}", needs.licence),
    };
    let body = if needs.organisations.is_empty() {
        view! { <NowhereToWrite/> }.into_any()
    } else {
        view! {
            <p class="meta">{about}</p>
            <p class="meta wrap">{licence}</p>
            <FindPlace choices=needs.organisations purpose=Purpose::Sets page/>
            <ActionForm action attr:class="form">
                <FormErrors form/>
                <input type="hidden" name="set" value=needs.set/>
                <input type="hidden" name="edition" value=needs.number.to_string()/>
                <input type="hidden" name="key" value=key/>
                <SelectField form name="organisation" label="Organisation" options=places/>
                <TextField form name="title" label="Title" value=needs.title required=true/>
                <TextField form name="name" label="Name in addresses" maxlength=48
                    hint="Small letters, digits and hyphens. Leave it empty to have it follow from the title."/>
                <div class="form-actions"><button class="button" type="submit">"Derive the set"</button></div>
            </ActionForm>
        }
        .into_any()
    };
    view! { <Page title="Derive a set" lede=LEDE.to_string() crumbs=crumbs narrow=true>{body}</Page> }
}
