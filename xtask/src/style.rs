//! The style sheet and the fonts it asks for.

use std::{collections::BTreeMap, path::Path, process::Command};

use anyhow::{Context, Result, bail};

use crate::files::{fingerprint, read, write};

/// A family of which the package brings one variable weight axis.
struct Family {
    name: &'static str,
    package: &'static str,
    weights: &'static str,
}

const FAMILIES: [Family; 2] = [
    Family { name: "Literata", package: "literata", weights: "200 900" },
    Family { name: "Source Sans 3", package: "source-sans-3", weights: "200 900" },
];
/// Other scripts come from the reader's system.
const SUBSETS: [&str; 2] = ["latin", "latin-ext"];
const STYLES: [&str; 2] = ["normal", "italic"];

/// One font file, where it is served and when a browser takes it.
pub struct Font {
    pub address: String,
    /// Wanted by every page's first paint.
    pub preload: bool,
    face: String,
}

/// Copies the subsets that Carrel uses, each under its fingerprint.
pub fn fonts(root: &Path, files: &Path) -> Result<Vec<Font>> {
    let mut fonts = Vec::new();
    for family in FAMILIES {
        let package = root.join("node_modules/@fontsource-variable").join(family.package);
        let ranges = read(&package.join("unicode.json")).context("run  make setup  first")?;
        let ranges: BTreeMap<String, String> = serde_json::from_slice(&ranges)?;
        for subset in SUBSETS {
            let range = ranges.get(subset).with_context(|| format!("{} has no {subset}", family.name))?;
            for style in STYLES {
                let name = format!("{}-{subset}-wght-{style}", family.package);
                let content = read(&package.join("files").join(format!("{name}.woff2")))?;
                let address = format!("/fonts/{name}.{}.woff2", fingerprint(&content));
                write(&files.join(&address[1..]), &content)?;
                let face = format!(
                    "@font-face{{font-family:\"{}\";font-style:{style};font-weight:{};font-display:swap;\
                     src:url({address}) format(\"woff2\");unicode-range:{range}}}",
                    family.name, family.weights
                );
                let preload = subset == "latin" && style == "normal";
                fonts.push(Font { address, preload, face });
            }
        }
    }
    Ok(fonts)
}

/// Compiles `style/main.scss`, behind the fonts' rules; gives its address.
pub fn sheet(root: &Path, files: &Path, fonts: &[Font]) -> Result<String> {
    let mut css: String = fonts.iter().map(|font| font.face.as_str()).collect();
    let main = root.join("style/main.scss");
    if main.is_file() {
        let sass = Command::new(root.join("node_modules/.bin/sass"))
            .args(["--style=compressed", "--no-source-map", "--no-charset"])
            .arg(&main)
            .output()
            .context("sass cannot be run: run  make setup  first")?;
        if !sass.status.success() {
            bail!("the style sheet does not compile:\n{}", String::from_utf8_lossy(&sass.stderr));
        }
        eprint!("{}", String::from_utf8_lossy(&sass.stderr)); // warnings
        css.push_str(String::from_utf8(sass.stdout).context("sass wrote no UTF-8")?.trim_end());
    }
    let address = format!("/site.{}.css", fingerprint(css.as_bytes()));
    write(&files.join(&address[1..]), css.as_bytes())?;
    Ok(address)
}
