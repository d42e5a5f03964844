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
    /// Say nothing and change nothing when the database is not empty.
    #[arg(long)]
    if_empty: bool,
    /// Where to keep the passwords that are made up; beside the database
    /// unless it is named.
    #[arg(long)]
    passwords: Option<PathBuf>,
}

pub(super) async fn run(config: &Config, seed: Seed) -> Result<(), String> {
    super::with_db(config, async |db| fill(config, db, seed).await).await
}

async fn fill(config: &Config, db: &Db, seed: Seed) -> Result<(), String> {
    if seed.if_empty && !app::organisations::store::none(db).await.map_err(super::told)? {
        return Ok(());
    }
    let file = seed.passwords.unwrap_or_else(|| beside_database(config));
    let sign_ins = demo(db, &Hasher::default()).await.map_err(super::told)?;
    write(&file, &sign_ins).map_err(|error| format!("{} cannot be written: {error}", file.display()))?;
    println!("The demonstration library is in place. Sign in as one of these people:\n");
    for sign_in in &sign_ins {
        println!(
            "  {:<32} {}   {} ({})",
            sign_in.email, sign_in.password, sign_in.name, sign_in.roles
        );
    }
    println!(
        "\nThe passwords are kept in {}, which only you can read.",
        file.display()
    );
    Ok(())
}

fn beside_database(config: &Config) -> PathBuf {
    let database = config
        .database_path()
        .unwrap_or_else(|| PathBuf::from("data/carrel.db"));
    database.parent().unwrap_or(Path::new(".")).join("demo-passwords.tsv")
}

/// One person a line: address, password, name, roles, between tabs.
fn write(path: &Path, sign_ins: &[DemoSignIn]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut file = private_file(path)?;
    for sign_in in sign_ins {
        writeln!(
            file,
            "{}\t{}\t{}\t{}",
            sign_in.email, sign_in.password, sign_in.name, sign_in.roles
        )?;
    }
    file.sync_all()
}
