//! The value passed to a setter.

use bytes::Bytes;
use serde_json::Value;

use super::{FilePart, Optional, Patch, ToValue, Written};
use crate::invalid_call::BrokenRule;

/// What to set.
pub(crate) enum Given {
    /// Nothing: a value set before stays.
    Keep,
    Value(Value),
    /// A value that there is no JSON for: the call must not be made.
    Unwritable(Box<BrokenRule>),
    Files(Vec<FilePart>),
    Bytes(Bytes),
}

impl From<Written> for Given {
    fn from(written: Written) -> Self {
        written.map_or_else(Self::Unwritable, Self::Value)
    }
}

/// What setters accept, after conversion to their type.
pub(crate) trait Setting {
    fn given(self) -> Given;
}

impl<T: ToValue> Setting for T {
    fn given(self) -> Given {
        self.to_value().into()
    }
}

impl<T: ToValue> Setting for Optional<T> {
    fn given(self) -> Given {
        self.0.map_or(Given::Keep, T::given)
    }
}

impl<T: ToValue> Setting for Patch<T> {
    fn given(self) -> Given {
        match self {
            Self::Keep => Given::Keep,
            Self::Null => Given::Value(Value::Null),
            Self::Set(value) => value.given(),
        }
    }
}

impl<T: ToValue> Setting for Patch<Vec<T>> {
    fn given(self) -> Given {
        match self {
            Self::Keep => Given::Keep,
            Self::Null => Given::Value(Value::Null),
            Self::Set(elements) => list(elements).into(),
        }
    }
}

fn list<T: ToValue>(elements: Vec<T>) -> Written {
    let place = |index, broken: Box<BrokenRule>| Box::new(broken.within(&format!("[{index}]")));
    let written = elements.into_iter().enumerate();
    written.map(|(index, element)| element.to_value().map_err(|broken| place(index, broken))).collect()
}

impl Setting for FilePart {
    fn given(self) -> Given {
        Given::Files(vec![self])
    }
}

impl Setting for Optional<FilePart> {
    fn given(self) -> Given {
        self.0.map_or(Given::Keep, FilePart::given)
    }
}

impl Setting for Patch<Vec<FilePart>> {
    fn given(self) -> Given {
        match self {
            Self::Keep | Self::Null => Given::Keep,
            Self::Set(files) => Given::Files(files),
        }
    }
}

impl Setting for Bytes {
    fn given(self) -> Given {
        Given::Bytes(self)
    }
}
