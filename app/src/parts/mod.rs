//! The living style page: every part of `ui` in every state.

pub mod api;
mod controls;
pub mod pages;
mod waiting;

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    /// What stands around every page, the style page's too, is a page, or is
    /// shown there by another part (`Finder`, `PutBack`).
    const AROUND: [&str; 8] = [
        "Combobox",
        "Frame",
        "RouteAnnouncer",
        "SearchBox",
        "Breadcrumbs",
        "PageTitle",
        "PageError",
        "Toast",
    ];
    /// What shows nothing.
    const UNSEEN: [&str; 1] = ["Missing"];

    fn read(folder: &str) -> String {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        files
            .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
            .map(|path| fs::read_to_string(path).unwrap())
            .collect()
    }

    #[test]
    fn every_part_stands_on_the_style_page() {
        let (ui, shown) = (read("src/ui"), read("src/parts"));
        let parts = ui.split("#[component]\npub fn ").skip(1);
        let parts: BTreeSet<&str> = parts.filter_map(|text| text.split(['(', '<']).next()).collect();
        assert!(parts.len() > 40, "{parts:?}");
        for part in parts {
            let elsewhere = AROUND.contains(&part) || UNSEEN.contains(&part);
            let there = ["/", " ", ">", "\n"]
                .iter()
                .any(|after| shown.contains(&format!("<{part}{after}")));
            assert!(
                there != elsewhere,
                "{part} does not stand on the style page, or is said not to"
            );
        }
    }
}
