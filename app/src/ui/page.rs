use super::announce::say_page;
use super::{Breadcrumbs, Crumb};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};

/// What stands in the window of a page. The framework writes a title into the
/// document as it is given, so it is escaped there.
fn window_title(title: &str) -> String {
    let site = crate::start::use_site_name();
    let title = format!("{title} · {}", site.as_deref().unwrap_or("Carrel"));
    #[cfg(feature = "ssr")]
    let title = title.replace('&', "&amp;").replace('<', "&lt;");
    title
}

/// What a page is called: it stands in the window, and is said to whoever comes
/// from another page.
#[component]
pub fn PageTitle(#[prop(into)] title: String) -> impl IntoView {
    say_page(&title);
    view! { <Title text=window_title(&title)/> }
}

/// What search engines show of a page: its first sentences, bounded.
fn description(title: &str, lede: Option<&str>) -> String {
    let lede = lede.map(str::trim).filter(|lede| !lede.is_empty());
    let text = lede.map_or_else(
        || format!("{title}. Carrel, where library staff learn together and see themselves grow."),
        str::to_owned,
    );
    text.chars().take(300).collect()
}

/// A page: its title in the window and as the one first-level heading, the
/// way to it, and what can be done with it. With a side, the header and the
/// children stand in the main column.
#[component]
pub fn Page(
    #[prop(into)] title: String,
    /// A word or a date above the title.
    #[prop(default = None, into)]
    kicker: Option<String>,
    /// A sentence beneath the title.
    #[prop(default = None, into)]
    lede: Option<String>,
    #[prop(optional)] crumbs: Vec<Crumb>,
    /// Buttons and links, the most important last.
    #[prop(default = None, into)]
    actions: Option<AnyView>,
    /// What stands beside on a laptop and beneath on a phone.
    #[prop(default = None, into)]
    side: Option<AnyView>,
    /// Keep to one readable column, as for a form.
    #[prop(optional)]
    narrow: bool,
    children: Children,
) -> impl IntoView {
    let described = description(&title, lede.as_deref());
    let head = view! {
        <PageTitle title=title.clone() />
        <Meta name="description" content=described />
        <Breadcrumbs crumbs />
        <header class="page-head">
            <div class="page-titles">
                {kicker.map(|kicker| view! { <p class="kicker">{kicker}</p> })}
                <h1>{title}</h1>
                {lede.map(|lede| view! { <p class="lede">{lede}</p> })}
            </div>
            {actions.map(|actions| view! { <div class="page-actions">{actions}</div> })}
        </header>
    };
    match side {
        Some(side) => view! {
            <div class="page page-with-side">
                <div class="page-main">{head} {children()}</div>
                <aside class="page-side">{side}</aside>
            </div>
        }
        .into_any(),
        None => view! {
            <div class=if narrow { "page page-narrow" } else { "page" }>{head} {children()}</div>
        }
        .into_any(),
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn one_heading_and_hostile_text_stays_text() {
        Owner::new().with(|| {
            leptos_meta::provide_meta_context();
            let html = view! {
                <Page
                    title="<script>alert(1)</script>"
                    lede="<img src=x>".to_string()
                    crumbs=vec![Crumb::new("/index", "<b>Index</b>")]
                >
                    <p>"Body"</p>
                </Page>
            }
            .to_html();
            assert_eq!(html.matches("<h1").count(), 1, "{html}");
            for hostile in ["<script>", "<img", "<b>"] {
                assert!(!html.contains(hostile), "{hostile} in {html}");
            }
        });
    }
}
