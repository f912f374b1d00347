//! A call that is being put together: an operation with its values.

use std::fmt;

use serde_json::{Map, Value};

use crate::operation::Operation;
use crate::value::{FilePart, ToValue, list};

/// An operation with the values it is called with. The parameter structs hold one each.
#[derive(Clone)]
pub struct Call {
    pub(crate) operation: &'static Operation,
    /// Path, query and header parameters.
    pub(crate) parameters: Map<String, Value>,
    /// Query parameters beyond the declared ones, in the order they were given.
    pub(crate) query: Vec<(String, String)>,
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
            parameters: Map::new(),
            query: Vec::new(),
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

    pub(crate) fn parameter<T: ToValue>(mut self, name: &str, value: impl Into<T>) -> Self {
        self.parameters.insert(name.to_owned(), value.into().to_value());
        self
    }

    pub(crate) fn parameter_list<T: ToValue>(mut self, name: &str, values: impl IntoIterator<Item = impl Into<T>>) -> Self {
        self.parameters.insert(name.to_owned(), list::<T>(values));
        self
    }

    pub(crate) fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.query.push((name.into(), value.into()));
        self
    }

    pub(crate) fn field<T: ToValue>(mut self, name: &str, value: impl Into<T>) -> Self {
        self.fields.insert(name.to_owned(), value.into().to_value());
        self
    }

    pub(crate) fn field_list<T: ToValue>(mut self, name: &str, values: impl IntoIterator<Item = impl Into<T>>) -> Self {
        self.fields.insert(name.to_owned(), list::<T>(values));
        self
    }

    pub(crate) fn undeclared(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.fields.insert(name.into(), value.into());
        self
    }

    pub(crate) fn file(mut self, name: &'static str, file: impl Into<FilePart>) -> Self {
        self.files.push((name, file.into()));
        self
    }

    pub(crate) fn files(mut self, name: &'static str, files: impl IntoIterator<Item = impl Into<FilePart>>) -> Self {
        self.files.extend(files.into_iter().map(|file| (name, file.into())));
        self
    }

    pub(crate) fn whole<T: ToValue>(mut self, value: impl Into<T>) -> Self {
        self.whole = Some(value.into().to_value());
        self
    }

    pub(crate) fn whole_list<T: ToValue>(mut self, values: impl IntoIterator<Item = impl Into<T>>) -> Self {
        self.whole = Some(list::<T>(values));
        self
    }

    pub(crate) fn bytes(mut self, content: impl Into<bytes::Bytes>) -> Self {
        self.bytes = Some(content.into());
        self
    }
}

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
