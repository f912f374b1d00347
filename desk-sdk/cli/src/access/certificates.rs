//! Whose certificates are trusted: those of the authorities that the system trusts, or of the usual ones where a system
//! has none at all, as in an empty container.

use std::time::Duration;

use desk_sdk::auth::{OauthClient, SecretString};
use desk_sdk::reqwest::redirect::Policy;
use desk_sdk::reqwest::{self, Certificate};
use desk_sdk::{Client, ClientBuilder};
use webpki_root_certs::TLS_SERVER_ROOT_CERTS;

/// How long a request for a token may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// A client of Desk.
pub(crate) fn client() -> ClientBuilder {
    if system_has_some() { Client::builder() } else { Client::builder().http(usual) }
}

/// A registered client of the accounts server.
pub(crate) fn oauth_client(id: &str, secret: SecretString) -> OauthClient {
    let client = OauthClient::new(id, secret);
    if system_has_some() {
        return client;
    }
    // A redirect could carry a secret elsewhere.
    let http = usual(reqwest::Client::builder().redirect(Policy::none()).timeout(PATIENCE));
    match http.build() {
        Ok(http) => client.http_client(http),
        // Whoever uses it is told why none can be made.
        Err(_) => client,
    }
}

fn usual(http: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    http.tls_certs_only(TLS_SERVER_ROOT_CERTS.iter().filter_map(|one| Certificate::from_der(one).ok()))
}

/// Whether there are certificates where the system keeps them, or where the environment says. What the environment says
/// is never replaced: it is an error if it is wrong.
fn system_has_some() -> bool {
    if cfg!(not(unix)) || cfg!(target_vendor = "apple") {
        return true;
    }
    let said = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let found = openssl_probe::probe();
    let mut folders = found.cert_dir.iter().filter_map(|folder| std::fs::read_dir(folder).ok());
    let is_said = said("SSL_CERT_FILE") || said("SSL_CERT_DIR");
    is_said || found.cert_file.is_some() || folders.any(|mut files| files.next().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_authorities_can_be_trusted() {
        let readable = TLS_SERVER_ROOT_CERTS.iter().filter(|one| Certificate::from_der(one).is_ok()).count();
        assert_eq!(readable, TLS_SERVER_ROOT_CERTS.len());
        usual(reqwest::Client::builder()).build().unwrap();
    }
}
