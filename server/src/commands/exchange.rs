//! Competency sets in and out by file.

use std::io::{ErrorKind, Write};
use std::path::PathBuf;

use app::competencies::import::{MOST_BYTES, PlannedImport, apply, plan};
use app::competencies::model::{Outcome, Preview};
use app::competencies::{export, store::sets_named};
use app::db::{Db, MIGRATIONS};
use app::editions::store::publish_as_suggested;
use app::error::AppError;
use app::exchange::{case, moodle_csv, sheet};
use app::id::OrganisationId;
use app::organisations::store::{NewOrganisation, by_slug, create, first_two};
use clap::{Args, ValueEnum};

use crate::config::Config;

#[derive(Debug, Args)]
pub(super) struct Import {
    /// A CASE package or ASN document (JSON), a Moodle competency framework
    /// (CSV) or a spreadsheet (CSV, XLSX).
    file: PathBuf,
    /// The set's name.
    #[arg(long)]
    set: String,
    /// The organisation that owns it, by its name; made where there is none. Where
    /// there is one alone it need not be named.
    #[arg(long)]
    organisation: Option<String>,
    /// Publish what was imported; a draft otherwise. An edition before it retires, and
    /// what people made against it follows the statement map as it is suggested.
    #[arg(long)]
    publish: bool,
    /// Only say what would be done.
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug, Args)]
pub(super) struct Export {
    /// The set's name in addresses, or its title.
    #[arg(long)]
    set: String,
    #[arg(long)]
    format: Format,
    /// The edition's number; the latest published one otherwise.
    #[arg(long)]
    edition: Option<u32>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Case,
    MoodleCsv,
    /// A table for spreadsheets.
    Csv,
    Xlsx,
}

/// Says the plan, then writes. Problems in the file end it before anything is
/// written.
pub(super) async fn import(config: &Config, arguments: Import) -> Result<(), String> {
    let size = std::fs::metadata(&arguments.file)
        .map_err(|error| unreadable(&arguments, &error))?
        .len();
    if size > MOST_BYTES as u64 {
        return Err(format!("the file is larger than {} MB", MOST_BYTES / 1024 / 1024));
    }
    let bytes = std::fs::read(&arguments.file).map_err(|error| unreadable(&arguments, &error))?;
    if arguments.dry_run {
        return only_plan(config, arguments, bytes).await;
    }
    super::with_db(config, async |db| bring_in(db, arguments, bytes).await).await
}

/// Changes nothing: neither makes a database nor brings one up to date. Where
/// there is none, one in memory is planned with.
async fn only_plan(config: &Config, arguments: Import, bytes: Vec<u8>) -> Result<(), String> {
    let in_memory = Config {
        database: "mem://".into(),
        ..config.clone()
    };
    if super::is_missing(config) {
        return super::with_db(&in_memory, async |db| bring_in(db, arguments, bytes).await).await;
    }
    super::with_db_as_it_is(config, async |db| {
        if db.is_blank().await.map_err(super::told)? {
            return super::with_db(&in_memory, async |db| bring_in(db, arguments, bytes).await).await;
        }
        let pending = db.pending(MIGRATIONS).await.map_err(|error| error.to_string())?;
        if !pending.is_empty() {
            return Err(
                "the database is of an older Carrel: serving brings it up to date, and so does an import \
                        without --dry-run"
                    .into(),
            );
        }
        bring_in(db, arguments, bytes).await
    })
    .await
}

async fn bring_in(db: &Db, arguments: Import, bytes: Vec<u8>) -> Result<(), String> {
    let found = organisation(db, arguments.organisation.as_deref()).await?;
    let planning = found.clone().unwrap_or_else(OrganisationId::random);
    let name = arguments
        .file
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let planned = plan(db, &planning, &arguments.set, &name, bytes.clone())
        .await
        .map_err(super::told)?;
    say(&planned.preview);
    if planned.is_refused() {
        return Err("the file has problems that must be put right first; nothing was imported".into());
    }
    if arguments.dry_run {
        println!("nothing was written (--dry-run)");
        return Ok(());
    }
    let planned = match found {
        Some(_) => planned,
        None => {
            let made = first_organisation(db, arguments.organisation.as_deref()).await?;
            plan(db, &made, &arguments.set, &name, bytes)
                .await
                .map_err(super::told)?
        }
    };
    write(db, &planned, arguments.publish).await
}

fn unreadable(arguments: &Import, error: &std::io::Error) -> String {
    format!("{} cannot be read: {error}", arguments.file.display())
}

async fn write(db: &Db, planned: &PlannedImport, publish: bool) -> Result<(), String> {
    let mut applied = apply(db, planned, false).await.map_err(super::told)?;
    if publish && publish_as_suggested(db, &applied.edition).await.map_err(super::told)? {
        (applied.written, applied.published) = (true, true);
    }
    let state = if applied.published { "published" } else { "draft" };
    if applied.written {
        println!("imported as /index/{}/{} ({state})", applied.set, applied.number);
    } else {
        println!(
            "nothing to do: /index/{}/{} holds all of it already ({state})",
            applied.set, applied.number
        );
    }
    Ok(())
}

/// The organisation that is named, as it was made or in addresses, or the only
/// one there is; none where there is none yet.
async fn organisation(db: &Db, name: Option<&str>) -> Result<Option<OrganisationId>, String> {
    let first = first_two(db).await.map_err(super::told)?;
    let Some(name) = name else {
        return match &first[..] {
            [] => Ok(None),
            [only] => Ok(Some(only.clone())),
            _ => Err("name the organisation that owns the set: --organisation NAME".into()),
        };
    };
    if first.is_empty() {
        return Ok(None);
    }
    for slug in [name, slug_of(name).as_str()] {
        if let Some(id) = by_slug(db, slug).await.map_err(super::told)? {
            return Ok(Some(id));
        }
    }
    Err(format!("there is no organisation {name}"))
}

/// What an organisation that is made here is called in addresses.
fn slug_of(name: &str) -> String {
    match app::paths::slug(name) {
        slug if slug.is_empty() => "library".into(),
        slug => slug,
    }
}

async fn first_organisation(db: &Db, name: Option<&str>) -> Result<OrganisationId, String> {
    let name = name.unwrap_or("Library");
    let new = NewOrganisation {
        slug: slug_of(name),
        name: name.to_owned(),
        kind: "library".into(),
        place: String::new(),
        timezone: "UTC".into(),
        parent: None,
    };
    println!("made the organisation {}", new.slug);
    create(db, new).await.map_err(super::told)
}

fn say(preview: &Preview) {
    let kind = if preview.format.is_empty() {
        "unknown format"
    } else {
        &preview.format
    };
    println!("{}: {} ({kind})", preview.file_name, preview.title);
    println!(
        "  {} sections, {} competencies, {} statements, {} cross-references, {} levels",
        preview.sections,
        preview.competencies,
        preview.statements,
        preview.references,
        preview.levels.len()
    );
    println!(
        "  {} new, {} changed, {} moved, {} unchanged, {} missing",
        preview.new, preview.changed, preview.moved, preview.unchanged, preview.missing
    );
    println!("  {}", outcome(&preview.outcome));
    for remark in &preview.remarks {
        println!("  {}: {}: {}", remark.weight.label(), remark.place, remark.message);
    }
}

fn outcome(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Refused => "refused: see below".into(),
        Outcome::NewSet => "a new set".into(),
        Outcome::NewEdition { set, number, after } => {
            format!("edition {number} of {set}, a draft after edition {after}")
        }
        Outcome::ReplacesDraft { set, number } => format!("replaces the draft edition {number} of {set}"),
        Outcome::Unchanged { set, number } => format!("edition {number} of {set} holds all of it already"),
        Outcome::InReview { set, number } => format!("edition {number} of {set} is in review and must not change"),
        Outcome::Done { set, number } => format!("edition {number} of {set} was made from it"),
    }
}

/// Writes the file to standard output.
pub(super) async fn export(config: &Config, arguments: Export) -> Result<(), String> {
    super::must_be_there(config)?;
    super::with_db(config, async |db| write_out(config, db, arguments).await).await
}

async fn write_out(config: &Config, db: &Db, arguments: Export) -> Result<(), String> {
    let named = sets_named(db, &arguments.set).await.map_err(super::told)?;
    let slug = match &named[..] {
        [] => return Err(format!("there is no set {}", arguments.set)),
        [slug] => slug,
        several => {
            let several = several.join(", ");
            return Err(format!(
                "several sets are called {}: name one of {several}",
                arguments.set
            ));
        }
    };
    let stored = export::whole(db, slug, arguments.edition).await;
    let stored = stored.map_err(|error| match error {
        AppError::NotFound => format!("{slug} has no such edition"),
        other => super::told(other),
    })?;
    let file = match arguments.format {
        Format::Case => {
            let package = case::emit(&stored.set, stored.document, &config.public_url, &stored.changed);
            let text = serde_json::to_string_pretty(&package).map_err(|error| error.to_string())?;
            (text + "\n").into_bytes()
        }
        Format::MoodleCsv => {
            for loss in moodle_csv::losses(&stored.set) {
                eprintln!("{}: {}", loss.place, loss.message);
            }
            moodle_csv::emit(&stored.set).into_bytes()
        }
        Format::Csv => sheet::csv(&stored.set).into_bytes(),
        Format::Xlsx => sheet::workbook(&stored.set).map_err(|error| error.to_string())?,
    };
    let mut out = std::io::stdout().lock();
    match out.write_all(&file).and_then(|()| out.flush()) {
        // Whoever reads has read enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        done => done.map_err(|error| error.to_string()),
    }
}
