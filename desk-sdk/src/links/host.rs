//! Hosts that an organization has of its own.

use reqwest::Url;

use crate::shown::line;

/// Something that is not the name of a host.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{:?} is not the name of a host; give it alone, without https:// and path, such as help.example.com", line(.0, 100))]
pub struct InvalidHost(String);

/// A host name, as it is written in addresses.
pub(super) fn checked(text: &str) -> Result<String, InvalidHost> {
    let wrong = || InvalidHost(text.to_owned());
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    // A name without a dot would lead to a computer of the reader's own network.
    if !text.chars().all(allowed) || !text.contains('.') || text.split('.').any(str::is_empty) {
        return Err(wrong());
    }
    let url = Url::parse(&format!("https://{text}/")).map_err(|_| wrong())?;
    // An address of numbers is no name, however it is written.
    url.domain().map(str::to_owned).ok_or_else(wrong)
}
