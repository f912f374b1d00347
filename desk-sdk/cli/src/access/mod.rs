//! Access to Desk: where it is, whose data is meant, and where the tokens come from.
//!
//! What is said in options counts first, `--profile` among them; then what the environment says; then the default
//! profile.

mod arguments;
mod certificates;
mod chosen_profile;
mod environment;
mod error;

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use desk_sdk::auth::{DataCentre, FileStore, RefreshingToken};
use desk_sdk::{Client, ClientBuilder, Retry, Risk};

pub use self::arguments::refuse_tokens;
pub(crate) use self::certificates::client;
pub use self::chosen_profile::ChosenProfile;
pub use self::environment::variable;
pub use self::error::AccessError;
use crate::completing;
use crate::profile::{checked_address, is_this_computer};

/// Where Desk is, and whose data is meant. Secrets come from profiles and from the environment only: arguments can be
/// read by everybody on the computer.
#[derive(Args, Clone, Debug, Default)]
pub struct Access {
    /// The profile, as `desk login` makes it [default: DESK_PROFILE, or the default one]
    #[arg(long, global = true, value_name = "NAME", add = completing::profiles())]
    pub profile: Option<String>,
    /// Where the organization's data is stored: us, eu, in, au, jp, ca, cn, sa or uk [default: DESK_DATA_CENTRE, or us]
    #[arg(long, value_name = "CODE", add = completing::data_centres())]
    pub data_centre: Option<DataCentre>,
    /// The organization [default: the first of the token's user]
    #[arg(long, value_name = "ID")]
    pub organization: Option<String>,
    /// Another address of Desk, such as that of the local server
    #[arg(long, value_name = "URL", conflicts_with = "data_centre")]
    pub against: Option<String>,
    /// The file with a token that renews itself; DESK_CLIENT_ID and DESK_CLIENT_SECRET belong to it
    #[arg(long, value_name = "FILE")]
    pub token_store: Option<PathBuf>,
}

/// A client, the address of Desk that it calls, and the profile that its token is from.
#[derive(Debug)]
pub struct Connection {
    /// The client.
    pub client: Client,
    /// The address.
    pub address: String,
    /// The profile, if there is one: not where the token is in the environment, or in a file.
    pub profile: Option<ChosenProfile>,
}

/// Where the token comes from.
#[derive(Clone, Debug)]
enum Source<'a> {
    /// From DESK_TOKEN.
    Environment(String),
    /// From a file.
    File(&'a Path),
    /// From a profile.
    Profile(Box<ChosenProfile>),
}

impl Source<'_> {
    fn profile(self) -> Option<ChosenProfile> {
        match self {
            Self::Profile(chosen) => Some(*chosen),
            Self::Environment(_) | Self::File(_) => None,
        }
    }
}

impl Access {
    /// A client for this access, with further settings.
    ///
    /// # Errors
    ///
    /// If there is no token, or the client cannot be built.
    pub fn connect(&self, adjust: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Result<Connection, AccessError> {
        let source = self.source()?;
        let address = self.address(&source)?;
        let builder = match &source {
            Source::Environment(token) => given(certificates::client().access_token(token.clone())),
            Source::File(file) => certificates::client().token_provider(self.token_of_file(file)?),
            Source::Profile(chosen) => certificates::client().token_provider(chosen.token()?),
        };
        let mut builder = adjust(builder.retry(retry(&address))).base_url(&address);
        let of_profile = match &source {
            Source::Profile(chosen) => chosen.profile.organization.as_deref(),
            Source::Environment(_) | Source::File(_) => None,
        };
        if let Some(organization) = self.organization.as_deref().or(of_profile) {
            builder = builder.organization(organization);
        }
        let client = builder.build().map_err(Box::new)?;
        Ok(Connection { client, address, profile: source.profile() })
    }

    /// A client for this access that only reads.
    ///
    /// # Errors
    ///
    /// As [`connect`](Self::connect).
    pub fn reading(&self) -> Result<Connection, AccessError> {
        self.connect(|client| client.max_risk(Risk::Safe))
    }

    /// The profile that is used, if one is: not where the token is in the environment, or in a file.
    ///
    /// # Errors
    ///
    /// If there is no such profile, or neither a profile nor a token.
    pub fn chosen(&self) -> Result<Option<ChosenProfile>, AccessError> {
        Ok(self.source()?.profile())
    }

    fn source(&self) -> Result<Source<'_>, AccessError> {
        let token = variable("DESK_TOKEN");
        match (self.token_store.as_deref(), &self.profile, variable("DESK_PROFILE")) {
            (Some(_), Some(_), _) => Err(AccessError::Missing(
                "--profile and --token-store both say where the token is: give one of them".to_owned(),
            )),
            (Some(file), None, _) => Ok(Source::File(file)),
            (None, Some(name), _) => Ok(Source::Profile(Box::new(ChosenProfile::named(name)?))),
            (None, None, Some(_)) if token.is_some() => Err(AccessError::Missing(
                "DESK_PROFILE and DESK_TOKEN both say where the token is: unset one of them, or choose with --profile"
                    .to_owned(),
            )),
            (None, None, Some(name)) => Ok(Source::Profile(Box::new(ChosenProfile::named(&name)?))),
            (None, None, None) => match token {
                Some(token) => Ok(Source::Environment(token)),
                None => {
                    let usual = ChosenProfile::usual()?.map(|chosen| Source::Profile(Box::new(chosen)));
                    usual.map_or_else(|| Err(AccessError::NoToken(ChosenProfile::any()?)), Ok)
                }
            },
        }
    }

    fn address(&self, source: &Source<'_>) -> Result<String, AccessError> {
        if let Some(address) = &self.against {
            return checked_address(address).map_err(|reason| AccessError::Missing(format!("--against {reason}")));
        }
        if let Some(centre) = self.data_centre {
            return Ok(centre.desk_url());
        }
        match source {
            Source::Profile(chosen) if chosen.by_name || variable("DESK_DATA_CENTRE").is_none() => {
                Ok(chosen.profile.desk_address())
            }
            _ => Ok(self.centre()?.desk_url()),
        }
    }

    fn centre(&self) -> Result<DataCentre, AccessError> {
        match self.data_centre {
            Some(centre) => Ok(centre),
            None => Ok(environment::data_centre()?.unwrap_or_default()),
        }
    }

    fn token_of_file(&self, file: &Path) -> Result<RefreshingToken, AccessError> {
        let needed = |name: &str| {
            variable(name).ok_or_else(|| AccessError::Missing(format!("set {name}, which --token-store needs")))
        };
        let (id, secret) = (needed("DESK_CLIENT_ID")?, needed("DESK_CLIENT_SECRET")?);
        let oauth = certificates::oauth_client(&id, secret.into());
        let oauth = match &self.against {
            Some(address) => oauth.accounts_url(address),
            None => oauth.data_centre(self.centre()?),
        };
        let mut token = RefreshingToken::new(oauth, FileStore::new(file));
        if let Some(refresh) = variable("DESK_REFRESH_TOKEN") {
            token = token.refresh_token(refresh);
        }
        Ok(match environment::scopes() {
            Some(scopes) => token.granted_scopes(scopes.iter()),
            None => token,
        })
    }
}

/// A server on this computer is there or is not, and nobody else waits for it: people should not either.
fn retry(address: &str) -> Retry {
    let is_here = address.parse().is_ok_and(|url| is_this_computer(&url));
    let usual = Retry::default();
    if is_here { usual.first_pause(Duration::from_millis(20)).longest_pause(Duration::from_millis(200)) } else { usual }
}

/// With the scopes that the environment says.
fn given(builder: ClientBuilder) -> ClientBuilder {
    match environment::scopes() {
        Some(scopes) => builder.scopes(scopes.iter()),
        None => builder,
    }
}
