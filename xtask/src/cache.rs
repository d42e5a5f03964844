//! Finished sites and browser packages by the hash of what they were made from,
//! outside the checkout.

use std::{
    collections::BTreeSet,
    env, fs,
    path::{Path, PathBuf},
    process,
    time::SystemTime,
};

use anyhow::{Context, Result};

use crate::files::{below, copy_tree, name_in, write};

/// How many finished sites (and as many browser packages) are kept.
const KEPT: usize = 12;

pub struct Cache(PathBuf);

impl Cache {
    /// `$CARREL_CACHE/site`, by default in the home folder's `.cache/carrel`.
    pub fn open() -> Result<Self> {
        let folder = match env::var_os("CARREL_CACHE") {
            Some(folder) => PathBuf::from(folder),
            None => Path::new(&env::var_os("HOME").context("neither CARREL_CACHE nor HOME is set")?)
                .join(".cache/carrel"),
        };
        Ok(Self(folder.join("site")))
    }

    pub fn site(&self, inputs: &str) -> PathBuf {
        self.0.join("sites").join(inputs)
    }

    pub fn package(&self, key: &str) -> PathBuf {
        self.0.join("packages").join(key)
    }

    /// An empty folder to work in, beside the finished ones.
    pub fn stage(&self, name: &str) -> Result<PathBuf> {
        let stage = self.0.join("unfinished").join(format!("{name}-{}", process::id()));
        if stage.exists() {
            fs::remove_dir_all(&stage)?;
        }
        fs::create_dir_all(&stage).with_context(|| format!("cannot make {}", stage.display()))?;
        Ok(stage)
    }

    /// Makes a stage the finished site of these inputs, at once and whole.
    pub fn keep(&self, stage: &Path, inputs: &str) -> Result<()> {
        finish(stage, &self.site(inputs))
    }

    pub fn keep_package(&self, stage: &Path, key: &str) -> Result<()> {
        finish(stage, &self.package(key))
    }

    /// Forgets all but the newest; what cannot be removed stays.
    pub fn prune(&self) {
        for folder in ["sites", "packages"] {
            let Ok(entries) = fs::read_dir(self.0.join(folder)) else { continue };
            let mut entries: Vec<(SystemTime, PathBuf)> = entries
                .flatten()
                .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())))
                .collect();
            entries.sort();
            for (_, path) in entries.iter().rev().skip(KEPT) {
                let _ = fs::remove_dir_all(path);
            }
        }
    }
}

fn finish(stage: &Path, place: &Path) -> Result<()> {
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder)?;
    }
    if fs::rename(stage, place).is_err() && !place.is_dir() {
        anyhow::bail!("cannot move {} to {}", stage.display(), place.display());
    }
    Ok(())
}

/// Whether `site/` was made from these inputs.
pub fn is_current(root: &Path, inputs: &str) -> bool {
    let site = root.join("site");
    site.join("manifest.json").is_file()
        && fs::read_to_string(site.join("inputs")).is_ok_and(|present| present == inputs)
}

/// Makes `site/` the same as a finished site. Files that stay the same keep
/// their time, so that the server is compiled again only when one changed.
pub fn publish(finished: &Path, root: &Path, inputs: &str) -> Result<()> {
    let site = root.join("site");
    let _ = fs::remove_file(site.join("inputs"));
    copy_tree(finished, &site)?;
    let wanted: BTreeSet<String> = below(finished)?.iter().map(|path| name_in(finished, path)).collect();
    for path in below(&site)? {
        if !wanted.contains(&name_in(&site, &path)) {
            fs::remove_file(&path)?;
        }
    }
    remove_empty_folders(&site);
    write(&site.join("inputs"), inputs.as_bytes())
}

fn remove_empty_folders(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            remove_empty_folders(&entry.path());
            let _ = fs::remove_dir(entry.path()); // refused unless empty
        }
    }
}
