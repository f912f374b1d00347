//! A call that is being put together: an operation with its values.

use std::fmt;

use serde_json::{Map, Value};

use crate::operation::Operation;
use crate::value::{FilePart, ToValue};

/// An operation with the values it is called with. The parameter structs hold one each.
#[derive(Clone)]
pub struct Call {
    pub(crate) operation: &'static Operation,
    /// The path of a call that was not put together from an operation's parameters.
    pub(crate) path: Option<String>,
    /// Path, query and header parameters.
    pub(crate) parameters: Map<String, Value>,
    /// Query parameters beyond the declared ones, in the order they were given.
    pub(crate) query: Vec<(String, String)>,
    /// Headers beyond the declared ones, such as the range of a download.
    pub(crate) headers: Vec<(http::HeaderName, String)>,
    /// Fields of a body that is a record.
    pub(crate) fields: Map<String, Value>,
    /// A body that is no record.
    pub(crate) whole: Option<Value>,
    /// Files of a form.
    pub(crate) files: Vec<(&'static str, FilePart)>,
    /// A body of raw bytes.
    pub(crate) bytes: Option<bytes::Bytes>,
}

/// The parameters of one operation: what a client's method takes.
pub trait Endpoint: Sized {
    /// What the operation answers.
    type Answer;

    /// What is known about the operation.
    const OPERATION: &'static Operation;

    /// The values that were set.
    fn into_call(self) -> Call;
}

impl Call {
    pub(crate) fn new(operation: &'static Operation) -> Self {
        Self {
            operation,
            path: None,
            parameters: Map::new(),
            query: Vec::new(),
            headers: Vec::new(),
            fields: Map::new(),
            whole: None,
            files: Vec::new(),
            bytes: None,
        }
    }

    /// The operation that is called.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    pub(crate) fn parameter(mut self, name: &str, value: impl ToValue) -> Self {
        self.parameters.insert(name.to_owned(), value.to_value());
        self
    }

    pub(crate) fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.query.push((name.into(), value.into()));
        self
    }

    pub(crate) fn field(mut self, name: impl Into<String>, value: impl ToValue) -> Self {
        self.fields.insert(name.into(), value.to_value());
        self
    }

    pub(crate) fn file(mut self, name: &'static str, file: impl Into<FilePart>) -> Self {
        self.files.push((name, file.into()));
        self
    }

    #[allow(dead_code, reason = "whether an operation takes several files is up to the spec")]
    pub(crate) fn files(mut self, name: &'static str, files: impl IntoIterator<Item = impl Into<FilePart>>) -> Self {
        self.files.extend(files.into_iter().map(|file| (name, file.into())));
        self
    }

    pub(crate) fn whole(mut self, value: impl ToValue) -> Self {
        self.whole = Some(value.to_value());
        self
    }

    #[allow(dead_code, reason = "whether an operation takes raw bytes is up to the spec")]
    pub(crate) fn bytes(mut self, content: impl Into<bytes::Bytes>) -> Self {
        self.bytes = Some(content.into());
        self
    }
}

/// A parameter struct with what all of them have: the way to their operation, and undeclared query parameters.
macro_rules! endpoint {
    ($id:literal, $name:ident, $answer:ty, $operation:ident) => {
        #[doc = concat!(" Parameters of [`Client::", $id, "`].")]
        #[derive(Clone, Debug)]
        pub struct $name(Call);

        impl $crate::Endpoint for $name {
            type Answer = $answer;

            const OPERATION: &'static $crate::Operation = &$operation;

            #[inline]
            fn into_call(self) -> $crate::Call {
                self.0
            }
        }

        impl $name {
            /// Adds a query parameter that is not declared; on a call that is
            /// [`unchecked`]($crate::Pending::unchecked), also one that is, in place of what its method set.
            pub fn query(self, name: impl Into<String>, value: impl Into<String>) -> Self {
                Self(self.0.query(name, value))
            }
        }
    };
}

/// An endpoint whose body is a record.
macro_rules! body_endpoint {
    ($id:literal, $name:ident, $answer:ty, $operation:ident) => {
        $crate::call::endpoint!($id, $name, $answer, $operation);

        impl $name {
            /// Sets a field of the body that is not declared, such as a custom one.
            pub fn field(self, name: impl Into<String>, value: impl Into<serde_json::Value>) -> Self {
                Self(self.0.field(name, value.into()))
            }
        }
    };
}

pub(crate) use {body_endpoint, endpoint};

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct(self.operation.id);
        for (name, value) in self.parameters.iter().chain(&self.fields) {
            debug.field(name, &format_args!("{value}"));
        }
        for (name, value) in &self.query {
            debug.field(name, value);
        }
        for (name, file) in &self.files {
            debug.field(name, file);
        }
        if let Some(whole) = &self.whole {
            debug.field("body", &format_args!("{whole}"));
        }
        if let Some(bytes) = &self.bytes {
            debug.field("body", &format_args!("{} bytes", bytes.len()));
        }
        debug.finish()
    }
}
