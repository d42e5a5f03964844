use super::{Cell, Disclosure, Row, Table};
use leptos::prelude::*;

/// One line of a heat chart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeatRow {
    pub label: String,
    /// One figure a column.
    pub values: Vec<u32>,
}

/// Shades above none.
const SHADES: u32 = 4;

/// How often what happens where: figures on shaded cells, drawn on the server,
/// with the same figures as a table one key away. Renders nothing without rows.
///
/// A drawing a line, as wide as its place, so that letters keep their size on a
/// phone.
#[component]
pub fn HeatChart(
    #[prop(into)] title: String,
    /// What the lines are, such as "Competency".
    #[prop(into)]
    of: String,
    columns: Vec<String>,
    rows: Vec<HeatRow>,
    /// How many columns are shaded, the first ones, where others only count.
    #[prop(default = usize::MAX)]
    shaded: usize,
    /// What the same figures as a table are called.
    #[prop(default = "As a table")]
    twin: &'static str,
    /// How many lines there are, where these are only the first.
    #[prop(optional)]
    all: usize,
) -> impl IntoView {
    if rows.is_empty() {
        return None;
    }
    let cut = (all > rows.len()).then(|| format!("These are the first {} of {all}.", rows.len()));
    let caption = [Some(title.clone()), cut.clone()].into_iter().flatten();
    let caption = caption.collect::<Vec<_>>().join(". ");
    let spoken = format!("{title}. The same figures stand in the table beneath.");
    let values = rows.iter().flat_map(|row| row.values.iter().take(shaded));
    let max = values.copied().max().unwrap_or(0);
    let count = columns.len();
    let heads = columns.iter().enumerate();
    let heads = heads
        .map(|(at, column)| view! { <text class="chart-label chart-middle" x=share(2 * at + 1, 2 * count) y=16>{column.clone()}</text> })
        .collect_view();
    let lines = rows.iter().map(|row| line(row, count, shaded, max)).collect_view();
    let mut head = vec![of];
    head.extend(columns.iter().cloned());
    let figures = rows
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
            <figcaption class="chart-title">{title}</figcaption>
            <div class="heat" role="img" aria-label=spoken>
                <svg class="heat-head">{heads}</svg>
                {lines}
            </div>
            {cut.map(|cut| view! { <p class="meta">{cut}</p> })}
            <Disclosure summary=twin>
                <Table caption head>{figures}</Table>
            </Disclosure>
        </figure>
    })
}

fn line(row: &HeatRow, count: usize, shaded: usize, max: u32) -> impl IntoView + use<> {
    let cells = row
        .values
        .iter()
        .enumerate()
        .map(|(at, value)| {
            let shade = if at < shaded { shade(*value, max) } else { 0 };
            view! {
                <rect class=format!("heat-{shade}") x=share(at, count) y=1 width=share(1, count) height=28 rx=4></rect>
                <text class="chart-label heat-value chart-middle" x=share(2 * at + 1, 2 * count) y=20>{*value}</text>
            }
        })
        .collect_view();
    view! {
        <span class="heat-label">{row.label.clone()}</span>
        <svg>{cells}</svg>
    }
}

/// So many parts of a width, to a tenth of a percent, so that server and browser
/// write the same digits.
fn share(parts: usize, of: usize) -> String {
    let tenths = (2_000 * parts + of) / (2 * of.max(1));
    format!("{}.{}%", tenths / 10, tenths % 10)
}

/// From 0, for nothing, to [`SHADES`].
fn shade(value: u32, max: u32) -> u32 {
    (value * SHADES).div_ceil(max.max(1)).min(SHADES)
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
        assert!(!html.contains("the first"), "{html}");
    }

    #[test]
    fn a_chart_that_is_cut_says_so_in_its_table_too() {
        let rows = vec![HeatRow::default(); 2];
        let html = view! { <HeatChart title="Where" of="Competency" columns=Vec::new() rows all=7/> }.to_html();
        let html = html.replace("<!>", "");
        assert!(
            html.contains("<p class=\"meta\">These are the first 2 of 7.</p>"),
            "{html}"
        );
        assert!(
            html.contains("<caption>Where. These are the first 2 of 7.</caption>"),
            "{html}"
        );
    }

    #[test]
    fn cells_share_the_width() {
        assert_eq!(
            [share(0, 4), share(1, 4), share(3, 8), share(1, 3)],
            ["0.0%", "25.0%", "37.5%", "33.3%"]
        );
    }
}
