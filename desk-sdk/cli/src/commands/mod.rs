//! What each word of the command line does.

mod chosen;
pub(crate) mod export;
mod failure;
pub(crate) mod login;
pub(crate) mod logout;
pub(crate) mod mock;
pub(crate) mod orgs;
pub(crate) mod profiles;
pub(crate) mod scopes;
pub(crate) mod snapshot;
mod terminal;
pub(crate) mod whoami;
