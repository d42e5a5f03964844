//! Backup and restore: one archive that holds the database as SurrealQL and
//! the uploaded files.

use std::fs::File;
use std::path::{Component, Path};

use app::db::Db;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use crate::config::Config;

const DATABASE: &str = "database.surql";
const FILES: &str = "files";

/// Writes the library as it is, whichever Carrel made it, so that the one
/// before an upgrade can still read it.
pub(super) async fn backup(config: &Config, file: &Path) -> Result<(), String> {
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
        archive.append_dir_all(FILES, files)?;
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

/// Reads an archive into an empty database.
pub(super) async fn restore(config: &Config, file: &Path) -> Result<(), String> {
    if config.files.is_dir() && std::fs::read_dir(&config.files).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(format!(
            "{} is not empty: restore into a new folder",
            config.files.display()
        ));
    }
    if let Some(folder) = config.database_path().as_deref().and_then(Path::parent) {
        std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    }
    super::with_db_as_it_is(config, async |db| read_back(config, db, file).await).await
}

async fn read_back(config: &Config, db: &Db, file: &Path) -> Result<(), String> {
    if !db.is_blank().await.map_err(super::told)? {
        return Err("the database is not empty: restore into a new one".into());
    }
    let unpacked = file.with_extension(format!("{}.unpacked", std::process::id()));
    let done = unpack_and_import(db, file, &unpacked, &config.files).await;
    let _may_be_gone = std::fs::remove_dir_all(&unpacked);
    done?;
    db.migrate(app::db::MIGRATIONS)
        .await
        .map_err(|error| error.to_string())?;
    println!("restored {}", file.display());
    Ok(())
}

async fn unpack_and_import(db: &Db, file: &Path, unpacked: &Path, files: &Path) -> Result<(), String> {
    let wrong = |error: std::io::Error| format!("{} is not a backup of Carrel: {error}", file.display());
    unpack(file, unpacked).map_err(wrong)?;
    db.import(&unpacked.join(DATABASE)).await.map_err(super::told)?;
    let kept = unpacked.join(FILES);
    if kept.is_dir() {
        if let Some(parent) = files.parent() {
            std::fs::create_dir_all(parent).map_err(|error| error.to_string())?;
        }
        let _may_be_empty = std::fs::remove_dir(files);
        std::fs::rename(&kept, files).map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// Takes only plain files below the folder, whatever the archive says.
fn unpack(file: &Path, into: &Path) -> std::io::Result<()> {
    let mut folder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
    folder.create(into)?;
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
