use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::growth_tabs;
use crate::assessments::api::{ChooseProfile, PutProfileAway, load_growth};
use crate::assessments::model::{GrowthPage, HistoryPoint, ProfileChoice, Progress};
use crate::assessments::sitting;
use crate::paths::segment;
use crate::start::use_viewer;
use crate::ui::load::{load, loaded};
use crate::ui::{ChartPoint, EmptyState, Icon, LineChart, Notice, Page, Pager, Progress as ProgressBar, Toast, Tone};
use crate::viewer::Viewer;

lazy_page!(
    /// My growth: what I chose, how far I am, what I could choose.
    GROWTH in growth => growth
);

fn growth() -> AnyView {
    let query = use_query_map();
    let (choose, put_away) = (
        ServerAction::<ChooseProfile>::new(),
        ServerAction::<PutProfileAway>::new(),
    );
    let growth = load(
        move || {
            let profile = query.with(|query| query.get("away").or_else(|| query.get("profile")).unwrap_or_default());
            let page = query.with(|query| query.get("page").and_then(|page| page.parse().ok()));
            (profile, page, choose.version().get(), put_away.version().get())
        },
        |(profile, page, ..)| load_growth(profile, page),
    );
    loaded(growth, move |growth| view! { <GrowthView growth choose put_away/> })
}

#[component]
fn GrowthView(
    growth: GrowthPage,
    choose: ServerAction<ChooseProfile>,
    put_away: ServerAction<PutProfileAway>,
) -> impl IntoView {
    let nothing_chosen = growth.chosen.is_empty();
    // A role that is back on the list is not away any more.
    let away = use_query_map().with_untracked(|query| query.get("away"));
    let away = away.filter(|slug| growth.chosen.iter().all(|chosen| chosen.slug != *slug));
    let is_away = away.is_some();
    let offered = growth.offered.map(|choice| match is_away {
        true => view! { <PutAway choice choose/> }.into_any(),
        false => view! { <Offer choice choose/> }.into_any(),
    });
    let unknown = (is_away && offered.is_none())
        .then(|| view! { <Notice tone=Tone::Accent>"The role is off your list. What you rated is kept."</Notice> });
    let max = growth.chosen.first().map_or(0, |newest| newest.counted);
    let history = growth
        .chosen
        .first()
        .map(|newest| newest.title.clone())
        .zip(Some(growth.history));
    let chosen = growth
        .chosen
        .into_iter()
        .map(|progress| view! { <ChosenRow progress put_away/> })
        .collect_view();
    let none_to_choose = growth.choices.is_empty();
    let choices = growth
        .choices
        .into_iter()
        .map(|choice| view! { <ChoiceRow choice choose/> })
        .collect_view();
    let lede = "Rate yourself, see the gaps, make a plan. Only you see this, and those you share it with.";
    view! {
        <Page title="My growth" lede=lede.to_string()>
            {growth_tabs()}
            {unknown}
            {offered}
            {(!nothing_chosen).then(|| view! {
                <section>
                    <h2>"My roles"</h2>
                    <ul class="rows rows-ruled" role="list">{chosen}</ul>
                </section>
            })}
            {history.map(|(title, points)| view! { <History title points max/> })}
            <p><a href="/me/evidence">"My evidence for what I say of myself"</a></p>
            <section id="choose">
                {(nothing_chosen || !none_to_choose).then(|| view! {
                    <h2>{if nothing_chosen { "Choose a role profile" } else { "Other role profiles" }}</h2>
                })}
                {nothing_chosen.then(|| view! {
                    <p class="lede">"A role profile names the statements that a kind of job needs, each with a level. Choose the job you have, or the one you want next."</p>
                })}
                {match (none_to_choose, nothing_chosen) {
                    (true, true) => view! { <NoRoles/> }.into_any(),
                    (true, false) => ().into_any(),
                    (false, _) => view! { <ul class="rows rows-ruled" role="list">{choices}</ul> }.into_any(),
                }}
                <Pager page=growth.page pages=growth.pages base="/me"/>
                {(!none_to_choose || !nothing_chosen).then(|| view! { <p><a href="/me/rate?by=section">"Rate a section of the index instead"</a></p> })}
            </section>
        </Page>
    }
}

/// Where there is nothing to choose.
#[component]
fn NoRoles() -> impl IntoView {
    let makes = use_viewer().with_untracked(Viewer::may_make_profiles);
    let action = view! { <a class="button" href="/me/rate?by=section">"Rate by section"</a> }.into_any();
    let words = match makes {
        true => {
            "Open a set in the index and make one: it says what a kind of job needs, and people see the gap to it. Until then everyone can rate themselves section by section."
        }
        false => "Curators make them for a published set. Until then you can rate yourself section by section.",
    };
    view! {
        <EmptyState title="No role profiles yet" icon=Icon::Index action>
            <p>{words}</p>
            {makes.then(|| view! { <p><a href="/index">"See the sets"</a></p> })}
        </EmptyState>
    }
}

/// A role profile that was just put away, and the way back.
#[component]
fn PutAway(choice: ProfileChoice, choose: ServerAction<ChooseProfile>) -> impl IntoView {
    view! {
        <Toast>
            <span>{format!("{} is off your list. What you rated is kept.", choice.title)}</span>
            <ActionForm action=choose>
                <input type="hidden" name="profile" value=choice.slug/>
                <button class="link-button" type="submit">"Undo"<span class="visually-hidden">{format!(" {}", choice.title)}</span></button>
            </ActionForm>
        </Toast>
    }
}

/// The role profile that the address asked for.
#[component]
fn Offer(choice: ProfileChoice, choose: ServerAction<ChooseProfile>) -> impl IntoView {
    let minutes = sitting::minutes(choice.statements);
    view! {
        <section class="sheet">
            <h2>{choice.title}</h2>
            <p>{choice.description}</p>
            <p class="meta">
                {format!("{}. {} statements, about {minutes} minutes in all, in sittings of ten.", choice.set, choice.statements)}
            </p>
            <ActionForm action=choose>
                <input type="hidden" name="profile" value=choice.slug/>
                <button class="button" type="submit">"Choose this role"</button>
            </ActionForm>
        </section>
    }
}

#[component]
fn ChosenRow(progress: Progress, put_away: ServerAction<PutProfileAway>) -> impl IntoView {
    let slug = segment(&progress.slug);
    let unrated = progress.total.saturating_sub(progress.rated);
    let left = sitting::left(unrated).to_lowercase();
    let words = format!("{} of {} rated, {left}", progress.rated, progress.total);
    let go_on = progress.sitting.map(|sitting| {
        let words = if progress.rated == 0 {
            "Start rating"
        } else {
            "Continue"
        };
        view! {
            <a class="button" href=format!("/me/rate?profile={slug}&sitting={sitting}")>
                {words}<span class="visually-hidden">{format!(": {}", progress.title)}</span>
            </a>
        }
    });
    let label = format!("Statements rated for {}", progress.title);
    let hidden = format!(" {}", progress.title);
    view! {
        <li class="row growth-row">
            <div class="row-main stack">
                <div>
                    <h3 class="row-title">{progress.title.clone()}</h3>
                    <p class="meta">{format!("{} · {} of {} at the level this role needs", progress.set, progress.at_level, progress.counted)}</p>
                </div>
                <ProgressBar done=progress.rated of=progress.total label=label text=words/>
                {(!progress.open).then(|| view! { <p class="meta">"A newer edition has taken the place of this one. Your ratings are kept; new ones go to the new edition."</p> })}
            </div>
            <div class="row-end cluster">
                <ActionForm action=put_away>
                    <input type="hidden" name="profile" value=progress.slug/>
                    <button class="link-button" type="submit">
                        "Put away"<span class="visually-hidden">{hidden}</span>
                    </button>
                </ActionForm>
                <a class="button quiet" href=format!("/me/gaps?profile={slug}")>
                    "Gaps"<span class="visually-hidden">{format!(" to {}", progress.title)}</span>
                </a>
                {go_on}
            </div>
        </li>
    }
}

#[component]
fn History(title: String, points: Vec<HistoryPoint>, max: u32) -> impl IntoView {
    let first_steps = points.len() < 2;
    let points: Vec<ChartPoint> = points
        .into_iter()
        .map(|point| ChartPoint {
            text: format!("{} of {max}", point.at_level),
            label: point.label,
            value: point.at_level,
        })
        .collect();
    view! {
        <section>
            <h2>"How far I have come"</h2>
            {if first_steps {
                view! { <p class="meta">"A line appears here once you have rated on more than one day."</p> }.into_any()
            } else {
                view! { <LineChart title=format!("Statements at the level {title} needs") points max/> }.into_any()
            }}
        </section>
    }
}

#[component]
fn ChoiceRow(choice: ProfileChoice, choose: ServerAction<ChooseProfile>) -> impl IntoView {
    let hidden = format!(" {}", choice.title);
    view! {
        <li class="row">
            <div class="row-main">
                <h3 class="row-title">{choice.title.clone()}</h3>
                <p>{choice.description}</p>
                <p class="meta">{format!("{} · {} statements, about {} minutes", choice.set, choice.statements, sitting::minutes(choice.statements))}</p>
            </div>
            <div class="row-end">
                <ActionForm action=choose>
                    <input type="hidden" name="profile" value=choice.slug/>
                    <button class="button quiet" type="submit">
                        "Choose"<span class="visually-hidden">{hidden}</span>
                    </button>
                </ActionForm>
            </div>
        </li>
    }
}
