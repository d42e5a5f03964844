use serde::{Deserialize, Serialize};

use crate::people::second_factor::model::FactorAsked;

/// What the page of one's address shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// What is asked beside the password before it changes.
    pub factor: FactorAsked,
    pub email: String,
    /// When a letter to it was answered.
    pub confirmed: Option<String>,
    /// The address that a letter was sent to last, and is not confirmed yet.
    pub asked: Option<String>,
    /// Whether letters are sent at all.
    pub mail: bool,
}
