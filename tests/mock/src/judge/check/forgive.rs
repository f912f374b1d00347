//! Values that the service reads as something other than what was sent: forms only have texts, and so do clients that
//! grew up with forms.

use desk_spec::{Kind, Scalar, Schema, Spec};
use serde_json::{Map, Number, Value};

use crate::spec::shape::{follow, nullable, objects};

/// Converts a document to what its type means: `"true"` to true, `"5"` to 5, and an empty id, date or address to no
/// value, which a change clears and a new record leaves out, as with null.
pub(super) fn forgive(spec: &Spec, schema: &Schema, partial: bool, value: Value) -> Value {
    let schema = follow(spec, schema);
    match (&schema.kind, value) {
        (Kind::Scalar(scalar), Value::String(text)) => scalar_of(*scalar, text),
        (Kind::List(of), Value::Array(values)) => {
            values.into_iter().map(|value| forgive(spec, of, partial, value)).collect()
        }
        (Kind::Object(_) | Kind::Union(_), Value::Object(entries)) => record(spec, schema, partial, entries),
        (_, value) => value,
    }
}

fn scalar_of(scalar: Scalar, text: String) -> Value {
    match (scalar, text.as_str()) {
        (Scalar::Boolean, "true") => true.into(),
        (Scalar::Boolean, "false") => false.into(),
        (Scalar::Integer | Scalar::Number, _) => text.parse::<Number>().map_or(Value::String(text), Value::Number),
        _ => Value::String(text),
    }
}

fn record(spec: &Spec, schema: &Schema, partial: bool, entries: Map<String, Value>) -> Value {
    let known = objects(spec, schema);
    let field = |name: &str| known.iter().find_map(|object| object.fields.get(name));
    let forgiven = entries.into_iter().filter_map(|(name, value)| {
        let Some(field) = field(&name) else { return Some((name, value)) };
        match value {
            Value::Null if !partial && !nullable(spec, field) => None,
            Value::String(text) if text.is_empty() && is_empty(spec, field) => partial.then_some((name, Value::Null)),
            value => Some((name, forgive(spec, field, partial, value))),
        }
    });
    Value::Object(forgiven.collect())
}

/// Whether an empty text is none of the type's values.
fn is_empty(spec: &Spec, schema: &Schema) -> bool {
    use Scalar::{Date, DateTime, Email, Id, Integer, Number, Time, Url};
    matches!(follow(spec, schema).kind, Kind::Scalar(Date | DateTime | Email | Id | Integer | Number | Time | Url))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn texts_become_what_their_type_means() {
        let schema: Schema = serde_json::from_value(json!({
            "type": "object",
            "fields": {
                "public": "boolean", "seconds": "integer", "due": "date-time", "subject": "text",
                "contact": { "type": "object", "fields": { "email": "email" } },
                "flags": { "type": "list", "of": "boolean" }, "nothing": "id"
            }
        }))
        .expect("a type");
        let sent = json!({
            "public": "true", "seconds": "90", "due": "", "subject": "", "contact": { "email": "" },
            "flags": ["false", true, "perhaps"], "other": "true", "nothing": null
        });
        let spec = Spec::default();
        let created = forgive(&spec, &schema, false, sent.clone());
        let expected = json!({
            "public": true, "seconds": 90, "subject": "", "contact": {}, "flags": [false, true, "perhaps"],
            "other": "true"
        });
        assert_eq!(created, expected);
        assert_eq!(forgive(&spec, &schema, true, sent)["due"], Value::Null);
    }
}
