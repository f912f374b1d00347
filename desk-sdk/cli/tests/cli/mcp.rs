//! `desk mcp`, as clients of the protocol use it.

mod calls;
pub(crate) mod client;
mod consent;
mod http;
mod listed;
mod protocol;
mod python;
