//! Where the API is, how calls show who makes them, and for which organization.

use indexmap::IndexMap;
use serde::Deserialize;

/// The addresses of the API.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Servers {
    /// The reason.
    pub why: String,
    /// The first is the default; an API with one server has one.
    pub data_centres: Vec<DataCentre>,
}

/// Where data is stored, and the addresses that follow from it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataCentre {
    /// The name of its variant.
    pub name: String,
    /// What people call it, if that is not its name.
    #[serde(default)]
    pub title: Option<String>,
    /// Its code, such as `eu`.
    pub code: String,
    /// The address of the API, without the paths' common start.
    pub api: String,
    /// The address of the accounts server; the API's own if there is none.
    #[serde(default)]
    pub accounts: Option<String>,
    /// The domains by which a token names it.
    #[serde(default)]
    pub domains: Vec<String>,
}

impl DataCentre {
    /// The address of the accounts server.
    pub fn accounts(&self) -> &str {
        self.accounts.as_ref().unwrap_or(&self.api)
    }
}

/// How calls show who makes them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authorization {
    /// The reason.
    pub why: String,
    /// What has to be known about it.
    #[serde(default)]
    pub about: String,
    /// The words before a token in the header `Authorization`; the first is the default.
    pub schemes: Vec<Scheme>,
    /// Where tokens come from; none if they come from elsewhere.
    #[serde(default)]
    pub sign_in: Option<SignIn>,
}

/// A word before a token.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scheme {
    /// The name of its variant.
    pub name: String,
    /// The word itself.
    pub word: String,
    /// Where it is used.
    pub about: String,
}

/// The accounts server: its paths, and how it is asked.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// Where a person gives consent.
    pub authorize: String,
    /// Where codes and refresh tokens are exchanged.
    pub token: String,
    /// Where tokens are revoked.
    #[serde(default)]
    pub revoke: Option<String>,
    /// Where a permit to ask for more scopes is given.
    #[serde(default)]
    pub enhance: Option<String>,
    /// Where a person consents to more scopes.
    #[serde(default)]
    pub add_scopes: Option<String>,
    /// What else the address for consent says.
    #[serde(default)]
    pub parameters: IndexMap<String, String>,
    /// What stands between the scopes that are asked for.
    pub scope_separator: String,
}

/// How calls name the organization that they are made for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organization {
    /// The reason.
    pub why: String,
    /// What it is.
    #[serde(default)]
    pub about: String,
    /// The header, which upstream declares as a parameter.
    pub parameter: String,
    /// Whether ids of organizations are digits.
    pub digits: bool,
    /// Whether an operation finds the organizations of a token's user, so that programs need not name one.
    #[serde(default)]
    pub discovery: bool,
}
