//! What is asked and what is not, against a server of the tests' own.

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;

#[test]
fn only_what_everybody_can_reach_is_public() {
    for public in [
        "9.9.9.9",
        "8.8.8.8",
        "1.1.1.1",
        "172.15.0.1",
        "172.32.0.1",
        "100.63.0.1",
        "100.128.0.1",
        "192.0.1.1",
        "2620:fe::fe",
        "2606:4700::1111",
        "2a00:1450:4001::1",
        "::ffff:9.9.9.9",
        "::ffff:8.8.8.8",
    ] {
        assert!(is_public(public.parse().unwrap()), "{public}");
    }
    for special in [
        "0.0.0.0",
        "10.1.2.3",
        "127.0.0.1",
        "127.9.9.9",
        "127.8.8.8",
        "10.0.0.1",
        "100.64.0.1",
        "100.127.255.255",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.0.1",
        "192.168.1.1",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "198.51.100.7",
        "203.0.113.1",
        "203.0.113.7",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:192.168.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:a00:1::",
        "2002:7f00:1::",
        "3fff::1",
        "fc00::1",
        "fd12::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1",
    ] {
        assert!(!is_public(special.parse().unwrap()), "{special}");
    }
}

/// A server that gives the same answer to everybody.
async fn server(answer: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut buffer = [0; 1024];
            let _read = stream.read(&mut buffer).await;
            let _written = stream.write_all(answer.as_bytes()).await;
        }
    });
    format!("http://{address}/")
}

fn get(address: &str) -> Request<Vec<u8>> {
    Request::get(address).body(Vec::new()).unwrap()
}

#[tokio::test]
async fn nobody_in_our_own_network_is_asked() {
    let outside = Outside::new(false);
    let here = server("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok".into()).await;
    assert_eq!(outside.ask(get(&here)).await.unwrap_err(), NoAnswer::NotEncrypted);
    for address in [
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://169.254.169.254/latest",
        // A name is looked at once it is resolved.
        "https://localhost/",
    ] {
        assert_eq!(
            outside.ask(get(address)).await.unwrap_err(),
            NoAnswer::NotPublic,
            "{address}"
        );
    }
    let answer = Outside::new(true).ask(get(&here)).await.unwrap();
    assert_eq!(answer.body(), b"ok");
}

#[tokio::test]
async fn redirects_are_not_followed_and_answers_are_bounded() {
    let outside = Outside::new(true);
    let moved = server("HTTP/1.1 302 Found\r\nlocation: http://10.0.0.1/\r\ncontent-length: 0\r\n\r\n".into()).await;
    assert_eq!(outside.ask(get(&moved)).await.unwrap().status(), 302);
    let large = "x".repeat(SMALL.bytes + 1);
    let large = server(format!(
        "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{large}",
        large.len()
    ))
    .await;
    assert_eq!(outside.ask(get(&large)).await.unwrap_err(), NoAnswer::TooLarge);
}

/// A name that is looked up anew leads elsewhere each time: to where one may ask,
/// then inside, then to both.
fn rebinding(_name: String) -> BoxFuture<'static, io::Result<Vec<SocketAddr>>> {
    static LOOKED_UP: AtomicUsize = AtomicUsize::new(0);
    let inside: SocketAddr = "10.0.0.1:0".parse().unwrap();
    let here: SocketAddr = "127.0.0.1:0".parse().unwrap();
    let found = match LOOKED_UP.fetch_add(1, SeqCst) {
        0 => vec![here],
        1 => vec![inside],
        _ => vec![here, inside],
    };
    Box::pin(async move { Ok(found) })
}

#[tokio::test]
async fn a_name_that_changes_its_address_in_between_leads_nowhere_else() {
    // To the test only itself is public.
    let outside = Outside::resolving(|address| address.is_loopback(), false, rebinding);
    let here = server("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok".into()).await;
    let named = here.replace("127.0.0.1", "rebinding.example");
    // What was looked at is what is connected to: nothing looks a second time,
    // which would have led inside.
    assert_eq!(outside.ask(get(&named)).await.unwrap().body(), b"ok");
    for _ in 0..2 {
        assert_eq!(outside.ask(get(&named)).await.unwrap_err(), NoAnswer::NotPublic);
    }
}
