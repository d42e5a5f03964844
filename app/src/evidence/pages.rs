use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos_router::hooks::use_query_map;

use super::api::{AddEvidence, ChangeEvidence, RemoveEvidence, RestoreEvidence, load_evidence};
use super::components::{PieceWords, StatementHead};
use super::model::{EvidenceBody, EvidencePage, EvidenceTitle, Group, Piece, Removed, WebAddress};
use crate::assessments::pages::growth_tabs;
use crate::plans::pages::done;
use crate::ui::field::{TextArea, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Crumb, Disclosure, EmptyState, Icon, Notice, Page, Pager, Toast, Tone};

lazy_page!(
    /// One's evidence, of all statements or of one, to which more is added.
    EVIDENCE in growth => evidence_page
);

/// The form that adds.
const NEW: &str = "evidence-new";

/// Everything that can be done to evidence.
#[derive(Clone, Copy)]
struct Changes {
    add: ServerAction<AddEvidence>,
    change: ServerAction<ChangeEvidence>,
    remove: ServerAction<RemoveEvidence>,
    restore: ServerAction<RestoreEvidence>,
}

fn evidence_page() -> AnyView {
    let query = use_query_map();
    let changes = Changes {
        add: ServerAction::new(),
        change: ServerAction::new(),
        remove: ServerAction::new(),
        restore: ServerAction::new(),
    };
    // A refused form leaves the page, and what was typed into it, as it is.
    let versions = [
        done(changes.add),
        done(changes.change),
        done(changes.remove),
        done(changes.restore),
    ];
    let page = load(
        move || {
            let version: usize = versions.iter().map(|one| one.get()).sum();
            let statement = query.with(|query| query.get("statement").unwrap_or_default());
            let page = query.with(|query| query.get("page").and_then(|page| page.parse().ok()));
            (statement, page, version)
        },
        |(statement, page, _)| load_evidence(statement, page),
    );
    loaded(page, move |page| view! { <EvidenceView page changes/> })
}

#[component]
fn EvidenceView(page: EvidencePage, changes: Changes) -> impl IntoView {
    let has_room = page.has_room();
    let EvidencePage {
        statement,
        list,
        removed,
        key,
    } = page;
    let of_one = statement.is_some();
    let base = match &statement {
        Some(statement) => format!("/me/evidence?statement={}", statement.node),
        None => "/me/evidence".to_owned(),
    };
    let above = of_one.then(|| Crumb::new("/me/evidence", "My evidence"));
    let crumbs: Vec<Crumb> = [Crumb::new("/me", "My growth")].into_iter().chain(above).collect();
    let title = if of_one {
        "Evidence for a statement"
    } else {
        "My evidence"
    };
    let lede =
        "What shows how far you are: texts, and addresses on the web. Only you see this, and those you share it with.";
    let none = list.groups.is_empty();
    let groups = list
        .groups
        .into_iter()
        .map(|group| view! { <GroupView group changes/> })
        .collect_view();
    // Where nothing was put down yet, no group names the statement.
    let head = statement
        .clone()
        .filter(|_| none)
        .map(|statement| view! { <StatementHead statement/> });
    let add = statement.map(|statement| match (statement.open, has_room) {
        (true, true) => {
            view! { <AddForm node=statement.node.to_string() key action=changes.add/> }.into_any()
        }
        (true, false) => view! { <p class="meta">"There is room for 20 pieces for a statement. Take some out to add others."</p> }.into_any(),
        (false, _) => view! { <p class="meta">"The statement is in no edition in force any more, so nothing is added to it. What you put down stays."</p> }.into_any(),
    });
    view! {
        <Page title lede=lede.to_string() crumbs=crumbs>
            {growth_tabs()}
            <PutBack removed changes/>
            {(none && !of_one).then(|| view! { <Nothing/> })}
            {head}
            {groups}
            <Pager page=list.page pages=list.pages base/>
            {add}
            {(!none).then(|| view! { <p class="no-print"><a href="/me/sharing">"Share it with somebody"</a></p> })}
        </Page>
    }
}

#[component]
fn Nothing() -> impl IntoView {
    let action = view! { <a class="button quiet" href="/index">"Open the index"</a> }.into_any();
    view! {
        <EmptyState title="Nothing put down yet" icon=Icon::Growth action>
            <p>"Evidence supports what you say of yourself: what you did, and where it can be seen. Open a statement in the index and choose Add evidence."</p>
        </EmptyState>
    }
}

#[component]
fn GroupView(group: Group, changes: Changes) -> impl IntoView {
    let node = group.statement.node.to_string();
    let name = match group.statement.code.is_empty() {
        true => group.statement.title.clone(),
        false => group.statement.code.clone(),
    };
    let open = group.statement.open;
    let pieces = group
        .pieces
        .into_iter()
        .map(|piece| view! { <PieceRow piece changes/> })
        .collect_view();
    let elsewhere = use_query_map().with_untracked(|query| query.get("statement").is_none());
    let more = (open && elsewhere).then(|| {
        let href = format!("/me/evidence?statement={node}");
        view! { <p class="no-print"><a href=href>"Add evidence"<span class="visually-hidden">{format!(" for {name}")}</span></a></p> }
    });
    view! {
        <section>
            <StatementHead statement=group.statement/>
            <ul class="rows rows-ruled" role="list">{pieces}</ul>
            {more}
        </section>
    }
}

#[component]
fn PieceRow(piece: Piece, changes: Changes) -> impl IntoView {
    let id = piece.id.to_string();
    let form = Form::matching(changes.change, &[("evidence", &id)]);
    let refused = form.error().get_untracked().is_some();
    let hidden = format!(": {}", piece.title);
    let again = id.clone();
    let fields = fields(form, &id, Some(&piece));
    view! {
        <li>
            <PieceWords piece/>
            <div class="no-print">
                <Disclosure summary="Change" open=refused>
                    <ActionForm action=changes.change attr:class="form">
                        <FormErrors form/>
                        <input type="hidden" name="evidence" value=id/>
                        {fields}
                        <div class="form-actions"><button class="button quiet" type="submit">"Save"</button></div>
                    </ActionForm>
                    <ActionForm action=changes.remove>
                        <input type="hidden" name="evidence" value=again/>
                        <button class="link-button" type="submit">"Take out"<span class="visually-hidden">{hidden}</span></button>
                    </ActionForm>
                </Disclosure>
            </div>
        </li>
    }
}

#[component]
fn AddForm(node: String, key: String, action: ServerAction<AddEvidence>) -> impl IntoView {
    let form = Form::of(action);
    let fields = fields(form, "new", None);
    // What was added is in the list; the form waits for the next.
    Effect::new(move |_| {
        if matches!(action.value().get(), Some(Ok(()))) {
            begin_anew();
        }
    });
    view! {
        <section class="sheet no-print">
            <h2>"Add evidence"</h2>
            <ActionForm action attr:class="form" attr:id=NEW>
                <FormErrors form/>
                <input type="hidden" name="node" value=node/>
                <input type="hidden" name="key" value=form.value("key", &key)/>
                {fields}
                <div class="form-actions"><button class="button" type="submit">"Add"</button></div>
            </ActionForm>
        </section>
    }
}

fn begin_anew() {
    let form = document().get_element_by_id(NEW);
    if let Some(form) = form.and_then(|form| form.dyn_into::<web_sys::HtmlFormElement>().ok()) {
        form.reset();
    }
}

/// The fields of a piece, told apart on the page by `of`.
fn fields(form: Form, of: &str, piece: Option<&Piece>) -> AnyView {
    let [title, body, address, day] = match piece {
        Some(piece) => [&piece.title, &piece.body, &piece.address, &piece.day].map(String::clone),
        None => Default::default(),
    };
    let id = |name: &str| format!("evidence-{name}-{of}");
    let most = |most: usize| u32::try_from(most).unwrap_or(u32::MAX);
    view! {
        <TextField form name="title" label="What it shows" value=title required=true maxlength=most(EvidenceTitle::MOST) id=id("title")
            hint="A few words, such as: led the budget talk of the branch."/>
        <TextArea form name="body" label="Your words" value=body rows=5 maxlength=most(EvidenceBody::MOST) id=id("body")
            hint="What you did, and what came of it. Markdown works. Leave it empty where the address says it all."/>
        <TextField form name="address" label="Address on the web" kind="url" value=address maxlength=most(WebAddress::MOST) id=id("address")
            hint="Where it can be seen, such as https://… Whoever you share it with needs to be able to open it."/>
        <TextField form name="day" label="When it was (a day, if you like)" kind="date" value=day id=id("day")/>
    }
    .into_any()
}

/// What was taken out in the last hour, each with the way back; what has just gone
/// stands in front of the page.
#[component]
fn PutBack(removed: Vec<Removed>, changes: Changes) -> impl IntoView {
    let (fresh, earlier): (Vec<_>, Vec<_>) = removed.into_iter().partition(|removed| removed.fresh);
    let lines = move |removed: Vec<Removed>| removed.into_iter().map(|removed| line(removed, changes)).collect_view();
    let toast = (!fresh.is_empty()).then(|| view! { <Toast>{lines(fresh)}</Toast> });
    let notice = (!earlier.is_empty())
        .then(|| view! { <div class="no-print"><Notice tone=Tone::Highlight>{lines(earlier)}</Notice></div> });
    view! {
        {notice}
        {toast}
    }
    .into_any()
}

fn line(removed: Removed, changes: Changes) -> AnyView {
    let hidden = format!(" {}", removed.title);
    view! {
        <div class="cluster">
            <span>"Taken out: "{removed.title}</span>
            <ActionForm action=changes.restore>
                <input type="hidden" name="evidence" value=removed.id.to_string()/>
                <button class="link-button" type="submit">"Undo"<span class="visually-hidden">{hidden}</span></button>
            </ActionForm>
        </div>
    }
    .into_any()
}
