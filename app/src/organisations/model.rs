use serde::{Deserialize, Serialize};

use crate::id::{OrganisationId, PersonId};
use crate::viewer::Role;

/// What an organisation's page shows to its members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    pub id: OrganisationId,
    pub slug: String,
    pub name: String,
    pub place: String,
    pub kind: String,
    /// Those above it, nearest first, as slug and name.
    pub above: Vec<(String, String)>,
    /// Those directly beneath it.
    pub beneath: Vec<(String, String)>,
    pub members: Vec<Member>,
    pub page: u32,
    pub pages: u32,
    /// Whether the viewer may invite people and see their roles.
    pub may_administer: bool,
    /// What the address of an invitation begins with, for those who invite.
    pub join_at: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    pub id: PersonId,
    pub name: String,
    pub title: String,
    /// Shown to administrators only; empty for others.
    pub roles: Vec<Role>,
}
