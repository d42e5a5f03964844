use std::pin::Pin;

use leptos::prelude::*;
use leptos_router::ChooseView;

/// A page as the router holds it: all of the same type, since what the router
/// holds is in everyone's first download. See [`lazy_page!`].
#[derive(Debug, Clone, Copy)]
pub struct LazyPage(fn() -> Pin<Box<dyn Future<Output = AnyView>>>);

impl LazyPage {
    pub const fn new(view: fn() -> Pin<Box<dyn Future<Output = AnyView>>>) -> Self {
        Self(view)
    }

    /// The page's view, once its code is there.
    pub fn view(self) -> Pin<Box<dyn Future<Output = AnyView>>> {
        (self.0)()
    }
}

impl ChooseView for LazyPage {
    async fn choose(self) -> AnyView {
        self.view().await
    }

    async fn preload(&self) {}
}

/// Makes a [`LazyPage`] of a view, whose code the browser downloads with its
/// part of Carrel when a page of that part is first shown. The parts are few,
/// so that what several share lies in few chunks:
///
/// - `home` is the visitors' front page, and so most first visits;
/// - `index` are the index and search;
/// - `people` are accounts, the directory, organisations and the site's own pages;
/// - `learning` are courses, resources, cohorts and groups;
/// - `growth` are Today, self-ratings, gaps and plans;
/// - `studio` is where trainers and curators work.
macro_rules! lazy_page {
    ($(#[$meta:meta])* $page:ident in $part:ident => $view:ident) => {
        $(#[$meta])*
        pub const $page: $crate::ui::LazyPage = {
            #[cfg(feature = "hydrate")]
            #[leptos::wasm_split::wasm_split($part, wasm_split_path = leptos::wasm_split)]
            fn part() -> AnyView {
                $view()
            }
            #[cfg(not(feature = "hydrate"))]
            async fn part() -> AnyView {
                $view()
            }
            $crate::ui::LazyPage::new(|| Box::pin(part()))
        };
    };
}

pub(crate) use lazy_page;
