//! The server under measurement: a process of its own on a database of its
//! own, started and stopped as an operator would.

use std::fs::File;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use app::db::{Db, DbConfig};
use tokio::process::{Child, Command};

use crate::http::{Connection, Request};

/// How long it may take to answer for the first time, and to stop.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running `carrel serve`. Dropped, it is killed.
pub struct Server {
    child: Child,
    pub address: SocketAddr,
    /// From the start of the process until it said that it is ready.
    pub started_in: Duration,
}

/// What the process takes of the machine's memory, in MB.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Memory {
    pub resident: f64,
    pub highest: f64,
}

/// The address of the database in a folder.
pub fn database(folder: &Path) -> String {
    format!("surrealkv://{}", folder.join("carrel.db").display())
}

/// Opens that database here; nobody else may hold it.
pub async fn open(folder: &Path) -> Result<Db, String> {
    let config = DbConfig {
        address: database(folder),
        credentials: None,
        namespace: "carrel".into(),
        name: "carrel".into(),
        cache_mib: 64,
        memtable_mib: 32,
    };
    Db::connect(&config).await
}

/// The server beside this program.
pub fn beside() -> Result<PathBuf, String> {
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    Ok(own.with_file_name("carrel"))
}

/// More than it asks for.
const LIMITS: &str = "{sign_in={person=1000000,address=1000000,seconds=1},posting={person=1000000,address=1000000,seconds=1},\
    exports={person=1000000,address=1000000,seconds=1},search={person=1000000,address=1000000,seconds=1},\
    changes={person=1000000,address=1000000,seconds=1}}";

impl Server {
    /// Starts `binary` in `folder` and waits until it is ready. What it logs is
    /// in the folder.
    pub async fn start(binary: &Path, folder: &Path) -> Result<Self, String> {
        let address = free_address()?;
        let log = File::create(folder.join("server.log")).map_err(|error| error.to_string())?;
        let errors = log.try_clone().map_err(|error| error.to_string())?;
        let mut command = Command::new(binary);
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("CARREL_")) {
            command.env_remove(name);
        }
        let start = Instant::now();
        let child = command
            .arg("serve")
            .current_dir(folder)
            .env("CARREL_ADDRESS", address.to_string())
            .env("CARREL_PUBLIC_URL", format!("http://{address}"))
            .env("CARREL_DATABASE", database(folder))
            .env("CARREL_FILES", folder.join("files"))
            // All its people ask from one address.
            .env("CARREL_LIMITS", LIMITS)
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(errors)
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| format!("{} cannot be started: {error}", binary.display()))?;
        let mut server = Self {
            child,
            address,
            started_in: Duration::ZERO,
        };
        server.wait_until_ready(start, folder).await?;
        server.started_in = start.elapsed();
        Ok(server)
    }

    async fn wait_until_ready(&mut self, start: Instant, folder: &Path) -> Result<(), String> {
        let request = Request::get(self.address, "/readyz").ready();
        while start.elapsed() < PATIENCE {
            if let Ok(Some(status)) = self.child.try_wait() {
                let log = std::fs::read_to_string(folder.join("server.log")).unwrap_or_default();
                return Err(format!("the server ended with {status}:\n{log}"));
            }
            if let Ok(mut connection) = Connection::open(self.address).await
                && connection.send(&request).await.is_ok_and(|answer| answer.status == 200)
            {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        Err("the server does not get ready".into())
    }

    /// Reads `/proc`; nothing where there is none.
    pub fn memory(&self) -> Option<Memory> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()?)).ok()?;
        Some(Memory {
            resident: megabytes(&status, "VmRSS")?,
            highest: megabytes(&status, "VmHWM")?,
        })
    }

    /// Asks the server to stop and waits for it.
    pub async fn stop(mut self) -> Result<(), String> {
        if let Some(id) = self.child.id() {
            let asked = Command::new("kill").arg(id.to_string()).status().await;
            asked.map_err(|error| format!("kill: {error}"))?;
        }
        match tokio::time::timeout(PATIENCE, self.child.wait()).await {
            Ok(Ok(status)) if status.success() => Ok(()),
            Ok(Ok(status)) => Err(format!("the server ended with {status}")),
            Ok(Err(error)) => Err(error.to_string()),
            Err(_) => Err("the server did not stop".into()),
        }
    }
}

fn free_address() -> Result<SocketAddr, String> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
    listener.local_addr().map_err(|error| error.to_string())
}

/// A line such as `VmRSS:  1234 kB`; the kernel's kB are 1,024 bytes.
fn megabytes(status: &str, field: &str) -> Option<f64> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix(field)?.strip_prefix(':'))?;
    let kib: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1_024.0 / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_read_in_megabytes() {
        let status = "Name:\tcarrel\nVmHWM:\t  200000 kB\nVmRSS:\t  125000 kB\n";
        assert_eq!(megabytes(status, "VmRSS"), Some(128.0));
        assert_eq!(megabytes(status, "VmSwap"), None);
    }
}
