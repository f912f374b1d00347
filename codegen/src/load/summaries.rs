//! What `spec/local` says about showing records to people: their key fields, and links to their pages.

use std::fmt;

use serde::Deserialize;

use super::evidence::{Evidence, Strength};

/// The fields by which people recognise a record.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyFields {
    /// Why these.
    pub why: String,
    /// The record, by its Rust name.
    pub record: String,
    /// In the order in which they are shown: paths of wire names, or several with spaces between them that are shown as
    /// one, such as `contact.firstName contact.lastName`.
    pub fields: Vec<String>,
}

/// Whose page a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Page {
    /// The agents' page.
    Agent,
    /// The page in the help center, for customers.
    HelpCenter,
}

impl fmt::Display for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Agent => "agent",
            Self::HelpCenter => "help_center",
        })
    }
}

/// Where a link to a record is found: in one of its fields, or made by a pattern.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// Where this comes from.
    pub why: String,
    /// How far it can be trusted.
    pub evidence: Evidence,
    #[serde(default)]
    pub strength: Option<Strength>,
    /// Whose page it is.
    pub page: Page,
    /// The field that holds the link, in whatever record has it, or in this one only.
    #[serde(default)]
    pub field: Option<String>,
    /// The record that this is about, by its Rust name.
    #[serde(default)]
    pub record: Option<String>,
    /// What follows the site's address, with fields in braces.
    #[serde(default)]
    pub pattern: Option<String>,
}

/// The start of all links to pages of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// Where this comes from.
    pub why: String,
    /// How far it can be trusted.
    pub evidence: Evidence,
    #[serde(default)]
    pub strength: Option<Strength>,
    /// Whose pages they are.
    pub page: Page,
    /// The path on the data centre's host, with `{portal}` for the organization's name there.
    pub shared: String,
    /// The path on a host of the organization's own.
    pub own: String,
    /// The record that knows an organization's name in addresses.
    #[serde(default)]
    pub organization: Option<Known>,
}

/// What a record knows about the pages of an organization.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// The record, by its Rust name.
    pub record: String,
    /// The field with the organization's name in addresses.
    pub name: String,
    /// The field with its own host for these pages.
    pub host: String,
}
