//! Pages of courses: to read them, and to write them.

mod catalogue;
mod course;
mod course_editor;
mod course_statements;
mod lesson;
mod lesson_editor;
mod new_course;

pub use catalogue::Catalogue;
pub use course::CoursePage;
pub use course_editor::CourseEditor;
pub use lesson::LessonPage;
pub use lesson_editor::LessonEditor;
pub use new_course::NewCourse;
