//! Addresses that people write.

use std::net::IpAddr;

use desk_sdk::reqwest::Url;

/// An address of Desk, without a slash at its end. What is wrong with one is said without it, because it may hold a
/// password.
///
/// # Errors
///
/// If it is none, or secrets would travel unencrypted to it. The text goes on after what the address is of, as in
/// "`address` is no address".
pub fn checked_address(text: &str) -> Result<String, String> {
    let url = web_address(text).ok_or("is no address, such as https://desk.example")?;
    if url.scheme() == "http" && !is_this_computer(&url) {
        return Err(format!(
            "starts with http:// and leads to {}, so that tokens would be sent unencrypted: write https://. A server that \
             has no https is reached through a tunnel that ends on this computer, such as one of ssh",
            url.host_str().unwrap_or_default()
        ));
    }
    Ok(text.trim().trim_end_matches('/').to_owned())
}

/// The address that a browser is sent back to after a consent.
///
/// # Errors
///
/// As [`checked_address`]. With `here`, also if it does not lead to this computer.
pub fn checked_redirect(text: &str, here: bool) -> Result<String, String> {
    const USUAL: &str = "http://localhost:8080/";
    let url = web_address(text).ok_or_else(|| format!("is no address, such as {USUAL}"))?;
    if here && !(url.scheme() == "http" && is_this_computer(&url)) {
        return Err(format!(
            "does not lead to this computer, as {USUAL} does: register such an address for the client, or sign in with \
             --no-browser"
        ));
    }
    Ok(text.trim().to_owned())
}

fn web_address(text: &str) -> Option<Url> {
    let url: Url = text.trim().parse().ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then_some(url)
}

/// Whether an address leads to this computer.
pub(crate) fn is_this_computer(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
    let is_name = host == "localhost" || host.ends_with(".localhost");
    is_name || host.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_go_nowhere_unencrypted() {
        for (text, expected) in [
            ("https://desk.example/", Ok("https://desk.example")),
            (" http://127.0.0.1:8099 ", Ok("http://127.0.0.1:8099")),
            ("http://[::1]:8099/", Ok("http://[::1]:8099")),
            ("http://a.localhost", Ok("http://a.localhost")),
            ("http://person:hidden@desk.example", Err("leads to desk.example")),
            ("http://10.0.0.1", Err("write https://")),
            ("desk.example", Err("is no address")),
            ("ftp://desk.example", Err("is no address")),
            ("", Err("is no address")),
        ] {
            match (checked_address(text), expected) {
                (Ok(address), Ok(expected)) => assert_eq!(address, expected),
                (Err(told), Err(part)) => assert!(told.contains(part) && !told.contains("hidden"), "{told}"),
                (got, _) => panic!("{text}: {got:?}"),
            }
        }
    }

    #[test]
    fn browsers_end_where_they_are_awaited() {
        for (text, here, good) in [
            ("http://localhost:9000/", true, true),
            ("https://app.example/back", false, true),
            ("https://app.example/back", true, false),
            ("https://localhost:9000/", true, false),
            ("nonsense", false, false),
        ] {
            assert_eq!(checked_redirect(text, here).is_ok(), good, "{text}");
        }
    }
}
