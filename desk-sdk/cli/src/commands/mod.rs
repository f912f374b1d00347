//! What each word of the command line does.

mod asking;
pub(crate) mod call;
pub(crate) mod completions;
pub(crate) mod ending;
pub(crate) mod export;
pub(crate) mod find;
pub(crate) mod help;
pub(crate) mod man;
pub(crate) mod mcp;
pub(crate) mod request;
pub(crate) mod scopes;
pub(crate) mod signals;
pub(crate) mod snapshot;
