//! Pages of cohorts, and the studio.

mod cohort;
mod cohort_editor;
mod facilitators;
mod new_cohort;
mod running;
mod studio;

pub use cohort::COHORT_PAGE;
pub use cohort_editor::COHORT_EDITOR;
pub use new_cohort::NEW_COHORT;
pub use running::RUNNING_COHORTS;
pub use studio::STUDIO;
