//! The system's keyring, as something that keeps texts under names.

use std::fmt;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use keyring::{Entry, Error};

use crate::scopes::line;

/// What all our entries in the keyring belong to.
const SERVICE: &str = "desk-sdk";

/// Keeps secret texts under names. Its calls block.
pub trait Vault: fmt::Debug + Send + Sync {
    /// The text under this name, if there is one.
    ///
    /// # Errors
    ///
    /// If the keyring does not answer, or refuses.
    fn get(&self, entry: &str) -> Result<Option<String>, VaultError>;

    /// Keeps a text under this name.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    fn set(&self, entry: &str, text: &str) -> Result<(), VaultError>;

    /// Removes what is under this name, if anything is.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    fn delete(&self, entry: &str) -> Result<(), VaultError>;
}

/// Why the keyring gave or kept nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VaultError {
    /// The system has none, or none that answers.
    #[error(
        "there is no keyring here that answers, such as desktops have: `desk login --store file` keeps secrets in files \
         that only their owner can read, and --token-store FILE takes a token from elsewhere"
    )]
    None,
    /// It may not be used now.
    #[error("the system's keyring is locked, or refuses access: {0}. Unlock it, or sign in with --store file")]
    Locked(String),
    /// It takes too long, as it does while it waits for somebody to unlock it.
    #[error(
        "the system's keyring has not answered for {0} s. If it asks to be unlocked, do that and try again; otherwise \
         sign in with --store file"
    )]
    Silent(u64),
    /// Something else went wrong.
    #[error("the system's keyring failed: {0}")]
    Failed(String),
}

impl From<&Error> for VaultError {
    /// Texts of the keyring hold no secret, but those of its errors that carry one are not among what is shown.
    fn from(error: &Error) -> Self {
        let reason = match error {
            Error::PlatformFailure(error) | Error::NoStorageAccess(error) => line(&error.to_string()),
            Error::TooLong(_, most) => {
                format!("it keeps {most} characters at most, and this is longer; sign in with --store file")
            }
            Error::Invalid(what, why) => line(&format!("{what} {why}")),
            Error::Ambiguous(_) => {
                "several entries have this name; remove them with the system's own program".to_owned()
            }
            Error::NotSupportedByStore(what) => line(what),
            Error::BadEncoding(_) | Error::BadDataFormat(..) => "the entry was not written by this program".to_owned(),
            _ => "it gave no reason".to_owned(),
        };
        match error {
            Error::NoDefaultStore => Self::None,
            Error::NoStorageAccess(_) => Self::Locked(reason),
            _ => Self::Failed(reason),
        }
    }
}

/// The keyring of the system: the Secret Service, the Keychain, or the Credential Manager.
#[derive(Clone, Copy, Debug)]
pub(super) struct SystemKeyring;

impl SystemKeyring {
    fn entry(name: &str) -> Result<Entry, VaultError> {
        if let Err(error) = Entry::store_status() {
            // What the system's parts say of each other helps nobody who has no keyring.
            return Err(match error.into() {
                VaultError::Failed(_) | VaultError::None => VaultError::None,
                other => other,
            });
        }
        Entry::new(SERVICE, name).map_err(|error| (&error).into())
    }
}

impl Vault for SystemKeyring {
    fn get(&self, entry: &str) -> Result<Option<String>, VaultError> {
        match Self::entry(entry)?.get_password() {
            Ok(text) => Ok(Some(text)),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err((&error).into()),
        }
    }

    fn set(&self, entry: &str, text: &str) -> Result<(), VaultError> {
        Self::entry(entry)?.set_password(text).map_err(|error| (&error).into())
    }

    fn delete(&self, entry: &str) -> Result<(), VaultError> {
        match Self::entry(entry)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err((&error).into()),
        }
    }
}

/// A vault that is asked in threads of its own, so that one that never answers holds up nobody, not even the end of the
/// program.
#[derive(Clone, Debug)]
pub(super) struct Patient {
    vault: Arc<dyn Vault>,
    patience: Duration,
}

impl Patient {
    pub(super) fn new(vault: Arc<dyn Vault>, patience: Duration) -> Self {
        Self { vault, patience }
    }

    /// The system's keyring, which may have to be unlocked first.
    pub(super) fn system() -> Self {
        static SYSTEM: LazyLock<Arc<dyn Vault>> = LazyLock::new(|| Arc::new(SystemKeyring));
        Self::new(Arc::clone(&SYSTEM), Duration::from_secs(60))
    }

    /// Asks for something, and waits only so long.
    pub(super) fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&dyn Vault) -> Result<T, VaultError> + Send + 'static,
    ) -> Result<T, VaultError> {
        let (answer, answered) = sync_channel(1);
        let vault = Arc::clone(&self.vault);
        let started = std::thread::Builder::new().name("keyring".to_owned()).spawn(move || {
            // Nobody may be waiting any more.
            let _ = answer.send(work(&*vault));
        });
        started.map_err(|error| VaultError::Failed(format!("it cannot be asked: {error}")))?;
        answered.recv_timeout(self.patience).unwrap_or_else(|error| {
            Err(match error {
                RecvTimeoutError::Timeout => VaultError::Silent(self.patience.as_secs()),
                RecvTimeoutError::Disconnected => VaultError::Failed("it ended without an answer".to_owned()),
            })
        })
    }
}
