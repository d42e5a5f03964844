//! Choosing a file to import a set from.

use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::competencies::api::{FetchImport, load_import_form};
use crate::competencies::model::{IMPORT_UPLOAD, ImportForm};
use crate::organisations::choosing::components::FindPlace;
use crate::organisations::choosing::model::Purpose;
use crate::ui::field::{SelectField, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Crumb, EmptyState, FileField, Icon, Page};

const LEDE: &str = "From a CASE package (JSON), a Moodle competency framework (CSV) or a spreadsheet (XLSX, CSV). You see what it holds and what it would change before anything is written.";

lazy_page!(IMPORT_SET in studio => import_set);

fn import_set() -> AnyView {
    let fetch = ServerAction::new();
    let query = use_query_map();
    let form = load(
        move || query.with(|query| ["organisation", "find", "q"].map(|name| query.get(name).unwrap_or_default())),
        |[organisation, find, q]| load_import_form(organisation, find, q),
    );
    loaded(form, move |form| view! { <ImportSetView offered=form fetch/> })
}

#[component]
fn ImportSetView(offered: ImportForm, fetch: ServerAction<FetchImport>) -> impl IntoView {
    let crumbs = vec![Crumb::new("/studio", "Studio")];
    let body = if offered.organisations.is_empty() {
        view! {
            <EmptyState title="No organisation to import for" icon=Icon::Organisation>
                <p>"A set belongs to an organisation. Join one as a curator, then come back."</p>
            </EmptyState>
        }
        .into_any()
    } else {
        let organisations = offered.organisations.options();
        view! {
            <FindPlace choices=offered.organisations purpose=Purpose::Sets page="/studio/import"/>
            <section><h2>"From a file"</h2><UploadForm organisations=organisations.clone() megabytes=offered.megabytes/></section>
            <section><h2>"From an address"</h2><FetchForm organisations fetch/></section>
        }
        .into_any()
    };
    view! { <Page title="Import a competency set" lede=LEDE.to_string() crumbs=crumbs narrow=true>{body}</Page> }
}

/// Its identifiers, not its name, say which set it is.
const NAME: &str = "Leave it empty to take the name from the file. A set that is here already stays the same one under any name, since its statements are the same; to have one of your own beside it, derive one on its page.";

/// A plain form: a file travels without the browser code as well.
#[component]
fn UploadForm(organisations: Vec<(String, String)>, megabytes: u32) -> impl IntoView {
    let hint = format!(
        "At most {megabytes} MB. What it holds decides how it is read, not its name. Of a workbook the first sheet is read."
    );
    let form = Form::plain(IMPORT_UPLOAD);
    view! {
        <form class="form" method="post" enctype="multipart/form-data" action=IMPORT_UPLOAD>
            <FormErrors form/>
            <SelectField form name="organisation" label="For which organisation" options=organisations/>
            <TextField form name="title" label="Name of the set" maxlength=300
                hint=NAME/>
            <FileField form name="file" label="File" required=true
                accept=".json,.csv,.tsv,.txt,.xlsx,application/json,text/csv"
                hint=hint/>
            <div class="form-actions"><button class="button" type="submit">"Look at it"</button></div>
        </form>
    }
}

/// Asks this site to fetch the file itself.
#[component]
fn FetchForm(organisations: Vec<(String, String)>, fetch: ServerAction<FetchImport>) -> impl IntoView {
    let form = Form::of(fetch);
    view! {
        <ActionForm action=fetch attr:class="form">
            <FormErrors form/>
            <SelectField form name="organisation" label="For the organisation" options=organisations
                id="fetch-organisation"/>
            <TextField form name="title" label="Name for it" maxlength=300 id="fetch-title"
                hint=NAME/>
            <TextField form name="address" label="Address" kind="url" required=true maxlength=2000 id="fetch-address"
                hint="Of a CASE package (…/CFPackages/…) or of a file as above. Only public addresses are asked."/>
            <div class="form-actions"><button class="button" type="submit">"Fetch it"</button></div>
        </ActionForm>
    }
}
