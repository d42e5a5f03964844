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

use crate::{
    files::{below, name_in, read, write},
    manifest::MANIFEST,
};

/// How many finished sites (and as many browser packages) are kept.
const KEPT: usize = 12;

pub struct Cache(PathBuf);

impl Cache {
    /// `$CARREL_CACHE/site`, by default in the home folder's `.cache/carrel`.
    pub fn open() -> Result<Self> {
        let folder = match env::var_os("CARREL_CACHE") {
            Some(folder) => PathBuf::from(folder),
            None => {
                Path::new(&env::var_os("HOME").context("neither CARREL_CACHE nor HOME is set")?).join(".cache/carrel")
            }
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
        for folder in ["sites", "packages", "unfinished"] {
            let Ok(entries) = fs::read_dir(self.0.join(folder)) else {
                continue;
            };
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

/// Makes `site` the same as a finished site. Files that stay the same keep
/// their time, so that the server is compiled again only when one changed. The
/// manifest goes first and comes last: with it, the site is whole.
pub fn publish(finished: &Path, site: &Path) -> Result<()> {
    let _ = fs::remove_file(site.join(MANIFEST));
    let wanted: BTreeSet<String> = below(finished)?.iter().map(|path| name_in(finished, path)).collect();
    for path in below(site)? {
        if !wanted.contains(&name_in(site, &path)) {
            fs::remove_file(&path)?;
        }
    }
    remove_empty_folders(site);
    for name in wanted.iter().filter(|name| *name != MANIFEST) {
        write(&site.join(name), &read(&finished.join(name))?)?;
    }
    write(&site.join(MANIFEST), &read(&finished.join(MANIFEST))?)
}

fn remove_empty_folders(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            remove_empty_folders(&entry.path());
            let _ = fs::remove_dir(entry.path()); // refused unless empty
        }
    }
}
