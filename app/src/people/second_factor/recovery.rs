//! Recovery codes: made out of a random seed that only the browser of their
//! owner holds for a while, so that a page can show them without anything but
//! their hashes being kept.

use super::model::{RECOVERY_ALPHABET, RECOVERY_CHARACTERS};
use crate::error::Result;
use crate::id::PersonId;
use crate::people::passwords::Hasher;
use crate::people::tokens::{self, Pepper};

/// How many codes somebody has at first.
const CODES: usize = 10;

/// The cookie that holds the seed until the codes are put away, and for how
/// many seconds at most.
pub const COOKIE: &str = "carrel-codes";
pub const COOKIE_SECONDS: u32 = 600;

/// Ten new codes: their seed, and what the database holds of them.
pub struct NewCodes {
    pub seed: String,
    pub salt: String,
    pub digests: Vec<String>,
}

impl NewCodes {
    pub async fn make(pepper: &Pepper, hasher: &Hasher, person: &PersonId) -> Result<Self> {
        let seed = tokens::new();
        let salt = salt(&seed);
        let digests = hasher.digests(codes(pepper, &seed, person), salt.clone()).await?;
        Ok(Self { seed, salt, digests })
    }

    /// Lets this browser show them until they are put away.
    pub fn lend(&self) {
        crate::people::cookies::lend(COOKIE, &self.seed, COOKIE_SECONDS);
    }
}

/// The salt of the codes of a seed; tells which seed they came from.
pub fn salt(seed: &str) -> String {
    tokens::key(seed)
}

/// The codes of a seed, as [`super::model::Passcode`] reads them.
fn codes(pepper: &Pepper, seed: &str, person: &PersonId) -> Vec<String> {
    let code = |number| {
        let bytes = pepper.derive(&format!("recovery code {seed} {person} {number}"));
        let characters = bytes.iter().take(RECOVERY_CHARACTERS);
        characters
            .map(|byte| char::from(RECOVERY_ALPHABET[usize::from(byte % 32)]))
            .collect()
    };
    (0..CODES).map(code).collect()
}

/// The codes of a seed, to be read: in groups of four.
pub fn to_read(pepper: &Pepper, seed: &str, person: &PersonId) -> Vec<String> {
    let grouped = |code: String| format!("{}-{}-{}", &code[..4], &code[4..8], &code[8..]);
    codes(pepper, seed, person).into_iter().map(grouped).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::second_factor::model::Passcode;

    #[tokio::test]
    async fn codes_are_found_again_by_one_hash() {
        let (pepper, hasher) = (Pepper::of(None), Hasher::default());
        let rosa = PersonId::random();
        let new = NewCodes::make(&pepper, &hasher, &rosa).await.unwrap();
        assert_eq!(new.digests.len(), CODES);
        let read = to_read(&pepper, &new.seed, &rosa);
        let Ok(Passcode::Recovery(code)) = Passcode::parse(&read[3]) else {
            panic!("{} is no recovery code", read[3])
        };
        let digest = hasher.digests(vec![code], new.salt.clone()).await.unwrap();
        assert_eq!(digest[0], new.digests[3]);
        assert!(!read[0].contains(&new.digests[0]) && new.salt != new.seed);
        let mut all = read.clone();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), CODES);
        assert_ne!(read, to_read(&pepper, &new.seed, &PersonId::random()));
    }
}
