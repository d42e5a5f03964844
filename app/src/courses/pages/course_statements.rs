//! The statements that a course serves: finding them, and saying up to which
//! level.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::courses::model::{Aligned, CourseDraft};
use crate::courses::writing_api::{AlignCourse, UnalignCourse};
use crate::lookups::api::FindStatements;
use crate::ui::field::BareSelect;
use crate::ui::form::{Form, FormErrors};
use crate::ui::{Chip, Combobox, LevelDots, Tone};

#[component]
pub(super) fn Statements(
    course: CourseDraft,
    align: ServerAction<AlignCourse>,
    unalign: ServerAction<UnalignCourse>,
) -> impl IntoView {
    let id = course.id.to_string();
    let here = format!("/studio/courses/{}", course.slug);
    let suggest = <FindStatements as ServerFn>::PATH;
    let none = course.aligned.is_empty();
    let aligned = course
        .aligned
        .iter()
        .cloned()
        .map(|one| view! { <AlignedRow course=id.clone() one action=unalign/> });
    let aligned = aligned.collect_view();
    let found = view! { <Found course=course.clone() action=align/> };
    view! {
        <section id="statements">
            <h2>"Statements it serves"</h2>
            <FormErrors form=Form::of(align)/>
            {if none {
                view! { <p class="meta">"Say which statements of the index this course helps with, so that people find it from their gaps."</p> }
                    .into_any()
            } else {
                view! { <ul class="rows rows-tight rows-ruled" role="list">{aligned}</ul> }.into_any()
            }}
            <Combobox
                label="Find statements" of="Statements" hint="A word or a code of a published set." id="find-statement"
                action=format!("{here}#statements") suggest
                to=format!("{here}?q={{word}}#statements") value=course.query
            />
            {found}
        </section>
    }
}

#[component]
fn AlignedRow(course: String, one: Aligned, action: ServerAction<UnalignCourse>) -> impl IntoView {
    let (level, of, label) = (one.level, one.of(), one.level_label());
    let remove = format!("Remove {} {}", one.code, one.title);
    view! {
        <li class="row">
            <span class="row-start code">{one.code}</span>
            <a class="row-main" href=one.href>{one.title}</a>
            <span class="row-end"><LevelDots level of label/></span>
            <ActionForm action>
                <input type="hidden" name="course" value=course/>
                <input type="hidden" name="node" value=one.node.to_string()/>
                <button class="link-button" type="submit" aria-label=remove>"Remove"</button>
            </ActionForm>
        </li>
    }
}

/// What the search found, each with a level to choose.
#[component]
fn Found(course: CourseDraft, action: ServerAction<AlignCourse>) -> impl IntoView {
    if course.query.is_empty() {
        return ().into_any();
    }
    if course.found.is_empty() {
        let words = format!("No published statement holds “{}”. Try another word.", course.query);
        return view! { <p role="status">{words}</p> }.into_any();
    }
    let more = course
        .more
        .then(|| view! { <p class="meta">"These are the first 20. Add a word to see fewer."</p> });
    let rows = course
        .found
        .into_iter()
        .map(|(one, set)| {
            let already = course
                .aligned
                .iter()
                .find(|aligned| aligned.node == one.node)
                .map(|aligned| aligned.level);
            view! { <FoundRow course=course.id.to_string() one set already action/> }
        })
        .collect_view();
    view! { <ul class="rows rows-tight rows-ruled" role="list">{rows}</ul>{more} }.into_any()
}

#[component]
fn FoundRow(
    course: String,
    one: Aligned,
    set: String,
    already: Option<u32>,
    action: ServerAction<AlignCourse>,
) -> impl IntoView {
    // Nothing is chosen before somebody chooses.
    let chosen = already.map_or_else(String::new, |level| level.to_string());
    let nothing = already
        .is_none()
        .then(|| (String::new(), "Up to which level?".to_owned()));
    let levels = one.levels.iter().zip(0_u32..).skip(1);
    let levels = levels.map(|(label, level)| (level.to_string(), format!("up to {}", label.to_lowercase())));
    let options: Vec<_> = nothing.into_iter().chain(levels).collect();
    let name = if one.code.is_empty() {
        one.title.clone()
    } else {
        one.code.clone()
    };
    let word = if already.is_some() { "Change" } else { "Align" };
    view! {
        <li class="row">
            <span class="row-start code">{one.code}</span>
            <div class="row-main">
                {one.title}" "{already.is_some().then(|| view! { <Chip label="aligned" tone=Tone::Accent/> })}
                <p class="meta">{set}</p>
            </div>
            <ActionForm action attr:class="cluster">
                <input type="hidden" name="course" value=course/>
                <input type="hidden" name="node" value=one.node.to_string()/>
                <BareSelect name="level" label=format!("Level that the course serves of {name}") options value=chosen required=true/>
                <button class="button small" type="submit" aria-label=format!("{word} {name}")>{word}</button>
            </ActionForm>
        </li>
    }
}
