//! Addresses: whether secrets may be sent to one, and how much of it is shown.

use reqwest::Url;

/// Refuses an address to which secrets would travel unencrypted over a network, unless that is allowed. The reason
/// omits user and password, and names the setting that allows it.
pub(crate) fn refuse_plain_http(url: &Url, allowed: bool, setting: &str) -> Result<(), String> {
    if url.scheme() != "http" || allowed || is_loopback(url) {
        return Ok(());
    }
    let host = url.host_str().unwrap_or_default();
    Err(format!(
        "starts with http:// and leads to {host}, so tokens would be sent unencrypted; use https://, or allow it \
         with `{setting}` if the network in between is your own"
    ))
}

/// Whether an address leads to this computer.
pub(crate) fn is_loopback(url: &Url) -> bool {
    url.host_str().is_some_and(is_loopback_host)
}

/// Whether a host, as written in an address, is this computer.
pub(crate) fn is_loopback_host(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let name = host.eq_ignore_ascii_case("localhost") || host.to_ascii_lowercase().ends_with(".localhost");
    name || host.parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback())
}

/// An address without its user, password and query.
pub(crate) fn shown(address: &str) -> String {
    let Ok(mut url) = address.parse::<Url>() else { return "(no address)".to_owned() };
    // Both fail for addresses that cannot have either.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_query(None);
    url.set_fragment(None);
    url.into()
}

/// The value of a query parameter of an address.
pub(crate) fn query_value(address: &Url, key: &str) -> Option<String> {
    address.query_pairs().find(|(name, _)| name == key).map(|(_, value)| value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_stays_on_this_computer() {
        let refused = |address: &str, allowed| {
            let Ok(url) = address.parse() else { panic!("{address} is an address") };
            refuse_plain_http(&url, allowed, "allow").is_err()
        };
        for address in ["http://localhost:80", "http://127.0.0.9/x", "http://[::1]:8099", "https://desk.example"] {
            assert!(!refused(address, false), "{address}");
        }
        for address in ["http://desk.example", "http://10.0.0.1", "http://localhost.example", "http://[::2]"] {
            assert!(refused(address, false), "{address}");
            assert!(!refused(address, true), "{address}");
        }
    }

    #[test]
    fn what_is_secret_in_an_address_is_not_shown() {
        assert_eq!(shown("https://person:hidden@desk.example/a?token=hidden#hidden"), "https://desk.example/a");
        assert_eq!(shown("hidden"), "(no address)");
    }
}
