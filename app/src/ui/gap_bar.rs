use leptos::prelude::*;

/// From where one is to where one is needed, in blocks: full ones are had,
/// hatched ones wanted. `label` says the same in words ("Minimal now, strong
/// needed") and is the text alternative.
#[component]
pub fn GapBar(
    /// Steps reached; nothing when it is not known yet.
    #[prop(default = None, into)]
    current: Option<u32>,
    /// Steps needed.
    target: u32,
    /// Steps in all: one fewer than a scale whose first level is nought.
    of: u32,
    #[prop(into)] label: String,
) -> impl IntoView {
    let blocks = (1..=of.min(20))
        .map(|step| view! { <i class=kind(step, current.unwrap_or(0), target)></i> })
        .collect_view();
    view! {
        <div class="gap-bar" role="img" aria-label=label>
            {blocks}
        </div>
    }
}

fn kind(step: u32, current: u32, target: u32) -> Option<&'static str> {
    if step <= current {
        Some("have")
    } else if step <= target {
        Some("want")
    } else {
        None
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_had_then_wanted_then_empty() {
        let html = view! { <GapBar current=1 target=2 of=3 label="Minimal now" /> }.to_html();
        assert_eq!(html.matches("class=\"have\"").count(), 1, "{html}");
        assert_eq!(html.matches("class=\"want\"").count(), 1, "{html}");
        assert_eq!(html.matches("<i").count(), 3, "{html}");
        assert!(html.contains("aria-label=\"Minimal now\""), "{html}");
    }

    #[test]
    fn what_is_not_known_has_no_full_block() {
        let html = view! { <GapBar target=3 of=3 label="\"><script>" /> }.to_html();
        assert!(!html.contains("have"), "{html}");
        assert!(!html.contains("<script>"), "{html}");
    }
}
