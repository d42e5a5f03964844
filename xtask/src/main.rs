//! Builds what the browser gets: `xtask site`, from the top of the checkout.
//! `xtask budget` holds that a first visit to it takes no more than it may.
//!
//! `site/` holds every file that the server has under `/assets/`, with a `.br`
//! and a `.gz` beside it where that is smaller; `site/manifest.json` says what
//! is what. A finished site is kept in the build cache under the hash
//! of everything it was made from, so that a fresh clone of the same sources
//! takes it from there.

mod browser;
mod cache;
mod compress;
#[cfg(test)]
mod contrast;
mod files;
mod inputs;
mod manifest;
mod script;
mod style;

use std::{env, path::Path, process::ExitCode, time::Instant};

use anyhow::{Context, Result};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let answer = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["site"] => site(),
        ["budget"] => budget(),
        _ => Err(anyhow::anyhow!(
            "usage: xtask site|budget    (at the top of the checkout)"
        )),
    };
    match answer {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("site: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Leaves `site/` as the sources want it, doing only what has not been done.
fn site() -> Result<()> {
    let start = Instant::now();
    let root = env::current_dir().context("no current folder")?;
    let cache = cache::Cache::open()?;
    let inputs = inputs::hash(&root)?;
    if manifest::Manifest::read(&root.join("site")).is_ok_and(|present| present.inputs == inputs) {
        println!("site: nothing changed");
        return Ok(());
    }
    let how = if cache.site(&inputs).is_dir() {
        "taken from the cache"
    } else {
        build(&root, &cache, &inputs)?;
        "built"
    };
    cache::publish(&cache.site(&inputs), &root.join("site"))?;
    cache.prune();
    report(&root, how, start)
}

fn budget() -> Result<()> {
    let manifest = manifest::Manifest::read(Path::new("site"))?;
    let visit = manifest.first_visit()?;
    println!("site: a first visit takes {visit}");
    visit.check()
}

fn build(root: &Path, cache: &cache::Cache, inputs: &str) -> Result<()> {
    browser::same_wasm_bindgen(root)?;
    let stage = cache.stage(inputs)?;
    let pkg = browser::build(root, cache, &stage)?;
    let style = style::build(root, &stage)?;
    let scripts = style::scripts(root, &stage)?;
    files::copy_tree(&root.join("public"), &stage)?;
    compress::tree(&stage)?;
    manifest::Manifest::of(&stage, inputs, pkg, style, scripts)?.write(&stage)?;
    cache.keep(&stage, inputs)
}

fn report(root: &Path, how: &str, start: Instant) -> Result<()> {
    let manifest = manifest::Manifest::read(&root.join("site"))?;
    let visit = manifest.first_visit()?;
    println!(
        "site: {how} in {:.1} s; a first visit takes {} kB besides its page, of which WebAssembly {} kB; {} lazy chunks",
        start.elapsed().as_secs_f64(),
        visit.besides_page / 1000,
        visit.wasm / 1000,
        manifest.chunks.len(),
    );
    Ok(())
}
