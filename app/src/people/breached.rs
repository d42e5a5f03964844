//! Passwords that became known elsewhere: a file that whoever runs this gives,
//! with a SHA-1 in hexadecimal a line, in order, as Pwned Passwords has them
//! (`HASH` or `HASH:COUNT`). It is looked through on disk, by halves: it may be
//! larger than the memory. Nobody outside is asked.

use std::fs::File;
use std::io::{Error, ErrorKind, Read, Result, Seek, SeekFrom};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use sha1::{Digest, Sha1};

/// Digits of a hash.
const DIGITS: usize = 40;
/// No line is longer.
const LINE: usize = 64;

/// Such a file; cheap to clone.
#[derive(Clone)]
pub struct Breached {
    file: Arc<Mutex<File>>,
    bytes: u64,
}

impl Breached {
    /// Opens a file, and sees that its beginning, middle and end are lines of
    /// hashes in order.
    pub fn open(path: &Path) -> Result<Self> {
        let file = File::open(path)?;
        let bytes = file.metadata()?.len();
        let list = Self {
            file: Arc::new(Mutex::new(file)),
            bytes,
        };
        let mut last = String::new();
        for part in 0..=8 {
            let Some((_, hash)) = list.line_from(bytes / 8 * part)? else {
                continue;
            };
            if hash < last {
                return Err(Error::new(ErrorKind::InvalidData, "its lines are not in order"));
            }
            last = hash;
        }
        if last.is_empty() {
            return Err(Error::new(ErrorKind::InvalidData, "it holds no hashes"));
        }
        Ok(list)
    }

    /// Whether a password is in it.
    pub fn has(&self, password: &str) -> Result<bool> {
        let hash = super::tokens::hexadecimal(&Sha1::digest(password.as_bytes())).to_uppercase();
        let (mut low, mut high) = (0, self.bytes);
        // The line looked for, if it is there, begins in low..high.
        while low < high {
            let middle = low + (high - low) / 2;
            match self.line_from(middle)? {
                Some((at, found)) if at < high => match found.cmp(&hash) {
                    std::cmp::Ordering::Equal => return Ok(true),
                    std::cmp::Ordering::Less => low = at + 1,
                    std::cmp::Ordering::Greater => high = middle,
                },
                _ => high = middle,
            }
        }
        Ok(false)
    }

    /// The first line that begins at or after `at`, with where it begins.
    fn line_from(&self, at: u64) -> Result<Option<(u64, String)>> {
        // The byte before tells whether a line begins here.
        let from = at.saturating_sub(1);
        let mut buffer = [0; 2 * LINE];
        let read = {
            let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(from))?;
            let mut read = 0;
            loop {
                match file.read(&mut buffer[read..])? {
                    0 => break read,
                    some => read += some,
                }
            }
        };
        let text = &buffer[..read];
        let begin = if at == 0 {
            0
        } else {
            match text.iter().take(LINE).position(|byte| *byte == b'\n') {
                Some(end) => end + 1,
                None if read <= LINE => return Ok(None),
                None => return Err(Error::new(ErrorKind::InvalidData, "a line of it is too long")),
            }
        };
        let line = &text[begin..];
        if line.is_empty() {
            return Ok(None);
        }
        let hash = line.get(..DIGITS).filter(|hash| hash.iter().all(u8::is_ascii_hexdigit));
        let ends = line.get(DIGITS).is_none_or(|next| matches!(next, b':' | b'\r' | b'\n'));
        match hash.filter(|_| ends).and_then(|hash| std::str::from_utf8(hash).ok()) {
            Some(hash) => Ok(Some((from + begin as u64, hash.to_uppercase()))),
            None => Err(Error::new(
                ErrorKind::InvalidData,
                "a line of it is no SHA-1 in hexadecimal",
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn file(lines: &str) -> tempfile::NamedTempFile {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(lines.as_bytes()).unwrap();
        file
    }

    fn hash(password: &str) -> String {
        crate::people::tokens::hexadecimal(&Sha1::digest(password.as_bytes())).to_uppercase()
    }

    #[test]
    fn every_line_is_found_and_nothing_else() {
        assert_eq!(hash("password"), "5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8");
        for count in [1, 2, 3, 10, 257] {
            for end in ["\n", "\r\n"] {
                let mut lines: Vec<String> = (0..count)
                    .map(|n| format!("{}:{}", hash(&format!("in {n}")), n * n))
                    .collect();
                lines.sort();
                let whole = lines.join(end);
                for text in [whole.clone(), format!("{whole}{end}"), whole.to_lowercase()] {
                    let kept = file(&text);
                    let list = Breached::open(kept.path()).unwrap();
                    for n in 0..count {
                        assert!(list.has(&format!("in {n}")).unwrap(), "{n} of {count}");
                        assert!(!list.has(&format!("out {n}")).unwrap(), "{n} of {count}");
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_no_such_file_is_refused_when_it_is_opened() {
        let one = hash("one");
        let (low, high) = ("0".repeat(40), "F".repeat(40));
        for bad in [
            String::new(),
            "hunter2\n".into(),
            format!("{high}\n{low}\n"),
            format!("{one}0\n"),
            "x".repeat(900),
        ] {
            assert!(Breached::open(file(&bad).path()).is_err(), "{bad}");
        }
        assert!(Breached::open(Path::new("/nowhere/at/all")).is_err());
    }
}
