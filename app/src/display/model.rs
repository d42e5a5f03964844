use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Theme {
    /// As the device has it.
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    /// The word in forms, in the cookie and on the document.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Self::System, Self::Light, Self::Dark]
            .into_iter()
            .find(|theme| theme.as_str() == text)
    }
}

/// What somebody chose for this browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Display {
    pub theme: Theme,
    /// Less space between things.
    pub compact: bool,
    /// Whether single keys do something.
    pub keys: bool,
}

impl Default for Display {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            compact: false,
            keys: true,
        }
    }
}

/// The cookie that keeps it, without the prefix that it has over TLS.
pub const COOKIE: &str = "carrel-display";

impl Display {
    /// As it stands in the cookie, such as `dark.compact.keys`.
    pub fn to_cookie(self) -> String {
        let density = if self.compact { "compact" } else { "comfortable" };
        let keys = if self.keys { "keys" } else { "off" };
        format!("{}.{density}.{keys}", self.theme.as_str())
    }

    /// What cannot be read is as if nothing had been chosen.
    pub fn of_cookie(value: &str) -> Self {
        let mut parts = value.split('.');
        Self {
            theme: parts.next().and_then(Theme::parse).unwrap_or_default(),
            compact: parts.next() == Some("compact"),
            keys: parts.next() != Some("off"),
        }
    }

    /// That of the request being answered.
    #[cfg(feature = "ssr")]
    pub fn of_request() -> Self {
        crate::people::cookies::held(COOKIE).map_or_else(Self::default, |value| Self::of_cookie(&value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_survives_its_cookie_and_nonsense_chooses_nothing() {
        for theme in [Theme::System, Theme::Light, Theme::Dark] {
            for (compact, keys) in [(false, false), (true, true)] {
                let display = Display { theme, compact, keys };
                assert_eq!(Display::of_cookie(&display.to_cookie()), display);
            }
        }
        for nonsense in ["", "..", "sepia", "\"><script>"] {
            assert_eq!(Display::of_cookie(nonsense), Display::default());
        }
    }
}
