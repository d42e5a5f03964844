//! From a set as it travels to a tree of records: kinds, addresses, cleaned
//! descriptions.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use crate::competencies::model::NodeKind;
use crate::exchange::{ExchangeSet, TextFormat};
use crate::markdown;

/// Where a node stands.
pub struct Placed {
    /// All above it, from the top.
    pub above: Vec<Uuid>,
    /// How many follow it that stand beneath it.
    pub beneath: u32,
    pub kind: NodeKind,
    /// Its code in addresses.
    pub address: String,
}

/// The place of every node, in their order; parents stand before children.
pub fn placed(set: &ExchangeSet) -> Vec<Placed> {
    let parents: HashSet<Uuid> = set.nodes.iter().filter_map(|node| node.parent).collect();
    let beneath = beneath(set);
    let codes = set
        .nodes
        .iter()
        .map(|node| (node.identifier, node.code.as_deref().unwrap_or_default()));
    let addresses = addresses(&codes.collect::<Vec<_>>());
    let mut lines: HashMap<Uuid, Vec<Uuid>> = HashMap::with_capacity(set.nodes.len());
    set.nodes
        .iter()
        .zip(addresses)
        .map(|(node, address)| {
            let above = match node.parent {
                Some(parent) => {
                    let mut above = lines.get(&parent).cloned().unwrap_or_default();
                    above.push(parent);
                    above
                }
                None => Vec::new(),
            };
            lines.insert(node.identifier, above.clone());
            let depth = u32::try_from(above.len()).unwrap_or(u32::MAX);
            Placed {
                kind: NodeKind::of(depth, parents.contains(&node.identifier)),
                address,
                beneath: beneath.get(&node.identifier).copied().unwrap_or(0),
                above,
            }
        })
        .collect()
}

/// The code of each node in addresses, of identifiers with their codes: the
/// node's own where nobody else has it, else its identifier.
pub(crate) fn addresses(nodes: &[(Uuid, &str)]) -> Vec<String> {
    let identifiers: HashSet<Uuid> = nodes.iter().map(|(identifier, _)| *identifier).collect();
    let mut uses: HashMap<&str, u32> = HashMap::new();
    for (_, code) in nodes {
        *uses.entry(code).or_default() += 1;
    }
    let own = |code: &str| {
        uses.get(code) == Some(&1)
            && is_address(code)
            && Uuid::parse_str(code).map_or(true, |id| !identifiers.contains(&id))
    };
    let address = |(identifier, code): &(Uuid, &str)| {
        if own(code) {
            (*code).to_owned()
        } else {
            identifier.to_string()
        }
    };
    nodes.iter().map(address).collect()
}

/// How many nodes stand beneath each: children are counted before their
/// parents, since they stand behind them.
fn beneath(set: &ExchangeSet) -> HashMap<Uuid, u32> {
    let mut counts: HashMap<Uuid, u32> = HashMap::with_capacity(set.nodes.len());
    for node in set.nodes.iter().rev() {
        let own = counts.get(&node.identifier).copied().unwrap_or(0);
        if let Some(parent) = node.parent {
            *counts.entry(parent).or_default() += own + 1;
        }
    }
    counts
}

/// What stands under an edition beside its statements (`app.rs`).
const PAGES: [&str; 3] = ["changes", "derive", "publication"];

/// Whether a code can stand in an address: browsers take `.` and `..` for
/// steps, encoded or not.
fn is_address(code: &str) -> bool {
    !code.is_empty() && !PAGES.contains(&code) && code.chars().any(|c| c != '.') && !code.chars().any(char::is_control)
}

/// How a text is written, by its word in the database.
pub fn format_of(word: &str) -> TextFormat {
    match word {
        "html" => TextFormat::Html,
        "plain" => TextFormat::Plain,
        _ => TextFormat::Markdown,
    }
}

/// A description as it is shown.
pub fn rendered(text: &str, format: TextFormat) -> String {
    match format {
        _ if text.is_empty() => String::new(),
        TextFormat::Markdown => markdown::render(text),
        TextFormat::Html => markdown::clean(text),
        TextFormat::Plain => {
            let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            let paragraphs = escaped
                .split("\n\n")
                .map(|part| format!("<p>{}</p>", part.trim().replace('\n', "<br>")));
            markdown::clean(&paragraphs.collect::<String>())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::ExchangeNode;

    fn set(nodes: &[(u128, u128, &str)]) -> ExchangeSet {
        let node = |(own, parent, code): &(u128, u128, &str)| ExchangeNode {
            identifier: Uuid::from_u128(*own),
            parent: (*parent > 0).then(|| Uuid::from_u128(*parent)),
            code: Some((*code).to_owned()).filter(|code| !code.is_empty()),
            title: own.to_string(),
            ..ExchangeNode::default()
        };
        ExchangeSet {
            nodes: nodes.iter().map(node).collect(),
            ..ExchangeSet::default()
        }
    }

    #[test]
    fn trees_of_any_depth_find_their_kinds() {
        let placed = placed(&set(&[
            (1, 0, "A"),
            (2, 1, "B"),
            (3, 2, "C"),
            (4, 3, "D"),
            (5, 1, "E"),
            (6, 0, "F"),
        ]));
        let kinds: Vec<_> = placed.iter().map(|place| place.kind.as_str()).collect();
        assert_eq!(
            kinds,
            [
                "section",
                "competency",
                "competency",
                "statement",
                "statement",
                "statement"
            ]
        );
        assert_eq!(placed[3].above, [1, 2, 3].map(Uuid::from_u128));
        assert_eq!(
            placed.iter().map(|place| place.beneath).collect::<Vec<_>>(),
            [4, 2, 1, 0, 0, 0]
        );
    }

    #[test]
    fn a_code_of_its_own_is_the_address_else_the_identifier() {
        let other = Uuid::from_u128(1).to_string();
        let placed = placed(&set(&[
            (1, 0, "A"),
            (2, 0, "A"),
            (3, 0, ""),
            (4, 0, "LM 3.4"),
            (5, 0, ".."),
            (6, 0, &other),
            (7, 0, "a/b%#é"),
        ]));
        let addresses: Vec<_> = placed.into_iter().map(|place| place.address).collect();
        let id = |number: u128| Uuid::from_u128(number).to_string();
        assert_eq!(
            addresses,
            [id(1), id(2), id(3), "LM 3.4".into(), id(5), id(6), "a/b%#é".into()]
        );
        assert_eq!(addresses.iter().collect::<HashSet<_>>().len(), 7);
    }

    #[test]
    fn no_code_stands_where_a_page_is() {
        let beside = crate::app::routes().filter_map(|path| path.strip_prefix("/index/:set/:edition/"));
        let beside: Vec<&str> = beside.filter(|rest| !rest.starts_with(':')).collect();
        assert!(!beside.is_empty());
        for page in beside {
            let word = page.split('/').next().unwrap();
            assert!(!is_address(word) && is_address(&format!("{word} 1")), "{page}");
        }
    }

    #[test]
    fn descriptions_are_harmless_in_each_format() {
        for format in [TextFormat::Markdown, TextFormat::Html, TextFormat::Plain] {
            let html = rendered("<script>alert(1)</script><b onclick=x>a</b>\n\nb", format);
            assert!(!html.contains("<script") && !html.contains(" onclick=x>"), "{html}");
        }
        assert_eq!(rendered("a < b\nc", TextFormat::Plain), "<p>a &lt; b<br>c</p>");
    }
}
