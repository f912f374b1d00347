//! How values become JSON.

use serde_json::{Map, Value};

use super::{DateTime, FilePart, Id, Integer};

/// A value that can be sent: text, numbers, ids, times, enums, records, files. The setters of parameters accept
/// anything that converts to one.
pub trait Sendable: Sized {}

/// A value that is sent as JSON.
pub(crate) trait ToValue: Sendable {
    /// The value as JSON.
    fn to_value(self) -> Value;
}

impl Sendable for FilePart {}

/// Values whose JSON is given by an expression.
macro_rules! to_value {
    ($($type:ty: $value:ident => $json:expr,)*) => {
        $(
            impl Sendable for $type {}

            impl ToValue for $type {
                fn to_value(self) -> Value {
                    let $value = self;
                    $json
                }
            }
        )*
    };
}

to_value! {
    Value: value => value,
    Map<String, Value>: map => Value::Object(map),
    String: text => Value::String(text),
    bool: value => Value::Bool(value),
    f64: number => number.into(),
    Id: id => Value::String(id.into()),
    DateTime: time => Value::String(time.as_str().to_owned()),
    Integer: number => number.into_value(),
}
