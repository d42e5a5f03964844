use std::fmt::Write;

use leptos::prelude::*;

/// A person's initials on a colour of their own. Always beside the name, so
/// hidden from assistive technology.
#[component]
pub fn Avatar(
    #[prop(into)] name: String,
    /// 28 instead of 34 pixels.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let size = if small { " avatar-small" } else { "" };
    let class = format!("avatar avatar-{}{size}", colour(&name));
    view! {
        <span class=class aria-hidden="true">
            {initials(&name)}
        </span>
    }
}

/// A picture beside the name it belongs to, or the initials.
#[component]
pub fn Portrait(#[prop(into)] name: String, href: Option<String>) -> impl IntoView {
    match href {
        Some(href) => view! { <img class="portrait" src=href alt="" width="96" height="96"/> }.into_any(),
        None => view! { <Avatar name/> }.into_any(),
    }
}

/// An avatar as HTML, for what is written in one go.
pub(super) fn write(name: &str, out: &mut String) {
    let (colour, initials) = (colour(name), initials(name));
    let _ = write!(
        out,
        "<span class=\"avatar avatar-{colour}\" aria-hidden=\"true\">{}</span>",
        html_escape::encode_text(&initials)
    );
}

/// The first letters of the first and the last word, or the first two of
/// the only word.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let letters: String = match (words.next(), words.next_back()) {
        (Some(first), Some(last)) => first.chars().take(1).chain(last.chars().take(1)).collect(),
        (Some(only), None) => only.chars().take(2).collect(),
        _ => "?".to_string(),
    };
    letters.to_uppercase()
}

/// One of four colours, always the same for the same name (FNV-1a).
fn colour(name: &str) -> u32 {
    let hash = name.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    1 + (hash >> 8) % 4
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn initials_of_many_kinds_of_names() {
        assert_eq!(initials("Rosa Maria Marín"), "RM");
        assert_eq!(initials("Tomás"), "TO");
        assert_eq!(initials("  élodie   ønskebarn "), "ÉØ");
        assert_eq!(initials(""), "?");
    }

    #[test]
    fn a_name_keeps_its_colour() {
        assert_eq!(colour("Anneke"), colour("Anneke"));
        assert!((1..=4).contains(&colour("")));
    }

    #[test]
    fn markup_in_a_name_stays_text() {
        let html = view! { <Avatar name="<b> <i>" /> }.to_html();
        assert!(html.contains("&lt;&lt;"), "{html}");
    }
}
