//! What one-line texts may hold.

/// What to say of characters that nobody sees.
pub const HIDDEN: &str = "Leave out characters that cannot be seen.";

/// Whether a character does not show or changes how others do: controls, and
/// of the format characters (Unicode general category Cf) those that could let
/// one name look like another. The joiners that scripts need are none.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{61c}'
                | '\u{200b}'
                | '\u{200e}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// Whether a character turns the direction of those behind it (UAX #9: embeddings,
/// overrides and isolates), so that what is read is not what stands there. The
/// marks that scripts need in long texts are none.
pub fn is_turning(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What may be shown of something that is not taken as it is: hidden characters
/// are left out.
pub fn visible(raw: &str) -> String {
    raw.chars().filter(|c| !is_hidden(*c)).collect()
}

/// Whether a character joins others or keeps them apart, as scripts need it in
/// words and nobody in an address.
pub fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// The same in small letters.
#[cfg(not(feature = "hydrate"))]
pub fn lowercase(text: &str) -> String {
    text.to_lowercase()
}

/// The same in small letters, as the browser has them: the tables of them would be
/// downloaded with every page that names a level within a sentence.
#[cfg(feature = "hydrate")]
pub fn lowercase(text: &str) -> String {
    String::from(js_sys::JsString::from(text).to_lower_case())
}

/// One line of text without spare spaces, of at most `most` characters; may be
/// empty. `what` names it in the answer, such as "A place".
pub fn line(raw: &str, what: &str, most: usize) -> Result<String, String> {
    let text = raw.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().any(is_hidden) {
        Err(HIDDEN.into())
    } else if text.chars().count() > most {
        Err(format!("{what} has at most {most} characters."))
    } else {
        Ok(text)
    }
}

/// Text of several lines as forms send it: line ends are all the same, and the
/// character that the database cannot keep is refused.
pub fn lines(raw: &str) -> Result<String, String> {
    if raw.contains('\0') {
        return Err("The text holds a character that cannot be kept.".into());
    }
    Ok(raw.replace("\r\n", "\n").replace('\r', "\n"))
}

/// The same without spare space around it.
pub fn trimmed_lines(raw: &str) -> Result<String, String> {
    lines(raw).map(|text| text.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::{is_hidden, is_turning, line, lines, trimmed_lines, visible};

    #[test]
    fn nothing_turns_what_is_shown() {
        let turning: Vec<char> = (0..=0x10_ffff)
            .filter_map(char::from_u32)
            .filter(|c| is_turning(*c))
            .collect();
        assert_eq!(turning.len(), 9);
        assert!(turning.iter().all(|c| is_hidden(*c)));
        assert_eq!(visible("gro.elpmaxe\u{202e}@ana\u{2069}\0"), "gro.elpmaxe@ana");
        assert_eq!(visible("Zoë O’Neil 李梅 न\u{200d}ी"), "Zoë O’Neil 李梅 न\u{200d}ी");
    }

    #[test]
    fn lines_end_alike_and_hold_what_can_be_kept() {
        assert_eq!(lines(" a\r\nb\rc\r\r\n"), Ok(" a\nb\nc\n\n".into()));
        assert_eq!(trimmed_lines(" a\r\nb\r\n"), Ok("a\nb".into()));
        assert!(lines("a\0b").is_err());
    }

    #[test]
    fn a_line_is_tidied_and_bounded() {
        assert_eq!(line("  Harbour   Street ", "A place", 20), Ok("Harbour Street".into()));
        assert_eq!(line("", "A place", 20), Ok(String::new()));
        assert_eq!(
            line("abcd", "A place", 3),
            Err("A place has at most 3 characters.".into())
        );
        assert!(line("a\u{202e}b", "A place", 20).is_err());
    }

    #[test]
    fn scripts_keep_their_joiners_and_nobody_hides() {
        assert!("\u{200b}\u{202e}\u{feff}\0\n".chars().all(is_hidden));
        assert!(!"Zoë O’Neil–Šimková 李梅 न\u{200d}ी \u{200c}".chars().any(is_hidden));
    }
}
