//! Pictures as they come in: what the bytes are decides, within bounds.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use crate::error::{AppError, Result};

/// Pixels of a side as they are sent in.
pub(crate) const MOST_SIDE: u32 = 6_000;
/// Bytes while decoding.
pub(crate) const MOST_MEMORY: u64 = 160 * 1024 * 1024;
/// The picture as it was held when it was taken.
pub(crate) fn decode(bytes: Vec<u8>) -> Result<DynamicImage> {
    let unreadable = |_| {
        AppError::field(
            "file",
            format!("This picture cannot be read. JPEG, PNG and WebP of at most {MOST_SIDE} pixels a side can."),
        )
    };
    let format = image::guess_format(&bytes).map_err(unreadable)?;
    if !matches!(format, ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP) {
        return Err(AppError::field("file", "Choose a JPEG, PNG or WebP picture."));
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_SIDE);
    limits.max_image_height = Some(MOST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(unreadable)?;
    // As it was held when it was taken: what says so is not kept.
    let orientation = decoder.orientation().map_err(unreadable)?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(unreadable)?;
    image.apply_orientation(orientation);
    Ok(image)
}
