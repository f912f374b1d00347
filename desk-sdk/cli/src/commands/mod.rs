//! What each word of the command line does.

pub(crate) mod export;
pub(crate) mod scopes;
pub(crate) mod snapshot;
