//! The whole of a remote database, as SurrealQL: what its server gives and
//! takes over HTTP alone, beside the socket that statements go through.

use std::path::Path;

use reqwest::{Client, RequestBuilder, Response};
use tokio::io::AsyncWriteExt;

use super::connect::{Credentials, DbConfig, Level};
use crate::error::{AppError, Result};

/// The same server as a [`DbConfig`] names, asked over HTTP.
pub(super) struct Dump {
    client: Client,
    /// Where the server is, without a slash at its end.
    address: String,
    credentials: Option<Credentials>,
    namespace: String,
    name: String,
}

impl Dump {
    pub(super) fn of(config: &DbConfig) -> std::result::Result<Self, String> {
        crate::outside::prefer_ring();
        Ok(Self {
            client: Client::builder()
                .no_proxy()
                .build()
                .map_err(|error| error.to_string())?,
            address: http_address(&config.address),
            credentials: config.credentials.clone(),
            namespace: config.namespace.clone(),
            name: config.name.clone(),
        })
    }

    pub(super) async fn export(&self, path: &Path) -> Result<()> {
        let request = self.client.get(format!("{}/export", self.address));
        let mut answer = self.answered("export", request).await?;
        let mut file = tokio::fs::File::create(path)
            .await
            .map_err(|error| failed("export", error))?;
        while let Some(chunk) = answer.chunk().await.map_err(|error| failed("export", error))? {
            file.write_all(&chunk).await.map_err(|error| failed("export", error))?;
        }
        file.sync_all().await.map_err(|error| failed("export", error))
    }

    /// The file is read into memory.
    pub(super) async fn import(&self, path: &Path) -> Result<()> {
        let content = tokio::fs::read(path).await.map_err(|error| failed("import", error))?;
        let request = self.client.post(format!("{}/import", self.address)).body(content);
        self.answered("import", request).await.map(drop)
    }

    async fn answered(&self, what: &str, request: RequestBuilder) -> Result<Response> {
        let request = request
            .header("surreal-ns", &self.namespace)
            .header("surreal-db", &self.name)
            .header("accept", "application/octet-stream");
        let request = match &self.credentials {
            Some(Credentials { user, password, level }) => {
                // Of what the user is one.
                let request = match level {
                    Level::Root => request,
                    _ => request.header("surreal-auth-ns", &self.namespace),
                };
                let request = match level {
                    Level::Database => request.header("surreal-auth-db", &self.name),
                    _ => request,
                };
                request.basic_auth(user, Some(password))
            }
            None => request,
        };
        let answer = request.send().await.and_then(Response::error_for_status);
        answer.map_err(|error| failed(what, error.without_url()))
    }
}

/// `ws://HOST` and `wss://HOST/rpc` as addresses of HTTP.
fn http_address(address: &str) -> String {
    let host = address.trim_end_matches('/').trim_end_matches("/rpc");
    match host.split_once("://") {
        Some(("wss", host)) => format!("https://{host}"),
        Some((_, host)) => format!("http://{host}"),
        None => host.to_owned(),
    }
}

fn failed(what: &str, error: impl std::fmt::Display) -> AppError {
    AppError::internal(what, error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_server_is_asked_over_http() {
        assert_eq!(http_address("ws://127.0.0.1:8000"), "http://127.0.0.1:8000");
        assert_eq!(http_address("wss://db.example/rpc"), "https://db.example");
    }
}
