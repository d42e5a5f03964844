//! Fetching a file from a public address, on behalf of a curator.
//!
//! Whoever types an address makes this server ask, from inside its own network.
//! So each name is resolved here, every address that it has must be public, and
//! the connection goes to those addresses, whatever the name says a moment
//! later. Redirects are followed by hand and checked in the same way.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use reqwest::{Client, Response, StatusCode, Url, header, redirect};
use serde_json::Value;

use super::MOST_BYTES;

/// For all of it: shorter than a request may take here.
const MOST_TIME: Duration = Duration::from_secs(20);
const CONNECT: Duration = Duration::from_secs(5);
const REDIRECTS: usize = 4;
/// Characters of an address.
const ADDRESS: usize = 2_000;

/// What was at an address.
#[derive(Debug, PartialEq, Eq)]
pub struct Fetched {
    /// The last part of the address.
    pub name: String,
    pub content: Vec<u8>,
}

/// Which addresses may be connected to.
type May = fn(IpAddr) -> bool;

/// Fetches what is at this address; of a CASE document, its package.
///
/// # Errors
/// A sentence on why not.
pub async fn fetch(address: &str) -> Result<Fetched, String> {
    fetch_where(address, is_public).await
}

async fn fetch_where(address: &str, may: May) -> Result<Fetched, String> {
    let url = parse(address)?;
    let all = async {
        let (fetched, at) = follow(url, may).await?;
        match package_of(&fetched.content) {
            Some(package) => {
                let package = at
                    .join(&package)
                    .map_err(|_| "The address of its package cannot be read.".to_owned())?;
                Ok(follow(checked(package)?, may).await?.0)
            }
            None => Ok(fetched),
        }
    };
    tokio::time::timeout(MOST_TIME, all).await.unwrap_or_else(|_| {
        Err(format!(
            "It took longer than {} seconds. Download the file and choose it instead.",
            MOST_TIME.as_secs()
        ))
    })
}

fn parse(address: &str) -> Result<Url, String> {
    let address = address.trim();
    if address.is_empty() {
        return Err("Type the address of a file.".into());
    }
    if address.chars().count() > ADDRESS {
        return Err(format!("An address has at most {ADDRESS} characters."));
    }
    checked(
        Url::parse(address)
            .map_err(|_| "This is not a whole address, such as https://example.org/set.json.".to_owned())?,
    )
}

fn checked(url: Url) -> Result<Url, String> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err("Only addresses that begin with https:// or http:// can be fetched.".into());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("An address must not hold a name or a password.".into());
    }
    Ok(url)
}

/// The answer after all redirects, and where it came from.
async fn follow(mut url: Url, may: May) -> Result<(Fetched, Url), String> {
    for _ in 0..=REDIRECTS {
        let answer = ask(&url, may).await?;
        if !answer.status().is_redirection() {
            let name = url
                .path_segments()
                .and_then(|mut parts| parts.next_back().map(str::to_owned));
            let content = read(answer).await?;
            let name = name.filter(|name| !name.is_empty()).unwrap_or_else(|| "address".into());
            return Ok((Fetched { name, content }, url));
        }
        let to = answer.headers().get(header::LOCATION).and_then(|to| to.to_str().ok());
        let next = to
            .and_then(|to| url.join(to).ok())
            .ok_or("The address leads on to nowhere.")?;
        if url.scheme() == "https" && next.scheme() == "http" {
            return Err("The address leads on to one that is not encrypted.".into());
        }
        url = checked(next)?;
    }
    Err("The address leads on too often.".into())
}

async fn ask(url: &Url, may: May) -> Result<Response, String> {
    let host = url.host_str().ok_or("The address names no server.")?;
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let port = url.port_or_known_default().unwrap_or(443);
    let found: Vec<SocketAddr> = match bare.parse::<IpAddr>() {
        Ok(ip) => vec![SocketAddr::new(ip, port)],
        Err(_) => tokio::net::lookup_host((bare, port))
            .await
            .map_err(|_| format!("There is no server called {bare}."))?
            .collect(),
    };
    if found.is_empty() {
        return Err(format!("There is no server called {bare}."));
    }
    if !found.iter().all(|address| may(address.ip())) {
        return Err("This address is not on the public internet, so it is not asked.".into());
    }
    let client = Client::builder()
        .redirect(redirect::Policy::none())
        .resolve_to_addrs(bare, &found)
        // A proxy would resolve the name again.
        .no_proxy()
        .referer(false)
        .connect_timeout(CONNECT)
        .timeout(MOST_TIME)
        .user_agent("Carrel")
        .build()
        .map_err(|error| {
            tracing::error!(%error, "a client could not be made");
            "It cannot be fetched just now.".to_owned()
        })?;
    client
        .get(url.clone())
        .header(header::ACCEPT, "application/json, text/csv;q=0.9, */*;q=0.5")
        .header(header::ACCEPT_ENCODING, "identity")
        .send()
        .await
        .map_err(|error| unreachable(&error))
}

fn unreachable(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        "The server did not answer in time.".into()
    } else {
        "The server could not be reached, or its certificate is not valid.".into()
    }
}

/// The body, as long as it is within bounds.
async fn read(mut answer: Response) -> Result<Vec<u8>, String> {
    match answer.status() {
        StatusCode::OK => {}
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            return Err("The server gives this only to those who sign in there.".into());
        }
        StatusCode::NOT_FOUND | StatusCode::GONE => return Err("There is nothing at this address.".into()),
        status => return Err(format!("The server answered {}.", status.as_u16())),
    }
    let most = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX);
    if answer.content_length().is_some_and(|length| length > most) {
        return Err(super::too_large());
    }
    let mut content = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|error| unreachable(&error))? {
        if content.len() + chunk.len() > MOST_BYTES {
            return Err(super::too_large());
        }
        content.extend_from_slice(&chunk);
    }
    if content.is_empty() {
        return Err("There is an empty file at this address.".into());
    }
    Ok(content)
}

/// Where the package is when this is a CASE document without its items.
fn package_of(content: &[u8]) -> Option<String> {
    const DOCUMENT: usize = 256 * 1024;
    let whole: Value = serde_json::from_slice(content.get(..content.len().min(DOCUMENT))?).ok()?;
    let document = whole
        .get("CFDocument")
        .filter(|_| whole.get("CFItems").is_none())
        .unwrap_or(&whole);
    let link = document.get("CFPackageURI")?;
    let uri = link.as_str().or_else(|| link.get("uri")?.as_str())?;
    Some(uri.to_owned())
}

/// Whether an address is one of the public internet: everything that is
/// reserved, private or leads to such (RFC 6890 and its registries) is not.
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let reserved = matches!(
        (a, b, c),
        (0 | 10 | 127 | 224..=255, _, _)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 168, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (198, 18 | 19, _)
            | (198, 51, 100)
            | (203, 0, 113)
    );
    !reserved
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    if let Some(inner) = ip.to_ipv4_mapped() {
        return is_public_v4(inner);
    }
    let [first, second, ..] = ip.segments();
    // Unicast that is routed, less documentation, protocols and ways to IPv4.
    (0x2000..=0x3fff).contains(&first)
        && !(first == 0x2001 && (second < 0x0200 || second == 0x0db8))
        && first != 0x2002
        && !(first == 0x3fff && second < 0x1000)
}

#[cfg(test)]
#[path = "fetching_tests.rs"]
mod tests;
