//! Every operation of the spec, called once with what its own types say.

use bytes::Bytes;
use desk_spec::{Body, Operation, Parameter, ParameterPlace, Spec};
use http::{HeaderMap, HeaderValue};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use crate::accounts::tokens::Grant;
use crate::answer::synthesize::Synthesizer;
use crate::common::calendar::{Calendar, Shift};
use crate::desk::{Desk, Room};
use crate::exchange::incoming::Incoming;
use crate::judge::check::{Call, Undeclared};
use crate::spec::shape::objects;
use crate::{seed, spec};

#[test]
fn every_operation_can_be_called() {
    let spec = spec::built_in().unwrap();
    let desk = Desk::new(spec.clone(), seed::as_written(), Calendar::as_written());
    let mut failed = Vec::new();
    for listed in &spec.operations {
        let operation = &listed.operation;
        // What one operation takes away is there for the next.
        desk.records().reset();
        let reply = desk.handle(&request(&spec, &desk, operation, |_| true), Room::Free);
        if !operation.answers.contains_key(&reply.status) {
            failed.push(format!("{}: {} {}", operation.id, reply.status, String::from_utf8_lossy(reply.body.bytes())));
        }
    }
    assert!(failed.is_empty(), "{} failed:\n{}", failed.len(), failed.join("\n"));
    assert_eq!(desk.log().received().len(), spec.operations.len());
}

/// A request with the wanted query parameters and a body, for records that are there.
pub(super) fn request(spec: &Spec, desk: &Desk, operation: &Operation, wanted: fn(&Parameter) -> bool) -> Incoming {
    let empty = Incoming::new("GET", "/", "", HeaderMap::new(), Bytes::new());
    let call = Call {
        spec,
        operation,
        incoming: &empty,
        values: &[],
        strict: false,
        undeclared: Undeclared::Refused,
        highest_from: u64::MAX,
        shift: Shift::default(),
    };
    let examples = desk.records().examples(operation);
    let synthesizer = Synthesizer::new(call).knowing(&examples.body);
    let text = |parameter: &Parameter| match &operation.paging {
        // Beyond the first page a synthesised list is empty.
        Some(paging) if parameter.name == "from" => paging.first.to_string(),
        _ => {
            let example = examples.query.get(&parameter.name).filter(|_| parameter.place == ParameterPlace::Query);
            escaped(example.unwrap_or(&written(&synthesizer.value(&parameter.schema, "1"))))
        }
    };
    let at = |place: ParameterPlace| operation.parameters.iter().filter(move |parameter| parameter.place == place);
    let mut path = operation.path.clone();
    for (turn, name) in operation.path_names().enumerate() {
        let parameter = at(ParameterPlace::Path).find(|parameter| parameter.name == name);
        let value = examples.path.get(&turn).map(|id| escaped(id)).or_else(|| parameter.map(text));
        path = path.replace(&format!("{{{name}}}"), &value.unwrap_or_default());
    }
    let query: Vec<_> = at(ParameterPlace::Query)
        .filter(|parameter| wanted(parameter))
        .map(|parameter| format!("{}={}", escaped(&parameter.name), text(parameter)))
        .collect();
    let mut headers = HeaderMap::new();
    let scopes = operation.scopes.first().cloned().unwrap_or_default();
    let token = desk.tokens().issue(Grant { scopes });
    headers.insert("authorization", HeaderValue::try_from(format!("Zoho-oauthtoken {token}")).unwrap());
    if operation.organization {
        headers.insert("orgid", HeaderValue::try_from(&desk.organizations()[0]).unwrap());
    }
    let (kind, body) = body(spec, &synthesizer, operation);
    headers.insert("content-type", HeaderValue::from_static(kind));
    Incoming::new(&operation.method.to_string(), &path, &query.join("&"), headers, body.into())
}

fn body<'a>(spec: &'a Spec, synthesizer: &Synthesizer<'a>, operation: &'a Operation) -> (&'static str, Vec<u8>) {
    match &operation.body {
        None => ("text/plain", Vec::new()),
        Some(Body { json: Some(json), .. }) => {
            ("application/json", synthesizer.value(json, "body").to_string().into_bytes())
        }
        Some(Body { multipart: Some(form), .. }) => {
            let names = objects(spec, form).into_iter().flat_map(|object| object.fields.keys());
            let part = |name| format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n1\r\n");
            let parts: String = names.map(part).collect();
            ("multipart/form-data; boundary=b", format!("{parts}--b--\r\n").into_bytes())
        }
        Some(_) => ("application/octet-stream", vec![1, 2, 3]),
    }
}

/// A value as a parameter: lists separated by commas, records as JSON.
fn written(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(written).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

pub(super) fn escaped(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}
