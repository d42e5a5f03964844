//! An edition as a publication: for print, for a reader of electronic books,
//! and as a document to work on. Pure but for reading the edition: what is
//! printed is made from an [`ExchangeSet`](crate::exchange::ExchangeSet).

mod book;
mod docx;
mod epub;
mod markup;
mod print;
mod runs;
#[cfg(test)]
mod tests;

use tokio::sync::Semaphore;

use crate::competencies::{export, store};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::viewer::Viewer;

pub use book::Book;
pub use print::PageSize;

/// A form that an edition is published in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// HTML with styles for paper, one file.
    Print,
    /// EPUB 3.
    Epub,
    /// Office Open XML.
    Word,
}

impl Form {
    /// The form of a file of this name, such as `book.epub`.
    pub fn of_file(name: &str) -> Option<Self> {
        match name {
            "book.html" => Some(Self::Print),
            "book.epub" => Some(Self::Epub),
            "book.docx" => Some(Self::Word),
            _ => None,
        }
    }

    pub fn media_type(self) -> &'static str {
        match self {
            Self::Print => "text/html; charset=utf-8",
            Self::Epub => "application/epub+zip",
            Self::Word => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        }
    }
}

/// How many are typeset at once: each takes a processor for as long as it lasts.
static AT_WORK: Semaphore = Semaphore::const_new(2);

/// An edition in one of its forms: a published one for everyone, a draft for
/// its curators. `site` is where people reach Carrel; styles carry `nonce`
/// where the file is shown by a browser that asks for one.
///
/// # Errors
/// Not found where the viewer may not read the edition.
pub async fn publish(
    db: &Db,
    viewer: &Viewer,
    (set, edition): (&str, u32),
    form: Form,
    size: PageSize,
    (site, nonce): (&str, &str),
) -> Result<Vec<u8>> {
    let stored = export::readable(db, viewer, set, Some(edition)).await?;
    let remarks = store::remarks(db, &stored.edition).await?;
    let names = crate::reviews::store::acknowledged(db, &stored.edition).await?;
    let _place = AT_WORK
        .acquire()
        .await
        .map_err(|error| AppError::internal("publication", error))?;
    let (site, nonce) = (site.to_owned(), nonce.to_owned());
    let work = tokio::task::spawn_blocking(move || {
        let book = Book::of(&stored, remarks, &site).thanking(&names);
        match form {
            Form::Print => Ok(print::write(&book, size, &nonce).into_bytes()),
            Form::Epub => epub::write(&book),
            Form::Word => docx::write(&book, size),
        }
    });
    let made = work.await.map_err(|error| AppError::internal("publication", error))?;
    made.map_err(|error| AppError::internal("publication", error))
}
