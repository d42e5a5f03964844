//! Choosing a file to import a set from.

use crate::ui::lazy_page;
use leptos::prelude::*;

use crate::competencies::api::load_import_form;
use crate::competencies::model::{IMPORT_UPLOAD, ImportForm};
use crate::ui::field::{SelectField, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Crumb, EmptyState, FileField, Icon, Page};

const LEDE: &str = "From a CASE package (JSON) or a Moodle competency framework (CSV). You see what the file holds and what it would change before anything is written.";

lazy_page!(IMPORT_SET in studio => import_set);

fn import_set() -> AnyView {
    let form = load(|| (), |()| load_import_form());
    loaded(form, |form| view! { <ImportSetView offered=form/> })
}

#[component]
fn ImportSetView(offered: ImportForm) -> impl IntoView {
    let crumbs = vec![Crumb::new("/studio", "Studio")];
    let body = if offered.organisations.is_empty() {
        view! {
            <EmptyState title="No organisation to import for" icon=Icon::Organisation>
                <p>"A set belongs to an organisation. Join one as a curator, then come back."</p>
            </EmptyState>
        }
        .into_any()
    } else {
        view! { <UploadForm organisations=offered.organisations/> }.into_any()
    };
    view! { <Page title="Import a competency set" lede=LEDE.to_string() crumbs=crumbs narrow=true>{body}</Page> }
}

/// A plain form: a file travels without the browser code as well.
#[component]
fn UploadForm(organisations: Vec<(String, String)>) -> impl IntoView {
    let form = Form::plain(IMPORT_UPLOAD);
    let first = organisations.first().map(|(id, _)| id.clone()).unwrap_or_default();
    view! {
        <form class="form" method="post" enctype="multipart/form-data" action=IMPORT_UPLOAD>
            <FormErrors form/>
            <SelectField form name="organisation" label="For which organisation" options=organisations value=first/>
            <TextField form name="title" label="Name of the set" maxlength=300
                hint="Leave it empty to take the name from the file."/>
            <FileField form name="file" label="File" required=true accept=".json,.csv,application/json,text/csv"
                hint="At most 20 MB. What it holds decides how it is read, not its name."/>
            <div class="form-actions"><button class="button" type="submit">"Look at it"</button></div>
        </form>
    }
}
