//! Turns arguments into a call: each goes to its place, and undeclared ones are refused.

use serde_json::{Map, Value};

use super::{is_custom_field, upload};
use crate::call::Call;
use crate::error::{Error, Result};
use crate::invalid_call::{BrokenRule, InvalidCall};
use crate::operation::{Body, Field, Kind, Operation, Rule};
use crate::shown::cut;
use crate::unknown_name::{LONGEST_NAME, UnknownArgument};
use crate::validate::validate_value;
use crate::value::Id;

/// The name under which a whole body is given.
pub(super) const BODY: &str = "body";

/// The call described by the arguments. Its values are checked when it is made.
pub(super) fn call(operation: &'static Operation, arguments: Value) -> Result<Call> {
    let arguments = match arguments {
        Value::Null => Map::new(),
        Value::Object(arguments) => arguments,
        other => {
            let broken = BrokenRule::new("arguments", &other, "a JSON object, or null for none");
            return Err(InvalidCall::new(operation, broken).into());
        }
    };
    let mut taking = Taking { operation, call: Call::new(operation) };
    for (name, value) in arguments {
        taking.argument(name, value)?;
    }
    Ok(taking.call)
}

/// Whether an operation's body is a record, whose fields are given alongside the parameters.
pub(super) fn takes_fields(operation: &Operation) -> bool {
    matches!(operation.body, Body::Json { .. } | Body::Form { .. })
}

/// Whether `body` means the body rather than a parameter or field of that name.
pub(super) fn takes_body(operation: &Operation) -> bool {
    !matches!(operation.body, Body::None)
        && operation.parameter(BODY).is_none()
        && find(operation.body.fields(), BODY).is_none()
}

struct Taking {
    operation: &'static Operation,
    call: Call,
}

impl Taking {
    fn argument(&mut self, name: String, value: Value) -> Result<()> {
        let operation = self.operation;
        if let Some(parameter) = operation.parameter(&name) {
            if value.is_null() {
                return Err(self.invalid(&name, &value, "given a value, or left out"));
            }
            let value = self.declared(value, parameter.field.kind, &name, Custom::Refused)?;
            self.call.parameters.insert(name, value);
            Ok(())
        } else if let Some(field) = find(operation.body.fields(), &name) {
            self.field(field, value)
        } else if name == BODY && takes_body(operation) {
            self.body(value)
        } else if is_custom_field(&name) && takes_fields(operation) {
            self.custom(name, value)
        } else if operation.undocumented_query {
            self.undocumented(name, value)
        } else {
            Err(self.unknown("", &name, known(operation)))
        }
    }

    /// The body, given as a whole: its fields, a JSON document, or bytes.
    fn body(&mut self, body: Value) -> Result<()> {
        match (&self.operation.body, body) {
            (Body::Json { fields, .. } | Body::Form { fields }, Value::Object(map)) => {
                for (name, value) in map {
                    match find(fields, &name) {
                        Some(field) => self.field(field, value)?,
                        None if is_custom_field(&name) => self.custom(name, value)?,
                        None => return Err(self.unknown(BODY, &name, names(fields))),
                    }
                }
            }
            (Body::Whole { kind, .. }, body) => {
                self.call.whole = Some(self.declared(body, *kind, BODY, Custom::Taken)?);
            }
            (Body::Bytes, body) => {
                let bytes = self.upload(body, upload::bytes_fields, BODY)?;
                if let Some(media_type) = upload::text(&bytes, upload::MEDIA_TYPE) {
                    self.call.headers.push((http::header::CONTENT_TYPE, media_type.to_owned()));
                }
                self.call.bytes = Some(upload::content(self.operation, &bytes, BODY)?);
            }
            (_, other) => return Err(self.invalid(BODY, &other, "a record with the body's fields")),
        }
        Ok(())
    }

    /// A declared field of the body.
    fn field(&mut self, field: &Field, value: Value) -> Result<()> {
        let name = field.name;
        self.once(name, &value)?;
        match (field.kind, value) {
            (Kind::File, file) => {
                let file = self.upload(file, upload::file_fields, name)?;
                self.call.files.push((name, upload::file(self.operation, &file, name)?));
            }
            (Kind::List(Kind::File), Value::Array(files)) => {
                for (index, file) in files.into_iter().enumerate() {
                    let place = format!("{name}[{index}]");
                    let file = self.upload(file, upload::file_fields, &place)?;
                    self.call.files.push((name, upload::file(self.operation, &file, &place)?));
                }
            }
            (_, value) => {
                let value = self.value(field, value, name, Custom::Taken)?;
                self.call.fields.insert(name, value);
            }
        }
        Ok(())
    }

    fn custom(&mut self, name: String, value: Value) -> Result<()> {
        self.once(&name, &value)?;
        self.call.fields.insert(name, value);
        Ok(())
    }

    /// An undocumented query parameter.
    fn undocumented(&mut self, name: String, value: Value) -> Result<()> {
        let text = match value {
            Value::String(text) => text,
            Value::Bool(_) | Value::Number(_) => value.to_string(),
            other => return Err(self.invalid(&name, &other, "text, a number, true or false")),
        };
        self.call.query.push((name, text));
        Ok(())
    }

    /// A field's value, which may be null only if the field can be cleared.
    fn value(&self, field: &Field, value: Value, place: &str, custom: Custom) -> Result<Value> {
        let anything = matches!(field.kind, Kind::Any);
        if value.is_null() && !anything && !field.rules.contains(&Rule::Nullable) {
            let rule = format!("{}, because it cannot be cleared", field.kind);
            return Err(self.invalid(place, &value, &rule));
        }
        self.declared(value, field.kind, place, custom)
    }

    /// A value as the typed method would send it. One of the wrong kind is left as it is: validation reports it.
    fn declared(&self, value: Value, kind: Kind, place: &str, custom: Custom) -> Result<Value> {
        Ok(match (kind, value) {
            (Kind::Id, Value::Number(number)) if !number.is_f64() => Value::String(number.to_string()),
            (Kind::Id, Value::String(text)) => Value::String(Id::from(text).into()),
            (Kind::Integer, Value::Number(number)) => whole(number),
            (Kind::List(of), Value::Array(list)) => {
                let elements = list.into_iter().enumerate();
                let taken =
                    elements.map(|(index, element)| self.declared(element, *of, &format!("{place}[{index}]"), custom));
                Value::Array(taken.collect::<Result<_>>()?)
            }
            (Kind::Record(fields), Value::Object(map)) => Value::Object(self.record(map, fields(), place, custom)?),
            (_, value) => value,
        })
    }

    fn record(
        &self,
        map: Map<String, Value>,
        fields: &'static [Field],
        place: &str,
        custom: Custom,
    ) -> Result<Map<String, Value>> {
        let mut taken = Map::new();
        for (name, value) in map {
            let value = match find(fields, &name) {
                Some(field) => self.value(field, value, &format!("{place}.{name}"), custom)?,
                None if custom == Custom::Taken && is_custom_field(&name) => value,
                None => return Err(self.unknown(place, &name, names(fields))),
            };
            taken.insert(name, value);
        }
        Ok(taken)
    }

    /// The fields of a file or of bytes, checked.
    fn upload(&self, value: Value, fields: fn() -> &'static [Field], place: &str) -> Result<Map<String, Value>> {
        let Value::Object(map) = value else {
            let rule = format!("a record with {} (paths are not accepted)", names(fields()).join(", "));
            return Err(self.invalid(place, &value, &rule));
        };
        let map = Value::Object(self.record(map, fields(), place, Custom::Refused)?);
        validate_value(&self.call, &map, Kind::Record(fields), place)?;
        let Value::Object(map) = map else { return Ok(Map::new()) };
        Ok(map)
    }

    /// A field may be given alongside the parameters or in the body, but not in both.
    fn once(&self, name: &str, value: &Value) -> Result<()> {
        let file = self.call.files.iter().any(|(given, _)| *given == name);
        let given = self.call.fields.get(name).map(Value::to_string).or_else(|| file.then(|| "a file".to_owned()));
        let Some(given) = given else { return Ok(()) };
        let both = format!("{} and {}", cut(&value.to_string(), LONGEST_NAME), cut(&given, LONGEST_NAME));
        let rule = format!("given once, either with the other arguments or within {BODY:?}");
        Err(InvalidCall::new(self.operation, BrokenRule::given(name, both, rule)).into())
    }

    fn invalid(&self, name: &str, value: &Value, rule: &str) -> Error {
        InvalidCall::new(self.operation, BrokenRule::new(name, value, rule)).into()
    }

    fn unknown(&self, place: &str, name: &str, known: Vec<&'static str>) -> Error {
        Box::new(UnknownArgument::new(self.operation, place, name, known)).into()
    }
}

/// Whether a record may have custom fields.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Custom {
    Taken,
    Refused,
}

/// The names of all arguments: parameters, fields, and the body where it is not a record.
fn known(operation: &'static Operation) -> Vec<&'static str> {
    let parameters = operation.parameters.iter().map(|parameter| parameter.field.name);
    let fields = operation.body.fields().iter().map(|field| field.name);
    let fields = fields.filter(|name| operation.parameter(name).is_none());
    let mut known: Vec<_> = parameters.chain(fields).collect();
    let clash = operation.body.fields().iter().any(|field| operation.parameter(field.name).is_some());
    if takes_body(operation) && (clash || !takes_fields(operation)) {
        known.push(BODY);
    }
    known
}

fn names(fields: &'static [Field]) -> Vec<&'static str> {
    fields.iter().map(|field| field.name).collect()
}

fn find<'f>(fields: &'f [Field], name: &str) -> Option<&'f Field> {
    fields.iter().find(|field| field.name == name)
}

/// A whole number written with a fraction of zero, without the fraction.
fn whole(number: serde_json::Number) -> Value {
    let whole = number.as_f64().filter(|value| number.is_f64() && value.fract() == 0.0);
    whole.and_then(|value| format!("{value:.0}").parse::<i64>().ok()).map_or(Value::Number(number), Value::from)
}
