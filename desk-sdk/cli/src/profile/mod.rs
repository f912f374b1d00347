//! Profiles: where Desk is, whose data is meant, and where the secrets for it are kept.
//!
//! | modules | responsibility |
//! | --- | --- |
//! | `error`, `address` | what can go wrong, and addresses that people write |
//! | `name`, `settings` | a profile |
//! | `folder`, `own_file` | where profiles are, and files that only their owner can read |
//! | `file`, `read` | the file `profiles.toml` |
//! | `vault`, `keyring` | secrets in the system's keyring |
//! | `kept` | a profile's secrets, wherever they are |
//!
//! `profiles.toml` holds no secret: it can be shown, copied and kept with other settings.

mod address;
mod error;
mod file;
mod folder;
mod kept;
mod keyring;
mod name;
mod own_file;
mod read;
mod settings;
mod vault;

pub(crate) use self::address::is_this_computer;
pub use self::address::{checked_address, checked_redirect};
pub use self::error::ProfileError;
pub use self::file::Profiles;
pub use self::folder::ConfigFolder;
pub use self::kept::Kept;
pub use self::keyring::KeyringStore;
pub use self::name::ProfileName;
pub use self::settings::{Profile, SecretStore};
pub use self::vault::{Vault, VaultError};
