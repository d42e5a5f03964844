//! What a first visit downloads, found as a browser finds it: by the links of
//! the front page, the imports of its scripts, and the page's lazy part.

use std::net::SocketAddr;

use crate::http::{Connection, Request};

/// One file of the visit, in bytes of its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    pub path: String,
    pub kind: &'static str,
    pub raw: usize,
    /// As it is sent to a browser that takes brotli.
    pub brotli: usize,
}

pub const KINDS: [&str; 6] = ["HTML", "CSS", "JavaScript", "WebAssembly", "Fonts", "Other"];

/// Follows the links from the front page.
pub async fn first(address: SocketAddr) -> Result<Vec<Download>, String> {
    let mut connection = Connection::open(address).await?;
    let mut downloads: Vec<Download> = Vec::new();
    let mut waiting = vec!["/".to_owned()];
    while let Some(path) = waiting.pop() {
        if downloads.iter().any(|done| done.path == path) {
            continue;
        }
        let (raw, text) = fetch(&mut connection, address, &path, None).await?;
        let (brotli, _) = fetch(&mut connection, address, &path, Some("br")).await?;
        let kind = kind(&path);
        match kind {
            "HTML" => waiting.extend(links(&text)),
            "JavaScript" => waiting.extend(
                imports(&text)
                    .iter()
                    .chain(&lazy(&text, "home"))
                    .map(|file| beside(&path, file)),
            ),
            _ => {}
        }
        downloads.push(Download {
            path,
            kind,
            raw,
            brotli,
        });
    }
    downloads.sort_by_key(|file| (KINDS.iter().position(|kind| *kind == file.kind), file.path.clone()));
    Ok(downloads)
}

async fn fetch(
    connection: &mut Connection,
    address: SocketAddr,
    path: &str,
    encoding: Option<&str>,
) -> Result<(usize, String), String> {
    let mut request = Request::get(address, path);
    if let Some(encoding) = encoding {
        request = request.header("Accept-Encoding", encoding);
    }
    let answer = connection.send(&request.ready()).await?;
    match answer.status {
        200 => Ok((answer.body.len(), answer.text())),
        status => Err(format!("{path} answers with {status}")),
    }
}

fn kind(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        None => "HTML",
        Some("css") => "CSS",
        Some("js") => "JavaScript",
        Some("wasm") => "WebAssembly",
        Some("woff2") => "Fonts",
        Some(_) => "Other",
    }
}

/// What the page's tags load by themselves.
fn links(html: &str) -> Vec<String> {
    let tags = html
        .split('<')
        .filter_map(|piece| piece.split_once('>').map(|(tag, _)| tag));
    let loaded = |tag: &str| match tag.split_whitespace().next() {
        Some("link") => {
            let rel = attribute(tag, "rel")?;
            let loads = ["stylesheet", "preload", "modulepreload", "icon", "manifest"].contains(&rel);
            loads.then(|| attribute(tag, "href")).flatten().map(str::to_owned)
        }
        Some("script" | "img") => attribute(tag, "src").map(str::to_owned),
        _ => None,
    };
    // The inline script that starts the browser code names the main module.
    let main = html
        .split('"')
        .filter(|text| text.ends_with(".wasm"))
        .map(str::to_owned);
    tags.filter_map(loaded)
        .chain(main)
        .filter(|path| path.starts_with('/'))
        .collect()
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

/// The modules that a script imports: `import … from "./other.js"`.
fn imports(script: &str) -> Vec<String> {
    let statements = script.lines().filter(|line| line.trim_start().starts_with("import "));
    statements.filter_map(|line| quoted(line, ".js")).collect()
}

/// The modules of a lazy part by the splitter's loader: the part's own and
/// those that it shares with others.
fn lazy(loader: &str, part: &str) -> Vec<String> {
    let definitions: Vec<&str> = loader.split("makeLoad(").collect();
    let named = |number: usize| {
        definitions[number - 1]
            .rsplit_once("const ")
            .map_or("", |(_, name)| name)
    };
    let of = |number: usize| quoted(definitions[number], ".wasm");
    let mut files = Vec::new();
    for number in 1..definitions.len() {
        if named(number).starts_with("__wasm_split_load_") && named(number).to_lowercase().contains(part) {
            files.extend(of(number));
            let shared = |name: &str| {
                definitions[number]
                    .split([',', '[', ']', ')', ' '])
                    .any(|word| word == name)
            };
            let chunks = (1..definitions.len()).filter(|other| shared(named(*other).trim_end_matches([' ', '='])));
            files.extend(chunks.filter_map(of));
        }
    }
    files
}

/// The first quoted text with an ending.
fn quoted(text: &str, ending: &str) -> Option<String> {
    let mut pieces = text.split(['"', '\'']).skip(1).step_by(2);
    pieces.find(|piece| piece.ends_with(ending)).map(str::to_owned)
}

/// The address of a file that is named relative to another one.
fn beside(path: &str, file: &str) -> String {
    match (file.strip_prefix("./"), path.rsplit_once('/')) {
        (Some(name), Some((folder, _))) => format!("{folder}/{name}"),
        _ => file.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_names_what_it_loads() {
        let html = r#"<head><link rel="stylesheet" href="/assets/a.css"/><link rel="canonical" href="/x"/>
            <link rel="preload" href="/assets/f.woff2" as="font"><a href="/index">Index</a><script src="/b.js"></script>"#;
        assert_eq!(links(html), ["/assets/a.css", "/assets/f.woff2", "/b.js"]);
    }

    #[test]
    fn a_lazy_part_comes_with_what_it_shares() {
        let loader = r#"import { initSync } from "./frontend.js";
const __chunk_1 = makeLoad(() => { const src = fetch(new URL("./chunk_1.wasm", import.meta.url)); }, []);
const __chunk_12 = makeLoad(() => { const src = fetch(new URL("./chunk_12.wasm", import.meta.url)); }, []);
export const __wasm_split_load_view_Gaps = wrapAsyncCb(makeLoad(() => { fetch(new URL("./split_gaps.wasm")); }, [__chunk_1]));
export const __wasm_split_load_view_Home = wrapAsyncCb(makeLoad(() => { fetch(new URL("./split_home.wasm")); }, [__chunk_12]));"#;
        assert_eq!(lazy(loader, "home"), ["./split_home.wasm", "./chunk_12.wasm"]);
        assert_eq!(imports(loader), ["./frontend.js"]);
        assert_eq!(
            beside("/assets/pkg/1/loader.js", "./chunk_12.wasm"),
            "/assets/pkg/1/chunk_12.wasm"
        );
    }
}
