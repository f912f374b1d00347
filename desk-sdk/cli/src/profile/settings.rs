//! What a profile says.

use std::fmt;
use std::str::FromStr;

use desk_sdk::auth::DataCentre;

/// The settings of a profile. None of them is a secret.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// Where the organization's data is stored, and where its tokens come from.
    pub data_centre: Option<DataCentre>,
    /// Another address of Desk; tokens come from there as well, unless there is a data centre.
    pub address: Option<String>,
    /// The organization; without it, the first one of the token's user.
    pub organization: Option<String>,
    /// The id of the client that is registered with the accounts server.
    pub client_id: Option<String>,
    /// The redirect address that is registered for the client, if it is another one than usual.
    pub redirect_uri: Option<String>,
    /// Where the client's secret and the tokens are.
    pub store: SecretStore,
    /// Whether a local server wrote it, which removes it when it stops.
    pub temporary: bool,
}

impl Profile {
    /// The address of Desk.
    pub fn desk_address(&self) -> String {
        self.address.clone().unwrap_or_else(|| self.data_centre.unwrap_or_default().desk_url())
    }

    /// The address of the accounts server.
    pub fn accounts_address(&self) -> String {
        match (self.data_centre, &self.address) {
            (None, Some(address)) => address.clone(),
            (centre, _) => centre.unwrap_or_default().accounts_url(),
        }
    }
}

/// Where secrets are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SecretStore {
    /// In the system's keyring.
    Keyring,
    /// In files that only their owner can read.
    #[default]
    File,
}

impl SecretStore {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Keyring => "keyring",
            Self::File => "file",
        }
    }
}

impl fmt::Display for SecretStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for SecretStore {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = [Self::Keyring, Self::File].into_iter().find(|store| store.name() == text);
        found.ok_or_else(|| "choose keyring or file".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_come_from_the_data_centre_or_else_from_the_address() {
        let addresses = |profile: &Profile| (profile.desk_address(), profile.accounts_address());
        let mut profile = Profile::default();
        assert_eq!(addresses(&profile), ("https://desk.zoho.com".to_owned(), "https://accounts.zoho.com".to_owned()));
        profile.address = Some("https://gateway.example".to_owned());
        assert_eq!(addresses(&profile), ("https://gateway.example".to_owned(), "https://gateway.example".to_owned()));
        profile.data_centre = Some(DataCentre::Europe);
        assert_eq!(addresses(&profile), ("https://gateway.example".to_owned(), "https://accounts.zoho.eu".to_owned()));
    }
}
