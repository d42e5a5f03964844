//! What stands in requests beside their fields.

use std::net::IpAddr;

use super::text;
use crate::exchange::case::Query;
use crate::outside::is_public;
use crate::{display::model::Display, paths, requests};

pub(super) fn addresses(bytes: &[u8]) {
    let text = text(bytes);
    for address in [paths::local(&text), requests::local_part(&text)] {
        assert_here(&address);
        let back = requests::with_draft(&address, "new");
        assert_here(&back);
        let query = back.split_once('?').map_or("", |(_, query)| query);
        assert_eq!(requests::draft_id(query), Some("new"), "{back}");
    }
    let segment = paths::segment(&text);
    assert!(
        segment
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte))
    );
    // A plus would be a space; none is left of it.
    assert_eq!(requests::percent_decode(&segment), text);
    let slug = paths::slug(&text);
    assert!(slug.is_empty() || crate::id::is_key(&slug), "{slug}");
    assert!(
        slug.len() <= 48 && !slug.starts_with('-') && !slug.ends_with('-'),
        "{slug}"
    );
}

/// An address that browsers look for on this site, whatever they leave out.
fn assert_here(address: &str) {
    let seen: String = address.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    assert!(
        seen.starts_with('/') && !seen.starts_with("//") && !seen.starts_with("/\\"),
        "{address:?}"
    );
    let path = seen.split(['?', '#']).next().unwrap_or_default();
    assert!(!path.contains("//"), "dots may be left out: {address:?}");
    assert!(!address.chars().any(char::is_control), "{address:?}");
}

pub(super) fn headers(bytes: &[u8]) {
    let text = text(bytes);
    for name in ["carrel", "__Host-carrel", ""] {
        if let Some(value) = requests::cookie(&text, name) {
            assert!(
                !value.is_empty() && value.len() <= 128 && !value.contains(';'),
                "{value}"
            );
        }
    }
    let display = Display::of_cookie(&text);
    assert_eq!(Display::of_cookie(&display.to_cookie()), display);
    let fields = requests::fields(bytes);
    assert!(fields.len() <= 200);
    let kept: usize = fields.iter().map(|(name, value)| name.len() + value.len()).sum();
    // A broken byte becomes three.
    assert!(kept <= bytes.len() * 3);
    let [proxy, other] = [[10, 0, 0, 1], [203, 0, 113, 7]].map(IpAddr::from);
    assert_eq!(requests::client_of(other, &[&text], &[proxy]), other);
    let client = requests::client_of(proxy, &[&text], &[proxy]);
    assert!(client == proxy || text.split(',').any(|hop| hop.trim().parse::<IpAddr>().is_ok()));
}

pub(super) fn case_query(bytes: &[u8]) {
    let pairs: Vec<(String, String)> = requests::fields(bytes).into_iter().collect();
    let Ok(query) = Query::parse(&pairs) else { return };
    let documents = || {
        vec![
            serde_json::json!({ "title": "Lending", "language": ["en"] }),
            serde_json::json!({}),
        ]
    };
    if let Ok(page) = query.page(documents()) {
        assert!(page.documents.len() <= page.limit.min(2) && page.total <= 2);
    }
}

pub(super) fn networks(bytes: &[u8]) {
    let text = text(bytes);
    let mut found: Vec<IpAddr> = text.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    found.extend(bytes.first_chunk::<16>().map(|octets| IpAddr::from(*octets)));
    found.extend(bytes.first_chunk::<4>().map(|octets| IpAddr::from(*octets)));
    for address in found {
        if is_public(address) {
            let canonical = address.to_canonical();
            assert!(!canonical.is_loopback() && !canonical.is_multicast() && !canonical.is_unspecified());
            assert!(is_public(canonical));
            match canonical {
                IpAddr::V4(v4) => {
                    assert!(!v4.is_private() && !v4.is_link_local() && !v4.is_broadcast() && !v4.is_documentation());
                }
                IpAddr::V6(v6) => assert!(!v6.is_unique_local() && !v6.is_unicast_link_local()),
            }
        }
    }
}
