//! Brotli and gzip beside every file they make smaller; what has them keeps them.

use std::{
    io::Write,
    path::{Path, PathBuf},
    sync::Mutex,
    thread,
};

use anyhow::{Result, anyhow};

use crate::files::{below, read, write};

const COMPRESSED_ALREADY: [&str; 8] = ["woff2", "png", "jpg", "jpeg", "webp", "avif", "br", "gz"];

pub fn tree(folder: &Path) -> Result<()> {
    let mut files = below(folder)?;
    files.retain(|path| {
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        !COMPRESSED_ALREADY.contains(&extension.as_str())
    });
    let next = Mutex::new(files.into_iter());
    thread::scope(|scope| {
        let workers: Vec<_> = (0..2)
            .map(|_| {
                scope.spawn(|| {
                    loop {
                        let Some(path) = next.lock().ok().and_then(|mut files| files.next()) else {
                            return Ok(());
                        };
                        both(&path)?;
                    }
                })
            })
            .collect();
        workers
            .into_iter()
            .try_for_each(|worker| worker.join().map_err(|_| anyhow!("compression panicked"))?)
    })
}

fn both(path: &Path) -> Result<()> {
    if with(path, "br").is_file() {
        return Ok(());
    }
    let plain = read(path)?;
    for (extension, small) in [("br", brotli(&plain)?), ("gz", gzip(&plain)?)] {
        if small.len() < plain.len() {
            write(&with(path, extension), &small)?;
        }
    }
    Ok(())
}

/// `site.css` → `site.css.br`
pub fn with(path: &Path, extension: &str) -> PathBuf {
    let mut path = path.as_os_str().to_owned();
    path.push(".");
    path.push(extension);
    path.into()
}

fn brotli(plain: &[u8]) -> Result<Vec<u8>> {
    let mut small = Vec::new();
    let settings = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: plain.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &plain[..], &mut small, &settings)?;
    Ok(small)
}

fn gzip(plain: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(plain)?;
    Ok(encoder.finish()?)
}
