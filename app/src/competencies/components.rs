//! Parts that only the pages of the index use.

use std::sync::Arc;

use leptos::prelude::*;

use super::api::load_branch;
use super::model::{BENEATH, Details, EditionState, Imported, Level, OutlineNode, node_href};
use crate::paths::segment;
use crate::ui::{AskBranch, Chip, Tone, Tree, TreeNode, named_page_href};

/// An outline as a tree that opens in place; `set` and `number` make its
/// links, where its nodes have pages, and say of which edition its closed branches
/// are asked for.
#[component]
pub fn Outline(
    nodes: Vec<OutlineNode>,
    #[prop(optional, into)] set: String,
    #[prop(optional)] number: u32,
    #[prop(optional)] open_depth: u32,
) -> impl IntoView {
    let tree = nested(nodes, &set, number, "node");
    let ask: AskBranch = Arc::new(move |address: String| {
        let set = set.clone();
        Box::pin(async move {
            let within = format!("in-{}", segment(&address));
            let nodes = load_branch(set.clone(), number.to_string(), address).await;
            nodes.map(|nodes| nested(nodes, &set, number, &within))
        })
    });
    view! { <Tree nodes=tree open_depth=open_depth ask/> }
}

/// From a flat outline to a tree. A node goes beneath the nearest one before
/// it that is less deep.
fn nested(nodes: Vec<OutlineNode>, set: &str, number: u32, within: &str) -> Vec<TreeNode> {
    let mut roots: Vec<TreeNode> = Vec::new();
    // The branch that is being filled, from the top.
    let mut open: Vec<(u32, TreeNode)> = Vec::new();
    for (index, node) in nodes.into_iter().enumerate() {
        while open.last().is_some_and(|(depth, _)| *depth >= node.depth) {
            close(&mut open, &mut roots);
        }
        let depth = node.depth;
        let badge = match node.beneath {
            0 => node.badge,
            many => format!("{many} beneath"),
        };
        let node = TreeNode {
            id: format!("{within}-{index}"),
            code: Some(node.code).filter(|code| !code.is_empty()),
            text: node.title,
            href: match (node.address.as_str(), node.page) {
                ("", _) => String::new(),
                (address, 0) => node_href(set, number, address),
                (address, page) => named_page_href(&node_href(set, number, address), BENEATH, page),
            },
            badge: Some(badge).filter(|badge| !badge.is_empty()),
            children: Vec::new(),
            closed: (node.beneath > 0).then_some(node.address),
        };
        open.push((depth, node));
    }
    while !open.is_empty() {
        close(&mut open, &mut roots);
    }
    roots
}

fn close(open: &mut Vec<(u32, TreeNode)>, roots: &mut Vec<TreeNode>) {
    if let Some((_, done)) = open.pop() {
        match open.last_mut() {
            Some((_, parent)) => parent.children.push(done),
            None => roots.push(done),
        }
    }
}

/// The state of an edition that not everyone sees, or that is no longer used.
#[component]
pub fn StateChip(state: EditionState) -> impl IntoView {
    let tone = match state {
        EditionState::Draft | EditionState::InReview => Tone::Highlight,
        EditionState::Published => Tone::Accent,
        EditionState::Retired => Tone::Plain,
    };
    view! { <Chip label=state.label() tone/> }
}

/// A proficiency scale, lowest first; nothing when there is none.
#[component]
pub fn Scale(levels: Vec<Level>) -> impl IntoView {
    (!levels.is_empty()).then(|| {
        let levels = levels
            .into_iter()
            .map(|level| {
                view! {
                    <dt>{level.label}</dt>
                    <dd>{level.description}</dd>
                }
            })
            .collect_view();
        view! { <dl class="facts">{levels}</dl> }
    })
}

/// The four kinds of detail of a statement, as far as there are any.
#[component]
pub fn DetailLists(
    details: Details,
    lang: Option<String>,
    /// Beneath a heading of the second level.
    #[prop(optional)]
    within: bool,
) -> impl IntoView {
    let kinds = [
        ("Knowledge", details.knowledge),
        ("Skills", details.skills),
        ("Attitudes", details.attitudes),
        ("Behaviours", details.behaviours),
    ];
    let any = kinds.iter().any(|(_, entries)| !entries.is_empty());
    let kinds = kinds
        .into_iter()
        .filter(|(_, entries)| !entries.is_empty())
        .map(|(words, entries)| {
            let heading = match within {
                true => view! { <h3 lang="en">{words}</h3> }.into_any(),
                false => view! { <h2 lang="en">{words}</h2> }.into_any(),
            };
            let entries = entries
                .into_iter()
                .map(|entry| view! { <li>{entry}</li> })
                .collect_view();
            view! { <section class="entry">{heading}<ul>{entries}</ul></section> }
        })
        .collect_view();
    any.then(|| view! { <div class="columns" lang=lang>{kinds}</div> })
}

/// The import that a draft comes from, and where it is taken back.
#[component]
pub fn ImportedFrom(imported: Imported) -> impl IntoView {
    let Imported {
        import,
        file_name,
        day,
        by,
    } = imported;
    let words = format!("Imported on {day} from {file_name}, which {by} sent in. ");
    view! { <p class="meta">{words}<a href=format!("/studio/import/{import}")>"See what was read, or take the import back"</a></p> }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn node(depth: u32, title: &str) -> OutlineNode {
        OutlineNode {
            depth,
            title: title.into(),
            address: title.into(),
            ..OutlineNode::default()
        }
    }

    #[test]
    fn a_flat_outline_becomes_a_tree() {
        let nodes = ["A0", "B1", "C2", "D1", "E0", "F1"].map(|name| {
            let (title, depth) = name.split_at(1);
            node(depth.parse().unwrap(), title)
        });
        let tree = nested(nodes.to_vec(), "lm", 2, "node");
        assert_eq!(
            tree.iter().map(|node| node.text.as_str()).collect::<Vec<_>>(),
            ["A", "E"]
        );
        assert_eq!(
            tree[0]
                .children
                .iter()
                .map(|node| node.text.as_str())
                .collect::<Vec<_>>(),
            ["B", "D"]
        );
        assert_eq!(tree[0].children[0].children[0].href, "/index/lm/2/C");
    }

    #[test]
    fn what_is_left_out_has_an_address() {
        let closed = OutlineNode {
            beneath: 7,
            ..node(0, "A")
        };
        let more = OutlineNode {
            page: 2,
            ..node(0, "B 1")
        };
        let tree = nested(vec![closed, more], "lm", 2, "in-x");
        assert_eq!(
            (tree[0].closed.as_deref(), tree[0].badge.as_deref()),
            (Some("A"), Some("7 beneath"))
        );
        assert_eq!(
            (tree[1].href.as_str(), tree[1].id.as_str()),
            ("/index/lm/2/B%201?beneath=2", "in-x-1")
        );
    }

    #[test]
    fn an_outline_that_begins_within_the_tree_loses_nothing() {
        let tree = nested(vec![node(3, "A"), node(4, "B"), node(3, "C")], "lm", 1, "node");
        assert_eq!(tree.len(), 2);
        assert_eq!(tree[0].children.len(), 1);
    }
}
