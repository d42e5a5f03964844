//! Secrets that people carry in cookies and links: 256 random bits, of which
//! the database holds only a hash.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// A new token for a cookie or a link.
pub fn new() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}

/// The key under which the database knows a token: its SHA-256 in hexadecimal.
pub fn key(token: &str) -> String {
    hexadecimal(&Sha256::digest(token.as_bytes()))
}

/// The installation's secret, as a key, and the one before it while what hangs
/// on that is taken over.
#[derive(Clone)]
pub struct Pepper {
    key: [u8; 32],
    old: Option<[u8; 32]>,
}

impl Pepper {
    /// Of a configured secret, else a new one.
    pub fn of(secret: Option<&str>) -> Self {
        Self {
            key: secret.map_or_else(rand::random, |secret| Sha256::digest(secret.as_bytes()).into()),
            old: None,
        }
    }

    /// The same, with the secret that it took the place of.
    pub fn after(self, old: Option<&str>) -> Self {
        Self {
            old: old.map(|old| Sha256::digest(old.as_bytes()).into()),
            ..self
        }
    }

    /// The key before this one.
    pub fn before(&self) -> Option<Self> {
        self.old.map(|key| Self { key, old: None })
    }

    /// What tells one key from another and nothing of it.
    pub fn name(&self) -> String {
        hexadecimal(&self.derive("the name of this key")[..8])
    }

    /// Bytes that only this installation can make out of `what`: HMAC-SHA256
    /// (RFC 2104).
    pub fn derive(&self, what: &str) -> [u8; 32] {
        let pad = |with: u8| {
            let mut block = [with; 64];
            block.iter_mut().zip(self.key).for_each(|(byte, key)| *byte ^= key);
            block
        };
        let inner = Sha256::new().chain_update(pad(0x36)).chain_update(what).finalize();
        Sha256::new()
            .chain_update(pad(0x5c))
            .chain_update(inner)
            .finalize()
            .into()
    }

    /// A key that stands for `what` and does not tell it.
    pub fn key(&self, what: &str) -> String {
        hexadecimal(
            &Sha256::new()
                .chain_update(self.key)
                .chain_update(what.as_bytes())
                .finalize(),
        )
    }
}

/// Bytes as lower-case hexadecimal digits.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_long_and_their_keys_are_keys() {
        let (one, two) = (new(), new());
        assert_ne!(one, two);
        assert!(one.len() >= 43);
        assert!(crate::id::is_key(&key(&one)));
        assert!(!key(&one).contains(&one));
    }

    #[test]
    fn what_is_derived_is_an_hmac() {
        // RFC 4231 §4.2; a key is filled up with noughts.
        let mut key = [0; 32];
        key[..20].fill(0x0b);
        assert_eq!(
            hexadecimal(&Pepper { key, old: None }.derive("Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        );
    }

    #[test]
    fn a_pepper_is_its_secret() {
        let one = Pepper::of(Some("a secret of at least thirty-two characters"));
        let same = Pepper::of(Some("a secret of at least thirty-two characters"));
        assert_eq!(one.key("rosa@riverside.example"), same.key("rosa@riverside.example"));
        assert_ne!(one.key("rosa@riverside.example"), one.key("sam@riverside.example"));
        assert_ne!(one.key("x"), Pepper::of(None).key("x"));
        assert!(!one.key("rosa").contains("rosa"));
        assert_eq!(one.name(), same.name());
        let new = Pepper::of(Some("another")).after(Some("a secret of at least thirty-two characters"));
        assert!(new.name() != one.name() && new.before().unwrap().name() == one.name());
        assert!(one.before().is_none());
    }
}
