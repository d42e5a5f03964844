//! Pages of the index.

mod import_plan;
mod import_set;
mod index;
mod looking;
mod marked_up;
mod set_side;
mod set_tree;
mod statement;
mod statement_side;

pub use import_plan::IMPORT_PLAN;
pub use import_set::IMPORT_SET;
pub use index::INDEX;
pub use set_tree::SET_TREE;
pub use statement::STATEMENT;
