use serde::{Deserialize, Serialize};

/// What the page of one's address shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Whether a code is asked for beside the password.
    pub has_second_factor: bool,
    pub email: String,
    /// When a letter to it was answered.
    pub confirmed: Option<String>,
    /// The address that a letter was sent to last, and is not confirmed yet.
    pub asked: Option<String>,
    /// Whether letters are sent at all.
    pub mail: bool,
}
