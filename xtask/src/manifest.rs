//! `site/manifest.json`: what the server must know of the files it serves.

use std::{collections::BTreeMap, fmt, fs, path::Path};

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
/// What a first visit may take, in bytes over the wire: of WebAssembly, of style
/// sheets, of fonts, and of all besides its page, for which 7 kB are left of
/// 320 kB.
const MOST: Visit = Visit {
    wasm: 230_000,
    css: 20_000,
    fonts: 110_000,
    besides_page: 315_000,
};

/// The fonts that the front page wants besides, where a title and a text on it
/// have letters such as ł.
const EXTENDED: [&str; 2] = ["literata-latin-ext-600-normal", "source-sans-3-latin-ext-400-normal"];

/// Bytes over the wire of a first visit to the front page.
#[derive(Debug, PartialEq, Eq)]
pub struct Visit {
    pub wasm: u64,
    pub css: u64,
    /// Those of [`EXTENDED`] among them.
    pub fonts: u64,
    /// Of all besides the page itself, but for [`EXTENDED`].
    pub besides_page: u64,
}

impl fmt::Display for Visit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} bytes besides its page, of which WebAssembly {} and CSS {}; {} of fonts where letters such as ł are shown",
            self.besides_page, self.wasm, self.css, self.fonts
        )
    }
}

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

    /// What a first visit to the front page takes, scripts, style sheet and
    /// fonts included.
    pub fn first_visit(&self) -> Result<Visit> {
        let wire = |address: &str| self.files.get(address).map_or(0, |file| file.br.unwrap_or(file.bytes));
        let scripts: u64 = self
            .files
            .keys()
            .filter(|address| address.ends_with(".js"))
            .map(|address| wire(address))
            .sum();
        let fonts: u64 = self.preload_fonts.iter().map(|address| wire(address)).sum();
        let mut extended = 0;
        for name in EXTENDED {
            let start = format!("{SERVED}fonts/{name}.");
            let address = self.files.keys().find(|address| address.starts_with(&start));
            extended += wire(address.with_context(|| format!("the site has no font {name}"))?);
        }
        let chunks = self.split_manifest.get(FIRST_PART).into_iter().flatten();
        let chunks: u64 = chunks.map(|chunk| wire(&format!("{}/{chunk}.wasm", self.pkg))).sum();
        let (wasm, css) = (wire(&self.wasm) + chunks, wire(&self.css));
        Ok(Visit {
            wasm,
            css,
            fonts: fonts + extended,
            besides_page: wasm + scripts + css + fonts,
        })
    }
}

impl Visit {
    /// Refuses what takes more than it may.
    pub fn check(&self) -> Result<()> {
        let held = self.wasm <= MOST.wasm
            && self.css <= MOST.css
            && self.fonts <= MOST.fonts
            && self.besides_page <= MOST.besides_page;
        ensure!(held, "a first visit takes {self}; at most {MOST}");
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sum_has_its_bound() {
        assert!(MOST.check().is_ok());
        let of = |[wasm, css, fonts, besides_page]: [u64; 4]| Visit {
            wasm,
            css,
            fonts,
            besides_page,
        };
        for more in [
            [230_001, 0, 0, 0],
            [0, 20_001, 0, 0],
            [0, 0, 110_001, 0],
            [0, 0, 0, 315_001],
        ] {
            assert!(of(more).check().is_err(), "{more:?}");
        }
    }

    /// A site of these files, each of so many bytes.
    fn site(sizes: &[(&str, u64)]) -> Result<Manifest> {
        let files: BTreeMap<_, _> = sizes
            .iter()
            .map(|(name, bytes)| {
                let file = serde_json::json!({ "type": "", "immutable": true, "hash": "", "bytes": bytes });
                (format!("{SERVED}{name}"), file)
            })
            .collect();
        let manifest = serde_json::json!({
            "inputs": "", "js": "", "wasm": "/assets/pkg/a.wasm", "css": "/assets/site.css", "scripts": [],
            "preload_fonts": ["/assets/fonts/first.woff2"], "pkg": "/assets/pkg", "split_loader": null,
            "split_manifest": { "home": ["part"], "studio": ["other"] }, "chunks": [], "files": files,
        });
        Ok(serde_json::from_value(manifest)?)
    }

    #[test]
    fn fonts_of_other_letters_count_for_their_own_bound() -> Result<()> {
        let mut files = vec![
            ("pkg/a.wasm", 1),
            ("pkg/part.wasm", 2),
            ("pkg/other.wasm", 1_000),
            ("scripts/shell.js", 4),
            ("site.css", 8),
            ("fonts/first.woff2", 16),
            ("fonts/literata-latin-ext-600-normal.ab.woff2", 32),
        ];
        assert!(site(&files)?.first_visit().is_err());
        files.push(("fonts/source-sans-3-latin-ext-400-normal.cd.woff2", 64));
        let visit = Visit {
            wasm: 3,
            css: 8,
            fonts: 112,
            besides_page: 31,
        };
        assert_eq!(site(&files)?.first_visit()?, visit);
        Ok(())
    }
}
