//! Passwords: Argon2id, off the async threads, so many at once and no more.

use std::sync::Arc;

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::Semaphore;

use super::breached::Breached;
use super::model::PASSWORD_BYTES;
use crate::error::{AppError, Result};

/// The shortest password that is accepted whatever it is made of.
pub const LONG_ENOUGH: usize = 15;
/// Shorter ones need this strength (zxcvbn's 0–4) and at least [`SHORTEST`].
const STRONG: zxcvbn::Score = zxcvbn::Score::Four;
const SHORTEST: usize = 10;

/// Words that everybody here thinks of first: what is made of little else is
/// weak, like a password made of one's name.
const OURS: [&str; 6] = ["carrel", "library", "libraries", "librarian", "learning", "competency"];

/// A password that may be set: long enough or strong, and not a common one.
#[derive(Clone)]
pub struct NewPassword(String);

impl NewPassword {
    /// `about` are words that stand near the person (name, address): a
    /// password made of them is weak.
    pub fn parse(raw: &str, about: &[&str]) -> std::result::Result<Self, String> {
        let about: &[&str] = &[about, OURS.as_slice()].concat();
        let length = raw.chars().count();
        if length < SHORTEST {
            return Err(format!(
                "Use at least {LONG_ENOUGH} characters: three or four unrelated words work well."
            ));
        }
        if raw.len() > PASSWORD_BYTES {
            return Err(format!("A password has at most {PASSWORD_BYTES} characters."));
        }
        if beyond(raw, about) < SHORTEST / 2 {
            return Err("This password is little more than your name, your address or a word of the trade. Use unrelated words.".into());
        }
        let bounded: String = raw.chars().take(100).collect();
        let guess = zxcvbn::zxcvbn(&bounded, about);
        if guess.score() < zxcvbn::Score::Three {
            return Err("This password is common or easy to guess. Use three or four unrelated words.".into());
        }
        if length < LONG_ENOUGH && guess.score() < STRONG {
            return Err(format!(
                "Use at least {LONG_ENOUGH} characters, or a less guessable password."
            ));
        }
        Ok(Self(raw.to_owned()))
    }
}

/// How many letters and digits are left of a password without the words that
/// stand near the person.
fn beyond(raw: &str, about: &[&str]) -> usize {
    let mut rest = raw.to_lowercase();
    for words in about {
        for word in words
            .to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.chars().count() > 2)
        {
            rest = rest.replace(word, "");
        }
    }
    rest.chars().filter(|c| c.is_alphanumeric()).count()
}

/// Hashes and verifies with a bound on how many run at once, since each takes
/// 19 MiB (OWASP's minimum for Argon2id: m=19456, t=2, p=1).
#[derive(Clone)]
pub struct Hasher {
    permits: Arc<Semaphore>,
    argon: Argon2<'static>,
    breached: Option<Breached>,
}

impl Default for Hasher {
    fn default() -> Self {
        Self {
            permits: Arc::new(Semaphore::new(2)),
            argon: Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::DEFAULT),
            breached: None,
        }
    }
}

impl Hasher {
    /// One that refuses what became known elsewhere.
    pub fn refusing(breached: Option<Breached>) -> Self {
        Self {
            breached,
            ..Self::default()
        }
    }

    /// Hashes a password that is to be set, unless it became known elsewhere.
    pub async fn hash(&self, password: NewPassword) -> Result<String> {
        if let Some(breached) = self.breached.clone() {
            let typed = password.0.clone();
            let known = self.run(move |_| breached.has(&typed)).await?;
            if known.map_err(|error| AppError::internal("look through breached passwords", error))? {
                const KNOWN: &str = "This password became known in a breach elsewhere, so that others try it. Use one that you use nowhere else.";
                return Err(AppError::field("password", KNOWN));
            }
        }
        self.run(move |argon| {
            argon
                .hash_password(password.0.as_bytes())
                .map(|hash| hash.to_string())
                .map_err(|error| AppError::internal("hash a password", error))
        })
        .await?
    }

    /// Whether `password` is the one of `hash`. Without a hash the same work
    /// is done, so that the time tells nobody which addresses have accounts.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<bool> {
        const NOBODY: &str =
            "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$1ra2HBNfzrBqgT0OLl1fPzD8K2LsjpzBcS7wrVfkKh0";
        if password.len() > PASSWORD_BYTES {
            return Ok(false);
        }
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
        let matches = self
            .run(move |argon| {
                argon2::password_hash::phc::PasswordHash::new(&hash)
                    .is_ok_and(|hash| argon.verify_password(password.as_bytes(), &hash).is_ok())
            })
            .await?;
        Ok(matches && known)
    }

    /// What stands for short secrets that are not passwords, under one salt:
    /// with it, a typed one is found among those kept by hashing once.
    pub async fn digests(&self, texts: Vec<String>, salt: String) -> Result<Vec<String>> {
        self.run(move |argon| {
            let digest = |text: &String| {
                let mut bytes = [0; 32];
                argon
                    .hash_password_into(text.as_bytes(), salt.as_bytes(), &mut bytes)
                    .map(|()| super::tokens::hexadecimal(&bytes))
                    .map_err(|error| AppError::internal("hash", error))
            };
            texts.iter().map(digest).collect()
        })
        .await?
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce(&Argon2<'static>) -> T + Send + 'static) -> Result<T> {
        let permit = self
            .permits
            .clone()
            .acquire_owned()
            .await
            .map_err(|error| AppError::internal("wait for a hasher", error))?;
        let argon = self.argon.clone();
        tokio::task::spawn_blocking(move || {
            let _permit = permit;
            work(&argon)
        })
        .await
        .map_err(|error| AppError::internal("hash", error))
    }
}

#[cfg(test)]
mod tests {
    use sha1::Digest;

    use super::*;

    #[tokio::test]
    async fn a_password_verifies_against_its_own_hash_only() {
        let hasher = Hasher::default();
        let password = NewPassword::parse("harbour violet ladder nine", &[]).unwrap();
        let hash = hasher.hash(password).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(
            hasher
                .verify("harbour violet ladder nine".into(), Some(hash.clone()))
                .await
                .unwrap()
        );
        assert!(
            !hasher
                .verify("harbour violet ladder ten".into(), Some(hash))
                .await
                .unwrap()
        );
        assert!(!hasher.verify("anything at all".into(), None).await.unwrap());
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn no_more_than_two_are_hashed_at_once() {
        use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

        let hasher = Hasher::default();
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let each = (0..8).map(|_| {
            let (hasher, now, most) = (hasher.clone(), now.clone(), most.clone());
            tokio::spawn(async move {
                let work = move |_: &Argon2<'static>| {
                    most.fetch_max(now.fetch_add(1, SeqCst) + 1, SeqCst);
                    std::thread::sleep(std::time::Duration::from_millis(20));
                    now.fetch_sub(1, SeqCst);
                };
                hasher.run(work).await.unwrap();
            })
        });
        for done in futures::future::join_all(each).await {
            done.unwrap();
        }
        assert!((1..=2).contains(&most.load(SeqCst)), "{most:?}");
    }

    #[tokio::test]
    async fn what_became_known_elsewhere_is_refused() {
        // SHA-1 of the first of both.
        let file = tempfile::NamedTempFile::new().unwrap();
        let known = "harbour violet ladder nine";
        let hash = sha1::Sha1::digest(known.as_bytes());
        std::fs::write(file.path(), crate::people::tokens::hexadecimal(&hash)).unwrap();
        let hasher = Hasher::refusing(Some(Breached::open(file.path()).unwrap()));
        let hash = async |password: &str| hasher.hash(NewPassword::parse(password, &[]).unwrap()).await;
        let refused = hash(known).await.unwrap_err();
        assert!(refused.at("password").unwrap().contains("breach"));
        assert!(hash("harbour violet ladder ten").await.is_ok());
        assert!(
            Hasher::default()
                .hash(NewPassword::parse(known, &[]).unwrap())
                .await
                .is_ok()
        );
    }

    #[test]
    fn common_short_and_personal_passwords_are_refused() {
        for bad in [
            "",
            "short",
            "password123456789",
            "qwertyuiop12345",
            "aaaaaaaaaaaaaaaaaaaa",
        ] {
            assert!(NewPassword::parse(bad, &[]).is_err(), "{bad}");
        }
        assert!(NewPassword::parse("rosa-riverside-rosa-1", &["Rosa Marín", "rosa@riverside.example"]).is_err());
        for ours in ["Carrel-Library-2026", "learning learning 12", "librarianlibrarian!"] {
            assert!(NewPassword::parse(ours, &[]).is_err(), "{ours}");
        }
        assert!(NewPassword::parse(&"x y z ".repeat(100), &[]).is_err());
        let long = "harbour violet ladder nine, seven quiet lanterns burning under a grey slate roof";
        assert!(long.len() > 64 && NewPassword::parse(long, &[]).is_ok());
        assert!(NewPassword::parse("harbour violet ladder nine", &[]).is_ok());
    }
}
