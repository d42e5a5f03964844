use leptos::prelude::*;
use leptos::tachys::html::InertElement;

use super::field::TextArea;
use super::form::Form;
use crate::html::escaped;

/// The marks of Markdown that the toolbar puts into a text
/// (`frontend/fields.js`), with their words.
const MARKS: [(&str, &str); 6] = [
    ("bold", "Bold"),
    ("italic", "Italic"),
    ("link", "Link"),
    ("quote", "Quote"),
    ("list", "List"),
    ("code", "Code"),
];

/// What Markdown is written in: a text area, with a toolbar above it once
/// scripts run. Whatever else helps with writing belongs here as well
/// (docs/decisions/0023-composer.md).
#[component]
pub fn Composer(
    form: Form,
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(into)] id: String,
    #[prop(default = "Markdown works: *emphasis*, **strong**, > quotation, - list.".into(), into)] hint: String,
    #[prop(default = String::new(), into)] value: String,
    #[prop(default = 6)] rows: u32,
    #[prop(default = false)] required: bool,
    #[prop(default = 20_000)] maxlength: u32,
    /// Runs when the text changes.
    #[prop(default = Callback::new(|_| ()), into)]
    on_text: Callback<String>,
) -> impl IntoView {
    let tools = InertElement::new(toolbar(&id));
    view! {
        <TextArea form name label hint id value rows required maxlength on_text tools=tools.into_any()/>
    }
    .into_any()
}

/// It never changes, so it is one piece of HTML. The keyboard stops at it once.
fn toolbar(area: &str) -> String {
    let area = escaped(area);
    let mut html = format!(
        "<div class=\"composer-tools needs-script\" role=\"toolbar\" aria-label=\"Marks\" aria-controls=\"{area}\">"
    );
    for (at, (mark, words)) in MARKS.into_iter().enumerate() {
        let stop = if at == 0 { "0" } else { "-1" };
        html.push_str(&format!(
            "<button type=\"button\" class=\"button quiet small\" data-mark=\"{mark}\" tabindex=\"{stop}\">{words}</button>"
        ));
    }
    html.push_str("</div>");
    html
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn the_toolbar_stands_between_the_name_and_the_text_and_is_one_stop() {
        let html = Owner::new()
            .with(|| view! { <Composer form=Form::none() name="body" label="Reply" id="reply"/> }.to_html());
        let at = |words: &str| {
            html.find(words)
                .unwrap_or_else(|| panic!("{words} is missing from {html}"))
        };
        assert!(
            at("</label>") < at("role=\"toolbar\"") && at("role=\"toolbar\"") < at("<textarea"),
            "{html}"
        );
        assert_eq!(html.matches("tabindex=\"0\"").count(), 1, "{html}");
        assert!(html.contains("aria-controls=\"reply\""), "{html}");
    }
}
