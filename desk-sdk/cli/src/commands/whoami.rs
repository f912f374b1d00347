//! `desk whoami`.

use std::process::ExitCode;

use clap::Args;
use desk_cli::access::{Access, Connection};
use desk_cli::account::Report;
use desk_cli::problem::Problem;
use desk_sdk::auth::{FileStore, TokenStore};
use desk_sdk::jiff::Timestamp;

use super::ending::{end, print, runtime};

pub(crate) const HELP: &str = "\
It makes three calls, which cost a few credits. Exit codes: 0 good, 1 Desk did not answer, 2 it cannot be done as asked,
3 the token is missing, refused, or lacks scopes, 4 credits or tokens are spent.";

#[derive(Args, Debug)]
pub(crate) struct Arguments {
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
        let Connection { client, address, profile: chosen } = &connection;
        let told = runtime()?.block_on(async {
            let report = Report::of(client, address).await?;
            let ends = match (chosen, &self.access.token_store) {
                (Some(chosen), _) => expiry(&chosen.kept()).await,
                (None, Some(file)) => expiry(&FileStore::new(file)).await,
                (None, None) => None,
            };
            Ok::<_, desk_sdk::Error>((report, ends))
        });
        let (report, ends) = told.map_err(|error| Problem::from(error).at(&connection))?;
        let profile = chosen.as_ref().map(|chosen| chosen.name.as_str());
        if self.json {
            return print(&format!("{:#}\n", report.to_json(profile, ends)));
        }
        let source = match (profile, &self.access.token_store) {
            (Some(name), _) => name.to_owned(),
            (None, Some(file)) => format!("none; the token is from {}", file.display()),
            (None, None) => "none; the token is from DESK_TOKEN".to_owned(),
        };
        let ends = ends.map_or_else(String::new, |time| format!("{:<14}valid until {time:.0}\n", "access token"));
        print(&format!("{:<14}{source}\n{report}{ends}", "profile"))
    }
}

/// When the access token ends that is kept now.
async fn expiry(store: &dyn TokenStore) -> Option<Timestamp> {
    store.load().await.ok().flatten()?.expires_at
}
