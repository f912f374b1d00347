//! What operations need: their scopes, where these are known from, and what a token lacks or has too much of.
//!
//! | modules | responsibility |
//! | --- | --- |
//! | `text` | what nobody can misuse: on a terminal, in Markdown, in HTML |
//! | `origin`, `entry` | the operations, with where their scopes are known from |
//! | `words` | a requirement in words |
//! | `names`, `named`, `filter` | which operations are meant |
//! | `granted` | scopes as people paste them |
//! | `listing` | operations as a table, JSON, CSV or Markdown |
//! | `explain`, `check`, `changes`, `consent` | one question each |
//! | `page` | the picture |

mod changes;
mod check;
mod consent;
mod entry;
mod explain;
mod filter;
mod granted;
mod listing;
mod named;
mod names;
mod origin;
mod page;
mod text;
mod words;

pub use self::changes::{Changes, Requirements};
pub use self::check::Check;
pub use self::consent::{Consent, smallest};
pub use self::entry::{Entry, entries, entry};
pub use self::explain::Explanation;
pub use self::filter::{Filter, Requires};
pub use self::granted::granted;
pub use self::listing::{Format, listing};
pub use self::named::named;
pub(crate) use self::named::refused;
pub(crate) use self::names::likely;
pub use self::names::{families, operations};
pub use self::origin::{Evidence, Fact};
pub use self::page::{Usage, page};
pub(crate) use self::text::visible;
pub use self::text::{html, line, markdown};
pub(crate) use self::words::count;
pub use self::words::requirement;

/// What cannot be done as asked: what is wrong, where, and what to do.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ScopesError(String);

impl ScopesError {
    /// What is wrong.
    pub fn new(problem: impl Into<String>) -> Self {
        Self(problem.into())
    }
}
