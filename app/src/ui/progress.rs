use leptos::prelude::*;

/// How much of something is done, as a bar and in numbers.
#[component]
pub fn Progress(
    done: u32,
    of: u32,
    /// What is being counted, for those who do not see where the bar stands.
    #[prop(into)]
    label: String,
    /// The words beside the bar; "3 of 10" if none are given.
    #[prop(default = None, into)]
    text: Option<String>,
    /// As wide as its line.
    #[prop(optional)]
    wide: bool,
) -> impl IntoView {
    let text = text.unwrap_or_else(|| format!("{done} of {of}"));
    view! {
        <div class=if wide { "progress progress-wide" } else { "progress" }>
            <progress
                value=done.min(of).to_string()
                max=of.max(1).to_string()
                aria-label=label
                aria-valuetext=text.clone()
            ></progress>
            <span>{text}</span>
        </div>
    }
    .into_any()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn says_the_numbers_and_survives_nothing_to_do() {
        let html = view! { <Progress done=0 of=0 label="Lessons" /> }.to_html();
        assert!(html.contains("max=\"1\""), "{html}");
        assert!(html.contains("0 of 0"), "{html}");
    }
}
