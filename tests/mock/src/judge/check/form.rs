//! Multipart forms: which parts there are, and how large.

use std::convert::Infallible;

use bytes::Bytes;
use desk_spec::{Kind, Schema};
use futures_util::{FutureExt, stream};
use multer::Multipart;

use super::Call;
use super::json::Undeclared;
use crate::exchange::refusal::{Code, FieldFault, Refusal, Wrong};
use crate::spec::shape::{follow, objects};

/// A part of a form; its contents may be anything and are not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) name: String,
    pub(crate) file_name: Option<String>,
    /// In bytes.
    pub(crate) size: usize,
}

/// Reads a form and checks its parts against the declared ones.
pub(super) fn check(call: Call<'_>, content_type: &str, partial: bool, form: &Schema) -> Result<Vec<Part>, Refusal> {
    let parts = read(call.incoming.body.clone(), content_type)
        .map_err(|error| Refusal::new(Code::InvalidData, format!("The body is no form: {error}.")))?;
    let Kind::Object(object) = &follow(call.spec, form).kind else { return Ok(parts) };
    let sent = |name: &str| parts.iter().any(|part| part.name == name);
    let missing = object.required.iter().filter(|name| !partial && !sent(name));
    let missing =
        missing.map(|name| FieldFault::parameter(name, Wrong::Missing, format!("The part {name} is required.")));
    // Some bodies may be sent as a document or as a form: the document's fields may be parts of the form.
    let body = call.operation.body.as_ref().filter(|body| body.document_parameter.is_none());
    let document = body.and_then(|body| body.json.as_ref());
    let fields = document.map(|document| objects(call.spec, document)).unwrap_or_default();
    let declared =
        |name: &str| object.fields.contains_key(name) || fields.iter().any(|of| of.fields.contains_key(name));
    let unknown = parts.iter().filter(|part| !declared(&part.name));
    let unknown = unknown.filter(|_| call.undeclared == Undeclared::Refused).map(|part| {
        let known: Vec<&str> = object.fields.keys().map(String::as_str).collect();
        let message = format!("The form has no part {:?}, only {}.", part.name, known.join(", "));
        FieldFault::parameter(&part.name, Wrong::Invalid, message)
    });
    let faults = missing.chain(unknown).collect();
    Refusal::unless_empty(&format!("The form does not suit {}.", call.operation.id), faults)?;
    Ok(parts)
}

fn read(body: Bytes, content_type: &str) -> Result<Vec<Part>, String> {
    let boundary = multer::parse_boundary(content_type).map_err(|error| error.to_string())?;
    let mut form = Multipart::new(stream::iter([Ok::<_, Infallible>(body)]), boundary);
    let mut parts = Vec::new();
    // The whole body is already here, so this never waits.
    let waits = || "it breaks off".to_owned();
    while let Some(field) = form.next_field().now_or_never().ok_or_else(waits)?.map_err(|error| error.to_string())? {
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field.file_name().map(str::to_owned);
        let contents = field.bytes().now_or_never().ok_or_else(waits)?.map_err(|error| error.to_string())?;
        parts.push(Part { name, file_name, size: contents.len() });
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_with_their_names_and_sizes() {
        let body = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"logo.png\"\r\n\r\nabc\r\n\
                    --x\r\nContent-Disposition: form-data; name=isPublic\r\n\r\ntrue\r\n--x--\r\n";
        let parts = read(Bytes::from(body), "multipart/form-data; boundary=x").unwrap();
        let part = |name: &str, file_name: Option<&str>, size| Part {
            name: name.to_owned(),
            file_name: file_name.map(str::to_owned),
            size,
        };
        assert_eq!(parts, [part("file", Some("logo.png"), 3), part("isPublic", None, 4)]);
    }

    #[test]
    fn what_is_no_form() {
        assert!(read(Bytes::from("--x\r\nnothing"), "multipart/form-data; boundary=x").is_err());
        assert!(read(Bytes::from("--x--"), "multipart/form-data").is_err());
    }
}
