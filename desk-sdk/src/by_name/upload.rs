//! Files and bytes within arguments.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use bytes::Bytes;
use serde_json::{Map, Value};

use crate::invalid_call::{BrokenRule, InvalidCall};
use crate::operation::Rule::Required;
use crate::operation::{Field, Kind, Operation, field};
use crate::value::FilePart;

/// The key of a file's content.
pub(super) const CONTENT: &str = "base64";

/// The key of a file's media type.
pub(super) const MEDIA_TYPE: &str = "media_type";

/// With padding or without.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The keys of a file.
pub(super) fn file_fields() -> &'static [Field] {
    const FIELDS: &[Field] = &[
        field("name", Kind::Text, &[Required]),
        field(CONTENT, Kind::Text, &[Required]),
        field(MEDIA_TYPE, Kind::Text, &[]),
    ];
    FIELDS
}

/// The keys of raw bytes; their request has no place for a name.
pub(super) fn bytes_fields() -> &'static [Field] {
    const FIELDS: &[Field] = &[field(CONTENT, Kind::Text, &[Required]), field(MEDIA_TYPE, Kind::Text, &[])];
    FIELDS
}

/// A file whose fields were checked.
pub(super) fn file(operation: &Operation, fields: &Map<String, Value>, place: &str) -> Result<FilePart, InvalidCall> {
    let file = FilePart::new(text(fields, "name").unwrap_or_default(), content(operation, fields, place)?);
    Ok(match text(fields, MEDIA_TYPE) {
        Some(media_type) => file.media_type(media_type),
        None => file,
    })
}

/// The content of a file or of bytes.
pub(super) fn content(operation: &Operation, fields: &Map<String, Value>, place: &str) -> Result<Bytes, InvalidCall> {
    let encoded = text(fields, CONTENT).unwrap_or_default();
    BASE64.decode(encoded).map(Bytes::from).map_err(|_| {
        let rule = "the content in base64, on one line";
        let broken = BrokenRule::new(&format!("{place}.{CONTENT}"), &Value::from(encoded), rule);
        InvalidCall::new(operation, broken)
    })
}

/// A field that is text.
pub(super) fn text<'v>(fields: &'v Map<String, Value>, name: &str) -> Option<&'v str> {
    fields.get(name).and_then(Value::as_str)
}
