//! Lists, a piece at a time.

use std::fmt::Write as _;

use desk_sdk::by_name::{answers_with_list, key_fields, record_shape};
use desk_sdk::{Client, KeyField, Operation, Position, Shape};
use rmcp::model::{RequestStateCodec, SealOptions};
use serde_json::{Map, Value, json};

use super::answer::Answered;
use super::cut::Cut;
use super::refusal::Refusal;
use super::view::{POSITION, View};

/// How many records are shown unless another `limit` is asked for.
const USUAL_RECORDS: u64 = 25;
/// How many are shown at most, whatever the limit.
const MOST_RECORDS: u64 = 500;
/// The parameter for the length of a page.
const LIMIT: &str = "limit";
/// How many characters a record's line has.
const LINE: usize = 160;

/// Whether an operation certainly answers with a list of records.
pub(super) fn is_list(operation: &Operation) -> bool {
    answers_with_list(operation.id)
        && (operation.paging.is_some() || matches!(record_shape(operation.id), Some(Shape::Record { .. })))
}

/// The next records of a list.
pub(super) async fn read(
    client: &Client,
    operation: &'static Operation,
    mut arguments: Map<String, Value>,
    view: &View,
    seal: &RequestStateCodec,
) -> Result<Answered, Refusal> {
    let most = limit(operation, &mut arguments)?;
    let mut records = client.invoke(operation.id, Value::Object(arguments)).records().ahead(0);
    if let Some(text) = &view.position {
        records = records.resume_from(open(seal, operation, text)?);
    }
    let before = records.position().map_or(0, |position| position.records());
    let keys = key_fields(operation.id).unwrap_or_default();
    let cut = Cut::new(&view.detail, keys, true);
    let (mut shown, mut lines) = (Vec::new(), String::new());
    let (mut size, mut shortened, mut full) = (0, false, false);
    let mut position = records.position();
    while shown.len() < most {
        let Some(record) = records.next().await else { break };
        let record = record.map_err(|error| Refusal::of(&error, operation))?;
        let piece = cut.apply(&record).ok_or_else(too_large)?;
        if size + piece.size > cut.size {
            full = true;
            break;
        }
        size += piece.size;
        shortened |= piece.shortened;
        let _ = writeln!(lines, "{}", line(keys, &record, &piece.value));
        shown.push(piece.value);
        position = records.position();
    }
    let more = full || !records.has_ended();
    let mut answer = json!({
        "operation": operation.id, "records": shown, "shown": shown.len(), "before": before, "more": more,
    });
    if let Some(total) = records.total() {
        answer["total"] = total.into();
    }
    let mut text = format!("{}: {} records", operation.id, shown.len());
    if let Some(position) = position.filter(|_| more) {
        let sealed = close(seal, operation, &position)?;
        let _ = write!(text, "; more may follow: the same call with {POSITION} {sealed} reads on");
        answer[POSITION] = sealed.into();
    }
    if shortened {
        answer["note"] = SHORTENED.into();
    }
    let _ = write!(text, "\n{lines}");
    Ok(Answered::new(answer, text))
}

/// What is said where texts lost their ends.
pub(super) const SHORTENED: &str = "long texts or lists are shortened; full_answer or answer_fields show more of them";

/// An answer that cannot be cut.
pub(super) fn too_large() -> Refusal {
    Refusal::new("too_large", "the answer is too large to be shown. Choose some of its fields with answer_fields")
}

/// How many records are wanted. A page is not longer than that, so that nothing is read in vain.
fn limit(operation: &Operation, arguments: &mut Map<String, Value>) -> Result<usize, Refusal> {
    let maximum = operation.paging.and_then(|paging| paging.maximum);
    let refused = |rule: &str, given: &Value| {
        Refusal::arguments(format!("{}: {LIMIT} must be {rule}, but is {given}; no request was made", operation.id))
    };
    let asked = match arguments.get(LIMIT).filter(|given| !given.is_null()) {
        None => USUAL_RECORDS.min(maximum.unwrap_or(USUAL_RECORDS)),
        Some(given) => match (given.as_u64(), maximum) {
            (None | Some(0), _) => return Err(refused("a whole number from 1 on", given)),
            (Some(asked), Some(maximum)) if asked > maximum => {
                return Err(refused(&format!("at most {maximum} ({POSITION} reads on)"), given));
            }
            (Some(asked), _) => asked.min(MOST_RECORDS),
        },
    };
    if operation.parameter(LIMIT).is_some() && arguments.get(LIMIT).is_none_or(Value::is_null) {
        arguments.insert(LIMIT.to_owned(), asked.into());
    }
    Ok(usize::try_from(asked).unwrap_or_default())
}

/// A record on one line, with its id.
fn line(keys: &[KeyField], record: &Value, cut: &Value) -> String {
    let id = match &record["id"] {
        Value::String(id) => format!("{id}: "),
        Value::Number(id) => format!("{id}: "),
        _ => String::new(),
    };
    let shown = if keys.is_empty() { cut } else { record };
    let line = KeyField::line(keys, shown, LINE);
    if line.is_empty() {
        let text: String = cut.to_string().chars().take(LINE).collect();
        return format!("{id}{}", crate::scopes::line(&text));
    }
    format!("{id}{line}")
}

/// A position as text that only this server can have made, and only for this operation. Which arguments it belongs to
/// stands in the position itself.
fn close(seal: &RequestStateCodec, operation: &Operation, position: &Position) -> Result<String, Refusal> {
    let written = serde_json::to_vec(position);
    let written =
        written.map_err(|error| Refusal::new("failed", format!("the position cannot be written: {error}")))?;
    let options = SealOptions::new().associated_data(operation.id.as_bytes());
    Ok(seal.seal_with(&written, &options))
}

fn open(seal: &RequestStateCodec, operation: &Operation, text: &str) -> Result<Position, Refusal> {
    let refused = || {
        Refusal::new(
            "position",
            format!(
                "the position was not given by this server for {}, or before it was started anew: leave it out to read \
                 from the start",
                operation.id
            ),
        )
    };
    let opened = seal.open_with(text, operation.id.as_bytes()).map_err(|_| refused())?;
    serde_json::from_slice(&opened).map_err(|_| refused())
}
