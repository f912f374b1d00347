//! What is true of the API as a whole: `spec/local/api.json`.

use serde::Deserialize;

use crate::spec::Schema;

/// What is true of the API as a whole.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Api {
    /// The key by which an editor finds the schema of the file.
    #[serde(rename = "$schema", default)]
    _schema: Option<String>,
    /// What it is called.
    pub title: String,
    /// What it is, in a line.
    pub summary: String,
    /// What everybody who calls it has to know.
    pub about: String,
    /// How a call names its organization.
    pub organization: Organization,
    /// How a call is authorized.
    pub authorization: Authorization,
    /// Where it is served, the usual place first.
    pub data_centres: Vec<DataCentre>,
    /// What comes with an error status.
    pub error: Schema,
}

/// How a call names its organization.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organization {
    /// The name of the header.
    pub header: String,
    /// What it is.
    pub about: String,
}

/// How a call is authorized: by OAuth 2.0.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authorization {
    /// What has to be known about it.
    pub about: String,
    /// The path of the page that asks for consent, on the data centre's accounts server.
    pub authorize: String,
    /// The path that gives tokens, on the same server.
    pub token: String,
}

/// A place where data is kept, with servers of its own.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataCentre {
    /// Its code, such as `eu`.
    pub code: String,
    /// Its name, such as `Europe`.
    pub name: String,
    /// The address of the API.
    pub server: String,
    /// The address of the accounts server.
    pub accounts: String,
}
