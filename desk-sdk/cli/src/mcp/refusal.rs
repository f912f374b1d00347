//! What a model is told of a call that was not made, or failed: what is wrong, and what can be done about it.

use desk_sdk::{Error, MissingScopes, Operation, Risk, WalkError};

use crate::problem::is_unreached;
use crate::scopes::line;

/// The kind of a call that reached nobody.
const UNREACHED: &str = "unreached";

/// A call that did not succeed, in words that a model can act on.
#[derive(Debug)]
pub(super) struct Refusal {
    /// What kind of reason it is, for programs.
    pub(super) kind: &'static str,
    /// What is wrong, and what to do.
    pub(super) text: String,
}

impl Refusal {
    pub(super) fn new(kind: &'static str, text: impl Into<String>) -> Self {
        Self { kind, text: text.into() }
    }

    /// Wrong arguments of a tool.
    pub(super) fn arguments(text: impl Into<String>) -> Self {
        Self::new("wrong_arguments", text)
    }

    /// An operation that exists and is not served.
    pub(super) fn not_served(operation: &Operation, max_risk: Risk) -> Self {
        if operation.risk > max_risk {
            return Self::new(
                "risk",
                format!(
                    "{} is {}, and this server makes calls that are at most {max_risk}; nothing was sent. Only the \
                     person who starts the server can allow it, with --max-risk {}",
                    operation.id, operation.risk, operation.risk
                ),
            );
        }
        let text = format!(
            "{} is not among the operations that this server was started with; nothing was sent. Only the person who \
             starts it can add it, with --families or --operations",
            operation.id
        );
        Self::new("not_served", text)
    }

    /// What went wrong with a call.
    pub(super) fn of(error: &Error, operation: &Operation) -> Self {
        let (kind, text) = told(error, operation);
        let mut text = line(&text);
        if operation.risk > Risk::Safe && error.may_have_been_made() {
            text.push_str(". It may have been carried out all the same: look before doing it again");
        }
        Self { kind, text }
    }
}

impl Refusal {
    /// The same by a server that calls this address of Desk.
    pub(super) fn at(self, address: &str) -> Self {
        if self.kind != UNREACHED {
            return self;
        }
        let text = format!(
            "{}; nothing listens at {address}. Only the person who started this server can change that",
            self.text
        );
        Self { text, ..self }
    }
}

fn told(error: &Error, operation: &Operation) -> (&'static str, String) {
    let id = operation.id;
    match error {
        Error::Page(page) => told(&page.reason, operation),
        Error::MissingScopes(missing) => ("scopes", scopes(missing, operation)),
        Error::UnknownArgument(_) => ("wrong_arguments", format!("{error}. describe_operation has all of {id}")),
        Error::InvalidCall(_) => ("wrong_arguments", error.to_string()),
        Error::Walk(WalkError::TooDeep { from, instead, .. }) => {
            let other = instead.map_or_else(String::new, |other| format!(", or use {other} with a range of time"));
            ("too_deep", format!("Desk gives no records of {id} from index {from} on. Narrow the call{other}"))
        }
        Error::Walk(WalkError::OtherPosition { .. }) => (
            "position",
            format!("the position belongs to another call: repeat exactly the arguments of {id} that it came with"),
        ),
        Error::FileTooLarge { .. } => {
            ("too_large", format!("the file is too large to be answered. `desk call {id}` saves it to the disk"))
        }
        Error::AnswerTooLarge { limit, .. } => {
            ("too_large", format!("the answer has more than {limit} bytes. Ask for less at once"))
        }
        Error::DeadlineExceeded { deadline, .. } => {
            ("timeout", format!("Desk did not answer within {} seconds. Try again later", deadline.as_secs()))
        }
        error if error.is_missing_scopes() => {
            ("scopes", format!("{error}. `desk login --for {id}` asks the person for what is missing"))
        }
        error if error.is_unauthorized() => (
            "token",
            format!("{error}. The token has expired or was revoked: the person can sign in again, with `desk login`"),
        ),
        error if error.is_rate_limited() => ("credits", error.to_string()),
        error if error.is_not_found() => ("not_found", error.to_string()),
        error if error.is_timeout() => ("timeout", error.to_string()),
        error if is_unreached(error) => (UNREACHED, error.to_string()),
        error if error.is_transient() => ("transient", format!("{error}. It may work later")),
        Error::Api(_) => ("desk", error.to_string()),
        error => ("failed", error.to_string()),
    }
}

fn scopes(missing: &MissingScopes, operation: &Operation) -> String {
    format!(
        "{}; nothing was sent. The person can allow it with `desk login --for {}`; refreshing the token does not help",
        missing.need(),
        operation.id
    )
}
