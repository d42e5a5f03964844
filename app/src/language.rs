//! Languages to choose from, by their tags (BCP 47) and their names, and the one
//! that a text says of itself.

/// Tags with names, in order of the names.
pub const LANGUAGES: [(&str, &str); 44] = [
    ("ar", "Arabic"),
    ("hy", "Armenian"),
    ("eu", "Basque"),
    ("bn", "Bengali"),
    ("bg", "Bulgarian"),
    ("ca", "Catalan"),
    ("zh", "Chinese"),
    ("hr", "Croatian"),
    ("cs", "Czech"),
    ("da", "Danish"),
    ("nl", "Dutch"),
    ("en", "English"),
    ("et", "Estonian"),
    ("fi", "Finnish"),
    ("fr", "French"),
    ("gl", "Galician"),
    ("de", "German"),
    ("el", "Greek"),
    ("he", "Hebrew"),
    ("hi", "Hindi"),
    ("hu", "Hungarian"),
    ("is", "Icelandic"),
    ("id", "Indonesian"),
    ("ga", "Irish"),
    ("it", "Italian"),
    ("ja", "Japanese"),
    ("ko", "Korean"),
    ("lv", "Latvian"),
    ("lt", "Lithuanian"),
    ("no", "Norwegian"),
    ("fa", "Persian"),
    ("pl", "Polish"),
    ("pt", "Portuguese"),
    ("ro", "Romanian"),
    ("ru", "Russian"),
    ("sr", "Serbian"),
    ("sk", "Slovak"),
    ("sl", "Slovenian"),
    ("es", "Spanish"),
    ("sw", "Swahili"),
    ("sv", "Swedish"),
    ("tr", "Turkish"),
    ("uk", "Ukrainian"),
    ("cy", "Welsh"),
];

/// Whether it is one of the list.
pub fn is_language(tag: &str) -> bool {
    LANGUAGES.iter().any(|(known, _)| *known == tag)
}

/// The name of a language of the list, else its tag.
pub fn label(tag: &str) -> &str {
    LANGUAGES
        .iter()
        .find(|(known, _)| *known == tag)
        .map_or(tag, |(_, name)| name)
}

/// The list as a form offers it.
pub fn options() -> Vec<(String, String)> {
    LANGUAGES
        .iter()
        .map(|(tag, name)| ((*tag).to_owned(), (*name).to_owned()))
        .collect()
}

/// The list with what is chosen already, where that is none of it.
pub fn options_with(tag: &str) -> Vec<(String, String)> {
    let other = (!is_language(tag)).then(|| match tag {
        "" => (String::new(), "Choose one".to_owned()),
        tag => (tag.to_owned(), tag.to_owned()),
    });
    other.into_iter().chain(options()).collect()
}

/// Whether it is formed like a language tag (BCP 47): the language in two or three
/// letters, then script, region and the like.
pub fn is_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    let fits = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    tag.len() <= 35
        && (2..=3).contains(&language.len())
        && language.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(fits)
}

/// The language of a text that is not the interface's.
pub fn foreign(tag: &str) -> Option<String> {
    (!tag.is_empty() && tag != "en").then(|| tag.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_languages_are_no_tags() {
        for tag in ["en", "pt-BR", "zh-Hant-TW", "haw", "de-1996"] {
            assert!(is_tag(tag), "{tag}");
        }
        for name in ["English", "", "e", "e n", "12", "en-", "polski", "en-abcdefghi"] {
            assert!(!is_tag(name), "{name}");
        }
        assert_eq!(options_with("en").len(), LANGUAGES.len());
        assert_eq!(options_with("pt-BR")[0].0, "pt-BR");
    }

    #[test]
    fn languages_stand_in_order_and_once() {
        assert!(LANGUAGES.windows(2).all(|pair| pair[0].1 < pair[1].1));
        assert!(is_language("cy") && !is_language("xx"));
        assert_eq!((label("cy"), label("xx")), ("Welsh", "xx"));
    }

    #[test]
    fn a_text_says_its_language_where_it_is_another() {
        assert_eq!(foreign("cy").as_deref(), Some("cy"));
        assert!(foreign("en").is_none() && foreign("").is_none());
    }
}
