//! What the server and the app on somebody's phone share (RFC 6238). It is kept
//! nowhere: the installation's key makes it out of a salt each time.

use totp_rs::{Algorithm, Builder, Totp};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::model::{DIGITS, Squares};
use super::store::Factor;
use crate::error::{AppError, Result};
use crate::id::PersonId;
use crate::people::tokens::Pepper;
use crate::single_sign_on::sealing;

/// Seconds for which a code stands.
const STEP: u64 = 30;
/// A clock may be one step off.
const SKEW: u16 = 1;
/// Bytes of a secret (RFC 4226 §4).
const BYTES: usize = 20;

/// The secret of one person.
pub struct Secret(Totp);

impl Secret {
    pub fn of(pepper: &Pepper, salt: &str, account: &str) -> Result<Self> {
        Self::made_of(&derived(pepper, salt), account)
    }

    /// The secret of a second factor that is on, sealed or derived.
    pub fn of_factor(pepper: &Pepper, person: &PersonId, factor: &Factor) -> Result<Self> {
        match &factor.sealed {
            None => Self::of(pepper, &factor.salt, ""),
            Some(sealed) => {
                let opened = sealing::open(pepper, &owner(person), sealed);
                let bytes = opened.and_then(|text| URL_SAFE_NO_PAD.decode(text).ok());
                let bytes = bytes.and_then(|bytes| <[u8; BYTES]>::try_from(bytes).ok());
                let lost = || AppError::internal("second factor", "it was sealed under another secret");
                Self::made_of(&bytes.ok_or_else(lost)?, "")
            }
        }
    }

    fn made_of(bytes: &[u8; BYTES], account: &str) -> Result<Self> {
        // A colon parts issuer and account.
        let account = account.replace(':', " ");
        Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(DIGITS as u8)
            .with_skew(SKEW)
            .with_step_duration(STEP)
            .with_secret(bytes.to_vec())
            .with_issuer(Some("Carrel"))
            .with_account_name(account)
            .build()
            .map(Self)
            .map_err(|error| AppError::internal("secret of a second factor", error))
    }

    /// The step whose code this is, around `now` in seconds since 1970.
    pub fn step_of(&self, code: &str, now: u64) -> Option<u64> {
        self.0.check(code, now)
    }

    /// The code at `now` in seconds since 1970.
    pub fn code(&self, now: u64) -> String {
        self.0.generate(now).to_string()
    }

    /// To type into an app, in groups of four.
    pub fn to_type(&self) -> String {
        let letters = self.0.secret().to_base32();
        let groups: Vec<&str> = (0..letters.len())
            .step_by(4)
            .filter_map(|at| letters.get(at..(at + 4).min(letters.len())))
            .collect();
        groups.join(" ")
    }

    /// To open with an app on the same phone.
    pub fn address(&self) -> Result<String> {
        self.0
            .to_url()
            .map_err(|error| AppError::internal("address of a second factor", error))
    }

    /// To scan with an app.
    pub fn squares(&self) -> Result<Squares> {
        let code = qrcode::QrCode::new(self.address()?).map_err(|error| AppError::internal("QR code", error))?;
        Ok(squares(code.width(), &code.into_colors()))
    }
}

fn derived(pepper: &Pepper, salt: &str) -> [u8; BYTES] {
    let long = pepper.derive(&format!("second factor {salt}"));
    let mut bytes = [0; BYTES];
    bytes.copy_from_slice(&long[..BYTES]);
    bytes
}

/// For whom a secret is sealed: no provider has such a name.
fn owner(person: &PersonId) -> String {
    format!("second factor of {person}")
}

/// What a second factor is kept as under the newer key, where the one before it
/// made or sealed it.
pub fn taken_over(pepper: &Pepper, person: &PersonId, factor: &Factor) -> Option<String> {
    match &factor.sealed {
        Some(sealed) => sealing::taken_over(pepper, &owner(person), sealed),
        None => {
            let bytes = derived(&pepper.before()?, &factor.salt);
            sealing::seal(pepper, &owner(person), &URL_SAFE_NO_PAD.encode(bytes)).ok()
        }
    }
}

/// Seconds since 1970.
pub fn now() -> u64 {
    u64::try_from(jiff::Timestamp::now().as_second()).unwrap_or(0)
}

/// ISO/IEC 18004 asks for four light squares all around.
const QUIET: usize = 4;

fn squares(width: usize, colours: &[qrcode::Color]) -> Squares {
    let mut path = String::new();
    for (y, row) in colours.chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run.first() == Some(&qrcode::Color::Dark) {
                let long = run.len();
                path.push_str(&format!("M{} {}h{long}v1h-{long}z", x + QUIET, y + QUIET));
            }
            x += run.len();
        }
    }
    Squares {
        width: u32::try_from(width + 2 * QUIET).unwrap_or(0),
        path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret() -> Secret {
        Secret::of(
            &Pepper::of(Some("a secret of at least thirty-two characters")),
            "salt",
            "rosa:x@riverside.example",
        )
        .unwrap()
    }

    #[test]
    fn a_code_belongs_to_its_step_and_its_neighbours() {
        let secret = secret();
        let now = 1_795_701_900;
        let code = secret.code(now);
        assert_eq!(code.len(), DIGITS);
        let step = now / STEP;
        assert_eq!(secret.step_of(&code, now), Some(step));
        assert_eq!(secret.step_of(&code, now + STEP), Some(step));
        assert_eq!(secret.step_of(&code, now + 2 * STEP), None);
        assert_eq!(secret.step_of("abcdef", now), None);
    }

    #[test]
    fn another_key_or_salt_makes_another_secret() {
        let pepper = Pepper::of(Some("a secret of at least thirty-two characters"));
        let one = Secret::of(&pepper, "salt", "rosa").unwrap().to_type();
        assert_eq!(one, secret().to_type());
        assert_eq!(one.replace(' ', "").len(), 32);
        assert_ne!(one, Secret::of(&pepper, "other", "rosa").unwrap().to_type());
        assert_ne!(one, Secret::of(&Pepper::of(None), "salt", "rosa").unwrap().to_type());
    }

    #[test]
    fn an_app_on_the_same_phone_opens_it_by_its_address() {
        let address = secret().address().unwrap();
        assert!(address.starts_with("otpauth://totp/Carrel:rosa"), "{address}");
        assert!(address.contains(&secret().to_type().replace(' ', "")), "{address}");
    }

    #[test]
    fn a_qr_code_is_one_path_within_its_quiet_zone() {
        let dark = qrcode::Color::Dark;
        let light = qrcode::Color::Light;
        let drawn = squares(2, &[dark, dark, light, dark]);
        assert_eq!((drawn.width, drawn.path.as_str()), (10, "M4 4h2v1h-2zM5 5h1v1h-1z"));
        assert!(secret().squares().unwrap().width > 30);
    }
}
