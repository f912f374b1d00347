//! `desk scopes`.

mod audit;
mod chosen;
mod list;
mod needs;
mod one;
mod output;

pub(crate) use self::list::risk;

use std::process::ExitCode;

use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub(crate) enum Scopes {
    /// List operations with the scopes they need
    #[command(after_help = list::HELP)]
    List(list::Arguments),
    /// Explain what one operation needs, and how that is known
    Explain(one::Arguments),
    /// Check whether scopes are enough for operations, and what is too much
    #[command(after_help = needs::CHECK_HELP)]
    Check(needs::CheckArguments),
    /// Read the source of a program, and tell which operations it uses and which scopes that takes
    #[command(after_help = audit::HELP)]
    Audit(audit::Arguments),
    /// Tell which operations need other scopes now
    #[command(after_help = needs::DIFF_HELP)]
    Diff(needs::DiffArguments),
    /// Print the address where a person consents to the smallest set of scopes
    #[command(after_help = needs::URL_HELP)]
    Url(needs::UrlArguments),
}

impl Scopes {
    pub(crate) fn run(self, profile: Option<&str>) -> ExitCode {
        let done = match self {
            Self::List(arguments) => arguments.run(),
            Self::Explain(arguments) => arguments.run(),
            Self::Check(arguments) => arguments.run(profile),
            Self::Audit(arguments) => arguments.run(profile),
            Self::Diff(arguments) => arguments.run(),
            Self::Url(arguments) => arguments.run(),
        };
        done.unwrap_or_else(|error| output::refuse(error.as_ref()))
    }
}
