//! Files that are made beside requests and fetched later.

use std::fs::{self, File, OpenOptions};
use std::io::{Result, Write};
use std::path::Path;

/// Writes a file that its owner alone may read, with the folder it is in. It is
/// never seen half written.
pub fn save(path: &Path, content: &[u8]) -> Result<()> {
    save_with(path, |file| file.write_all(content))
}

/// The same for what is written piece by piece.
pub fn save_with(path: &Path, write: impl FnOnce(&mut File) -> Result<()>) -> Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    let partial = path.with_extension("partial");
    let mut open = OpenOptions::new();
    open.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut open, 0o600);
    let mut file = open.open(&partial)?;
    write(&mut file)?;
    file.sync_all()?;
    fs::rename(&partial, path)
}

/// Removes what is in a folder but for the files whose names, without their
/// endings, are kept.
pub fn keep_only(folder: &Path, kept: impl Fn(&str) -> bool) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = path.file_stem().and_then(|name| name.to_str());
        if !name.is_some_and(&kept) {
            // Another day, if not now.
            let _gone = fs::remove_file(&path);
        }
    }
}
