//! What else is done with one line: references, moving, splitting, merging,
//! removing.

use leptos::prelude::*;

use super::seeking::{Finding, sought};
use crate::outlines::api::{LinkEntries, MergeEntries, MoveEntry, RemoveEntry, SplitEntry, UnlinkEntries};
use crate::outlines::model::{Chosen, EntryPage, LINKS, LONGEST_TITLE, LinkLine, Seek, entry_href};
use crate::ui::Disclosure;
use crate::ui::field::{BoxGroup, Checkbox, Confirm, SelectField, TextArea, TextField};
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
    let sought = sought(&page, Seek::Reference);
    let open = sought.is_some() || form.error().get_untracked().is_some();
    let to = match sought.and_then(|sought| sought.chosen) {
        Some(Chosen { label, place, .. }) => {
            let place = if place.is_empty() {
                "this draft".to_owned()
            } else {
                place
            };
            view! {
                <input type="hidden" name="chosen" value=label.id.to_string()/>
                <p>{format!("To “{}” of {place}", label.words())}</p>
            }
            .into_any()
        }
        None => view! {
            <TextField form name="to" label="To what" required=true maxlength=LONGEST_TITLE
                hint="What was found above, or the code or the whole statement of another line of this draft."/>
        }
        .into_any(),
    };
    view! {
        <section class="stack-tight" id="references">
            <h2>"Cross-references"</h2>
            <FormErrors form=Form::of(unlink)/>
            <ul class="rows rows-tight rows-ruled" role="list">{rows}</ul>
            <Disclosure summary="Refer to another…" open>
                <Finding page what=Seek::Reference at="references" label="Find what it refers to"
                    hint="A word or a code of this draft, or of a published set."/>
                <ActionForm action=link attr:class="form">
                    <FormErrors form/>
                    <input type="hidden" name="node" value=own/>
                    <SelectField form name="kind" label="How" options=kinds/>
                    {to}
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
    let (place, href) = match line.elsewhere.clone() {
        Some((set, href)) if line.imported => (Some(format!("{set} · as imported")), href),
        Some((set, href)) => (Some(set), href),
        None => (None, entry_href(&page.set, &line.other.id)),
    };
    let other = match href.is_empty() {
        true => view! { <span>{line.other.words()}</span> }.into_any(),
        false => view! { <a href=href>{line.other.words()}</a> }.into_any(),
    };
    view! {
        <li class="row">
            <div class="row-main">
                <span class="meta">{words}": "</span>
                {other}
                {place.map(|place| view! { <p class="meta">{place}</p> })}
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

/// Moves it beneath or behind something near, or beneath anything that is found.
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
    let sought = sought(&page, Seek::Parent);
    let open = sought.is_some();
    let far = sought
        .and_then(|sought| sought.chosen)
        .map(|chosen| far_beneath(&page, chosen, action));
    view! {
        <Disclosure summary="Move it…" open>
            <ActionForm action attr:class="form">
                <FormErrors form/>
                <SelectField form name="step" label="Where to" options=spots/>
                <div class="form-actions"><button class="button small" type="submit">"Move it there"</button></div>
            </ActionForm>
            <Finding page what=Seek::Parent at="place" label="Or find what it is to stand beneath" hint="A word or a code of this draft."/>
            {far}
        </Disclosure>
    }
}

/// Where beneath what was found.
fn far_beneath(page: &EntryPage, chosen: Chosen, action: ServerAction<MoveEntry>) -> AnyView {
    let (own, parent) = (&page.id, &chosen.label.id);
    let others = chosen.beneath.iter().filter(|label| label.id != *own);
    let after = others.map(|label| {
        (
            format!("after-{} {own}", label.id),
            format!("Behind “{}”", label.words()),
        )
    });
    let spots: Vec<_> = [
        (format!("beneath-{parent} {own}"), "Last".to_owned()),
        (format!("first-{parent} {own}"), "First".to_owned()),
    ]
    .into_iter()
    .chain(after)
    .collect();
    view! {
        <ActionForm action attr:class="form">
            <SelectField form=Form::none() name="step" label=format!("Where beneath “{}”", chosen.label.words()) options=spots id="far-step"/>
            <div class="form-actions"><button class="button small" type="submit">"Move it beneath this"</button></div>
        </ActionForm>
    }
    .into_any()
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
            view! { <Checkbox form name=format!("others[{at}]") label=label.words() value=label.id.to_string()/> }
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
