//! `site/manifest.json`: what the server must know of the files it serves.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::{
    browser::Package,
    compress::with,
    files::{below, fingerprint, name_in, read},
    style::Font,
};

/// Bytes, brotli, of the main WebAssembly module at most.
pub const WASM_BUDGET: u64 = 230_000;
/// Bytes over the wire of all that a first visit takes, its page aside.
pub const VISIT_BUDGET: u64 = 310_000;

#[derive(Serialize, Deserialize)]
pub struct Manifest {
    /// The JavaScript module to import: `import(js).then(m => m.default().then(m.hydrate))`.
    pub js: String,
    pub wasm: String,
    pub css: String,
    /// Fonts that the first paint of every page wants.
    pub preload_fonts: Vec<String>,
    /// The folder of `js`, `wasm`, the loader and all chunks.
    pub pkg: String,
    /// File name of the splitter's loader within `pkg`, if anything is lazy.
    pub split_loader: Option<String>,
    /// For each lazy part the names, without folder and `.wasm`, of its chunks.
    pub split_prefetch: BTreeMap<String, Vec<String>>,
    /// Addresses of all chunks.
    pub chunks: Vec<String>,
    /// Every file by its address.
    pub files: BTreeMap<String, File>,
}

#[derive(Serialize, Deserialize)]
pub struct File {
    pub r#type: String,
    /// Named by its content, so that it may be cached for ever.
    pub immutable: bool,
    pub hash: String,
    pub bytes: u64,
    /// Bytes of `<file>.br` and `<file>.gz`, where there is one.
    pub br: Option<u64>,
    pub gz: Option<u64>,
}

impl Manifest {
    pub fn of(folder: &Path, pkg: Package, css: String, fonts: &[Font]) -> Result<Self> {
        let mut files = BTreeMap::new();
        for path in below(folder)? {
            let address = format!("/{}", name_in(folder, &path));
            let is_copy = [".br", ".gz"].iter().any(|end| {
                address.strip_suffix(end).is_some_and(|plain| folder.join(&plain[1..]).is_file())
            });
            if is_copy {
                continue;
            }
            let immutable =
                address.starts_with("/pkg/") || address == css || fonts.iter().any(|font| font.address == address);
            files.insert(address.clone(), File::of(&path, &address, immutable)?);
        }
        Ok(Self {
            js: pkg.js,
            wasm: pkg.wasm,
            css,
            preload_fonts: fonts.iter().filter(|font| font.preload).map(|font| font.address.clone()).collect(),
            pkg: pkg.folder,
            split_loader: pkg.loader,
            split_prefetch: pkg.prefetch,
            chunks: pkg.chunks,
            files,
        })
    }

    pub fn read(site: &Path) -> Result<Self> {
        serde_json::from_slice(&read(&site.join("manifest.json"))?).context("site/manifest.json cannot be read")
    }

    pub fn write(&self, site: &Path) -> Result<()> {
        let mut text = serde_json::to_string_pretty(self)?;
        text.push('\n');
        fs::write(site.join("manifest.json"), text).context("cannot write the manifest")
    }

    /// Bytes over the wire of the main module, and of all that a first visit
    /// takes besides its page: that module, scripts, style sheet, fonts.
    pub fn first_visit(&self) -> (u64, u64) {
        let wire = |address: &str| self.files.get(address).map_or(0, |file| file.br.unwrap_or(file.bytes));
        let scripts: u64 = self.files.keys().filter(|address| address.ends_with(".js")).map(|address| wire(address)).sum();
        let fonts: u64 = self.preload_fonts.iter().map(|address| wire(address)).sum();
        let wasm = wire(&self.wasm);
        (wasm, wasm + scripts + wire(&self.css) + fonts)
    }
}

impl File {
    fn of(path: &Path, address: &str, immutable: bool) -> Result<Self> {
        let content = read(path)?;
        let size = |extension| fs::metadata(with(path, extension)).ok().map(|data| data.len());
        Ok(Self {
            r#type: media_type(address).to_owned(),
            immutable,
            hash: fingerprint(&content),
            bytes: content.len() as u64,
            br: size("br"),
            gz: size("gz"),
        })
    }
}

fn media_type(address: &str) -> &'static str {
    match address.rsplit('.').next().unwrap_or_default() {
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "css" => "text/css; charset=utf-8",
        "woff2" => "font/woff2",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "xml" => "application/xml",
        _ => "application/octet-stream",
    }
}
