//! Pages of cohorts, and the studio.

mod cohort;
mod new_cohort;
mod studio;

pub use cohort::COHORT_PAGE;
pub use new_cohort::NEW_COHORT;
pub use studio::STUDIO;
