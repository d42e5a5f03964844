use serde::{Deserialize, Serialize};

/// What the page of one's second factor shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SecondFactor {
    Off,
    /// There are passkeys, and none was lately shown here.
    ShowPasskey,
    /// Begun, and not yet confirmed by a code.
    SettingUp {
        secret: String,
        /// What the squares say, for an app on the same phone.
        address: String,
        squares: Squares,
    },
    On {
        since: String,
        codes_left: u32,
        /// Recovery codes that were just made, in the browser that made them.
        new_codes: Vec<String>,
        /// A factor was lately shown here, so that no code is asked for again.
        shown: bool,
    },
}

/// What somebody has beside their password, and whether they have lately shown
/// it in this session.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Held {
    pub app: bool,
    pub passkey: bool,
    pub shown: bool,
}

/// What is asked of somebody, beside their password, before a factor of theirs
/// is added, revealed or removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FactorAsked {
    /// They have none, or have shown one.
    Nothing,
    /// A code of their app, or a recovery code.
    Code,
    /// One of their passkeys.
    Passkey,
}

impl Held {
    /// Whoever has a factor shows one: a password alone, or a mailbox, is what a
    /// second factor is there for.
    pub fn asked(self) -> FactorAsked {
        match self {
            Self { shown: true, .. } => FactorAsked::Nothing,
            Self { app: true, .. } => FactorAsked::Code,
            Self { passkey: true, .. } => FactorAsked::Passkey,
            _ => FactorAsked::Nothing,
        }
    }

    /// What a sign-in waits for once the first factor was right, if for anything:
    /// a code of an app is always asked for, a passkey alone where the site asks
    /// this person for a second factor.
    pub fn waits_for(self, rule_asks: bool) -> Option<Waiting> {
        (self.app || self.passkey && rule_asks).then_some(Waiting {
            code: self.app,
            passkey: self.passkey,
        })
    }
}

/// With what a sign-in that waits can be ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    pub code: bool,
    pub passkey: bool,
}

/// A QR code: how many squares it is wide, quiet zone included, and an SVG path
/// around the dark ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Squares {
    pub width: u32,
    pub path: String,
}

/// What somebody typed where a code is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Passcode {
    /// Six digits of the app.
    App(String),
    Recovery(String),
}

/// Digits of a code of the app (RFC 6238).
pub const DIGITS: usize = 6;
/// Characters of a recovery code, of five random bits each.
pub const RECOVERY_CHARACTERS: usize = 12;
/// Crockford's base 32, which leaves out what looks alike.
pub const RECOVERY_ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

impl Passcode {
    /// Takes spaces, hyphens and capitals as people type them.
    pub fn parse(raw: &str) -> Result<Self, String> {
        const NEITHER: &str = "Enter the six digits that your app shows, or one of your recovery codes.";
        if raw.len() > 100 {
            return Err(NEITHER.into());
        }
        let plain: String = raw
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .flat_map(char::to_lowercase)
            .collect();
        if plain.len() == DIGITS && plain.bytes().all(|b| b.is_ascii_digit()) {
            return Ok(Self::App(plain));
        }
        let alike = plain.replace('o', "0").replace(['i', 'l'], "1");
        let recovery = alike.len() == RECOVERY_CHARACTERS && alike.bytes().all(|b| RECOVERY_ALPHABET.contains(&b));
        recovery.then_some(Self::Recovery(alike)).ok_or_else(|| NEITHER.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_has_a_factor_is_asked_for_one() {
        use FactorAsked::*;
        let held = |app, passkey, shown| Held { app, passkey, shown };
        for (held, asked) in [
            (held(false, false, false), Nothing),
            (held(true, false, false), Code),
            (held(true, true, false), Code),
            (held(false, true, false), Passkey),
            (held(true, true, true), Nothing),
            (held(false, true, true), Nothing),
        ] {
            assert_eq!(held.asked(), asked, "{held:?}");
        }
        let waits = |code, passkey| Some(Waiting { code, passkey });
        for (held, quiet, ruled) in [
            (held(false, false, false), None, None),
            (held(true, false, false), waits(true, false), waits(true, false)),
            (held(true, true, false), waits(true, true), waits(true, true)),
            (held(false, true, false), None, waits(false, true)),
        ] {
            assert_eq!(
                (held.waits_for(false), held.waits_for(true)),
                (quiet, ruled),
                "{held:?}"
            );
        }
    }

    #[test]
    fn codes_are_taken_as_people_type_them() {
        assert_eq!(Passcode::parse(" 012 345 "), Ok(Passcode::App("012345".into())));
        let recovery = Passcode::Recovery("01k7m2q9xw4t".into());
        for typed in ["01k7-m2q9-xw4t", "OIK7M2Q9XW4T", " ol k7 m2q9 xw4t"] {
            assert_eq!(Passcode::parse(typed), Ok(recovery.clone()), "{typed}");
        }
        for bad in [
            "",
            "12345",
            "1234567",
            "٠١٢٣٤٥",
            "01k7-m2q9-xw4u",
            "+12345",
            &"1".repeat(101),
        ] {
            assert!(Passcode::parse(bad).is_err(), "{bad}");
        }
    }
}
