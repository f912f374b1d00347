//! Answers to valid requests.

pub(crate) mod believable;
pub(crate) mod complete;
pub(crate) mod contradict;
pub(crate) mod synthesize;

use desk_spec::{Answer, Kind, Schema, Status};
use serde_json::{Map, Value, json};

use crate::answer::complete::Types;
use crate::answer::synthesize::Synthesizer;
use crate::exchange::download::download;
use crate::exchange::refusal::{Code, Refusal};
use crate::exchange::reply::Reply;
use crate::judge::check::{CUSTOM, Call};
use crate::records::{COUNT, Found, RESULTS, Shown};
use crate::seed::Record;
use crate::spec::shape::{elements, follow, nullable, objects};

const NO_CONTENT: Status = 204;

/// The query parameter with the index of a page's first record.
const FROM: &str = "from";

/// The usual key of a list's records.
const DATA: &str = "data";

/// The answer: from the records, where the route is one of theirs, else from the operation's own type; files have
/// `file` bytes.
pub(crate) fn answer(call: Call<'_>, found: Option<Found>, file: u64) -> Result<Reply, Refusal> {
    if let Some(Found::Unknown(id)) = &found {
        return Err(Refusal::new(Code::UrlNotFound, format!("There is no record with the id {id}.")));
    }
    if found == Some(Found::Nothing) {
        if call.operation.answers.contains_key(&NO_CONTENT) {
            return Ok(Reply::empty(NO_CONTENT));
        }
        return Err(Refusal::new(Code::UrlNotFound, "There is no record that suits."));
    }
    let Some((status, main)) = main_answer(call) else { return Ok(Reply::empty(NO_CONTENT)) };
    let schema = match main {
        Answer::Empty => return Ok(Reply::empty(status)),
        Answer::Bytes => return Ok(download(status, file, call.incoming)),
        Answer::Json(schema) => schema,
    };
    let synthesizer = Synthesizer::new(call);
    let one = |record| Value::Object(Types::new(call.spec, &[schema]).complete(&synthesizer, record));
    let value = match found {
        Some(Found::Done { results, .. }) if has_field(call, schema, RESULTS) => {
            let results = results.into_iter().map(|(id, done)| result(call, schema, &id, done)).collect();
            one(Shown::bare(Record::from_iter([(RESULTS.to_owned(), Value::Array(results))])))
        }
        Some(Found::One(record) | Found::Done { last: Some(record), .. }) => one(record),
        Some(Found::Fields(fields)) => one(Shown::bare(fields)),
        Some(Found::Page { records, total }) => {
            return Ok(page(call, &synthesizer, status, schema, records, total));
        }
        _ if is_past_first_page(call) => return Ok(page(call, &synthesizer, status, schema, Vec::new(), None)),
        _ => synthesised(call, &synthesizer, schema),
    };
    Ok(Reply::json(status, &value))
}

fn has_field(call: Call<'_>, schema: &Schema, name: &str) -> bool {
    objects(call.spec, schema).iter().any(|object| object.fields.contains_key(name))
}

fn is_number(call: Call<'_>, schema: &Schema, name: &str) -> bool {
    let mut fields = objects(call.spec, schema).into_iter().filter_map(|object| object.fields.get(name));
    fields.any(|field| matches!(follow(call.spec, field).kind, Kind::Scalar(_)))
}

/// The result for one record among several.
fn result(call: Call<'_>, schema: &Schema, id: &str, done: bool) -> Value {
    let mut result = json!({ "id": id, "success": done });
    let lists = objects(call.spec, schema).into_iter().filter_map(|object| object.fields.get(RESULTS));
    let of = lists.flat_map(|list| elements(call.spec, list)).flat_map(|of| objects(call.spec, of)).next();
    let Some(errors) = of.and_then(|of| of.fields.get("errors")) else { return result };
    result["errors"] = match (done, objects(call.spec, errors).is_empty()) {
        (true, _) if nullable(call.spec, errors) => Value::Null,
        (true, true) => json!(""),
        (false, true) => json!(Code::InvalidData.name()),
        (true, false) => json!({ "errorCode": "SUCCESS", "httpCode": 200 }),
        (false, false) => json!({ "errorCode": Code::InvalidData.name(), "httpCode": Code::InvalidData.status() }),
    };
    result
}

/// The answer that carries most, under its lowest status.
fn main_answer(call: Call<'_>) -> Option<(Status, &Answer)> {
    let main = call.operation.main_answer()?;
    let same = |answer: &Answer| std::mem::discriminant(answer) == std::mem::discriminant(main);
    let alike = call.operation.answers.iter().filter(|(_, answer)| same(answer));
    alike.min_by_key(|(status, _)| **status).map(|(status, answer)| (*status, answer))
}

/// A synthesised list has only its first page; without that a client that reads on would never end. A list without
/// paging in the spec counts from the least `from` that it takes.
fn is_past_first_page(call: Call<'_>) -> bool {
    let from = call.incoming.query(FROM).and_then(|from| from.parse::<u64>().ok());
    let parameter = call.operation.parameters.iter().find(|parameter| parameter.name == FROM);
    let least = parameter.and_then(|from| u64::try_from(from.schema.rules.minimum?).ok()).unwrap_or_default();
    let first = call.operation.paging.as_ref().map_or(least, |paging| paging.first);
    from.is_some_and(|from| from > first)
}

fn page<'a>(
    call: Call<'a>,
    synthesizer: &Synthesizer<'a>,
    status: Status,
    schema: &'a Schema,
    records: Vec<Shown>,
    total: Option<usize>,
) -> Reply {
    if records.is_empty() && call.operation.answers.contains_key(&NO_CONTENT) {
        return Reply::empty(NO_CONTENT);
    }
    let key = key(call, schema);
    let bare = elements(call.spec, schema);
    let fields = || objects(call.spec, schema).into_iter().filter_map(|object| object.fields.get(key));
    let types =
        if bare.is_empty() { fields().flat_map(|list| elements(call.spec, list)).collect() } else { bare.clone() };
    let types = Types::new(call.spec, &types);
    let wanted = call.fields();
    let records = records.into_iter().map(|record| {
        let whole = types.complete(synthesizer, record);
        Value::Object(if wanted.is_empty() { whole } else { narrowed(whole, &wanted) })
    });
    let records = Value::Array(records.collect());
    if !bare.is_empty() {
        return Reply::json(status, &records);
    }
    let mut around = Map::from_iter([(key.to_owned(), records)]);
    if let Some(total) = total.filter(|_| is_number(call, schema, COUNT)) {
        around.insert(COUNT.to_owned(), json!(total));
    }
    Reply::json(status, &Value::Object(Types::new(call.spec, &[schema]).complete(synthesizer, Shown::bare(around))))
}

/// A record with its id and the wanted fields; custom ones are named without the map that holds them.
fn narrowed(record: Map<String, Value>, wanted: &[&str]) -> Map<String, Value> {
    let is_wanted = |name: &str| wanted.contains(&name);
    let field = |(name, value): (String, Value)| match value {
        value if name == "id" || is_wanted(&name) => Some((name, value)),
        Value::Object(map) if map.keys().any(|key| key.starts_with(CUSTOM) && is_wanted(key)) => {
            Some((name, Value::Object(map.into_iter().filter(|(key, _)| is_wanted(key)).collect())))
        }
        _ => None,
    };
    record.into_iter().filter_map(field).collect()
}

/// The key of a list's records: that of the spec, else the only list of the answer.
fn key<'a>(call: Call<'a>, schema: &'a Schema) -> &'a str {
    if let Some(paging) = &call.operation.paging {
        return &paging.key;
    }
    let objects = objects(call.spec, schema);
    let fields = || objects.iter().flat_map(|object| &object.fields);
    let mut lists = fields().filter(|(_, of)| !elements(call.spec, of).is_empty()).map(|(name, _)| name.as_str());
    if fields().any(|(name, _)| name == DATA) { DATA } else { lists.next().unwrap_or(DATA) }
}

fn synthesised<'a>(call: Call<'a>, synthesizer: &Synthesizer<'a>, schema: &'a Schema) -> Value {
    let value = synthesizer.value(schema, &call.operation.id);
    match &call.operation.paging {
        // Lists with an undocumented type still have their records where the spec says.
        Some(paging) if value.is_object() && value.get(&paging.key).is_none() => {
            json!({ (paging.key.clone()): [value] })
        }
        _ => value,
    }
}
