//! Why something was not done, with the exit code that tells a script.
//!
//! | module | responsibility |
//! | --- | --- |
//! | `told` | errors of the client in the words of the command line |
//! | `reasons` | what becomes a problem, with its exit code |

mod reasons;
mod told;

use std::fmt;

use desk_sdk::reqwest::Url;
use desk_sdk::{Error, Risk};

pub(crate) use self::told::is_unreached;
pub use self::told::told;
use crate::access::Connection;
use crate::profile::is_this_computer;

/// Why something was not done, or failed. No message holds a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The exit code.
    pub code: u8,
    /// What is wrong, where, and what to do.
    pub text: String,
    cause: Cause,
}

/// What can be advised once it is known where a call went, and with whose token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cause {
    /// Nothing listens there.
    Unreached,
    /// The token lacks scopes for this operation.
    MissingScopes(&'static str),
    /// Nothing can be added.
    Other,
}

impl Problem {
    /// Something went wrong on the way.
    pub const FAILED: u8 = 1;
    /// It cannot be done as asked.
    pub const USAGE: u8 = 2;
    /// The token is missing, refused, or lacks scopes.
    pub const NOT_ALLOWED: u8 = 3;
    /// The day's credits are spent, or too many calls were made or tokens requested.
    pub const LIMITED: u8 = 4;
    /// Ended by a signal, as shells have it.
    pub const INTERRUPTED: u8 = 130;

    fn new(code: u8, text: impl Into<String>) -> Self {
        Self { code, text: text.into(), cause: Cause::Other }
    }

    /// Something went wrong on the way.
    pub fn failed(text: impl Into<String>) -> Self {
        Self::new(Self::FAILED, text)
    }

    /// It cannot be done as asked.
    pub fn usage(text: impl Into<String>) -> Self {
        Self::new(Self::USAGE, text)
    }

    /// It was ended by a signal.
    pub fn interrupted() -> Self {
        Self::new(Self::INTERRUPTED, "interrupted")
    }

    /// A call without the flag that its risk needs.
    pub(crate) fn too_risky(call: &str, risk: Risk, allowed: Risk) -> Self {
        let why = match risk {
            Risk::Safe => "only reads",
            Risk::Write => "changes something",
            Risk::Outbound => "may reach people outside of the organization",
            Risk::Destructive => "may destroy something for good",
        };
        Self::usage(format!(
            "{call} is {risk}: it {why}. Only {allowed} calls are made without --max-risk {risk}; nothing was sent"
        ))
    }

    /// The same, with something to add.
    #[must_use]
    pub fn with(self, text: &str) -> Self {
        Self { text: format!("{}{text}", self.text), ..self }
    }

    /// The same for a call over this connection, with what can be done about it there.
    #[must_use]
    pub fn at(self, connection: &Connection) -> Self {
        let advice = self.cause.advice(connection);
        self.with(&advice)
    }
}

/// What can be done about an error of a call over this connection, to be said after it; often nothing.
pub fn advice(error: &Error, connection: &Connection) -> String {
    Cause::of(error).advice(connection)
}

impl Cause {
    fn of(error: &Error) -> Self {
        match error.operation() {
            _ if is_unreached(error) => Self::Unreached,
            // Requests of unknown paths have no operation that a consent could be for.
            Some(id) if error.is_missing_scopes() && desk_sdk::operation(id).is_some() => Self::MissingScopes(id),
            _ => Self::Other,
        }
    }

    fn advice(self, connection: &Connection) -> String {
        match self {
            Self::Unreached => nobody_at(&connection.address),
            Self::MissingScopes(id) => {
                let profile = connection.profile.as_ref();
                let profile = profile.map(|chosen| format!(" --profile {}", chosen.name)).unwrap_or_default();
                format!(": `desk login{profile} --for {id}` asks for it")
            }
            Self::Other => String::new(),
        }
    }
}

fn nobody_at(address: &str) -> String {
    let ask = match Url::parse(address).is_ok_and(|address| is_this_computer(&address)) {
        true => ": is `desk mock` running?",
        false => "",
    };
    format!("; nothing listens at {address}{ask}")
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Problem {}
