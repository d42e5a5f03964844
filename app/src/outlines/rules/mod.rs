//! What may be done to the outline of a draft, as pure rules: an outline and a
//! step in, the outline after it and the steps that take it back out.

mod asked;
mod asked_whole;
mod frame;
mod merging;
mod numbering;
mod outline;
mod pieces;
mod placing;
mod step;

#[cfg(test)]
mod any_steps;

pub use asked::{entry, entry_fields, entry_form, form_name, title};
pub use asked_whole::{frame, frame_fields, frame_form, language};
pub use frame::Frame;
pub use merging::{Merged, merged};
pub use outline::{Abroad, Content, Link, Node, Outline, Place};
pub use pieces::{is_done, merge, paste, repeats, split};
pub use placing::{Changes, Placed, written};
pub use step::{Fields, Step, apply_all};
