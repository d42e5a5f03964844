//! What a picture in a text is called, and where it is to stand.

use crate::error::{AppError, Result};
use crate::id::{CourseId, GroupId, PictureId, ThreadId};

/// The most bytes of a picture as it is sent in: photographs come as cameras
/// make them.
pub const MOST_BYTES: usize = 8 * 1024 * 1024;

/// Pixels of the longer side as it is kept.
pub const SIDE: u32 = 1_600;

/// Pictures of one text.
pub const MOST: usize = 60;

/// What stands for the description until it is written.
pub const DESCRIBE: &str = "what it shows";

const FOLDER: &str = "/pictures/";

/// The address of a picture.
pub fn href(picture: &PictureId) -> String {
    format!("{FOLDER}{picture}")
}

/// The picture as it is written into a text.
pub fn markdown(picture: &PictureId) -> String {
    format!("![{DESCRIBE}]({})", href(picture))
}

/// The key of a picture of a size; `hash` is of what makes it that picture.
pub fn key(width: u32, height: u32, hash: &str) -> Option<PictureId> {
    PictureId::parse(&format!("{width}x{height}-{hash}"))
}

/// The picture that an address is of, with its width and height in pixels. Who
/// writes another size there gets a picture that is not there, and no larger
/// place for it than the largest takes.
pub fn of_address(address: &str) -> Option<(PictureId, u32, u32)> {
    let picture = PictureId::parse(address.strip_prefix(FOLDER)?)?;
    let (size, hash) = picture.as_str().split_once('-')?;
    let (width, height) = size.split_once('x')?;
    let side = |text: &str| text.parse::<u32>().ok().filter(|side| (1..=SIDE).contains(side));
    let (width, height) = (side(width)?, side(height)?);
    (!hash.is_empty()).then_some((picture, width, height))
}

/// Where a picture is to stand, as forms name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    Thread(ThreadId),
    Group(GroupId),
    Course(CourseId),
}

impl Asked {
    /// Of the fields of a form; empty ones are as good as none.
    pub fn parse(thread: &str, group: &str, course: &str) -> Result<Self> {
        let thread = ThreadId::parse(thread).map(Self::Thread);
        let group = || GroupId::parse(group).map(Self::Group);
        let course = || CourseId::parse(course).map(Self::Course);
        thread.or_else(group).or_else(course).ok_or(AppError::NotFound)
    }

    /// As an address asks for it.
    pub fn query(&self) -> String {
        match self {
            Self::Thread(id) => format!("thread={id}"),
            Self::Group(id) => format!("group={id}"),
            Self::Course(id) => format!("course={id}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_how_large_its_picture_is() {
        let picture = key(640, 480, "0a1b").unwrap();
        assert_eq!(href(&picture), "/pictures/640x480-0a1b");
        assert_eq!(of_address(&href(&picture)), Some((picture, 640, 480)));
        for bad in [
            "/pictures/0x480-0a1b",
            "/pictures/640x1601-0a1b",
            "/pictures/640x480-",
            "/pictures/640x480",
            "/pictures/new",
            "/pictures/640x480-0a1b/x",
            "/pictures/640x480-0a1b?x",
            "/files/640x480-0a1b",
            "https://elsewhere.example/pictures/640x480-0a1b",
            "//elsewhere.example/pictures/640x480-0a1b",
        ] {
            assert_eq!(of_address(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_place_is_what_the_form_names() {
        let of = |thread, group, course| Asked::parse(thread, group, course).map(|asked| asked.query());
        assert_eq!(of("t", "", ""), Ok("thread=t".into()));
        assert_eq!(of("", "g", ""), Ok("group=g".into()));
        assert_eq!(of("", "", "c"), Ok("course=c".into()));
        assert_eq!(of("", "", "C;"), Err(AppError::NotFound));
    }
}
