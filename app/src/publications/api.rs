//! What the browser may ask of publications.

use leptos::prelude::*;

use super::model::{BookWordsPage, PublicationPage};
use crate::error::Result;

/// The forms of an edition, and a typeset file of it: the one that is named,
/// else the newest that is ready.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_publication(
    set: String,
    edition: String,
    #[server(default)] file: String,
) -> Result<PublicationPage> {
    let number = crate::competencies::api::parse_number(&edition)?;
    super::store::page(&crate::state::db(), &crate::state::viewer(), (&set, number), &file).await
}

/// Has an edition typeset on this paper: all of it, or the sections at these
/// places, counted from 0. Sections are for whoever is signed in.
#[server]
pub async fn typeset(
    set: String,
    edition: u32,
    #[server(default)] paper: String,
    #[server(default)] sections: Vec<u32>,
) -> Result<()> {
    use super::model::{Paper, publication_href};

    let (state, viewer) = (crate::state::state(), crate::state::viewer());
    let paper = Paper::of_word(&paper);
    let address = crate::state::ClientAddress::of_request();
    let file = super::making::typeset(&state, (&viewer, &address), (&set, edition), paper, &sections).await?;
    leptos_axum::redirect(&format!("{}?file={file}#typeset", publication_href(&set, edition)));
    Ok(())
}

/// The words around a set's draft, for its curators.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_book_words(set: String) -> Result<BookWordsPage> {
    let (viewer, _) = crate::state::signed_in()?;
    let (draft, words, _) = super::store::draft(&crate::state::db(), &viewer, &set).await?;
    Ok(BookWordsPage {
        slug: set,
        title: draft.title,
        edition: draft.edition,
        number: draft.number,
        base: super::store::base(&words),
        words,
    })
}

/// Saves the words around a set's draft; `base` is what the form was filled with.
#[server]
pub async fn save_book_words(
    set: String,
    #[server(default)] base: String,
    #[server(default)] introduction: String,
    #[server(default)] how_to_use: String,
    #[server(default)] acknowledgements: String,
    #[server(default)] over: bool,
) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    let words = super::model::BookWords {
        introduction,
        how_to_use,
        acknowledgements,
    };
    super::store::save_words(&crate::state::db(), &viewer, &set, &base, &words, over).await?;
    leptos_axum::redirect(&format!("{}?notice=saved", super::model::book_href(&set)));
    Ok(())
}
