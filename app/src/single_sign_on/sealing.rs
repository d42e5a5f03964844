//! Secrets that the server has to know in words, kept so that the database
//! alone does not tell them: AES-256-GCM under a key of the installation.

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Key, Nonce};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::error::{AppError, Result};
use crate::id::ProviderId;
use crate::people::tokens::Pepper;

/// Bytes of a nonce (NIST SP 800-38D §8.2).
const NONCE: usize = 12;

fn cipher(pepper: &Pepper) -> Aes256Gcm {
    Aes256Gcm::new(&Key::<Aes256Gcm>::from(pepper.derive("secrets of providers")))
}

/// Seals a secret for `owner`: elsewhere it does not open.
pub fn seal(pepper: &Pepper, owner: &str, secret: &str) -> Result<String> {
    let nonce: [u8; NONCE] = rand::random();
    let payload = Payload {
        msg: secret.as_bytes(),
        aad: owner.as_bytes(),
    };
    let sealed = cipher(pepper)
        .encrypt(&Nonce::from(nonce), payload)
        .map_err(|error| AppError::internal("seal a secret", error))?;
    Ok(URL_SAFE_NO_PAD.encode([&nonce[..], &sealed].concat()))
}

/// Seals what was typed for a provider, if anything was.
pub fn seal_given(pepper: &Pepper, provider: &ProviderId, typed: &str) -> Result<Option<String>> {
    let given = (!typed.is_empty()).then(|| seal(pepper, provider.as_str(), typed));
    given.transpose()
}

/// Opens what was sealed for `owner` here, under this key or the one before it;
/// nothing when it was elsewhere, or under another.
pub fn open(pepper: &Pepper, owner: &str, sealed: &str) -> Option<String> {
    open_under(pepper, owner, sealed).or_else(|| open_under(&pepper.before()?, owner, sealed))
}

/// Seals anew what the key before this one had sealed; nothing where this one
/// did, or no key here.
pub fn taken_over(pepper: &Pepper, owner: &str, sealed: &str) -> Option<String> {
    if open_under(pepper, owner, sealed).is_some() {
        return None;
    }
    let secret = open_under(&pepper.before()?, owner, sealed)?;
    seal(pepper, owner, &secret).ok()
}

fn open_under(pepper: &Pepper, owner: &str, sealed: &str) -> Option<String> {
    let bytes = URL_SAFE_NO_PAD.decode(sealed).ok()?;
    let (nonce, sealed) = bytes.split_first_chunk::<NONCE>()?;
    let payload = Payload {
        msg: sealed,
        aad: owner.as_bytes(),
    };
    let secret = cipher(pepper).decrypt(&Nonce::from(*nonce), payload).ok()?;
    String::from_utf8(secret).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_opens_for_its_owner_under_its_key() {
        let pepper = Pepper::of(Some("a secret of at least thirty-two characters"));
        let sealed = seal(&pepper, "state-library", "hunter2").unwrap();
        assert!(!sealed.contains("hunter2"));
        assert_ne!(sealed, seal(&pepper, "state-library", "hunter2").unwrap());
        assert_eq!(open(&pepper, "state-library", &sealed).as_deref(), Some("hunter2"));
        assert_eq!(open(&pepper, "other", &sealed), None);
        assert_eq!(open(&Pepper::of(None), "state-library", &sealed), None);
        assert_eq!(open(&pepper, "state-library", "x"), None);
        let new = Pepper::of(Some("another")).after(Some("a secret of at least thirty-two characters"));
        assert_eq!(open(&new, "state-library", &sealed).as_deref(), Some("hunter2"));
        let anew = taken_over(&new, "state-library", &sealed).unwrap();
        assert_eq!(
            open(&Pepper::of(Some("another")), "state-library", &anew).as_deref(),
            Some("hunter2")
        );
        assert_eq!(taken_over(&new, "state-library", &anew), None, "it was taken over");
        assert_eq!(taken_over(&new, "other", &sealed), None);
    }
}
