use std::pin::Pin;
use std::sync::Arc;

use super::{Icon, IconView};
use crate::error::AppError;
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
    /// The key by which its children are asked for when it is opened; none where
    /// they are here. Its own page shows them, too.
    pub closed: Option<String>,
}

/// Asks for what stands in a closed branch, by its key.
pub type AskBranch = Arc<dyn Fn(String) -> Asked + Send + Sync>;
type Asked = Pin<Box<dyn Future<Output = Result<Vec<TreeNode>, AppError>> + Send>>;

/// A tree that opens in place, made of nested `<details>`.
#[component]
pub fn Tree(
    nodes: Vec<TreeNode>,
    /// How many levels are open from the start.
    #[prop(optional)]
    open_depth: u32,
    /// Where its closed branches come from, if it may have some.
    #[prop(optional)]
    ask: Option<AskBranch>,
) -> impl IntoView {
    let items = nodes
        .into_iter()
        .map(|node| item(node, open_depth, ask.as_ref()))
        .collect_view();
    view! {
        <ul class="tree" role="list">
            {items}
        </ul>
    }
    .into_any()
}

fn item(node: TreeNode, open_depth: u32, ask: Option<&AskBranch>) -> AnyView {
    match (&node.closed, ask) {
        (Some(key), Some(ask)) => {
            let key = key.clone();
            closed(node, key, ask.clone())
        }
        _ if node.children.is_empty() => leaf(node),
        _ => branch(node, open_depth, ask),
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

fn branch(node: TreeNode, open_depth: u32, ask: Option<&AskBranch>) -> AnyView {
    let TreeNode {
        id,
        code,
        text,
        href,
        badge,
        children,
        ..
    } = node;
    let own = own_page(href, &text);
    let items = children
        .into_iter()
        .map(|child| item(child, open_depth.saturating_sub(1), ask))
        .collect_view();
    view! {
        <li id=id>
            {own}
            <details class="tree-branch" open=open_depth.ge(&1)>
                <summary class="tree-line">{line(code, text, badge)}</summary>
                <ul role="list">{items}</ul>
            </details>
        </li>
    }
    .into_any()
}

// The link stands outside the summary: a link within what opens and closes
// is neither reliably announced nor reliably clicked.
fn own_page(href: String, text: &str) -> Option<AnyView> {
    let words = format!("Go to {text}");
    (!href.is_empty()).then(|| {
        view! {
            <a class="tree-open" href=href>
                <span class="visually-hidden">{words}</span>
                <IconView icon=Icon::Arrow />
            </a>
        }
        .into_any()
    })
}

/// A branch whose children are asked for when it is opened. Until they are here,
/// and without the browser code, it holds the way to its own page.
fn closed(node: TreeNode, key: String, ask: AskBranch) -> AnyView {
    let TreeNode {
        id,
        code,
        text,
        href,
        badge,
        ..
    } = node;
    let own = own_page(href.clone(), &text);
    let asking = ask.clone();
    let asked = Action::new(move |_: &()| asking(key.clone()));
    let open = move |_| {
        let here = asked.value().with_untracked(|value| matches!(value, Some(Ok(_))));
        if !here && !asked.pending().get_untracked() {
            asked.dispatch(());
        }
    };
    let children = move || match asked.value().get() {
        Some(Ok(nodes)) => nodes
            .into_iter()
            .map(|child| item(child, 0, Some(&ask)))
            .collect_view()
            .into_any(),
        answer => {
            let words = match answer {
                None => "Read what stands here on its own page",
                Some(_) => "This could not be fetched. Read it on its own page",
            };
            view! { <li><a class="tree-line" href=href.clone()><span class="tree-text">{words}</span></a></li> }
                .into_any()
        }
    };
    view! {
        <li id=id>
            {own}
            <details class="tree-branch" on:toggle=open aria-busy=move || asked.pending().get().to_string()>
                <summary class="tree-line">{line(code, text, badge)}</summary>
                <ul role="list">{children}</ul>
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
    fn a_closed_branch_holds_the_way_to_its_page() {
        let node = TreeNode {
            id: "closed".into(),
            text: "Money".into(),
            href: "/money".into(),
            closed: Some("1".into()),
            ..TreeNode::default()
        };
        let ask: AskBranch = Arc::new(|_| Box::pin(async { Ok(Vec::new()) }));
        let html = Owner::new().with(|| view! { <Tree nodes=vec![node.clone()] ask /> }.to_html());
        assert!(html.contains("<details"), "{html}");
        assert_eq!(html.matches("href=\"/money\"").count(), 2, "{html}");
        let html = view! { <Tree nodes=vec![node] /> }.to_html();
        assert!(!html.contains("<details") && html.contains("href=\"/money\""), "{html}");
    }

    #[test]
    fn markup_in_a_node_stays_text() {
        let html = view! { <Tree nodes=tree() /> }.to_html();
        assert!(html.contains("&lt;script&gt;Leaf"), "{html}");
    }
}
