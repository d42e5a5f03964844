//! `bench`: how fast, how large and how hungry the optimised server is, on a
//! generated data set. See CONTRIBUTING.md.

#![recursion_limit = "512"]

mod chunked;
mod data;
mod http;
mod import;
mod load;
mod random;
mod report;
mod scenarios;
mod server;
mod typesetting;
mod visit;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use data::Landmarks;
use data::size::Size;
use report::{Line, Report};
use scenarios::Requests;
use server::Server;

/// Measures the optimised server on a generated data set.
#[derive(Debug, Parser)]
#[command(name = "bench", version)]
struct Arguments {
    /// How much data: S or M.
    #[arg(long, default_value = "S", value_parser = Size::parse)]
    size: Size,
    /// Seconds for each scenario, after a second that does not count.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=600))]
    seconds: u64,
    /// The same seed gives the same data.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Where to write the figures as JSON.
    #[arg(long, default_value = "bench/report.json")]
    json: PathBuf,
    /// Only scenarios with this in their name.
    #[arg(long)]
    only: Option<String>,
    /// The server to measure, instead of the one beside this program.
    #[arg(long)]
    server: Option<PathBuf>,
    /// Fills a database in this folder and ends.
    #[arg(long, hide = true)]
    fill: Option<PathBuf>,
}

/// What the filling process leaves beside the database.
const LANDMARKS: &str = "landmarks.json";

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // One thread for the load: the server shares the machine with it.
    let mut builder = match arguments.fill {
        Some(_) => tokio::runtime::Builder::new_multi_thread(),
        None => tokio::runtime::Builder::new_current_thread(),
    };
    let runtime = builder.enable_all().thread_stack_size(10 * 1024 * 1024).build();
    let done = match runtime {
        Ok(runtime) => runtime.block_on(run(arguments)),
        Err(error) => Err(error.to_string()),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Whether everything could be measured.
async fn run(arguments: Arguments) -> Result<bool, String> {
    if let Some(folder) = &arguments.fill {
        fill(folder, &arguments).await?;
        return Ok(true);
    }
    let binary = arguments.server.clone().map_or_else(server::beside, Ok)?;
    let binary = std::path::absolute(binary).map_err(|error| error.to_string())?;
    // Beside the program: a temporary folder may lie in memory.
    let beside = binary.parent().unwrap_or(Path::new("."));
    let folder = tempfile::tempdir_in(beside).map_err(|error| error.to_string())?;
    let report = measure(&arguments, &binary, folder.path()).await?;
    print!("\n{}", report.table());
    let json = report.json();
    std::fs::write(&arguments.json, format!("{json:#}\n"))
        .map_err(|error| format!("{}: {error}", arguments.json.display()))?;
    println!("\n{json}");
    Ok(report.is_whole())
}

async fn fill(folder: &Path, arguments: &Arguments) -> Result<(), String> {
    let db = server::open(folder).await?;
    let landmarks = data::fill(&db, &arguments.size, arguments.seed).await?;
    db.close().await;
    let text = serde_json::to_string(&landmarks).map_err(|error| error.to_string())?;
    std::fs::write(folder.join(LANDMARKS), text).map_err(|error| error.to_string())
}

/// Makes the data in a process of its own: the database lets go of its files
/// only when the process ends.
async fn make_data(arguments: &Arguments, folder: &Path) -> Result<Landmarks, String> {
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    let status = tokio::process::Command::new(own)
        .args([
            "--size",
            arguments.size.name,
            "--seed",
            &arguments.seed.to_string(),
            "--fill",
        ])
        .arg(folder)
        .status()
        .await
        .map_err(|error| error.to_string())?;
    if !status.success() {
        return Err("the data could not be made".into());
    }
    let text = std::fs::read_to_string(folder.join(LANDMARKS)).map_err(|error| error.to_string())?;
    serde_json::from_str(&text).map_err(|error| error.to_string())
}

async fn measure(arguments: &Arguments, binary: &Path, folder: &Path) -> Result<Report, String> {
    eprintln!("making the data of size {} …", arguments.size.name);
    let begin = Instant::now();
    let landmarks = make_data(arguments, folder).await?;
    let filled_in = begin.elapsed();
    let server = Server::start(binary, folder).await?;
    let requests = Requests {
        address: server.address,
        landmarks: &landmarks,
    };
    let visit = visit::first(server.address).await;
    let (mut scenarios, mut acknowledged) = (Vec::new(), 0);
    for scenario in requests.scenarios().await {
        if arguments
            .only
            .as_ref()
            .is_some_and(|only| !scenario.name.contains(only.as_str()))
        {
            continue;
        }
        eprintln!("{} …", scenario.name);
        let outcome = load::measure(
            server.address,
            scenario.connections,
            Duration::from_secs(arguments.seconds),
        )
        .await;
        if let (true, Ok(measured)) = (scenario.writes, &outcome) {
            acknowledged += measured.answered as i64;
        }
        scenarios.push(Line {
            name: scenario.name,
            figure: scenario.figure,
            most: scenario.most,
            outcome,
        });
    }
    let (memory, started_in) = (server.memory(), server.started_in);
    let imported = match &arguments.only {
        Some(only) if !import::NAME.contains(only.as_str()) => None,
        _ => {
            eprintln!("{} …", import::NAME);
            Some(import::measure(server.address, &requests.cookie(0)).await)
        }
    };
    let typeset = match &arguments.only {
        Some(only) if !typesetting::NAME.contains(only.as_str()) => None,
        _ => {
            eprintln!("{} …", typesetting::NAME);
            Some(typesetting::measure(server.address, &requests.cookie(0), &landmarks.large[0].path).await)
        }
    };
    server.stop().await?;
    let found = data::store::posts(&server::open(folder).await?).await? - arguments.size.posts as i64;
    Ok(Report {
        size: arguments.size,
        seed: arguments.seed,
        seconds: arguments.seconds,
        filled_in,
        started_in,
        scenarios,
        visit,
        imported,
        typeset,
        memory,
        replies: (acknowledged, found),
    })
}
