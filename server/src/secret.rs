//! The installation's secret: what is configured, else a file beside the
//! database that is made at the first start.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::config::Config;

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
