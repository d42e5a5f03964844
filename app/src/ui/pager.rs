use leptos::prelude::*;

/// Links to the pages of a list; nothing when there is only one.
#[component]
pub fn Pager(
    /// The page shown, from 1.
    page: u32,
    pages: u32,
    /// The address of the list, with whatever else it asks for.
    #[prop(into)]
    base: String,
) -> impl IntoView {
    (pages > 1).then(|| {
        let step = |to: u32, rel: &'static str, label: &'static str| {
            (1..=pages).contains(&to).then(|| {
                view! { <li><a href=page_href(&base, to) rel=rel>{label}</a></li> }
            })
        };
        let numbers = shown(page, pages)
            .into_iter()
            .map(|entry| view! { <li>{number(entry, page, &base)}</li> })
            .collect_view();
        view! {
            <nav class="pager" aria-label="Pages">
                <ol>
                    {step(page.saturating_sub(1), "prev", "Previous")} {numbers}
                    {step(page.saturating_add(1), "next", "Next")}
                </ol>
            </nav>
        }
    })
}

fn number(entry: Option<u32>, page: u32, base: &str) -> AnyView {
    match entry {
        Some(n) => view! {
            <a
                href=page_href(base, n)
                aria-current=(n == page).then_some("page")
                aria-label=format!("Page {n}")
            >
                {n}
            </a>
        }
        .into_any(),
        None => view! { <span>"…"</span> }.into_any(),
    }
}

/// First, last, and one either side of the current one; `None` is a hole.
fn shown(page: u32, pages: u32) -> Vec<Option<u32>> {
    let mut numbers = vec![1, page.saturating_sub(1), page, page.saturating_add(1), pages];
    numbers.retain(|n| (1..=pages).contains(n));
    numbers.sort_unstable();
    numbers.dedup();
    let mut entries = Vec::new();
    let mut last = 0;
    for n in numbers {
        match n - last {
            0 | 1 => {}
            2 => entries.push(Some(n - 1)),
            _ => entries.push(None),
        }
        entries.push(Some(n));
        last = n;
    }
    entries
}

/// The address of one page of a list; the rest of its query is kept.
pub fn page_href(base: &str, page: u32) -> String {
    let (path, query) = base.split_once('?').unwrap_or((base, ""));
    let mut parts: Vec<String> = query
        .split('&')
        .filter(|part| !part.is_empty() && *part != "page" && !part.starts_with("page="))
        .map(str::to_string)
        .collect();
    if page > 1 {
        parts.push(format!("page={page}"));
    }
    if parts.is_empty() {
        path.to_string()
    } else {
        format!("{path}?{}", parts.join("&"))
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn the_rest_of_the_query_is_kept() {
        assert_eq!(page_href("/courses", 2), "/courses?page=2");
        assert_eq!(page_href("/courses?q=a%26b&page=7", 2), "/courses?q=a%26b&page=2");
        assert_eq!(page_href("/courses?page=7", 1), "/courses");
    }

    #[test]
    fn a_hole_stands_for_at_least_two_pages() {
        let all = |n: u32| (1..=n).map(Some).collect::<Vec<_>>();
        assert_eq!(shown(2, 6), vec![Some(1), Some(2), Some(3), None, Some(6)]);
        assert_eq!(shown(3, 5), all(5));
        assert_eq!(shown(9, 3), vec![Some(1), Some(2), Some(3)]);
    }

    #[test]
    fn one_page_needs_no_pager() {
        assert!(!view! { <Pager page=1 pages=1 base="/x" /> }.to_html().contains("nav"));
    }
}
