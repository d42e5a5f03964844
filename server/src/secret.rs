//! The installation's secret: what is configured, else a file beside the
//! database that is made at the first start.

use std::io::Write;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::config::Config;

/// Bytes of a secret, and how many different ones are among them at least: of
/// 32 random ones there are fewer than 16 once in 10¹³ times.
const BYTES: usize = 32;
const DIFFERENT: usize = 16;

/// The configured secret, else the one that is kept. A database in memory
/// needs none: all that hangs on it is gone with it.
pub fn of(config: &Config) -> Result<Option<String>, String> {
    if config.secret.is_some() || config.database == "mem://" {
        return Ok(config.secret.clone());
    }
    let path = path(config);
    kept(&path)
        .map(Some)
        .map_err(|error| format!("secret (CARREL_SECRET): {} cannot be used: {error}", path.display()))
}

/// Whether a configured secret is made of at least 32 bytes that somebody let a
/// machine choose: in hexadecimal or base64, and no pattern.
pub fn is_random(secret: &str) -> bool {
    let hexadecimal = secret.len().is_multiple_of(2) && secret.bytes().all(|byte| byte.is_ascii_hexdigit());
    let bytes: Option<Vec<u8>> = if hexadecimal {
        let pair = |at: usize| {
            secret
                .get(at..at + 2)
                .and_then(|pair| u8::from_str_radix(pair, 16).ok())
        };
        (0..secret.len()).step_by(2).map(pair).collect()
    } else {
        let plain = secret.trim_end_matches('=').replace('+', "-").replace('/', "_");
        URL_SAFE_NO_PAD.decode(plain).ok()
    };
    bytes.is_some_and(|bytes| {
        let different: std::collections::BTreeSet<u8> = bytes.iter().copied().collect();
        bytes.len() >= BYTES && different.len() >= DIFFERENT
    })
}

/// Beside the embedded database, or beside the uploaded files.
fn path(config: &Config) -> PathBuf {
    let neighbour = config.database_path().unwrap_or_else(|| config.files.clone());
    let folder = neighbour.parent().map(Path::to_owned).unwrap_or_default();
    folder.join("carrel.key")
}

/// Reads the file, or makes it: for its owner alone, whole or not at all.
fn kept(path: &Path) -> std::io::Result<String> {
    if let Some(secret) = read(path)? {
        return Ok(secret);
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let making = path.with_extension(format!("key.{}", std::process::id()));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&making)?;
    writeln!(file, "{}", app::people::tokens::new())?;
    file.sync_all()?;
    // Whoever was first keeps theirs.
    let _second = std::fs::hard_link(&making, path);
    std::fs::remove_file(&making)?;
    read(path)?.ok_or_else(|| std::io::Error::other("it cannot be read back"))
}

fn read(path: &Path) -> std::io::Result<Option<String>> {
    match std::fs::read_to_string(path) {
        Ok(text) if text.trim().len() >= 32 => Ok(Some(text.trim().to_owned())),
        Ok(_) => Err(std::io::Error::other("it holds less than 32 characters")),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_made_once_and_kept_for_its_owner() {
        let folder = tempfile::tempdir().unwrap();
        let config = Config {
            database: format!("surrealkv://{}/carrel.db", folder.path().display()),
            ..Config::default()
        };
        let secret = of(&config).unwrap().unwrap();
        assert!(secret.len() >= 32);
        assert_eq!(of(&config).unwrap().unwrap(), secret);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(path(&config)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        std::fs::write(path(&config), "short").unwrap();
        assert!(of(&config).unwrap_err().contains("CARREL_SECRET"));
    }

    #[test]
    fn a_secret_is_random_bytes_and_no_sentence_or_pattern() {
        for _ in 0..50 {
            let made = app::people::tokens::new();
            assert!(is_random(&made), "{made}");
            let bytes = URL_SAFE_NO_PAD.decode(&made).unwrap();
            assert!(is_random(&app::people::tokens::hexadecimal(&bytes)));
            assert!(is_random(&base64::engine::general_purpose::STANDARD.encode(&bytes)));
        }
        for bad in [
            "",
            "a secret of at least thirty-two characters",
            "correct-horse-battery-staple",
            &"ab".repeat(32),
            &"0123456789abcdef".repeat(4),
            &"x".repeat(80),
            "9f86d081884c7d659a2feaa0c55ad015",
        ] {
            assert!(!is_random(bad), "{bad}");
        }
    }

    #[test]
    fn a_configured_secret_wins_and_a_database_in_memory_needs_none() {
        let configured = Config {
            secret: Some("x".repeat(32)),
            ..Config::default()
        };
        assert_eq!(of(&configured).unwrap(), configured.secret);
        let memory = Config {
            database: "mem://".into(),
            ..Config::default()
        };
        assert_eq!(of(&memory).unwrap(), None);
    }
}
