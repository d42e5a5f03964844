//! What is fetched and what is not, against a server of the tests' own.

use std::net::{IpAddr, Ipv4Addr};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;

#[tokio::test]
async fn nothing_private_is_asked_however_it_is_written() {
    for address in [
        "http://127.0.0.1/",
        "http://localhost:1/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://0/",
        "https://169.254.169.254/latest",
    ] {
        let refused = fetch(address, Limits::default()).await.unwrap_err();
        assert!(refused.contains("not on the public internet"), "{address}: {refused}");
    }
    for address in [
        "",
        "set.json",
        "file:///etc/passwd",
        "ftp://example.org/",
        "https://a:b@example.org/",
        &format!("https://e.org/{}", "x".repeat(2_000)),
    ] {
        assert!(fetch(address, Limits::default()).await.is_err(), "{address}");
    }
}

/// Answers every request with the text for its path, and ends.
async fn serve(answer: impl Fn(&str) -> Vec<u8> + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = vec![0; 4096];
            let read = stream.read(&mut request).await.unwrap_or(0);
            let request = String::from_utf8_lossy(&request[..read]).into_owned();
            let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
            // Whoever stops reading early ends the connection.
            drop(stream.write_all(&answer(&path)).await);
        }
    });
    format!("http://{address}")
}

fn ok(body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

fn to(address: &str) -> Vec<u8> {
    format!("HTTP/1.1 302 Found\r\nLocation: {address}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").into_bytes()
}

/// This test's own server, and nothing else.
fn here(ip: IpAddr) -> bool {
    ip == IpAddr::V4(Ipv4Addr::LOCALHOST)
}

#[tokio::test]
async fn redirects_are_followed_and_each_is_checked() {
    let base = serve(|path| match path {
        "/sets/a.json" => ok("{}"),
        "/there" => to("/sets/a.json"),
        "/round" => to("/round"),
        "/inside" => to("http://127.0.0.2:1/secret"),
        "/name" => to("http://localhost:1/secret"),
        "/file" => to("file:///etc/passwd"),
        "/document" => ok(r#"{"identifier":"x","CFPackageURI":{"uri":"/sets/package"}}"#),
        "/sets/package" => ok(r#"{"CFDocument":{}}"#),
        "/document-inside" => ok(r#"{"CFPackageURI":"http://127.0.0.2:1/"}"#),
        "/gone" => b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec(),
        _ => ok(""),
    })
    .await;
    let fetch =
        async |path: &str| fetch_by(&format!("{base}{path}"), &Outside::only(here, false), Limits::default()).await;
    assert_eq!(
        fetch("/there").await,
        Ok(Fetched {
            name: "a.json".into(),
            content: b"{}".to_vec()
        })
    );
    assert_eq!(fetch("/document").await.unwrap().content, br#"{"CFDocument":{}}"#);
    for (path, word) in [
        ("/round", "too often"),
        ("/inside", "public internet"),
        ("/document-inside", "public internet"),
        ("/file", "https://"),
        ("/gone", "nothing"),
        ("/empty", "empty"),
    ] {
        let refused = fetch(path).await.unwrap_err();
        assert!(refused.contains(word), "{path}: {refused}");
    }
}

/// What a site may say that it takes in.
const SMALL: Limits = Limits {
    bytes: 1024 * 1024,
    ..Limits::MOST
};

#[tokio::test]
async fn what_is_too_large_is_not_taken_in_whatever_it_says_of_itself() {
    let base = serve(|path| {
        let length = if path == "/honest" {
            format!("Content-Length: {}\r\n", SMALL.bytes + 1)
        } else {
            String::new()
        };
        let mut answer = format!("HTTP/1.1 200 OK\r\n{length}Connection: close\r\n\r\n").into_bytes();
        answer.resize(answer.len() + SMALL.bytes + 1, b' ');
        answer
    })
    .await;
    for path in ["/honest", "/silent"] {
        let refused = fetch_by(&format!("{base}{path}"), &Outside::only(here, false), SMALL)
            .await
            .unwrap_err();
        assert_eq!(refused, "The file is larger than 1 MB.", "{path}");
    }
}
