//! Kinds of content.

/// How content travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Json,
    /// A form with files.
    Form,
    /// Bytes of any kind.
    Bytes,
    /// Text, or a form without files: something that the spec has no word for.
    Other,
}

/// A kind by its name, such as `application/json; charset=utf-8`.
pub(super) fn kind(name: &str) -> Kind {
    let essence = name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        _ if is_json(name) => Kind::Json,
        "multipart/form-data" => Kind::Form,
        "application/x-www-form-urlencoded" | "multipart/mixed" | "multipart/related" => Kind::Other,
        text if text.starts_with("text/") => Kind::Other,
        _ => Kind::Bytes,
    }
}

pub(super) fn is_json(name: &str) -> bool {
    name.contains("json")
}
