//! Values written as text: parameters.

use std::collections::BTreeSet;

use desk_spec::{Kind, Rules, Scalar, Schema, Spec};
use serde_json::Value;

use super::json::Undeclared;
use super::{format, json, limit};
use crate::spec::shape::follow;

/// Whether a text is a value of the type; the error completes "it is …, but".
pub(super) fn check(spec: &Spec, schema: &Schema, text: &str) -> Result<(), String> {
    let schema = follow(spec, schema);
    let rules = &schema.rules;
    if rules.words.iter().any(|word| word == text) {
        return Ok(());
    }
    match &schema.kind {
        Kind::Scalar(_) if !rules.values.is_empty() => allowed(rules, text),
        Kind::Scalar(scalar) => one(*scalar, rules, text),
        Kind::List(of) => list(spec, of, rules, text),
        Kind::Union(branches) if branches.iter().any(|branch| check(spec, branch, text).is_ok()) => Ok(()),
        Kind::Union(_) => Err("it suits none of the declared types".to_owned()),
        Kind::Object(_) | Kind::Map(_) => document(spec, schema, text),
        // An unresolvable name says nothing about the value.
        Kind::Named(_) => Ok(()),
    }
}

fn allowed(rules: &Rules, text: &str) -> Result<(), String> {
    let plain = if rules.descending { text.strip_prefix('-').unwrap_or(text) } else { text };
    // The real service takes more than is listed where the list is open.
    if rules.open
        || rules.values.iter().any(|value| value == plain || value == text)
        || (rules.time_range && format::range(text))
    {
        return Ok(());
    }
    let sign = if rules.descending { ", each with or without a leading -" } else { "" };
    Err(format!("allowed are {}{sign}", rules.values.join(", ")))
}

fn one(scalar: Scalar, rules: &Rules, text: &str) -> Result<(), String> {
    match scalar {
        Scalar::Any | Scalar::File => Ok(()),
        Scalar::Boolean if matches!(text, "true" | "false") => Ok(()),
        Scalar::Boolean => Err("it must be true or false".to_owned()),
        Scalar::Id if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) => Ok(()),
        Scalar::Id if rules.words.is_empty() => Err("an id is digits".to_owned()),
        Scalar::Id => Err(format!("an id is digits, or one of {}", rules.words.join(", "))),
        Scalar::Integer => {
            let number: i64 = text.parse().map_err(|_| "it must be a whole number".to_owned())?;
            limit::whole(rules, number.into())
        }
        Scalar::Number => {
            let number: f64 = text.parse().map_err(|_| "it must be a number".to_owned())?;
            limit::number(rules, number)
        }
        Scalar::Date
        | Scalar::DateTime
        | Scalar::Duration
        | Scalar::Time
        | Scalar::TimeRange
        | Scalar::Email
        | Scalar::Text
        | Scalar::Url => {
            format::check(scalar, rules, text).map_err(|expected| format!("it must be {expected}"))?;
            if let Some(prefix) = rules.prefix.as_ref().filter(|prefix| !text.starts_with(prefix.as_str())) {
                return Err(format!("it must begin with {prefix}"));
            }
            limit::length(rules, text)
        }
    }
}

fn list(spec: &Spec, of: &Schema, rules: &Rules, text: &str) -> Result<(), String> {
    let parts: Vec<&str> = text.split(',').collect();
    for part in &parts {
        if part.is_empty() {
            return Err("a list is values separated by commas, none of them empty".to_owned());
        }
        check(spec, of, part).map_err(|rule| format!("{part:?} does not suit: {rule}"))?;
    }
    limit::count(rules, parts.len())?;
    if rules.unique && parts.iter().collect::<BTreeSet<_>>().len() < parts.len() {
        return Err(limit::ONCE.to_owned());
    }
    Ok(())
}

fn document(spec: &Spec, schema: &Schema, text: &str) -> Result<(), String> {
    let value: Value = serde_json::from_str(text).map_err(|error| format!("it must be a JSON document ({error})"))?;
    let mut faults = Vec::new();
    json::check(&json::Rule { spec, partial: false, undeclared: Undeclared::Refused }, schema, &value, "", &mut faults);
    match faults.first() {
        Some(fault) if fault.field.is_empty() => Err(fault.message.trim_end_matches('.').to_owned()),
        Some(fault) => Err(format!("at {}: {}", fault.field, fault.message.trim_end_matches('.'))),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema(json: &str) -> Schema {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn values_and_limits() {
        let table: &[(&str, &str, bool)] = &[
            (r#""integer""#, "12", true),
            (r#""integer""#, "12.5", false),
            (r#""integer""#, "", false),
            (r#"{"type":"integer","minimum":1,"maximum":100}"#, "100", true),
            (r#"{"type":"integer","minimum":1,"maximum":100}"#, "101", false),
            (r#"{"type":"integer","minimum":1,"maximum":100}"#, "0", false),
            (r#""id""#, "189200000000071001", true),
            (r#""id""#, "abc", false),
            (r#""id""#, "-1", false),
            (r#"{"type":"id","words":["-1","allDepartment"]}"#, "-1", true),
            (r#"{"type":"id","words":["-1","allDepartment"]}"#, "allDepartment", true),
            (r#""boolean""#, "true", true),
            (r#""boolean""#, "1", false),
            (r#"{"type":"text","values":["asc","desc"]}"#, "asc", true),
            (r#"{"type":"text","values":["asc","desc"]}"#, "ASC", false),
            (r#"{"type":"text","values":["dueDate"]}"#, "-dueDate", false),
            (r#"{"type":"text","values":["dueDate"],"descending":true}"#, "-dueDate", true),
            (r#"{"type":"text","min_length":2,"max_length":3}"#, "äöü", true),
            (r#"{"type":"text","min_length":2,"max_length":3}"#, "a", false),
            (r#"{"type":"text","min_length":2,"max_length":3}"#, "abcd", false),
            (r#"{"type":"list","of":"id","max_items":2}"#, "1,2", true),
            (r#"{"type":"list","of":"id","max_items":2}"#, "1,2,3", false),
            (r#"{"type":"list","of":"id"}"#, "1,,3", false),
            (r#"{"type":"list","of":"id"}"#, "1,b", false),
            (r#"{"type":"list","of":"text","unique":true}"#, "a,b", true),
            (r#"{"type":"list","of":"text","unique":true}"#, "a,a", false),
            (r#""date-time""#, "2024-05-14T09:30:00.000Z", true),
            (r#""date-time""#, "", false),
            (r#""date-time""#, "soon", false),
            (r#""email""#, "maya@example.com", true),
            (r#""email""#, "maya", false),
            (r#"{"type":"number","maximum":3}"#, "3.5", false),
            (r#"{"type":"object","fields":{"a":"integer"},"required":["a"]}"#, r#"{"a":1}"#, true),
            (r#"{"type":"object","fields":{"a":"integer"},"required":["a"]}"#, r#"{"b":1}"#, false),
            (r#"{"type":"object","fields":{"a":"integer"}}"#, r#"{"a":1,"b":1}"#, false),
            (r#"{"type":"map","of":"any"}"#, "a=1", false),
        ];
        for (written, text, expected) in table {
            let result = check(&Spec::default(), &schema(written), text);
            assert_eq!(result.is_ok(), *expected, "{text:?} as {written}: {result:?}");
        }
    }
}
