//! Pages of this feature.

mod group;
mod groups;
mod thread;

pub use group::GROUP_PAGE;
pub use groups::GROUPS;
pub use thread::THREAD_PAGE;

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// A part of the path.
fn param(name: &'static str) -> impl Fn() -> String + Copy + Send + Sync {
    let params = use_params_map();
    move || params.with(|params| params.get(name).unwrap_or_default())
}

/// A part of the query.
fn query(name: &'static str) -> impl Fn() -> Option<String> + Copy + Send + Sync {
    let query = use_query_map();
    move || query.with(|query| query.get(name))
}

/// The page of a list that the query asks for.
fn page() -> impl Fn() -> Option<u32> + Copy + Send + Sync {
    let page = query("page");
    move || page().and_then(|page| page.parse().ok())
}

/// "1 post", "2 posts".
fn counted(n: u32, one: &str) -> String {
    if n == 1 {
        format!("1 {one}")
    } else {
        format!("{n} {one}s")
    }
}
