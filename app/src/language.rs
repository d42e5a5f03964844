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

/// The language of a text that is not the interface's.
pub fn foreign(tag: &str) -> Option<String> {
    (!tag.is_empty() && tag != "en").then(|| tag.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

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
