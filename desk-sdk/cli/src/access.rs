//! Access to Desk: tokens from the environment, and where to use them.

use std::path::PathBuf;

use clap::Args;
use desk_sdk::auth::{DataCentre, FileStore, OauthClient, RefreshingToken};
use desk_sdk::{Client, ClientBuilder};

/// Where Desk is, and whose data is meant. Secrets come from the environment only: arguments can be read by everybody on
/// the computer.
#[derive(Args, Clone, Debug, Default)]
pub struct Access {
    /// Where the organization's data is stored: us, eu, in, au, jp, ca, cn, sa or uk [default: DESK_DATA_CENTRE, or us]
    #[arg(long, value_name = "CODE")]
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

/// Why there is no access.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AccessError {
    /// Something is missing.
    #[error("{0}")]
    Missing(String),
    /// There is no token.
    #[error(
        "there is no token: set DESK_TOKEN (and DESK_SCOPES, so that missing scopes are found before the first call), or \
         give the file of a renewed token with --token-store"
    )]
    NoToken,
    /// The client cannot be built.
    #[error(transparent)]
    Client(#[from] Box<desk_sdk::Error>),
}

/// A client, and the address of Desk that it calls.
#[derive(Debug)]
pub struct Connection {
    /// The client.
    pub client: Client,
    /// The address.
    pub address: String,
}

impl Access {
    /// A client for this access, with further settings.
    ///
    /// # Errors
    ///
    /// If there is no token, or the client cannot be built.
    pub fn connect(&self, adjust: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Result<Connection, AccessError> {
        let centre = self.centre()?;
        let address = self.against.clone().unwrap_or_else(|| centre.desk_url());
        let mut builder = adjust(self.tokens(Client::builder(), centre)?).base_url(&address);
        if let Some(organization) = &self.organization {
            builder = builder.organization(organization.as_str());
        }
        let client = builder.build().map_err(Box::new)?;
        Ok(Connection { client, address })
    }

    fn centre(&self) -> Result<DataCentre, AccessError> {
        match (self.data_centre, variable("DESK_DATA_CENTRE")) {
            (Some(centre), _) => Ok(centre),
            (None, Some(code)) => {
                code.parse().map_err(|error| AccessError::Missing(format!("DESK_DATA_CENTRE: {error}")))
            }
            (None, None) => Ok(DataCentre::default()),
        }
    }

    fn tokens(&self, builder: ClientBuilder, centre: DataCentre) -> Result<ClientBuilder, AccessError> {
        let scopes = variable("DESK_SCOPES");
        let scopes = scopes.as_deref().map(|scopes| scopes.split([' ', ',']).filter(|scope| !scope.is_empty()));
        let Some(store) = &self.token_store else {
            let token = variable("DESK_TOKEN").ok_or(AccessError::NoToken)?;
            let builder = builder.access_token(token);
            return Ok(match scopes {
                Some(scopes) => builder.scopes(scopes),
                None => builder,
            });
        };
        let needed = |name: &str| {
            variable(name).ok_or_else(|| AccessError::Missing(format!("set {name}, which --token-store needs")))
        };
        let oauth = OauthClient::new(needed("DESK_CLIENT_ID")?, needed("DESK_CLIENT_SECRET")?);
        let oauth = match &self.against {
            Some(address) => oauth.accounts_url(address),
            None => oauth.data_centre(centre),
        };
        let mut token = RefreshingToken::new(oauth, FileStore::new(store));
        if let Some(refresh) = variable("DESK_REFRESH_TOKEN") {
            token = token.refresh_token(refresh);
        }
        if let Some(scopes) = scopes {
            token = token.granted_scopes(scopes);
        }
        Ok(builder.token_provider(token))
    }
}

/// A variable of the environment; one that is empty counts as not set.
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.trim().is_empty())
}
