//! What a company puts around the SDK, for all its programs.

use std::ops::Deref;

pub use zoho as desk;
pub use zoho::Client as Raw;

pub mod prelude {
    //! What every program wants.

    pub use crate::desk::knowledge_base::*;
    pub use crate::desk::tickets::{GetThreads, GetTickets as Tickets};
    pub use crate::{Desk, Failure, each};
}

/// Why something failed.
pub type Failure = desk::Error;

/// The company's client.
#[derive(Clone, Debug)]
pub struct Desk {
    raw: Raw,
    /// Whose it is.
    pub team: String,
}

impl Desk {
    /// A client for a team.
    ///
    /// # Errors
    ///
    /// If it cannot be built.
    pub fn of_team(team: &str) -> Result<Self, Failure> {
        let raw = Raw::builder().access_token(std::env::var("DESK_TOKEN").unwrap_or_default()).build()?;
        Ok(Self { raw, team: team.to_owned() })
    }
}

impl Deref for Desk {
    type Target = Raw;

    fn deref(&self) -> &Raw {
        &self.raw
    }
}

impl AsRef<Raw> for Desk {
    fn as_ref(&self) -> &Raw {
        &self.raw
    }
}

/// Calls for each of some things, one after the other.
///
/// # Errors
///
/// With the first failure.
pub async fn each<T, A, F>(
    desk: &Desk,
    things: impl IntoIterator<Item = T>,
    call: impl Fn(&Raw, T) -> F,
) -> Result<Vec<A>, Failure>
where
    F: Future<Output = Result<A, Failure>>,
{
    let mut answers = Vec::new();
    for thing in things {
        answers.push(call(desk, thing).await?);
    }
    Ok(answers)
}
