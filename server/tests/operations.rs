//! The command line, as an operator uses it: the built binary against a
//! database on disk.

mod backups;

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// A folder with a database and files of its own.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_carrel"));
        command
            .args(arguments)
            .current_dir(self.0.path())
            .env("CARREL_DATABASE", "surrealkv://carrel.db")
            .env("CARREL_FILES", "files")
            .env("CARREL_ADDRESS", "127.0.0.1:0")
            .env("CARREL_LOG", "warn");
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// What a command that must succeed says.
    fn ok(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let (said, complaints) = (text(&output.stdout), text(&output.stderr));
        assert!(output.status.success(), "{arguments:?}: {said}{complaints}");
        said
    }

    /// What a command that must fail complains of.
    fn refused(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(!output.status.success(), "{arguments:?} succeeded");
        text(&output.stdout) + &text(&output.stderr)
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn fixture(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../end2end/journeys/files");
    folder.join(name).to_string_lossy().into_owned()
}

/// A server that ends with the test.
struct Running(Child);

impl Running {
    fn start(place: &Place) -> Self {
        let mut child = place.command(&["serve"]).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        assert!(line.starts_with("Carrel is at"), "{line}");
        Self(child)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _may_be_over = self.0.kill();
        let _may_be_over = self.0.wait();
    }
}

#[test]
fn seeding_keeps_its_hands_off_a_library_that_is_there() {
    let place = Place::new();
    place.ok(&["seed", "--demo"]);
    let passwords = std::fs::read_to_string(place.path("demo-passwords.tsv")).unwrap();
    assert!(passwords.lines().count() >= 10);
    assert!(place.refused(&["seed", "--demo"]).contains("not empty"));
    let said = place.ok(&["seed", "--demo", "--if-empty"]);
    for line in passwords.lines() {
        let parts: Vec<&str> = line.split('\t').collect();
        assert!(said.contains(parts[0]) && said.contains(parts[1]), "{said}");
    }
    assert_eq!(
        std::fs::read_to_string(place.path("demo-passwords.tsv")).unwrap(),
        passwords
    );
}

#[test]
fn seeding_that_was_cut_off_is_told_and_what_cannot_be_kept_is_not_begun() {
    let place = Place::new();
    std::fs::write(place.path("a-file"), "").unwrap();
    let said = place.refused(&["seed", "--demo", "--passwords", "a-file/passwords.tsv"]);
    assert!(said.contains("cannot be written"), "{said}");
    place.ok(&["seed", "--demo"]);
    assert!(!place.path("demo-passwords.tsv.partial").exists());
    std::fs::rename(
        place.path("demo-passwords.tsv"),
        place.path("demo-passwords.tsv.partial"),
    )
    .unwrap();
    for command in [&["seed", "--demo"][..], &["seed", "--demo", "--if-empty"]] {
        let said = place.refused(command);
        assert!(
            said.contains("filled half") && said.contains("demo-passwords.tsv.partial"),
            "{said}"
        );
    }
}

#[test]
fn the_same_file_twice_changes_nothing() {
    let place = Place::new();
    let file = fixture("shelves.moodle.csv");
    let import = [
        "import",
        &file,
        "--set",
        "Shelves",
        "--organisation",
        "riverside",
        "--publish",
    ];
    let planned = place.ok(&[&import[..], &["--dry-run"]].concat());
    assert!(planned.contains("nothing was written"), "{planned}");
    assert!(!place.path("carrel.db").exists(), "planning made a database");
    let export = ["export", "--set", "Shelves", "--format", "case"];
    assert!(place.refused(&export).contains("no database"));
    assert!(place.ok(&import).contains("published"));
    let once = place.ok(&export);
    assert!(place.ok(&import).contains("nothing to do"));
    assert_eq!(place.ok(&export), once);
    let broken = fixture("broken.moodle.csv");
    let said = place.refused(&["import", &broken, "--set", "Broken", "--organisation", "riverside"]);
    assert!(
        said.contains("NOWHERE") && said.contains("nothing was imported"),
        "{said}"
    );
}

#[test]
fn the_organisation_is_named_as_it_was_made_and_one_alone_need_not_be() {
    let place = Place::new();
    let file = fixture("shelves.moodle.csv");
    let add = ["user", "add", "--email", "rosa@carrel.example", "--name", "Rosa"];
    let said = place.refused(&add);
    assert!(
        said.contains("start carrel serve") && !place.path("carrel.db").exists(),
        "{said}"
    );
    let alone = ["import", &file, "--set", "Shelves"];
    let named = [&alone[..], &["--organisation", "Riverside Library"]].concat();
    assert!(place.ok(&named).contains("made the organisation riverside-library"));
    for again in [
        &alone[..],
        &named,
        &[&alone[..], &["--organisation", "riverside-library"]].concat(),
    ] {
        assert!(place.ok(again).contains("nothing to do"), "{again:?}");
    }
    let other = [&alone[..], &["--organisation", "Hillside"]].concat();
    assert!(place.refused(&other).contains("no organisation Hillside"));
}

#[test]
fn a_set_is_exported_by_its_title_while_no_other_has_it() {
    let place = Place::new();
    place.ok(&["seed", "--demo"]);
    let file = fixture("shelves.moodle.csv");
    for organisation in ["riverside", "millbrook"] {
        place.ok(&["import", &file, "--set", "Shelves", "--organisation", organisation]);
    }
    let by_slug = ["export", "--set", "shelves", "--format", "csv"];
    let by_title = ["export", "--set", "Shelves", "--format", "csv"];
    assert!(place.ok(&by_slug).lines().count() > 2);
    let said = place.refused(&by_title);
    assert!(said.contains("several sets") && said.contains("shelves"), "{said}");
    let edition = [&by_slug[..], &["--edition", "9"]].concat();
    assert!(place.refused(&edition).contains("no such edition"));
}

/// Whoever looks makes nothing, and what is made is its owner's alone.
#[cfg(unix)]
#[test]
fn looking_makes_no_database_and_restoring_a_private_one() {
    use std::os::unix::fs::PermissionsExt;
    let (old, new) = (Place::new(), Place::new());
    let said = old.ok(&["check"]);
    assert!(said.contains("none yet") && !old.path("carrel.db").exists(), "{said}");
    assert!(old.refused(&["backup", "b.tar.gz"]).contains("no database"));
    old.ok(&["import", &fixture("shelves.moodle.csv"), "--set", "Shelves"]);
    old.ok(&["backup", "b.tar.gz"]);
    let restored = new
        .command(&["restore", old.path("b.tar.gz").to_str().unwrap()])
        .env("CARREL_DATABASE", "surrealkv://data/carrel.db")
        .env("CARREL_FILES", "data/files")
        .status()
        .unwrap();
    assert!(restored.success());
    let mode = std::fs::metadata(new.path("data")).unwrap().permissions().mode();
    assert_eq!(mode & 0o077, 0, "others can look into the database");
}

#[test]
fn what_the_configuration_does_not_take_is_not_imported() {
    let place = Place::new();
    let file = fixture("shelves.moodle.csv");
    let arguments = ["import", &file, "--set", "Shelves", "--organisation", "riverside"];
    std::fs::write(place.path("carrel.toml"), "imports.statements = 2\n").unwrap();
    let said = place.refused(&arguments);
    assert!(
        said.contains("at most 2 can be imported") && said.contains("nothing was imported"),
        "{said}"
    );
    let given = place
        .command(&arguments)
        .env("CARREL_IMPORTS", "{statements=100}")
        .output()
        .unwrap();
    assert!(given.status.success(), "{}", text(&given.stderr));
    std::fs::write(place.path("carrel.toml"), "imports.statements = 20000\n").unwrap();
    assert!(place.refused(&arguments).contains("imports.statements"));
}

#[test]
fn while_a_server_holds_the_database_commands_say_so() {
    let place = Place::new();
    let file = fixture("shelves.moodle.csv");
    std::fs::write(place.path("b.tar.gz"), "").unwrap();
    let running = Running::start(&place);
    for command in [
        &["check"][..],
        &["backup", "b.tar.gz"],
        &["restore", "b.tar.gz"],
        &["seed", "--demo"],
        &["import", &file, "--set", "Shelves"],
        &["export", "--set", "Shelves", "--format", "csv"],
        &["user", "add", "--email", "rosa@carrel.example", "--name", "Rosa"],
        &["user", "second-factor-off", "--email", "rosa@carrel.example"],
    ] {
        let said = place.refused(command);
        assert!(said.contains("a running Carrel holds it"), "{command:?}: {said}");
    }
    drop(running);
    place.ok(&["check"]);
}

#[test]
fn a_wrong_setting_is_refused_by_its_name() {
    let place = Place::new();
    std::fs::write(place.path("carrel.toml"), "timeout = \"soon\"\n").unwrap();
    let said = place.refused(&["check"]);
    assert!(said.contains("timeout") && said.contains("CARREL_TIMEOUT"), "{said}");
    std::fs::write(place.path("carrel.toml"), "colour = \"blue\"\n").unwrap();
    assert!(place.refused(&["check"]).contains("colour"));
    // A file of a folder above is somebody else's.
    std::fs::create_dir(place.path("below")).unwrap();
    let below = place
        .command(&["check"])
        .current_dir(place.path("below"))
        .output()
        .unwrap();
    assert!(below.status.success(), "{}", text(&below.stderr));
}

#[test]
fn a_server_that_cannot_begin_says_why() {
    let place = Place::new();
    std::fs::create_dir_all(place.path("files")).unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let said = place
        .command(&["serve"])
        .env("CARREL_ADDRESS", taken.local_addr().unwrap().to_string())
        .output()
        .unwrap();
    assert!(!said.status.success());
    let said = text(&said.stderr);
    assert!(
        said.contains("CARREL_ADDRESS") && said.contains("cannot be listened on"),
        "{said}"
    );
    std::fs::write(place.path("no-folder"), "").unwrap();
    let said = place
        .command(&["serve"])
        .env("CARREL_FILES", "no-folder/files")
        .output()
        .unwrap();
    assert!(!said.status.success() && text(&said.stderr).contains("CARREL_FILES"));
    // Whatever hindered it left the database as it was.
    place.ok(&["check"]);
}

#[test]
fn the_environment_may_hold_names_of_digits() {
    let place = Place::new();
    let said = place
        .command(&["check"])
        .env("CARREL_DATABASE_NAME", "2026")
        .env("CARREL_DATABASE_USER", "007")
        .env("CARREL_DATABASE_PASSWORD", "12345678")
        .output()
        .unwrap();
    assert!(said.status.success(), "{}", text(&said.stderr));
    assert!(!(text(&said.stdout) + &text(&said.stderr)).contains("12345678"));
}

#[test]
fn every_command_explains_itself() {
    let place = Place::new();
    for command in [
        "serve", "seed", "import", "export", "user", "backup", "restore", "check",
    ] {
        assert!(place.ok(&[command, "--help"]).contains("Usage: carrel"), "{command}");
    }
}
