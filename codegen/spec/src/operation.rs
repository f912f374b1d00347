//! What an operation is.

use std::fmt;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::schema::Schema;

/// One registered operation of the API.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Operation {
    /// Its name, in snake case, unique in the spec.
    pub id: String,
    /// Its name in the OpenAPI files, where it stands in them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upstream_id: Option<String>,
    /// HTTP method.
    pub method: Method,
    /// Path with its parameters in braces.
    pub path: String,
    /// What it does, in a sentence.
    pub summary: String,
    /// Alternative sets of scopes; every scope of one set is required. If empty, any token will do.
    pub scopes: Vec<Vec<String>>,
    /// Whether these scopes look like a mistake in the description: a call without them is allowed, with a warning.
    #[serde(default, skip_serializing_if = "is_false")]
    pub doubtful_scopes: bool,
    /// Whether the description wants a browser's cookie or another key that clients do not send, so that no scope is known to be enough.
    #[serde(default, skip_serializing_if = "is_false")]
    pub cookie_only: bool,
    /// What it may do to data.
    pub risk: Risk,
    /// Whether it takes the organization (`orgId`).
    pub organization: bool,
    /// Whether it takes undocumented query parameters.
    #[serde(default, skip_serializing_if = "is_false")]
    pub undocumented_query: bool,
    /// Path, query and header parameters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Parameter>,
    /// What is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
    /// What comes back, by success status.
    pub answers: IndexMap<Status, Answer>,
    /// Whether a success may carry an error object instead of a result.
    #[serde(default, skip_serializing_if = "is_false")]
    pub error_in_success: bool,
    /// Declared error statuses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Status>,
    /// How a list is read page by page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paging: Option<Paging>,
    /// Whether its use is discouraged.
    #[serde(default, skip_serializing_if = "is_false")]
    pub deprecated: bool,
    /// Whether it lists the organizations of a token's user, so that one can be found by itself.
    #[serde(default, skip_serializing_if = "is_false")]
    pub discovers_organization: bool,
    /// The operation that stands for this one, where the rule for duplicates picks wrongly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alias_of: Option<String>,
}

fn is_false(flag: &bool) -> bool {
    !flag
}

/// HTTP methods that the API uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        })
    }
}

/// What a call may do to data, from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Risk {
    /// Reads only.
    Safe,
    /// Creates or changes.
    Write,
    /// Has an effect outside the organization that cannot be reversed: a message to a customer, an action that may do
    /// anything.
    Outbound,
    /// Destroys.
    Destructive,
}

impl fmt::Display for Risk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Safe => "safe",
            Self::Write => "write",
            Self::Outbound => "outbound",
            Self::Destructive => "destructive",
        })
    }
}

/// An HTTP status; a key in the spec.
pub type Status = u16;

/// A value that is sent beside the body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Its name on the wire.
    pub name: String,
    /// Where it stands in the request.
    #[serde(rename = "in")]
    pub place: ParameterPlace,
    /// Whether the call needs it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub required: bool,
    /// Whether it is said to be required, which is in doubt: a call without it is allowed, with a warning.
    #[serde(default, skip_serializing_if = "is_false")]
    pub expected: bool,
    /// Its type. Lists are written separated by commas, records as JSON.
    #[serde(rename = "type")]
    pub schema: Schema,
    /// What else is known about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Where a parameter stands in the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParameterPlace {
    Path,
    Query,
    Header,
}

/// What a request carries; at least one kind is set.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// Whether the call needs it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub required: bool,
    /// Whether only what changes is sent, so that no field is required.
    #[serde(default, skip_serializing_if = "is_false")]
    pub partial: bool,
    /// The fields of a partial body without which it would say nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needed: Vec<String>,
    /// A JSON document of this type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub json: Option<Schema>,
    /// A form with files; a record whose fields are the parts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub multipart: Option<Schema>,
    /// The query parameter that carries the document where a form is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_parameter: Option<String>,
    /// Any bytes, as they are.
    #[serde(default, skip_serializing_if = "is_false")]
    pub bytes: bool,
}

/// What a success carries.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(clippy::large_enum_variant, reason = "nearly all answers are of the large kind")]
pub enum Answer {
    /// No body.
    Empty,
    /// A file.
    Bytes,
    /// A JSON document.
    Json(Schema),
}

/// How a list is read page by page, with the parameters `from` and `limit`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paging {
    /// Index of the first record.
    pub first: u64,
    /// Largest `limit`, where one is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum: Option<u64>,
    /// The `limit` that is taken when none is given, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<u64>,
    /// The key of the answer that holds the records; empty where the answer itself is the list.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub key: String,
    /// The field that identifies a record, where it is not `id`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Times by which the records can be filtered or sorted, where the parameters' names do not say so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub timelines: Vec<Timeline>,
}

/// A time of the records by which a list can be filtered, sorted, or both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Timeline {
    /// The records' field.
    pub field: String,
    /// The parameter that filters by a range of that time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<String>,
    /// The value of `sortBy` that sorts by that time, oldest first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<String>,
}

/// A path with the names of its parameters left out: `/tickets/{}/comments`.
pub fn route(path: &str) -> String {
    let mut route = String::with_capacity(path.len());
    let mut inside = false;
    for c in path.chars() {
        match c {
            '{' => {
                inside = true;
                route.push('{');
            }
            '}' => {
                inside = false;
                route.push('}');
            }
            c if !inside => route.push(c),
            _ => {}
        }
    }
    route
}

impl Operation {
    /// The path with the names of its parameters left out: `/tickets/{}/comments`.
    pub fn route(&self) -> String {
        route(&self.path)
    }

    /// The names between braces in the path, in order.
    pub fn path_names(&self) -> impl Iterator<Item = &str> {
        self.path.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
    }

    /// Every type that is written in the operation itself.
    pub fn schemas(&self) -> impl Iterator<Item = &Schema> {
        let parameters = self.parameters.iter().map(|parameter| &parameter.schema);
        let body = self.body.iter().flat_map(|body| body.json.iter().chain(&body.multipart));
        let answers = self.answers.values().filter_map(|answer| match answer {
            Answer::Json(schema) => Some(schema),
            Answer::Empty | Answer::Bytes => None,
        });
        parameters.chain(body).chain(answers)
    }

    /// The answer that carries most: JSON before bytes before nothing.
    pub fn main_answer(&self) -> Option<&Answer> {
        let rank = |answer: &&Answer| match answer {
            Answer::Json(_) => 0,
            Answer::Bytes => 1,
            Answer::Empty => 2,
        };
        self.answers.values().min_by_key(rank)
    }
}
