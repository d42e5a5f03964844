use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::ratings::RatingsBody;
use crate::assessments::gaps::{GapPage, Line, Standing};
use crate::assessments::model::{Level, Said, level_label};
use crate::error::AppError;
use crate::id::PersonId;
use crate::language::foreign;
use crate::paths::segment;
use crate::plans::model::{Action, Goal};
use crate::records::components::RecordBody;
use crate::records::pages::pages_asked;
use crate::sharing::api::{load_shared_gaps, load_shared_plan, load_shared_record};
use crate::sharing::model::{Shared, SharedGaps, SharedPlan, SharedRecord, What};
use crate::ui::load::{load, loaded};
use crate::ui::{Cell, Chip, ChipLink, Crumb, EmptyState, GapBar, Page, Row, Table, Tone};

lazy_page!(
    /// Somebody's gaps, for those whom they are shown to.
    SHARED_GAPS in growth => shared_gaps
);
lazy_page!(
    /// Somebody's plan, for those whom it is shown to.
    SHARED_PLAN in growth => shared_plan
);
lazy_page!(
    /// Somebody's record of learning, for those whom it is shown to.
    SHARED_RECORD in growth => shared_record
);

pub(super) fn person() -> impl Fn() -> Option<PersonId> + Copy {
    let params = use_params_map();
    move || params.with(|params| params.get("person").and_then(|person| PersonId::parse(&person)))
}

fn shared_gaps() -> AnyView {
    let (person, query) = (person(), use_query_map());
    let page = load(
        move || {
            let page = query.with(|query| query.get("page").and_then(|page| page.parse().ok()));
            (
                person(),
                query.with(|query| query.get("profile").unwrap_or_default()),
                page,
            )
        },
        |(person, profile, page)| async move { load_shared_gaps(person.ok_or(AppError::NotFound)?, profile, page).await },
    );
    loaded(page, |shared| view! { <GapsView shared/> })
}

fn shared_plan() -> AnyView {
    let person = person();
    let page = load(person, |person| async move {
        load_shared_plan(person.ok_or(AppError::NotFound)?).await
    });
    loaded(page, |shared| view! { <PlanView shared/> })
}

fn shared_record() -> AnyView {
    let (person, pages) = (person(), pages_asked());
    let page = load(
        move || (person(), pages()),
        |(person, [courses, cohorts, _])| async move {
            load_shared_record(person.ok_or(AppError::NotFound)?, courses, cohorts).await
        },
    );
    loaded(page, |shared| view! { <SharedRecordView shared/> })
}

/// Under which terms one looks, and what else is shown.
pub(super) fn terms<T>(shared: &Shared<T>) -> (String, Vec<Crumb>, AnyView) {
    let lede = format!(
        "Shared with you for “{}”, {}. {} sees that you looked.",
        shared.purpose, shared.until, shared.name
    );
    let crumbs = vec![Crumb::new(format!("/people/{}", shared.person), shared.name.clone())];
    let others = shared.others.iter().map(|what| {
        view! { <li><ChipLink href=format!("/people/{}/{}", shared.person, what.as_str()) label=what.label()/></li> }
    });
    let some = !shared.others.is_empty();
    let others = others.collect_view();
    let others =
        some.then(|| view! { <nav aria-label="Also shared"><ul class="cluster" role="list">{others}</ul></nav> });
    (lede, crumbs, others.into_any())
}

#[component]
fn GapsView(shared: SharedGaps) -> impl IntoView {
    let (lede, crumbs, others) = terms(&shared);
    let title = format!("Gaps of {}", shared.name);
    let (person, name) = (shared.person, shared.name);
    let body = match shared.content {
        (Some(page), _) => view! { <GapsBody page person/> }.into_any(),
        (None, ratings) => view! { <RatingsBody ratings person name/> }.into_any(),
    };
    view! { <Page title=title lede=lede crumbs=crumbs>{others}{body}</Page> }
}

const HEAD: [&str; 5] = ["Statement", "Now", "Needed", "Gap", "Rated"];

#[component]
fn GapsBody(page: GapPage, person: PersonId) -> impl IntoView {
    let figures = format!(
        "{} of {} statements are at the level that {} ({}) needs. {} are not rated yet.",
        page.counts.at_level,
        page.counts.that_count(),
        page.title,
        page.edition,
        page.counts.not_rated
    );
    let others = page
        .others
        .iter()
        .map(|(slug, title)| {
            let href = format!("/people/{person}/{}?profile={}", What::Gaps.as_str(), segment(slug));
            view! { <li><ChipLink href=href label=title.clone()/></li> }
        })
        .collect_view();
    let (has_others, lang) = (!page.others.is_empty(), foreign(&page.language));
    let mut lines: Vec<Line> = page.groups.into_iter().flat_map(|group| group.lines).collect();
    lines.sort_by_cached_key(|line| (std::cmp::Reverse(line.gap()), line.position, line.node.clone()));
    let rows = lines
        .into_iter()
        .map(|line| gap_row(line, page.levels.clone(), lang.clone()))
        .collect_view();
    view! {
        <p>{figures}</p>
        {has_others.then(|| view! { <nav aria-label="Other role profiles"><ul class="cluster" role="list">{others}</ul></nav> })}
        <Table caption="Every statement of the role, the largest gaps first" head=HEAD.map(str::to_owned).to_vec()>{rows}</Table>
    }
}

fn gap_row(line: Line, levels: Vec<Level>, lang: Option<String>) -> impl IntoView {
    let now = line
        .said
        .map_or_else(|| "Not rated yet".to_owned(), |said| said.label(&levels));
    let gap = match line.said {
        Some(Said::Level(_)) => line.gap().to_string(),
        _ => "–".into(),
    };
    let rated = if line.standing() == Standing::NotRated {
        "–".to_owned()
    } else {
        line.rated_on
    };
    let code = (!line.code.is_empty()).then(|| format!("{} ", line.code));
    view! {
        <Row>
            <Cell label=HEAD[0] heading=true>
                <a class="quiet-link" href=line.href lang=lang>{code.map(|code| view! { <span class="code">{code}</span> })}{line.title}</a>
            </Cell>
            <Cell label=HEAD[1]>{now}</Cell>
            <Cell label=HEAD[2]>{level_label(&levels, line.target)}</Cell>
            <Cell label=HEAD[3] num=true>{gap}</Cell>
            <Cell label=HEAD[4]>{rated}</Cell>
        </Row>
    }
}

#[component]
fn PlanView(shared: SharedPlan) -> impl IntoView {
    let (lede, crumbs, others) = terms(&shared);
    let title = format!("Plan of {}", shared.name);
    let (goals, actions) = shared.content;
    let none = goals.is_empty() && actions.is_empty();
    let goals = (!goals.is_empty()).then(|| {
        let rows = goals.into_iter().map(goal_row).collect_view();
        view! { <section><h2>"Goals"</h2><ul class="rows rows-ruled" role="list">{rows}</ul></section> }
    });
    let actions = (!actions.is_empty()).then(|| {
        let rows = actions.into_iter().map(action_row).collect_view();
        view! { <section><h2>"Actions"</h2><ul class="rows rows-ruled" role="list">{rows}</ul></section> }
    });
    view! {
        <Page title=title lede=lede crumbs=crumbs>
            {others}
            {none.then(|| view! { <EmptyState title="Nothing planned yet"><p>"Goals and actions stand here once there are some."</p></EmptyState> })}
            {goals}
            {actions}
        </Page>
    }
}

fn goal_row(goal: Goal) -> impl IntoView {
    let words = goal.words();
    let of = u32::try_from(goal.levels.len()).unwrap_or(1).saturating_sub(1);
    let end = match goal.is_reached() {
        true => Some(view! { <Chip label="Reached" tone=Tone::Accent/> }.into_any()),
        false => (!goal.due.label.is_empty())
            .then(|| view! { <Chip label=goal.due.label.clone() tone=Tone::Plain/> }.into_any()),
    };
    view! {
        <li class="gap-row">
            <span class="code">{goal.code}</span>
            <div>
                <a class="quiet-link" href=goal.href lang=foreign(&goal.language)>{goal.title}</a>
                <p class="meta">{words.clone()}</p>
            </div>
            <GapBar current=goal.now target=goal.level of label=words/>
            <span>{end}</span>
        </li>
    }
}

fn action_row(action: Action) -> impl IntoView {
    let title = match action.href {
        Some(href) => {
            view! { <a class="quiet-link" href=href lang=foreign(&action.language)>{action.title}</a> }.into_any()
        }
        None => view! { <span lang=foreign(&action.language)>{action.title}</span> }.into_any(),
    };
    let when = match action.done {
        Some(day) => format!("Done {day}"),
        None => action.due.label,
    };
    view! {
        <li class="row">
            <span class="row-start plan-kind">{action.kind.label()}</span>
            <div class="row-main">{title}</div>
            <span class="meta">{when}</span>
        </li>
    }
}

#[component]
fn SharedRecordView(shared: SharedRecord) -> impl IntoView {
    let (lede, crumbs, others) = terms(&shared);
    let title = format!("Record of learning of {}", shared.name);
    let base = format!("/people/{}/{}", shared.person, What::Record.as_str());
    let record = shared.content;
    let words = match record.is_empty() {
        true => view! { <EmptyState title="Nothing finished yet"><p>"Finished lessons and cohorts stand here once there are some."</p></EmptyState> }.into_any(),
        false => view! { <p>{record.words()}</p> }.into_any(),
    };
    view! {
        <Page title=title lede=lede crumbs=crumbs>
            {others}
            {words}
            <RecordBody record base/>
        </Page>
    }
}
