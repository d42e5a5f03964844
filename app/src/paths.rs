//! Addresses within Carrel.

/// A place to go on to after signing in: a path of this site, else the home.
/// What points elsewhere (`//evil.example`, `https:…`, `/\evil`) is not taken, nor
/// what would once its dots are resolved (`/..//evil.example`).
pub fn local(next: &str) -> String {
    let path = next.split(['?', '#']).next().unwrap_or_default();
    let own = path.starts_with('/')
        && !path.contains("//")
        && next.len() <= 2_000
        // How the framework marks a refused form (server/src/drafts.rs).
        && !next.contains("__err=")
        && !next.chars().any(|c| c.is_control() || c == '\\');
    if own { next.to_owned() } else { "/".to_owned() }
}

/// Where one signs in to come back to an address.
pub fn sign_in_from(address: &str) -> String {
    let path = address.split('?').next().unwrap_or_default();
    match path {
        "/" | "/sign-in" => "/sign-in".into(),
        _ => format!("/sign-in?next={}", segment(address)),
    }
}

/// One segment of a path, percent-encoded (RFC 3986 §2.3 leaves letters,
/// digits and `-._~` as they are).
pub fn segment(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// A name for addresses out of a title: lower-case ASCII letters, digits and
/// hyphens, at most 48 characters, cut between words where they are not too long;
/// empty when nothing is left.
pub fn slug(title: &str) -> String {
    const MOST: usize = 48;
    const LEAST: usize = 16;
    let title = title.to_lowercase();
    let mut letters = title.chars().map(plain);
    let mut slug = String::new();
    for letter in letters.by_ref() {
        match letter {
            Some(c) => slug.push(c),
            None if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            None => {}
        }
        if slug.len() >= MOST {
            break;
        }
    }
    let goes_on = !slug.ends_with('-') && letters.next().flatten().is_some();
    if let Some(end) = slug.rfind('-').filter(|end| goes_on && *end >= LEAST) {
        slug.truncate(end);
    }
    slug.trim_end_matches('-').to_owned()
}

/// The ASCII letter or digit that stands for a letter in addresses.
fn plain(c: char) -> Option<char> {
    match c {
        'a'..='z' | '0'..='9' => Some(c),
        'à'..='å' | 'ā' | 'ă' | 'ą' => Some('a'),
        'ç' | 'ć' | 'č' => Some('c'),
        'è'..='ë' | 'ē' | 'ę' | 'ě' => Some('e'),
        'ì'..='ï' | 'ī' => Some('i'),
        'ñ' | 'ń' | 'ň' => Some('n'),
        'ò'..='ö' | 'ø' | 'ō' => Some('o'),
        'ù'..='ü' | 'ū' | 'ů' => Some('u'),
        'ý' | 'ÿ' => Some('y'),
        'š' | 'ś' => Some('s'),
        'ž' | 'ż' | 'ź' => Some('z'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_paths_are_followed() {
        assert_eq!(local("/groups/x?page=2"), "/groups/x?page=2");
        for bad in [
            "",
            "groups",
            "//evil.example",
            "/\\evil.example",
            "/..//evil.example",
            "/a/.//evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/a\r\nSet-Cookie: x",
        ] {
            assert_eq!(local(bad), "/", "{bad}");
        }
    }

    #[test]
    fn one_comes_back_with_the_whole_address() {
        assert_eq!(
            sign_in_from("/me/rate?profile=x&sitting=1"),
            "/sign-in?next=%2Fme%2Frate%3Fprofile%3Dx%26sitting%3D1"
        );
        assert_eq!(sign_in_from("/"), "/sign-in");
        assert_eq!(sign_in_from("/sign-in?next=%2Fme"), "/sign-in");
    }

    #[test]
    fn codes_are_encoded() {
        assert_eq!(segment("LM 3.4"), "LM%203.4");
        assert_eq!(segment("a/b?c#d%é"), "a%2Fb%3Fc%23d%25%C3%A9");
    }

    #[test]
    fn titles_become_names() {
        assert_eq!(
            slug("Reading a budget, before it reads you!"),
            "reading-a-budget-before-it-reads-you"
        );
        assert_eq!(slug("Économie & Société"), "economie-societe");
        assert_eq!(slug("図書館"), "");
        assert!(slug(&"long ".repeat(40)).len() <= 48);
        assert_eq!(
            slug("Frontline & backroom competencies for very small libraries"),
            "frontline-backroom-competencies-for-very-small"
        );
        assert_eq!(slug(&"x".repeat(60)).len(), 48);
    }
}
