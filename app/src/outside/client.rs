//! What asks, within its guard.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Once};
use std::time::Duration;

use futures::future::BoxFuture;
use http::{Request, Response};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Client, Url, redirect};

use super::addresses::is_public;

const CONNECT: Duration = Duration::from_secs(5);

/// What one answer may take, its body included.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    pub time: Duration,
    pub bytes: usize,
}

/// For what servers say to each other.
const SMALL: Bounds = Bounds {
    time: Duration::from_secs(10),
    bytes: 512 * 1024,
};

/// Which addresses may be connected to.
type May = fn(IpAddr) -> bool;

/// What says which addresses a name has at this moment.
type Lookup = fn(String) -> BoxFuture<'static, io::Result<Vec<SocketAddr>>>;

/// What asks; cheap to clone.
#[derive(Clone)]
pub struct Outside {
    client: Option<Client>,
    may: May,
    encrypted: bool,
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
    #[error("there is no server of this name")]
    NoServer,
    #[error("there was no answer in time")]
    TooSlow,
    #[error("the answer is too large")]
    TooLarge,
}

impl Outside {
    /// Of an installation; `private` lets it ask in its own network too, and
    /// without encryption.
    pub fn new(private: bool) -> Self {
        match private {
            true => Self::only(|_| true, false),
            false => Self::only(is_public, true),
        }
    }

    /// For files that everybody may fetch: of the public internet, and also
    /// where they are not encrypted on their way.
    pub fn for_files() -> Self {
        Self::only(is_public, false)
    }

    /// Asks at the addresses that `may` names, with `encrypted` only by https.
    pub(crate) fn only(may: May, encrypted: bool) -> Self {
        Self::resolving(may, encrypted, of_this_machine)
    }

    fn resolving(may: May, encrypted: bool, lookup: Lookup) -> Self {
        prefer_ring();
        let builder = Client::builder()
            .redirect(redirect::Policy::none())
            .no_proxy()
            .referer(false)
            .connect_timeout(CONNECT)
            .dns_resolver(Arc::new(Guarded(may, lookup)))
            .user_agent("Carrel");
        let client = builder.build();
        if let Err(error) = &client {
            tracing::error!(%error, "other servers cannot be asked");
        }
        Self {
            client: client.ok(),
            may,
            encrypted,
        }
    }

    /// Asks once. A redirect is an answer like any other.
    pub async fn ask(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, NoAnswer> {
        self.ask_within(request, SMALL).await
    }

    /// The same with other bounds.
    pub async fn ask_within(&self, request: Request<Vec<u8>>, most: Bounds) -> Result<Response<Vec<u8>>, NoAnswer> {
        let url = Url::parse(&request.uri().to_string()).map_err(failed)?;
        self.may_ask(&url)?;
        let client = self.client.as_ref().ok_or_else(|| failed("there is no client"))?;
        let mut request = reqwest::Request::try_from(request).map_err(|error| because(&error))?;
        *request.timeout_mut() = Some(most.time);
        let mut answer = client.execute(request).await.map_err(|error| because(&error))?;
        let mut whole = Response::builder().status(answer.status());
        for (name, value) in answer.headers() {
            whole = whole.header(name, value);
        }
        let bytes = u64::try_from(most.bytes).unwrap_or(u64::MAX);
        if answer.content_length().is_some_and(|length| length > bytes) {
            return Err(NoAnswer::TooLarge);
        }
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|error| because(&error))? {
            if body.len() + chunk.len() > most.bytes {
                return Err(NoAnswer::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        whole.body(body).map_err(failed)
    }

    /// Refuses what can be refused by the address alone; names are looked at
    /// once they are resolved.
    pub fn may_ask(&self, url: &Url) -> Result<(), NoAnswer> {
        if self.encrypted && url.scheme() != "https" {
            return Err(NoAnswer::NotEncrypted);
        }
        let host = url.host_str().unwrap_or_default();
        match host.trim_matches(['[', ']']).parse::<IpAddr>() {
            Ok(ip) if !(self.may)(ip) => Err(NoAnswer::NotPublic),
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

/// As the machine resolves names.
fn of_this_machine(name: String) -> BoxFuture<'static, io::Result<Vec<SocketAddr>>> {
    Box::pin(async move { Ok(tokio::net::lookup_host((name, 0)).await?.collect()) })
}

/// Resolves names to addresses that may be asked, or not at all.
struct Guarded(May, Lookup);

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let Self(may, lookup) = *self;
        Box::pin(async move {
            let found = lookup(name.as_str().to_owned()).await.map_err(|_| NoAnswer::NoServer)?;
            if found.is_empty() {
                return Err(NoAnswer::NoServer.into());
            }
            if !found.iter().all(|address| may(address.ip())) {
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
    if error.is_timeout() {
        return NoAnswer::TooSlow;
    }
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

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
