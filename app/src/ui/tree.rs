use super::{Icon, IconView};
use leptos::prelude::*;

/// A branch (with children) or a leaf of a tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TreeNode {
    /// Its anchor in the page.
    pub id: String,
    pub code: Option<String>,
    pub text: String,
    /// Its own page; empty when it has none.
    pub href: String,
    /// A few words at the end of its line.
    pub badge: Option<String>,
    pub children: Vec<TreeNode>,
}

/// A tree that opens in place, made of nested `<details>`.
#[component]
pub fn Tree(
    nodes: Vec<TreeNode>,
    /// How many levels are open from the start.
    #[prop(optional)]
    open_depth: u32,
) -> impl IntoView {
    let items = nodes.into_iter().map(|node| item(node, open_depth)).collect_view();
    view! {
        <ul class="tree" role="list">
            {items}
        </ul>
    }
    .into_any()
}

fn item(node: TreeNode, open_depth: u32) -> AnyView {
    if node.children.is_empty() {
        leaf(node)
    } else {
        branch(node, open_depth)
    }
}

fn leaf(node: TreeNode) -> AnyView {
    let TreeNode {
        id,
        code,
        text,
        href,
        badge,
        ..
    } = node;
    let line = line(code, text, badge);
    let body = if href.is_empty() {
        view! { <div class="tree-line">{line}</div> }.into_any()
    } else {
        view! { <a class="tree-line" href=href>{line}</a> }.into_any()
    };
    view! { <li id=id>{body}</li> }.into_any()
}

// The link stands outside the summary: a link within what opens and closes
// is neither reliably announced nor reliably clicked.
fn branch(node: TreeNode, open_depth: u32) -> AnyView {
    let TreeNode {
        id,
        code,
        text,
        href,
        badge,
        children,
    } = node;
    let open = (!href.is_empty()).then(|| {
        view! {
            <a class="tree-open" href=href>
                <span class="visually-hidden">{format!("Go to {text}")}</span>
                <IconView icon=Icon::Arrow />
            </a>
        }
    });
    let items = children
        .into_iter()
        .map(|child| item(child, open_depth.saturating_sub(1)))
        .collect_view();
    view! {
        <li id=id>
            {open}
            <details class="tree-branch" open=open_depth.ge(&1)>
                <summary class="tree-line">{line(code, text, badge)}</summary>
                <ul role="list">{items}</ul>
            </details>
        </li>
    }
    .into_any()
}

fn line(code: Option<String>, text: String, badge: Option<String>) -> impl IntoView {
    (
        code.map(|code| view! { <span class="tree-code">{code} " "</span> }),
        view! { <span class="tree-text">{text}</span> },
        badge.map(|badge| view! { <span class="tree-badge">" " {badge}</span> }),
    )
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn tree() -> Vec<TreeNode> {
        let leaf = TreeNode {
            id: "leaf".into(),
            text: "<script>Leaf".into(),
            href: "/leaf".into(),
            ..TreeNode::default()
        };
        let branch = TreeNode {
            id: "branch".into(),
            children: vec![leaf],
            ..TreeNode::default()
        };
        vec![TreeNode {
            id: "root".into(),
            children: vec![branch],
            ..TreeNode::default()
        }]
    }

    #[test]
    fn opens_as_deep_as_asked() {
        let html = view! { <Tree nodes=tree() open_depth=1 /> }.to_html();
        assert_eq!(html.matches("<details").count(), 2, "{html}");
        assert_eq!(html.matches(" open").count(), 1, "{html}");
    }

    #[test]
    fn markup_in_a_node_stays_text() {
        let html = view! { <Tree nodes=tree() /> }.to_html();
        assert!(html.contains("&lt;script&gt;Leaf"), "{html}");
    }
}
