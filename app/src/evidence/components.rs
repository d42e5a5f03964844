use leptos::prelude::*;

use super::model::{Group, Piece, PieceFile, Statement};
use crate::language::foreign;
use crate::ui::Prose;

/// The heading of what was put down for a statement, with a way there.
#[component]
pub fn StatementHead(statement: Statement) -> impl IntoView {
    let code = (!statement.code.is_empty()).then(|| view! { <span class="code">{statement.code.clone()}</span>" " });
    view! {
        <h2><a class="quiet-link" href=statement.href lang=foreign(&statement.language)>{code}{statement.title}</a></h2>
        <p class="meta">{statement.place}</p>
    }
}

/// What a piece of evidence says, for its person and for those whom it is shown to.
#[component]
pub fn PieceWords(piece: Piece) -> impl IntoView {
    let before = piece.before.map(|before| format!("Put down for {before}"));
    let facts: Vec<String> = Some(piece.day_label)
        .filter(|day| !day.is_empty())
        .into_iter()
        .chain(before)
        .collect();
    let address = Some(piece.address).filter(|address| !address.is_empty());
    let file = piece.file.map(|file| held(file, &piece.title));
    view! {
        <h3 class="row-title">{piece.title}</h3>
        {(!facts.is_empty()).then(|| view! { <p class="meta">{facts.join(" · ")}</p> })}
        {(!piece.html.is_empty()).then(|| view! { <Prose html=piece.html/> })}
        {address.map(|address| view! {
            <p class="wrap"><a href=address rel="noopener noreferrer nofollow">{address.clone()}</a></p>
        })}
        {file}
    }
}

/// A picture to look at, or a file to save. The piece's title says what it shows.
fn held(file: PieceFile, title: &str) -> AnyView {
    let picture = file.size.map(|(width, height)| {
        let (source, shows) = (file.href.clone(), title.to_owned());
        view! { <p><img src=source alt=shows width=width.to_string() height=height.to_string() loading="lazy"/></p> }
    });
    let about = format!(" ({})", file.about);
    view! {
        {picture}
        <p class="wrap"><a href=file.href rel="external">{file.name}</a><span class="meta">{about}</span></p>
    }
    .into_any()
}

/// Evidence to read, as others are shown it.
#[component]
pub fn EvidenceGroups(groups: Vec<Group>) -> impl IntoView {
    groups
        .into_iter()
        .map(|group| {
            let pieces = group
                .pieces
                .into_iter()
                .map(|piece| view! { <li><PieceWords piece/></li> })
                .collect_view();
            view! {
                <section>
                    <StatementHead statement=group.statement/>
                    <ul class="rows rows-ruled" role="list">{pieces}</ul>
                </section>
            }
        })
        .collect_view()
}
