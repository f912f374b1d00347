//! Links to the pages of records, for a browser.

mod host;
mod link;
mod macros;
mod portal;
mod source;
#[cfg(test)]
mod tests;

pub use self::host::InvalidHost;
pub use self::link::{Link, LinkOrigin, Linked};
pub(crate) use self::macros::links;
pub use self::portal::Portal;
pub(crate) use self::source::{Links, Source};

/// Where the pages of one kind are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Site {
    /// The path on the data centre's host, with `{portal}` for the organization's name there.
    pub(crate) shared: &'static str,
    /// The path on a host of the organization's own.
    pub(crate) own: &'static str,
}

/// Whose page a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Page {
    /// The agents' page.
    Agent,
    /// The page in the help center, for customers.
    HelpCenter,
}
