//! Importing a large set in the browser's steps: its file goes up, its plan is
//! looked at, the plan is confirmed.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use app::competencies::api::ConfirmImport;
use app::competencies::model::IMPORT_UPLOAD;
use serde_json::{Value, json};
use server_fn::ServerFn;

use crate::data::curated;
use crate::data::size::Size;
use crate::http::{Answer, Connection, Request};

/// What it is called in the report.
pub const NAME: &str = "import of 5,000 statements";

/// How long each step took.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Imported {
    pub sent: Duration,
    pub planned: Duration,
    pub written: Duration,
}

impl Imported {
    /// All steps together.
    pub fn all(&self) -> Duration {
        self.sent + self.planned + self.written
    }
}

/// Imports a set of [`Size::LARGE_IMPORT`] nodes as the curator.
pub async fn measure(address: SocketAddr, cookie: &str) -> Result<Imported, String> {
    let mut connection = Connection::open(address).await?;
    let file = package(Size::LARGE_IMPORT).to_string();
    let organisation = curated();
    let fields = [("organisation", organisation.as_str()), ("title", "")];
    let upload = Request::upload(address, IMPORT_UPLOAD, &fields, &file).ready(cookie);
    let begin = Instant::now();
    let plan = led_to(&connection.send(&upload).await?)?;
    let sent = begin.elapsed();

    let page = Request::get(address, &plan).header("Cookie", cookie).ready();
    let begin = Instant::now();
    let answer = connection.send(&page).await?;
    if answer.status != 200 || !answer.holds("This set is new here.") {
        return Err(format!("the plan answers with {}", answer.status));
    }
    let planned = begin.elapsed();

    let import = plan.rsplit('/').next().unwrap_or_default();
    let confirm = Request::post(address, ConfirmImport::PATH, &plan, &[("import", import)]).ready(cookie);
    let begin = Instant::now();
    let set = led_to(&connection.send(&confirm).await?)?;
    let written = begin.elapsed();
    if !set.contains("notice=imported") {
        return Err(format!("the import led to {set}"));
    }
    Ok(Imported { sent, planned, written })
}

fn led_to(answer: &Answer<'_>) -> Result<String, String> {
    let location = answer
        .header("location")
        .filter(|to| !to.contains("draft=") && !to.contains("__err="));
    match location {
        Some(to) if matches!(answer.status, 302 | 303) => Ok(to.to_owned()),
        _ => Err(format!("a form of the import answers with {}", answer.status)),
    }
}

/// A CASE package of so many items: sections of ten competencies of nine
/// statements.
fn package(nodes: usize) -> Value {
    let now = "2026-01-01T00:00:00Z";
    let id = |number: usize| format!("00000000-0000-4000-8000-{number:012}");
    let link = |number: usize| json!({ "title": "", "identifier": id(number), "uri": "urn:x" });
    let item = |number: usize| {
        json!({
            "identifier": id(number), "uri": "urn:x", "lastChangeDateTime": now,
            "fullStatement": statement(number), "notes": format!("What is meant by number {number}, in a sentence or two."),
        })
    };
    let child = |number: usize| {
        let (within, competency) = ((number - 1) % 101, (number - 1) % 101 % 10 == 1);
        let parent = match within {
            0 => 0,
            _ if competency => number - within,
            _ => number - (within - 1) % 10,
        };
        json!({
            "identifier": id(1_000_000 + number), "uri": "urn:x", "lastChangeDateTime": now, "associationType": "isChildOf",
            "originNodeURI": link(number), "destinationNodeURI": link(parent), "sequenceNumber": number,
        })
    };
    json!({
        "CFDocument": { "identifier": id(0), "uri": "urn:x", "creator": "x", "title": "A large set", "lastChangeDateTime": now },
        "CFItems": (1..=nodes).map(item).collect::<Vec<_>>(),
        "CFAssociations": (1..=nodes).map(child).collect::<Vec<_>>(),
    })
}

/// A dozen words, no two alike and most of them in many statements.
fn statement(number: usize) -> String {
    let verbs = [
        "Plans", "Explains", "Chooses", "Repairs", "Records", "Compares", "Leads",
    ];
    let things = [
        "the budget",
        "a shelf list",
        "the rota",
        "a reading group",
        "the network",
        "a licence",
    ];
    let others = [
        "with colleagues",
        "for children",
        "within the hour",
        "by the rules",
        "across branches",
    ];
    format!(
        "{} {} {} and says why to whoever asks, as case {number} shows",
        verbs[number % verbs.len()],
        things[number % things.len()],
        others[number % others.len()]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_package_is_read_as_a_tree_of_three_levels() {
        let parsed = app::exchange::parse("large.json", package(1_000).to_string().as_bytes());
        let set = parsed.importable().unwrap();
        let depth = |mut parent: Option<uuid::Uuid>| {
            let mut depth = 0;
            while let Some(at) = parent {
                depth += 1;
                parent = set.nodes.iter().find(|node| node.identifier == at).unwrap().parent;
            }
            depth
        };
        let deepest = set.nodes.iter().map(|node| depth(node.parent)).max();
        assert_eq!((set.nodes.len(), deepest), (1_000, Some(2)));
    }
}
