//! The audit log of the site, and of an organisation.

use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::api::{KeepAudit, load_audit};
use super::model::{Act, Asked, AuditPage, Entry, RETENTIONS};
use crate::error::AppError;
use crate::id::AuditId;
use crate::organisations::components::OrganisationTabs;
use crate::ui::field::{GroupedSelect, SelectField, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Cell, Crumb, EmptyState, Moment, OlderPager, Page, Row, Table, filled};

lazy_page!(
    /// Of the whole site.
    SITE_AUDIT in studio => audit
);
lazy_page!(
    /// Of an organisation and all beneath it.
    ORGANISATION_AUDIT in studio => audit
);

fn audit() -> AnyView {
    let (params, query) = (use_params_map(), use_query_map());
    let keep: ServerAction<KeepAudit> = ServerAction::new();
    let page = load(
        move || {
            let organisation = params.with(|params| params.get("organisation").unwrap_or_default());
            let asked = query.with(|query| {
                let field = |name: &str| query.get(name).unwrap_or_default();
                let before = query.get("before").and_then(|before| AuditId::parse(&before));
                (field("who"), field("act"), field("from"), field("to"), before)
            });
            (organisation, asked, keep.version().get())
        },
        |(organisation, (who, act, from, to, before), _)| load_audit(organisation, who, act, from, to, before),
    );
    loaded(page, move |page| view! { <AuditView page keep/> })
}

/// Where the log is, without what is looked for.
fn base(page: &AuditPage) -> String {
    match &page.organisation {
        Some((slug, _)) => format!("/organisations/{slug}/audit"),
        None => "/admin/audit".into(),
    }
}

/// An address with what is looked for, and more.
fn address(base: &str, asked: &Asked, more: &str) -> String {
    let query = [asked.query(), more.to_owned()]
        .into_iter()
        .filter(|part| !part.is_empty());
    let query = query.collect::<Vec<_>>().join("&");
    if query.is_empty() {
        base.to_owned()
    } else {
        format!("{base}?{query}")
    }
}

#[component]
fn AuditView(page: AuditPage, keep: ServerAction<KeepAudit>) -> impl IntoView {
    let base = base(&page);
    let (crumbs, lede) = match &page.organisation {
        Some((slug, name)) => (
            vec![Crumb::new(format!("/organisations/{slug}"), name.clone())],
            "Who did what here and in all organisations beneath: roles, invitations, imports and editions.",
        ),
        None => (
            Vec::new(),
            "Who did what that matters for security or administration, on the whole site.",
        ),
    };
    let download = address(&format!("{base}.csv"), &page.asked, "");
    let sound = page.errors.is_empty();
    let actions = sound.then(|| {
        view! { <a class="button quiet" href=download download="" rel="external">"Download as CSV"</a> }.into_any()
    });
    let tabs = page.organisation.as_ref();
    let tabs = tabs.map(|(slug, _)| view! { <OrganisationTabs slug=slug.clone() asking=page.asking/> });
    let site = page.organisation.is_none();
    let days = page.days;
    view! {
        <Page title="Audit log" lede=lede.to_string() crumbs=crumbs actions=actions>
            {tabs}
            <AskForm base=base.clone() asked=page.asked.clone() error=(!sound).then(|| AppError::Invalid(page.errors.clone()))/>
            {sound.then(|| view! { <Entries base page/> })}
            {site.then(|| view! { <KeepForm days action=keep/> })}
        </Page>
    }
}

#[component]
fn AskForm(base: String, asked: Asked, error: Option<AppError>) -> impl IntoView {
    let form = error.map_or_else(Form::none, Form::refused);
    let all = (!asked.is_empty()).then(|| view! { <a class="button quiet" href=base.clone()>"Show all"</a> });
    view! {
            <form class="form form-wide" action=base role="search" aria-label="The log">
                <FormErrors form/>
                <div class="form-inline">
                    <TextField form name="who" label="Name" value=asked.who maxlength=120/>
                    <ActField chosen=asked.act/>
                    <TextField form name="from" label="From" kind="date" value=asked.from/>
                    <TextField form name="to" label="To" kind="date" value=asked.to/>
                    <button class="button" type="submit">"Search"</button>
                    {all}
                </div>
            </form>
    }
}

/// Acts by what they are about: more than one looks through in one row.
#[component]
fn ActField(chosen: String) -> impl IntoView {
    let option = |act: Act| (act.as_str().to_owned(), act.label().to_owned());
    let groups = Act::by_topic()
        .into_iter()
        .map(|(topic, acts)| (topic.to_owned(), acts.into_iter().map(option).collect()))
        .collect();
    view! { <GroupedSelect name="act" label="What was done" any="Anything" groups value=chosen/> }
}

#[component]
fn Entries(base: String, page: AuditPage) -> impl IntoView {
    if page.entries.is_empty() {
        let words = if page.asked.is_empty() {
            "Nothing was noted yet."
        } else {
            "Nothing noted fits all of this."
        };
        return view! { <EmptyState title="Nothing here"><p>{words}</p></EmptyState> }.into_any();
    }
    let head = ["When", "Who", "What", "To whom", "About", "Where"]
        .map(str::to_owned)
        .to_vec();
    let rows = page.entries.into_iter().map(entry).collect_view();
    let newest = page.later.then(|| address(&base, &page.asked, ""));
    let older = page
        .older
        .map(|id| address(&base, &page.asked, &format!("before={id}")));
    view! {
        <Table caption="Newest first" head=head>{rows}</Table>
        <OlderPager newest older/>
    }
    .into_any()
}

fn entry(entry: Entry) -> impl IntoView {
    let place = [entry.organisation, entry.network]
        .into_iter()
        .filter(|part| !part.is_empty());
    let place = place.collect::<Vec<_>>().join(" · ");
    view! {
        <Row>
            <Cell label="When"><Moment iso=entry.at label=entry.at_label/></Cell>
            <Cell label="Who">{filled(entry.by)}</Cell>
            <Cell label="What" heading=true>{entry.act}</Cell>
            <Cell label="To whom">{filled(entry.whom)}</Cell>
            <Cell label="About">{filled(entry.about)}</Cell>
            <Cell label="Where">{filled(place)}</Cell>
        </Row>
    }
}

#[component]
fn KeepForm(days: u32, action: ServerAction<KeepAudit>) -> impl IntoView {
    let form = Form::of(action);
    let options = RETENTIONS
        .map(|(days, words)| (days.to_string(), words.to_owned()))
        .to_vec();
    view! {
        <section>
            <h2>"How long it is kept"</h2>
            <p class="meta">"Nothing can be changed or taken out before. Older entries are forgotten within a day. "<a href="/admin/retention">"How long other things are kept"</a>"."</p>
            <ActionForm action attr:class="form">
                <FormErrors form/>
                <SelectField form name="days" label="Keep entries for" options value=days.to_string()/>
                <div class="form-actions"><button class="button quiet" type="submit">"Keep for so long"</button></div>
            </ActionForm>
        </section>
    }
}
