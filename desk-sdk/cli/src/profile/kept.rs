//! A profile's secrets: its token, and the secret of its client.

use std::path::{Path, PathBuf};

use desk_sdk::auth::{ExposeSecret as _, FileStore, SecretString, StoreError, StoreLock, StoredToken, TokenStore};
use futures_util::future::BoxFuture;

use super::{ConfigFolder, KeyringStore, ProfileError, ProfileName, SecretStore, VaultError, own_file};

/// The secrets of one profile, where they are kept.
#[derive(Clone, Debug)]
pub enum Kept {
    /// In files.
    #[non_exhaustive]
    File {
        /// The token's file.
        token: FileStore,
        /// The file with the client's secret.
        client_secret: PathBuf,
    },
    /// In the system's keyring.
    #[non_exhaustive]
    Keyring {
        /// The token's entry.
        token: KeyringStore,
        /// The entry with the client's secret.
        client_secret: String,
    },
}

impl Kept {
    /// The secrets of a profile, which need not be there.
    pub fn of(folder: &ConfigFolder, name: &ProfileName, secrets: SecretStore) -> Self {
        let token = folder.token(name);
        match secrets {
            SecretStore::File => Self::File { token: FileStore::new(token), client_secret: folder.client_secret(name) },
            SecretStore::Keyring => {
                let entry = folder.entry(name);
                let client_secret = format!("client secret for {entry}");
                Self::Keyring { token: KeyringStore::new(format!("token for {entry}"), token), client_secret }
            }
        }
    }

    /// Whether the place answers at all; files always do.
    ///
    /// # Errors
    ///
    /// If it does not.
    pub fn answers(&self) -> Result<(), VaultError> {
        match self {
            Self::File { .. } => Ok(()),
            Self::Keyring { token, .. } => token.answers(),
        }
    }

    /// The client's secret, if it is kept. It blocks.
    ///
    /// # Errors
    ///
    /// If the place cannot be read.
    pub fn client_secret(&self) -> Result<Option<SecretString>, ProfileError> {
        let text = match self {
            Self::File { client_secret, .. } => own_file::read(client_secret)?,
            Self::Keyring { token, client_secret } => token.text(client_secret)?,
        };
        let text = text.as_deref().map(str::trim).filter(|text| !text.is_empty());
        Ok(text.map(SecretString::from))
    }

    /// Keeps the client's secret. The folder of profiles exists. It blocks.
    ///
    /// # Errors
    ///
    /// If the place cannot be written.
    pub fn keep_client_secret(&self, secret: &SecretString) -> Result<(), ProfileError> {
        match self {
            Self::File { client_secret, .. } => own_file::write(client_secret, secret.expose_secret()),
            Self::Keyring { token, client_secret } => Ok(token.set_text(client_secret, secret.expose_secret())?),
        }
    }

    /// Removes all of it, the lock as well: whoever waits for it then finds no token. It blocks.
    ///
    /// # Errors
    ///
    /// If something cannot be removed.
    pub fn forget(&self) -> Result<(), ProfileError> {
        let token = match self {
            Self::File { token, client_secret } => {
                own_file::remove(token.path())?;
                own_file::remove(client_secret)?;
                token.path()
            }
            Self::Keyring { token, client_secret } => {
                token.forget()?;
                token.remove(client_secret)?;
                token.lock_path()
            }
        };
        let mut lock = token.as_os_str().to_owned();
        lock.push(".lock");
        own_file::remove(Path::new(&lock))
    }
}

impl TokenStore for Kept {
    fn load(&self) -> BoxFuture<'_, Result<Option<StoredToken>, StoreError>> {
        match self {
            Self::File { token, .. } => token.load(),
            Self::Keyring { token, .. } => token.load(),
        }
    }

    fn lock(&self) -> BoxFuture<'_, Result<Box<dyn StoreLock>, StoreError>> {
        match self {
            Self::File { token, .. } => token.lock(),
            Self::Keyring { token, .. } => token.lock(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn files_are_their_owners_and_go_away() {
        let folder = tempfile::tempdir().unwrap();
        let folder = ConfigFolder::at(folder.path());
        let kept = Kept::of(&folder, &"work".parse().unwrap(), SecretStore::File);
        assert!(kept.client_secret().unwrap().is_none() && kept.load().await.unwrap().is_none());
        kept.keep_client_secret(&"hidden".into()).unwrap();
        kept.lock().await.unwrap().save(&StoredToken::default()).await.unwrap();
        assert_eq!(kept.client_secret().unwrap().unwrap().expose_secret(), "hidden");
        assert!(!format!("{kept:?}").contains("hidden"));
        #[cfg(unix)]
        for file in std::fs::read_dir(folder.path()).unwrap() {
            use std::os::unix::fs::PermissionsExt as _;
            let file = file.unwrap();
            assert_eq!(file.metadata().unwrap().permissions().mode() & 0o077, 0, "{file:?}");
        }
        kept.forget().unwrap();
        kept.forget().unwrap();
        assert!(kept.client_secret().unwrap().is_none() && kept.load().await.unwrap().is_none());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
