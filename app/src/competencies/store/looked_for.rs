//! Texts as words are looked for in them within an edition.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// In small letters and without accents, with one kind of apostrophe, quotation mark
/// and dash: people type what their keys have. Marks of scripts that need them stay.
pub(super) fn typed(text: &str) -> String {
    let letters = text.to_lowercase();
    let apart = letters.nfkd().filter(|c| !is_accent(*c)).map(|c| match c {
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{02bc}' => '\'',
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{00ab}' | '\u{00bb}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        c => c,
    });
    apart.nfc().collect()
}

/// Accents of Latin, Greek and Cyrillic letters, and what does not show within words.
fn is_accent(c: char) -> bool {
    (is_combining_mark(c) && ('\u{0300}'..='\u{036f}').contains(&c)) || matches!(c, '\u{00ad}' | '\u{200b}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_finds_what_is_written() {
        assert_eq!(typed("Médiathèque – people’s İ"), "mediatheque - people's i");
        assert_eq!(typed("“Fair” non\u{ad}fic\u{2011}tion"), "\"fair\" nonfic-tion");
        // Letters of other scripts stay whole.
        for text in ["가나", "किताब", "كتاب", "図書館"] {
            assert_eq!(typed(text), text.nfc().collect::<String>());
        }
    }
}
