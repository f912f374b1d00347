//! Every list, walked from its first page to its last over HTTP.

use std::collections::BTreeSet;

use desk_spec::{Answer, Method, Object, Operation, ParameterPlace, Spec};
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::sweep;
use crate::spec::shape::{elements, objects};
use crate::{MockDesk, spec};

/// How many records every collection gets, beside the built-in ones: more than two pages of most lists.
const MORE: usize = 120;

/// The page size of lists without a largest one.
const PAGE: u64 = 100;

/// No list has so many pages.
const MOST_PAGES: u64 = 60;

/// A list of the spec, with the request for it.
struct List<'a> {
    operation: &'a Operation,
    path: String,
    query: String,
    headers: String,
}

impl List<'_> {
    /// The records of one page, if there is one.
    async fn page(&self, desk: &MockDesk, from: Option<u64>) -> Result<Vec<Value>, String> {
        let mut query = self.query.clone();
        if let Some(from) = from {
            query += &format!("&from={from}&limit={}", self.limit());
        }
        let (status, body) = get(desk, &format!("{}?{query}", self.path), &self.headers).await;
        if status == 204 && body.is_empty() {
            return Ok(Vec::new());
        }
        if status != 200 {
            return Err(format!("{status} {} {query}: {}", self.path, String::from_utf8_lossy(&body)));
        }
        let page: Value = serde_json::from_slice(&body).map_err(|error| error.to_string())?;
        let key = self.operation.paging.as_ref().map_or("data", |paging| paging.key.as_str());
        let records = page.as_array().or_else(|| page[key].as_array());
        let only = || page.as_object()?.values().find_map(Value::as_array);
        records.or_else(only).cloned().ok_or_else(|| format!("no list in {page}"))
    }

    /// The index that pages are counted from, if there are any.
    fn first(&self) -> Option<u64> {
        let least = || {
            let from = self.operation.parameters.iter().find(|parameter| parameter.name == "from")?;
            u64::try_from(from.schema.rules.minimum?).ok()
        };
        self.operation.paging.as_ref().map(|paging| paging.first).or_else(least)
    }

    fn limit(&self) -> u64 {
        let limit = self.operation.parameters.iter().find(|parameter| parameter.name == "limit");
        let declared = || u64::try_from(limit?.schema.rules.maximum?).ok();
        self.operation.paging.as_ref().and_then(|paging| paging.maximum).or_else(declared).unwrap_or(PAGE)
    }

    fn highest_from(&self) -> u64 {
        let from = self.operation.parameters.iter().find(|parameter| parameter.name == "from");
        let most = from.and_then(|from| from.schema.rules.maximum);
        most.map_or(u64::MAX, |most| u64::try_from(most).unwrap())
    }

    /// All its records, page after page until one is short; what comes after that must be empty.
    async fn walk(&self, desk: &MockDesk) -> Result<Vec<Value>, String> {
        let Some(first) = self.first() else { return self.page(desk, None).await };
        let mut all = Vec::new();
        for turn in 0..MOST_PAGES {
            let page = self.page(desk, Some(first + turn * self.limit())).await?;
            let (found, full) = (page.len(), u64::try_from(page.len()).unwrap() >= self.limit());
            if u64::try_from(found).unwrap() > self.limit() {
                return Err(format!("{found} records on a page of {}", self.limit()));
            }
            all.extend(page);
            if full {
                continue;
            }
            let next = first + turn * self.limit();
            for from in [next + u64::try_from(found).unwrap(), next + self.limit()] {
                if from > self.highest_from() {
                    continue;
                }
                let beyond = self.page(desk, Some(from)).await?;
                if !beyond.is_empty() {
                    return Err(format!("{} records from {from}, after a short page", beyond.len()));
                }
            }
            return Ok(all);
        }
        Err(format!("it does not end after {MOST_PAGES} pages"))
    }
}

async fn get(desk: &MockDesk, target: &str, headers: &str) -> (u16, Vec<u8>) {
    let mut stream = TcpStream::connect(desk.url().strip_prefix("http://").unwrap()).await.unwrap();
    let request = format!("GET {target} HTTP/1.1\r\nhost: desk\r\nconnection: close\r\n{headers}\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let head = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap() + 4;
    let body = answer.split_off(head);
    let status = String::from_utf8(answer).unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    (status, body)
}

/// Whether an operation reads a list: what it answers is one, or has one in place of a record's fields.
fn is_list(spec: &Spec, operation: &Operation) -> bool {
    let from = operation.parameters.iter().any(|parameter| parameter.name == "from");
    if operation.method == Method::Get && (operation.paging.is_some() || from) {
        return true;
    }
    let Some(Answer::Json(schema)) = operation.main_answer().filter(|_| operation.method == Method::Get) else {
        return false;
    };
    let in_data = |object: &Object| object.fields.get("data").is_some_and(|of| !elements(spec, of).is_empty());
    !elements(spec, schema).is_empty() || objects(spec, schema).into_iter().any(in_data)
}

/// The times that a record of a list has by its type, but lacks. Of several types, the one that knows most of its keys is
/// meant.
fn lacking(spec: &Spec, operation: &Operation, records: &[Value]) -> Vec<&'static str> {
    let Some(Answer::Json(schema)) = operation.main_answer() else { return Vec::new() };
    let key = operation.paging.as_ref().map_or("data", |paging| paging.key.as_str());
    let lists = objects(spec, schema).into_iter().filter_map(|object| object.fields.get(key));
    let elements = lists.chain([schema]).flat_map(|list| elements(spec, list));
    let types: Vec<&Object> = elements.flat_map(|of| objects(spec, of)).collect();
    let lacks = |record: &Value, time: &str| {
        let keys = record.as_object().into_iter().flatten().map(|(key, _)| key);
        let knows = |object: &&&Object| keys.clone().filter(|key| object.fields.contains_key(*key)).count();
        let meant = types.iter().rev().max_by_key(knows);
        meant.is_some_and(|meant| meant.fields.contains_key(time)) && record.get(time).is_none_or(Value::is_null)
    };
    let times = ["createdTime", "modifiedTime"].into_iter();
    times.filter(|time| records.iter().any(|record| lacks(record, time))).collect()
}

#[tokio::test]
async fn every_list_ends_and_is_the_same_again() {
    let spec = spec::built_in().unwrap();
    let desk = MockDesk::builder().day(2024, 6, 1).start().await.unwrap();
    desk.set_highest_from(u64::MAX);
    let (mut lists, mut paged, mut long) = (0, 0, BTreeSet::new());
    let mut failed = Vec::new();
    let names = desk.desk().records().names();
    for more in [0, MORE] {
        for collection in names.iter().filter(|name| *name != "organizations") {
            desk.fill(collection, more);
        }
        for listed in &spec.operations {
            let operation = &listed.operation;
            if !is_list(&spec, operation) {
                continue;
            }
            lists += 1;
            paged += usize::from(operation.paging.is_some());
            let request = sweep::request(&spec, desk.desk(), operation, |parameter| {
                parameter.required
                    && parameter.name != "from"
                    && parameter.name != "limit"
                    && parameter.place == ParameterPlace::Query
            });
            let query: Vec<String> =
                request.query.iter().map(|(name, value)| format!("{name}={}", sweep::escaped(value))).collect();
            let headers = ["authorization", "orgid"]
                .into_iter()
                .filter_map(|name| Some(format!("{name}: {}\r\n", request.header(name)?)));
            let list =
                List { operation, path: request.path.clone(), query: query.join("&"), headers: headers.collect() };
            let (first, second) = (list.walk(&desk).await, list.walk(&desk).await);
            match (first, second) {
                (Ok(first), Ok(second)) => {
                    if first != second {
                        failed.push(format!("{}: two walks differ", operation.id));
                    }
                    let different: BTreeSet<String> = first.iter().map(ToString::to_string).collect();
                    if first.len() != different.len() {
                        failed.push(format!(
                            "{}: {} records, {} different",
                            operation.id,
                            first.len(),
                            different.len()
                        ));
                    }
                    for time in lacking(&spec, operation, &first) {
                        failed.push(format!("{}: a record lacks its {time}", operation.id));
                    }
                    if u64::try_from(first.len()).unwrap() > list.limit() && operation.paging.is_some() {
                        long.insert(&operation.id);
                    }
                }
                (first, second) => {
                    failed.extend(first.err().or(second.err()).map(|error| format!("{}: {error}", operation.id)))
                }
            }
        }
    }
    assert!(failed.is_empty(), "{} failed:\n{}", failed.len(), failed.join("\n"));
    assert!(lists > paged && paged >= 2 * 176, "{lists} {paged}");
    assert!(long.len() > 20, "{long:?}");
}
