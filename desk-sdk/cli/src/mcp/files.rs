//! Files in answers: never on the disk.

use desk_sdk::{Answer, Operation};
use rmcp::model::{ContentBlock, ResourceContents};
use serde_json::{Value, json};

use super::answer::Answered;
use super::cut::USUAL_SIZE;
use super::refusal::Refusal;

/// The largest file in bytes that is answered.
const LARGEST: usize = 4 * 1024 * 1024;
/// What models can look at.
const PICTURES: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];

/// A file as part of the answer: a picture as one, a text as text, everything else in base64.
pub(super) fn embedded(operation: &Operation, answer: &Answer<Value>) -> Result<Answered, Refusal> {
    let content = answer.raw();
    let media_type = answer["media_type"].as_str().unwrap_or("application/octet-stream");
    let size = content.len();
    if size > LARGEST {
        let text = format!(
            "the file has {size} bytes, and at most {LARGEST} are answered. `desk call {}` saves it to the disk",
            operation.id
        );
        return Err(Refusal::new("too_large", text));
    }
    let encoded = answer["base64"].as_str().unwrap_or_default();
    let plain = media_type.split(';').next().unwrap_or_default().trim();
    let uri = format!("desk://answer/{}", operation.id);
    let text = std::str::from_utf8(content).ok().filter(|text| is_text(plain) && text.len() <= USUAL_SIZE);
    let block = match text {
        _ if PICTURES.contains(&plain) => ContentBlock::image(encoded, plain),
        Some(text) => ContentBlock::embedded_text(uri, text),
        None => ContentBlock::resource(ResourceContents::blob(encoded, uri).with_mime_type(plain)),
    };
    let structured = json!({ "operation": operation.id, "file": { "media_type": plain, "size": size } });
    let answered = Answered::new(structured, format!("{}: a file of {size} bytes, {plain}", operation.id));
    Ok(answered.with(block))
}

fn is_text(media_type: &str) -> bool {
    media_type.starts_with("text/") || matches!(media_type, "application/json" | "application/xml")
}
