//! Single values: their kind, and what is known about them.

use serde_json::Value;

use super::written::Written;
use crate::spec::{Kind, Rules, Scalar, Schema};

pub(super) fn scalar(schema: &Written<'_>) -> Schema {
    let types = &schema.types;
    let format = schema.format.unwrap_or_default();
    let digits = schema.digits;
    let scalar = match format {
        // Counts are 32 bits wide, ids 64 and digits only.
        "int64" if types.has("string") || digits => Scalar::Id,
        "int32" | "int64" => Scalar::Integer,
        "double" | "float" => Scalar::Number,
        "date-time" => Scalar::DateTime,
        "date" => Scalar::Date,
        "time" => Scalar::Time,
        "uri" | "url" => Scalar::Url,
        "email" => Scalar::Email,
        "binary" => Scalar::File,
        _ if types.within(&["boolean"]) => Scalar::Boolean,
        _ if types.within(&["integer"]) => Scalar::Integer,
        // Digits without a declared width, such as a postal code, may start with a zero.
        _ if digits && types.within(&["integer", "string"]) => Scalar::Text,
        _ if types.within(&["number", "integer"])
            || types.within(&["number", "integer", "string"]) && types.has("number") =>
        {
            Scalar::Number
        }
        _ if types.within(&["string"]) => Scalar::Text,
        _ if types.within(&["string", "boolean"]) => Scalar::Boolean,
        _ => Scalar::Any,
    };
    let values: Vec<String> = schema.values.iter().filter_map(value_text).collect();
    let booleans = values.iter().all(|value| value == "true" || value == "false");
    let scalar = match scalar {
        Scalar::Any | Scalar::Id if !values.is_empty() => Scalar::Text,
        scalar => scalar,
    };
    let limits = matches!(scalar, Scalar::Integer | Scalar::Number);
    let lengths = scalar.is_textual();
    let rules = Rules {
        values: if scalar == Scalar::Boolean && booleans { Vec::new() } else { values },
        minimum: schema.minimum.filter(|_| limits).map(whole),
        maximum: schema.maximum.filter(|_| limits).map(whole),
        min_length: schema.min_length.filter(|least| lengths && *least > 0),
        max_length: schema.max_length.filter(|_| lengths),
        read_only: schema.read_only,
        default: schema.default.clone(),
        ..Rules::default()
    };
    Schema { kind: Kind::Scalar(scalar), nullable: false, rules }
}

pub(super) fn value_text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// Limits are whole numbers; fractions are rounded, and values out of range are clamped.
#[expect(clippy::cast_possible_truncation, reason = "float to integer casts saturate, which is meant here")]
pub(super) fn whole(limit: f64) -> i64 {
    limit.round() as i64
}
