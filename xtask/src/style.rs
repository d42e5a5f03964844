//! The style sheet with the fonts it asks for, and the scripts beside it.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{
    files::{SERVED, fingerprint, read, write},
    script,
};

/// Where the style sheet's rules say fonts are.
const FONTS: &str = "/fonts/";

/// The addresses of the style sheet and of the fonts that it names.
pub struct Style {
    pub css: String,
    pub fonts: Vec<Font>,
}

pub struct Font {
    pub address: String,
    /// Wanted by every page's first paint.
    pub preload: bool,
}

/// Compiles `style/main.scss` and puts it, and every font file that it names,
/// under their fingerprints.
pub fn build(root: &Path, site: &Path) -> Result<Style> {
    let mut css = compile(root)?;
    let mut fonts = Vec::new();
    for name in fonts_named_in(&css) {
        let content = read(&font_file(root, &name)?).with_context(|| format!("the style sheet names {name}.woff2"))?;
        let file = format!("fonts/{name}.{}.woff2", fingerprint(&content));
        write(&site.join(&file), &content)?;
        let address = format!("{SERVED}{file}");
        css = css.replace(&format!("{FONTS}{name}.woff2"), &address);
        fonts.push(Font {
            address,
            preload: ["-latin-600-normal", "-latin-wght-normal"]
                .iter()
                .any(|first| name.ends_with(first)),
        });
    }
    let file = format!("site.{}.css", fingerprint(css.as_bytes()));
    write(&site.join(&file), css.as_bytes())?;
    Ok(Style {
        css: format!("{SERVED}{file}"),
        fonts,
    })
}

/// What is written by hand for the browser and works on every page.
const SCRIPTS: [&str; 4] = ["shell", "reading", "fields", "passkeys"];

/// What these ask for where it is needed, by `import('./<name>.js')`.
const LATER: [&str; 1] = ["writing"];

/// Puts these scripts, made small, under their fingerprints.
pub fn scripts(root: &Path, site: &Path) -> Result<Vec<String>> {
    let put = |name: &str, later: &[(&str, String)]| -> Result<String> {
        let content = String::from_utf8(read(&root.join(format!("frontend/{name}.js")))?)?;
        let content = script::small(root, &asking_for(content, later))?;
        let file = format!("{name}.{}.js", fingerprint(content.as_bytes()));
        write(&site.join("scripts").join(&file), content.as_bytes())?;
        Ok(file)
    };
    let mut later = Vec::new();
    for name in LATER {
        later.push((name, put(name, &[])?));
    }
    let served = |name: &&str| Ok(format!("{SERVED}scripts/{}", put(name, &later)?));
    SCRIPTS.iter().map(served).collect()
}

/// A script that asks for others by their fingerprints.
fn asking_for(content: String, later: &[(&str, String)]) -> String {
    later.iter().fold(content, |content, (name, file)| {
        content.replace(&format!("import('./{name}.js')"), &format!("import('./{file}')"))
    })
}

fn compile(root: &Path) -> Result<String> {
    let sass = Command::new(root.join("node_modules/.bin/sass"))
        .args(["--style=compressed", "--no-source-map", "--no-charset"])
        .arg(root.join("style/main.scss"))
        .output()
        .context("sass cannot be run: run  make setup  first")?;
    let complaints = String::from_utf8_lossy(&sass.stderr);
    if !sass.status.success() {
        bail!("the style sheet does not compile:\n{complaints}");
    }
    eprint!("{complaints}"); // warnings
    String::from_utf8(sass.stdout).context("sass wrote no UTF-8")
}

/// `/fonts/literata-latin-600-normal.woff2` → `literata-latin-600-normal`
fn fonts_named_in(css: &str) -> BTreeSet<String> {
    css.split(FONTS)
        .skip(1)
        .filter_map(|rest| rest.split_once(".woff2"))
        .map(|(name, _)| name.to_owned())
        .collect()
}

/// The file of a font named as in its package, `<package>-<subset>-<weight>-<style>`:
/// one weight, or `wght` for the file that varies in weight.
fn font_file(root: &Path, name: &str) -> Result<PathBuf> {
    let scope = if name.contains("-wght-") {
        "@fontsource-variable"
    } else {
        "@fontsource"
    };
    let (package, _) = name
        .split_once("-latin-")
        .with_context(|| format!("/fonts/{name}.woff2: give <package>-latin-… or <package>-latin-ext-…"))?;
    let folder = root.join("node_modules").join(scope).join(package);
    Ok(folder.join("files").join(format!("{name}.woff2")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_asks_for_what_comes_later_by_its_fingerprint() -> Result<()> {
        let later = [("writing", "writing.12ab.js".to_owned())];
        let asked = asking_for("writing ??= import('./writing.js').then(begin);".to_owned(), &later);
        assert_eq!(asked, "writing ??= import('./writing.12ab.js').then(begin);");
        // Whatever comes later is asked for by one that is there.
        let frontend = Path::new(env!("CARGO_MANIFEST_DIR")).join("../frontend");
        for name in LATER {
            let asks = format!("import('./{name}.js')");
            let holds = |script: &&str| {
                let content = read(&frontend.join(format!("{script}.js")))?;
                Ok::<_, anyhow::Error>(String::from_utf8_lossy(&content).contains(&asks))
            };
            let asking: Result<Vec<_>> = SCRIPTS.iter().map(holds).collect();
            assert!(asking?.contains(&true), "nothing asks for {name}");
        }
        Ok(())
    }

    #[test]
    fn fonts_are_found_once_each_and_lead_to_their_package() -> Result<()> {
        let css = "src:url(/fonts/a-b-latin-600-normal.woff2);\
            src:url('/fonts/a-b-latin-ext-wght-italic.woff2'),url(/fonts/a-b-latin-600-normal.woff2)";
        let names: Vec<_> = fonts_named_in(css).into_iter().collect();
        assert_eq!(names, ["a-b-latin-600-normal", "a-b-latin-ext-wght-italic"]);
        let file = |name| font_file(Path::new(""), name);
        assert!(file(&names[0])?.ends_with("@fontsource/a-b/files/a-b-latin-600-normal.woff2"));
        assert!(file(&names[1])?.ends_with("@fontsource-variable/a-b/files/a-b-latin-ext-wght-italic.woff2"));
        assert!(file("a-greek").is_err());
        Ok(())
    }
}
