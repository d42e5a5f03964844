//! The pages of job descriptions.

mod duties;
mod faces;
mod job;
mod list;
mod making;
mod words;

pub use duties::JOB_DUTIES;
pub use job::JOB;
pub use list::JOBS;
pub use making::NEW_JOB;
pub use words::JOB_WORDS;
