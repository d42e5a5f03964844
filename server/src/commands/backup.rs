//! Backup and restore: one archive that holds the database as SurrealQL and
//! the uploaded files.

use std::fs::{DirEntry, File};
use std::path::{Component, Path};

use app::db::Db;
use app::error::AppError;
use app::organisations::store::none;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use crate::config::Config;

const DATABASE: &str = "database.surql";
const FILES: &str = "files";

/// Where an archive is unpacked, in the folder of the files: that one can be
/// written, and is the file system on which they stay.
const UNPACKED: &str = ".restoring";

/// What may lie in the folder of the files and is nobody's upload: what a
/// restore that was cut off left, and what a file system keeps for itself.
const NO_UPLOADS: [&str; 2] = [UNPACKED, "lost+found"];

/// Writes the library as it is, whichever Carrel made it, so that the one
/// before an upgrade can still read it.
pub(super) async fn backup(config: &Config, file: &Path) -> Result<(), String> {
    super::must_be_there(config)?;
    super::with_db_as_it_is(config, async |db| write(config, db, file).await).await
}

/// Writes the archive beside its final name first, so that a broken backup
/// never stands under a good name.
async fn write(config: &Config, db: &Db, file: &Path) -> Result<(), String> {
    if db.is_blank().await.map_err(super::told)? {
        return Err("the database is empty: there is nothing to back up".into());
    }
    let folder = file
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let dump = folder.join(format!(".{}.surql", std::process::id()));
    let partial = folder.join(format!(".{}.partial", std::process::id()));
    let done = async {
        // Made first, for its owner alone; the export keeps that.
        drop(private_file(&dump).map_err(|error| format!("{} cannot be written: {error}", dump.display()))?);
        db.export(&dump).await.map_err(super::told)?;
        write_archive(&partial, &dump, &config.files)
            .map_err(|error| format!("{} cannot be written: {error}", file.display()))?;
        std::fs::rename(&partial, file).map_err(|error| error.to_string())
    }
    .await;
    for leftover in [&dump, &partial] {
        let _may_be_gone = std::fs::remove_file(leftover);
    }
    done?;
    println!("wrote {}", file.display());
    Ok(())
}

fn write_archive(target: &Path, dump: &Path, files: &Path) -> std::io::Result<()> {
    let mut archive = tar::Builder::new(GzEncoder::new(private_file(target)?, Compression::default()));
    archive.append_path_with_name(dump, DATABASE)?;
    if files.is_dir() {
        archive.append_dir(FILES, files)?;
        for entry in uploads(files)? {
            let name = Path::new(FILES).join(entry.file_name());
            if entry.path().is_dir() {
                archive.append_dir_all(name, entry.path())?;
            } else {
                archive.append_path_with_name(entry.path(), name)?;
            }
        }
    }
    let file = archive.into_inner()?.finish()?;
    file.sync_all()
}

/// A file that only its owner can read.
pub(super) fn private_file(path: &Path) -> std::io::Result<File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// What lies in the folder of the files.
fn uploads(files: &Path) -> std::io::Result<Vec<DirEntry>> {
    let mut all = std::fs::read_dir(files)?.collect::<std::io::Result<Vec<_>>>()?;
    all.retain(|entry| NO_UPLOADS.iter().all(|name| entry.file_name() != *name));
    Ok(all)
}

/// Reads an archive into an empty database.
pub(super) async fn restore(config: &Config, file: &Path) -> Result<(), String> {
    File::open(file).map_err(|error| format!("{} cannot be read: {error}", file.display()))?;
    super::with_db_as_it_is(config, async |db| read_back(config, db, file).await).await
}

async fn read_back(config: &Config, db: &Db, file: &Path) -> Result<(), String> {
    if !db.is_blank().await.map_err(super::told)? {
        make_blank(config, db).await?;
    }
    let files = &config.files;
    let named = |error: std::io::Error| format!("{} cannot be used: {error}", files.display());
    crate::serve::private_folder(files).map_err(named)?;
    if !uploads(files).map_err(named)?.is_empty() {
        return Err(format!("{} is not empty: restore into a new folder", files.display()));
    }
    let unpacked = files.join(UNPACKED);
    let _may_be_left = std::fs::remove_dir_all(&unpacked);
    crate::serve::private_folder(&unpacked).map_err(named)?;
    let done = unpack_and_import(config, db, file, &unpacked).await;
    let _may_be_gone = std::fs::remove_dir_all(&unpacked);
    done?;
    db.migrate(app::db::MIGRATIONS)
        .await
        .map_err(|error| error.to_string())?;
    println!("restored {}", file.display());
    Ok(())
}

/// Takes the schema away that any command leaves where nobody is yet.
async fn make_blank(config: &Config, db: &Db) -> Result<(), String> {
    let full = |_: AppError| match config.files.join(UNPACKED).exists() {
        true => half(config, "an earlier restore was cut off"),
        false => "the database is not empty: restore into a new one".into(),
    };
    match none(db).await.map_err(full)? {
        true => db.clear().await.map_err(full),
        false => Err(full(AppError::Internal)),
    }
}

/// What to do where only a part was read.
fn half(config: &Config, what: &str) -> String {
    format!(
        "{what}. What was read so far is in {} and {}: remove both, then try again",
        config.database,
        config.files.display()
    )
}

async fn unpack_and_import(config: &Config, db: &Db, file: &Path, unpacked: &Path) -> Result<(), String> {
    unpack(file, unpacked).map_err(|error| format!("{} is not a backup of Carrel: {error}", file.display()))?;
    let dump = unpacked.join(DATABASE);
    if !dump.is_file() {
        return Err(format!(
            "{} is not a backup of Carrel: it has no {DATABASE}",
            file.display()
        ));
    }
    let read = db.import(&dump).await;
    read.map_err(|_| half(config, "the database could not be read in to its end; see the log"))?;
    let kept = unpacked.join(FILES);
    if kept.is_dir() {
        move_up(&kept, &config.files).map_err(|error| half(config, &error.to_string()))?;
    }
    Ok(())
}

/// Moves what is in a folder to another one: that itself may be where a file
/// system begins, which nothing can take the place of.
fn move_up(from: &Path, to: &Path) -> std::io::Result<()> {
    for entry in uploads(from)? {
        std::fs::rename(entry.path(), to.join(entry.file_name()))?;
    }
    Ok(())
}

/// Takes only plain files below the folder, whatever the archive says.
fn unpack(file: &Path, into: &Path) -> std::io::Result<()> {
    let mut archive = tar::Archive::new(GzDecoder::new(File::open(file)?));
    for entry in archive.entries()? {
        let mut entry = entry?;
        let path = entry.path()?.into_owned();
        let plain = path.components().all(|part| matches!(part, Component::Normal(_)));
        let kind = entry.header().entry_type();
        if !plain || !(kind.is_file() || kind.is_dir()) {
            return Err(std::io::Error::other(format!(
                "{} does not belong in a backup",
                path.display()
            )));
        }
        entry.unpack_in(into)?;
    }
    Ok(())
}
