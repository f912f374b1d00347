//! Checks of request bodies.

use desk_spec::{Body, Schema};
use serde_json::Value;

use super::forgive::forgive;
use super::{Call, Sent, form, json, text};
use crate::exchange::refusal::{Code, FieldFault, Refusal, Wrong};

/// Checks the body and returns its contents.
pub(super) fn check(call: Call<'_>) -> Result<Sent, Refusal> {
    let Some(body) = &call.operation.body else { return Ok(Sent::Nothing) };
    let written = call.incoming.header("content-type").unwrap_or_default();
    let content_type = written.to_ascii_lowercase();
    if call.incoming.body.is_empty() {
        if body.required {
            return Err(Refusal::new(Code::EmptyPayload, format!("{} needs a body.", call.operation.id)));
        }
        return Ok(Sent::Nothing);
    }
    let multipart = content_type.starts_with("multipart/form-data");
    match (&body.multipart, &body.json) {
        (Some(parts), document) if multipart => {
            if let (Some(name), Some(schema)) = (&body.document_parameter, document) {
                beside(call, name, schema)?;
            }
            form::check(call, written, body.partial, parts).map(Sent::Parts)
        }
        (_, Some(schema)) if is_json(&content_type) || (!call.strict && !multipart && !body.bytes) => {
            document(call, body, schema).map(Sent::Json)
        }
        _ if body.bytes => Ok(Sent::Nothing),
        _ => {
            let kinds = [(body.json.is_some(), "application/json"), (body.multipart.is_some(), "multipart/form-data")];
            let kinds: Vec<&str> = kinds.iter().filter(|(declared, _)| *declared).map(|(_, kind)| *kind).collect();
            let message = format!("{} takes {}, not {content_type:?}.", call.operation.id, kinds.join(" or "));
            Err(Refusal::new(Code::UnsupportedMediaType, message))
        }
    }
}

/// A body without a content type is taken for JSON.
fn is_json(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    kind.is_empty() || kind == "application/json" || kind.ends_with("+json")
}

fn document(call: Call<'_>, body: &Body, schema: &Schema) -> Result<Value, Refusal> {
    let value: Value = serde_json::from_slice(&call.incoming.body)
        .map_err(|error| Refusal::new(Code::InvalidData, format!("The body is no JSON document: {error}.")))?;
    let value = if call.strict { value } else { forgive(call.spec, schema, body.partial, value) };
    let mut faults = Vec::new();
    let rule = json::Rule { spec: call.spec, partial: body.partial, undeclared: call.undeclared };
    json::check(&rule, schema, &value, "", &mut faults);
    let lacking = body.needed.iter().filter(|name| value.get(name.as_str()).is_none());
    faults.extend(lacking.map(|name| FieldFault {
        field: format!("/{name}"),
        wrong: Wrong::Missing,
        message: format!("{name} is required."),
    }));
    Refusal::unless_empty(&format!("The body does not suit {}.", call.operation.id), faults)?;
    Ok(value)
}

/// The document that travels in a query parameter beside a form.
fn beside(call: Call<'_>, name: &str, schema: &Schema) -> Result<(), Refusal> {
    let missing = || format!("A form of {} needs the query parameter {name}.", call.operation.id);
    let text = call.incoming.query(name).ok_or_else(|| Refusal::new(Code::InvalidData, missing()))?;
    text::check(call.spec, schema, text)
        .map_err(|rule| Refusal::new(Code::InvalidData, format!("{name} is {text:?}, but {rule}.")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_by_any_of_its_names() {
        assert!(is_json("application/json;charset=utf-8"));
        assert!(is_json(""));
        assert!(!is_json("text/plain"));
    }
}
