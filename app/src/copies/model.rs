use serde::{Deserialize, Serialize};

use crate::id::CopyId;

/// How long a copy is kept, in days.
pub const DAYS: i64 = 7;

/// Where one's newest copy is at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyStatus {
    pub id: CopyId,
    /// When it was asked for.
    pub asked: String,
    pub state: State,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// So many parts of so many are in it.
    BeingMade {
        done: u32,
        of: u32,
    },
    Ready {
        /// "1.2 MB".
        size: String,
        /// The day on which it is forgotten.
        until: String,
    },
    Failed,
}

/// "850 bytes", "12.3 kB", "3.4 MB": as files are listed.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{}.{} kB", bytes / 1_000, bytes % 1_000 / 100),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_short() {
        assert_eq!(
            [size(900), size(8_012), size(3_460_000)],
            ["900 bytes", "8.0 kB", "3.4 MB"]
        );
    }
}
