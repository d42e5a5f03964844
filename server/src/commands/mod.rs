//! The command line: one file a command.

mod backup;
mod check;
mod exchange;
mod seed;
mod user;

use std::path::PathBuf;

use app::db::Db;
use clap::{Args, Parser, Subcommand};

use crate::config::Config;

/// Where library staff learn together and see themselves grow.
#[derive(Debug, Parser)]
#[command(name = "carrel", version, about)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve Carrel until it is told to stop.
    Serve,
    /// Fill an empty database with the demonstration library.
    Seed(seed::Seed),
    /// Import a competency set from a file: says the plan, then writes.
    Import(exchange::Import),
    /// Write a competency set to standard output.
    Export(exchange::Export),
    /// Accounts.
    #[command(subcommand)]
    User(user::User),
    /// Write the whole library, uploads included, into one file.
    Backup(FileArgument),
    /// Read a backup into an empty database.
    Restore(FileArgument),
    /// Check the configuration and the database.
    Check,
}

#[derive(Debug, Args)]
pub struct FileArgument {
    /// The backup file (.tar.gz).
    file: PathBuf,
}

/// Does what the command line says. Errors are sentences.
pub async fn run(cli: Cli) -> Result<(), String> {
    let config = Config::load()?;
    log_to_stderr(&config);
    match cli.command {
        Command::Serve => crate::serve::serve(&config).await,
        Command::Seed(seed) => seed::run(&config, seed).await,
        Command::Import(arguments) => exchange::import(&config, arguments).await,
        Command::Export(arguments) => exchange::export(&config, arguments).await,
        Command::User(user) => user::run(&config, user).await,
        Command::Backup(FileArgument { file }) => backup::backup(&config, &file).await,
        Command::Restore(FileArgument { file }) => backup::restore(&config, &file).await,
        Command::Check => check::run(&config).await,
    }
}

/// Works on the database and closes it after, whatever came of it. A schema of
/// an older Carrel is brought up to date first.
async fn with_db<T>(config: &Config, work: impl AsyncFnOnce(&Db) -> Result<T, String>) -> Result<T, String> {
    let db = crate::serve::open(config).await?;
    let done = work(&db).await;
    db.close().await;
    done
}

/// The same with the database as it is: nothing is changed to begin with.
async fn with_db_as_it_is<T>(config: &Config, work: impl AsyncFnOnce(&Db) -> Result<T, String>) -> Result<T, String> {
    let db = crate::serve::open_as_it_is(config).await?;
    let done = work(&db).await;
    db.close().await;
    done
}

/// Whether there is no embedded database: to look into it would make one.
fn is_missing(config: &Config) -> bool {
    config.database_path().is_some_and(|path| !path.exists())
}

/// For commands that only look, or change what is there.
fn must_be_there(config: &Config) -> Result<(), String> {
    match is_missing(config) {
        true => Err(format!("there is no database at {} yet", config.database)),
        false => Ok(()),
    }
}

/// One JSON object a line, for machines; the command's own words go to stdout.
fn log_to_stderr(config: &Config) {
    // The configuration was checked: it parses.
    let filter = tracing_subscriber::EnvFilter::new(&config.log);
    let _already_set = tracing_subscriber::fmt()
        .json()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .try_init();
}

/// A sentence for an error of the application.
fn told(error: app::error::AppError) -> String {
    error.to_string()
}
