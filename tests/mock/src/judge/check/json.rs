//! JSON documents against a type: kinds, limits, required and undeclared fields.
//!
//! Values beyond the declared ones are welcome, as those of bodies are known to be incomplete: people have statuses of
//! their own.

use desk_spec::{Kind, Object, Rules, Scalar, Schema, Spec};
use serde_json::{Map, Value};

use super::{format, limit};
use crate::common::likely::hint;
use crate::exchange::refusal::{FieldFault, Wrong, pointer};
use crate::spec::shape::{follow, nullable, objects};

/// The names of custom fields begin so; a type cannot know them.
pub(crate) const CUSTOM: &str = "cf_";

/// How to treat fields that a type does not declare.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Undeclared {
    #[default]
    Refused,
    Accepted,
}

/// How strictly to look.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule<'a> {
    pub(super) spec: &'a Spec,
    /// Whether only changes are sent: nothing is required then, and `null` or an empty text clears a field.
    pub(super) partial: bool,
    pub(super) undeclared: Undeclared,
}

/// Describes a part of a document that its type does not declare.
pub(crate) fn undeclared(spec: &Spec, schema: &Schema, part: &Value) -> Option<String> {
    let rule = Rule { spec, partial: true, undeclared: Undeclared::Refused };
    let mut faults = Vec::new();
    check(&rule, schema, part, "", &mut faults);
    let fault = faults.into_iter().find(|fault| fault.wrong == Wrong::Undeclared)?;
    Some(format!("{}: {}", fault.field, fault.message))
}

/// Adds the faults of a value at a given place.
pub(super) fn check(rule: &Rule<'_>, schema: &Schema, value: &Value, at: &str, faults: &mut Vec<FieldFault>) {
    let clears = rule.partial || nullable(rule.spec, schema);
    if value.is_null() && clears {
        return;
    }
    let schema = follow(rule.spec, schema);
    let mut wrong = |message: String| {
        faults.push(FieldFault { field: at.to_owned(), wrong: Wrong::Invalid, message });
    };
    let kind = |expected: &str| format!("Expected is {expected}, sent was {}.", kind_of(value));
    match (&schema.kind, value) {
        (Kind::Scalar(scalar), _) if suits(*scalar, &schema.rules, value) => {
            if let Err(message) = within(*scalar, &schema.rules, value, clears) {
                wrong(message);
            }
        }
        (Kind::Scalar(scalar), _) => wrong(kind(expected(*scalar))),
        (Kind::List(of), Value::Array(values)) => list(rule, of, &schema.rules, values, at, faults),
        (Kind::List(_), _) => wrong(kind("a list")),
        (Kind::Map(of), Value::Object(entries)) => {
            for (name, value) in entries {
                check(rule, of, value, &pointer(at, name), faults);
            }
        }
        (Kind::Object(object), Value::Object(entries)) => record(rule, object, entries, at, faults),
        (Kind::Map(_) | Kind::Object(_), _) => wrong(kind("an object")),
        (Kind::Union(branches), _) => union(rule, branches, value, at, faults),
        (Kind::Named(_), _) => {}
    }
}

fn list(rule: &Rule<'_>, of: &Schema, rules: &Rules, values: &[Value], at: &str, faults: &mut Vec<FieldFault>) {
    for (index, value) in values.iter().enumerate() {
        check(rule, of, value, &pointer(at, &index.to_string()), faults);
        if rules.unique && values.iter().take(index).any(|earlier| earlier == value) {
            let message = format!("It stands in the list before, but {}.", limit::ONCE);
            faults.push(FieldFault { field: pointer(at, &index.to_string()), wrong: Wrong::Duplicate, message });
        }
    }
    if let Err(expected) = limit::count(rules, values.len()) {
        let message = format!("The list has {} values, but {expected}.", values.len());
        faults.push(FieldFault { field: at.to_owned(), wrong: Wrong::Invalid, message });
    }
}

fn record(rule: &Rule<'_>, object: &Object, entries: &Map<String, Value>, at: &str, faults: &mut Vec<FieldFault>) {
    for (name, field) in &object.fields {
        let required = match object.unless.get(name) {
            Some(other) => !rule.partial && !entries.contains_key(other),
            None => !rule.partial && !field.rules.read_only && object.required.contains(name),
        };
        match entries.get(name) {
            Some(value) => check(rule, field, value, &pointer(at, name), faults),
            None if required => {
                let message = format!("{name} is required.");
                faults.push(FieldFault { field: pointer(at, name), wrong: Wrong::Missing, message });
            }
            None => {}
        }
    }
    // An object without declared fields does not restrict its contents.
    if rule.undeclared == Undeclared::Accepted || object.fields.is_empty() {
        return;
    }
    for name in entries.keys().filter(|name| !object.fields.contains_key(*name) && !name.starts_with(CUSTOM)) {
        let hint = hint(object.fields.keys().map(String::as_str), name);
        let message = format!("No field {name:?} is declared here{hint}; custom fields begin with {CUSTOM}.");
        faults.push(FieldFault { field: pointer(at, name), wrong: Wrong::Undeclared, message });
    }
}

/// Any branch will do; otherwise the faults of the closest branch are reported. Branches overlap in requests to Desk:
/// fields that another branch declares are accepted in each.
fn union(rule: &Rule<'_>, branches: &[Schema], value: &Value, at: &str, faults: &mut Vec<FieldFault>) {
    let declares =
        |branch: &Schema, name: &str| objects(rule.spec, branch).iter().any(|object| object.fields.contains_key(name));
    let tried = branches.iter().map(|branch| {
        let elsewhere = |name: &str| branches.iter().any(|other| declares(other, name)) && !declares(branch, name);
        let mut found = Vec::new();
        match value {
            Value::Object(entries) if !objects(rule.spec, branch).is_empty() => {
                let own = entries.iter().filter(|(name, _)| !elsewhere(name));
                let own = Value::Object(own.map(|(name, value)| (name.clone(), value.clone())).collect());
                check(rule, branch, &own, at, &mut found);
            }
            value => check(rule, branch, value, at, &mut found),
        }
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
        scalar => scalar.is_textual() && value.is_string(),
    }
}

/// Whether a value of the right kind is within its limits and has the right form.
fn within(scalar: Scalar, rules: &Rules, value: &Value, clears: bool) -> Result<(), String> {
    let kept = match (scalar, value) {
        (Scalar::Integer, Value::Number(number)) => {
            let whole = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
            whole.map_or(Ok(()), |whole| limit::whole(rules, whole))
        }
        (Scalar::Number, Value::Number(number)) => {
            number.as_f64().map_or(Ok(()), |number| limit::number(rules, number))
        }
        (scalar, Value::String(text)) if scalar.is_textual() => {
            // An empty text clears a field that has a form.
            if scalar != Scalar::Text && !(text.is_empty() && clears) {
                format::check(scalar, rules, text).map_err(|expected| format!("Expected is {expected}."))?;
            }
            limit::length(rules, text)
        }
        _ => Ok(()),
    };
    kept.map_err(|expected| format!("It is out of its limits: {expected}."))
}

fn expected(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Any | Scalar::File => "any value",
        Scalar::Boolean => "true or false",
        Scalar::Id => "an id, digits as text or as a number",
        Scalar::Integer => "a whole number",
        Scalar::Number => "a number",
        _ => "text",
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
        let rule = Rule { spec: &Spec::default(), partial, undeclared: Undeclared::Refused };
        check(&rule, &schema, &value, "", &mut faults);
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
        let good = json!({ "subject": "a", "contactId": "12", "phone": null, "cc": [1, "2"], "cf_shelf": true });
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
    fn one_field_in_the_place_of_another() {
        let written = || {
            json!({
                "type": "object", "fields": { "contactId": "id", "contact": { "type": "map", "of": "any" } },
                "unless": { "contactId": "contact" }
            })
        };
        assert_eq!(faults(written(), false, json!({ "contact": {} })), []);
        assert_eq!(faults(written(), false, json!({ "contactId": "1" })), []);
        assert_eq!(faults(written(), false, json!({})), [("/contactId".to_owned(), Wrong::Missing)]);
    }

    #[test]
    fn null_where_it_is_declared_or_clears() {
        let sent = || json!({ "subject": null, "contactId": "1" });
        assert_eq!(faults(ticket(), false, sent()), [("/subject".to_owned(), Wrong::Invalid)]);
        assert_eq!(faults(ticket(), true, sent()), []);
    }

    #[test]
    fn undeclared_fields_at_any_depth() {
        let inner = || json!({ "type": "object", "fields": { "a": "text" } });
        let written = || {
            json!({ "type": "object", "fields": {
                "one": inner(), "many": { "type": "list", "of": inner() }, "map": { "type": "map", "of": "any" },
                "any": "any", "open": { "type": "object", "fields": {} }
            } })
        };
        let at = |place: &str| (place.to_owned(), Wrong::Undeclared);
        let sent = json!({ "one": { "b": 1 }, "many": [{ "a": "" }, { "c": 1, "cf_c": 1 }], "x/y": 1 });
        assert_eq!(faults(written(), true, sent.clone()), [at("/many/1/c"), at("/one/b"), at("/x~1y")]);
        let welcome = json!({ "map": { "b": 1 }, "any": { "b": 1 }, "open": { "b": 1 }, "cf_x": 1 });
        assert_eq!(faults(written(), false, welcome), []);
        let schema: Schema = serde_json::from_value(written()).unwrap();
        let mut found = Vec::new();
        let rule = Rule { spec: &Spec::default(), partial: false, undeclared: Undeclared::Accepted };
        check(&rule, &schema, &sent, "", &mut found);
        assert_eq!(found, []);
    }

    #[test]
    fn limits_and_forms() {
        let written = || {
            json!({ "type": "object", "fields": {
                "text": { "type": "text", "min_length": 2, "max_length": 3 }, "status": { "type": "text", "values": ["Open"] },
                "count": { "type": "integer", "minimum": 1, "maximum": 5 }, "rate": { "type": "number", "maximum": 1 },
                "ids": { "type": "list", "of": "id", "min_items": 1, "max_items": 2, "unique": true },
                "due": "date-time?", "email": "email", "site": "url"
            } })
        };
        let good = json!({
            "text": "äöü", "status": "Mine", "count": 5, "rate": 0.5, "ids": ["1", "2"], "due": "", "email": "a@b",
            "site": "www.example.com"
        });
        assert_eq!(faults(written(), false, good), []);
        let bad = json!({
            "text": "abcd", "count": 6, "rate": 1.5, "ids": ["1", "1", "2"], "due": "soon", "email": "", "site": "x y"
        });
        let found: Vec<String> = faults(written(), false, bad).into_iter().map(|(field, _)| field).collect();
        assert_eq!(found, ["/count", "/due", "/email", "/ids/1", "/ids", "/rate", "/site", "/text"]);
        assert_eq!(faults(written(), false, json!({ "ids": [] })), [("/ids".to_owned(), Wrong::Invalid)]);
    }

    #[test]
    fn any_branch_of_a_union() {
        let written = || json!({ "type": "union", "of": ["integer", { "type": "list", "of": "integer" }] });
        assert_eq!(faults(written(), false, json!(1)), []);
        assert_eq!(faults(written(), false, json!([1])), []);
        assert_eq!(faults(written(), false, json!("a")).len(), 1);
    }
}
