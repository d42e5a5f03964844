use leptos::prelude::*;

use crate::editions::model::{Piece, Stroke};

/// A text with what was taken out and put in, for eyes and for ears.
#[component]
pub fn Difference(pieces: Vec<Piece>) -> impl IntoView {
    let pieces = pieces
        .into_iter()
        .map(|piece| match piece.stroke {
            Stroke::Kept => view! { <span>{piece.text}" "</span> }.into_any(),
            Stroke::Out => view! {
                <del><span class="visually-hidden">"taken out: "</span>{piece.text}</del>" "
            }
            .into_any(),
            Stroke::In => view! {
                <ins><span class="visually-hidden">"put in: "</span>{piece.text}</ins>" "
            }
            .into_any(),
        })
        .collect_view();
    view! { <span class="difference">{pieces}</span> }
}
