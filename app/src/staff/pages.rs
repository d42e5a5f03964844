//! Sending in a list of staff, and looking at it before links are made.

use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::api::{SendStaffLinks, load_staff_form, load_staff_list};
use super::model::{MOST_ROWS, Outcome, StaffForm, StaffPreview, StaffRow, links_path, upload_path};
use crate::error::AppError;
use crate::id::StaffListId;
use crate::organisations::components::{OrganisationTabs, RoleWords, back_to};
use crate::ui::field::{Checkbox, TextArea};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Cell, Crumb, FileField, Notice, Page, Pager, Row, Table, Tone, filled};

lazy_page!(STAFF in studio => staff_page);

fn staff_page() -> AnyView {
    let params = use_params_map();
    let form = load(
        move || params.with(|params| params.get("organisation").unwrap_or_default()),
        load_staff_form,
    );
    loaded(form, |form| view! { <StaffView form/> })
}

#[component]
fn StaffView(form: StaffForm) -> impl IntoView {
    let crumbs = back_to(&form.slug, &form.name);
    view! {
        <Page title="Invite a list of staff" crumbs=crumbs narrow=true
            lede="From a spreadsheet or from Moodle. You see what becomes of each row before any link is made.".to_string()>
            <OrganisationTabs slug=form.slug.clone() asking=form.asking/>
            <UploadForm slug=form.slug/>
            <Columns/>
        </Page>
    }
}

/// A plain form: a file travels without the browser code as well.
#[component]
fn UploadForm(slug: String) -> impl IntoView {
    let path = upload_path(&slug);
    let form = Form::plain(&path);
    view! {
        <form class="form" method="post" enctype="multipart/form-data" action=path>
            <FormErrors form/>
            <FileField form name="file" label="CSV file" accept=".csv,.txt,text/csv,text/plain"
                hint=format!("At most {MOST_ROWS} people and 1 MB.")/>
            <TextArea form name="text" label="Or paste the list" rows=6 maxlength=200_000
                hint="The first row names the columns. Taken where no file is chosen."/>
            <div class="form-actions"><button class="button" type="submit">"Look at it"</button></div>
        </form>
    }
}

#[component]
fn Columns() -> impl IntoView {
    view! {
        <section>
            <h2>"Its columns"</h2>
            <p>"An e-mail address, and a name or a first and a last name; if you have them, job title, roles and time zone. They may stand in any order, between commas, semicolons or tabs; the names that Moodle gives its columns are known, and what names and addresses are called in German, French, Spanish, Dutch and Polish."</p>
            <p class="wrap">
                <code>"name,email,job title,roles"</code><br/>
                <code>"Maya Lindqvist,maya@riverside.example,Library assistant,learner"</code>
            </p>
            <p>"The roles are these; whoever has none is a learner."</p>
            <RoleWords/>
        </section>
    }
}

lazy_page!(STAFF_LIST in studio => list_page);

fn list_page() -> AnyView {
    let (params, query) = (use_params_map(), use_query_map());
    let preview = load(
        move || {
            let list = params.with(|params| params.get("list").and_then(|list| StaffListId::parse(&list)));
            (
                list,
                query.with(|query| query.get("page").and_then(|page| page.parse().ok())),
            )
        },
        |(list, page)| async move { load_staff_list(list.ok_or(AppError::NotFound)?, page).await },
    );
    loaded(preview, |preview| view! { <ListView preview/> })
}

#[component]
fn ListView(preview: StaffPreview) -> impl IntoView {
    let mut crumbs = back_to(&preview.slug, &preview.name);
    let form = format!("/organisations/{}/staff", preview.slug);
    crumbs.push(Crumb::new(form.clone(), "Invite a list of staff"));
    let base = format!("{form}/{}", preview.list);
    let ignored = (!preview.ignored.is_empty())
        .then(|| view! { <p class="meta">{format!("Not kept: {}.", preview.ignored.join(", "))}</p> });
    let rows = preview.rows.clone().into_iter().map(staff_row).collect_view();
    let head = ["Row", "Name", "E-mail", "Roles", "What becomes of it"]
        .map(str::to_owned)
        .to_vec();
    let (page, pages) = (preview.page, preview.pages);
    view! {
        <Page title="A list of staff" crumbs=crumbs>
            <Decision preview=preview.clone() another=form/>
            <dl class="figures">
                <div><dt>"Get a link"</dt><dd>{preview.links}</dd></div>
                <div><dt>"Invited already"</dt><dd>{preview.invited}</dd></div>
                <div><dt>"Here already"</dt><dd>{preview.here}</dd></div>
                <div><dt>"Cannot be used"</dt><dd>{preview.wrong}</dd></div>
            </dl>
            {ignored}
            <section>
                <h2>"Row by row"</h2>
                <Table caption="What becomes of each row" head>{rows}</Table>
                <Pager page pages base/>
            </section>
        </Page>
    }
}

/// The links come as a file, made when it is asked for: Carrel keeps their
/// fingerprints alone.
#[component]
fn Decision(preview: StaffPreview, another: String) -> impl IntoView {
    let sent = use_query_map().with_untracked(|query| query.get("notice").as_deref() == Some("sent"));
    let sent = sent.then(|| view! { <Notice tone=Tone::Accent><p>"The letters are on their way."</p></Notice> });
    let made = preview.links_made.clone().map(|at| {
        view! {
            <Notice tone=Tone::Highlight>
                <p>{format!("Links were made out of this list on {at}. Those that nobody has used work on.")}</p>
            </Notice>
        }
    });
    let nobody = (preview.links == 0).then(|| view! { <p>"There is nobody new in this list."</p> });
    let some = (preview.links + preview.invited > 0).then(|| view! { <LinksForm preview another/> });
    view! { {sent}{made}{nobody}{some} }
}

/// One form with two ends: a table to pass on, or a letter to each.
#[component]
fn LinksForm(preview: StaffPreview, another: String) -> impl IntoView {
    let path = links_path(&preview.slug, &preview.list);
    let send = <SendStaffLinks as ServerFn>::PATH;
    let form = Form::plain(send);
    let (links, invited) = (preview.links, preview.invited);
    let what = match links {
        0 => format!("{} anew", counted(invited)),
        links => counted(links),
    };
    let by_letter = preview.mail.then(|| {
        view! { <button class="button quiet" type="submit" formaction=send>{format!("Send {what} by letter")}</button> }
    });
    let renew = match (links, invited) {
        (_, 0) => ().into_any(),
        (0, _) => view! { <input type="hidden" name="renew" value="true"/> }.into_any(),
        _ => {
            let label = format!("Make {} anew for those who are invited already", counted(invited));
            view! { <Checkbox form name="renew" label/> }.into_any()
        }
    };
    let begun = RwSignal::new(false);
    let again = format!("/organisations/{}/staff/{}", preview.slug, preview.list);
    view! {
        <p>"Everyone new gets a link of their own that works for 30 days. You download the links as a table and pass them on, or have them sent where mail is set up. Whoever has an account signs in and joins with it; nobody is added without their doing."</p>
        <form class="form" method="post" action=path>
            <FormErrors form/>
            <input type="hidden" name="list" value=preview.list.to_string()/>
            {renew}
            <p class="button-row">
                <button class="button" type="submit" on:click=move |_| begun.set(true)>{format!("Make and download {what}")}</button>
                {by_letter}
                <a class="button quiet" href=another>"Choose another list"</a>
            </p>
            <p class="meta">"The table is called invitations.csv and comes among your downloads. It cannot be had a second time: keep it until the links are passed on."</p>
            <div role="status">
                {move || begun.get().then(|| view! {
                    <p class="sheet">"Your browser saves the links. "<a href=again.clone() rel="external">"See who is invited now"</a></p>
                })}
            </div>
        </form>
    }
}

fn counted(links: u32) -> String {
    match links {
        1 => "1 link".into(),
        links => format!("{links} links"),
    }
}

fn staff_row(row: StaffRow) -> impl IntoView {
    let roles = row
        .entry
        .roles
        .iter()
        .map(|role| role.label())
        .collect::<Vec<_>>()
        .join(", ");
    let becomes = match row.outcome {
        Outcome::Link => "Gets a link".to_owned(),
        Outcome::Invited(until) => format!("Invited until {until}"),
        Outcome::Here => "Here already".to_owned(),
        Outcome::Wrong(problems) => problems.join(" "),
    };
    view! {
        <Row>
            <Cell label="Row" num=true>{row.number}</Cell>
            <Cell label="Name" heading=true>{row.entry.name}</Cell>
            <Cell label="E-mail">{filled(row.entry.email).map(|email| view! { <span class="wrap">{email}</span> })}</Cell>
            <Cell label="Roles">{roles}</Cell>
            <Cell label="What becomes of it">{becomes}</Cell>
        </Row>
    }
}
