//! `desk orgs`.

use std::process::ExitCode;

use clap::Args;
use desk_cli::access::Access;
use desk_cli::account::{Organization, organizations};
use desk_cli::problem::Problem;
use desk_cli::profile::Profiles;
use serde_json::Value;

use super::ending::{end, print, runtime};

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The organization that the profile's calls are made for from now on
    #[arg(long = "use", value_name = "ID")]
    chosen: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    access: Access,
}

impl Arguments {
    pub(crate) fn run(self) -> ExitCode {
        end(self.tell())
    }

    fn tell(&self) -> Result<ExitCode, Problem> {
        let connection = self.access.reading()?;
        let all = runtime()?.block_on(organizations(&connection.client));
        let all = all.map_err(|error| Problem::from(error).at(&connection))?;
        let Some(id) = &self.chosen else {
            let of_profile = connection.profile.and_then(|chosen| chosen.profile.organization);
            return self.list(&all, self.access.organization.as_ref().or(of_profile.as_ref()));
        };
        let chosen = connection.profile.ok_or_else(|| {
            Problem::usage("--use changes a profile, and there is none here: choose one with --profile")
        })?;
        let found = all.iter().find(|one| one.id == *id).ok_or_else(|| {
            let all = all.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            Problem::usage(format!("the token's user is not in organization {id}, but in {all}"))
        })?;
        let mut profile = chosen.profile;
        profile.organization = Some(found.id.clone());
        Profiles::keep(&chosen.folder, &chosen.name, &profile)?;
        print(&format!("profile {} is for {found} now\n", chosen.name))
    }

    fn list(&self, all: &[Organization], current: Option<&String>) -> Result<ExitCode, Problem> {
        let is_current = |one: &Organization| current == Some(&one.id);
        if self.json {
            let records = all.iter().map(|one| {
                let mut record = one.to_json();
                record["current"] = is_current(one).into();
                record
            });
            return print(&format!("{:#}\n", Value::from_iter(records)));
        }
        let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
        let row = |one: &Organization| {
            let mark = if is_current(one) { '*' } else { ' ' };
            let (id, name, portal, edition) = (&one.id, text(&one.name), text(&one.portal), text(&one.edition));
            format!("{mark} {id:<16} {name:<28} {portal:<20} {}\n", edition.to_lowercase())
        };
        print(&all.iter().map(row).collect::<String>())
    }
}
