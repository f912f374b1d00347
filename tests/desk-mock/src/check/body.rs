//! What a request carries.

use desk_spec::{Body, Kind, Schema};
use serde_json::Value;

use super::{Call, json};
use crate::refusal::{Code, FieldFault, Refusal, Wrong};
use crate::shape::follow;

/// Checks the body; gives its JSON, where it has any.
pub(super) fn check(call: Call<'_>) -> Result<Option<Value>, Refusal> {
    let Some(body) = &call.operation.body else { return Ok(None) };
    let content_type = call.incoming.header("content-type").unwrap_or_default().to_ascii_lowercase();
    if call.incoming.body.is_empty() {
        if body.required {
            return Err(Refusal::new(Code::EmptyPayload, format!("{} needs a body.", call.operation.id)));
        }
        return Ok(None);
    }
    let multipart = content_type.starts_with("multipart/form-data");
    match (&body.multipart, &body.json) {
        (Some(form), _) if multipart => parts(call, body, form).map(|()| None),
        (_, Some(schema)) if is_json(&content_type) => document(call, body, schema).map(Some),
        _ if body.bytes => Ok(None),
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
    let mut faults = Vec::new();
    json::check(&json::Rule { spec: call.spec, partial: body.partial }, schema, &value, "", &mut faults);
    Refusal::unless_empty(&format!("The body does not suit {}.", call.operation.id), faults)?;
    Ok(value)
}

/// The parts are not read, only looked for: their contents may be anything.
fn parts(call: Call<'_>, body: &Body, form: &Schema) -> Result<(), Refusal> {
    let Kind::Object(object) = &follow(call.spec, form).kind else { return Ok(()) };
    let required = object.required.iter().filter(|_| !body.partial);
    let missing = required.filter(|name| !has_part(&call.incoming.body, name));
    let faults =
        missing.map(|name| FieldFault::parameter(name, Wrong::Missing, format!("The part {name} is required.")));
    Refusal::unless_empty(&format!("The form does not suit {}.", call.operation.id), faults.collect())
}

fn has_part(body: &[u8], name: &str) -> bool {
    [format!(" name=\"{name}\""), format!(";name=\"{name}\""), format!(" name={name}\r\n")]
        .iter()
        .any(|wanted| body.windows(wanted.len()).any(|window| window == wanted.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_by_their_name_not_their_file_name() {
        let body = b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"logo\"\r\n\r\n1\r\n--x--";
        assert!(has_part(body, "file"));
        assert!(!has_part(body, "logo"));
    }

    #[test]
    fn json_by_any_of_its_names() {
        assert!(is_json("application/json;charset=utf-8"));
        assert!(is_json(""));
        assert!(!is_json("text/plain"));
    }
}
