//! Beside the tree of a set: its editions, where it comes from, what came of it, and
//! what one may take along.

use leptos::prelude::*;

use crate::competencies::model::{EditionCard, edition_href, edition_words};
use crate::derivations::model::{DerivedSet, SourceLink, derive_href, source_href};
use crate::editions::model::{changes_href, editions_href};
use crate::ui::{ChipTo, Pager};

/// Its editions, who wrote it and how it may be used.
#[component]
pub fn Facts(
    editions: Vec<EditionCard>,
    shown: EditionCard,
    slug: String,
    creator: String,
    licence: String,
    may_curate: bool,
) -> impl IntoView {
    let earlier = editions
        .iter()
        .any(|edition| edition.number < shown.number && edition.state.is_public());
    let changes = earlier.then(|| {
        view! { <li><a href=changes_href(&slug, shown.number)>"What changed in this edition"</a></li> }
    });
    let studio = may_curate.then(|| {
        view! { <li><a href=editions_href(&slug)>"Drafts and the statement map"</a></li> }
    });
    let links = editions
        .into_iter()
        .map(|edition| {
            let words = format!(
                "{}, {}",
                edition_words(edition.number),
                if edition.partial {
                    format!("{}, some sections", edition.state.label().to_ascii_lowercase())
                } else {
                    edition.state.label().to_ascii_lowercase()
                }
            );
            let current = (edition.number == shown.number).then_some("true");
            view! {
                <li>
                    <a href=edition_href(&slug, edition.number) aria-current=current>{words}</a>
                    " "<span class="meta">{edition.day}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <section>
            <h2>"Editions"</h2>
            <ul class="rows rows-tight" role="list">{links}{changes}{studio}</ul>
        </section>
        {(!creator.is_empty() || !licence.is_empty()).then(|| view! {
            <section>
                <h2>"Where it comes from"</h2>
                <dl class="facts">
                    {(!creator.is_empty()).then(|| view! { <dt>"Written by"</dt><dd>{creator}</dd> })}
                    {(!licence.is_empty()).then(|| view! { <dt>"Licence"</dt><dd class="wrap">{licence}</dd> })}
                </dl>
            </section>
        })}
    }
}

/// Where a derived set comes from, and what of it differs where one may see it.
#[component]
pub fn DerivedFrom(source: SourceLink, set: String, differs: bool) -> impl IntoView {
    let words = format!("{}, {}", source.title, edition_words(source.number));
    let differences = differs.then(|| view! { " "<ChipTo href=source_href(&set) label="What differs from it"/> });
    view! {
        <p>
            "Derived from "<a href=edition_href(&source.slug, source.number)>{words}</a>" by "{source.owner}"."{differences}
        </p>
    }
}

/// What others derived from a set, and the way to do so.
#[component]
pub fn Derived(
    set: String,
    number: u32,
    derived: Vec<DerivedSet>,
    /// Which page of them, and of how many.
    page: (u32, u32),
    may_derive: bool,
) -> impl IntoView {
    if derived.is_empty() && page.1 < 2 && !may_derive {
        return ().into_any();
    }
    let rows = derived
        .into_iter()
        .map(|one| {
            view! {
                <li><a href=format!("/index/{}", crate::paths::segment(&one.slug))>{one.title}</a>" "<span class="meta">{one.owner}</span></li>
            }
        })
        .collect::<Vec<_>>();
    let derive = may_derive.then(|| view! { <p><a href=derive_href(&set, number)>"Derive a set"</a></p> });
    let some = !rows.is_empty();
    view! {
        <section>
            <h2>{if some { "Derived from it" } else { "For your own organisation" }}</h2>
            {some.then(|| view! { <ul class="rows rows-tight" role="list">{rows.into_iter().collect_view()}</ul> })}
            <Pager page=page.0 pages=page.1 base=edition_href(&set, number) name="derived" label="Pages of derived sets"/>
            {derive}
        </section>
    }
    .into_any()
}

/// What one may take along.
#[component]
pub fn Downloads(slug: String, number: u32) -> impl IntoView {
    let base = edition_href(&slug, number);
    view! {
        <section>
            <h2>"Take it with you"</h2>
            <ul class="rows rows-tight" role="list">
                <li><a href=format!("{base}/publication")>"To read and to print"</a>" "<span class="meta">"PDF, EPUB, Word"</span></li>
                <li><a href=format!("{base}/export/case.json") download="">"CASE package"</a>" "<span class="meta">"JSON, for competency systems"</span></li>
                <li><a href=format!("{base}/export/moodle.csv") download="">"Moodle framework"</a>" "<span class="meta">"CSV"</span></li>
                <li><a href=format!("{base}/export/sheet.xlsx") download="">"Spreadsheet"</a>" "<span class="meta">"XLSX"</span></li>
                <li><a href=format!("{base}/export/sheet.csv") download="">"Spreadsheet, as plain text"</a>" "<span class="meta">"CSV"</span></li>
            </ul>
        </section>
    }
}
