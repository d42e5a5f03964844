//! Looking for statements within an edition: words, kind, topic, and what there is
//! to learn them from. A plain form; what it asks stands in the address.

use leptos::prelude::*;
use leptos_router::params::ParamsMap;

use crate::competencies::model::{Looking, SetPage, counted, edition_href, level_word};
use crate::ui::field::{Checkbox, SelectField, TextField};
use crate::ui::form::Form;
use crate::ui::{Disclosure, EmptyState, Icon};

/// What the address asks for.
pub fn asked(query: &ParamsMap) -> Looking {
    let part = |name: &str| query.get(name).unwrap_or_default();
    let level = part("level").parse().ok();
    let learning = !part("learning").is_empty();
    Looking::new(&part("q"), &part("kind"), &part("topic"), learning, level)
}

/// The form, and what became of it.
#[component]
pub fn Find(set: SetPage) -> impl IntoView {
    let form = Form::none();
    let looking = set.looking;
    let action = edition_href(&set.slug, set.shown.number);
    let plain = action.clone();
    let any = |words: &str| (String::new(), words.to_owned());
    let kinds: Vec<(String, String)> = set.kinds.iter().map(|kind| (kind.clone(), kind.clone())).collect();
    let kinds = (kinds.len() > 1).then(|| std::iter::once(any("Every kind")).chain(kinds).collect::<Vec<_>>());
    let topics: Vec<(String, String)> = set.topics.iter().map(|topic| (topic.clone(), topic.clone())).collect();
    let topics = (!topics.is_empty()).then(|| std::iter::once(any("Every topic")).chain(topics).collect::<Vec<_>>());
    let levels = (0..u32::try_from(set.levels.len()).unwrap_or(0))
        .map(|level| (level.to_string(), level_word(&set.levels, level)));
    let levels: Vec<(String, String)> = std::iter::once(any("Any level")).chain(levels).collect();
    let level = looking.level.map(|level| level.to_string()).unwrap_or_default();
    let active = looking.is_active();
    let summary = if active {
        "Search in these statements (on)"
    } else {
        "Search in these statements"
    };
    let outcome = set.found.map(|found| {
        let words = match found {
            0 => "Nothing in this edition is so.".to_owned(),
            found => format!("{} found.", counted(found, "entry", "entries")),
        };
        view! { <p role="status">{words}" "<a href=plain>"Show all"</a></p> }
    });
    let nothing = (set.found == Some(0)).then(|| {
        view! {
            <EmptyState title="No statement matches" icon=Icon::Search>
                <p>"Try fewer or other words, or look through the whole tree."</p>
            </EmptyState>
        }
    });
    view! {
        <Disclosure summary=summary open=active>
            <form class="form" method="get" action=action role="search" aria-label="These statements" lang="en">
                <TextField form name="q" label="Words" kind="search" value=looking.words maxlength=200 id="find-words"
                    hint="Of a statement, its code, its description, its details, notes, topics or sources."/>
                {kinds.map(|kinds| view! { <SelectField form name="kind" label="Kind" options=kinds value=looking.kind id="find-kind"/> })}
                {topics.map(|topics| view! { <SelectField form name="topic" label="Topic" options=topics value=looking.topic id="find-topic"/> })}
                <SelectField form name="level" label="With something to learn that serves" options=levels value=level id="find-level"/>
                <Checkbox form name="learning" label="Only with a course or resource" checked=looking.learning/>
                <div class="form-actions"><button class="button small" type="submit">"Search"</button></div>
            </form>
        </Disclosure>
        {outcome}
        {nothing}
    }
}
