//! The folder of profiles.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;

use super::{ProfileError, ProfileName};

/// The variable that names another folder.
const VARIABLE: &str = "DESK_CONFIG_DIR";

/// The folder where profiles are, and secrets that are kept in files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigFolder {
    path: PathBuf,
    is_usual: bool,
}

impl ConfigFolder {
    /// That of DESK_CONFIG_DIR, or else the usual one of the system. It need not exist.
    ///
    /// # Errors
    ///
    /// If the system does not say where settings are kept.
    pub fn find() -> Result<Self, ProfileError> {
        if let Some(path) = std::env::var_os(VARIABLE).filter(|path| !path.is_empty()) {
            return Ok(Self::at(path));
        }
        let usual = etcetera::choose_base_strategy().map_err(|error| ProfileError::NoFolder(error.to_string()))?;
        Ok(Self { path: usual.config_dir().join("desk"), is_usual: true })
    }

    /// This folder.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), is_usual: false }
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The file of profiles.
    pub fn profiles(&self) -> PathBuf {
        self.path.join("profiles.toml")
    }

    /// The file with a profile's token; beside it lies the lock of whoever changes the token, wherever that is kept.
    pub(super) fn token(&self, name: &ProfileName) -> PathBuf {
        self.path.join(format!("token-{name}.json"))
    }

    /// The file with the secret of a profile's client.
    pub(super) fn client_secret(&self, name: &ProfileName) -> PathBuf {
        self.path.join(format!("client-secret-{name}"))
    }

    /// What a profile's entries in the keyring are called: profiles of other folders have others.
    pub(super) fn entry(&self, name: &ProfileName) -> String {
        if self.is_usual {
            return name.to_string();
        }
        let path = std::path::absolute(&self.path).unwrap_or_else(|_| self.path.clone());
        format!("{name} of {}", path.display())
    }

    /// Creates the folder for its owner only, if it is not there.
    ///
    /// # Errors
    ///
    /// If that is not possible.
    pub fn create(&self) -> Result<(), ProfileError> {
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&self.path).map_err(|error| ProfileError::writing(&self.path, error))
    }
}
