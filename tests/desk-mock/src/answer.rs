//! What a request that suits is answered with.

use desk_spec::{Answer, Schema, Status};
use serde_json::{Map, Value, json};

use crate::check::Call;
use crate::complete::complete;
use crate::download::download;
use crate::records::Found;
use crate::refusal::{Code, Refusal};
use crate::reply::Reply;
use crate::seed::Record;
use crate::shape::{elements, objects};
use crate::synthesize::Synthesizer;

const NO_CONTENT: Status = 204;

/// The answer: from the records, where the route is one of theirs, else from the operation's own type; files have
/// `file` bytes.
pub(crate) fn answer(call: Call<'_>, found: Option<Found>, file: u64) -> Result<Reply, Refusal> {
    if let Some(Found::Unknown(id)) = &found {
        return Err(Refusal::new(Code::UrlNotFound, format!("There is no record with the id {id}.")));
    }
    let Some((status, main)) = main_answer(call) else { return Ok(Reply::empty(NO_CONTENT)) };
    let schema = match main {
        Answer::Empty => return Ok(Reply::empty(status)),
        Answer::Bytes => return Ok(download(status, file, call.incoming)),
        Answer::Json(schema) => schema,
    };
    let synthesizer = Synthesizer::new(call);
    let value = match found {
        Some(Found::One(record)) => Value::Object(complete(call.spec, &synthesizer, &[schema], record)),
        Some(Found::Page(records)) => return Ok(page(call, &synthesizer, status, schema, records)),
        _ if is_past_first_page(call) => return Ok(page(call, &synthesizer, status, schema, Vec::new())),
        _ => synthesised(call, &synthesizer, schema),
    };
    Ok(Reply::json(status, &value))
}

/// The answer that carries most, under its lowest status.
fn main_answer(call: Call<'_>) -> Option<(Status, &Answer)> {
    let main = call.operation.main_answer()?;
    let same = |answer: &Answer| std::mem::discriminant(answer) == std::mem::discriminant(main);
    let alike = call.operation.answers.iter().filter(|(_, answer)| same(answer));
    alike.min_by_key(|(status, _)| **status).map(|(status, answer)| (*status, answer))
}

/// A synthesised list is one page long; without that a client that reads on would never end.
fn is_past_first_page(call: Call<'_>) -> bool {
    let from = call.incoming.query("from").and_then(|from| from.parse::<u64>().ok());
    call.operation.paging.as_ref().zip(from).is_some_and(|(paging, from)| from > paging.first)
}

fn page<'a>(
    call: Call<'a>,
    synthesizer: &Synthesizer<'a>,
    status: Status,
    schema: &'a Schema,
    records: Vec<Record>,
) -> Reply {
    if records.is_empty() && call.operation.answers.contains_key(&NO_CONTENT) {
        return Reply::empty(NO_CONTENT);
    }
    let key = call.operation.paging.as_ref().map_or("data", |paging| paging.key.as_str());
    let bare = elements(call.spec, schema);
    let fields = || objects(call.spec, schema).into_iter().filter_map(|object| object.fields.get(key));
    let types =
        if bare.is_empty() { fields().flat_map(|list| elements(call.spec, list)).collect() } else { bare.clone() };
    let records = records.into_iter().map(|record| Value::Object(complete(call.spec, synthesizer, &types, record)));
    let records = Value::Array(records.collect());
    if !bare.is_empty() {
        return Reply::json(status, &records);
    }
    let around = Map::from_iter([(key.to_owned(), records)]);
    Reply::json(status, &Value::Object(complete(call.spec, synthesizer, &[schema], around)))
}

fn synthesised<'a>(call: Call<'a>, synthesizer: &Synthesizer<'a>, schema: &'a Schema) -> Value {
    let value = synthesizer.value(schema, &call.operation.id);
    match &call.operation.paging {
        // Lists whose type nobody documents still have their records where the spec says.
        Some(paging) if value.is_object() && value.get(&paging.key).is_none() => {
            json!({ (paging.key.clone()): [value] })
        }
        _ => value,
    }
}
