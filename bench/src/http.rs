//! A small HTTP/1.1 client: one connection kept alive, one request after the
//! other, nothing allocated for an answer that fits where the last one was.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::chunked::Chunked;

/// Between the fields of a form with a file; no file of ours holds it.
const BOUNDARY: &str = "carrel-bench-boundary";

const LONGEST_HEAD: usize = 64 * 1024;

/// A request, written out once and sent many times.
#[derive(Debug, Clone)]
pub struct Request(Vec<u8>);

impl Request {
    pub fn get(host: SocketAddr, path: &str) -> Self {
        // A server function answers a page's form by a way back, others with data.
        let accept = if path.starts_with("/api/") {
            "application/json"
        } else {
            "text/html"
        };
        Self(format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: {accept}\r\n").into_bytes())
    }

    /// A form as a browser of the same site sends it.
    pub fn post(host: SocketAddr, path: &str, referer: &str, fields: &[(&str, &str)]) -> FormRequest {
        let fields = fields
            .iter()
            .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
        FormRequest {
            host,
            path: path.to_owned(),
            referer: referer.to_owned(),
            kind: "application/x-www-form-urlencoded".into(),
            body: fields.collect::<Vec<_>>().join("&"),
        }
    }

    /// A form with a JSON file in it.
    pub fn upload(host: SocketAddr, path: &str, fields: &[(&str, &str)], file: &str) -> FormRequest {
        let part = |(name, value): &(&str, &str)| {
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let fields: String = fields.iter().map(part).collect();
        FormRequest {
            host,
            path: path.to_owned(),
            referer: path.to_owned(),
            kind: format!("multipart/form-data; boundary={BOUNDARY}"),
            body: format!(
                "{fields}--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"set.json\"\r\n\
                 Content-Type: application/json\r\n\r\n{file}\r\n--{BOUNDARY}--\r\n"
            ),
        }
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.0.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
        self
    }

    pub fn ready(mut self) -> Ready {
        self.0.extend_from_slice(b"\r\n");
        Ready(self.0)
    }
}

/// A request with a body.
#[derive(Debug, Clone)]
pub struct FormRequest {
    host: SocketAddr,
    path: String,
    referer: String,
    /// Its media type.
    kind: String,
    body: String,
}

impl FormRequest {
    pub fn ready(&self, cookie: &str) -> Ready {
        let Self {
            host,
            path,
            referer,
            kind,
            body,
        } = self;
        let text = format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nReferer: http://{host}{referer}\r\n\
             Sec-Fetch-Site: same-origin\r\nAccept: text/html\r\nCookie: {cookie}\r\n\
             Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        Ready(text.into_bytes())
    }
}

/// The bytes of a whole request.
#[derive(Debug, Clone)]
pub struct Ready(Vec<u8>);

/// Percent-encoding for forms.
fn encoded(text: &str) -> String {
    app::paths::segment(text)
}

/// One connection to the server.
pub struct Connection {
    stream: TcpStream,
    /// What was read and is not an answer yet.
    input: Vec<u8>,
    head: String,
    body: Vec<u8>,
}

/// An answer; it lives until the next request.
#[derive(Debug)]
pub struct Answer<'a> {
    pub status: u16,
    head: &'a str,
    pub body: &'a [u8],
}

impl Answer<'_> {
    /// The value of a header, by its name in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        header(self.head, name)
    }

    /// Whether the body holds a text; the end is looked at first.
    pub fn holds(&self, marker: &str) -> bool {
        std::str::from_utf8(self.body).is_ok_and(|text| text.rfind(marker).is_some())
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(self.body).into_owned()
    }
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().skip(1).find_map(|line| {
        let (found, value) = line.split_once(':')?;
        found.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

impl Connection {
    pub async fn open(address: SocketAddr) -> Result<Self, String> {
        let stream = TcpStream::connect(address)
            .await
            .map_err(|error| format!("connecting: {error}"))?;
        stream.set_nodelay(true).map_err(|error| error.to_string())?;
        Ok(Self {
            stream,
            input: Vec::with_capacity(256 * 1024),
            head: String::new(),
            body: Vec::with_capacity(256 * 1024),
        })
    }

    /// Sends a request and reads its whole answer.
    pub async fn send(&mut self, request: &Ready) -> Result<Answer<'_>, String> {
        self.stream
            .write_all(&request.0)
            .await
            .map_err(|error| format!("writing: {error}"))?;
        let status = self.read_head().await?;
        self.body.clear();
        if header(&self.head, "transfer-encoding").is_some_and(|value| value.eq_ignore_ascii_case("chunked")) {
            self.read_chunks().await?;
        } else if !matches!(status, 204 | 304) {
            self.read_exactly().await?;
        }
        Ok(Answer {
            status,
            head: &self.head,
            body: &self.body,
        })
    }

    async fn more(&mut self) -> Result<(), String> {
        self.input.reserve(64 * 1024);
        match self.stream.read_buf(&mut self.input).await {
            Ok(0) => Err("the server closed the connection".into()),
            Ok(_) => Ok(()),
            Err(error) => Err(format!("reading: {error}")),
        }
    }

    async fn read_head(&mut self) -> Result<u16, String> {
        let end = loop {
            if let Some(end) = self.input.windows(4).position(|four| four == b"\r\n\r\n") {
                break end;
            }
            if self.input.len() > LONGEST_HEAD {
                return Err("the answer has no end of its head".into());
            }
            self.more().await?;
        };
        self.head.clear();
        self.head.push_str(&String::from_utf8_lossy(&self.input[..end]));
        self.input.drain(..end + 4);
        status_of(&self.head).ok_or_else(|| format!("not an HTTP answer: {}", self.head))
    }

    async fn read_exactly(&mut self) -> Result<(), String> {
        let length = header(&self.head, "content-length").and_then(|value| value.parse::<usize>().ok());
        let length = length.ok_or("an answer says neither its length nor that it comes in chunks")?;
        while self.input.len() < length {
            self.more().await?;
        }
        self.body.extend_from_slice(&self.input[..length]);
        self.input.drain(..length);
        Ok(())
    }

    async fn read_chunks(&mut self) -> Result<(), String> {
        let mut chunked = Chunked::default();
        loop {
            let used = chunked.push(&self.input, &mut self.body)?;
            self.input.drain(..used);
            if chunked.is_done() {
                return Ok(());
            }
            self.more().await?;
        }
    }
}

fn status_of(head: &str) -> Option<u16> {
    head.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read() {
        let head = "HTTP/1.1 302 Found\r\nLocation: /groups/x\r\nContent-Length: 0";
        assert_eq!(status_of(head), Some(302));
        assert_eq!(header(head, "location"), Some("/groups/x"));
        assert_eq!(header(head, "set-cookie"), None);
        assert_eq!(status_of("SSH-2.0"), None);
    }

    #[test]
    fn a_form_is_written_as_a_browser_does() {
        let host = "127.0.0.1:3000".parse().unwrap();
        let Ready(bytes) = Request::post(host, "/api/reply", "/groups/g", &[("body", "a & b")]).ready("carrel=x");
        let text = String::from_utf8(bytes).unwrap();
        assert!(
            text.starts_with("POST /api/reply HTTP/1.1\r\n") && text.ends_with("\r\n\r\nbody=a%20%26%20b"),
            "{text}"
        );
        assert!(text.contains("Content-Length: 16\r\n"), "{text}");
    }
}
