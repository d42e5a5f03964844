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
                | '\u{200b}'
                | '\u{200e}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::is_hidden;

    #[test]
    fn scripts_keep_their_joiners_and_nobody_hides() {
        assert!("\u{200b}\u{202e}\u{feff}\0\n".chars().all(is_hidden));
        assert!(!"Zoë O’Neil–Šimková 李梅 न\u{200d}ी \u{200c}".chars().any(is_hidden));
    }
}
