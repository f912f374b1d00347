//! The profile that is used.

use desk_sdk::auth::{OauthClient, RefreshingToken, SecretString};

use super::AccessError;
use super::certificates::oauth_client;
use crate::profile::{ConfigFolder, Kept, Profile, ProfileName, Profiles};

/// A profile, where it is kept, and how it was chosen.
#[derive(Clone, Debug)]
pub struct ChosenProfile {
    /// The folder of profiles.
    pub folder: ConfigFolder,
    /// The name.
    pub name: ProfileName,
    /// The settings.
    pub profile: Profile,
    /// Whether somebody named it; otherwise it is the default.
    pub by_name: bool,
}

impl ChosenProfile {
    /// The profile of this name.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub fn named(name: &str) -> Result<Self, AccessError> {
        let (folder, name) = (ConfigFolder::find()?, name.parse::<ProfileName>()?);
        let profile = Profiles::read(&folder)?.named(&name)?.clone();
        Ok(Self { folder, name, profile, by_name: true })
    }

    /// The default profile, if there is one.
    ///
    /// # Errors
    ///
    /// If the file of profiles cannot be read, or names a default that it does not have.
    pub fn usual() -> Result<Option<Self>, AccessError> {
        let folder = ConfigFolder::find()?;
        let profiles = Profiles::read(&folder)?;
        let Some(name) = profiles.default_name().cloned() else { return Ok(None) };
        let profile = profiles.named(&name)?.clone();
        Ok(Some(Self { folder, name, profile, by_name: false }))
    }

    /// The name of a profile that could be chosen, if there is one.
    pub(super) fn any() -> Result<Option<ProfileName>, AccessError> {
        let profiles = Profiles::read(&ConfigFolder::find()?)?;
        Ok(profiles.iter().next().map(|(name, _)| name.clone()))
    }

    /// Its secrets.
    pub fn kept(&self) -> Kept {
        Kept::of(&self.folder, &self.name, self.profile.store)
    }

    /// Its registered client.
    ///
    /// # Errors
    ///
    /// If it has none, so that it is not signed in; or its secret cannot be read.
    pub fn client(&self) -> Result<OauthClient, AccessError> {
        let signed_out = || AccessError::NotSignedIn(self.name.clone());
        if self.profile.client_id.is_none() {
            return Err(signed_out());
        }
        let secret = self.kept().client_secret()?.ok_or_else(signed_out)?;
        Ok(Self::client_of(&self.profile, secret))
    }

    /// The registered client of a profile, with its secret.
    pub fn client_of(profile: &Profile, secret: SecretString) -> OauthClient {
        let id = profile.client_id.as_deref().unwrap_or_default();
        let client = oauth_client(id, secret).accounts_url(profile.accounts_address());
        match &profile.redirect_uri {
            Some(address) => client.redirect_uri(address),
            None => client,
        }
    }

    /// Its token, which renews itself where it was issued, whatever address of Desk is called.
    ///
    /// # Errors
    ///
    /// As [`client`](Self::client).
    pub fn token(&self) -> Result<RefreshingToken, AccessError> {
        Ok(RefreshingToken::new(self.client()?, self.kept()))
    }
}
