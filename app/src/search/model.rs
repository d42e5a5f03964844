use serde::{Deserialize, Serialize};

/// The longest query that is looked at, in characters.
pub const QUERY_CHARACTERS: usize = 120;

/// What was found, in groups.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    pub query: String,
    pub groups: Vec<FoundGroup>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundGroup {
    pub title: String,
    pub hits: Vec<Hit>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    pub href: String,
    pub title: String,
    pub place: String,
}

/// A query as it is looked for: single spaces, bounded; nothing when empty.
pub fn query(raw: &str) -> Option<String> {
    let text = raw.split_whitespace().collect::<Vec<_>>().join(" ");
    let bounded: String = text
        .chars()
        .filter(|c| !c.is_control())
        .take(QUERY_CHARACTERS)
        .collect();
    (!bounded.is_empty()).then_some(bounded)
}

#[cfg(test)]
mod tests {
    use super::query;

    #[test]
    fn a_query_is_tidied_and_bounded() {
        assert_eq!(query("  the   budget ").as_deref(), Some("the budget"));
        assert_eq!(query(" \n"), None);
        assert_eq!(query(&"x".repeat(500)).map(|text| text.len()), Some(120));
    }
}
