//! JSON documents against a type: kinds and required fields.
//!
//! Unknown keys are welcome, as objects are open; values beyond the declared ones too, as those of bodies are
//! known to be incomplete.

use desk_spec::Spec;
use desk_spec::{Kind, Object, Rules, Scalar, Schema};
use serde_json::{Map, Value};

use crate::refusal::{FieldFault, Wrong, pointer};
use crate::shape::{follow, nullable};

/// How strictly to look.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule<'a> {
    pub(super) spec: &'a Spec,
    /// Whether only what changes is sent: nothing is required then, and `null` clears a field.
    pub(super) partial: bool,
}

/// Adds what is wrong with a value at a place.
pub(super) fn check(rule: &Rule<'_>, schema: &Schema, value: &Value, at: &str, faults: &mut Vec<FieldFault>) {
    if value.is_null() && (rule.partial || nullable(rule.spec, schema)) {
        return;
    }
    let schema = follow(rule.spec, schema);
    let mut wrong = |expected: &str| {
        let message = format!("Expected is {expected}, sent was {}.", kind_of(value));
        faults.push(FieldFault { field: at.to_owned(), wrong: Wrong::Invalid, message });
    };
    match (&schema.kind, value) {
        (Kind::Scalar(scalar), _) if suits(*scalar, &schema.rules, value) => {}
        (Kind::Scalar(scalar), _) => wrong(expected(*scalar)),
        (Kind::List(of), Value::Array(values)) => {
            for (index, value) in values.iter().enumerate() {
                check(rule, of, value, &pointer(at, &index.to_string()), faults);
            }
        }
        (Kind::List(_), _) => wrong("a list"),
        (Kind::Map(of), Value::Object(entries)) => {
            for (name, value) in entries {
                check(rule, of, value, &pointer(at, name), faults);
            }
        }
        (Kind::Object(object), Value::Object(entries)) => record(rule, object, entries, at, faults),
        (Kind::Map(_) | Kind::Object(_), _) => wrong("an object"),
        (Kind::Union(branches), _) => union(rule, branches, value, at, faults),
        (Kind::Named(_), _) => {}
    }
}

fn record(rule: &Rule<'_>, object: &Object, entries: &Map<String, Value>, at: &str, faults: &mut Vec<FieldFault>) {
    for (name, field) in &object.fields {
        let required = !rule.partial && !field.rules.read_only && object.required.contains(name);
        match entries.get(name) {
            Some(value) => check(rule, field, value, &pointer(at, name), faults),
            None if required => {
                let message = format!("{name} is required.");
                faults.push(FieldFault { field: pointer(at, name), wrong: Wrong::Missing, message });
            }
            None => {}
        }
    }
}

/// Any branch will do; otherwise the faults of the one that comes nearest are told.
fn union(rule: &Rule<'_>, branches: &[Schema], value: &Value, at: &str, faults: &mut Vec<FieldFault>) {
    let tried = branches.iter().map(|branch| {
        let mut found = Vec::new();
        check(rule, branch, value, at, &mut found);
        found
    });
    faults.extend(tried.min_by_key(Vec::len).unwrap_or_default());
}

fn suits(scalar: Scalar, rules: &Rules, value: &Value) -> bool {
    match scalar {
        Scalar::Any | Scalar::File => true,
        Scalar::Boolean => value.is_boolean(),
        Scalar::Id => match value {
            Value::String(text) => {
                let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
                digits || rules.words.contains(text) || rules.values.contains(text)
            }
            Value::Number(number) => number.is_u64() || rules.words.contains(&number.to_string()),
            _ => false,
        },
        Scalar::Integer => value.is_i64() || value.is_u64(),
        Scalar::Number => value.is_number(),
        Scalar::Date | Scalar::DateTime | Scalar::Email | Scalar::Text | Scalar::Time | Scalar::Url => {
            value.is_string()
        }
    }
}

fn expected(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Any | Scalar::File => "any value",
        Scalar::Boolean => "true or false",
        Scalar::Id => "an id, digits as text or as a number",
        Scalar::Integer => "a whole number",
        Scalar::Number => "a number",
        Scalar::Date | Scalar::DateTime | Scalar::Email | Scalar::Text | Scalar::Time | Scalar::Url => "text",
    }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn faults(written: Value, partial: bool, value: Value) -> Vec<(String, Wrong)> {
        let schema: Schema = serde_json::from_value(written).unwrap();
        let mut faults = Vec::new();
        check(&Rule { spec: &Spec::default(), partial }, &schema, &value, "", &mut faults);
        faults.into_iter().map(|fault| (fault.field, fault.wrong)).collect()
    }

    fn ticket() -> Value {
        json!({
            "type": "object",
            "fields": { "subject": "text", "contactId": "id", "phone": "text?", "cc": { "type": "list", "of": "id" } },
            "required": ["subject", "contactId"]
        })
    }

    #[test]
    fn required_fields_and_kinds() {
        let good = json!({ "subject": "a", "contactId": "12", "phone": null, "cc": [1, "2"], "unknown": true });
        assert_eq!(faults(ticket(), false, good), []);
        let missing = |name: &str| (format!("/{name}"), Wrong::Missing);
        assert_eq!(faults(ticket(), false, json!({})), [missing("contactId"), missing("subject")]);
        assert_eq!(faults(ticket(), true, json!({})), []);
        let invalid = |name: &str| (name.to_owned(), Wrong::Invalid);
        assert_eq!(faults(ticket(), true, json!({ "cc": { "a": 1 } })), [invalid("/cc")]);
        assert_eq!(faults(ticket(), true, json!({ "cc": [1, "b"] })), [invalid("/cc/1")]);
        assert_eq!(faults(ticket(), true, json!([])), [invalid("")]);
    }

    #[test]
    fn null_where_it_is_declared_or_clears() {
        let sent = || json!({ "subject": null, "contactId": "1" });
        assert_eq!(faults(ticket(), false, sent()), [("/subject".to_owned(), Wrong::Invalid)]);
        assert_eq!(faults(ticket(), true, sent()), []);
    }

    #[test]
    fn any_branch_of_a_union() {
        let written = || json!({ "type": "union", "of": ["integer", { "type": "list", "of": "integer" }] });
        assert_eq!(faults(written(), false, json!(1)), []);
        assert_eq!(faults(written(), false, json!([1])), []);
        assert_eq!(faults(written(), false, json!("a")).len(), 1);
    }
}
