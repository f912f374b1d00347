//! How an export ended: what is said about it, and the program's exit code.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use desk_cli::access::Connection;
use desk_cli::export::{ExportError, Outcome, Settings, counted, shown};
use desk_cli::problem::advice;
use serde_json::json;

use super::counts::Counts;

/// Something went wrong on the way; it can be continued.
const FAILED: u8 = 1;
/// It cannot be done as asked.
const USAGE: u8 = 2;
/// The token is refused or lacks scopes.
const NOT_ALLOWED: u8 = 3;
/// The day's credits are spent, or at the floor.
const CREDITS: u8 = 4;
/// As shells have it for programs that SIGINT ends.
const INTERRUPTED: u8 = 130;

/// How an export ended.
#[derive(Debug)]
pub(super) struct End {
    outcome: &'static str,
    code: u8,
    text: Option<String>,
}

impl End {
    /// What was asked for cannot be done.
    pub(super) fn usage(problem: &str) -> Self {
        Self { outcome: "failed", code: USAGE, text: Some(format!("error: {problem}")) }
    }

    pub(super) fn of(
        result: Result<Outcome, ExportError>,
        connection: &Connection,
        settings: &Settings,
        told: Counts,
    ) -> Self {
        let again = "the same command with --resume continues";
        let to = settings.to.display();
        let (outcome, code, text) = match result {
            Ok(Outcome::Complete) => ("complete", 0, Some(complete(&settings.to, told))),
            Ok(Outcome::Limited) => ("limited", 0, Some(format!("as many records as wanted are in {to}; {again}"))),
            Ok(Outcome::Told) => ("told", 0, None),
            Ok(Outcome::Interrupted) => ("interrupted", INTERRUPTED, Some(format!("interrupted; {again}"))),
            Ok(Outcome::Credits(reason)) => ("credits", CREDITS, Some(format!("{reason}\n{again}"))),
            Ok(_) => ("unknown", FAILED, Some("it ended in a way that this program does not know".to_owned())),
            Err(error) => ("failed", code_of(&error), Some(format!("error: {}", explained(&error, connection)))),
        };
        Self { outcome, code, text }
    }

    /// Tells it, and gives the exit code.
    pub(super) fn tell(&self, json: bool) -> ExitCode {
        let Self { outcome, code, text } = self;
        if json {
            let end = json!({ "event": "end", "outcome": outcome, "code": code, "text": text });
            // Nobody may be listening any more; the exit code tells it all the same.
            let _ = writeln!(io::stdout(), "{end}");
        }
        if let Some(text) = text.as_deref().filter(|_| !json || *code != 0) {
            let _ = writeln!(io::stderr(), "{}", shown(text));
        }
        ExitCode::from(*code)
    }
}

/// What was done, which may be less than everything.
fn complete(to: &Path, Counts { planned, skipped }: Counts) -> String {
    let be = |count: u64, one: &str, more: &str| if count == 1 { one.to_owned() } else { more.to_owned() };
    let mut text =
        format!("complete: {} {} in {}", counted(planned, "resource"), be(planned, "is", "are"), to.display());
    if skipped > 0 {
        let were = be(skipped, "was", "were");
        text.push_str(&format!("; {skipped} {were} skipped because scopes are missing, or access is refused"));
    }
    text
}

/// What went wrong, and what can be done about it with this connection.
pub(crate) fn explained(error: &ExportError, connection: &Connection) -> String {
    format!("{error}{}", error.of_desk().map(|error| advice(error, connection)).unwrap_or_default())
}

pub(crate) fn code_of(error: &ExportError) -> u8 {
    match error {
        ExportError::NotAllowed(_) => NOT_ALLOWED,
        ExportError::Usage(_) | ExportError::TooDeep(_) => USAGE,
        ExportError::Table(error) if error.is_usage() => USAGE,
        error => match error.of_desk() {
            Some(refused) if refused.is_unauthorized() || refused.is_forbidden() => NOT_ALLOWED,
            _ => FAILED,
        },
    }
}
