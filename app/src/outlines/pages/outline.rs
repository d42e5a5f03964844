//! The outline of a draft: what stands at the top, and beneath what is open.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::adding::{Add, NEW_LINE, Paste};
use super::in_place::{self, Keeping};
use super::lines::Lines;
use super::present::Others;
use super::whole::Whole;
use crate::competencies::components::ImportedFrom;
use crate::competencies::model::{counted, edition_href, edition_words};
use crate::editions::model::editions_href;
use crate::error::AppError;
use crate::outlines::api::{AddEntries, MoveEntry, RenameEntry, SaveFrame, UndoStep, load_outline};
use crate::outlines::model::{Draft, Label, OutlinePage, entry_href, opened_href};
use crate::reviews::model::rounds_href;
use crate::start::use_draft;
use crate::ui::Draft as Kept;
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Crumb, EmptyState, Icon, Notice, Page, Pager, Tone, lazy_page};

lazy_page!(OUTLINE in studio => outline);

/// What can be done on the page.
#[derive(Clone, Copy)]
pub(super) struct Actions {
    pub add: ServerAction<AddEntries>,
    pub paste: ServerAction<AddEntries>,
    pub shift: ServerAction<MoveEntry>,
    pub undo: ServerAction<UndoStep>,
    pub frame: ServerAction<SaveFrame>,
    /// Whether what holds for the whole was saved while one stays in its form.
    pub stayed: StoredValue<bool>,
    pub rename: ServerAction<RenameEntry>,
    pub keeping: Keeping,
    /// How often the page is to be shown anew.
    pub done: RwSignal<u32>,
    /// The new line, kept in this browser until it is added.
    pub kept: Kept,
    /// What has the focus once the outline is shown anew.
    pub focus: StoredValue<Option<String>>,
    /// The line that is written where it stands, and what was typed.
    pub editing: RwSignal<Option<(String, String)>>,
    /// The line behind which one adds.
    pub after: RwSignal<Option<(String, String)>>,
}

fn outline() -> AnyView {
    let (params, query) = (use_params_map(), use_query_map());
    let actions = Actions {
        add: ServerAction::new(),
        paste: ServerAction::new(),
        shift: ServerAction::new(),
        undo: ServerAction::new(),
        frame: ServerAction::new(),
        stayed: StoredValue::new(false),
        rename: ServerAction::new(),
        keeping: Keeping::new(),
        done: RwSignal::new(0),
        kept: Kept::of(
            &format!(
                "line:{}",
                params.with_untracked(|params| params.get("set").unwrap_or_default())
            ),
            NEW_LINE,
        ),
        focus: StoredValue::new(None),
        editing: RwSignal::new(None),
        after: RwSignal::new(None),
    };
    // Only what was done shows the outline anew: what was refused keeps what was typed.
    let done = actions.done;
    count(actions.add, done);
    count(actions.paste, done);
    count(actions.shift, done);
    count(actions.undo, done);
    Effect::new(move |_| {
        if matches!(actions.frame.value().get(), Some(Ok(_))) && !actions.stayed.get_value() {
            done.update(|times| *times += 1);
        }
    });
    count(actions.rename, done);
    // The field stands where it stood, so that it keeps what was typed as well.
    Effect::new(move |_| {
        if matches!(actions.add.value().get(), Some(Ok(()))) {
            actions.kept.keep("");
            in_place::empty(NEW_LINE);
        }
    });
    in_place::follow(actions);
    let page = load(
        move || {
            let set = params.with(|params| params.get("set").unwrap_or_default());
            let (open, page) = query.with(|query| {
                let page = query.get("page").and_then(|page| page.parse().ok());
                (query.get("open").unwrap_or_default(), page)
            });
            (set, open, page, done.get())
        },
        |(set, open, page, _)| load_outline(set, open, page),
    );
    loaded(page, move |page| view! { <OutlineView page actions/> })
}

/// Counts what was done.
pub(super) fn count<S>(action: ServerAction<S>, done: RwSignal<u32>)
where
    S: ServerFn<Output = (), Error = AppError> + Clone + Send + Sync + 'static,
{
    Effect::new(move |_| {
        if matches!(action.value().get(), Some(Ok(()))) {
            done.update(|times| *times += 1);
        }
    });
}

fn notice(word: &str) -> Option<&'static str> {
    match word {
        "created" => Some("The set is begun. Write what stands at its top next, or paste an outline."),
        "added" => Some("Added."),
        "saved" => Some("Saved."),
        "removed" => Some("Removed, with all that stood beneath it. It can be taken back."),
        "split" => Some("Split. The first part kept its identifier."),
        "merged" => Some("Made one."),
        "undone" => Some("Taken back."),
        "redone" => Some("Done again."),
        _ => None,
    }
}

#[component]
fn OutlineView(page: OutlinePage, actions: Actions) -> impl IntoView {
    let crumbs = vec![
        Crumb::new("/studio", "Studio"),
        Crumb::new("/studio?show=sets", "Competency sets"),
    ];
    let Some(draft) = page.draft else {
        return view! {
            <Page title=page.title kicker=page.organisation crumbs=crumbs>
                <NoDraft set=page.set in_review=page.in_review/>
            </Page>
        }
        .into_any();
    };
    let imported = page.imported.map(|imported| view! { <ImportedFrom imported/> });
    let kicker = format!("{} · {}, draft", page.organisation, edition_words(draft.number));
    let lede = match draft.size {
        0 => "There is nothing in it yet.".to_owned(),
        size => format!(
            "{}, {} in all",
            counted(draft.statements, "statement", "statements"),
            counted(size, "line", "lines")
        ),
    };
    let buttons = view! {
        <a class="button quiet" href=edition_href(&page.set, draft.number)>"See it as it reads"</a>
        <a class="button quiet" href=editions_href(&page.set)>"Editions and map"</a>
        <a class="button quiet" href=crate::publications::model::book_href(&page.set)>"The book"</a>
        <a class="button quiet" href=rounds_href(&page.set)>"Review rounds"</a>
        {page.derived.then(|| view! { <a class="button quiet" href=crate::derivations::model::source_href(&page.set)>"Beside its source"</a> })}
        <Undo draft=draft.clone() action=actions.undo focus=actions.focus/>
    }
    .into_any();
    view! {
        <Page title=page.title kicker=kicker lede=lede crumbs=crumbs actions=buttons>
            <Told/>
            <FormErrors form=Form::of(actions.undo)/>
            <FormErrors form=Form::of(actions.shift)/>
            <FormErrors form=Form::of(actions.rename)/>
            <FormErrors form=Form::of(actions.keeping.action)/>
            <Others set=page.set.clone() edition=draft.edition.clone() present=draft.present.clone() changed=draft.others.clone()/>
            {imported}
            <Repeated set=page.set.clone() lines=draft.repeated.clone()/>
            <Tree set=page.set draft=draft.clone() actions/>
            <Paste draft=draft.clone() action=actions.paste/>
            <Whole draft action=actions.frame stayed=actions.stayed/>
        </Page>
    }
    .into_any()
}

#[component]
fn Told() -> impl IntoView {
    let query = use_query_map();
    let refused = use_draft().is_some();
    move || {
        let words = query.with(|query| query.get("notice").as_deref().and_then(notice));
        words
            .filter(|_| !refused)
            .map(|words| view! { <Notice tone=Tone::Accent><p>{words}</p></Notice> })
    }
}

/// Codes that lead to one of several lines.
#[component]
fn Repeated(set: String, lines: Vec<Label>) -> impl IntoView {
    (!lines.is_empty()).then(|| {
        let rows = lines
            .into_iter()
            .map(|line| view! { <li><a href=entry_href(&set, &line.id)>{line.words()}</a></li> })
            .collect_view();
        view! {
            <Notice tone=Tone::Highlight>
                <p>"These lines share their code with another. Whoever follows such a code finds the first of them only."</p>
                <ul role="list">{rows}</ul>
            </Notice>
        }
    })
}

#[component]
fn NoDraft(set: String, in_review: bool) -> impl IntoView {
    let words = if in_review {
        "Its newest edition is being reviewed, so nothing is changed in it now."
    } else {
        "What is published never changes. Open a draft of its next edition, and it is written here."
    };
    let href = format!("/index/{}", crate::paths::segment(&set));
    let next = (!in_review).then(|| {
        view! { <p><a class="button" href=editions_href(&set)>"Open the next edition"</a></p> }
    });
    view! {
        <EmptyState title="This set has no draft" icon=Icon::Index>
            <p>{words}</p>
            {next}
            <p><a href=href>"Read the set"</a></p>
        </EmptyState>
    }
}

#[component]
fn Undo(draft: Draft, action: ServerAction<UndoStep>, focus: StoredValue<Option<String>>) -> impl IntoView {
    let edition = draft.edition.to_string();
    let open = draft.open.map(|open| open.id.to_string()).unwrap_or_default();
    let button = |words: Option<String>, redo: bool, label: &'static str| {
        words.map(|words| {
            let (edition, open) = (edition.clone(), open.clone());
            let id = if redo { "redo" } else { "undo" };
            view! {
                <ActionForm action on:submit=move |_| focus.set_value(Some(id.into()))>
                    <input type="hidden" name="edition" value=edition/>
                    <input type="hidden" name="redo" value=redo.to_string()/>
                    <input type="hidden" name="open" value=open/>
                    <button class="button quiet" type="submit" id=id title=words.clone()>
                        {label}<span class="visually-hidden">{format!(": {words}")}</span>
                    </button>
                </ActionForm>
            }
        })
    };
    let undo = button(draft.undo, false, "Undo");
    let redo = button(draft.redo, true, "Redo");
    view! { {undo} {redo} }
}

#[component]
fn Tree(set: String, draft: Draft, actions: Actions) -> impl IntoView {
    let base = opened_href(&set, draft.opened.iter().map(|(open, _)| open));
    let empty = draft.lines.is_empty();
    let numbered = draft.frame.numbered;
    view! {
        <section id="outline" class="stack">
            <h2>"The outline"</h2>
            {(!empty).then(|| view! { <Lines set=set draft=draft.clone() actions/> })}
            <Pager page=draft.page pages=draft.pages base=base/>
            <Add draft actions numbered/>
        </section>
    }
}
