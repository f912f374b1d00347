//! Over standard input and output.

use rmcp::service::ServerInitializeError;
use rmcp::transport::async_rw::AsyncRwTransport;
use rmcp::transport::stdio_pipes;
use rmcp::{RoleServer, ServiceExt as _};

use super::LARGEST_REQUEST;
use super::server::Server;

/// Serves until the input ends.
///
/// # Errors
///
/// If the other side does not speak the protocol, or the connection breaks.
pub async fn serve(server: Server) -> Result<(), String> {
    let (input, output) = stdio_pipes();
    let transport = AsyncRwTransport::<RoleServer, _, _>::new(input, output).with_max_line_length(LARGEST_REQUEST);
    match server.serve(transport).await {
        Ok(running) => running.waiting().await.map(drop).map_err(|error| error.to_string()),
        // Whoever started it has ended before it said anything.
        Err(ServerInitializeError::ConnectionClosed(_)) => Ok(()),
        Err(error) => Err(crate::scopes::line(&error.to_string())),
    }
}
