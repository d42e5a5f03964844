//! What else is done with one line: references, moving, splitting, merging,
//! removing.

use leptos::prelude::*;

use crate::outlines::api::{LinkEntries, MergeEntries, MoveEntry, RemoveEntry, SplitEntry, UnlinkEntries};
use crate::outlines::model::{EntryPage, LINKS, LONGEST_TITLE, LinkLine, entry_href};
use crate::ui::Disclosure;
use crate::ui::field::{BoxGroup, Confirm, SelectField, TextArea, TextField};
use crate::ui::form::{Form, FormErrors};

#[component]
pub(super) fn Links(
    page: EntryPage,
    link: ServerAction<LinkEntries>,
    unlink: ServerAction<UnlinkEntries>,
) -> impl IntoView {
    let form = Form::of(link);
    let kinds = LINKS
        .iter()
        .map(|(kind, words)| ((*kind).to_owned(), (*words).to_owned()))
        .collect();
    let own = page.id.to_string();
    let rows = page
        .links
        .iter()
        .map(|line| link_row(&page, line, unlink))
        .collect_view();
    let open = form.error().get_untracked().is_some();
    view! {
        <section class="stack-tight" id="references">
            <h2>"Cross-references"</h2>
            <FormErrors form=Form::of(unlink)/>
            <ul class="rows rows-tight rows-ruled" role="list">{rows}</ul>
            <Disclosure summary="Refer to another…" open>
                <ActionForm action=link attr:class="form">
                    <FormErrors form/>
                    <input type="hidden" name="node" value=own/>
                    <SelectField form name="kind" label="How" options=kinds/>
                    <TextField form name="to" label="To what" required=true maxlength=LONGEST_TITLE
                        hint="Its code, or the whole statement, in this draft."/>
                    <div class="form-actions"><button class="button small" type="submit">"Refer to it"</button></div>
                </ActionForm>
            </Disclosure>
        </section>
    }
}

fn link_row(page: &EntryPage, line: &LinkLine, unlink: ServerAction<UnlinkEntries>) -> AnyView {
    let (from, to) = if line.out {
        (&page.id, &line.other.id)
    } else {
        (&line.other.id, &page.id)
    };
    let words = if line.out {
        line.words.clone()
    } else {
        format!("Referred to from ({})", line.words)
    };
    let label = format!("Take out the reference to {}", line.other.words());
    let (from, to, kind) = (from.to_string(), to.to_string(), line.kind.clone());
    view! {
        <li class="row">
            <div class="row-main">
                <span class="meta">{words}": "</span>
                <a href=entry_href(&page.set, &line.other.id)>{line.other.words()}</a>
            </div>
            <ActionForm action=unlink attr:class="row-end">
                <input type="hidden" name="node" value=from/>
                <input type="hidden" name="to" value=to/>
                <input type="hidden" name="kind" value=kind/>
                <button class="button quiet small" type="submit" aria-label=label>"Take out"</button>
            </ActionForm>
        </li>
    }
    .into_any()
}

/// Moves it beneath something that it stands beside or beneath.
#[component]
pub(super) fn Elsewhere(page: EntryPage, action: ServerAction<MoveEntry>) -> impl IntoView {
    let form = Form::of(action);
    let own = page.id.clone();
    let beneath = page.siblings.iter().map(|label| {
        (
            format!("beneath-{} {own}", label.id),
            format!("Beneath “{}”", label.words()),
        )
    });
    let after = page.siblings.iter().chain(page.above.iter().rev()).map(|label| {
        (
            format!("after-{} {own}", label.id),
            format!("Behind “{}”", label.words()),
        )
    });
    let spots: Vec<_> = after
        .chain(beneath)
        .chain([(format!("top {own}"), "At the top, last".to_owned())])
        .collect();
    view! {
        <Disclosure summary="Move it…">
            <ActionForm action attr:class="form">
                <FormErrors form/>
                <SelectField form name="step" label="Where to" options=spots/>
                <div class="form-actions"><button class="button small" type="submit">"Move it there"</button></div>
            </ActionForm>
        </Disclosure>
    }
}

#[component]
pub(super) fn Split(page: EntryPage, action: ServerAction<SplitEntry>) -> impl IntoView {
    let form = Form::matching(action, &[("node", page.id.as_str())]);
    let open = form.error().get_untracked().is_some();
    view! {
        <Disclosure summary="Split it…" open>
            <ActionForm action attr:class="form">
                <FormErrors form/>
                <input type="hidden" name="node" value=page.id.to_string()/>
                <input type="hidden" name="key" value=page.key/>
                <TextArea form name="texts" label="The parts" value=page.label.title rows=4 required=true maxlength=40_000
                    hint="A statement a line. The first keeps what people have said of this one, with its details."/>
                <div class="form-actions"><button class="button small" type="submit">"Split it"</button></div>
            </ActionForm>
        </Disclosure>
    }
}

#[component]
pub(super) fn Merge(page: EntryPage, action: ServerAction<MergeEntries>) -> impl IntoView {
    let form = Form::matching(action, &[("node", page.id.as_str())]);
    let open = form.error().get_untracked().is_some();
    let boxes = page
        .siblings
        .iter()
        .enumerate()
        .map(|(at, label)| {
            view! {
                <label class="choice">
                    <input type="checkbox" name=format!("others[{at}]") value=label.id.to_string()/>
                    <span>{label.words()}</span>
                </label>
            }
        })
        .collect_view();
    let beside = (!page.siblings.is_empty())
        .then(|| view! { <BoxGroup form name="others" legend="Which of those beside it">{boxes}</BoxGroup> });
    view! {
        <Disclosure summary="Make it one with others…" open>
            <ActionForm action attr:class="form">
                <FormErrors form/>
                <input type="hidden" name="node" value=page.id.to_string()/>
                {beside}
                <TextField form name="elsewhere" label="Others, elsewhere in the draft" maxlength=4_000
                    hint="Codes or whole statements, a semicolon between. What they say beside their text comes along." id="merged-elsewhere"/>
                <TextArea form name="title" label="What it then says" value=page.label.title rows=2 required=true
                    maxlength=LONGEST_TITLE id="merged-title"/>
                <div class="form-actions"><button class="button small" type="submit">"Make them one"</button></div>
            </ActionForm>
        </Disclosure>
    }
}

#[component]
pub(super) fn Remove(page: EntryPage, action: ServerAction<RemoveEntry>) -> impl IntoView {
    let form = Form::matching(action, &[("node", page.id.as_str())]);
    let open = form.error().get_untracked().is_some();
    let label = match page.beneath {
        0 => format!("Remove “{}”", page.label.title),
        beneath => format!("Remove “{}” and the {beneath} beneath it", page.label.title),
    };
    view! {
        <div id="remove">
            <Disclosure summary="Remove it…" open>
                <ActionForm action attr:class="form">
                    <FormErrors form/>
                    <input type="hidden" name="node" value=page.id.to_string()/>
                    <Confirm form label=label/>
                    <div class="form-actions"><button class="button danger small" type="submit">"Remove it"</button></div>
                </ActionForm>
            </Disclosure>
        </div>
    }
}
