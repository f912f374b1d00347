//! Where an organization's pages are.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::host::{self, InvalidHost};
use super::{Page, Site};
use crate::auth::DataCentre;
use crate::generated::{AGENT_SITE, HELP_CENTER_SITE};

/// Where an organization's pages are: those of its agents, and those of its help center.
///
/// ```
/// use desk_sdk::auth::DataCentre;
/// use desk_sdk::{Linked, Portal};
/// use desk_sdk::types::Ticket;
///
/// let ticket: Ticket = serde_json::from_str(r#"{"id": "4000000008001"}"#)?;
/// let portal = Portal::new(DataCentre::Europe, "zylker").locale("en");
/// let link = ticket.agent_link(&portal).expect("a link");
/// assert_eq!(link.as_str(), "https://desk.zoho.eu/support/zylker/ShowHomePage.do#Cases/dv/4000000008001");
/// let link = ticket.help_center_link(&portal.help_center_host("help.example.com")?).expect("a link");
/// assert_eq!(link.as_str(), "https://help.example.com/portal/en/ticket/4000000008001");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Portal {
    data_centre: DataCentre,
    name: String,
    locale: Option<String>,
    agent_host: Option<String>,
    help_center_host: Option<String>,
}

/// What may stand in a path without being encoded.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// What stands for the language of the help center in patterns.
const LOCALE: &str = "portal.locale";

impl Portal {
    /// The pages of the organization with this name in addresses, its record's `portalName`, on its data centre's host.
    pub fn new(data_centre: DataCentre, name: impl Into<String>) -> Self {
        Self { data_centre, name: name.into(), locale: None, agent_host: None, help_center_host: None }
    }

    /// The pages of an organization, by what its record knows; none if it has no name for addresses.
    pub(crate) fn known(data_centre: DataCentre, name: Option<&str>, host: Option<&str>) -> Option<Self> {
        let name = name.filter(|name| !name.trim().is_empty())?;
        let portal = Self::new(data_centre, name);
        let host = host.and_then(|host| host::checked(host).ok());
        Some(Self { help_center_host: host, ..portal })
    }

    /// The language in which the help center is shown, as in its addresses: `en`, `de`. Links to records that do not say
    /// what language they are in need it.
    pub fn locale(self, locale: impl Into<String>) -> Self {
        Self { locale: Some(locale.into()), ..self }
    }

    /// The host of the agents' pages, if the organization has its own.
    ///
    /// # Errors
    ///
    /// If it is not the name of a host.
    pub fn agent_host(self, host: &str) -> Result<Self, InvalidHost> {
        Ok(Self { agent_host: Some(host::checked(host)?), ..self })
    }

    /// The host of the help center, if the organization has its own, such as `zylker.zohodesk.com` or
    /// `help.example.com`.
    ///
    /// # Errors
    ///
    /// If it is not the name of a host.
    pub fn help_center_host(self, host: &str) -> Result<Self, InvalidHost> {
        Ok(Self { help_center_host: Some(host::checked(host)?), ..self })
    }

    /// The address that a pattern leads to; none if a value is missing.
    pub(super) fn address(&self, page: Page, pattern: &str, value: impl Fn(&str) -> Option<Value>) -> Option<String> {
        let rest = filled(pattern, |name| match name {
            LOCALE => self.locale.as_deref().and_then(encoded),
            name => match value(name)? {
                Value::String(text) => encoded(&text),
                Value::Number(number) => encoded(&number.to_string()),
                _ => None,
            },
        })?;
        Some(format!("{}{rest}", self.start(page)?))
    }

    fn start(&self, page: Page) -> Option<String> {
        let (site, host) = match page {
            Page::Agent => (AGENT_SITE, &self.agent_host),
            Page::HelpCenter => (HELP_CENTER_SITE, &self.help_center_host),
        };
        let Site { shared, own } = site?;
        let (address, path) = match host {
            Some(host) => (format!("https://{host}"), own),
            None => (self.data_centre.desk_url(), shared),
        };
        Some(address + &filled(path, |_| encoded(&self.name))?)
    }
}

/// A pattern with its values; none if one is missing.
fn filled(pattern: &str, value: impl Fn(&str) -> Option<String>) -> Option<String> {
    let (mut text, mut rest) = (String::new(), pattern);
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        text.push_str(before);
        text.push_str(&value(name)?);
        rest = after;
    }
    Some(text + rest)
}

/// A value as one part of a path. Browsers would take dots alone for another folder, so they are no value.
fn encoded(value: &str) -> Option<String> {
    let value = value.trim();
    let dots = value.chars().all(|c| c == '.');
    (!dots).then(|| utf8_percent_encode(value, PLAIN).to_string())
}
