//! `desk logout`.

use std::process::ExitCode;

use clap::Args;
use desk_cli::access::{AccessError, ChosenProfile};
use desk_sdk::auth::{AuthError, revoke};

use super::chosen::chosen;
use super::failure::{Failure, end, print, runtime, say};

pub(crate) const HELP: &str = "\
The refresh token is revoked at the accounts server, and with it all that was made from it; then the secrets are removed.
The profile's settings stay, so that `desk login` asks for less; `desk profiles remove NAME` removes them as well.

Exit codes: 0 signed out, 1 it could not be revoked, and everything was kept, 2 it cannot be done as asked, 3 the accounts
server refused, and everything was kept.";

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Remove the secrets even if the token cannot be revoked
    #[arg(long)]
    forget: bool,
}

impl Arguments {
    pub(crate) fn run(self, profile: Option<&str>) -> ExitCode {
        end(self.sign_out(profile))
    }

    fn sign_out(&self, profile: Option<&str>) -> Result<ExitCode, Failure> {
        let chosen = chosen(profile)?;
        let name = &chosen.name;
        let said = match revoked(&chosen) {
            Ok(true) => "signed out",
            Ok(false) => "was not signed in",
            Err(failure) if !self.forget => {
                return Err(failure.with(
                    ". The token was not revoked, and everything is kept; `desk logout --forget` removes the secrets all \
                     the same",
                ));
            }
            Err(failure) => {
                say(&format!(
                    "note: the token was not revoked: {failure}. It can be revoked in the account's settings"
                ));
                "forgotten"
            }
        };
        chosen.kept().forget()?;
        print(&format!("{said}: profile {name}\n"))
    }
}

/// Whether there was a token to revoke.
fn revoked(chosen: &ChosenProfile) -> Result<bool, Failure> {
    let client = match chosen.client() {
        Err(AccessError::NotSignedIn(_)) => return Ok(false),
        client => client?,
    };
    match runtime()?.block_on(revoke(&client, &chosen.kept())) {
        Err(AuthError::NotSignedIn) => Ok(false),
        other => Ok(other.map(|()| true)?),
    }
}
