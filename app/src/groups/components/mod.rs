//! Parts that only this feature uses.

mod beside;
mod composer;
mod live;
mod posts;
mod start_form;

pub use beside::TalkBeside;
pub use composer::ReplyForm;
pub use live::{Arrivals, use_arrivals};
pub use posts::{PostItem, Posts, Quoted};
pub use start_form::StartForm;
