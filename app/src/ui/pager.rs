use leptos::prelude::*;

/// Links to the pages of a list; nothing when there is only one. On paper it says
/// which page of the list was printed.
#[component]
pub fn Pager(
    /// The page shown, from 1.
    page: u32,
    pages: u32,
    /// The address of the list, with whatever else it asks for.
    #[prop(into)]
    base: String,
    /// What its page is called in the address, where another list of the page
    /// has pages too, and what they are pages of.
    #[prop(default = "page")]
    name: &'static str,
    #[prop(default = "Pages")] label: &'static str,
) -> impl IntoView {
    (pages > 1).then(|| {
        let step = |to: u32, rel: &'static str, label: &'static str| {
            (1..=pages).contains(&to).then(|| {
                view! { <li><a href=named_page_href(&base, name, to) rel=rel>{label}</a></li> }
            })
        };
        let numbers = shown(page, pages)
            .into_iter()
            .map(|entry| view! { <li>{number(entry, page, &base, name)}</li> })
            .collect_view();
        view! {
            <nav class="pager" aria-label=label data-place=format!("Page {page} of {pages}")>
                <ol>
                    {step(page.saturating_sub(1), "prev", "Previous")} {numbers}
                    {step(page.saturating_add(1), "next", "Next")}
                </ol>
            </nav>
        }
    })
}

/// The way on through a list that is never counted, newest first: back to its
/// beginning, and on to what is older.
#[component]
pub fn OlderPager(
    /// The address of the beginning, where something else is shown.
    #[prop(into)]
    newest: Option<String>,
    /// The address of what is older, where there is any.
    #[prop(into)]
    older: Option<String>,
    #[prop(default = "Pages")] label: &'static str,
) -> impl IntoView {
    (newest.is_some() || older.is_some()).then(|| {
        let newest = newest.map(|href| view! { <li><a href=href>"Newest"</a></li> });
        let older = older.map(|href| view! { <li><a href=href rel="next">"Older"</a></li> });
        view! { <nav class="pager" aria-label=label><ol>{newest} {older}</ol></nav> }
    })
}

fn number(entry: Option<u32>, page: u32, base: &str, name: &str) -> AnyView {
    match entry {
        Some(n) => view! {
            <a
                href=named_page_href(base, name, n)
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

/// First, last, and one either side of the current one; `None` is a hole. What of
/// these there is stands in order, whichever page is asked for.
fn shown(page: u32, pages: u32) -> Vec<Option<u32>> {
    let mut numbers = vec![1, page.saturating_sub(1), page, page.saturating_add(1), pages];
    numbers.retain(|n| (1..=pages).contains(n));
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
    named_page_href(base, "page", page)
}

/// The same of a list whose page is called otherwise.
pub fn named_page_href(base: &str, name: &str, page: u32) -> String {
    let (path, query) = base.split_once('?').unwrap_or((base, ""));
    let mut parts: Vec<String> = query
        .split('&')
        .filter(|part| !part.is_empty() && part.split('=').next() != Some(name))
        .map(str::to_string)
        .collect();
    if page > 1 {
        parts.push(format!("{name}={page}"));
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
        assert_eq!(
            named_page_href("/x?page=7&beneath=2", "beneath", 3),
            "/x?page=7&beneath=3"
        );
    }

    #[test]
    fn a_hole_stands_for_at_least_two_pages() {
        let all = |n: u32| (1..=n).map(Some).collect::<Vec<_>>();
        assert_eq!(shown(2, 6), vec![Some(1), Some(2), Some(3), None, Some(6)]);
        assert_eq!(shown(3, 5), all(5));
        assert_eq!(shown(9, 3), vec![Some(1), Some(2), Some(3)]);
        for (page, pages) in (0..12).flat_map(|page| (1..10).map(move |pages| (page, pages))) {
            let numbers: Vec<u32> = shown(page, pages).into_iter().flatten().collect();
            assert!(numbers.is_sorted_by(|a, b| a < b), "{numbers:?} of {pages}");
        }
    }

    #[test]
    fn one_page_needs_no_pager() {
        assert!(!view! { <Pager page=1 pages=1 base="/x" /> }.to_html().contains("nav"));
    }
}
