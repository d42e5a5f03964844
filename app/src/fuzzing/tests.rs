//! What is kept in `fuzz/corpus`, and changes of it.

use std::path::{Path, PathBuf};

use super::{TARGETS, Target};

/// How often each file is changed and tried again.
const CHANGES: u64 = 40;

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz")
}

/// The files of a target in order of their names, which have to be there.
fn corpus(target: &Target) -> Vec<(String, Vec<u8>)> {
    let folder = fuzz().join("corpus").join(target.name);
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.display().to_string(), std::fs::read(&path).unwrap()))
        .collect();
    files.sort();
    assert!(files.len() >= 5, "{} holds next to nothing", folder.display());
    files
}

/// The bytes at which something did not hold.
fn run(target: &Target, name: &str, bytes: &[u8]) -> Option<String> {
    let done = std::panic::catch_unwind(|| (target.run)(bytes));
    let shown: String = String::from_utf8_lossy(bytes).chars().take(600).collect();
    done.is_err().then(|| format!("{}, {name}: {shown}", target.name))
}

/// All of them are told at once.
fn none(failures: &[String]) {
    assert!(
        failures.is_empty(),
        "{} do not hold:\n{}",
        failures.len(),
        failures.join("\n")
    );
}

#[test]
fn what_is_kept_holds() {
    let mut failures = Vec::new();
    for target in TARGETS {
        for (name, bytes) in corpus(target) {
            failures.extend(run(target, &name, &bytes));
        }
    }
    none(&failures);
}

/// Sebastiano Vigna's splitmix64: the same numbers for the same seed.
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % most.max(1) as u64).unwrap()
    }
}

/// Bytes that mean something to one parser or another.
const TELLING: [&[u8]; 22] = [
    b"\0",
    b"\n",
    b"\r\n",
    b"\t",
    b"\"",
    b"\"\"",
    b"'",
    b",",
    b";",
    b"=",
    b"<",
    b">",
    b"</",
    b"&",
    b"%",
    b"{",
    b"]",
    b"\xff",
    b"\xe2\x80\xae",
    b"99999999999999999999",
    b"-1",
    b"javascript:",
];

fn change(random: &mut Random, bytes: &mut Vec<u8>, others: &[(String, Vec<u8>)]) {
    let at = random.below(bytes.len() + 1);
    match random.below(6) {
        0 if !bytes.is_empty() => drop(bytes.remove(at.min(bytes.len() - 1))),
        1 if at < bytes.len() => bytes[at] = u8::try_from(random.below(256)).unwrap(),
        2 => bytes.truncate(at),
        // A piece again, or one of another file.
        3 | 4 => {
            let from = match random.below(2) {
                0 => bytes.clone(),
                _ => others[random.below(others.len())].1.clone(),
            };
            let start = random.below(from.len() + 1);
            let end = (start + random.below(60)).min(from.len());
            bytes.splice(at..at, from[start..end].iter().copied());
        }
        _ => drop(bytes.splice(at..at, TELLING[random.below(TELLING.len())].iter().copied())),
    }
}

#[test]
fn changes_of_what_is_kept_hold() {
    let mut failures = Vec::new();
    for target in TARGETS {
        let files = corpus(target);
        for (number, (name, kept)) in (0..).zip(&files) {
            for seed in 0..CHANGES {
                let mut random = Random(seed * 1_000 + number);
                let mut bytes = kept.clone();
                for _ in 0..=random.below(8) {
                    change(&mut random, &mut bytes, &files);
                }
                failures.extend(run(target, &format!("{name} with {seed}"), &bytes));
            }
        }
    }
    none(&failures);
}

#[test]
fn each_target_can_be_fuzzed() {
    let manifest = std::fs::read_to_string(fuzz().join("Cargo.toml")).unwrap();
    for target in TARGETS {
        let name = target.name;
        let path = fuzz().join("fuzz_targets").join(format!("{name}.rs"));
        let source = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert!(source.contains(&format!("app::fuzzing::{name}(")), "{source}");
        assert!(
            manifest.contains(&format!("path = \"fuzz_targets/{name}.rs\"")),
            "{name}"
        );
    }
    let count = |folder: &str| std::fs::read_dir(fuzz().join(folder)).unwrap().count();
    assert_eq!(count("fuzz_targets"), TARGETS.len());
    assert_eq!(count("corpus"), TARGETS.len());
    let locked = std::fs::read_to_string(fuzz().join("Cargo.lock")).unwrap();
    assert!(!locked.contains("surrealdb"), "the fuzz targets depend on SurrealDB");
}

/// Parsers that are no targets, and why.
const NO_TARGETS: [(&str, &str); 21] = [
    ("Face::parse", "one of four words"),
    ("Mark::parse", "one of five words, from the database"),
    ("rules::parse_words", "made of fields that are tried each"),
    ("Smtp::parse", "what an operator configures"),
    (
        "NewPassword::parse",
        "bounded to 512 bytes, 100 characters of which are estimated",
    ),
    ("Spot::parse", "two words and an id"),
    ("NewRound::parse", "made of fields that are tried each"),
    ("NewVerdict::parse", "made of fields that are tried each"),
    ("Resolving::parse", "made of fields that are tried each"),
    ("comments::parsed", "made of fields that are tried each"),
    ("reading::parsed", "an identifier of the library’s own"),
    ("rules::parse_hours", "a part of CourseFields"),
    ("rules::parse_minutes", "a part of LessonFields"),
    ("rules::parse_module", "a part of LessonFields"),
    ("rules::parse_summary", "a part of CourseFields"),
    ("model::parse_issuer", "a part of ProviderFields"),
    ("fetching::parse", "bounded, and read by the library of addresses"),
    ("mod::open", "what tries each format goes through it"),
    ("pasting::read", "what pasting::parse is made of"),
    ("sealing::open", "what is sealed under the installation’s key"),
    ("Sheet::read", "within what exchange::open reads"),
];

/// The name of a function that begins in this line and takes in what somebody
/// wrote: one that is called `parse…`, or one for others to call that reads,
/// opens or decodes text or bytes.
fn reads(line: &str) -> Option<&str> {
    let (before, after) = line.split_once("fn ")?;
    let (name, arguments) = after.split_once('(')?;
    let others = before.trim() == "pub" || before.trim() == "pub(crate)";
    let raw = ["&str", "&[u8]", "Vec<u8>"].iter().any(|kind| arguments.contains(kind));
    let opens = ["read", "open", "decode"].contains(&name) && others && raw;
    (name.starts_with("parse") || opens).then_some(name)
}

/// Each function that takes in what somebody wrote is tried by some target.
#[test]
fn every_parser_has_a_target() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![source.clone()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false if path.extension().is_some_and(|kind| kind == "rs") => files.push(path),
                false => {}
            }
        }
    }
    let (ours, others): (Vec<_>, Vec<_>) = files
        .into_iter()
        .partition(|path| path.starts_with(source.join("fuzzing")));
    let read = |path: &PathBuf| std::fs::read_to_string(path).unwrap();
    let tried: String = ours
        .iter()
        .filter(|path| !path.ends_with("tests.rs"))
        .map(read)
        .collect();
    let mut missing = Vec::new();
    for path in others {
        let mut owner = String::new();
        for line in read(&path).lines() {
            if let Some(of) = line.strip_prefix("impl ") {
                let of = of.rsplit(" for ").next().unwrap_or(of);
                owner = of.chars().take_while(char::is_ascii_alphanumeric).collect();
            } else if line == "}" {
                owner.clear();
            }
            let Some(name) = reads(line) else {
                continue;
            };
            let of = match owner.is_empty() {
                true => path.file_stem().unwrap().to_string_lossy().into_owned(),
                false => owner.clone(),
            };
            let parser = format!("{of}::{name}");
            let excused = NO_TARGETS.iter().any(|(excused, _)| *excused == parser);
            // A function of a module stands with its feature's name or its own.
            let known = tried.contains(&parser)
                || (owner.is_empty() && name.starts_with("parse") && tried.contains(&format!("::{name}(")));
            if !excused && !known && !owner.contains('$') {
                missing.push(format!("{parser} in {}", path.display()));
            }
        }
    }
    assert!(missing.is_empty(), "no target in app/src/fuzzing tries {missing:#?}");
}
