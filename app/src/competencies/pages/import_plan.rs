//! What a file would change, before it does.

use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::competencies::api::{ConfirmImport, MatchColumns, UndoImport, load_import};
use crate::competencies::components::{Outline, Scale};
use crate::competencies::model::{
    MatchedColumn, NodeLink, Outcome, Preview, ReferenceLine, Remark, Weight, counted, edition_href, edition_words,
};
use crate::error::AppError;
use crate::id::ImportId;
use crate::ui::field::{BareSelect, SelectField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Cell, Crumb, Disclosure, Notice, Page, Row, Table, Tone};

lazy_page!(IMPORT_PLAN in studio => import_plan);

fn import_plan() -> AnyView {
    let params = use_params_map();
    let confirm = ServerAction::new();
    let columns: ServerAction<MatchColumns> = ServerAction::new();
    let undo: ServerAction<UndoImport> = ServerAction::new();
    let preview = load(
        move || {
            (
                params.with(|params| params.get("import").unwrap_or_default()),
                confirm.version().get(),
                columns.version().get(),
                undo.version().get(),
            )
        },
        |(import, ..)| async move {
            let import = ImportId::parse(&import).ok_or(AppError::NotFound)?;
            load_import(import).await
        },
    );
    loaded(
        preview,
        move |preview| view! { <PreviewView preview confirm columns undo/> },
    )
}

#[component]
fn PreviewView(
    preview: Preview,
    confirm: ServerAction<ConfirmImport>,
    columns: ServerAction<MatchColumns>,
    undo: ServerAction<UndoImport>,
) -> impl IntoView {
    let crumbs = vec![
        Crumb::new("/studio", "Studio"),
        Crumb::new("/studio/import", "Import a competency set"),
    ];
    let title = if preview.title.is_empty() {
        preview.file_name.clone()
    } else {
        preview.title.clone()
    };
    let kind = if preview.format.is_empty() {
        "Not a file that can be imported".to_owned()
    } else {
        preview.format.clone()
    };
    let kicker = format!("{kind} · {} · for {}", preview.file_name, preview.organisation);
    let outline = preview.outline.clone();
    let refused = preview.remarks.iter().any(|remark| remark.weight == Weight::Refused);
    let (levels, remarks, missing) = (
        preview.levels.clone(),
        preview.remarks.clone(),
        preview.missing_nodes.clone(),
    );
    let gone = preview.missing;
    let references = preview.reference_lines.clone();
    let counts = [
        preview.references_gone,
        preview.references_changed,
        preview.references_new,
    ];
    let done = matches!(preview.outcome, Outcome::Done { .. });
    let matching = (!preview.columns.is_empty() && !done).then(|| {
        let (import, matched, choices) = (
            preview.import.clone(),
            preview.columns.clone(),
            preview.column_choices.clone(),
        );
        let heads = (preview.header, preview.heads.clone());
        view! { <MatchForm import matched choices heads action=columns/> }
    });
    view! {
        <Page title=title kicker=kicker crumbs=crumbs>
            <Decision preview=preview.clone() confirm undo/>
            {matching}
            {(!outline.is_empty()).then(|| view! { <Counts preview/> })}
            {(!remarks.is_empty()).then(|| view! { <Remarks remarks refused/> })}
            {(gone > 0).then(|| view! { <Gone nodes=missing count=gone/> })}
            {(!references.is_empty()).then(|| view! { <References lines=references counts/> })}
            {(!levels.is_empty()).then(|| view! { <section><h2>"Proficiency scale"</h2><Scale levels/></section> })}
            {(!outline.is_empty()).then(|| view! {
                <section>
                    <h2>{if refused { "What could be read" } else { "What it holds" }}</h2>
                    <Outline nodes=outline open_depth=1/>
                </section>
            })}
        </Page>
    }
}

const OVERTAKEN: &str = "The set is no longer just what was in the file, so the import cannot be taken back as a whole. What was changed in a draft since can be undone in its outline, step by step; then it can.";

fn sentence(outcome: &Outcome) -> (Tone, String) {
    let words = |number: &u32| edition_words(*number);
    match outcome {
        Outcome::Refused => (Tone::Danger, "This file cannot be imported as it is. Put right what is listed below, then choose it again. Nothing was written.".into()),
        Outcome::NewSet => (Tone::Plain, "This set is new here. Importing makes its first edition, as a draft that only curators see.".into()),
        Outcome::NewEdition { number, after, .. } => (
            Tone::Plain,
            format!("This set is here already, whatever it is called. Its {} stays as it is; importing makes a draft of the {}.", words(after), words(number)),
        ),
        Outcome::ReplacesDraft { number, .. } => (
            Tone::Highlight,
            format!("This set is here already, and its {} is a draft. Importing puts what is in the file in its place.", words(number)),
        ),
        Outcome::Unchanged { .. } => (Tone::Accent, "Everything in this file is here already. There is nothing to import.".into()),
        Outcome::InReview { number, .. } => (
            Tone::Highlight,
            format!("The {} of this set is being reviewed and cannot change meanwhile. Import this file when its round is over.", words(number)),
        ),
        Outcome::Done { .. } => (Tone::Accent, "This file was imported.".into()),
    }
}

#[component]
fn Decision(preview: Preview, confirm: ServerAction<ConfirmImport>, undo: ServerAction<UndoImport>) -> impl IntoView {
    let (form, undo_form) = (Form::of(confirm), Form::of(undo));
    let query = use_query_map();
    let notice = move |word: &str| query.with(|query| query.get("notice").as_deref() == Some(word));
    let undone = move || notice("undone");
    let writing = move || notice("writing");
    let (tone, words) = sentence(&preview.outcome);
    let edition = match &preview.outcome {
        Outcome::Unchanged { set, number } | Outcome::Done { set, number } | Outcome::InReview { set, number } => {
            Some(edition_href(set, *number))
        }
        _ => None,
    };
    let (open, undoable) = (preview.outcome.is_open(), preview.undoable);
    let overtaken = !undoable && matches!(preview.outcome, Outcome::Done { .. });
    let import = preview.import.map(|import| import.to_string()).unwrap_or_default();
    let again = import.clone();
    view! {
        {move || (open && undone()).then(|| view! { <Notice tone=Tone::Accent><p>"The import was taken back. Everything is as it was before."</p></Notice> })}
        <Notice tone>
            <p>{words}</p>
            {edition.map(|href| view! { <p><a href=href>"Go to the set"</a></p> })}
            {overtaken.then(|| view! { <p>{OVERTAKEN}</p> })}
        </Notice>
        <FormErrors form/>
        {move || open.then(|| if writing() { view! { <Writing import=import.clone()/> }.into_any() } else { view! { <Confirm import=import.clone() action=confirm/> }.into_any() })}
        <FormErrors form=undo_form/>
        {undoable.then(|| view! {
            <ActionForm action=undo>
                <input type="hidden" name="import" value=again/>
                <p><button class="button quiet" type="submit">"Take the import back"</button></p>
            </ActionForm>
        })}
        {(!open).then(|| view! { <p><a class="button quiet" href="/studio/import">"Choose another file"</a></p> })}
    }
}

#[component]
fn Confirm(import: String, action: ServerAction<ConfirmImport>) -> impl IntoView {
    view! {
        <ActionForm action>
            <input type="hidden" name="import" value=import/>
            <p class="button-row">
                <button class="button" type="submit">"Import"</button>
                <a class="button quiet" href="/studio/import">"Choose another file"</a>
            </p>
        </ActionForm>
    }
}

/// In place of the button, while a large set is written.
#[component]
fn Writing(import: String) -> impl IntoView {
    view! {
        <Notice tone=Tone::Highlight>
            <p>"It is being written: a set of thousands of lines takes a while. You can leave this page; nothing is there before all of it is."</p>
            <p><a href=format!("/studio/import/{import}")>"Look whether it is there"</a></p>
        </Notice>
    }
}

/// What each column of a table is; as it was taken for, until somebody says.
#[component]
fn MatchForm(
    import: Option<ImportId>,
    matched: Vec<MatchedColumn>,
    choices: Vec<(String, String)>,
    heads: (u32, Vec<(u32, String)>),
    action: ServerAction<MatchColumns>,
) -> impl IntoView {
    let form = Form::of(action);
    let import = import.map(|import| import.to_string()).unwrap_or_default();
    let head = vec!["Column".to_owned(), "For example".to_owned(), "What it is".to_owned()];
    let (header, heads) = heads;
    let heads: Vec<_> = heads
        .into_iter()
        .map(|(row, words)| (row.to_string(), format!("Row {row}: {words}")))
        .collect();
    let rows = matched
        .into_iter()
        .enumerate()
        .map(|(at, column)| {
            let name = if column.name.is_empty() {
                format!("Column {}", at + 1)
            } else {
                column.name
            };
            let (field, label) = (format!("columns[{at}]"), format!("What “{name}” is"));
            let options = choices.clone();
            view! {
                <Row>
                    <Cell label="Column" heading=true>{name}</Cell>
                    <Cell label="For example">{column.examples.join(" · ")}</Cell>
                    <Cell label="What it is">
                        <BareSelect name=field label options value=column.chosen/>
                    </Cell>
                </Row>
            }
        })
        .collect_view();
    view! {
        <section>
            <h2>"What the columns are"</h2>
            <p class="meta">"Several columns may each be a level of the tree, from the top to the statement; everything else is there once."</p>
            <FormErrors form/>
            <ActionForm action>
                <input type="hidden" name="import" value=import/>
                <input type="hidden" name="was" value=header/>
                <SelectField form name="header" label="The row that names the columns" options=heads value=header.to_string()/>
                <Table caption="Columns" head>{rows}</Table>
                <p class="button-row"><button class="button quiet" type="submit">"Look again"</button></p>
            </ActionForm>
        </section>
    }
}

#[component]
fn Counts(preview: Preview) -> impl IntoView {
    let existing = !matches!(preview.outcome, Outcome::NewSet | Outcome::Refused);
    let mut figures = vec![
        ("Sections", preview.sections),
        ("Competencies", preview.competencies),
        ("Statements", preview.statements),
        ("With details", preview.with_details),
        ("Cross-references", preview.references),
    ];
    if existing {
        figures.extend([
            ("New", preview.new),
            ("Changed", preview.changed),
            ("Moved", preview.moved),
            ("Unchanged", preview.unchanged),
            ("No longer in the file", preview.missing),
        ]);
    }
    let figures = figures
        .into_iter()
        .map(|(word, count)| view! { <div><dt>{word}</dt><dd>{count}</dd></div> })
        .collect_view();
    let fields = preview.set_fields.join(", ");
    view! {
        <dl class="figures">{figures}</dl>
        {(!fields.is_empty()).then(|| view! { <p class="meta">{format!("Of the set itself, this differs: {fields}.")}</p> })}
    }
}

#[component]
fn Remarks(remarks: Vec<Remark>, refused: bool) -> impl IntoView {
    let head = vec!["Where".to_owned(), "What".to_owned(), "Weight".to_owned()];
    let caption = counted(u32::try_from(remarks.len()).unwrap_or(0), "remark", "remarks");
    let rows = remarks
        .into_iter()
        .map(|remark| {
            view! {
                <Row>
                    <Cell label="Where" heading=true>{remark.place}</Cell>
                    <Cell label="What">{remark.message}</Cell>
                    <Cell label="Weight">{remark.weight.label()}</Cell>
                </Row>
            }
        })
        .collect_view();
    view! {
        <section>
            <h2>{if refused { "What must be put right" } else { "What to know" }}</h2>
            <Table caption head>{rows}</Table>
        </section>
    }
}

#[component]
fn Gone(nodes: Vec<NodeLink>, count: u32) -> impl IntoView {
    let more = count.saturating_sub(u32::try_from(nodes.len()).unwrap_or(0));
    let rows = nodes
        .into_iter()
        .map(|node| view! { <li><span class="code">{node.code}</span>" "{node.title}</li> })
        .collect_view();
    view! {
        <Disclosure summary=format!("{} no longer in the file", counted(count, "entry is", "entries are"))>
            <ul class="rows rows-tight" role="list">{rows}</ul>
            {(more > 0).then(|| view! { <p class="meta">{format!("and {more} more")}</p> })}
        </Disclosure>
    }
}

/// What of cross-references is not as it is there.
#[component]
fn References(lines: Vec<ReferenceLine>, counts: [u32; 3]) -> impl IntoView {
    let [gone, changed, new] = counts;
    let words = [(gone, "no longer in the file"), (changed, "changed"), (new, "new")];
    let words: Vec<String> = words
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| format!("{count} {words}"))
        .collect();
    let all: u32 = counts.iter().sum();
    let more = all.saturating_sub(u32::try_from(lines.len()).unwrap_or(0));
    let rows = lines
        .into_iter()
        .map(|line| {
            view! {
                <li>
                    <span class="meta">{line.becomes}": "</span>
                    {format!("“{}” – {} – “{}”", line.from, line.words.to_lowercase(), line.to)}
                </li>
            }
        })
        .collect_view();
    view! {
        <Disclosure summary=format!("Cross-references: {}", words.join(", "))>
            <ul class="rows rows-tight" role="list">{rows}</ul>
            {(more > 0).then(|| view! { <p class="meta">{format!("and {more} more")}</p> })}
        </Disclosure>
    }
}
