//! Rust for the browser: compile, split off the lazy routes, bind to
//! JavaScript, make small.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    thread,
};

use anyhow::{Context, Result, anyhow, bail, ensure};
use serde::{Deserialize, Serialize};
use wasm_bindgen_cli_support::Bindgen;

use crate::{
    cache::Cache,
    compress,
    files::{Fingerprint, SERVED, below, copy_tree, name_in, read, write},
    script,
};

const TARGET: &str = "wasm32-unknown-unknown";
/// The entry's name: `frontend.js` beside `frontend_bg.wasm`.
const NAME: &str = "frontend";
const WASM_BINDGEN: &str = "0.2.130";
/// The splitter's own loader. Leptos knows it by this name.
const LOADER: &str = "__wasm_split.______________________.js";
const PREFETCH: &str = "prefetch.json";
/// What every browser of the last years runs, and no more. Flattened first and
/// then twice: a fiftieth smaller than once.
const WASM_OPT: [&str; 11] = [
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Where the browser's code lies and how its parts hang together. All of it is
/// in one folder named by the hash of its content, so that no name inside needs
/// rewriting and chunks of one build never meet those of another.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Package {
    /// `/assets/pkg/<hash>`
    pub folder: String,
    pub js: String,
    pub wasm: String,
    /// The splitter's loader, if anything is loaded lazily.
    pub loader: Option<String>,
    /// For each lazy part the chunks (file names without `.wasm`) it needs.
    pub prefetch: BTreeMap<String, Vec<String>>,
    pub chunks: Vec<String>,
}

/// Refuses to go on when the library that binds and the crate that is bound
/// have grown apart: their formats fit in equal versions only.
pub fn same_wasm_bindgen(root: &Path) -> Result<()> {
    let lock = fs::read_to_string(root.join("Cargo.lock")).context("cannot read Cargo.lock")?;
    let wanted = format!("name = \"wasm-bindgen\"\nversion = \"{WASM_BINDGEN}\"");
    ensure!(
        lock.contains(&wanted),
        "xtask binds with wasm-bindgen {WASM_BINDGEN}, but Cargo.lock has another: \
         set xtask/Cargo.toml and xtask/src/browser.rs to the version in Cargo.lock"
    );
    Ok(())
}

/// Builds the browser's code and puts it into the site.
pub fn build(root: &Path, cache: &Cache, site: &Path) -> Result<Package> {
    let wasm = read(&compile(root)?)?;
    let key = package_key(root, &wasm)?;
    let finished = cache.package(&key);
    if !finished.is_dir() {
        let stage = cache.stage(&key)?;
        bind(root, &wasm, &stage)?;
        optimise(root, &stage)?;
        compress::tree(&stage)?;
        cache.keep_package(&stage, &key)?;
    }
    place(&finished, site)
}

fn compile(root: &Path) -> Result<PathBuf> {
    let status = Command::new("cargo")
        .args([
            "build",
            "--package",
            NAME,
            "--lib",
            "--target",
            TARGET,
            "--profile",
            "browser",
        ])
        .env("CARGO_ENCODED_RUSTFLAGS", rust_flags().join("\u{1f}"))
        // The flags that leave things out are not stable yet.
        .env("RUSTC_BOOTSTRAP", "1")
        .current_dir(root)
        .status()
        .context("cargo cannot be run")?;
    ensure!(
        status.success(),
        "the browser's code does not compile; cargo's words are above"
    );
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    Ok(target.join(TARGET).join("browser").join(format!("{NAME}.wasm")))
}

/// Relocations are what the splitter reads. The folders of cargo's sources are
/// cut off the file names in panic messages: shorter, and nobody's business.
fn rust_flags() -> Vec<String> {
    let mut flags = vec![
        "-Clink-args=--emit-relocs".to_owned(),
        // As .cargo/config.toml has it, which these flags stand in for.
        "--cfg=erase_components".to_owned(),
        // What only a panic would print. Nothing shown is written by `Debug`.
        "-Zlocation-detail=none".to_owned(),
        "-Zfmt-debug=none".to_owned(),
    ];
    let home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(Path::new(&env::var_os("HOME")?).join(".cargo")));
    let sources = home.map(|home| home.join("registry").join("src"));
    for folder in sources
        .into_iter()
        .filter_map(|folder| fs::read_dir(folder).ok())
        .flatten()
        .flatten()
    {
        flags.push(format!("--remap-path-prefix={}/=", folder.path().display()));
    }
    flags.sort();
    flags
}

fn package_key(root: &Path, wasm: &[u8]) -> Result<String> {
    let mut key = Fingerprint::default();
    key.add("wasm", wasm);
    key.add("how", include_bytes!("browser.rs"));
    key.add("with", include_bytes!("../Cargo.lock"));
    let lock = root.join("package-lock.json"); // names the wasm-opt
    if lock.is_file() {
        key.add("opt", &read(&lock)?);
    }
    Ok(key.finish())
}

/// Splits and binds `wasm` into `folder`.
fn bind(root: &Path, wasm: &[u8], folder: &Path) -> Result<()> {
    let main = folder.join("main.wasm");
    let entry = format!("./{NAME}.js");
    let link = format!("./{LOADER}");
    let mut options = wasm_split_cli_support::Options::new(wasm);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.main_module = &entry;
    options.link_name = &link;
    let split = wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow!("the lazy routes cannot be split off (is the linker lld 19 or newer?): {error:#}"))?;
    let prefetch: BTreeMap<_, _> = split.prefetch_map.into_iter().collect();
    if prefetch.is_empty() {
        fs::remove_file(folder.join(LOADER))?;
    }
    fs::write(folder.join(PREFETCH), serde_json::to_string_pretty(&prefetch)?)?;
    let bound = Bindgen::new()
        .input_path(&main)
        .out_name(NAME)
        .typescript(false)
        .keep_lld_exports(true)
        .demangle(false)
        .omit_default_module_path(false)
        .remove_producers_section(true)
        .web(true)?
        .generate_output();
    let mut bound = bound.map_err(|error| anyhow!("wasm-bindgen: {error:#}"))?;
    let names = short_names(bound.js());
    for import in bound.wasm_mut().imports.iter_mut() {
        if let Some(short) = names.get(&import.name) {
            import.name.clone_from(short);
        }
    }
    let written = bound.emit(folder);
    written.map_err(|error| anyhow!("what was bound cannot be written: {error:#}"))?;
    fs::remove_file(main).context("cannot remove what was split")?;
    let entry = folder.join(format!("{NAME}.js"));
    let text = String::from_utf8(read(&entry)?)?;
    let text = names
        .iter()
        .fold(text, |text, (long, short)| text.replace(&given(long), &given(short)));
    write(&entry, script::small(root, &text)?.as_bytes())?;
    let loader = folder.join(LOADER);
    if loader.is_file() {
        let text = String::from_utf8(read(&loader)?)?;
        write(&loader, script::small(root, &text)?.as_bytes())?;
    }
    Ok(())
}

/// What the entry's script gives to the module is named by words and a hash,
/// which both would hold in full: a short name for each.
fn short_names(script: &str) -> BTreeMap<String, String> {
    let hash = |name: &str| {
        let end = name.rsplit('_').next().unwrap_or_default();
        end.len() == 16 && end.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    script
        .lines()
        .filter_map(|line| line.trim_start().split_once(": function("))
        .map(|(name, _)| name)
        .filter(|name| name.starts_with("__wb") && hash(name))
        .enumerate()
        .map(|(place, name)| (name.to_owned(), format!("_{place}")))
        .collect()
}

/// How the entry's script says that a function is given by this name.
fn given(name: &str) -> String {
    format!(" {name}: function(")
}

/// Runs wasm-opt over every module, two at a time.
fn optimise(root: &Path, folder: &Path) -> Result<()> {
    let tool = root.join("node_modules/.bin/wasm-opt");
    ensure!(tool.is_file(), "wasm-opt is missing: run  make setup  first");
    let mut modules = below(folder)?;
    modules.retain(|path| path.extension().is_some_and(|extension| extension == "wasm"));
    // The largest first, so that the two ends meet.
    modules.sort_by_key(|path| std::cmp::Reverse(fs::metadata(path).map_or(0, |data| data.len())));
    let next = std::sync::Mutex::new(modules.into_iter());
    thread::scope(|scope| {
        let workers: Vec<_> = (0..2)
            .map(|_| {
                scope.spawn(|| {
                    loop {
                        let module = next.lock().ok().and_then(|mut modules| modules.next());
                        let Some(module) = module else {
                            return Ok::<_, anyhow::Error>(());
                        };
                        shrink(&tool, &module)?;
                    }
                })
            })
            .collect();
        for worker in workers {
            worker.join().map_err(|_| anyhow!("wasm-opt's thread panicked"))??;
        }
        Ok(())
    })
}

fn shrink(tool: &Path, module: &Path) -> Result<()> {
    let answer = Command::new(tool)
        .args(WASM_OPT)
        .arg(module)
        .arg("-o")
        .arg(module)
        .output()?;
    if !answer.status.success() {
        bail!(
            "wasm-opt failed on {}:\n{}",
            module.display(),
            String::from_utf8_lossy(&answer.stderr)
        );
    }
    Ok(())
}

/// Copies a finished package to `pkg/<hash of its content>`.
fn place(finished: &Path, site: &Path) -> Result<Package> {
    let mut hash = Fingerprint::default();
    let mut chunks = Vec::new();
    for path in below(finished)? {
        let name = name_in(finished, &path);
        hash.add(&name, &read(&path)?);
        if name.ends_with(".wasm") && name != format!("{NAME}_bg.wasm") {
            chunks.push(name);
        }
    }
    let hash = &hash.finish()[..16];
    let folder = format!("{SERVED}pkg/{hash}");
    let place = site.join("pkg").join(hash);
    copy_tree(finished, &place)?;
    let prefetch = serde_json::from_slice(&read(&place.join(PREFETCH))?)?;
    for note in below(&place)?
        .iter()
        .filter(|path| name_in(&place, path).starts_with(PREFETCH))
    {
        fs::remove_file(note)?;
    }
    Ok(Package {
        js: format!("{folder}/{NAME}.js"),
        wasm: format!("{folder}/{NAME}_bg.wasm"),
        loader: place.join(LOADER).is_file().then(|| LOADER.to_owned()),
        prefetch,
        chunks: chunks.into_iter().map(|name| format!("{folder}/{name}")).collect(),
        folder,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_named_by_a_hash_gets_a_short_name_and_nothing_else_does() {
        let script = "    const imports = {\n        __wbg_add_00112233445566ff: function(one) {\n        \
            __wbg_then: function(one) {\n        __wbindgen_generic_0000000000000001: function(one) {\n";
        let names = short_names(script);
        let names: Vec<_> = names
            .iter()
            .map(|(long, short)| (long.as_str(), short.as_str()))
            .collect();
        assert_eq!(
            names,
            [
                ("__wbg_add_00112233445566ff", "_0"),
                ("__wbindgen_generic_0000000000000001", "_1")
            ]
        );
    }
}
