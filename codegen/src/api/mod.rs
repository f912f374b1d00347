//! `spec/local/api.json`: what is particular to the API as a whole and holds for every operation.

mod access;
mod check;
mod scopes;

use indexmap::IndexMap;
use serde::Deserialize;

pub use self::access::{Authorization, DataCentre, Organization, Scheme, Servers, SignIn};
pub use self::scopes::{Action, ListMeans, Scope, Scopes};
use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::load::entries;
use crate::spec::Schema;
use crate::{API, Files};

/// What is particular to the API.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Api {
    /// The key by which an editor finds the schema of the file.
    #[serde(rename = "$schema", default)]
    _schema: Option<String>,
    /// What it is called.
    pub title: String,
    /// What it is, in a line.
    #[serde(default)]
    pub summary: String,
    /// What everybody who calls it has to know.
    #[serde(default)]
    pub about: String,
    /// Where it is.
    pub servers: Servers,
    /// How calls show who makes them.
    pub authorization: Authorization,
    /// How calls name the organization that they are made for; none if they do not.
    #[serde(default)]
    pub organization: Option<Organization>,
    /// What scopes look like, and which covers which.
    pub scopes: Scopes,
    /// What a refusal looks like.
    pub errors: Errors,
    /// How lists are read.
    pub paging: Paging,
    /// What calls cost; none if they are free.
    #[serde(default)]
    pub credits: Option<Credits>,
}

/// What a refusal looks like. Keys may be paths such as `error.code`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Errors {
    /// The reason.
    pub why: String,
    /// The key of the code.
    pub code: String,
    /// The key of the message.
    pub message: String,
    /// What is said about single fields.
    #[serde(default)]
    pub details: Option<Details>,
    /// The headers with the request's id, the first that is there.
    #[serde(default)]
    pub request_id: Vec<String>,
    /// The whole object, as a type.
    #[serde(rename = "type", default)]
    pub schema: Option<Schema>,
    /// The codes that mean something to the client or to people.
    #[serde(default)]
    pub codes: IndexMap<String, Code>,
}

/// A list of what is wrong with single fields.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Details {
    /// The key of the list.
    pub list: String,
    /// The key of the field's name.
    pub field: String,
    /// The key of what is wrong, in a word.
    pub kind: String,
    /// The key of the message.
    pub message: String,
}

/// A code of a refusal.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// What it means to the client.
    #[serde(default)]
    pub means: Option<Meaning>,
    /// What a person can do about it.
    pub advice: String,
}

/// What a code means to the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    /// The token is not accepted; another may be.
    Token,
    /// The token lacks a scope.
    Scope,
    /// There are no credits left.
    Credits,
}

/// How lists are read.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paging {
    /// The reason.
    pub why: String,
    /// The parameter that says where a page starts.
    pub index: String,
    /// The parameter for the length of a page.
    pub size: String,
    /// What the index counts.
    pub counts: Counts,
    /// The key that most lists have.
    pub records: String,
    /// The field that identifies most records.
    pub id: String,
    /// The key of the number of all records.
    pub total: String,
    /// The key that says whether more records follow.
    pub more: String,
    /// The key of what stands for the next page; where it is not empty, a list goes on.
    #[serde(default)]
    pub next: Option<String>,
    /// The highest index of a record that the service gives.
    #[serde(default)]
    pub deepest: Option<u64>,
    /// How lists are filtered and sorted by times; none if they cannot be walked that way.
    #[serde(default)]
    pub times: Option<Times>,
}

/// What the index of a page counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counts {
    /// Records before it.
    Records,
    /// Pages before it.
    Pages,
}

/// How lists are filtered and sorted by times.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Times {
    /// How the name of a parameter ends that filters by a range of a field's times.
    pub range: String,
    /// The parameter that sorts.
    pub sort: String,
    /// How the names of fields end that hold times.
    pub field: String,
    /// How the names of fields begin whose times never change.
    pub created: String,
    /// The field with the time of a record's last change.
    pub changed: String,
}

/// What calls cost.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credits {
    /// The reason.
    pub why: String,
    /// The header with what a call cost.
    pub spent: String,
    /// The header with what is left.
    pub left: String,
    /// The price of a page of a list, by the highest index at which it holds.
    pub pages: Vec<(u64, u64)>,
    /// The price of a page beyond those.
    pub beyond: u64,
}

impl Api {
    /// Reads and checks `spec/local/api.json`, one of these files.
    ///
    /// # Errors
    ///
    /// If it is missing, and everything that is wrong with it, each with its line.
    pub fn read(files: &Files) -> Result<Self, Diagnostics> {
        let mut diagnostics = Diagnostics::default();
        let read = files.get(API).map(|text| entries::whole::<Self>(API, text, &mut diagnostics));
        let Some(read) = read else {
            let help = "it says what is particular to the API: servers, scopes, errors, paging; see spec/README.md";
            return Err(Diagnostic::new(Location::file(API), "there is no such file", help).into());
        };
        if let Some(api) = &read {
            check::check(api, &mut diagnostics);
        }
        match read {
            Some(api) if diagnostics.is_empty() => Ok(api),
            _ => Err(diagnostics.locate(files)),
        }
    }

    /// The name of the parameter by which calls name their organization.
    pub fn organization_parameter(&self) -> Option<&str> {
        self.organization.as_ref().map(|organization| organization.parameter.as_str())
    }
}

impl Errors {
    /// Whether a record with these fields can be the API's error object: it has a code and a message, or what holds
    /// both.
    pub fn are_in<T>(&self, fields: &IndexMap<String, T>) -> bool {
        self.roots().iter().all(|root| fields.contains_key(*root))
    }

    /// The keys at the top of the object, under which code and message lie.
    pub fn roots(&self) -> Vec<&str> {
        let mut roots: Vec<&str> = [&self.code, &self.message].map(|path| root(path)).to_vec();
        roots.dedup();
        roots
    }
}

fn root(path: &str) -> &str {
    path.split('.').next().unwrap_or(path)
}
