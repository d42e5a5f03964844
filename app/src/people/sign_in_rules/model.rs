use serde::{Deserialize, Serialize};

/// What site administrators see of how people sign in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInRules {
    pub administrators_need_second_factor: bool,
    /// Whether whoever looks has one: nobody asks of others what they lack.
    pub has_second_factor: bool,
}
