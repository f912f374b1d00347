//! The value passed to a setter.

use bytes::Bytes;
use serde_json::Value;

use super::{FilePart, Optional, Patch, ToValue};

/// What to set.
pub(crate) enum Given {
    /// Nothing: a value set before stays.
    Keep,
    Value(Value),
    Files(Vec<FilePart>),
    Bytes(Bytes),
}

/// What setters accept, after conversion to their type.
pub(crate) trait Setting {
    fn given(self) -> Given;
}

impl<T: ToValue> Setting for T {
    fn given(self) -> Given {
        Given::Value(self.to_value())
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
            Self::Set(elements) => Given::Value(elements.into_iter().map(T::to_value).collect()),
        }
    }
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
