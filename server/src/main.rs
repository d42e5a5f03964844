//! The `carrel` command.

#![recursion_limit = "512"]

use std::process::ExitCode;

use clap::Parser;
use server::commands::{Cli, run};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Rendering and the database recurse deeply; streaming needs several workers
/// even on one core.
const STACK: usize = 10 * 1024 * 1024;

fn main() -> ExitCode {
    let cli = Cli::parse();
    app::outside::prefer_ring();
    let workers = std::thread::available_parallelism().map_or(2, |cores| cores.get().max(2));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(workers)
        .thread_stack_size(STACK)
        .enable_all()
        .build();
    match runtime {
        Ok(runtime) => match runtime.block_on(run(cli)) {
            Ok(()) => ExitCode::SUCCESS,
            Err(message) => {
                eprintln!("carrel: {message}");
                ExitCode::FAILURE
            }
        },
        Err(error) => {
            eprintln!("carrel: the runtime could not be started: {error}");
            ExitCode::FAILURE
        }
    }
}
