use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::{ChangeEvidence, RemoveEvidence, RestoreEvidence, load_evidence};
use super::components::{PieceWords, StatementHead};
use super::forward::api::{PutEvidenceForward, TakeEvidenceBack};
use super::forward::components::{PutForwardForm, PutForwardLines};
use super::model::{
    EvidenceBody, EvidencePage, EvidenceTitle, Group, Piece, Removed, TAKEN, WebAddress, file_path, new_path,
};
use crate::assessments::pages::growth_tabs;
use crate::plans::pages::done;
use crate::ui::field::{TextArea, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Crumb, Disclosure, EmptyState, FileField, Icon, Notice, Page, Pager, PutBack, TakenOut, Tone, undo};

lazy_page!(
    /// One's evidence, of all statements or of one, to which more is added.
    EVIDENCE in growth => evidence_page
);

/// What the forms of each piece need to know.
#[derive(Clone)]
struct About {
    megabytes: u32,
    /// The mark of the page's forms.
    key: String,
    reviewers: Vec<(String, String)>,
}

/// Everything that can be done to evidence.
#[derive(Clone, Copy)]
struct Changes {
    change: ServerAction<ChangeEvidence>,
    remove: ServerAction<RemoveEvidence>,
    restore: ServerAction<RestoreEvidence>,
    put_forward: ServerAction<PutEvidenceForward>,
    take_back: ServerAction<TakeEvidenceBack>,
}

fn evidence_page() -> AnyView {
    let query = use_query_map();
    let changes = Changes {
        change: ServerAction::new(),
        remove: ServerAction::new(),
        restore: ServerAction::new(),
        put_forward: ServerAction::new(),
        take_back: ServerAction::new(),
    };
    // A refused form leaves the page, and what was typed into it, as it is.
    let versions = [
        done(changes.change),
        done(changes.remove),
        done(changes.restore),
        done(changes.put_forward),
        done(changes.take_back),
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
    let added = query.with_untracked(|query| query.get("notice").as_deref() == Some("evidence"));
    loaded(page, move |page| {
        // What was done since is what counts now.
        let added = added && versions.iter().all(|one| one.get_untracked() == 0);
        view! { <EvidenceView page changes added/> }
    })
}

#[component]
fn EvidenceView(page: EvidencePage, changes: Changes, added: bool) -> impl IntoView {
    let has_room = page.has_room();
    let EvidencePage {
        statement,
        list,
        removed,
        key,
        megabytes,
        reviewers,
    } = page;
    let about = About {
        megabytes,
        key: key.clone(),
        reviewers,
    };
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
    let lede = "What shows how far you are: texts, files, and addresses on the web. Only you see this, and those you share it with.";
    let none = list.groups.is_empty();
    let groups = list
        .groups
        .into_iter()
        .map(|group| view! { <GroupView group changes about=about.clone()/> })
        .collect_view();
    // Where nothing was put down yet, no group names the statement.
    let head = statement
        .clone()
        .filter(|_| none)
        .map(|statement| view! { <StatementHead statement/> });
    let add = statement.map(|statement| match (statement.open, has_room) {
        (true, true) => {
            view! { <AddForm node=statement.node.to_string() key megabytes/> }.into_any()
        }
        (true, false) => view! { <p class="meta">"There is room for 20 pieces for a statement. Take some out to add others."</p> }.into_any(),
        (false, _) => view! { <p class="meta">"The statement is in no edition in force any more, so nothing is added to it. What you put down stays."</p> }.into_any(),
    });
    view! {
        <Page title lede=lede.to_string() crumbs=crumbs>
            {growth_tabs()}
            {added.then(|| view! { <Notice tone=Tone::Accent><p>"Added. It stands below."</p></Notice> })}
            <PutBack removed=taken_out(removed, changes)/>
            {(none && !of_one).then(|| view! { <Nothing/> })}
            {head}
            {groups}
            <Pager page=list.page pages=list.pages base/>
            {add}
            <p class="no-print"><a href="/me/evidence/waiting">"Evidence put forward to me"</a></p>
            {(!none).then(|| view! { <p class="no-print"><a href="/me/sharing?what=evidence#share">"Share my evidence with somebody"</a></p> })}
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
fn GroupView(group: Group, changes: Changes, about: About) -> impl IntoView {
    let node = group.statement.node.to_string();
    let name = match group.statement.code.is_empty() {
        true => group.statement.title.clone(),
        false => group.statement.code.clone(),
    };
    let open = group.statement.open;
    let pieces = group
        .pieces
        .into_iter()
        .map(|piece| view! { <PieceRow piece changes about=about.clone()/> })
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
fn PieceRow(piece: Piece, changes: Changes, about: About) -> impl IntoView {
    let mut piece = piece;
    let id = piece.id.to_string();
    let put_forward = std::mem::take(&mut piece.put_forward);
    let waits = put_forward.iter().any(|one| one.answer.is_none());
    let forward = (!waits && !about.reviewers.is_empty()).then(|| {
        view! { <PutForwardForm evidence=id.clone() key=about.key reviewers=about.reviewers action=changes.put_forward/> }
    });
    let form = Form::matching(changes.change, &[("evidence", &id)]);
    let path = file_path(&id);
    let attach = Form::plain(&path);
    let refused = form.error().get_untracked().is_some() || attach.error().get_untracked().is_some();
    let hidden = format!(": {}", piece.title);
    let again = id.clone();
    let fields = fields(form, &id, Some(&piece));
    let file = piece.file.is_none().then(|| {
        let field = file_field(attach, &id, true, about.megabytes);
        view! {
            <form class="form" method="post" enctype="multipart/form-data" action=path>
                <FormErrors form=attach/>
                {field}
                <div class="form-actions"><button class="button quiet" type="submit">"Add the file"</button></div>
            </form>
        }
    });
    view! {
        <li>
            <PieceWords piece/>
            <PutForwardLines put_forward take_back=changes.take_back/>
            <div class="no-print">
                <Disclosure summary="Change" open=refused>
                    <ActionForm action=changes.change attr:class="form">
                        <FormErrors form/>
                        <input type="hidden" name="evidence" value=id/>
                        {fields}
                        <div class="form-actions"><button class="button quiet" type="submit">"Save"</button></div>
                    </ActionForm>
                    {file}
                    <ActionForm action=changes.remove>
                        <input type="hidden" name="evidence" value=again/>
                        <button class="link-button" type="submit">"Take out"<span class="visually-hidden">{hidden}</span></button>
                    </ActionForm>
                </Disclosure>
                {forward}
            </div>
        </li>
    }
}

/// A plain form: a file travels without the browser code as well.
#[component]
fn AddForm(node: String, key: String, megabytes: u32) -> impl IntoView {
    let path = new_path(&node);
    let form = Form::plain(&path);
    let fields = fields(form, "new", None);
    let file = file_field(form, "new", false, megabytes);
    view! {
        <section class="sheet no-print">
            <h2>"Add evidence"</h2>
            <form class="form" method="post" enctype="multipart/form-data" action=path>
                <FormErrors form/>
                <input type="hidden" name="key" value=form.value("key", &key)/>
                {fields}
                {file}
                <div class="form-actions"><button class="button" type="submit">"Add"</button></div>
            </form>
        </section>
    }
}

/// The file of a piece.
fn file_field(form: Form, of: &str, required: bool, megabytes: u32) -> AnyView {
    let hint = format!(
        "A PDF, a picture, a document, spreadsheet or presentation without macros, or a plain text: at most {megabytes} MB. Pictures are kept without where and when they were taken."
    );
    let id = format!("evidence-file-{of}");
    view! { <FileField form name="file" label="File" hint accept=TAKEN required id/> }.into_any()
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
            hint="What you did, and what came of it. Markdown works. Leave it empty where the address or the file says it all."/>
        <TextField form name="address" label="Address on the web" kind="url" value=address maxlength=most(WebAddress::MOST) id=id("address")
            hint="Where it can be seen, such as https://… Whoever you share it with needs to be able to open it."/>
        <TextField form name="day" label="When it was (a day, if you like)" kind="date" value=day id=id("day")/>
    }
    .into_any()
}

/// What was taken out, with the form that puts it back.
fn taken_out(removed: Vec<Removed>, changes: Changes) -> Vec<TakenOut> {
    let each = removed.into_iter().map(|removed| {
        let button = undo(&removed.title);
        let form = view! {
            <ActionForm action=changes.restore>
                <input type="hidden" name="evidence" value=removed.id.to_string()/>
                {button}
            </ActionForm>
        };
        TakenOut {
            form: form.into_any(),
            title: removed.title,
            fresh: removed.fresh,
        }
    });
    each.collect()
}
