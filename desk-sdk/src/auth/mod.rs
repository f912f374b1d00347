//! Sign-in, tokens, and where they are kept.
//!
//! | you have | the client needs |
//! | --- | --- |
//! | an access token | [`ClientBuilder::access_token`](crate::ClientBuilder::access_token) |
//! | a refresh token, or a store with one | a [`RefreshingToken`] |
//! | a person at this computer | [`SignIn`](crate::SignIn), then a [`RefreshingToken`] on its store |
//! | a code of the API console, for a self client | [`exchange_console_code`], then a [`RefreshingToken`] on its store |
//! | a person elsewhere | an [`AuthorizationRequest`], then a [`RefreshingToken`] on its store |
//! | a token that lacks scopes | a [`ScopeAddition`] on its store |
//! | tokens from elsewhere | a [`TokenProvider`] of your own |
//!
//! ```no_run
//! use desk_sdk::Client;
//! use desk_sdk::auth::{DataCentre, FileStore, OauthClient, RefreshingToken};
//!
//! # fn example() -> desk_sdk::Result<()> {
//! let registered = OauthClient::new("1000.ID", "secret").data_centre(DataCentre::Europe);
//! let tokens = RefreshingToken::new(registered, FileStore::new("desk-token.json"));
//! let client = Client::builder().token_provider(tokens).data_centre(DataCentre::Europe).build()?;
//! # Ok(())
//! # }
//! ```

mod accounts;
mod addition;
mod authorization;
mod clock;
mod data_centre;
mod error;
mod held;
mod oauth_client;
mod provider;
mod refresh;
mod renewal;
mod store;
mod token;
mod token_type;

pub use self::addition::ScopeAddition;
pub use self::authorization::{AuthorizationRequest, exchange_console_code, revoke};
pub use self::clock::{Clock, SystemClock};
pub use self::data_centre::{DataCentre, UnknownDataCentre};
pub use self::error::AuthError;
pub use self::oauth_client::OauthClient;
pub use self::provider::{FixedToken, TokenProvider};
pub use self::refresh::RefreshingToken;
#[cfg(feature = "redis")]
pub use self::store::RedisStore;
pub use self::store::{FileStore, MemoryStore, StoreError, StoreLock, TokenStore};
pub use self::token::{AccessToken, StoredToken};
pub use self::token_type::TokenType;
/// Text that is not shown by Debug, and the trait that exposes it.
pub use secrecy::{ExposeSecret, SecretString};
