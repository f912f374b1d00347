//! Values against the documented rules, before anything is sent.

use serde_json::{Map, Value};

use crate::call::Call;
use crate::error::InvalidValue;
use crate::operation::{Body, Field, Kind, Parameter, Place, Rule};

type Check = Result<(), InvalidValue>;

/// Checks a whole call: every declared parameter and field, and that nothing needed is missing.
pub(crate) fn validate(call: &Call) -> Check {
    let checker = Checker { call };
    for parameter in call.operation.parameters {
        checker.declared(&parameter.field, call.parameters.get(parameter.field.name), parameter.field.name)?;
        checker.written(parameter)?;
    }
    checker.undeclared()?;
    match &call.operation.body {
        Body::None | Body::Bytes => Ok(()),
        Body::Json { required, fields } if *required || !call.fields.is_empty() => checker.body(fields),
        Body::Json { .. } => Ok(()),
        Body::Form { fields } => checker.body(fields),
        Body::Whole { required: true, .. } if call.whole.is_none() => Err(checker.missing("body")),
        Body::Whole { kind, .. } => match &call.whole {
            Some(whole) => checker.value(whole, *kind, &[], "body"),
            None => Ok(()),
        },
    }
}

/// Checks one value as a field of the call would be.
#[cfg(feature = "by-name")]
pub(crate) fn validate_value(call: &Call, value: &Value, kind: Kind, name: &str) -> Check {
    Checker { call }.value(value, kind, &[], name)
}

struct Checker<'a> {
    call: &'a Call,
}

impl Checker<'_> {
    fn body(&self, fields: &'static [Field]) -> Check {
        for field in fields {
            let file = self.call.files.iter().any(|(name, _)| *name == field.name);
            if !file {
                self.declared(field, self.call.fields.get(field.name), field.name)?;
            }
        }
        Ok(())
    }

    fn declared(&self, field: &Field, value: Option<&Value>, name: &str) -> Check {
        match value {
            None if field.required() => Err(self.missing(name)),
            None | Some(Value::Null) => Ok(()),
            Some(value) => self.value(value, field.kind, field.rules, name),
        }
    }

    /// What a value must not be where it is written into a path, or joined with others.
    fn written(&self, parameter: &Parameter) -> Check {
        let name = parameter.field.name;
        match (parameter.place, self.call.parameters.get(name)) {
            // An empty part would turn the path into another operation's.
            (Place::Path, Some(Value::String(text))) if matches!(text.trim(), "" | "." | "..") => {
                Err(self.invalid(name, &Value::from(text.as_str()), "a part of a path, which is not empty".to_owned()))
            }
            (_, Some(Value::Array(list))) if list.is_empty() && parameter.field.required() => Err(self.missing(name)),
            // Elements are joined by commas, so that one with a comma would become two.
            (_, Some(Value::Array(list))) => {
                match list.iter().find(|one| one.as_str().is_some_and(|one| one.contains(','))) {
                    Some(one) => Err(self.invalid(name, one, "a list of values without commas".to_owned())),
                    None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    /// Undeclared parameters are for what is not declared: the others have rules.
    fn undeclared(&self) -> Check {
        for (name, value) in &self.call.query {
            if name == "orgId" || self.call.operation.parameter(name).is_some() {
                let rule = "set by its own method, not as an undeclared parameter".to_owned();
                return Err(self.invalid(name, &Value::from(value.as_str()), rule));
            }
        }
        Ok(())
    }

    fn value(&self, value: &Value, kind: Kind, rules: &'static [Rule], name: &str) -> Check {
        let fits = match kind {
            Kind::Any => true,
            Kind::Boolean => value.is_boolean(),
            Kind::DateTime | Kind::File | Kind::Text => value.is_string(),
            Kind::Id => is_id(value) || is_word(value, rules),
            Kind::Integer => value.is_i64() || value.is_u64() || is_word(value, rules),
            Kind::Number => value.is_number(),
            Kind::List(_) => value.is_array(),
            Kind::Map | Kind::Record(_) => value.is_object(),
        };
        if !fits {
            return Err(self.invalid(name, value, kind.to_string()));
        }
        match (kind, value) {
            (Kind::List(of), Value::Array(list)) => self.list(list, *of, rules, name),
            (Kind::Record(fields), Value::Object(map)) => self.record(map, fields(), name),
            _ => self.single(value, rules, name),
        }
    }

    fn list(&self, list: &[Value], of: Kind, rules: &'static [Rule], name: &str) -> Check {
        for rule in rules {
            let broken = match *rule {
                Rule::MinItems(least) => (count(list.len()) < least).then(|| format!("a list of at least {least}")),
                Rule::MaxItems(most) => (count(list.len()) > most).then(|| format!("a list of at most {most}")),
                Rule::Unique => has_twins(list).then(|| "a list without repetition".to_owned()),
                _ => None,
            };
            if let Some(rule) = broken {
                return Err(self.invalid(name, &Value::Array(list.to_vec()), rule));
            }
        }
        for (index, element) in list.iter().enumerate() {
            self.value(element, of, rules, &format!("{name}[{index}]"))?;
        }
        Ok(())
    }

    fn record(&self, map: &Map<String, Value>, fields: &'static [Field], name: &str) -> Check {
        for field in fields {
            self.declared(field, map.get(field.name), &format!("{name}.{}", field.name))?;
        }
        Ok(())
    }

    fn single(&self, value: &Value, rules: &'static [Rule], name: &str) -> Check {
        if is_word(value, rules) {
            return Ok(());
        }
        let descending = rules.contains(&Rule::Descending);
        for rule in rules {
            let broken = match *rule {
                Rule::Minimum(least) => below(value, least).then(|| format!("at least {least}")),
                Rule::Maximum(most) => above(value, most).then(|| format!("at most {most}")),
                Rule::MinLength(least) => {
                    length(value).filter(|n| *n < least).map(|_| format!("at least {least} characters"))
                }
                Rule::MaxLength(most) => {
                    length(value).filter(|n| *n > most).map(|n| format!("at most {most} characters (it has {n})"))
                }
                Rule::Values(allowed) => (!allows(allowed, value, descending)).then(|| one_of(allowed, descending)),
                _ => None,
            };
            if let Some(rule) = broken {
                return Err(self.invalid(name, value, rule));
            }
        }
        Ok(())
    }

    fn missing(&self, name: &str) -> InvalidValue {
        InvalidValue {
            operation: self.call.operation.id,
            name: name.to_owned(),
            value: String::new(),
            rule: "needed and was not given".to_owned(),
        }
    }

    fn invalid(&self, name: &str, value: &Value, rule: String) -> InvalidValue {
        InvalidValue::new(self.call.operation, name, value, rule)
    }
}

fn is_id(value: &Value) -> bool {
    match value {
        Value::String(text) => !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()),
        Value::Number(number) => number.is_u64(),
        _ => false,
    }
}

/// Whether a value is one of the words that are allowed beside the values of its kind.
fn is_word(value: &Value, rules: &[Rule]) -> bool {
    let words = rules.iter().find_map(|rule| match rule {
        Rule::Words(words) => Some(*words),
        _ => None,
    });
    match (words, value) {
        (Some(words), Value::String(text)) => words.contains(&text.as_str()),
        (Some(words), Value::Number(number)) => words.contains(&number.to_string().as_str()),
        _ => false,
    }
}

fn allows(allowed: &[&str], value: &Value, descending: bool) -> bool {
    let shown = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let plain = shown.strip_prefix('-').filter(|_| descending);
    allowed.contains(&shown.as_str()) || plain.is_some_and(|plain| allowed.contains(&plain))
}

fn one_of(allowed: &[&str], descending: bool) -> String {
    let minus = if descending { ", each with or without a leading -" } else { "" };
    format!("one of {}{minus}", allowed.join(", "))
}

fn below(value: &Value, least: i64) -> bool {
    match value.as_i64() {
        Some(number) => number < least,
        #[expect(clippy::cast_precision_loss, reason = "limits are small")]
        None => value.as_f64().is_some_and(|number| number < least as f64),
    }
}

fn above(value: &Value, most: i64) -> bool {
    match value.as_i64() {
        Some(number) => number > most,
        #[expect(clippy::cast_precision_loss, reason = "limits are small")]
        None => value.as_f64().is_some_and(|number| number > most as f64),
    }
}

fn length(value: &Value) -> Option<u64> {
    value.as_str().map(|text| count(text.chars().count()))
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

fn has_twins(list: &[Value]) -> bool {
    list.iter().enumerate().any(|(index, element)| list[..index].contains(element))
}
