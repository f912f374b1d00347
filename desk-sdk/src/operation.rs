//! What is known about each operation, as constant data.
//!
//! The tables are generated from the project's spec. Validation, the scope check, the risk check
//! and the documentation all read the same ones.

use std::fmt;

use crate::scope::Scope;

/// An operation of the API.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Operation {
    /// Its name, in snake case; also the name of the client's method.
    pub id: &'static str,
    /// HTTP method.
    pub method: Method,
    /// Path with its parameters in braces, such as `/api/v1/tickets/{ticketId}`.
    pub path: &'static str,
    /// The module of the API that it belongs to.
    pub module: &'static str,
    /// What it does, in a sentence.
    pub summary: &'static str,
    /// Alternatives of sets; of one set, every scope is needed. None: any token will do.
    pub scopes: &'static [&'static [Scope]],
    /// Whether these scopes look like a slip of the API's description. With the default
    /// [check](crate::ScopeCheck) a call without them goes out, with a warning.
    pub doubtful_scopes: bool,
    /// What a call may do to data.
    pub risk: Risk,
    /// Whether it takes the organization's id, in the header `orgId`.
    pub organization: bool,
    /// Whether it takes query parameters that nobody documents.
    pub undocumented_query: bool,
    /// Path, query and header parameters.
    pub parameters: &'static [Parameter],
    /// What is sent.
    pub body: Body,
    /// How a list is read page by page.
    pub paging: Option<Paging>,
    /// Whether a success may carry an error object instead of a result.
    pub error_in_success: bool,
    /// Whether its use is discouraged.
    pub deprecated: bool,
    /// Other ids of the same operation.
    pub aliases: &'static [&'static str],
    /// The operation that this id stands for, if it is an alias itself.
    pub alias_of: Option<&'static str>,
    /// What is no more than a guess, because nothing documents it: keys of the operation such as
    /// `path`, `scopes`, `paging` or `risk`; parameters, and fields of what it sends or answers; a
    /// type that it sends or answers (`module.type`) as a whole, or one key of that type, such as
    /// which fields it requires (`module.type.required`); `operation`, where all of it is.
    pub inferred: &'static [&'static str],
    /// Paths of other operations that a text in this one's path could make; such texts are refused.
    pub(crate) other_paths: &'static [&'static str],
}

impl Operation {
    /// An operation of a module with everything else as most operations have it; the tables say
    /// only what differs.
    pub(crate) const fn of(module: &'static str) -> Self {
        Self {
            id: "",
            method: Method::Get,
            path: "",
            module,
            summary: "",
            scopes: &[],
            doubtful_scopes: false,
            risk: Risk::Safe,
            organization: true,
            undocumented_query: false,
            parameters: &[],
            body: Body::None,
            paging: None,
            error_in_success: false,
            deprecated: false,
            aliases: &[],
            alias_of: None,
            inferred: &[],
            other_paths: &[],
        }
    }

    /// The parameter of that name.
    pub fn parameter(&self, name: &str) -> Option<&'static Parameter> {
        self.parameters.iter().find(|parameter| parameter.field.name == name)
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} {})", self.id, self.method, self.path)
    }
}

/// Id, method and path alone: the tables behind it fill pages.
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
    /// The method as it stands in a request.
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
/// It does not follow from the method: some GETs change things, some POSTs only read. What may
/// also be done with a certain field, such as a dissociation by `associate: false`, counts as
/// done. Each level includes those before it: a client that may destroy may also send.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Risk {
    /// Reads only.
    Safe,
    /// Creates or changes; another write can undo it.
    Write,
    /// Has an effect outside the organization that nobody can call back: a reply or a message to a
    /// customer, an invitation by mail, an action that may run anything.
    Outbound,
    /// Destroys: what was there before cannot be had again by another write.
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
    /// Largest `limit`, where one is known.
    pub maximum: Option<u64>,
    /// The `limit` that is taken when none is given, where it is known.
    pub default: Option<u64>,
    /// The key of the answer that holds the records; empty where the answer itself is the list.
    pub key: &'static str,
}

/// A value that is sent beside the body.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Where it stands in the request.
    pub place: ParameterPlace,
    /// Its name, kind and rules.
    pub field: Field,
}

/// Where a parameter stands in the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ParameterPlace {
    /// In the path.
    Path,
    /// Behind the question mark.
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
        /// Its fields. In a partial update hardly any is required.
        fields: &'static [Field],
        /// The query parameter that carries the record where a file is sent, in a form of its own.
        document_parameter: Option<&'static str>,
    },
    /// A form of several parts, files among them.
    Form {
        /// Its parts.
        fields: &'static [Field],
    },
    /// A JSON document that is no record.
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

    /// The declared fields; none where the body is not a record.
    pub fn fields(&self) -> &'static [Field] {
        match self {
            Self::Json { fields, .. } | Self::Form { fields } => fields,
            Self::None | Self::Whole { .. } | Self::Bytes => &[],
        }
    }
}

/// A named value with what is known about it.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name on the wire.
    pub name: &'static str,
    /// What kind of value it is.
    pub kind: Kind,
    /// Its limits. No rule: not limited, not required.
    pub rules: &'static [Rule],
}

impl Field {
    /// Whether a call needs it.
    pub fn required(&self) -> bool {
        self.rules.iter().any(|rule| matches!(rule, Rule::Required))
    }
}

/// Kinds of values.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Any JSON.
    Any,
    /// True or false.
    Boolean,
    /// A point in time, `2024-05-14T09:30:00.000Z`.
    DateTime,
    /// The content of a file.
    File,
    /// Digits that name a record.
    Id,
    /// A whole number.
    Integer,
    /// Equal things; separated by commas where it is a parameter.
    List(&'static Kind),
    /// A mapping from text to anything.
    Map,
    /// A number.
    Number,
    /// A record with these fields; a JSON document where it is a parameter. A function, because
    /// records may hold one another.
    Record(fn() -> &'static [Field]),
    /// Any text.
    Text,
    /// Two points in time, separated by a comma.
    TimeRange,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Any => "any value",
            Self::Boolean => "true or false",
            Self::DateTime => "a date and time such as 2024-05-14T09:30:00.000Z",
            Self::File => "a file",
            Self::Id => "an id (digits)",
            Self::Integer => "a whole number",
            Self::List(_) => "a list",
            Self::Map | Self::Record(_) => "a record",
            Self::Number => "a number",
            Self::Text => "text",
            Self::TimeRange => {
                "two date-times, separated by a comma, such as 2024-05-14T00:00:00.000Z,2024-05-15T00:00:00.000Z"
            }
        })
    }
}

/// A limit on a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The call needs it.
    Required,
    /// The description says that the call needs it, which is in doubt.
    Expected,
    /// The call needs it, unless this other field is given.
    Unless(&'static str),
    /// `null` may be sent.
    Nullable,
    /// The server alone sets it.
    ReadOnly,
    /// Smallest number.
    Minimum(i64),
    /// Largest number.
    Maximum(i64),
    /// Fewest characters.
    MinLength(u64),
    /// Most characters.
    MaxLength(u64),
    /// Fewest elements.
    MinItems(u64),
    /// Most elements.
    MaxItems(u64),
    /// Every element once only.
    Unique,
    /// The allowed values; of a list, for each element.
    Values(&'static [&'static str]),
    /// The list of allowed values is in doubt, or not complete.
    Open,
    /// A leading `-` may stand before each allowed value.
    Descending,
    /// A value may be given in any spelling; the one that is listed is sent.
    AnySpelling,
    /// Two date-times, separated by a comma, may stand in the place of an allowed value.
    OrTimeRange,
    /// What the text begins with.
    Prefix(&'static str),
    /// Words that are allowed although they are not of the kind; of a list, for each element.
    Words(&'static [&'static str]),
    /// What the server takes when it is left out.
    Default(&'static str),
}

pub(crate) const fn paging(
    first: u64,
    maximum: Option<u64>,
    default: Option<u64>,
    key: &'static str,
) -> Option<Paging> {
    Some(Paging { first, maximum, default, key })
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

pub(crate) const fn field(name: &'static str, kind: Kind, rules: &'static [Rule]) -> Field {
    Field { name, kind, rules }
}
