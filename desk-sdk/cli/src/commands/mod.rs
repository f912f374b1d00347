//! What each word of the command line does.

pub(crate) mod call;
mod chosen;
pub(crate) mod completions;
mod ending;
pub(crate) mod export;
pub(crate) mod find;
pub(crate) mod help;
pub(crate) mod login;
pub(crate) mod logout;
pub(crate) mod man;
pub(crate) mod mcp;
pub(crate) mod mock;
pub(crate) mod orgs;
pub(crate) mod profiles;
pub(crate) mod request;
pub(crate) mod scopes;
pub(crate) mod snapshot;
mod terminal;
mod waits;
pub(crate) mod whoami;
