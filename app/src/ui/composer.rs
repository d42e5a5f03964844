use leptos::prelude::*;
use leptos::tachys::html::InertElement;

use super::field::TextArea;
use super::form::Form;
use crate::html::escaped;

/// The marks of Markdown that the toolbar puts into a text
/// (`frontend/writing.js`), with their words.
const MARKS: [(&str, &str); 9] = [
    ("bold", "Bold"),
    ("italic", "Italic"),
    ("link", "Link"),
    ("page", "Page of this site"),
    ("person", "Person"),
    ("picture", "Picture"),
    ("quote", "Quote"),
    ("list", "List"),
    ("code", "Code"),
];

/// What Markdown is written in: a text area, with a toolbar above it once
/// scripts run, and what fits offered after `[[` and `@`. Whatever else helps
/// with writing belongs here as well (docs/decisions/0023-composer.md).
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
    /// The server function that says which pages fit; empty where none is linked to.
    #[prop(default = "")]
    links: &'static str,
    /// The one that says who can be named; it is told the form's `thread` and `group`.
    #[prop(default = "")]
    people: &'static str,
    /// Where pictures are to stand, as `/pictures/new` is asked for it; empty where
    /// none is taken. The script reads it of the form's `thread`, `group` or `course`.
    #[prop(default = String::new(), into)]
    pictures: String,
    /// Runs when the text changes.
    #[prop(default = Callback::new(|_| ()), into)]
    on_text: Callback<String>,
) -> impl IntoView {
    let tools = InertElement::new(tools(&id, links, people, &pictures));
    view! {
        <TextArea form name label hint id value rows required maxlength on_text tools=tools.into_any()/>
    }
    .into_any()
}

/// The toolbar, and the way to put in a picture without scripts.
fn tools(area: &str, links: &str, people: &str, pictures: &str) -> String {
    let bar = toolbar(area, links, people, !pictures.is_empty());
    if pictures.is_empty() {
        return bar;
    }
    let pictures = escaped(pictures);
    format!(
        "<div>{bar}<noscript><p class=\"field-hint\"><a href=\"/pictures/new?{pictures}\" target=\"_blank\" \
         rel=\"noopener\">Put in a picture (in a new tab)</a></p></noscript></div>"
    )
}

/// It never changes, so it is one piece of HTML. The keyboard stops at it once.
fn toolbar(area: &str, links: &str, people: &str, pictures: bool) -> String {
    let (area, takes) = (escaped(area), if pictures { " data-pictures" } else { "" });
    let mut html = format!(
        "<div class=\"composer-tools needs-script\" role=\"toolbar\" aria-label=\"Marks\" aria-controls=\"{area}\" \
         data-links=\"{links}\" data-people=\"{people}\"{takes}>"
    );
    let offered = |mark: &str| match mark {
        "page" => !links.is_empty(),
        "person" => !people.is_empty(),
        "picture" => pictures,
        _ => true,
    };
    for (at, (mark, words)) in MARKS.into_iter().filter(|(mark, _)| offered(mark)).enumerate() {
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

    #[test]
    fn what_cannot_be_found_has_no_tool() {
        let tools = |links, people| toolbar("reply", links, people, false);
        assert_eq!(tools("", "").matches("<button").count(), 6);
        let taking = super::tools("reply", "", "", "thread=a");
        for part in ["data-mark=\"picture\"", "<noscript>", "href=\"/pictures/new?thread=a\""] {
            assert!(taking.contains(part), "{part} in {taking}");
        }
        let both = tools("/api/links", "/api/people");
        for part in [
            "data-links=\"/api/links\"",
            "data-mark=\"page\"",
            "data-people=\"/api/people\"",
            "data-mark=\"person\"",
        ] {
            assert!(both.contains(part), "{part} in {both}");
        }
    }
}
