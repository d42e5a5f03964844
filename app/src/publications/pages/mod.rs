//! Pages of publications.

mod book;
mod publication;

pub use book::BOOK;
pub use publication::PUBLICATION;
