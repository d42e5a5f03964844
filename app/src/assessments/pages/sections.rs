//! Rating without a role profile, section by section.

use leptos::prelude::*;

use super::{crumbs, growth_tabs};
use crate::assessments::model::SectionsToRate;
use crate::paths::segment;
use crate::role_profiles::model::profiles_href;
use crate::start::use_viewer;
use crate::ui::{ChipLink, EmptyState, Icon, Page, Progress};
use crate::viewer::Viewer;

#[component]
pub(super) fn SectionsView(sections: SectionsToRate) -> impl IntoView {
    let makes = use_viewer().with_untracked(Viewer::may_make_profiles);
    let (roles, chosen) = (sections.roles, sections.chosen);
    let lede = match (chosen, roles) {
        (true, _) => "Any section of the index, whether your role needs it or not.",
        (false, true) => "Choose a role first, and you see the gap to what it needs. Or rate any section of the index.",
        (false, false) => {
            "There is no role profile to choose yet, so there are no gaps to see. You can rate any section of the index all the same; it counts once there is one."
        }
    };
    let choose = (!chosen && roles).then(|| view! { <p><a class="button" href="/me">"Choose a role profile"</a></p> });
    let body = match sections.shown.clone() {
        Some(shown) => view! { <Chosen sections shown makes/> }.into_any(),
        None => view! {
            <EmptyState title="Nothing is published yet" icon=Icon::Index>
                <p>"Once a competency set is published, you can rate yourself here."</p>
            </EmptyState>
        }
        .into_any(),
    };
    view! {
        <Page title="Rate yourself" lede=lede.to_string() crumbs=crumbs()>
            {growth_tabs()}
            {choose}
            {body}
        </Page>
    }
}

#[component]
fn Chosen(sections: SectionsToRate, shown: String, makes: bool) -> impl IntoView {
    let set = sections.sets.iter().find(|set| set.slug == shown);
    let title = set.map(|set| set.title.clone()).unwrap_or_default();
    let without = set.is_some_and(|set| !set.roles);
    let chips = (sections.sets.len() > 1).then(|| {
        let chips = sections.sets.into_iter().map(|set| {
            let href = format!("/me/rate?by=section&set={}", segment(&set.slug));
            view! { <ChipLink href label=set.title current=set.slug == shown/> }
        });
        view! { <nav class="cluster" aria-label="Competency sets">{chips.collect_view()}</nav> }
    });
    let none = sections.sections.is_empty();
    let rows = sections
        .sections
        .into_iter()
        .map(|(node, part)| {
            let href = format!("/me/rate?section={node}");
            let words = part.title;
            let label = format!("Statements rated in {words}");
            view! {
                <li class="row">
                    <div class="row-main">{words.clone()}<Progress done=part.rated of=part.total label/></div>
                    <div class="row-end"><a class="button quiet" href=href>"Rate"<span class="visually-hidden">{format!(" {words}")}</span></a></div>
                </li>
            }
        })
        .collect_view();
    let index = format!("/index/{}", segment(&shown));
    let make = (makes && without).then(|| {
        view! { <p>"Nobody has said what jobs need of it. "<a href=profiles_href(&shown)>"Make a role profile"</a></p> }
    });
    view! {
        {chips}
        <section>
            <h2>{title}</h2>
            {if none {
                view! { <p>"It has no sections. "<a href=index>"Open it"</a>", and rate its statements one by one."</p> }.into_any()
            } else {
                view! { <ul class="rows rows-ruled" role="list">{rows}</ul> }.into_any()
            }}
            {make}
        </section>
    }
}
