/// A route's page, whose code the browser downloads with its part of Carrel
/// when a page of that part is first shown. The parts are few, so that what
/// several share lies in few chunks:
///
/// - `home` is the front page, and so most first visits;
/// - `index` are the index, search and people;
/// - `learning` are courses, resources, cohorts and groups;
/// - `growth` are self-ratings, gaps and plans;
/// - `studio` is where trainers and curators work.
///
/// What the router itself holds of a page is in everyone's first download, so
/// a page holds nothing: its resource and its actions are made by its view.
macro_rules! lazy_page {
    ($(#[$meta:meta])* $page:ident in $part:ident => $view:ident) => {
        $(#[$meta])*
        pub struct $page;

        impl leptos_router::LazyRoute for $page {
            fn data() -> Self {
                Self
            }

            async fn view(_page: Self) -> AnyView {
                #[cfg(feature = "hydrate")]
                #[leptos::wasm_split::wasm_split($part, wasm_split_path = leptos::wasm_split)]
                fn part() -> AnyView {
                    $view()
                }
                #[cfg(not(feature = "hydrate"))]
                async fn part() -> AnyView {
                    $view()
                }
                part().await
            }
        }
    };
}

pub(crate) use lazy_page;
