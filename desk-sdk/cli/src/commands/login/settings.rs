//! Which profile is signed in to, with which client.

use desk_cli::access::{ChosenProfile, variable};
use desk_cli::problem::Problem;
use desk_cli::profile::{
    ConfigFolder, Kept, Profile, ProfileName, Profiles, SecretStore, VaultError, checked_address, checked_redirect,
};
use desk_sdk::auth::{DataCentre, OauthClient, SecretString};

use super::super::ending::say;
use super::super::terminal::Terminal;
use super::Arguments;

/// The name of the first profile.
const FIRST: &str = "default";

/// All that is known before anybody consents.
pub(super) struct Settings {
    pub(super) folder: ConfigFolder,
    pub(super) name: ProfileName,
    pub(super) client: OauthClient,
    pub(super) client_secret: SecretString,
    pub(super) profile: Profile,
    /// Whether somebody said where secrets are kept.
    pub(super) store_is_given: bool,
}

impl Settings {
    /// From the arguments, the environment, the profile as it was, and the person, in this order.
    pub(super) fn of(
        arguments: &Arguments,
        profile: Option<&str>,
        terminal: Option<Terminal>,
    ) -> Result<Self, Problem> {
        let folder = ConfigFolder::find()?;
        let profiles = Profiles::read(&folder)?;
        let name = match profile.map(str::to_owned).or_else(|| variable("DESK_PROFILE")) {
            Some(name) => name.parse()?,
            None => profiles.default_name().cloned().map_or_else(|| FIRST.parse(), Ok)?,
        };
        let before = profiles.get(&name);
        if before.is_some_and(|before| before.temporary) {
            return Err(Problem::usage(format!(
                "the profile {name} belongs to a local server that `desk mock` started: choose another name"
            )));
        }
        let mut profile = before.cloned().unwrap_or_default();
        redirect(&mut profile, arguments)?;
        where_it_is(&mut profile, arguments, before.is_none(), terminal)?;
        let client_id = client_id(arguments, before, terminal)?;
        let same = before.is_some_and(|before| before.client_id.as_ref() == Some(&client_id));
        let kept = before.filter(|_| same).map(|before| Kept::of(&folder, &name, before.store));
        let client_secret = client_secret(kept.as_ref(), terminal)?;
        profile.client_id = Some(client_id);
        if arguments.organization.is_some() {
            profile.organization.clone_from(&arguments.organization);
        }
        profile.store = match (arguments.store, before) {
            (Some(store), _) => store,
            (None, Some(before)) => before.store,
            (None, None) => usual_store(&folder, &name),
        };
        if arguments.store.is_some() {
            Kept::of(&folder, &name, profile.store).answers().map_err(|error| Problem::failed(error.to_string()))?;
        }
        let client = ChosenProfile::client_of(&profile, client_secret.clone());
        let store_is_given = arguments.store.is_some();
        Ok(Self { folder, name, client, client_secret, profile, store_is_given })
    }
}

/// Where the browser ends after the consent.
fn redirect(profile: &mut Profile, arguments: &Arguments) -> Result<(), Problem> {
    if arguments.redirect_uri.is_some() {
        profile.redirect_uri.clone_from(&arguments.redirect_uri);
    }
    let here = !arguments.no_browser && !arguments.self_client;
    if let Some(address) = &profile.redirect_uri {
        let checked = checked_redirect(address, here);
        checked.map_err(|reason| Problem::usage(format!("--redirect-uri {reason}")))?;
    }
    Ok(())
}

/// Where Desk is, and where tokens come from.
fn where_it_is(
    profile: &mut Profile,
    arguments: &Arguments,
    is_new: bool,
    terminal: Option<Terminal>,
) -> Result<(), Problem> {
    let of_environment = || match variable("DESK_DATA_CENTRE") {
        Some(code) => code.parse().map(Some).map_err(|error| Problem::usage(format!("DESK_DATA_CENTRE: {error}"))),
        None => Ok(None),
    };
    match (arguments.data_centre, &arguments.against) {
        (centre, Some(address)) => {
            let address = checked_address(address);
            profile.address = Some(address.map_err(|reason| Problem::usage(format!("--against {reason}")))?);
            profile.data_centre = centre;
        }
        (Some(centre), None) => {
            profile.address = None;
            profile.data_centre = Some(centre);
        }
        (None, None) if is_new => {
            profile.data_centre = match (of_environment()?, terminal) {
                (Some(centre), _) => Some(centre),
                (None, Some(terminal)) => Some(asked_centre(terminal)?),
                (None, None) => Some(DataCentre::default()),
            };
        }
        (None, None) => {}
    }
    Ok(())
}

fn asked_centre(terminal: Terminal) -> Result<DataCentre, Problem> {
    let codes = DataCentre::all().map(DataCentre::code).collect::<Vec<_>>().join(", ");
    let usual = DataCentre::default().code();
    loop {
        match terminal.ask(&format!("Data centre ({codes})"), Some(usual))?.parse::<DataCentre>() {
            Ok(centre) => return Ok(centre),
            Err(error) => say(&error.to_string()),
        }
    }
}

fn client_id(arguments: &Arguments, before: Option<&Profile>, terminal: Option<Terminal>) -> Result<String, Problem> {
    let known = arguments.client_id.clone().or_else(|| variable("DESK_CLIENT_ID"));
    let known = known.or_else(|| before.and_then(|before| before.client_id.clone()));
    let id = match (known, terminal) {
        (Some(id), _) => id,
        (None, Some(terminal)) => terminal.ask("Client id, as the API console shows it", None)?,
        (None, None) => {
            return Err(Problem::usage(
                "there is no client's id, and no terminal to ask for it: give --client-id, or set DESK_CLIENT_ID",
            ));
        }
    };
    let id = id.trim();
    match !id.is_empty() && id.chars().all(|c| c.is_ascii_graphic()) {
        true => Ok(id.to_owned()),
        false => Err(Problem::usage("this is not a client's id, such as 1000.ABC: the API console shows it")),
    }
}

/// From the environment, kept with the profile, or asked for.
fn client_secret(kept: Option<&Kept>, terminal: Option<Terminal>) -> Result<SecretString, Problem> {
    if let Some(secret) = variable("DESK_CLIENT_SECRET") {
        return Ok(secret.trim().into());
    }
    match (kept.map(Kept::client_secret), terminal) {
        (Some(Ok(Some(secret))), _) => Ok(secret),
        (_, Some(terminal)) => terminal.ask_hidden("Client secret"),
        (Some(Err(error)), None) => Err(error.into()),
        (_, None) => {
            Err(Problem::usage("there is no client's secret, and no terminal to ask for it: set DESK_CLIENT_SECRET"))
        }
    }
}

/// The keyring, if there is one.
fn usual_store(folder: &ConfigFolder, name: &ProfileName) -> SecretStore {
    match Kept::of(folder, name, SecretStore::Keyring).answers() {
        Ok(()) => SecretStore::Keyring,
        Err(error) => {
            let reason = match error {
                VaultError::None => "there is no keyring here".to_owned(),
                other => other.to_string(),
            };
            let folder = folder.path().display();
            say(&format!("note: {reason}. Secrets are kept in files in {folder}, which only you can read"));
            SecretStore::File
        }
    }
}
