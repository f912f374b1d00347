//! How a command fails: its exit code, and what is said.

use std::error::Error as _;
use std::fmt;
use std::io::{self, Write as _};
use std::process::ExitCode;

use desk_cli::access::AccessError;
use desk_cli::call::{Problem, explained, is_unreached};
use desk_cli::profile::ProfileError;
use desk_cli::scopes::{ScopesError, line};
use desk_sdk::auth::AuthError;
use desk_sdk::reqwest::Url;

/// Something went wrong on the way.
const FAILED: u8 = 1;
/// It cannot be done as asked.
const USAGE: u8 = 2;
/// The token is missing, refused, or lacks scopes.
const NOT_ALLOWED: u8 = 3;
/// The day's credits or the tokens of ten minutes are spent.
const SPENT: u8 = 4;

/// Why a command did not do what it should.
#[derive(Debug)]
pub(super) struct Failure {
    code: u8,
    text: String,
    /// Whether nothing listens where the call went.
    unreached: bool,
}

impl Failure {
    /// What was asked for cannot be done.
    pub(super) fn usage(text: impl Into<String>) -> Self {
        Self { code: USAGE, text: text.into(), unreached: false }
    }

    /// Something went wrong on the way.
    pub(super) fn failed(text: impl Into<String>) -> Self {
        Self { code: FAILED, text: text.into(), unreached: false }
    }

    /// The same, with something to add.
    pub(super) fn with(self, text: &str) -> Self {
        Self { text: format!("{}{text}", self.text), ..self }
    }

    /// The same for a call to this address of Desk, which is told if nothing listens there.
    pub(super) fn at(self, address: &str) -> Self {
        if !self.unreached {
            return self;
        }
        let host = Url::parse(address).ok().and_then(|address| address.host_str().map(str::to_owned));
        let is_local = host.is_some_and(|host| ["localhost", "127.0.0.1", "[::1]"].contains(&host.as_str()));
        let ask = if is_local { ": is `desk mock` running?" } else { "" };
        self.with(&format!("; nothing listens at {address}{ask}"))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl From<Problem> for Failure {
    fn from(Problem { code, text, unreached }: Problem) -> Self {
        Self { code, text, unreached }
    }
}

impl From<AccessError> for Failure {
    fn from(error: AccessError) -> Self {
        let missing = error.is_token_missing();
        match error {
            AccessError::Profile(error) => error.into(),
            other => {
                Self { code: if missing { NOT_ALLOWED } else { USAGE }, text: other.to_string(), unreached: false }
            }
        }
    }
}

impl From<ProfileError> for Failure {
    fn from(error: ProfileError) -> Self {
        let asked_wrong =
            matches!(error, ProfileError::Unknown { .. } | ProfileError::Name(_) | ProfileError::File { .. });
        Self { code: if asked_wrong { USAGE } else { FAILED }, text: error.to_string(), unreached: false }
    }
}

impl From<ScopesError> for Failure {
    fn from(error: ScopesError) -> Self {
        Self::usage(error.to_string())
    }
}

impl From<AuthError> for Failure {
    fn from(error: AuthError) -> Self {
        let code = match &error {
            AuthError::InvalidCode
            | AuthError::InvalidClient
            | AuthError::InvalidClientSecret
            | AuthError::NoConsent { .. }
            | AuthError::NotSignedIn => NOT_ALLOWED,
            AuthError::Refused { status, .. } if *status < 500 => NOT_ALLOWED,
            AuthError::Throttled | AuthError::BudgetSpent { .. } => SPENT,
            _ => FAILED,
        };
        let mut text = error.to_string();
        let mut source = error.source();
        while let Some(reason) = source {
            let reason_text = reason.to_string();
            if !text.contains(&reason_text) {
                text = format!("{text}: {reason_text}");
            }
            source = reason.source();
        }
        Self { code, text, unreached: false }
    }
}

impl From<desk_sdk::Error> for Failure {
    fn from(error: desk_sdk::Error) -> Self {
        let code = match &error {
            error if error.is_rate_limited() => SPENT,
            error if error.is_unauthorized() || error.is_forbidden() => NOT_ALLOWED,
            desk_sdk::Error::Auth { source, .. } => Self::from(source.clone()).code,
            desk_sdk::Error::Configuration(_) | desk_sdk::Error::InvalidCall(_) => USAGE,
            _ => FAILED,
        };
        Self { code, text: explained(&error), unreached: is_unreached(&error) }
    }
}

/// Says how a command ended, unless it went well.
pub(super) fn end(result: Result<ExitCode, Failure>) -> ExitCode {
    result.unwrap_or_else(|Failure { code, text, .. }| {
        say(&if code == Problem::INTERRUPTED { text } else { format!("error: {text}") });
        ExitCode::from(code)
    })
}

/// The same for what has no other good ending than one.
pub(super) fn finish(result: Result<(), Failure>) -> ExitCode {
    end(result.map(|()| ExitCode::SUCCESS))
}

/// Says something to the person, apart from what is printed.
pub(super) fn say(text: &str) {
    for part in text.lines() {
        // Nobody may be listening any more.
        let _ = writeln!(io::stderr(), "{}", line(part));
    }
}

/// Prints a result. Whoever reads it may have seen enough, which is no failure.
pub(super) fn print(text: &str) -> Result<ExitCode, Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::failed(format!("cannot print: {error}")))
        }
        _ => Ok(ExitCode::SUCCESS),
    }
}

/// A runtime for what waits.
pub(super) fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.map_err(|error| Failure::failed(format!("cannot start: {error}")))
}
