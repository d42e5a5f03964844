//! Pages of courses: to read them, and to write them.

mod catalogue;
mod course;
mod course_editor;
mod course_statements;
mod lesson;
mod lesson_editor;
mod new_course;

pub use catalogue::CATALOGUE;
pub use course::COURSE_PAGE;
pub use course_editor::COURSE_EDITOR;
pub use lesson::LESSON_PAGE;
pub use lesson_editor::LESSON_EDITOR;
pub use new_course::NEW_COURSE;
