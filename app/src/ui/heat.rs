use super::{Cell, Disclosure, Row, Table};
use leptos::prelude::*;

/// One line of a heat chart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeatRow {
    pub label: String,
    /// One figure a column.
    pub values: Vec<u32>,
}

const LABEL: usize = 190;
const COLUMN: usize = 76;
const LINE: usize = 30;
const HEAD: usize = 24;
/// What fits beside the cells.
const CHARACTERS: usize = 28;
/// Shades above none.
const SHADES: u32 = 4;

/// How often what happens where: figures on shaded cells, drawn on the server,
/// with the same figures as a table one key away. Renders nothing without rows.
#[component]
pub fn HeatChart(
    #[prop(into)] title: String,
    /// What the lines are, such as "Competency".
    #[prop(into)]
    of: String,
    columns: Vec<String>,
    rows: Vec<HeatRow>,
) -> impl IntoView {
    if rows.is_empty() {
        return None;
    }
    let (width, height) = (LABEL + COLUMN * columns.len(), HEAD + LINE * rows.len());
    let max = rows.iter().flat_map(|row| &row.values).copied().max().unwrap_or(0);
    let heads = columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            view! { <text class="chart-label chart-middle" x=LABEL + COLUMN * at + COLUMN / 2 y=14>{column.clone()}</text> }
        })
        .collect_view();
    let lines = rows
        .iter()
        .enumerate()
        .map(|(at, row)| line(HEAD + LINE * at, row, max))
        .collect_view();
    let mut head = vec![of];
    head.extend(columns.iter().cloned());
    let twin = rows
        .into_iter()
        .map(|row| {
            let cells = columns
                .iter()
                .zip(row.values)
                .map(|(column, value)| view! { <Cell label=column.clone() num=true>{value}</Cell> })
                .collect_view();
            view! { <Row><Cell label="" heading=true>{row.label}</Cell>{cells}</Row> }
        })
        .collect_view();
    Some(view! {
        <figure class="chart chart-heat">
            <figcaption class="chart-title">{title.clone()}</figcaption>
            <svg viewBox=format!("0 0 {width} {height}") width=width height=height role="img" aria-label=format!("{title}. The same figures stand in the table beneath.")>
                {heads}
                {lines}
            </svg>
            <Disclosure summary="As a table">
                <Table caption=title head>{twin}</Table>
            </Disclosure>
        </figure>
    })
}

fn line(top: usize, row: &HeatRow, max: u32) -> impl IntoView + use<> {
    let cells = row
        .values
        .iter()
        .enumerate()
        .map(|(at, value)| {
            let left = LABEL + COLUMN * at;
            view! {
                <rect class=format!("heat-{}", shade(*value, max)) x=left + 1 y=top + 1 width=COLUMN - 2 height=LINE - 2 rx=4></rect>
                <text class="chart-label heat-value chart-middle" x=left + COLUMN / 2 y=top + 20>{*value}</text>
            }
        })
        .collect_view();
    view! {
        <text class="chart-label" x=0 y=top + 20>{short(&row.label)}</text>
        {cells}
    }
}

/// From 0, for nothing, to [`SHADES`].
fn shade(value: u32, max: u32) -> u32 {
    (value * SHADES).div_ceil(max.max(1)).min(SHADES)
}

fn short(label: &str) -> String {
    match label.char_indices().nth(CHARACTERS) {
        Some((end, _)) => format!("{}…", label[..end].trim_end()),
        None => label.to_owned(),
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_not_shaded_and_the_most_is_darkest() {
        assert_eq!([0, 1, 4, 7, 8].map(|value| shade(value, 8)), [0, 1, 2, 4, 4]);
        assert_eq!(shade(0, 0), 0);
    }

    #[test]
    fn the_table_has_every_figure_and_whole_words() {
        let rows = vec![HeatRow {
            label: "Strategy & planning for places that have none".into(),
            values: vec![3, 0],
        }];
        let columns = vec!["At level".to_string(), "Gap".to_string()];
        let html = view! { <HeatChart title="Where" of="Competency" columns rows/> }.to_html();
        assert_eq!(html.matches("<td").count(), 2, "{html}");
        let whole = "<th scope=\"row\">Strategy &amp; planning for places that have none<";
        assert!(html.contains(whole), "{html}");
        assert!(html.contains("Strategy &amp; planning for plac…"), "{html}");
    }
}
