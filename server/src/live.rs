//! Live streams end when the server does.

use tokio_util::sync::CancellationToken;

/// Told to every open stream, so that a graceful stop need not wait for them.
#[derive(Debug, Clone, Default)]
pub struct Shutdown(pub CancellationToken);
