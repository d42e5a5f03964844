//! Where the viewer stands with a statement, and where it goes on.

use leptos::prelude::*;

use crate::competencies::model::{EditionState, Level, Mine, Onward, counted, edition_words, level_word, node_href};
use crate::editions::model::Named;
use crate::ui::LevelDots;

/// What became of it in later editions, with a way there.
#[component]
pub fn GoesOn(onward: Onward, set: String, state: EditionState) -> impl IntoView {
    let heading = match state {
        EditionState::Retired => "This edition is retired",
        _ => "A newer edition holds it",
    };
    let words = onward.words();
    let links = (!onward.to.is_empty()).then(|| view! { <NamedList names=onward.to set/> });
    view! {
        <section class="sheet">
            <h2>{heading}</h2>
            <p>{words}</p>
            {links}
        </section>
    }
}

/// What it was split or merged from, or is another word for.
#[component]
pub fn CameFrom(names: Vec<Named>, set: String) -> impl IntoView {
    (!names.is_empty()).then(|| {
        view! {
            <section>
                <h2>"Where it came from"</h2>
                <NamedList names set/>
            </section>
        }
    })
}

/// Links to nodes of other editions of a set.
#[component]
fn NamedList(names: Vec<Named>, set: String) -> impl IntoView {
    let links = names
        .into_iter()
        .map(|named| {
            let href = node_href(&set, named.edition, &named.address);
            view! { <li><a href=href>{named.words()}</a><p class="meta">{edition_words(named.edition)}</p></li> }
        })
        .collect_view();
    view! { <ul class="rows rows-tight" role="list">{links}</ul> }
}

/// What the viewer said of it and plans, and what is needed. Of an edition that is not in
/// force nothing is said any more.
#[component]
pub fn WhereIAm(mine: Mine, levels: Vec<Level>, node: String, open: bool) -> impl IntoView {
    let rated = mine.said.is_some();
    let of = u32::try_from(levels.len().saturating_sub(1)).unwrap_or(0);
    let dots = |level: u32| view! { <LevelDots level of label=level_word(&levels, level)/> };
    let needed = mine.needed.iter().map(|needed| {
        let gap = mine.gap(needed).map(|gap| match gap {
            0 => " · no gap".to_owned(),
            gap => format!(" · a gap of {}", counted(gap, "level", "levels")),
        });
        view! {
            <li class="split standing">
                <div>"Needed"<p class="meta">{needed.role_profile.clone()}{gap}</p></div>
                {dots(needed.level)}
            </li>
        }
    });
    let needed = needed.collect_view();
    let goal = mine.goal.map(|level| {
        view! { <li class="split standing"><div><a href="/me/plan">"In my plan"</a></div>{dots(level)}</li> }
    });
    let past = mine.past_goal.map(|level| {
        view! { <li class="split standing"><div>"Was in my plan"<p class="meta">"It went on into a later edition."</p></div>{dots(level)}</li> }
    });
    let said = mine.said.as_ref().map(|said| {
        let level = match said.level {
            Some(level) => dots(level).into_any(),
            None => view! { <b>"Not part of my work"</b> }.into_any(),
        };
        view! { <li class="split standing"><div>"I said"<p class="meta">{said.day.clone()}</p></div>{level}</li> }
    });
    let earlier = (!mine.earlier.is_empty()).then(|| {
        let before: Vec<String> = mine
            .earlier
            .iter()
            .map(|one| format!("{} on {}", one.words, one.day))
            .collect();
        view! { <li><p class="meta">{format!("Before: {}", before.join("; "))}</p></li> }
    });
    let nothing = !rated && mine.needed.is_empty() && mine.goal.is_none() && mine.past_goal.is_none();
    let plan = mine.goal.is_none().then(|| {
        view! { <a class="button quiet" href=format!("/me/plan?add=node-{node}")>"Add to plan"</a> }
    });
    let buttons = open.then(|| {
        view! {
            <p class="button-row">
                <a class="button" href=format!("/me/rate?statement={node}")>{if rated { "Rate again" } else { "Rate myself" }}</a>
                {plan}
            </p>
        }
    });
    let evidence = (open || mine.evidence > 0).then(|| {
        let words = if open { "Add evidence" } else { "My evidence" };
        let so_far = (mine.evidence > 0).then(|| {
            let many = counted(mine.evidence, "piece", "pieces");
            view! { <span class="meta">{format!(" {many} so far")}</span> }
        });
        view! { <p><a href=format!("/me/evidence?statement={node}")>{words}</a>{so_far}</p> }
    });
    (open || !nothing || evidence.is_some()).then(|| {
        view! {
            <section class="sheet">
                <h2>"Where I am"</h2>
                {nothing.then(|| view! { <p class="meta">"You have not rated yourself on this yet."</p> })}
                {(!nothing).then(|| view! { <ul class="rows" role="list">{said}{needed}{goal}{past}{earlier}</ul> })}
                {buttons}
                {evidence}
            </section>
        }
    })
}
