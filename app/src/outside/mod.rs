//! Asking other servers, at addresses that somebody typed.
//!
//! Whoever types an address makes this server ask, from inside its own network.
//! So names are resolved here, each address that a name has must be public, and
//! the connection goes to what was resolved, whatever the name says a moment
//! later. No redirect is followed and no proxy asked.

mod addresses;
#[cfg(test)]
mod tests;

use std::net::IpAddr;
use std::sync::{Arc, Once};
use std::time::Duration;

use http::{Request, Response};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Client, Url, redirect};

use addresses::is_public;

/// For one answer, its body included.
const MOST_TIME: Duration = Duration::from_secs(10);
const CONNECT: Duration = Duration::from_secs(5);
/// Bytes of an answer.
const MOST_BYTES: usize = 512 * 1024;

/// What asks; cheap to clone.
#[derive(Clone)]
pub struct Outside {
    client: Option<Client>,
    private: bool,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoAnswer {
    #[error("the address is not on the public internet")]
    NotPublic,
    #[error("the address does not begin with https://")]
    NotEncrypted,
    #[error("{0}")]
    Failed(String),
    #[error("the answer is larger than {MOST_BYTES} bytes")]
    TooLarge,
}

impl Outside {
    /// Of an installation; `private` lets it ask in its own network too, and
    /// without encryption.
    pub fn new(private: bool) -> Self {
        prefer_ring();
        let builder = Client::builder()
            .redirect(redirect::Policy::none())
            .no_proxy()
            .referer(false)
            .connect_timeout(CONNECT)
            .timeout(MOST_TIME)
            .user_agent("Carrel");
        let builder = match private {
            true => builder,
            false => builder.dns_resolver(Arc::new(PublicOnly)),
        };
        let client = builder.build();
        if let Err(error) = &client {
            tracing::error!(%error, "other servers cannot be asked");
        }
        Self {
            client: client.ok(),
            private,
        }
    }

    /// Asks once. A redirect is an answer like any other.
    pub async fn ask(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, NoAnswer> {
        let url = Url::parse(&request.uri().to_string()).map_err(failed)?;
        self.may_ask(&url)?;
        let client = self.client.as_ref().ok_or_else(|| failed("there is no client"))?;
        let request = reqwest::Request::try_from(request).map_err(|error| because(&error))?;
        let mut answer = client.execute(request).await.map_err(|error| because(&error))?;
        let mut whole = Response::builder().status(answer.status());
        for (name, value) in answer.headers() {
            whole = whole.header(name, value);
        }
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|error| because(&error))? {
            if body.len() + chunk.len() > MOST_BYTES {
                return Err(NoAnswer::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        whole.body(body).map_err(failed)
    }

    /// Refuses what can be refused by the address alone; names are looked at
    /// once they are resolved.
    pub fn may_ask(&self, url: &Url) -> Result<(), NoAnswer> {
        if self.private {
            return Ok(());
        }
        if url.scheme() != "https" {
            return Err(NoAnswer::NotEncrypted);
        }
        let host = url.host_str().unwrap_or_default();
        match host.trim_matches(['[', ']']).parse::<IpAddr>() {
            Ok(ip) if !is_public(ip) => Err(NoAnswer::NotPublic),
            _ => Ok(()),
        }
    }
}

/// Several parts of the program bring a cryptography of their own for TLS; this
/// says which one is taken.
pub fn prefer_ring() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let _already_chosen = rustls::crypto::ring::default_provider().install_default();
    });
}

/// Resolves names to public addresses, or not at all.
struct PublicOnly;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found: Vec<_> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            if !found.iter().all(|address| is_public(address.ip())) {
                return Err(NoAnswer::NotPublic.into());
            }
            let addresses: Addrs = Box::new(found.into_iter());
            Ok(addresses)
        })
    }
}

fn failed(error: impl std::fmt::Display) -> NoAnswer {
    NoAnswer::Failed(error.to_string())
}

/// What is at the bottom of an error: the sentence above it names the address
/// only.
fn because(error: &reqwest::Error) -> NoAnswer {
    let mut cause: &dyn std::error::Error = error;
    loop {
        if let Some(own) = cause.downcast_ref::<NoAnswer>() {
            return own.clone();
        }
        match cause.source() {
            Some(deeper) => cause = deeper,
            None => return failed(cause),
        }
    }
}
