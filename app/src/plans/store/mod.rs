//! Plans in the database. A plan's key is its person's key, so that the first
//! thing added makes the plan, however often it is sent.

mod add;
mod change;
mod page;
mod upcoming;

pub use add::{NewAction, Subject, add_action, add_goal};
pub use change::{
    change_action, change_goal, date_of, remove_action, remove_goal, restore_action, restore_goal, set_done, title_of,
};
pub use page::page;
pub use upcoming::due;
