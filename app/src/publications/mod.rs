//! An edition as a publication: typeset, for print by a browser, for a reader of
//! electronic books, and as a document to work on; and the words that curators
//! write around the index. What is printed is made from an
//! [`ExchangeSet`](crate::exchange::ExchangeSet).

pub mod api;
#[cfg(feature = "ssr")]
mod book;
#[cfg(feature = "ssr")]
mod docx;
#[cfg(feature = "ssr")]
mod docx_order;
#[cfg(feature = "ssr")]
mod epub;
#[cfg(feature = "ssr")]
mod fonts;
#[cfg(feature = "ssr")]
mod making;
#[cfg(feature = "ssr")]
mod markup;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
mod pdf;
#[cfg(feature = "ssr")]
mod print;
#[cfg(feature = "ssr")]
mod runs;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;

#[cfg(feature = "ssr")]
pub use making::{Form, path, publish, typeset_file};
