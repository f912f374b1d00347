//! The tables' rules expressed in JSON Schema.

use serde_json::{Map, Value, json};

use crate::operation::{Kind, Rule};

/// A schema of one type.
pub(super) fn typed(kind: &str) -> Map<String, Value> {
    with(Map::new(), "type", kind)
}

/// The same schema with one more keyword.
pub(super) fn with(mut schema: Map<String, Value>, key: &str, value: &str) -> Map<String, Value> {
    schema.insert(key.to_owned(), value.into());
    schema
}

/// Adds the limits of a list itself.
pub(super) fn limit_list(schema: &mut Map<String, Value>, rules: &[Rule]) {
    for rule in rules {
        let (key, value) = match *rule {
            Rule::MinItems(least) => ("minItems", least.into()),
            Rule::MaxItems(most) => ("maxItems", most.into()),
            Rule::Unique => ("uniqueItems", true.into()),
            _ => continue,
        };
        schema.insert(key.to_owned(), value);
    }
}

/// A single value with its limits, its allowed values, and any words that are also allowed.
pub(super) fn limited(mut schema: Map<String, Value>, kind: Kind, rules: &[Rule]) -> Map<String, Value> {
    let is_number = matches!(kind, Kind::Integer | Kind::Number);
    let is_text = !is_number && !matches!(kind, Kind::Boolean);
    let descending = rules.contains(&Rule::Descending);
    let mut words: Vec<Value> = Vec::new();
    // An incomplete list of values only serves as examples; it does not restrict anything.
    let listed = if rules.contains(&Rule::Open) { "examples" } else { "enum" };
    for rule in rules {
        let (key, value): (_, Value) = match *rule {
            Rule::Minimum(least) if is_number => ("minimum", least.into()),
            Rule::Maximum(most) if is_number => ("maximum", most.into()),
            Rule::MinLength(least) if is_text => ("minLength", least.into()),
            Rule::MaxLength(most) if is_text => ("maxLength", most.into()),
            Rule::Values(values) => {
                let plain = values.iter().map(|value| of_kind(value, kind));
                let downwards = values.iter().filter(|_| descending).map(|value| Value::from(format!("-{value}")));
                (listed, plain.chain(downwards).collect())
            }
            Rule::Prefix(prefix) => ("pattern", format!("^{prefix}.").into()),
            Rule::Words(allowed) => {
                words = allowed.iter().map(|word| Value::from(*word)).collect();
                continue;
            }
            _ => continue,
        };
        schema.insert(key.to_owned(), value);
    }
    if rules.contains(&Rule::OrTimeRange) {
        schema = either(schema, Value::Object(range()));
    }
    if words.is_empty() || (matches!(kind, Kind::Text) && schema.len() == 1) {
        return schema;
    }
    if matches!(kind, Kind::Number | Kind::Boolean) {
        // A word is not a value of these kinds.
        return schema;
    }
    either(schema, json!({ "enum": words }))
}

/// Two times, separated by a comma.
pub(super) fn range() -> Map<String, Value> {
    with(typed("string"), "pattern", "^[^,]+,[^,]+$")
}

/// Accepts whatever either of two schemas accepts.
fn either(one: Map<String, Value>, other: Value) -> Map<String, Value> {
    let mut either = Map::new();
    either.insert("anyOf".to_owned(), json!([one, other]));
    either
}

/// A value that the tables store as text.
pub(super) fn of_kind(text: &str, kind: Kind) -> Value {
    match kind {
        Kind::Boolean | Kind::Integer | Kind::Number => text.parse().unwrap_or_else(|_| text.into()),
        Kind::List(of) => json!([of_kind(text, *of)]),
        _ => text.into(),
    }
}

/// The same, or null.
pub(super) fn or_null(mut schema: Map<String, Value>) -> Map<String, Value> {
    if schema.is_empty() {
        return schema;
    }
    if let Some(Value::Array(allowed)) = schema.get_mut("enum") {
        allowed.push(Value::Null);
    }
    if let Some(kind) = schema.get_mut("type") {
        *kind = json!([kind.take(), "null"]);
        return schema;
    }
    either(schema, json!({ "type": "null" }))
}
