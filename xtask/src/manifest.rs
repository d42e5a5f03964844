//! `site/manifest.json`: what the server must know of the files it serves.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

use crate::{
    browser::Package,
    compress::with,
    files::{SERVED, below, fingerprint, name_in, read},
    style::Style,
};

pub const MANIFEST: &str = "manifest.json";

#[derive(Serialize, Deserialize)]
pub struct Manifest {
    /// The hash of everything that the site was made from.
    pub inputs: String,
    /// The JavaScript module to import: `import(js).then(m => m.default().then(() => m.hydrate()))`.
    pub js: String,
    pub wasm: String,
    pub css: String,
    /// The scripts of `frontend/` that stand on all pages.
    pub scripts: Vec<String>,
    /// Fonts that the first paint of every page wants.
    pub preload_fonts: Vec<String>,
    /// The folder of `js`, `wasm`, the loader and all chunks.
    pub pkg: String,
    /// File name of the splitter's loader within `pkg`, if anything is lazy.
    pub split_loader: Option<String>,
    /// For each lazy part the names, without folder and `.wasm`, of its chunks.
    pub split_manifest: BTreeMap<String, Vec<String>>,
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

/// The lazy part that the front page is in (app/src/ui/lazy_page.rs).
const FIRST_PART: &str = "home";
/// What a first visit may take, in bytes over the wire: of WebAssembly, and of
/// all besides its page, for which 15 kB are left of 320 kB.
const MOST_WASM: u64 = 230_000;
const MOST_BESIDES_PAGE: u64 = 305_000;

impl Manifest {
    pub fn of(folder: &Path, inputs: &str, pkg: Package, style: Style, scripts: Vec<String>) -> Result<Self> {
        let Style { css, fonts } = style;
        let mut files = BTreeMap::new();
        for path in below(folder)? {
            let name = name_in(folder, &path);
            let compressed = name.strip_suffix(".br").or_else(|| name.strip_suffix(".gz"));
            if compressed.is_some_and(|plain| folder.join(plain).is_file()) {
                continue;
            }
            let address = format!("{SERVED}{name}");
            let immutable = ["pkg/", "fonts/", "scripts/"]
                .iter()
                .any(|folder| name.starts_with(folder))
                || address == css;
            files.insert(address, File::of(&path, &name, immutable)?);
        }
        Ok(Self {
            inputs: inputs.to_owned(),
            js: pkg.js,
            wasm: pkg.wasm,
            css,
            scripts,
            preload_fonts: fonts
                .iter()
                .filter(|font| font.preload)
                .map(|font| font.address.clone())
                .collect(),
            pkg: pkg.folder,
            split_loader: pkg.loader,
            split_manifest: pkg.prefetch,
            chunks: pkg.chunks,
            files,
        })
    }

    pub fn read(site: &Path) -> Result<Self> {
        serde_json::from_slice(&read(&site.join(MANIFEST))?).context("site/manifest.json cannot be read")
    }

    pub fn write(&self, site: &Path) -> Result<()> {
        let mut text = serde_json::to_string_pretty(self)?;
        text.push('\n');
        fs::write(site.join(MANIFEST), text).context("cannot write the manifest")
    }

    /// Bytes over the wire that a first visit to the front page takes: of
    /// WebAssembly, and of all besides the page itself, scripts, style sheet
    /// and fonts included.
    pub fn first_visit(&self) -> (u64, u64) {
        let wire = |address: &str| self.files.get(address).map_or(0, |file| file.br.unwrap_or(file.bytes));
        let scripts: u64 = self
            .files
            .keys()
            .filter(|address| address.ends_with(".js"))
            .map(|address| wire(address))
            .sum();
        let fonts: u64 = self.preload_fonts.iter().map(|address| wire(address)).sum();
        let chunks = self.split_manifest.get(FIRST_PART).into_iter().flatten();
        let chunks: u64 = chunks.map(|chunk| wire(&format!("{}/{chunk}.wasm", self.pkg))).sum();
        let wasm = wire(&self.wasm) + chunks;
        (wasm, wasm + scripts + wire(&self.css) + fonts)
    }

    /// Refuses a site whose first visit takes more than it may.
    pub fn check_budget(&self) -> Result<()> {
        let (wasm, all) = self.first_visit();
        ensure!(
            wasm <= MOST_WASM && all <= MOST_BESIDES_PAGE,
            "a first visit takes {all} bytes besides its page (at most {MOST_BESIDES_PAGE}), \
             {wasm} of them WebAssembly (at most {MOST_WASM})"
        );
        Ok(())
    }
}

impl File {
    fn of(path: &Path, name: &str, immutable: bool) -> Result<Self> {
        let content = read(path)?;
        let size = |extension| fs::metadata(with(path, extension)).ok().map(|data| data.len());
        Ok(Self {
            r#type: media_type(name).to_owned(),
            immutable,
            hash: fingerprint(&content),
            bytes: content.len() as u64,
            br: size("br"),
            gz: size("gz"),
        })
    }
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
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
