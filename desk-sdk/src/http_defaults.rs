//! What HTTP clients are like unless told otherwise.

use std::time::Duration;

/// A builder with this crate's defaults.
pub(crate) fn http_defaults() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .user_agent(concat!("desk-sdk/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(Duration::from_secs(10))
        .read_timeout(Duration::from_secs(60))
        // Neither Desk nor the accounts server redirects calls; following one could carry a secret
        // to another host.
        .redirect(reqwest::redirect::Policy::none())
}
