//! Pages of the index.

mod import_plan;
mod import_set;
mod index;
mod set_tree;
mod statement;
mod statement_side;

pub use import_plan::ImportPlan;
pub use import_set::ImportSet;
pub use index::Index;
pub use set_tree::SetTree;
pub use statement::Statement;
