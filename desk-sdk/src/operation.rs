//! What is known about each operation, as constant data.
//!
//! The tables are generated from the project's spec. Validation, the scope check, the risk check and the docs all use
//! the same tables.

mod field;

use std::fmt;

pub(crate) use self::field::field;
pub use self::field::{Field, Kind, Rule};

use crate::scope::Scope;

/// An operation of the API.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Operation {
    /// Its name in snake case, which is also the name of the client's method.
    pub id: &'static str,
    /// HTTP method.
    pub method: Method,
    /// Path with its parameters in braces, such as `/api/v1/tickets/{ticketId}`.
    pub path: &'static str,
    /// The API module it belongs to.
    pub module: &'static str,
    /// What it does, in a sentence.
    pub summary: &'static str,
    /// Alternative sets of scopes; every scope of one set is required. If empty, any token will do.
    pub scopes: &'static [&'static [Scope]],
    /// Whether these scopes look like a mistake in the API's description. With the default [check](crate::ScopeCheck),
    /// a call without them is made with a warning.
    pub doubtful_scopes: bool,
    /// Whether it is described for a browser's cookie or another key that the client does not send: it names no scope,
    /// and whether a token is enough is unknown.
    pub cookie_only: bool,
    /// What a call may do to data.
    pub risk: Risk,
    /// Whether it takes the organization's id, in the `orgId` header.
    pub organization: bool,
    /// Whether it takes undocumented query parameters.
    pub undocumented_query: bool,
    /// Path, query and header parameters.
    pub parameters: &'static [Parameter],
    /// The body.
    pub body: Body,
    /// How a list is read page by page.
    pub paging: Option<Paging>,
    /// The times by which the records of a list can be filtered or sorted, the one to prefer first.
    pub timelines: &'static [Timeline],
    /// Another operation that gives the same records and can be filtered by time, so that it reads any number of them.
    pub by_time: Option<&'static str>,
    /// Whether a successful answer may contain an error object instead of a result.
    pub error_in_success: bool,
    /// Whether its use is discouraged.
    pub deprecated: bool,
    /// Other ids of the same operation.
    pub aliases: &'static [&'static str],
    /// The operation that this id is an alias of, if it is one.
    pub alias_of: Option<&'static str>,
    /// What is only inferred, because it is undocumented: keys of the operation such as `path`, `scopes`, `paging` or
    /// `risk`; parameters, and fields of what it sends or answers; a type that it sends or answers (`module.type`) as a
    /// whole, or one key of that type, such as which fields it requires (`module.type.required`); or `operation`, if
    /// all of it is.
    pub inferred: &'static [&'static str],
    /// Paths of other operations that a text in this one's path could produce; such texts are refused.
    pub(crate) other_paths: &'static [&'static str],
}

impl Operation {
    /// An operation of a module, with all other values as most operations have them; the tables only say what differs.
    pub(crate) const fn of(module: &'static str) -> Self {
        Self {
            id: "",
            method: Method::Get,
            path: "",
            module,
            summary: "",
            scopes: &[],
            doubtful_scopes: false,
            cookie_only: false,
            risk: Risk::Safe,
            organization: true,
            undocumented_query: false,
            parameters: &[],
            body: Body::None,
            paging: None,
            timelines: &[],
            by_time: None,
            error_in_success: false,
            deprecated: false,
            aliases: &[],
            alias_of: None,
            inferred: &[],
            other_paths: &[],
        }
    }

    /// The parameter with this name.
    pub fn parameter(&self, name: &str) -> Option<&'static Parameter> {
        self.parameters.iter().find(|parameter| parameter.field.name == name)
    }
}

/// So that functions take operations and references to them alike.
impl AsRef<Self> for Operation {
    fn as_ref(&self) -> &Self {
        self
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} {})", self.id, self.method, self.path)
    }
}

/// Only id, method and path: the full tables would fill pages.
impl fmt::Debug for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Operation({} {} {})", self.id, self.method, self.path)
    }
}

/// HTTP methods that the API uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// Reads, with few exceptions.
    Get,
    /// Creates, or starts an action.
    Post,
    /// Replaces.
    Put,
    /// Changes what is sent.
    Patch,
    /// Removes.
    Delete,
}

impl Method {
    /// The method as it appears in a request.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a call may do, from least to most.
///
/// This does not follow from the method: some GETs change things, some POSTs only read. Anything that a particular
/// field makes possible, such as a dissociation by `associate: false`, counts. Each level includes those before it: a
/// client that may destroy may also send.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Risk {
    /// Reads only.
    Safe,
    /// Creates or changes something; another write can undo it.
    Write,
    /// Has an effect outside the organization that cannot be reversed: a reply or a message to a customer, an
    /// invitation by mail, an action that may run anything.
    Outbound,
    /// Destroys something that another write cannot restore.
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

/// How a list is read page by page, with the parameters `from` and `limit`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paging {
    /// Index of the first record; 0 for some operations, 1 for others.
    pub first: u64,
    /// Largest `limit`, if known.
    pub maximum: Option<u64>,
    /// Default `limit`, if known.
    pub default: Option<u64>,
    /// The key of the answer that contains the records; empty if the answer itself is the list.
    pub key: &'static str,
    /// The field that identifies a record; empty if nothing does.
    pub id: &'static str,
}

/// A time of the records by which a list can be filtered, sorted, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// The records' field, such as `createdTime`.
    pub field: &'static str,
    /// The parameter that filters by a range of that time, such as `createdTimeRange`, if there is one.
    pub range: Option<&'static str>,
    /// The value of `sortBy` that sorts by that time, oldest first, if there is one.
    pub sort: Option<&'static str>,
}

/// A value that is sent outside the body.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Where in the request it goes.
    pub place: ParameterPlace,
    /// Its name, kind and rules.
    pub field: Field,
}

/// Where in a request a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ParameterPlace {
    /// In the path.
    Path,
    /// In the query string.
    Query,
    /// In a header.
    Header,
}

/// What an operation sends as its body.
#[derive(Clone, Copy, Debug)]
pub enum Body {
    /// Nothing.
    None,
    /// A JSON record with these fields.
    Json {
        /// Whether the call needs it.
        required: bool,
        /// Its fields. In a partial update, hardly any is required.
        fields: &'static [Field],
        /// The query parameter that carries the record if a file is sent, in a form of its own.
        document_parameter: Option<&'static str>,
    },
    /// A multipart form, with files.
    Form {
        /// Its parts.
        fields: &'static [Field],
    },
    /// A JSON document that is not a record.
    Whole {
        /// Whether the call needs it.
        required: bool,
        /// Its kind.
        kind: Kind,
    },
    /// Any bytes.
    Bytes,
}

impl Body {
    pub(crate) const fn json(fields: &'static [Field]) -> Self {
        Self::Json { required: true, fields, document_parameter: None }
    }

    pub(crate) const fn optional_json(fields: &'static [Field]) -> Self {
        Self::Json { required: false, fields, document_parameter: None }
    }

    pub(crate) const fn json_or_form(fields: &'static [Field], document_parameter: &'static str) -> Self {
        Self::Json { required: true, fields, document_parameter: Some(document_parameter) }
    }

    pub(crate) const fn form(fields: &'static [Field]) -> Self {
        Self::Form { fields }
    }

    /// The declared fields; empty if the body is not a record.
    pub fn fields(&self) -> &'static [Field] {
        match self {
            Self::Json { fields, .. } | Self::Form { fields } => fields,
            Self::None | Self::Whole { .. } | Self::Bytes => &[],
        }
    }
}

pub(crate) const fn paging(
    first: u64,
    maximum: Option<u64>,
    default: Option<u64>,
    key: &'static str,
    id: &'static str,
) -> Option<Paging> {
    Some(Paging { first, maximum, default, key, id })
}

/// A time to walk by; an empty text stands for nothing.
pub(crate) const fn timeline(field: &'static str, range: &'static str, sort: &'static str) -> Timeline {
    const fn some(text: &'static str) -> Option<&'static str> {
        if text.is_empty() { None } else { Some(text) }
    }
    Timeline { field, range: some(range), sort: some(sort) }
}

pub(crate) const fn path(name: &'static str, kind: Kind, rules: &'static [Rule]) -> Parameter {
    Parameter { place: ParameterPlace::Path, field: Field { name, kind, rules } }
}

pub(crate) const fn query(name: &'static str, kind: Kind, rules: &'static [Rule]) -> Parameter {
    Parameter { place: ParameterPlace::Query, field: Field { name, kind, rules } }
}

pub(crate) const fn header(name: &'static str, kind: Kind, rules: &'static [Rule]) -> Parameter {
    Parameter { place: ParameterPlace::Header, field: Field { name, kind, rules } }
}
