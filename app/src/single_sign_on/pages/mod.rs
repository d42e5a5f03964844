//! Providers for site administrators, the ways into one's own account, and the
//! buttons beside the password.

mod buttons;
mod linked;
mod provider;
mod providers;

pub use buttons::Buttons;
pub use linked::LINKED;
pub use provider::PROVIDER;
pub use providers::PROVIDERS;
