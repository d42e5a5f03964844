//! Role profiles in the studio.

mod levels;
mod list;
mod making;
mod profile;

pub use list::ROLE_PROFILES;
pub use making::NEW_ROLE_PROFILE;
pub use profile::ROLE_PROFILE;

use super::model::SetHead;
use crate::paths::segment;
use crate::ui::Crumb;

fn crumbs(set: &SetHead) -> Vec<Crumb> {
    vec![
        Crumb::new("/studio", "Studio"),
        Crumb::new(format!("/index/{}", segment(&set.slug)), set.title.clone()),
    ]
}
