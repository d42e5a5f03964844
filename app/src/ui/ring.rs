use leptos::prelude::*;

/// Around the circle, in the units of the drawing.
const AROUND: f64 = 100.0;

/// How much of something is done, as a ring with the numbers inside.
#[component]
pub fn Ring(
    done: u32,
    of: u32,
    /// What is being counted.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let part = f64::from(done.min(of)) / f64::from(of.max(1)) * AROUND;
    let dashes = format!("{part:.1} {AROUND}");
    view! {
        <svg class="ring" viewBox="0 0 40 40" width="56" height="56" role="img" aria-label=format!("{label}: {done} of {of}")>
            <circle class="ring-whole" cx="20" cy="20" r="15.9"></circle>
            <circle class="ring-part" cx="20" cy="20" r="15.9" stroke-dasharray=dashes transform="rotate(-90 20 20)"></circle>
            <text x="20" y="23.5">{format!("{done}/{of}")}</text>
        </svg>
    }
    .into_any()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn is_never_more_than_whole_and_says_its_numbers() {
        let html = view! { <Ring done=9 of=4 label="Steps" /> }.to_html();
        assert!(html.contains("100.0 100") && html.contains("Steps: 9 of 4"), "{html}");
        let html = view! { <Ring done=0 of=0 label="Steps" /> }.to_html();
        assert!(html.contains("0.0 100"), "{html}");
    }
}
