//! Backing up and restoring.

use super::*;

#[test]
fn a_backup_holds_the_library_and_its_files() {
    let (old, new) = (Place::new(), Place::new());
    old.ok(&["seed", "--demo"]);
    std::fs::create_dir_all(old.path("files/a")).unwrap();
    std::fs::write(old.path("files/a/upload.bin"), [0, 159, 146, 150]).unwrap();
    old.ok(&["backup", "library.tar.gz"]);
    let archive = old.path("library.tar.gz");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&archive).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "others can read the backup");
    }

    new.ok(&["restore", archive.to_str().unwrap()]);
    assert_eq!(
        std::fs::read(new.path("files/a/upload.bin")).unwrap(),
        [0, 159, 146, 150]
    );
    let export = ["export", "--set", "library-management", "--format", "case"];
    assert_eq!(old.ok(&export), new.ok(&export));
    let again = old.path("again.tar.gz");
    new.ok(&["backup", again.to_str().unwrap()]);
    assert_eq!(dump(&archive), dump(&again));
    assert!(
        new.refused(&["restore", archive.to_str().unwrap()])
            .contains("not empty")
    );
    new.ok(&["check"]);
}

/// The statements of a backup's database, in an order of their own.
fn dump(archive: &Path) -> Vec<String> {
    let output = Command::new("tar")
        .arg("-xzOf")
        .arg(archive)
        .arg("database.surql")
        .output()
        .unwrap();
    assert!(output.status.success());
    let mut lines: Vec<String> = text(&output.stdout).lines().map(str::to_owned).collect();
    lines.sort();
    assert!(lines.len() > 100);
    lines
}

#[test]
fn a_file_that_is_no_backup_is_not_restored() {
    let place = Place::new();
    std::fs::write(place.path("holiday.tar.gz"), b"not an archive").unwrap();
    assert!(place.refused(&["restore", "holiday.tar.gz"]).contains("not a backup"));
    std::fs::File::create(place.path("empty.tar.gz"))
        .unwrap()
        .flush()
        .unwrap();
    place.refused(&["restore", "empty.tar.gz"]);
    place.ok(&["seed", "--demo"]);
}

/// What stands for one who restores after a lost disk: the archive lies where
/// nothing can be written, the files go to a disk of their own, and the new
/// server was started once.
#[cfg(unix)]
#[test]
fn a_backup_is_restored_from_a_folder_to_read_into_one_that_stays() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let (old, new) = (Place::new(), Place::new());
    old.ok(&["import", &fixture("shelves.moodle.csv"), "--set", "Shelves"]);
    std::fs::create_dir_all(old.path("files/a")).unwrap();
    std::fs::write(old.path("files/a/upload.bin"), b"an upload").unwrap();
    std::fs::create_dir(old.path("files/lost+found")).unwrap();
    std::fs::create_dir(old.path("disk")).unwrap();
    old.ok(&["backup", "disk/library.tar.gz"]);
    std::fs::set_permissions(old.path("disk"), std::fs::Permissions::from_mode(0o555)).unwrap();

    drop(Running::start(&new));
    let _may_be_there = std::fs::create_dir(new.path("files"));
    std::fs::create_dir(new.path("files/lost+found")).unwrap();
    std::fs::create_dir(new.path("files/.restoring")).unwrap();
    let before = std::fs::metadata(new.path("files")).unwrap().ino();
    new.ok(&["restore", old.path("disk/library.tar.gz").to_str().unwrap()]);
    assert_eq!(std::fs::read(new.path("files/a/upload.bin")).unwrap(), b"an upload");
    assert_eq!(std::fs::metadata(new.path("files")).unwrap().ino(), before);
    let mut left: Vec<_> = std::fs::read_dir(new.path("files"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    left.sort();
    assert_eq!(left, ["a", "lost+found"]);
    assert_eq!(std::fs::read_dir(old.path("disk")).unwrap().count(), 1);
    std::fs::set_permissions(old.path("disk"), std::fs::Permissions::from_mode(0o755)).unwrap();
    let export = ["export", "--set", "Shelves", "--format", "csv", "--edition", "1"];
    assert_eq!(old.ok(&export), new.ok(&export));
}

#[test]
fn a_backup_that_cannot_be_read_to_its_end_says_what_to_remove() {
    let place = Place::new();
    std::fs::write(place.path("database.surql"), "OPTION IMPORT;\nNOT A STATEMENT;\n").unwrap();
    let packed = Command::new("tar")
        .current_dir(place.0.path())
        .args(["-czf", "broken.tar.gz", "database.surql"])
        .status()
        .unwrap();
    assert!(packed.success());
    let said = place.refused(&["restore", "broken.tar.gz"]);
    assert!(said.contains("remove both"), "{said}");
    assert!(!place.path("files/.restoring").exists());
    // As a hard stop leaves it.
    place.ok(&["import", &fixture("shelves.moodle.csv"), "--set", "Shelves"]);
    std::fs::create_dir(place.path("files/.restoring")).unwrap();
    assert!(place.refused(&["restore", "broken.tar.gz"]).contains("remove both"));
}
