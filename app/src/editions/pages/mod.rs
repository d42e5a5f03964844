//! Pages of editions and of what they change.

mod changes;
mod difference;
mod editions;
mod map;
mod mine;
mod scale;

pub use changes::CHANGES;
pub use difference::Difference;
pub use editions::EDITIONS;
pub use mine::MY_CHANGES;

use leptos::prelude::*;

use super::model::Kind;
use crate::ui::{Chip, ChipLink, Tone};

/// How a statement goes on, as a word.
#[component]
fn KindChip(kind: Kind) -> impl IntoView {
    let tone = match kind {
        Kind::Same | Kind::Moved => Tone::Plain,
        Kind::New => Tone::Accent,
        Kind::Reworded | Kind::Split | Kind::Merged => Tone::Highlight,
        Kind::Retired => Tone::Danger,
    };
    view! { <Chip label=kind.label() tone/> }
}

/// Links to the same list, narrowed: addresses with their words, and whether
/// each is what is shown.
#[component]
pub fn Narrowing(links: Vec<(String, String, bool)>) -> impl IntoView {
    let links = links
        .into_iter()
        .map(|(href, label, current)| view! { <li><ChipLink href label current/></li> })
        .collect_view();
    view! {
        <nav aria-label="Kinds of changes">
            <ul class="cluster" role="list">{links}</ul>
        </nav>
    }
}
