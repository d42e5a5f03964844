//! Making files of an edition: the quick forms while the request waits, the
//! typeset one beside it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::book::{self, Book};
use super::model::{BookWords, Paper, Stage};
use super::pdf::{self, Manuscript};
use super::{docx, epub, print, store};
use crate::competencies::export;
use crate::competencies::model::Remarks;
use crate::competencies::store::{self as index, Stored};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::files;
use crate::id::{EditionId, PersonId, TypesettingId};
use crate::places::{Place, Places};
use crate::reviews::store as reviews;
use crate::state::AppState;
use crate::viewer::Viewer;

/// The longest book that is laid out, in characters: the slowest script takes
/// minutes for it, and everyone else waits.
const MOST_CHARACTERS: usize = 2_000_000;

/// # Errors
/// In words for whoever asked, where a book is too long to be laid out.
fn fits(characters: usize) -> Result<(), String> {
    match characters {
        0..=MOST_CHARACTERS => Ok(()),
        _ => Err(
            "This is too long to be typeset: a book has at most 2,000,000 characters. Choose some of its sections, \
             or take it as a page to print, an electronic book or a Word document."
                .into(),
        ),
    }
}

/// A form that an edition is published in at once.
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

/// How many are made at once: each takes a processor for as long as it lasts.
static AT_WORK: Semaphore = Semaphore::const_new(2);

/// The typesetter keeps hundreds of megabytes while it lays a large book out.
static ONE_AT_A_TIME: Semaphore = Semaphore::const_new(1);

/// Who waits for which file, in this process: so that nobody takes all places.
static WAITING: LazyLock<Places> = LazyLock::new(Places::default);

/// How many files one person, and the visitors at one address, may wait for.
const OF_A_PERSON: usize = 3;
const OF_AN_ADDRESS: usize = 2;

/// Whoever asks for a file.
enum Asker<'a> {
    Person(&'a PersonId),
    Visitor(&'a str),
}

impl Asker<'_> {
    fn place(&self, places: &Places) -> Option<Place> {
        match self {
            Self::Person(person) => places.take(&format!("person {person}"), OF_A_PERSON),
            // Where no connection is, there are no visitors to tell apart.
            Self::Visitor("") => places.take("", usize::MAX),
            Self::Visitor(address) => places.take(&format!("address {address}"), OF_AN_ADDRESS),
        }
    }
}

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
    paper: Paper,
    (site, nonce): (&str, &str),
) -> Result<Vec<u8>> {
    let stored = export::readable(db, viewer, set, Some(edition)).await?;
    let beside = Beside::of(db, &stored.edition).await?;
    let _place = AT_WORK.acquire().await.map_err(broken)?;
    let (site, nonce) = (site.to_owned(), nonce.to_owned());
    let work = tokio::task::spawn_blocking(move || {
        let book = beside.book(&stored, &site);
        match form {
            Form::Print => Ok(print::write(&book, paper, &nonce).into_bytes()),
            Form::Epub => epub::write(&book),
            Form::Word => docx::write(&book, paper),
        }
    });
    work.await.map_err(broken)?.map_err(broken)
}

/// What stands beside the nodes of an edition.
struct Beside {
    remarks: HashMap<Uuid, Remarks>,
    words: BookWords,
    reviewers: Vec<String>,
}

impl Beside {
    async fn of(db: &Db, edition: &EditionId) -> Result<Self> {
        Ok(Self {
            remarks: index::remarks(db, edition).await?,
            words: store::words(db, edition).await?,
            reviewers: reviews::acknowledged(db, edition).await?,
        })
    }

    fn book(self, stored: &Stored, site: &str) -> Book {
        Book::of(stored, self.remarks, &self.words, site).thanking(&self.reviewers)
    }
}

fn broken(error: impl std::fmt::Display) -> AppError {
    AppError::internal("publication", error)
}

/// Where a typeset file is, within the folder of files.
pub fn path(folder: &Path, file: &TypesettingId) -> PathBuf {
    folder.join("publications").join(format!("{file}.pdf"))
}

/// Has an edition typeset, all of it or its sections at these places; answers
/// with the file, which may be there already.
///
/// # Errors
/// Not found where the viewer may not read the edition; a visitor, at `address`,
/// has whole editions alone; a conflict where many wait already, the asker's own
/// or in all, and where it is too long.
pub async fn typeset(
    state: &AppState,
    (viewer, address): (&Viewer, &str),
    (set, edition): (&str, u32),
    paper: Paper,
    sections: &[u32],
) -> Result<TypesettingId> {
    let mut stored = export::readable(&state.db, viewer, set, Some(edition)).await?;
    let edition = stored.edition.clone();
    let beside = Beside::of(&state.db, &edition).await?;
    let all = book::sections(&stored.set).count();
    book::choose(&mut stored.set, sections);
    let whole = book::sections(&stored.set).count() == all;
    let asker = match viewer.id() {
        Some(person) => Asker::Person(person),
        None if whole => Asker::Visitor(address),
        None => return Err(AppError::SignInNeeded),
    };
    let site = state.site.public_url.clone();
    let work = tokio::task::spawn_blocking(move || {
        let book = beside.book(&stored, &site);
        Manuscript::of(&book, paper)
    });
    let manuscript = work.await.map_err(broken)?.map_err(broken)?;
    fits(manuscript.characters()).map_err(AppError::Conflict)?;
    let place = asker.place(&WAITING);
    let file = store::begin(&state.db, &edition, &key(&manuscript), paper, (whole, place.is_some())).await?;
    if let (true, Some(place)) = (file.begun, place) {
        let making = Making {
            db: state.db.clone(),
            path: path(&state.site.files, &file.id),
            file: file.id.clone(),
            _place: place,
        };
        making.start(manuscript);
    }
    Ok(file.id)
}

/// Names a file by all that it says and how it is laid out.
fn key(manuscript: &Manuscript) -> String {
    let mut hash = Sha256::new();
    hash.update(pdf::LAYOUT.to_be_bytes());
    hash.update(manuscript.bytes());
    for font in manuscript.fonts() {
        hash.update(font.as_bytes());
    }
    hash.finalize()
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

struct Making {
    db: Db,
    path: PathBuf,
    file: TypesettingId,
    /// Of who asked, until it is done.
    _place: Place,
}

impl Making {
    /// Makes the file beside the request; how far it is stands in the database.
    fn start(self, manuscript: Manuscript) {
        tokio::spawn(async move {
            // Logged where it fails; who asked is told on the page.
            if self.make(manuscript).await.is_err() {
                let _told_when_it_stands_still = store::failed(&self.db, &self.file).await;
            }
        });
    }

    async fn make(&self, manuscript: Manuscript) -> Result<()> {
        let _one = ONE_AT_A_TIME.acquire().await.map_err(broken)?;
        store::reached(&self.db, &self.file, "laying_out").await?;
        let missing = manuscript.missing();
        let document = tokio::task::spawn_blocking(move || manuscript.lay_out());
        let document = document.await.map_err(broken)?.map_err(broken)?;
        store::reached(&self.db, &self.file, "writing").await?;
        let path = self.path.clone();
        let written = tokio::task::spawn_blocking(move || {
            let file = document.write()?;
            files::save(&path, &file).map_err(|error| error.to_string())?;
            Ok::<_, String>((document.pages(), file.len()))
        });
        let (pages, bytes) = written.await.map_err(broken)?.map_err(broken)?;
        store::ready(&self.db, &self.file, (pages, bytes), missing).await
    }
}

/// A typeset file of an edition, if it is ready: its path. Without a key it is
/// the newest of the whole edition on this paper.
///
/// # Errors
/// Not found where the viewer may not read the edition.
pub async fn typeset_file(
    db: &Db,
    folder: &Path,
    viewer: &Viewer,
    (set, edition): (&str, u32),
    (key, paper): (&str, Paper),
) -> Result<Option<PathBuf>> {
    let head = store::head(db, viewer, set, edition).await?;
    let key = TypesettingId::parse(key);
    let file = store::file(db, &head.edition, key.as_ref(), Some(paper)).await?;
    let ready = file.filter(|file| matches!(file.stage, Stage::Ready { .. }));
    Ok(ready.map(|file| path(folder, &file.id)))
}

#[cfg(test)]
mod tests {
    use super::{Asker, MOST_CHARACTERS, OF_A_PERSON, OF_AN_ADDRESS, fits};
    use crate::id::PersonId;
    use crate::places::Places;

    #[test]
    fn nobody_takes_the_places_of_others() {
        let places = Places::default();
        let rosa = PersonId::parse("rosa").unwrap();
        let taken =
            |asker: &Asker, most: usize| -> Vec<_> { (0..most + 5).map_while(|_| asker.place(&places)).collect() };
        let visitors = taken(&Asker::Visitor("192.0.2.1"), OF_AN_ADDRESS);
        let hers = taken(&Asker::Person(&rosa), OF_A_PERSON);
        assert_eq!((visitors.len(), hers.len()), (OF_AN_ADDRESS, OF_A_PERSON));
        assert!(Asker::Visitor("192.0.2.2").place(&places).is_some());
        drop(hers);
        assert!(Asker::Person(&rosa).place(&places).is_some());
    }

    #[test]
    fn what_is_too_long_is_refused_in_words() {
        assert_eq!(fits(MOST_CHARACTERS), Ok(()));
        let said = fits(MOST_CHARACTERS + 1).unwrap_err();
        assert!(said.contains("2,000,000 characters"), "{said}");
    }
}
