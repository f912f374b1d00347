//! The one place where HTTP clients are made.

use std::time::Duration;

use crate::shown::chain;

/// An HTTP client with this crate's defaults, adjusted. Fails if the system has no certificates, for example.
pub(crate) fn http_client(
    adjust: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
) -> Result<reqwest::Client, String> {
    let defaults = reqwest::Client::builder()
        .user_agent(concat!("desk-sdk/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(Duration::from_secs(10))
        .read_timeout(Duration::from_secs(60))
        // Neither Desk nor the accounts server redirects calls; following one could carry a secret
        // to another host.
        .redirect(reqwest::redirect::Policy::none());
    let made = adjust(defaults).build();
    made.map_err(|error| format!("the HTTP client cannot be created: {}", chain(&error)))
}
