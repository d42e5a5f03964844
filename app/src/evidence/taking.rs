//! Files on their way in: what the bytes are decides; pictures are written anew, and
//! what is kept as it came is looked into within bounds.

use tokio::sync::Semaphore;

use super::files::{Content, FileKind, FileLimits, FileName, of_content};
use crate::error::{AppError, Result};
use crate::profiles::pictures;

/// One at a time: an archive is read whole.
static PERMITS: Semaphore = Semaphore::const_new(1);

/// A file as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    pub name: FileName,
    pub kind: FileKind,
    /// Width and height of a picture in pixels.
    pub size: Option<(u32, u32)>,
    pub content: Vec<u8>,
}

/// Takes a file in that its person calls by this name.
///
/// # Errors
/// At the field `file`: it is too large, or none of the kinds that are taken.
pub async fn taken(name: &str, content: Vec<u8>, limits: &FileLimits) -> Result<Taken> {
    if content.len() > limits.bytes {
        return Err(AppError::field("file", limits.too_large()));
    }
    let name = FileName::cleaned(name);
    let permit = PERMITS
        .acquire()
        .await
        .map_err(|error| AppError::internal("wait for a file", error))?;
    let looked = tokio::task::spawn_blocking(move || (of_content(&content), content))
        .await
        .map_err(|error| AppError::internal("file", error));
    drop(permit);
    let (found, content) = looked?;
    match found.map_err(|message| AppError::field("file", message))? {
        Content::Document(kind) => Ok(Taken {
            name,
            kind,
            size: None,
            content,
        }),
        Content::Picture => {
            let picture = pictures::illustration(content).await?;
            let kind = match picture.kind {
                "image/jpeg" => FileKind::Jpeg,
                _ => FileKind::WebP,
            };
            Ok(Taken {
                name,
                kind,
                size: Some(picture.size),
                content: picture.content,
            })
        }
    }
}
