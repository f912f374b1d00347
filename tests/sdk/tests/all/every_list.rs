//! Every list of the API is read to its end: by index with long and short pages, and as a whole.

use std::collections::BTreeSet;

use crate::common::{EVERYTHING, builder};
use desk_mock::MockDesk;
use desk_sdk::{Kind, Operation, ParameterPlace, Records, Rule, operation, operations};
use futures_util::TryStreamExt as _;
use serde_json::{Map, Value, json};

/// A value that a parameter allows.
fn any(kind: Kind, rules: &[Rule]) -> Value {
    let listed = rules.iter().find_map(|rule| match rule {
        Rule::Values(values) => values.first().map(|value| json!(value)),
        _ => None,
    });
    listed.unwrap_or_else(|| match kind {
        Kind::List(of) => json!([any(*of, rules)]),
        Kind::Integer | Kind::Number => json!(1),
        Kind::Boolean => json!(true),
        Kind::Id => json!("1"),
        Kind::DateTime => json!("2024-05-14T09:30:00.000Z"),
        Kind::TimeRange => json!("2000-01-01T00:00:00.000Z,2100-01-01T00:00:00.000Z"),
        _ => json!("abc"),
    })
}

/// Arguments with which a list has records on the local server.
fn arguments(desk: &MockDesk, operation: &Operation) -> Map<String, Value> {
    let example = desk.example(operation.id);
    let mut arguments = Map::new();
    for parameter in operation.parameters {
        let field = &parameter.field;
        if !field.required() || parameter.place == ParameterPlace::Header {
            continue;
        }
        let found = example.path.get(field.name).or_else(|| example.query.get(field.name));
        let value = match (field.kind, found) {
            (Kind::List(_), Some(text)) => json!(text.split(',').collect::<Vec<_>>()),
            (_, Some(text)) => json!(text),
            (kind, None) => any(kind, field.rules),
        };
        arguments.insert(field.name.to_owned(), value);
    }
    arguments
}

async fn read(records: Records<Value>) -> Result<Vec<Value>, String> {
    records.try_collect().await.map_err(|error| error.to_string())
}

/// What identifies each record.
fn keys(operation: &Operation, records: &[Value]) -> BTreeSet<String> {
    let id = operation.paging.map_or("", |paging| paging.id);
    records.iter().map(|record| record.get(id).unwrap_or(record).to_string()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_list_is_read_to_its_end_in_any_way() {
    let desk = MockDesk::start().await.expect("the local server starts");
    desk.keep_requests(0);
    let client = builder(&desk, &EVERYTHING).scopes(EVERYTHING).build().expect("a client");
    let (mut lists, mut long, mut problems) = (0, 0, Vec::new());
    for operation in operations().filter(|one| one.paging.is_some() && one.alias_of.is_none()) {
        let given = arguments(&desk, operation);
        let call = |more: &[(&str, Value)]| {
            let mut given = given.clone();
            given.extend(more.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
            client.invoke(operation.id, Value::Object(given)).unchecked()
        };
        // A walk by time takes no order and no index, and has its own range.
        let ways = [
            ("by index", read(call(&[]).records()).await),
            ("in short pages", read(call(&[("limit", json!(3))]).records()).await),
            ("as a whole", read(call(&[]).all()).await),
        ];
        let mut seen = Vec::new();
        for (way, records) in ways {
            match records {
                Ok(records) => seen.push((way, keys(operation, &records), records.len())),
                Err(problem) => problems.push(format!("{} {way}: {problem}", operation.id)),
            }
        }
        lists += 1;
        long += usize::from(seen.first().is_some_and(|(.., count)| *count > 3));
        let identified = operation.paging.is_some_and(|paging| !paging.id.is_empty());
        for (way, keys, count) in &seen {
            let same = *keys == seen[0].1 && *count == seen[0].2;
            let once = !identified || keys.len() == *count;
            if !same || !once {
                problems.push(format!("{} {way}: {count} records, {} by index", operation.id, seen[0].2));
            }
        }
    }
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
    assert!(lists > 150 && long > 30, "{lists} lists, {long} of them with several pages");
}

#[tokio::test]
async fn lists_without_pages_come_whole() {
    let desk = MockDesk::start().await.expect("the local server starts");
    let client = builder(&desk, &EVERYTHING).scopes(EVERYTHING).build().expect("a client");
    for id in ["get_organizations", "get_all_countries", "get_views"] {
        let operation = operation(id).expect("an operation");
        let records = read(client.invoke(id, Value::Object(arguments(&desk, operation))).records()).await;
        assert!(records.is_ok_and(|records| !records.is_empty()), "{id}");
    }
}
