//! What a site is made from.

use std::{path::Path, process::Command};

use anyhow::{Context, Result};

use crate::files::{Fingerprint, below, name_in, read};

const FILES: [&str; 4] = ["Cargo.toml", "Cargo.lock", ".cargo/config.toml", "package-lock.json"];
const FOLDERS: [&str; 5] = ["app/src", "frontend", "style", "public", "xtask/src"];

/// The hash of every source, of every pinned tool and of the compiler.
pub fn hash(root: &Path) -> Result<String> {
    let mut hash = Fingerprint::default();
    let manifests = ["app/Cargo.toml", "xtask/Cargo.toml", "xtask/Cargo.lock"];
    for name in FILES.into_iter().chain(manifests) {
        let path = root.join(name);
        if path.is_file() {
            hash.add(name, &read(&path)?);
        }
    }
    for folder in FOLDERS {
        for path in below(&root.join(folder))? {
            hash.add(&name_in(root, &path), &read(&path)?);
        }
    }
    let compiler = Command::new("rustc")
        .arg("-vV")
        .output()
        .context("rustc cannot be run")?;
    hash.add("rustc", &compiler.stdout);
    Ok(hash.finish())
}
