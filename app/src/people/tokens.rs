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
    Sha256::digest(token.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
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
}
