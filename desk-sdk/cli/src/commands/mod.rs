//! What each word of the command line does.

pub(crate) mod export;
pub(crate) mod mcp;
pub(crate) mod scopes;
pub(crate) mod signals;
pub(crate) mod snapshot;
