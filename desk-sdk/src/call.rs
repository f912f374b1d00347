//! A call being prepared: an operation with its values.

use std::fmt;

use serde_json::Value;

use crate::invalid_call::BrokenRule;
use crate::operation::Operation;
use crate::value::{FilePart, Given, Setting, Values};

/// An operation with the values it is called with. Each parameter struct holds one.
#[derive(Clone)]
pub struct Call {
    pub(crate) operation: &'static Operation,
    /// The path of a call that was not built from an operation's parameters.
    pub(crate) path: Option<String>,
    /// Path, query and header parameters.
    pub(crate) parameters: Values,
    /// Undeclared query parameters, in the order they were given.
    pub(crate) query: Vec<(String, String)>,
    /// Undeclared headers, such as the range of a download.
    pub(crate) headers: Vec<(http::HeaderName, String)>,
    /// Fields of a body that is a record.
    pub(crate) fields: Values,
    /// A body that is not a record.
    pub(crate) whole: Option<Value>,
    /// Files of a form.
    pub(crate) files: Vec<(&'static str, FilePart)>,
    /// A body of raw bytes.
    pub(crate) bytes: Option<bytes::Bytes>,
    /// Values that there is no JSON for. With one, the call is not made, whatever is set afterwards.
    pub(crate) unwritable: Vec<BrokenRule>,
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
            parameters: Values::new(),
            query: Vec::new(),
            headers: Vec::new(),
            fields: Values::new(),
            whole: None,
            files: Vec::new(),
            bytes: None,
            unwritable: Vec::new(),
        }
    }

    /// The operation that is called.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Sets a parameter of the path, the query or the header.
    pub(crate) fn parameter(mut self, name: &'static str, given: Given) -> Self {
        match given {
            Given::Value(value) => self.parameters.insert(name, value),
            Given::Unwritable(broken) => {
                let null = self.without_json(name, *broken);
                self.parameters.insert(name, null);
            }
            Given::Keep | Given::Files(_) | Given::Bytes(_) => {}
        }
        self
    }

    pub(crate) fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.query.push((name.into(), value.into()));
        self
    }

    /// Sets a field of the body.
    pub(crate) fn field(mut self, name: &'static str, given: Given) -> Self {
        match given {
            Given::Value(value) => self.fields.insert(name, value),
            Given::Unwritable(broken) => {
                let null = self.without_json(name, *broken);
                self.fields.insert(name, null);
            }
            Given::Files(files) => self.files.extend(files.into_iter().map(|file| (name, file))),
            Given::Keep | Given::Bytes(_) => {}
        }
        self
    }

    /// Sets an undeclared field of the body.
    pub(crate) fn undeclared_field(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.fields.insert(name.into(), value.into());
        self
    }

    /// Sets the body; its name is only used in messages.
    pub(crate) fn body(mut self, name: &'static str, given: Given) -> Self {
        match given {
            Given::Value(value) => self.whole = Some(value),
            Given::Unwritable(broken) => self.whole = Some(self.without_json(name, *broken)),
            Given::Bytes(bytes) => self.bytes = Some(bytes),
            Given::Keep | Given::Files(_) => {}
        }
        self
    }

    /// Notes a value that there is no JSON for. What stands in its place is never sent: without it, the value would be
    /// told to be missing as well.
    fn without_json(&mut self, name: &str, broken: BrokenRule) -> Value {
        self.unwritable.push(broken.within(name));
        Value::Null
    }
}

/// A parameter struct: its path parameters, its answer, its table, and its setters, each with its type and where the
/// value goes. Undeclared values come last: `query`, and `field` if the body has fields.
macro_rules! parameters {
    (
        $(#[$about:meta])*
        $name:ident($($argument:ident: $place:ty = $in_path:literal),*) -> $answer:ty = $operation:ident
        $(+ $field:ident)? $(, $custom:ident $held:literal)? {
            $($(#[$note:meta])* $setter:ident $(($type:ty))? $([$list:ident<$of:ty>])? = $set:ident $wire:literal;)*
        }
    ) => {
        $(#[$about])*
        pub struct $name($crate::Call);

        impl Clone for $name {
            #[inline]
            fn clone(&self) -> Self {
                Self($crate::call::copy(&self.0))
            }
        }

        impl std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::call::debug(stringify!($name), &self.0, f)
            }
        }

        impl $crate::Endpoint for $name {
            type Answer = $answer;

            const OPERATION: &'static $crate::Operation = &$operation;

            #[inline]
            fn into_call(self) -> $crate::Call {
                self.0
            }
        }

        impl $name {
            #[doc = $crate::call::starts!($($in_path)*)]
            pub fn new($($argument: impl Into<$place>),*) -> Self {
                let call = $crate::Call::new(&$operation);
                $(let call = $crate::call::parameter::<$place>(call, $in_path, $argument);)*
                Self(call)
            }

            $(
                $(#[$note])*
                $(pub fn $setter(self, value: impl Into<$type>) -> Self {
                    Self($crate::call::$set::<$type>(self.0, $wire, value))
                })?
                $(pub fn $setter<Form>(self, values: impl $list<$of, Form>) -> Self {
                    Self($crate::call::$set::<$crate::value::Patch<Vec<$of>>>(self.0, $wire, values.patch()))
                })?
            )*

            $(
                #[doc = concat!(
                    "Sets the custom fields, `", $held, "`, from a value of your own: a struct with serde's `Serialize`, \
                     or a map. Replaces any that were set before. If it cannot be written as JSON, the call is refused."
                )]
                pub fn $custom(self, fields: &impl serde::Serialize) -> Self {
                    Self(self.0.field($held, $crate::value::custom(fields)))
                }
            )?

            /// Adds an undeclared query parameter. On an [`unchecked`]($crate::Pending::unchecked) call, this can also
            /// replace the value of a declared one.
            pub fn query(self, name: impl Into<String>, value: impl Into<String>) -> Self {
                Self(self.0.query(name, value))
            }

            $(
                /// Sets an undeclared field of the body, such as a custom one.
                pub fn $field(self, name: impl Into<String>, value: impl Into<serde_json::Value>) -> Self {
                    Self(self.0.undeclared_field(name, value))
                }
            )?
        }
    };
}

/// The docs of `new`.
macro_rules! starts {
    () => {
        "Starts with no parameters."
    };
    ($first:literal $($more:literal)*) => {
        concat!("Takes the path parameters: `", $first, "`" $(, ", `", $more, "`")*, ".")
    };
}

pub(crate) use {parameters, starts};

// There are thousands of setters and hundreds of parameter structs. So what they do is one call of a function here.

/// Sets a parameter to what a setter was given.
pub(crate) fn parameter<T: Setting>(call: Call, name: &'static str, value: impl Into<T>) -> Call {
    call.parameter(name, value.into().given())
}

/// Sets a field of the body to what a setter was given.
pub(crate) fn field<T: Setting>(call: Call, name: &'static str, value: impl Into<T>) -> Call {
    call.field(name, value.into().given())
}

/// Sets the body to what a setter was given.
#[allow(dead_code, reason = "only used if the spec has an operation whose body has no fields")]
pub(crate) fn body<T: Setting>(call: Call, name: &'static str, value: impl Into<T>) -> Call {
    call.body(name, value.into().given())
}

/// A copy of the values.
pub(crate) fn copy(call: &Call) -> Call {
    call.clone()
}

/// A parameter struct as text.
pub(crate) fn debug(name: &str, call: &Call, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.debug_tuple(name).field(call).finish()
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct(self.operation.id);
        for (name, value) in self.parameters.iter().chain(self.fields.iter()) {
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
