//! Pictures on their way in: what the bytes are decides, not their name; they
//! are decoded within bounds and written anew, so that nothing but the picture
//! is kept.

use image::DynamicImage;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::webp::WebPEncoder;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use super::decoding::decode;
use super::model::PICTURE_BYTES;
use crate::error::{AppError, Result};
use crate::pictures::model::{self as text_pictures, MOST_BYTES};

/// One at a time: each may take as much memory as [`super::decoding::MOST_MEMORY`].
static PERMITS: Semaphore = Semaphore::const_new(1);

/// Pixels of a side as they are kept.
const SIDE: u32 = 256;

/// Types of pictures that are taken, for a form.
pub const TAKEN: &str = "image/jpeg,image/png,image/webp";

/// A picture as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    pub kind: &'static str,
    /// Of the content, in hexadecimal.
    pub hash: String,
    /// Width and height in pixels.
    pub size: (u32, u32),
    pub content: Vec<u8>,
}

/// A square out of the middle, as JPEG.
pub async fn portrait(bytes: Vec<u8>) -> Result<Picture> {
    made(bytes, PICTURE_BYTES, |image| {
        let side = image.width().min(image.height());
        let (x, y) = ((image.width() - side) / 2, (image.height() - side) / 2);
        let square = scaled(&image.crop_imm(x, y, side, side), SIDE, SIDE).into_rgb8();
        let mut content = Vec::new();
        JpegEncoder::new_with_quality(&mut content, 85)
            .encode_image(&square)
            .map(|()| ("image/jpeg", (SIDE, SIDE), content))
    })
    .await
}

/// The whole of it, as WebP, which keeps what is see-through.
pub async fn logo(bytes: Vec<u8>) -> Result<Picture> {
    made(bytes, PICTURE_BYTES, |image| lossless(&fitted(&image, SIDE))).await
}

/// The whole of it, for a text: as JPEG or WebP, whichever is smaller, so that
/// photographs stay small and what a screen shows stays sharp; as WebP where
/// something is see-through.
pub async fn illustration(bytes: Vec<u8>) -> Result<Picture> {
    let picture = made(bytes, MOST_BYTES, |image| {
        let small = fitted(&image, text_pictures::SIDE);
        let sharp = lossless(&small)?;
        if small.color().has_alpha() && small.to_rgba8().pixels().any(|pixel| pixel.0[3] < u8::MAX) {
            return Ok(sharp);
        }
        let (mut content, size) = (Vec::new(), (small.width(), small.height()));
        JpegEncoder::new_with_quality(&mut content, 85).encode_image(&small.into_rgb8())?;
        Ok(if content.len() < sharp.2.len() {
            ("image/jpeg", size, content)
        } else {
            sharp
        })
    })
    .await?;
    if picture.content.len() > MOST_BYTES {
        return Err(AppError::field(
            "file",
            "This picture is too detailed to be kept. Make it smaller.",
        ));
    }
    Ok(picture)
}

/// As it is kept: no side longer than `most`.
fn fitted(image: &DynamicImage, most: u32) -> DynamicImage {
    let longest = image.width().max(image.height());
    if longest <= most {
        return image.clone();
    }
    let fit = |side: u32| {
        u32::try_from(u64::from(side) * u64::from(most) / u64::from(longest)).map_or(most, |side| side.max(1))
    };
    scaled(image, fit(image.width()), fit(image.height()))
}

fn lossless(image: &DynamicImage) -> Encoded {
    let (mut content, size) = (Vec::new(), (image.width(), image.height()));
    image
        .to_rgba8()
        .write_with_encoder(WebPEncoder::new_lossless(&mut content))
        .map(|()| ("image/webp", size, content))
}

fn scaled(image: &DynamicImage, width: u32, height: u32) -> DynamicImage {
    if image.width() > width {
        image.thumbnail_exact(width, height)
    } else {
        image.resize_exact(width, height, image::imageops::FilterType::Triangle)
    }
}

/// The kind, width and height, and the content.
type Encoded = image::ImageResult<(&'static str, (u32, u32), Vec<u8>)>;

async fn made(
    bytes: Vec<u8>,
    most: usize,
    encode: impl FnOnce(DynamicImage) -> Encoded + Send + 'static,
) -> Result<Picture> {
    if bytes.is_empty() {
        return Err(AppError::field("file", "Choose a picture."));
    }
    if bytes.len() > most {
        return Err(AppError::field("file", too_large(most)));
    }
    let permit = PERMITS
        .acquire()
        .await
        .map_err(|error| AppError::internal("wait for a picture", error))?;
    let done = tokio::task::spawn_blocking(move || decode(bytes).map(encode))
        .await
        .map_err(|error| AppError::internal("picture", error));
    drop(permit);
    let (kind, size, content) = done??.map_err(|error| AppError::internal("write a picture", error))?;
    Ok(Picture {
        kind,
        hash: Sha256::digest(&content)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect(),
        size,
        content,
    })
}

/// What is said of a picture past the bound.
pub fn too_large(most: usize) -> String {
    format!("A picture has at most {} MB.", most / 1024 / 1024)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use image::ImageFormat;

    use super::*;
    use image::{Rgb, RgbImage};

    fn png(width: u32, height: u32) -> Vec<u8> {
        let image = RgbImage::from_fn(width, height, |x, y| Rgb([(x % 256) as u8, (y % 256) as u8, 90]));
        let mut bytes = Vec::new();
        image.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
        bytes
    }

    #[tokio::test]
    async fn a_portrait_is_a_square_of_one_size_and_the_same_each_time() {
        for (width, height) in [(600, 400), (40, 90), (256, 256)] {
            let picture = portrait(png(width, height)).await.unwrap();
            let read = image::load_from_memory(&picture.content).unwrap();
            assert_eq!((picture.kind, read.width(), read.height()), ("image/jpeg", 256, 256));
            assert_eq!(portrait(png(width, height)).await.unwrap(), picture);
        }
    }

    #[tokio::test]
    async fn a_logo_keeps_its_shape() {
        let picture = logo(png(600, 150)).await.unwrap();
        let read = image::load_from_memory(&picture.content).unwrap();
        assert_eq!((picture.kind, read.width(), read.height()), ("image/webp", 256, 64));
        assert!(logo(png(5_999, 1)).await.is_ok());
    }

    #[tokio::test]
    async fn a_picture_for_a_text_keeps_its_shape_and_what_is_see_through() {
        let picture = illustration(png(2_400, 600)).await.unwrap();
        let read = image::load_from_memory(&picture.content).unwrap();
        assert_eq!((read.width(), read.height()), (1_600, 400));
        assert_eq!(picture.size, (1_600, 400));
        assert_eq!(illustration(png(20, 10)).await.unwrap().size, (20, 10));
        let mut glass = Vec::new();
        image::RgbaImage::from_pixel(30, 20, image::Rgba([9, 9, 9, 0]))
            .write_to(&mut Cursor::new(&mut glass), ImageFormat::Png)
            .unwrap();
        let picture = illustration(glass).await.unwrap();
        let read = image::load_from_memory(&picture.content).unwrap().into_rgba8();
        assert_eq!((picture.kind, read.get_pixel(3, 3).0[3]), ("image/webp", 0));
    }

    #[tokio::test]
    async fn what_a_camera_wrote_beside_the_picture_is_not_kept() {
        let mut plain = Vec::new();
        RgbImage::from_fn(64, 32, |x, y| {
            Rgb([(x * 37 % 256) as u8, (y * 91 % 256) as u8, (x * y % 256) as u8])
        })
        .write_to(&mut Cursor::new(&mut plain), ImageFormat::Jpeg)
        .unwrap();
        // After the start of the image, a segment of a comment (JPEG, ISO/IEC 10918-1 §B.2.4.5).
        let comment = b"Taken at home";
        let mut taken = plain[..2].to_vec();
        taken.extend([0xff, 0xfe, 0, comment.len() as u8 + 2]);
        taken.extend(comment);
        taken.extend(&plain[2..]);
        let picture = illustration(taken).await.unwrap();
        assert!(!picture.content.windows(comment.len()).any(|part| part == comment));
        assert_eq!(picture.size, (64, 32));
    }

    #[tokio::test]
    async fn what_is_no_picture_or_too_large_is_refused() {
        let mut cut = png(300, 300);
        cut.truncate(cut.len() / 2);
        let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>".to_vec();
        let gif = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00".to_vec();
        for bad in [
            Vec::new(),
            b"hello".to_vec(),
            svg,
            gif,
            cut,
            vec![0; PICTURE_BYTES + 1],
            png(6_001, 1),
        ] {
            let error = portrait(bad).await.unwrap_err();
            assert!(error.at("file").is_some(), "{error:?}");
        }
    }

    #[tokio::test]
    async fn a_small_file_that_says_it_is_huge_is_refused_before_it_is_read() {
        let mut bomb = png(10, 10);
        // Width and height of the header (PNG §11.2.2): 50,000 each.
        bomb[16..24].copy_from_slice(&[0, 0, 0xc3, 0x50, 0, 0, 0xc3, 0x50]);
        assert!(portrait(bomb).await.is_err());
    }
}
