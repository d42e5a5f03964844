//! Fetching a file from a public address, on behalf of a curator.
//!
//! It is asked by way of [`crate::outside`], which keeps to the public internet;
//! redirects are followed by hand, and each is asked in the same way.

use std::sync::LazyLock;
use std::time::Duration;

use http::{Request, Response, StatusCode, header};
use reqwest::Url;
use serde_json::Value;

use crate::exchange::Limits;
use crate::outside::{Bounds, NoAnswer, Outside};

/// For all of it: shorter than a request may take here.
const MOST_TIME: Duration = Duration::from_secs(20);
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

static PUBLIC: LazyLock<Outside> = LazyLock::new(Outside::for_files);

/// Fetches what is at this address; of a CASE document, its package.
///
/// # Errors
/// A sentence on why not.
pub async fn fetch(address: &str, limits: Limits) -> Result<Fetched, String> {
    fetch_by(address, &PUBLIC, limits).await
}

async fn fetch_by(address: &str, outside: &Outside, limits: Limits) -> Result<Fetched, String> {
    let url = parse(address)?;
    let all = async {
        let (fetched, at) = follow(url, outside, limits).await?;
        match package_of(&fetched.content) {
            Some(package) => {
                let package = at
                    .join(&package)
                    .map_err(|_| "The address of its package cannot be read.".to_owned())?;
                Ok(follow(checked(package)?, outside, limits).await?.0)
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
async fn follow(mut url: Url, outside: &Outside, limits: Limits) -> Result<(Fetched, Url), String> {
    for _ in 0..=REDIRECTS {
        let answer = ask(&url, outside, limits).await?;
        if !answer.status().is_redirection() {
            let name = url
                .path_segments()
                .and_then(|mut parts| parts.next_back().map(str::to_owned));
            let content = read(answer)?;
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

async fn ask(url: &Url, outside: &Outside, limits: Limits) -> Result<Response<Vec<u8>>, String> {
    let host = url.host_str().ok_or("The address names no server.")?;
    let request = Request::get(url.as_str())
        .header(header::ACCEPT, "application/json, text/csv;q=0.9, */*;q=0.5")
        .header(header::ACCEPT_ENCODING, "identity")
        .body(Vec::new())
        .map_err(|_| "The address cannot be read.".to_owned())?;
    let most = Bounds {
        time: MOST_TIME,
        bytes: limits.bytes,
    };
    outside.ask_within(request, most).await.map_err(|why| match why {
        NoAnswer::NotPublic => "This address is not on the public internet, so it is not asked.".into(),
        NoAnswer::NoServer => format!("There is no server called {host}."),
        NoAnswer::TooSlow => "The server did not answer in time.".into(),
        NoAnswer::TooLarge => limits.too_large(),
        NoAnswer::NotEncrypted | NoAnswer::Failed(_) => {
            "The server could not be reached, or its certificate is not valid.".into()
        }
    })
}

/// The body of an answer that has one for everybody.
fn read(answer: Response<Vec<u8>>) -> Result<Vec<u8>, String> {
    match answer.status() {
        StatusCode::OK => {}
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            return Err("The server gives this only to those who sign in there.".into());
        }
        StatusCode::NOT_FOUND | StatusCode::GONE => return Err("There is nothing at this address.".into()),
        status => return Err(format!("The server answered {}.", status.as_u16())),
    }
    let content = answer.into_body();
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

#[cfg(test)]
#[path = "fetching_tests.rs"]
mod tests;
