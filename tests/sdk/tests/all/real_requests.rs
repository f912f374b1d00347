//! Requests that programs written by others send to Desk: the local server takes them, and the SDK makes them.
//!
//! `real_requests.tsv` has one on each line: method, path, query and body, the operation, how many programs send it, how
//! the SDK makes it, what the local server says where it refuses it, and why, if anything is out of the ordinary. The
//! SDK makes a request
//!
//! - `typed`: with declared names, and no rule broken;
//! - `beyond`: with a name that nobody declared, by `query` or `field`;
//! - `unchecked`: although a documented rule says no;
//! - `request`: by its method and path.
//!
//! Each is the least that does: what stands in the table is found to be needed.

use crate::common::{EVERYTHING, client};
use desk_mock::{MockDesk, Received};
use desk_sdk::by_name::most_used;
use desk_sdk::{Client, Error, Field, FilePart, Kind, Method, Operation, Risk, operation};
use serde_json::{Map, Value, json};

const TABLE: &str = include_str!("real_requests.tsv");
const USES: &str = include_str!("../../../../spec/local/uses.json");
const ORGANIZATION: &str = "orgId";
const WAYS: [&str; 4] = ["typed", "beyond", "unchecked", "request"];

/// A line of the table.
#[derive(Clone, Debug)]
struct Row {
    line: usize,
    method: Method,
    path: &'static str,
    query: Vec<(String, String)>,
    body: Option<Value>,
    operation: &'static str,
    clients: u64,
    way: &'static str,
    refused: &'static str,
    why: &'static str,
}

fn rows() -> Vec<Row> {
    let row = |(line, text): (usize, &'static str)| {
        let columns: Vec<&str> = text.split('\t').collect();
        let [method, path, query, body, operation, clients, way, refused, why] = columns[..] else {
            panic!("line {line} has {} columns", columns.len());
        };
        let clients = clients.parse().expect("a number of clients");
        assert!(clients > 0, "line {line}");
        let pair = |pair: &str| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (name.to_owned(), value.to_owned())
        };
        Row {
            line,
            method: method_of(method),
            path,
            query: query.split('&').filter(|pair| !pair.is_empty()).map(pair).collect(),
            body: (!body.is_empty()).then(|| serde_json::from_str(body).expect("a JSON document")),
            operation,
            clients,
            way,
            refused,
            why,
        }
    };
    TABLE.lines().enumerate().skip(1).map(|(index, text)| row((index + 1, text))).collect()
}

fn method_of(name: &str) -> Method {
    use Method::{Delete, Get, Patch, Post, Put};
    [Delete, Get, Patch, Post, Put].into_iter().find(|method| method.as_str() == name).expect("a method")
}

/// The parts of a form that hold files; a form is written `{"$form": ["file"], …}` in the table.
fn files(body: Option<&Value>) -> Vec<&str> {
    let names = body.and_then(|body| body["$form"].as_array());
    names.into_iter().flatten().filter_map(Value::as_str).collect()
}

fn fields(body: &Value) -> Map<String, Value> {
    let mut fields = body.as_object().cloned().unwrap_or_default();
    fields.remove("$form");
    fields
}

/// Sends the request as it stands.
async fn send(http: &reqwest::Client, desk: &MockDesk, token: &str, row: &Row) -> Received {
    let mut url = reqwest::Url::parse(&format!("{}{}", desk.url(), row.path)).expect("an address");
    if !row.query.is_empty() {
        url.query_pairs_mut().extend_pairs(&row.query);
    }
    let method = reqwest::Method::from_bytes(row.method.as_str().as_bytes()).expect("a method");
    let request = http.request(method, url).header("authorization", format!("Zoho-oauthtoken {token}"));
    let mut request = request.header("orgId", desk.organization());
    let files = files(row.body.as_ref());
    if let Some(body) = &row.body {
        request = if files.is_empty() {
            request.header("content-type", "application/json").body(body.to_string())
        } else {
            let mut form = reqwest::multipart::Form::new();
            for (name, value) in fields(body) {
                form = form.text(name, value.as_str().map_or_else(|| value.to_string(), str::to_owned));
            }
            for name in files {
                form = form.part(name.to_owned(), reqwest::multipart::Part::text("hi").file_name("a.txt"));
            }
            request.multipart(form)
        };
    }
    desk.reset_requests();
    request.send().await.expect("an answer");
    desk.requests().pop().expect("a request")
}

/// What the server says of a request: nothing where it takes it, though the record may be none of its own.
fn verdict(received: &Received) -> String {
    match (received.status, &received.operation) {
        (200..=299, Some(_)) | (404, Some(_)) => String::new(),
        (status, _) => status.to_string(),
    }
}

/// Makes the request with the SDK, in one of its ways.
async fn make(client: &Client, row: &Row, way: &str) -> Result<(), Error> {
    let files = files(row.body.as_ref());
    let Some(operation) = operation(row.operation).filter(|_| way != "request") else {
        let mut request = client.request(row.method, row.path).risk(Risk::Destructive);
        for (name, value) in row.query.iter().filter(|(name, _)| name != ORGANIZATION) {
            request = request.query(name, value);
        }
        if let Some(body) = &row.body
            && files.is_empty()
        {
            request = request.json(body);
        }
        for name in files {
            let name: &'static str = Box::leak(name.to_owned().into_boxed_str());
            request = request.file(name, FilePart::new("a.txt", "hi"));
        }
        return request.await.map(drop);
    };
    let beyond = matches!(way, "beyond" | "unchecked");
    let mut arguments = Map::new();
    for (template, value) in operation.path.split('/').zip(row.path.split('/')) {
        if let Some(name) = template.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            arguments.insert(name.to_owned(), value.into());
        }
    }
    let mut more_query = Vec::new();
    for (name, value) in row.query.iter().filter(|(name, _)| name != ORGANIZATION) {
        match operation.parameter(name) {
            Some(parameter) => drop(arguments.insert(name.clone(), meant(parameter.field.kind, value))),
            None if beyond => more_query.push((name, value)),
            None => drop(arguments.insert(name.clone(), value.as_str().into())),
        }
    }
    let mut more_fields = Vec::new();
    if let Some(body) = row.body.as_ref().filter(|body| **body != json!({})) {
        if matches!(operation.body, desk_sdk::Body::Whole { .. }) {
            arguments.insert("body".to_owned(), body.clone());
        } else {
            let own = |name: &str| operation.body.fields().iter().find(|field| field.name == name);
            let mut beside = Map::new();
            for (name, value) in fields(body) {
                match own(&name) {
                    Some(_) if operation.parameter(&name).is_some() => drop(beside.insert(name, value)),
                    None if beyond && !name.starts_with("cf_") => more_fields.push((name, value)),
                    _ => drop(arguments.insert(name, value)),
                }
            }
            for name in files {
                let file = json!({ "name": "a.txt", "base64": "aGk=" });
                let list = own(name).is_some_and(|field: &Field| matches!(field.kind, Kind::List(_)));
                arguments.insert(name.to_owned(), if list { json!([file]) } else { file });
            }
            if !beside.is_empty() {
                arguments.insert("body".to_owned(), Value::Object(beside));
            }
        }
    }
    let mut call = client.invoke(row.operation, Value::Object(arguments));
    for (name, value) in more_query {
        call = call.query(name, value);
    }
    for (name, value) in more_fields {
        call = call.field(name, value);
    }
    if way == "unchecked" {
        call = call.unchecked();
    }
    call.await.map(drop)
}

/// A text of a query, as what it stands for.
fn meant(kind: Kind, text: &str) -> Value {
    let parsed = || serde_json::from_str(text).unwrap_or_else(|_| text.into());
    match kind {
        Kind::List(of) => text.split(',').filter(|one| !one.is_empty()).map(|one| meant(*of, one)).collect(),
        Kind::Integer | Kind::Number | Kind::Boolean | Kind::Map | Kind::Record(_) | Kind::Any => parsed(),
        Kind::DateTime | Kind::File | Kind::Id | Kind::Text | Kind::TimeRange => text.into(),
    }
}

/// A request as far as it has to be the same: ids may be numbers or text, nothing may be `{}`, and the organization
/// stands in the query or in a header.
fn compared(received: &Received) -> (String, String, Vec<(String, String)>, Value) {
    let mut query = received.query.clone();
    query.retain(|(name, _)| name != ORGANIZATION);
    query.sort();
    let path = received.path.split('?').next().unwrap_or_default().to_owned();
    let body = received.json().filter(|body| *body != json!({})).map_or(Value::Null, as_text);
    (received.method.clone(), path, query, body)
}

fn as_text(value: Value) -> Value {
    match value {
        Value::Number(number) => number.to_string().into(),
        Value::Array(list) => list.into_iter().map(as_text).collect(),
        Value::Object(map) => map.into_iter().map(|(name, value)| (name, as_text(value))).collect(),
        other => other,
    }
}

/// The first way that makes the request just as it was sent.
async fn way(client: &Client, desk: &MockDesk, row: &Row, sent: &Received) -> Result<&'static str, String> {
    let mut problems = Vec::new();
    for way in WAYS.into_iter().filter(|way| *way == "request" || operation(row.operation).is_some()) {
        desk.reset_requests();
        let made = make(client, row, way).await;
        match desk.requests().pop() {
            Some(received) if compared(&received) == compared(sent) => return Ok(way),
            Some(received) => problems.push(format!("{way}: {:?} {:?}", compared(&received), compared(sent))),
            None => problems.push(format!("{way}: {}", made.err().map_or(String::new(), |error| error.to_string()))),
        }
    }
    Err(problems.join("\n  "))
}

#[tokio::test]
async fn requests_of_others_are_taken_and_can_be_made() {
    // As lenient as the service is.
    let desk = MockDesk::start().await.expect("the local Desk server starts");
    let client = client(&desk, &EVERYTHING);
    let (http, token) = (reqwest::Client::new(), desk.token(EVERYTHING));
    desk.set_credits(1_000_000);
    let rows = rows();
    let mut wrong = Vec::new();
    for row in &rows {
        desk.reset_records();
        let sent = send(&http, &desk, &token, row).await;
        let refused = verdict(&sent);
        desk.reset_records();
        match way(&client, &desk, row, &sent).await {
            Ok(way) if (way, &*refused) == (row.way, row.refused) => {}
            Ok(way) => wrong.push(format!("{}\t{way}\t{refused}\t{} {}", row.line, row.method, row.path)),
            Err(problems) => {
                wrong.push(format!("{}\t?\t{refused}\t{} {}\n  {problems}", row.line, row.method, row.path))
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong (line, way, refused):\n{}", wrong.len(), wrong.join("\n"));
    let explained = |row: &&Row| row.way != "typed" || !row.refused.is_empty();
    let unexplained: Vec<_> =
        rows.iter().filter(explained).filter(|row| row.why.is_empty()).map(|row| row.line).collect();
    assert!(unexplained.is_empty(), "not explained: {unexplained:?}");
}

#[test]
fn the_table_is_as_the_readme_says_and_its_operations_exist() {
    let rows = rows();
    let taken = rows.iter().filter(|row| row.refused.is_empty()).count();
    let typed = rows.iter().filter(|row| row.refused.is_empty() && row.way == "typed").count();
    let readme = include_str!("../../../../README.md").replace('\n', " ");
    for said in [
        format!("lists {} requests", rows.len()),
        format!("accepts {taken} of them"),
        format!("can make {typed} with declared names"),
    ] {
        assert!(readme.contains(&said), "README: {said}");
    }
    for row in rows.iter().filter(|row| !row.operation.is_empty()) {
        let known: Option<&Operation> = operation(row.operation);
        assert!(known.is_some(), "line {}: {}", row.line, row.operation);
    }
}

/// Operations that are used less often are not worth an entry in the spec.
const OFTEN: u64 = 3;

/// What is offered before anybody has chosen follows from this table.
#[test]
fn how_often_operations_are_used_is_counted_here() {
    let mut counted: Map<String, Value> = Map::new();
    for row in rows().into_iter().filter(|row| !row.operation.is_empty()) {
        let count = counted.get(row.operation).and_then(Value::as_u64).unwrap_or_default();
        counted.insert(row.operation.to_owned(), (count + row.clients).into());
    }
    let count = |id: &str| counted[id].as_u64().expect("a number");
    let often: Map<String, Value> = counted.clone().into_iter().filter(|(id, _)| count(id) >= OFTEN).collect();
    let uses: Value = serde_json::from_str(USES).expect("a JSON document");
    let uses = uses["uses"].as_array().expect("a list");
    let told =
        uses.iter().map(|uses| (uses["operation"].as_str().expect("a name").to_owned(), uses["requests"].clone()));
    assert_eq!(told.collect::<Map<_, _>>(), often, "spec/local/uses.json");
    let order: Vec<u64> = most_used().map(|operation| count(operation.id)).collect();
    assert_eq!(order.len(), often.len());
    assert!(order.is_sorted_by(|one, next| one >= next), "{order:?}");
}
