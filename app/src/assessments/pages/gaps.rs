use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::gaps_table::GapsTable;
use super::{NothingChosen, crumbs, growth_tabs};
use crate::assessments::api::load_gaps;
use crate::assessments::gaps::{Counts, GapPage, Group, Line, Sort, Standing};
use crate::assessments::model::{Level, Said};
use crate::competencies::model::edition_words;
use crate::language::foreign;
use crate::paths::segment;
use crate::ui::load::{load, loaded};
use crate::ui::{ChipLink, ChipTo, Disclosure, EmptyState, GapBar, HeatChart, HeatRow, Icon, Page, Tone};

lazy_page!(
    /// Gaps to a role, as bars and as the same figures in a table.
    GAPS in growth => gaps
);

fn gaps() -> AnyView {
    let query = use_query_map();
    let text = move |name: &'static str| Memo::new(move |_| query.with(|query| query.get(name).unwrap_or_default()));
    let (profile, sort, view) = (text("profile"), text("sort"), text("view"));
    let gaps = load(
        move || (profile.get(), sort.get()),
        |(profile, sort)| load_gaps(profile, sort),
    );
    loaded(gaps, move |page| match page {
        Some(page) => view! {
            {move || view! { <GapsView page=page.clone() sort=Sort::parse(&sort.get()) table=view.get() == "table"/> }}
        }
        .into_any(),
        None => view! { <NothingChosen title="Gaps"/> }.into_any(),
    })
}

/// "57 of 84 statements are at the level this role needs."
fn lede(counts: Counts, open: bool) -> String {
    let mut words = match open {
        true => String::new(),
        false => "This edition is retired: here is how it was. ".to_owned(),
    };
    words.push_str(&format!(
        "{} of {} statements are at the level this role needs.",
        counts.at_level,
        counts.that_count()
    ));
    match counts.not_rated {
        0 => {}
        1 => words.push_str(" 1 is not rated yet."),
        n => words.push_str(&format!(" {n} are not rated yet.")),
    }
    match counts.not_my_work {
        0 => {}
        1 => words.push_str(" 1 is not part of your work."),
        n => words.push_str(&format!(" {n} are not part of your work.")),
    }
    words.push_str(" Only you see this, and those you share it with.");
    words
}

#[component]
fn GapsView(page: GapPage, sort: Sort, table: bool) -> impl IntoView {
    let slug = segment(&page.slug);
    let address = |sort: Sort, table: bool| {
        let mut address = format!("/me/gaps?profile={slug}");
        address.push_str(if sort == Sort::Section { "&sort=section" } else { "" });
        address.push_str(if table { "&view=table" } else { "" });
        address
    };
    // Bars stand by competency; only the table has all in one order.
    let largest = if table {
        "Largest first"
    } else {
        "By competency, largest first"
    };
    let other = if table { "As a chart" } else { "As a table" };
    let actions = view! {
        <a class="button quiet" href=address(sort, !table)>{other}</a>
        <a class="button" href="/me/plan">"My plan"</a>
    }
    .into_any();
    let others = page
        .others
        .iter()
        .map(|(slug, title)| view! { <ChipLink href=format!("/me/gaps?profile={}", segment(slug)) label=title.clone()/> })
        .collect_view();
    let before = page.before.as_ref().map(|(slug, number)| {
        let href = format!("/me/gaps?profile={}", segment(slug));
        view! { <p><a href=href>{format!("As it was in the {}", edition_words(*number))}</a></p> }
    });
    let by_size = address(Sort::Size, table);
    let by_section = address(Sort::Section, table);
    let source = format!(
        "Where the figures come from: what you have now is your own newest judgement, with its date; what is needed is the role profile {} ({}).",
        page.title, page.edition
    );
    let title = format!("Gaps to {}", page.title);
    let heat = (sort == Sort::Section && !table).then(|| view! { <Heat page=page.clone()/> });
    let body = if table {
        view! { <GapsTable page=page.clone() sort/> }.into_any()
    } else {
        view! { <Bars page=page.clone() sort/> }.into_any()
    };
    view! {
        <Page title=title lede=lede(page.counts, page.open) crumbs=crumbs() actions=actions>
            {growth_tabs()}
            <nav class="cluster no-print" aria-label="Sort and compare">
                <ChipLink href=by_size label=largest current=sort == Sort::Size/>
                <ChipLink href=by_section label="By section" current=sort == Sort::Section/>
                {others}
            </nav>
            {heat}
            {body}
            <p class="meta">{source}</p>
            {before}
        </Page>
    }
}

/// Where the gaps are: how many statements of each competency stand how far
/// from what the role needs.
#[component]
fn Heat(page: GapPage) -> impl IntoView {
    let columns = ["At level", "1 below", "2 or more", "Not rated"]
        .map(String::from)
        .to_vec();
    let rows = page.groups.iter().take(HEAT_ROWS).map(heat_row).collect::<Vec<_>>();
    view! { <HeatChart title="Where the gaps are" of="Competency" columns rows shaded=3 twin="These figures as a table" all=page.groups.len()/> }
}

/// More would be a wall.
const HEAT_ROWS: usize = 30;

fn heat_row(group: &Group) -> HeatRow {
    let mut values = vec![0; 4];
    for line in &group.lines {
        let column = match line.standing() {
            Standing::AtLevel => 0,
            Standing::Gap if line.gap() == 1 => 1,
            Standing::Gap => 2,
            Standing::NotRated => 3,
            Standing::NotMyWork => continue,
        };
        values[column] += 1;
    }
    HeatRow {
        label: group.heading.title.clone(),
        values,
    }
}

/// The gaps as bars, group by group; what has no bar stands beneath.
#[component]
fn Bars(page: GapPage, sort: Sort) -> impl IntoView {
    let of = u32::try_from(page.levels.len()).unwrap_or(1).saturating_sub(1);
    let nothing = page.counts.gaps == 0;
    let (open, lang) = (page.open, foreign(&page.language));
    let rest: Vec<Line> = page.groups.iter().flat_map(|group| group.lines.clone()).collect();
    let with = |standing: Standing| {
        rest.iter()
            .filter(|line| line.standing() == standing)
            .cloned()
            .collect::<Vec<_>>()
    };
    let (at_level, not_rated, not_mine) = (
        with(Standing::AtLevel),
        with(Standing::NotRated),
        with(Standing::NotMyWork),
    );
    let mut section = None;
    let groups = page
        .groups
        .into_iter()
        .filter(|group| group.counts.gaps > 0)
        .map(|group| {
            let is_new = sort == Sort::Section && section.as_ref() != Some(&group.heading.section);
            section = Some(group.heading.section.clone());
            let heading = (is_new && !group.heading.section.is_empty()).then(|| group.heading.section.clone());
            view! {
                {heading.map(|heading| view! { <h2 class="gap-section" lang=lang.clone()>{heading}</h2> })}
                <GroupView group levels=page.levels.clone() of sort open lang=lang.clone()/>
            }
        })
        .collect_view();
    let slug = segment(&page.slug);
    let go_on = page
        .sitting
        .map(|sitting| format!("/me/rate?profile={slug}&sitting={sitting}"));
    view! {
        {nothing.then(|| view! { <NoGaps rated=!at_level.is_empty() unrated=!not_rated.is_empty() go_on=go_on.clone()/> })}
        {groups}
        <NotRated lines=not_rated go_on slug=slug.clone() open lang=lang.clone()/>
        <Quiet summary="At the level needed" lines=at_level levels=page.levels.clone() slug=slug.clone() open lang=lang.clone()/>
        <Quiet summary="Not part of my work" lines=not_mine levels=page.levels slug open lang/>
    }
}

#[component]
fn NoGaps(rated: bool, unrated: bool, go_on: Option<String>) -> impl IntoView {
    let action = go_on.map(|href| view! { <a class="button" href=href>"Rate ten statements"</a> }.into_any());
    let (title, words) = match (rated, unrated) {
        (_, true) => (
            "No gaps so far",
            "Gaps appear here as you rate: the level that the role needs beside the one you have.",
        ),
        (true, false) => (
            "No gaps",
            "You are at the level this role needs in every statement that is part of your work.",
        ),
        (false, false) => (
            "Nothing to compare",
            "Nothing that this role needs is part of your work, or it names no statements yet.",
        ),
    };
    view! { <EmptyState title=title icon=Icon::Growth action><p>{words}</p></EmptyState> }
}

#[component]
fn GroupView(group: Group, levels: Vec<Level>, of: u32, sort: Sort, open: bool, lang: Option<String>) -> impl IntoView {
    let (heading, counts) = (group.heading, group.counts);
    let figures = format!(" {} of {} at level", counts.at_level, counts.that_count());
    let title = if sort == Sort::Section {
        view! { <h3 class="gap-heading"><span lang=lang.clone()>{heading.title}</span><span class="meta">{figures}</span></h3> }.into_any()
    } else {
        view! { <h2 class="gap-heading"><span lang=lang.clone()>{heading.title}</span><span class="meta">{figures}</span></h2> }.into_any()
    };
    let rows = group
        .lines
        .into_iter()
        .filter(|line| line.standing() == Standing::Gap)
        .map(|line| view! { <GapRow line levels=levels.clone() of open lang=lang.clone()/> })
        .collect_view();
    view! {
        <section class="gap-group">
            {title}
            <ul class="rows rows-ruled" role="list">{rows}</ul>
        </section>
    }
}

#[component]
fn GapRow(line: Line, levels: Vec<Level>, of: u32, open: bool, lang: Option<String>) -> impl IntoView {
    let words = line.words(&levels);
    let now = line.said.and_then(Said::level).unwrap_or(0);
    let plan = plan_chip(&line, open);
    view! {
        <li class="gap-row">
            <span class="code">{line.code}</span>
            <div>
                <a class="quiet-link" href=line.href lang=lang>{line.title}</a>
                <p class="meta">{words.clone()}{format!(" · rated {}", line.rated_on)}</p>
            </div>
            <GapBar current=now target=line.target of label=words/>
            {plan}
        </li>
    }
}

/// By when it is planned, or the way to plan it; of a retired edition, that it was.
pub(super) fn plan_chip(line: &Line, open: bool) -> AnyView {
    let name = if line.code.is_empty() {
        line.title.clone()
    } else {
        line.code.clone()
    };
    match &line.planned {
        Some(_) if !open => view! { <span class="meta">"Was in my plan"</span> }.into_any(),
        None if !open => view! { <span></span> }.into_any(),
        Some(due) => {
            let words = if due.is_empty() {
                "In my plan".to_owned()
            } else {
                format!("Plan: {due}")
            };
            view! { <ChipTo href="/me/plan" label=words about=format!(", {name}") tone=Tone::Highlight/> }.into_any()
        }
        None => {
            let href = format!("/me/plan?add=node-{}", line.node);
            view! { <ChipTo href label="Add to plan" about=format!(": {name}")/> }.into_any()
        }
    }
}

/// Statements without a figure: counted apart, each with the way to rate it.
#[component]
fn NotRated(lines: Vec<Line>, go_on: Option<String>, slug: String, open: bool, lang: Option<String>) -> impl IntoView {
    let count = lines.len();
    let rows = lines
        .into_iter()
        .map(|line| view! { <QuietRow line words="Not rated yet".to_owned() verb="Rate" slug=slug.clone() open lang=lang.clone()/> })
        .collect_view();
    (count > 0).then(|| {
        view! {
            <section>
                <h2>"Not rated yet "<span class="meta">{format!("{count}")}</span></h2>
                {go_on.map(|href| view! { <p><a class="button quiet" href=href>"Rate ten of them"</a></p> })}
                <Disclosure summary="Show them"><ul class="rows rows-tight" role="list">{rows}</ul></Disclosure>
            </section>
        }
    })
}

/// Statements that need nothing done, folded.
#[component]
fn Quiet(
    summary: &'static str,
    lines: Vec<Line>,
    levels: Vec<Level>,
    slug: String,
    open: bool,
    lang: Option<String>,
) -> impl IntoView {
    let count = lines.len();
    let rows = lines
        .into_iter()
        .map(|line| {
            let words = format!("{} · rated {}", line.words(&levels), line.rated_on);
            view! { <QuietRow line words verb="Rate again" slug=slug.clone() open lang=lang.clone()/> }
        })
        .collect_view();
    (count > 0).then(|| view! {
        <Disclosure summary=format!("{summary}: {count}")><ul class="rows rows-tight" role="list">{rows}</ul></Disclosure>
    })
}

#[component]
fn QuietRow(
    line: Line,
    words: String,
    verb: &'static str,
    slug: String,
    open: bool,
    lang: Option<String>,
) -> impl IntoView {
    let name = if line.code.is_empty() {
        line.title.clone()
    } else {
        line.code.clone()
    };
    // Of a retired edition nothing is said any more.
    let rate = open.then(|| {
        let href = format!("/me/rate?statement={}&profile={slug}", line.node);
        view! { <a class="row-end" href=href>{verb}<span class="visually-hidden">{format!(" {name}")}</span></a> }
    });
    view! {
        <li class="row">
            <span class="row-start">{line.code}</span>
            <div class="row-main"><a class="quiet-link" href=line.href lang=lang>{line.title}</a><p class="meta">{words}</p></div>
            {rate}
        </li>
    }
}
