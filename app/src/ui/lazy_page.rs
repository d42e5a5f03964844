use std::pin::Pin;

use leptos::prelude::*;
use leptos_router::ChooseView;

/// A page's view, once its code is there.
pub type Part = Pin<Box<dyn Future<Output = Result<AnyView, NotLoaded>>>>;

/// The code of a page could not be fetched: there is no connection, or a newer
/// Carrel no longer has the parts that this document was made with.
#[derive(Debug, Clone, Copy)]
pub struct NotLoaded;

impl From<leptos::wasm_split::SplitLoaderError> for NotLoaded {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        Self
    }
}

/// A page as the router holds it: all of the same type, since what the router
/// holds is in everyone's first download. See [`lazy_page!`].
#[derive(Debug, Clone, Copy)]
pub struct LazyPage(fn() -> Part);

impl LazyPage {
    pub const fn new(part: fn() -> Part) -> Self {
        Self(part)
    }

    /// The page's view, once its code is there.
    pub fn part(self) -> Part {
        (self.0)()
    }
}

impl ChooseView for LazyPage {
    async fn choose(self) -> AnyView {
        #[cfg(not(feature = "ssr"))]
        let address = super::here::use_address();
        match self.part().await {
            Ok(view) => view,
            #[cfg(not(feature = "ssr"))]
            Err(NotLoaded) => anew(address).await,
            // The server has all parts.
            #[cfg(feature = "ssr")]
            Err(NotLoaded) => ().into_any(),
        }
    }

    async fn preload(&self) {}
}

/// Has the browser load the page's document: a new version brings its own
/// parts, and without a connection the page kept for that says so. Until then
/// the page that one leaves stays. A document whose own part did not come is
/// left as the server sent it: its links and forms need none.
#[cfg(not(feature = "ssr"))]
async fn anew(address: impl Fn() -> String) -> AnyView {
    let root = document().document_element();
    if root.is_some_and(|root| root.has_attribute("data-hydrated")) {
        let (to, location) = (address(), window().location());
        let path = |part: Result<String, _>| part.unwrap_or_default();
        let here = path(location.pathname()) + &path(location.search());
        // Going back has changed the address already, and only a part of it may differ.
        let _leaves_the_page = if to == here {
            location.reload()
        } else {
            location.assign(&to)
        };
    }
    std::future::pending().await
}

/// Makes a [`LazyPage`] of a view, whose code the browser downloads with its
/// part of Carrel when a page of that part is first shown. What several parts
/// share lies in chunks of its own, one for each set of parts that share it: so
/// a part holds pages that are opened one after another and use the same things.
///
/// - `home` is the visitors' front page, and so most first visits;
/// - `reading` is what a link from outside leads to: the list of sets, a statement,
///   courses and resources;
/// - `people` are sets, search, the directory, organisations, and one's own account
///   from signing in to closing it;
/// - `learning` are lessons, cohorts and groups;
/// - `growth` are Today, self-ratings, gaps, plans, evidence and what one shares;
/// - `studio` is where curators, reviewers and trainers work and an organisation or
///   the site is looked after, with the style page, which uses most parts of `ui`.
macro_rules! lazy_page {
    ($(#[$meta:meta])* $page:ident in $part:ident => $view:ident) => {
        $(#[$meta])*
        pub const $page: $crate::ui::LazyPage = {
            #[cfg(feature = "hydrate")]
            #[leptos::wasm_split::wasm_split($part, fallible, wasm_split_path = leptos::wasm_split)]
            fn part() -> Result<AnyView, $crate::ui::NotLoaded> {
                Ok($view())
            }
            #[cfg(not(feature = "hydrate"))]
            async fn part() -> Result<AnyView, $crate::ui::NotLoaded> {
                Ok($view())
            }
            $crate::ui::LazyPage::new(|| Box::pin(part()))
        };
    };
}

pub(crate) use lazy_page;
