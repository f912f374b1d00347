//! `desk profiles`.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use desk_cli::access::ChosenProfile;
use desk_cli::completing;
use desk_cli::problem::Problem;
use desk_cli::profile::{ConfigFolder, ProfileName, Profiles};
use desk_sdk::auth::TokenStore as _;
use serde_json::{Value, json};

use super::ending::{end, print, runtime};

#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Arguments {
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(subcommand)]
    change: Option<Change>,
}

#[derive(Debug, Subcommand)]
enum Change {
    /// Make a profile the one that is used where none is named
    Default {
        /// The profile
        #[arg(add = completing::profiles())]
        name: String,
    },
    /// Remove a profile that is signed out, or that a local server left behind
    Remove {
        /// The profile
        #[arg(add = completing::profiles())]
        name: String,
        /// Remove it and its secrets, even if it is signed in: the token then stays valid
        #[arg(long)]
        forget: bool,
    },
}

impl Arguments {
    pub(crate) fn run(self) -> ExitCode {
        end(match self.change {
            None => list(self.json),
            Some(Change::Default { name }) => make_default(&name),
            Some(Change::Remove { name, forget }) => remove(&name, forget),
        })
    }
}

fn list(json: bool) -> Result<ExitCode, Problem> {
    let profiles = Profiles::read(&ConfigFolder::find()?)?;
    let is_default = |name: &ProfileName| profiles.default_name() == Some(name);
    if json {
        let all = profiles.iter().map(|(name, profile)| {
            json!({
                "name": name.as_str(),
                "default": is_default(name),
                "address": profile.desk_address(),
                "organization": profile.organization,
                "client_id": profile.client_id,
                "store": profile.store.name(),
                "temporary": profile.temporary,
            })
        });
        return print(&format!("{:#}\n", Value::from_iter(all)));
    }
    let mut text = String::new();
    for (name, profile) in profiles.iter() {
        let mark = if is_default(name) { '*' } else { ' ' };
        let organization = profile.organization.as_deref().unwrap_or("-");
        let (address, store) = (profile.desk_address(), profile.store);
        text.push_str(&format!("{mark} {:<20} {address:<28} {organization:<16} {store}\n", name.as_str()));
    }
    match text.is_empty() {
        true => print("no profiles yet; `desk login` makes one\n"),
        false => print(&text),
    }
}

fn make_default(name: &str) -> Result<ExitCode, Problem> {
    let name = name.parse()?;
    Profiles::set_default(&ConfigFolder::find()?, &name)?;
    print(&format!("the default profile is {name}\n"))
}

fn remove(name: &str, forget: bool) -> Result<ExitCode, Problem> {
    let chosen = ChosenProfile::named(name)?;
    let (name, kept) = (&chosen.name, chosen.kept());
    let is_signed_in = || {
        let token = runtime()?.block_on(kept.load()).map_err(|error| Problem::failed(error.to_string()))?;
        Ok::<bool, Problem>(token.is_some_and(|token| token.refresh_token.is_some()))
    };
    // What a local server wrote is worth nothing without it.
    if !forget && !chosen.profile.temporary && is_signed_in()? {
        return Err(Problem::usage(format!(
            "the profile {name} is signed in: `desk logout --profile {name}` revokes its token first, or --forget \
             leaves the token valid"
        )));
    }
    kept.forget()?;
    Profiles::remove(&chosen.folder, name)?;
    print(&format!("removed: profile {name}\n"))
}
