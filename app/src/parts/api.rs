use leptos::prelude::*;

use crate::error::Result;

/// Whether the style page is for the viewer: for site administrators, and for
/// everyone where Carrel is being developed.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_parts() -> Result<()> {
    let development = crate::state::state().site.is_development();
    if development || crate::state::viewer().site_administrator {
        Ok(())
    } else {
        Err(crate::error::AppError::NotFound)
    }
}
