use leptos::prelude::*;

use super::gaps::plan_chip;
use crate::assessments::gaps::{GapPage, Line, Sort};
use crate::assessments::model::{Level, Said, level_label};
use crate::language::foreign;
use crate::paths::segment;
use crate::ui::{Cell, Row, Table};

const HEAD: [&str; 7] = ["Statement", "Competency", "Now", "Needed", "Gap", "Rated", "Plan"];

/// The same figures as the bars, every statement in one table.
#[component]
pub fn GapsTable(page: GapPage, sort: Sort) -> impl IntoView {
    let (slug, open, lang) = (segment(&page.slug), page.open, foreign(&page.language));
    let mut lines: Vec<(String, Line)> = page
        .groups
        .into_iter()
        .flat_map(|group| {
            let title = group.heading.title;
            group.lines.into_iter().map(move |line| (title.clone(), line))
        })
        .collect();
    if sort == Sort::Size {
        lines.sort_by_cached_key(|(_, line)| (std::cmp::Reverse(line.gap()), line.position, line.node.clone()));
    }
    let rows = lines
        .into_iter()
        .map(|(competency, line)| view! { <TableRow competency line levels=page.levels.clone() slug=slug.clone() open lang=lang.clone()/> })
        .collect_view();
    let head = HEAD.map(str::to_owned).to_vec();
    view! {
        <Table caption=format!("Every statement that {} needs, and where I am", page.title) head>
            {rows}
        </Table>
    }
}

#[component]
fn TableRow(
    competency: String,
    line: Line,
    levels: Vec<Level>,
    slug: String,
    open: bool,
    lang: Option<String>,
) -> impl IntoView {
    let now = line
        .said
        .map_or_else(|| "Not rated yet".to_owned(), |said| said.label(&levels));
    let needed = level_label(&levels, line.target);
    // Without a level of one's own there is nothing to count from.
    let gap = match line.said {
        Some(Said::Level(_)) => line.gap().to_string(),
        _ => "–".into(),
    };
    let plan = plan_chip(&line, open);
    let rate = format!("/me/rate?statement={}&profile={slug}", line.node);
    let (rated_on, verb) = match line.rated_on.as_str() {
        "" => (None, "Rate"),
        day => (Some(format!("{day} ")), "Rate again"),
    };
    let name = if line.code.is_empty() {
        line.title.clone()
    } else {
        line.code.clone()
    };
    let rated = match open {
        true => view! { {rated_on}<a href=rate>{verb}<span class="visually-hidden">{format!(" {name}")}</span></a> }
            .into_any(),
        false => rated_on.into_any(),
    };
    let code = (!line.code.is_empty()).then(|| format!("{} ", line.code));
    let of_above = lang.clone();
    view! {
        <Row>
            <Cell label=HEAD[0] heading=true>
                <a class="quiet-link" href=line.href lang=lang>{code.map(|code| view! { <span class="code">{code}</span> })}{line.title}</a>
            </Cell>
            <Cell label=HEAD[1]><span lang=of_above>{competency}</span></Cell>
            <Cell label=HEAD[2]>{now}</Cell>
            <Cell label=HEAD[3]>{needed}</Cell>
            <Cell label=HEAD[4] num=true>{gap}</Cell>
            <Cell label=HEAD[5]>{rated}</Cell>
            <Cell label=HEAD[6]>{plan}</Cell>
        </Row>
    }
}
