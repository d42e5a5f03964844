//! JavaScript made small.

use std::{
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};

/// The script without what only its readers need. Names that others go by stay.
pub fn small(root: &Path, script: &str) -> Result<String> {
    let mut esbuild = Command::new(root.join("node_modules/.bin/esbuild"))
        .args(["--minify", "--target=es2022", "--charset=utf8", "--log-level=error"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context("esbuild cannot be run: run  make setup  first")?;
    esbuild
        .stdin
        .take()
        .context("esbuild reads nothing")?
        .write_all(script.as_bytes())?;
    let answer = esbuild.wait_with_output()?;
    if !answer.status.success() {
        bail!(
            "a script is not made small:\n{}",
            String::from_utf8_lossy(&answer.stderr)
        );
    }
    String::from_utf8(answer.stdout).context("esbuild wrote no UTF-8")
}
