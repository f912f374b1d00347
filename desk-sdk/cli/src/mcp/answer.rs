//! What a call answers with.

use desk_sdk::by_name::{answers_with_file, key_fields};
use desk_sdk::{Client, Operation};
use rmcp::model::{CallToolResult, ContentBlock, RequestStateCodec};
use serde_json::{Map, Value, json};

use super::cut::Cut;
use super::refusal::Refusal;
use super::view::View;
use super::{files, lists};

/// A result for programs, and the same in short for those that only read text.
#[derive(Debug)]
pub(super) struct Answered {
    structured: Value,
    text: String,
    block: Option<ContentBlock>,
}

impl Answered {
    pub(super) fn new(structured: Value, text: impl Into<String>) -> Self {
        Self { structured, text: text.into(), block: None }
    }

    /// The same result, with its JSON as text.
    pub(super) fn json(structured: Value) -> Self {
        let text = structured.to_string();
        Self::new(structured, text)
    }

    pub(super) fn with(self, block: ContentBlock) -> Self {
        Self { block: Some(block), ..self }
    }

    /// Whether it is a success is told by the type.
    pub(super) fn into_result(self) -> CallToolResult {
        let content = [ContentBlock::text(self.text)].into_iter().chain(self.block).collect();
        let mut result = CallToolResult::success(content);
        result.structured_content = Some(self.structured);
        result
    }
}

impl Refusal {
    pub(super) fn into_result(self, operation: Option<&str>) -> CallToolResult {
        let mut result = CallToolResult::error(vec![ContentBlock::text(self.text.clone())]);
        result.structured_content = Some(json!({ "refused": self.kind, "operation": operation, "message": self.text }));
        result
    }
}

/// Makes a call whose risk and consent are settled.
pub(super) async fn call(
    client: &Client,
    operation: &'static Operation,
    arguments: Map<String, Value>,
    view: &View,
    seal: &RequestStateCodec,
) -> Result<Answered, Refusal> {
    if lists::is_list(operation) {
        return lists::read(client, operation, arguments, view, seal).await;
    }
    if view.position.is_some() {
        return Err(Refusal::arguments(format!("{} does not answer with a list, so it has no position", operation.id)));
    }
    let answer = client.invoke(operation.id, Value::Object(arguments)).await;
    let answer = answer.map_err(|error| Refusal::of(&error, operation))?;
    let doubts: Vec<String> = answer.meta().broken_rules().iter().map(ToString::to_string).collect();
    if answers_with_file(operation.id) {
        return files::embedded(operation, &answer);
    }
    let cut = Cut::new(&view.detail, key_fields(operation.id).unwrap_or_default(), false);
    let piece = cut.apply(&answer).ok_or_else(lists::too_large)?;
    let mut structured = json!({ "operation": operation.id, "answer": piece.value });
    if piece.value.is_null() {
        structured["note"] = "done; Desk answered nothing".into();
    }
    if piece.shortened {
        structured["note"] = lists::SHORTENED.into();
    }
    if !doubts.is_empty() {
        structured["doubts"] = doubts.into();
    }
    Ok(Answered::json(structured))
}
