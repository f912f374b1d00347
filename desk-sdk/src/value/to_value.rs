//! How values become JSON.

use serde_json::{Map, Number, Value};

use super::{DateTime, FilePart, Id, Integer};
use crate::invalid_call::BrokenRule;

/// A value that can be sent: text, numbers, ids, times, enums, records, files. The setters of parameters accept
/// anything that converts to one.
pub trait Sendable: Sized {}

/// A value as JSON, or why there is no JSON for it.
pub(crate) type Written = Result<Value, Box<BrokenRule>>;

/// A value that is sent as JSON.
pub(crate) trait ToValue: Sendable {
    /// The value as JSON.
    fn to_value(self) -> Written;
}

/// Why a value cannot be sent; whatever holds it adds the name.
pub(crate) fn unwritable(rule: impl Into<String>) -> Box<BrokenRule> {
    Box::new(BrokenRule::given("", String::new(), rule))
}

impl Sendable for FilePart {}

/// Values whose JSON is given by an expression.
macro_rules! to_value {
    ($($type:ty: $value:ident => $json:expr,)*) => {
        $(
            impl Sendable for $type {}

            impl ToValue for $type {
                fn to_value(self) -> Written {
                    let $value = self;
                    Ok($json)
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
    Id: id => Value::String(id.into()),
    DateTime: time => Value::String(time.as_str().to_owned()),
    Integer: number => number.into_value(),
}

impl Sendable for f64 {}

impl ToValue for f64 {
    fn to_value(self) -> Written {
        // JSON's library would write null, which clears a field.
        Number::from_f64(self).map(Value::Number).ok_or_else(|| unwritable(format!("not writable as JSON: {self}")))
    }
}
