use serde::{Deserialize, Serialize};

use crate::id::LetterId;

/// How mail stands, for site administrators. What a letter says is for its
/// reader alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailState {
    /// What letters come from, where mail is configured.
    pub from: Option<String>,
    /// Letters that wait to be sent, those tried already included.
    pub waiting: u32,
    /// The latest letters that could not be sent yet, or were given up, and how
    /// many there are.
    pub stuck: Vec<StuckLetter>,
    pub stuck_count: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StuckLetter {
    pub id: LetterId,
    pub recipient: String,
    pub subject: String,
    pub written: String,
    pub tries: u32,
    pub problem: String,
    pub given_up: bool,
}

/// Times a letter is tried before it is given up: about half a day.
pub const MOST_TRIES: u32 = 10;

/// Seconds to wait after so many tries: one minute, then twice as long each
/// time, four hours at most.
pub fn pause(tries: u32) -> u32 {
    const LONGEST: u32 = 4 * 60 * 60;
    60_u32
        .saturating_mul(2_u32.saturating_pow(tries.saturating_sub(1)))
        .min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end() {
        assert_eq!([pause(1), pause(2), pause(5)], [60, 120, 960]);
        assert_eq!(pause(MOST_TRIES), 4 * 60 * 60);
        assert_eq!(pause(u32::MAX), 4 * 60 * 60);
        let hours: u32 = (1..MOST_TRIES).map(pause).sum::<u32>() / 3600;
        assert_eq!(hours, 8);
    }
}
