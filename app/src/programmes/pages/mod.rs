//! Pages of cohorts, and the studio.

mod cohort;
mod new_cohort;
mod studio;

pub use cohort::CohortPage;
pub use new_cohort::NewCohort;
pub use studio::Studio;
