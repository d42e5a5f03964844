use super::{Cell, Disclosure, Row, Table};
use leptos::prelude::*;

/// One point of a history.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChartPoint {
    /// When, as shown beneath the line.
    pub label: String,
    pub value: u32,
    /// The value in words, such as "57 of 84".
    pub text: String,
}

const WIDTH: f64 = 360.0;
const TOP: f64 = 26.0;
const BOTTOM: f64 = 96.0;
const EDGE: f64 = 6.0;

/// A line of history, drawn on the server, with the same figures as a table
/// one key away. Renders nothing without points.
#[component]
pub fn LineChart(
    #[prop(into)] title: String,
    points: Vec<ChartPoint>,
    /// The value at the top of the drawing.
    max: u32,
) -> impl IntoView {
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return None;
    };
    let spoken = format!(
        "{title}: {} in {}, {} in {}.",
        first.text, first.label, last.text, last.label
    );
    Some(view! {
        <figure class="chart">
            <figcaption class="chart-title">{title.clone()}</figcaption>
            <svg viewBox="0 0 360 120" width="360" height="120" role="img" aria-label=spoken>
                <path class="chart-grid" d="M0 26.5h360M0 61.5h360M0 96.5h360"></path>
                <path class="chart-line" d=line(&points, max)></path>
                {marks(&points, max)}
            </svg>
            <Disclosure summary="As a table">
                <Table caption=title head=vec!["When".to_string(), "Figure".to_string()]>
                    {rows(points)}
                </Table>
            </Disclosure>
        </figure>
    })
}

/// Where a point stands, to a tenth of a unit, so that server and browser
/// write the same digits.
fn place(at: usize, count: usize, value: u32, max: u32) -> (f64, f64) {
    let along = if count < 2 { 1.0 } else { at as f64 / (count - 1) as f64 };
    let up = f64::from(value.min(max)) / f64::from(max.max(1));
    let tenth = |n: f64| (n * 10.0).round() / 10.0;
    (
        tenth(EDGE + along * (WIDTH - 2.0 * EDGE)),
        tenth(BOTTOM - up * (BOTTOM - TOP)),
    )
}

fn line(points: &[ChartPoint], max: u32) -> String {
    let mut path = String::new();
    for (at, point) in points.iter().enumerate() {
        let (x, y) = place(at, points.len(), point.value, max);
        path.push_str(&format!("{}{x} {y}", if at == 0 { "M" } else { "L" }));
    }
    path
}

/// A ring at each point, at most six words beneath, and the last value.
fn marks(points: &[ChartPoint], max: u32) -> impl IntoView + use<> {
    let count = points.len();
    let every = count.div_ceil(6).max(1);
    let mark = |(at, point): (usize, &ChartPoint)| {
        let (x, y) = place(at, count, point.value, max);
        let last = at + 1 == count;
        let (side, x_text) = match (at, last) {
            (_, true) => ("chart-end", WIDTH),
            (0, _) => ("chart-start", 0.0),
            _ => ("chart-middle", x),
        };
        let labelled = last || (at % every == 0 && count - 1 - at >= every);
        let word = labelled.then(|| {
            view! { <text class=format!("chart-label {side}") x=x_text y=116>{point.label.clone()}</text> }
        });
        let value = last.then(|| {
            view! { <text class="chart-value chart-end" x=WIDTH y=y - 11.0>{point.text.clone()}</text> }
        });
        view! { <circle class="chart-point" cx=x cy=y r=4></circle> {word} {value} }
    };
    points.iter().enumerate().map(mark).collect_view()
}

fn rows(points: Vec<ChartPoint>) -> impl IntoView {
    points
        .into_iter()
        .map(|point| {
            view! {
                <Row>
                    <Cell label="When" heading=true>{point.label}</Cell>
                    <Cell label="Figure">{point.text}</Cell>
                </Row>
            }
        })
        .collect_view()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn stays_inside_its_drawing() {
        assert_eq!(place(0, 3, 0, 84), (6.0, 96.0));
        assert_eq!(place(2, 3, 900, 84), (354.0, 26.0));
        assert_eq!(place(0, 1, 0, 0), (354.0, 96.0));
    }

    #[test]
    fn every_point_is_in_the_table_as_text() {
        let point = |label: &str, value| ChartPoint {
            label: label.into(),
            value,
            text: format!("<b>{value} of 84"),
        };
        let points = vec![point("Jan", 20), point("Nov", 57)];
        let html = view! { <LineChart title="History" points max=84 /> }.to_html();
        assert_eq!(html.matches("<td").count(), 2, "{html}");
        assert!(!html.contains("<b>"), "{html}");
    }
}
