//! `desk mock`.

use std::process::ExitCode;

use clap::Args;
use desk_cli::problem::Problem;
use desk_cli::profile::{ConfigFolder, Kept, Profile, ProfileName, Profiles, SecretStore};
use desk_mock::program::{Introduction, Options, ended};
use desk_sdk::ScopeSet;
use desk_sdk::auth::{StoredToken, TokenStore as _};

use super::ending::{end, print, runtime, say};

pub(crate) const HELP: &str = "\
The server is for trying things out, and for tests: it needs no account, and forgets everything when it stops. While it
runs, there is a profile `mock` (or another, with --profile) with its address, organization, client and token:

  desk --profile mock call get_tickets

Signing in can be tried as well, with the client and the code that it prints; DESK_CLIENT_ID and DESK_CLIENT_SECRET say
the client, or it is asked for:

  desk login --profile try --against http://127.0.0.1:8099 --self-client";

/// The profile that is written, unless another one is named.
const USUAL: &str = "mock";

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    #[command(flatten)]
    options: Options,
    /// Write no profile
    #[arg(long)]
    no_profile: bool,
}

impl Arguments {
    pub(crate) fn run(self, profile: Option<&str>) -> ExitCode {
        end(self.serve(profile))
    }

    fn serve(&self, profile: Option<&str>) -> Result<ExitCode, Problem> {
        let place = match self.no_profile {
            true => None,
            false => Some(Place::of(profile.unwrap_or(USUAL))?),
        };
        runtime()?.block_on(async {
            let desk = self.options.start().await.map_err(|error| Problem::usage(error.to_string()))?;
            let introduction = Introduction::of(&desk);
            if let Some(place) = &place {
                place.write(&introduction, &desk.every_scope()).await?;
            }
            let first = place.as_ref().map_or_else(String::new, |place| {
                format!("profile        {name}: desk --profile {name} call get_tickets\n", name = place.name)
            });
            let printed = print(&format!("{first}{introduction}"));
            let waited = match printed {
                Ok(_) => ended().await.map_err(|error| Problem::failed(format!("signals cannot be awaited: {error}"))),
                Err(failure) => Err(failure),
            };
            if let Some(place) = &place {
                place.remove(desk.url())?;
            }
            desk.stop().await;
            waited?;
            say("stopped");
            Ok(ExitCode::SUCCESS)
        })
    }
}

/// Where the server's profile is written.
struct Place {
    folder: ConfigFolder,
    name: ProfileName,
}

impl Place {
    /// Refuses a name that belongs to a profile of somebody's own.
    fn of(name: &str) -> Result<Self, Problem> {
        let place = Self { folder: ConfigFolder::find()?, name: name.parse()? };
        match Profiles::read(&place.folder)?.get(&place.name) {
            Some(profile) if !profile.temporary => Err(Problem::usage(format!(
                "there is a profile {name} already, which is not one of a local server: choose another with --profile \
                 NAME, or write none with --no-profile"
            ))),
            _ => Ok(place),
        }
    }

    async fn write(&self, introduction: &Introduction, scopes: &[String]) -> Result<(), Problem> {
        let Introduction { url, organization, client, refresh_token, .. } = introduction;
        let profile = Profile {
            address: Some(url.clone()),
            organization: Some(organization.clone()),
            client_id: Some(client.id.clone()),
            redirect_uri: Some(client.redirect_uri.clone()),
            store: SecretStore::File,
            temporary: true,
            ..Profile::default()
        };
        let mut token = StoredToken::default();
        token.refresh_token = Some(refresh_token.as_str().into());
        token.scopes = Some(ScopeSet::new(scopes));
        token.organization = Some(organization.as_str().into());
        self.folder.create()?;
        let kept = self.kept();
        let write = async {
            let mut lock = kept.lock().await?;
            kept.keep_client_secret(&client.secret.as_str().into())?;
            lock.save(&token).await?;
            Profiles::keep(&self.folder, &self.name, &profile)
        };
        write.await.map_err(|error| Problem::from(error).with("; --no-profile starts the server without one"))
    }

    /// Removes the profile, unless another server has taken its place.
    fn remove(&self, url: &str) -> Result<(), Problem> {
        let is_ours = |profile: &&Profile| profile.temporary && profile.address.as_deref() == Some(url);
        if Profiles::read(&self.folder)?.get(&self.name).filter(is_ours).is_some() {
            self.kept().forget()?;
            Profiles::remove(&self.folder, &self.name)?;
        }
        Ok(())
    }

    fn kept(&self) -> Kept {
        Kept::of(&self.folder, &self.name, SecretStore::File)
    }
}
