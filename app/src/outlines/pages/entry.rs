//! One line of a draft with all that it says.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::entry_more::{Elsewhere, Links, Merge, Remove, Split};
use super::keeping::{Pause, form_of, said};
use super::outline::count;
use super::present::Others;
use super::whole::Over;
use crate::error::AppError;
use crate::id::NodeId;
use crate::outlines::api::{
    LinkEntries, MergeEntries, MoveEntry, RemoveEntry, SaveEntry, SplitEntry, UnlinkEntries, load_entry,
};
use crate::outlines::model::{EntryForm, EntryPage, LONGEST_CODE, LONGEST_DESCRIPTION, LONGEST_TITLE, open_href};
use crate::ui::field::{TextArea, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Crumb, Page, SaveStatus, lazy_page};

lazy_page!(ENTRY in studio => entry);

/// What can be done on the page.
#[derive(Clone, Copy)]
pub(super) struct Actions {
    pub save: ServerAction<SaveEntry>,
    pub shift: ServerAction<MoveEntry>,
    pub split: ServerAction<SplitEntry>,
    pub merge: ServerAction<MergeEntries>,
    pub remove: ServerAction<RemoveEntry>,
    pub link: ServerAction<LinkEntries>,
    pub unlink: ServerAction<UnlinkEntries>,
}

fn entry() -> AnyView {
    let actions = Actions {
        save: ServerAction::new(),
        shift: ServerAction::new(),
        split: ServerAction::new(),
        merge: ServerAction::new(),
        remove: ServerAction::new(),
        link: ServerAction::new(),
        unlink: ServerAction::new(),
    };
    let done = RwSignal::new(0_u32);
    count(actions.link, done);
    count(actions.unlink, done);
    let (params, query) = (use_params_map(), use_query_map());
    let page = load(
        move || {
            let looking = query.with(|query| ["find", "q", "chosen"].map(|name| query.get(name).unwrap_or_default()));
            let named = params.with(|params| {
                (
                    params.get("set").unwrap_or_default(),
                    params.get("node").unwrap_or_default(),
                )
            });
            (named, looking, done.get())
        },
        |((set, node), [find, q, chosen], _)| async move {
            let node = NodeId::parse(&node).ok_or(AppError::NotFound)?;
            load_entry(set, node, find, q, chosen).await
        },
    );
    loaded(page, move |page| view! { <EntryView page actions/> })
}

#[component]
fn EntryView(page: EntryPage, actions: Actions) -> impl IntoView {
    let mut crumbs = vec![
        Crumb::new("/studio", "Studio"),
        Crumb::new(open_href(&page.set, None), page.set_title.clone()),
    ];
    crumbs.extend(
        page.above
            .iter()
            .map(|above| Crumb::new(open_href(&page.set, Some(&above.id)), above.words())),
    );
    let title = format!("Edit: {}", page.label.words());
    view! {
        <Page title=title crumbs=crumbs>
            <Others set=page.set.clone() edition=page.edition.clone() node=page.id.clone() present=page.present.clone()/>
            <Words page=page.clone() action=actions.save/>
            <Links page=page.clone() link=actions.link unlink=actions.unlink/>
            <section class="stack-tight" id="place">
                <h2>"Its place"</h2>
                <Elsewhere page=page.clone() action=actions.shift/>
                <Split page=page.clone() action=actions.split/>
                <Merge page=page.clone() action=actions.merge/>
                <Remove page action=actions.remove/>
            </section>
        </Page>
    }
}

/// The form of all that it says.
#[component]
fn Words(page: EntryPage, action: ServerAction<SaveEntry>) -> impl IntoView {
    let form = Form::matching(action, &[("node", page.id.as_str())]);
    let back = open_href(&page.set, page.above.last().map(|above| &above.id));
    let entry = page.entry;
    let code = match (page.numbered, page.label.code.is_empty()) {
        (true, false) => format!("Leave it empty to have it numbered: {} now.", page.label.code),
        _ => "As it stands in addresses and in print.".to_owned(),
    };
    let kind = match page.kind.as_str() {
        "" => "What this is called, where it is not section, competency or statement.".to_owned(),
        kind => format!("Leave it empty for {kind}."),
    };
    let described = if page.html {
        "As HTML, since it was imported so."
    } else {
        "A few sentences of Markdown."
    };
    let base = RwSignal::new(form.value("base", &page.base));
    // What was saved is what the form is filled with from then on.
    Effect::new(move |_| {
        if let Some(Ok(now)) = action.value().get() {
            base.set(now);
        }
    });
    let pause = Pause::new();
    let saved = move || match (action.pending().get(), action.value().get()) {
        (true, _) => "Saving…",
        (false, Some(Ok(_))) => "Saved.",
        _ => "",
    };
    let levels = page
        .levels
        .iter()
        .map(|level| level.label.as_str())
        .collect::<Vec<_>>()
        .join(", ");
    view! {
        <ActionForm
            action attr:class="form"
            on:input=move |event| {
                if let Some(form) = form_of(&event) {
                    pause.then(move || save_now(&form, pause, action));
                }
            }
            on:change=move |event| {
                if let Some(form) = form_of(&event) {
                    save_now(&form, pause, action);
                }
            }
            on:submit=move |_| pause.stop()
        >
            <FormErrors form/>
            <input type="hidden" name="node" value=page.id.to_string()/>
            <input type="hidden" name="base" value=move || base.get()/>
            <TextArea form name="title" label="Statement" value=entry.title.clone() rows=2 required=true maxlength=LONGEST_TITLE/>
            <div class="form-row">
                <TextField form name="code" label="Code" value=entry.code.clone() maxlength=LONGEST_CODE hint=code/>
                <TextField form name="kind" label="Kind" value=entry.kind.clone() maxlength=LONGEST_CODE hint=kind id="entry-kind"/>
            </div>
            <TextArea form name="description" label="Description" value=entry.description.clone() rows=4
                maxlength=LONGEST_DESCRIPTION hint=described/>
            <Lists form entry=entry.clone()/>
            <TextArea form name="levels" label="What each level means here" value=entry.levels rows=4
                hint=format!("A line a level, the lowest first ({levels}). An empty line leaves the set’s own words.")/>
            <Over form/>
            <div class="form-actions">
                <button class="button" type="submit">"Save"</button>
                <a href=back>"Back to the outline"</a>
                <SaveStatus words=saved/>
            </div>
        </ActionForm>
    }
}

#[component]
fn Lists(form: Form, entry: EntryForm) -> impl IntoView {
    let a_line = "One a line.";
    view! {
        <div class="form-row">
            <TextArea form name="knowledge" label="Knowledge" value=entry.knowledge rows=3 hint=a_line/>
            <TextArea form name="skills" label="Skills" value=entry.skills rows=3 hint=a_line/>
        </div>
        <div class="form-row">
            <TextArea form name="attitudes" label="Attitudes" value=entry.attitudes rows=3 hint=a_line/>
            <TextArea form name="behaviours" label="Behaviours" value=entry.behaviours rows=3 hint=a_line/>
        </div>
        <TextArea form name="notes" label="Notes" value=entry.notes rows=3 maxlength=LONGEST_DESCRIPTION
            hint="On how it is meant and used."/>
        <TextArea form name="topics" label="Topics" value=entry.topics rows=2 hint=a_line/>
        <TextArea form name="sources" label="Sources" value=entry.sources rows=2
            hint="A line each: title | who is credited | https://address."/>
    }
}

/// Saves what a form says, and stays here: after what is being saved already, which
/// the form is filled with then.
fn save_now(form: &web_sys::HtmlFormElement, pause: Pause, action: ServerAction<SaveEntry>) {
    pause.stop();
    if action.pending().get_untracked() {
        let form = form.clone();
        return pause.then(move || save_now(&form, pause, action));
    }
    if let Some(save) = said::<SaveEntry>(form) {
        action.dispatch(SaveEntry { stay: true, ..save });
    }
}
