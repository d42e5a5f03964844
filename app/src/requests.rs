//! What a request says, taken apart: cookies, forms, the way back, and whom it
//! was passed on for. Whoever sent it may have written anything.

use std::collections::BTreeMap;
use std::net::IpAddr;

/// The longest value of a cookie of ours, in bytes.
const LONGEST_COOKIE: usize = 128;

/// Fields of a form that are looked at.
const MOST_FIELDS: usize = 200;

/// The value of a cookie in a `Cookie` header.
pub fn cookie<'a>(header: &'a str, name: &str) -> Option<&'a str> {
    header
        .split(';')
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
        .filter(|value| !value.is_empty() && value.len() <= LONGEST_COOKIE)
}

/// The fields of a form by their names; of several of one name, the last.
pub fn fields(body: &[u8]) -> BTreeMap<String, String> {
    let text = String::from_utf8_lossy(body);
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .take(MOST_FIELDS)
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (percent_decode(name), percent_decode(value))
        })
        .collect()
}

/// Undoes form encoding; broken UTF-8 becomes the replacement character.
pub fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let hex = |place: usize| rest.clone().nth(place).and_then(|byte| char::from(byte).to_digit(16));
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => match (hex(0), hex(1)) {
                (Some(high), Some(low)) => {
                    bytes.extend(u8::try_from(high * 16 + low));
                    rest.nth(1);
                }
                _ => bytes.push(b'%'),
            },
            byte => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The path and query of a Referer: same-origin by policy, and only its local
/// part is used, so that it cannot lead elsewhere.
pub fn local_part(referer: &str) -> String {
    let after = referer.split_once("://").map_or(referer, |(_, rest)| rest);
    let path = after.find('/').map_or("/", |start| &after[start..]);
    crate::paths::local(path)
}

/// The form draft that an address names.
pub fn draft_id(query: &str) -> Option<&str> {
    query.split('&').find_map(|pair| pair.strip_prefix("draft="))
}

/// A local address that names a form draft instead of what it named before.
pub fn with_draft(back: &str, id: &str) -> String {
    let (path, query) = back.split_once('?').unwrap_or((back, ""));
    let kept = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("draft=") && !pair.starts_with("__"));
    let query: Vec<String> = kept.map(str::to_owned).chain([format!("draft={id}")]).collect();
    format!("{path}?{}", query.join("&"))
}

/// A local address without these of its parameters.
pub fn without(address: &str, names: &[&str]) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let named = |pair: &str| names.contains(&pair.split('=').next().unwrap_or_default());
    let kept = query.split('&').filter(|pair| !pair.is_empty() && !named(pair));
    let query: Vec<&str> = kept.collect();
    match query.is_empty() {
        true => path.to_owned(),
        false => format!("{path}?{}", query.join("&")),
    }
}

/// The client behind proxies of ours: the last of the hops in `X-Forwarded-For`
/// that is none of them, when the connection comes from one.
pub fn client_of(peer: IpAddr, forwarded: &[&str], proxies: &[IpAddr]) -> IpAddr {
    if !proxies.contains(&peer) {
        return peer;
    }
    let hops: Vec<IpAddr> = forwarded
        .iter()
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .rev()
        // What stands left of a hop that cannot be read is the client's own word.
        .map_while(|hop| hop.parse::<IpAddr>().ok())
        .map(|hop| hop.to_canonical())
        .collect();
    hops.into_iter().find(|hop| !proxies.contains(hop)).unwrap_or(peer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        let header = "theme=dark; carrel=abc; xcarrel=no; x=y";
        assert_eq!(cookie(header, "carrel"), Some("abc"));
        assert_eq!(cookie(header, "car"), None);
        assert_eq!(cookie("carrel=", "carrel"), None);
        assert_eq!(cookie(&format!("carrel={}", "a".repeat(129)), "carrel"), None);
    }

    #[test]
    fn a_form_is_decoded_once() {
        let fields = fields(b"title=Caf%C3%A9+%26+more&twice=%2525&broken=%zz%ff%+1");
        assert_eq!(fields["title"], "Café & more");
        assert_eq!(fields["twice"], "%25");
        assert_eq!(fields["broken"], "%zz\u{fffd}% 1");
    }

    #[test]
    fn the_way_back_is_local() {
        assert_eq!(local_part("https://carrel.example/groups/x?page=2"), "/groups/x?page=2");
        assert_eq!(local_part("https://carrel.example"), "/");
        assert_eq!(local_part("https://carrel.example//evil.example/"), "/");
        assert_eq!(with_draft("/a?page=2&draft=old&__err=x", "new"), "/a?page=2&draft=new");
    }

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        let [proxy, client, forger] =
            ["10.0.0.1", "203.0.113.7", "198.51.100.9"].map(|ip| ip.parse::<IpAddr>().unwrap());
        let hops = ["1.2.3.4, 203.0.113.7, 10.0.0.1"];
        assert_eq!(client_of(proxy, &hops, &[proxy]), client);
        assert_eq!(client_of(proxy, &["1.2.3.4, x, 10.0.0.1"], &[proxy]), proxy);
        assert_eq!(client_of(forger, &hops, &[proxy]), forger);
        assert_eq!(client_of(proxy, &[], &[proxy]), proxy);
    }
}
