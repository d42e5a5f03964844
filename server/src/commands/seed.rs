use std::io::Write;
use std::path::{Path, PathBuf};

use app::db::Db;
use app::people::passwords::Hasher;
use app::seed::{DemoSignIn, demo};
use clap::Args;

use super::backup::private_file;
use crate::config::Config;

#[derive(Debug, Args)]
pub(super) struct Seed {
    /// The demonstration library (there is no other).
    #[arg(long, required = true)]
    demo: bool,
    /// Change nothing when the database is not empty, and say the sign-ins that
    /// were made for it.
    #[arg(long)]
    if_empty: bool,
    /// Where to keep the passwords that are made up; beside the database
    /// unless it is named.
    #[arg(long)]
    passwords: Option<PathBuf>,
}

pub(super) async fn run(config: &Config, seed: Seed) -> Result<(), String> {
    if config.database == "mem://" {
        let told = "mem:// ends with the command that opened it: there is nothing to fill";
        return match seed.if_empty {
            true => {
                println!("{told}");
                Ok(())
            }
            false => Err(told.into()),
        };
    }
    super::with_db(config, async |db| fill(config, db, seed).await).await
}

async fn fill(config: &Config, db: &Db, seed: Seed) -> Result<(), String> {
    let file = seed.passwords.unwrap_or_else(|| beside_database(config));
    let partial = partial(&file);
    let empty = app::organisations::store::none(db).await.map_err(super::told)?;
    if empty {
        let sign_ins = made(db, &file, &partial).await?;
        println!("The demonstration library is in place. Sign in as one of these people:\n");
        say(sign_ins.iter().map(line));
        println!(
            "\nThe passwords are kept in {}, which only you can read.",
            file.display()
        );
        return Ok(());
    }
    if partial.exists() {
        return Err(format!(
            "the demonstration library was filled half: remove {} and {}, then run this again",
            config.database,
            partial.display()
        ));
    }
    if !seed.if_empty {
        return Err("the database is not empty, and the demonstration library only fills an empty one".into());
    }
    if let Ok(kept) = std::fs::read_to_string(&file) {
        println!("Sign-ins of the demonstration, from {}:\n", file.display());
        say(kept.lines().map(str::to_owned));
    }
    Ok(())
}

/// Shows sign-ins that stand as in the file.
fn say(lines: impl Iterator<Item = String>) {
    for line in lines {
        if let [email, password, name, roles] = line.split('\t').collect::<Vec<_>>()[..] {
            println!("  {email:<32} {password}   {name} ({roles})");
        }
    }
}

/// Fills the database. The file of the passwords gets its name last: until then
/// one beside it says that the library is not whole.
async fn made(db: &Db, file: &Path, partial: &Path) -> Result<Vec<DemoSignIn>, String> {
    let named = |error: std::io::Error| format!("{} cannot be written: {error}", file.display());
    write(partial, &[]).map_err(named)?;
    let sign_ins = demo(db, &Hasher::default()).await.map_err(super::told)?;
    write(partial, &sign_ins).map_err(named)?;
    std::fs::rename(partial, file).map_err(named)?;
    Ok(sign_ins)
}

/// Where the passwords stand until all of the library does.
fn partial(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".partial");
    name.into()
}

fn beside_database(config: &Config) -> PathBuf {
    let database = config
        .database_path()
        .unwrap_or_else(|| PathBuf::from("data/carrel.db"));
    database.parent().unwrap_or(Path::new(".")).join("demo-passwords.tsv")
}

/// One person: address, password, name, roles, between tabs.
fn line(sign_in: &DemoSignIn) -> String {
    format!(
        "{}\t{}\t{}\t{}",
        sign_in.email, sign_in.password, sign_in.name, sign_in.roles
    )
}

fn write(path: &Path, sign_ins: &[DemoSignIn]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut file = private_file(path)?;
    for sign_in in sign_ins {
        writeln!(file, "{}", line(sign_in))?;
    }
    file.sync_all()
}
