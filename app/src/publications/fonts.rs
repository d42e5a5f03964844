//! Fonts: those within the program, and for what they do not have, such as
//! Chinese, Japanese, Korean or Arabic, those that the system has.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// Where systems keep the fonts of everyone.
const FOLDERS: [&str; 2] = ["/usr/share/fonts", "/usr/local/share/fonts"];
/// Bounds of looking there: files looked at, bytes of one and of all, and how deep.
const MOST_FILES: usize = 3_000;
const LARGEST: u64 = 64 << 20;
const MOST_BYTES: u64 = 1 << 30;
const DEEPEST: usize = 6;
/// Fonts of the system that one book takes in.
const MOST_TAKEN: usize = 12;
/// Characters that are named where no font shows them.
const MOST_NAMED: usize = 20;

static OWN: LazyLock<Vec<Font>> = LazyLock::new(|| {
    typst_assets::fonts()
        .flat_map(|data| Font::iter(Bytes::new(data)))
        .collect()
});

/// The fonts that one book is set in.
pub struct Fonts {
    pub book: LazyHash<FontBook>,
    pub fonts: Vec<Font>,
    /// What none of them shows.
    missing: BTreeSet<char>,
}

impl Fonts {
    /// Those of the program, and of the system where they do not have it all.
    pub fn for_text(text: &str) -> Self {
        Self::among(&OWN, text, &FOLDERS.map(PathBuf::from))
    }

    fn among(own: &[Font], text: &str, folders: &[PathBuf]) -> Self {
        let mut missing: BTreeSet<char> = text.chars().filter(|c| is_shown(*c)).collect();
        missing.retain(|c| !own.iter().any(|font| shows(font, *c)));
        let mut fonts = own.to_vec();
        if !missing.is_empty() {
            take_in(&mut fonts, &mut missing, folders);
        }
        Self {
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            missing,
        }
    }

    /// Some of what no font shows, for who may put one there; empty: all is shown.
    pub fn missing(&self) -> String {
        self.missing.iter().take(MOST_NAMED).collect()
    }

    /// The fonts of the system, by name: a book is set anew once there are others.
    pub fn names(&self) -> Vec<String> {
        let own = OWN.len().min(self.fonts.len());
        let taken = self.fonts[own..].iter();
        taken.map(|font| font.info().family.to_string()).collect()
    }
}

fn is_shown(c: char) -> bool {
    !c.is_control() && !c.is_whitespace() && !crate::text::is_hidden(c)
}

fn shows(font: &Font, c: char) -> bool {
    font.info().coverage.contains(u32::from(c))
}

/// Takes in what shows something that is missing, until nothing is.
fn take_in(fonts: &mut Vec<Font>, missing: &mut BTreeSet<char>, folders: &[PathBuf]) {
    let mut bytes = 0;
    let mut taken = 0;
    for (path, size) in files(folders) {
        bytes += size;
        if missing.is_empty() || taken == MOST_TAKEN || bytes > MOST_BYTES {
            return;
        }
        let Ok(data) = std::fs::read(&path) else { continue };
        let data = Bytes::new(data);
        for font in Font::iter(data) {
            let before = missing.len();
            missing.retain(|c| !shows(&font, *c));
            if missing.len() < before {
                fonts.push(font);
                taken += 1;
            }
        }
    }
}

/// Font files beneath these folders: upright ones of ordinary weight first, then
/// by name, so that it is the same each time.
fn files(folders: &[PathBuf]) -> Vec<(PathBuf, u64)> {
    let mut found: Vec<(PathBuf, u64)> = Vec::new();
    let mut open: Vec<(PathBuf, usize)> = folders.iter().map(|folder| (folder.clone(), 0)).collect();
    let mut looked = 0;
    while let Some((folder, depth)) = open.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries.flatten() {
            looked += 1;
            if looked > MOST_FILES {
                break;
            }
            // A link may lead around in a circle, and out of the folder.
            let path = entry.path();
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_dir() && depth < DEEPEST {
                open.push((path, depth + 1));
            } else if kind.is_file() && is_font(&path) {
                let size = entry.metadata().map_or(u64::MAX, |data| data.len());
                if size <= LARGEST {
                    found.push((path, size));
                }
            }
        }
    }
    found.sort_by_cached_key(|(path, _)| (!is_ordinary(path), path.clone()));
    found
}

fn is_font(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| {
        ["ttf", "otf", "ttc", "otc"]
            .iter()
            .any(|own| own.eq_ignore_ascii_case(extension))
    })
}

fn is_ordinary(path: &Path) -> bool {
    let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
    name.ends_with("Regular") || !name.contains('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let folder = std::env::temp_dir().join(format!("carrel-fonts-{name}-{}", std::process::id()));
            std::fs::create_dir_all(folder.join("truetype/deep")).unwrap();
            Self(folder)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            std::fs::remove_dir_all(&self.0).unwrap();
        }
    }

    #[test]
    fn what_the_program_has_is_not_looked_for() {
        let fonts = Fonts::for_text("Plain words, “quoted” — and żółć.\n\u{200b}");
        assert_eq!((fonts.fonts.len(), fonts.missing()), (OWN.len(), String::new()));
    }

    #[test]
    fn a_font_of_the_system_shows_what_is_missing() {
        let folder = Folder::new("found");
        let data = typst_assets::fonts().next().unwrap();
        std::fs::write(folder.0.join("truetype/deep/Some-Regular.TTF"), data).unwrap();
        std::fs::write(folder.0.join("truetype/Broken-Regular.otf"), b"none").unwrap();
        std::fs::write(folder.0.join("truetype/readme.txt"), data).unwrap();
        let folders = [folder.0.clone()];
        let found = Fonts::among(&[], "abc", &folders);
        assert_eq!((found.fonts.len(), found.missing()), (1, String::new()));
        let none = Fonts::among(&[], "", &folders);
        assert!(none.fonts.is_empty());
    }

    #[test]
    fn what_no_font_shows_is_named() {
        let nowhere = [PathBuf::from("/nowhere/at/all")];
        let fonts = Fonts::among(&OWN, "Reads 日本語 aloud 日", &nowhere);
        assert_eq!(fonts.missing(), "日本語");
        assert!(fonts.names().is_empty());
        let many: String = ('\u{4e00}'..'\u{4f00}').collect();
        assert_eq!(
            Fonts::among(&OWN, &many, &nowhere).missing().chars().count(),
            MOST_NAMED
        );
    }
}
