//! Parts that only this feature uses.

mod beside;
mod beside_live;
mod composer;
mod live;
mod news;
mod posts;
mod start_form;

pub use beside::TalkBeside;
pub use composer::ReplyForm;
pub use live::{Arrivals, use_arrivals};
pub(crate) use live::{Heard, use_stream};
pub(crate) use news::{NewTalk, focus_on, refresh_counts, refresh_counts_soon};
pub use posts::{PostItem, Posts, Quoted};
pub use start_form::StartForm;
