use serde::{Deserialize, Serialize};

use crate::courses::model::Aligned;
use crate::id::ResourceId;

/// What a resource is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    Article,
    Book,
    Report,
    Template,
    Tool,
    Video,
}

impl Kind {
    pub const ALL: [Self; 6] = [
        Self::Article,
        Self::Book,
        Self::Report,
        Self::Template,
        Self::Tool,
        Self::Video,
    ];

    /// The word in the database and in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Book => "book",
            Self::Report => "report",
            Self::Template => "template",
            Self::Tool => "tool",
            Self::Video => "video",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Article => "Article",
            Self::Book => "Book",
            Self::Report => "Report",
            Self::Template => "Template",
            Self::Tool => "Tool",
            Self::Video => "Video",
        }
    }

    pub fn plural(self) -> &'static str {
        match self {
            Self::Article => "Articles",
            Self::Book => "Books",
            Self::Report => "Reports",
            Self::Template => "Templates",
            Self::Tool => "Tools",
            Self::Video => "Videos",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resource {
    pub id: ResourceId,
    /// Its name in addresses.
    pub slug: String,
    pub title: String,
    pub kind: Option<Kind>,
    /// An address on the web, `http` or `https`.
    pub url: String,
    pub publisher: String,
    pub summary: String,
    pub minutes: u32,
    pub aligned: Vec<Aligned>,
}

/// One page of the resources, of one kind or of all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResourcesPage {
    pub kind: Option<Kind>,
    pub resources: Vec<Resource>,
    pub count: u32,
    pub page: u32,
    pub pages: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_one_word() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.as_str()), Some(kind));
        }
        assert_eq!(Kind::parse("podcast"), None);
    }
}
