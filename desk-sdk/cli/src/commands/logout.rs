//! `desk logout`.

use std::process::ExitCode;

use clap::Args;
use desk_cli::access::{AccessError, ChosenProfile, variable};
use desk_cli::problem::Problem;
use desk_cli::profile::Profiles;
use desk_sdk::auth::{AuthError, revoke};

use super::chosen::chosen;
use super::ending::{end, print, runtime, say};

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

    fn sign_out(&self, profile: Option<&str>) -> Result<ExitCode, Problem> {
        if profile.is_none() && variable("DESK_TOKEN").is_some() {
            return Err(Problem::usage(
                "DESK_TOKEN says where the token is, and only tokens of profiles are revoked here: name the profile with \
                 --profile",
            ));
        }
        let chosen = chosen(profile)?;
        let name = &chosen.name;
        if chosen.profile.temporary {
            return self.forget_local(&chosen);
        }
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

    /// The profile of a local server: its token ends with the server, so there is nothing to revoke.
    fn forget_local(&self, chosen: &ChosenProfile) -> Result<ExitCode, Problem> {
        let name = &chosen.name;
        if !self.forget {
            return Err(Problem::usage(format!(
                "the profile {name} belongs to a local server, and ends with its `desk mock`. If that was killed, `desk \
                 profiles remove {name}` removes the profile"
            )));
        }
        chosen.kept().forget()?;
        Profiles::remove(&chosen.folder, name)?;
        print(&format!("removed: profile {name}\n"))
    }
}

/// Whether there was a token to revoke.
fn revoked(chosen: &ChosenProfile) -> Result<bool, Problem> {
    let client = match chosen.client() {
        Err(AccessError::NotSignedIn(_)) => return Ok(false),
        client => client?,
    };
    match runtime()?.block_on(revoke(&client, &chosen.kept())) {
        Err(AuthError::NotSignedIn) => Ok(false),
        other => Ok(other.map(|()| true)?),
    }
}
