//! A call as an HTTP request.

use reqwest::multipart::{Form, Part};
use reqwest::{Method as HttpMethod, RequestBuilder, Url};
use serde_json::{Map, Value};

use crate::call::Call;
use crate::error::Result;
use crate::invalid_call::{BrokenRule, InvalidCall};
use crate::operation::{Body, Method, Operation, ParameterPlace};
use crate::value::FilePart;

/// The request of a validated call, without organization and credentials.
pub(super) fn request(http: &reqwest::Client, base: &Url, call: &Call) -> Result<RequestBuilder> {
    let operation = call.operation;
    let url = url(base, call);
    let mut request = http.request(method(operation.method), url);
    for (name, value) in in_place(call, ParameterPlace::Header) {
        request = request.header(name, text(value));
    }
    for (name, value) in &call.headers {
        request = request.header(name, value);
    }
    let form = matches!(operation.body, Body::Form { .. }) || !call.files.is_empty();
    if form {
        return Ok(request.multipart(multipart(operation, call, document_parameter(operation).is_none())?));
    }
    if let Some(bytes) = &call.bytes {
        return Ok(request.body(bytes.clone()));
    }
    let document = match &call.whole {
        Some(whole) => whole.to_string(),
        None if !call.fields.is_empty() || matches!(operation.body, Body::Json { required: true, .. }) => {
            json(&call.fields)
        }
        None => return Ok(request),
    };
    Ok(request.header(http::header::CONTENT_TYPE, "application/json").body(document))
}

fn method(method: Method) -> HttpMethod {
    match method {
        Method::Get => HttpMethod::GET,
        Method::Post => HttpMethod::POST,
        Method::Put => HttpMethod::PUT,
        Method::Patch => HttpMethod::PATCH,
        Method::Delete => HttpMethod::DELETE,
    }
}

fn in_place(call: &Call, place: ParameterPlace) -> impl Iterator<Item = (&'static str, &Value)> {
    let declared = call.operation.parameters.iter().filter(move |parameter| parameter.place == place);
    declared.filter_map(|parameter| Some((parameter.field.name, call.parameters.get(parameter.field.name)?)))
}

fn document_parameter(operation: &Operation) -> Option<&'static str> {
    match operation.body {
        Body::Json { document_parameter, .. } => document_parameter,
        _ => None,
    }
}

fn url(base: &Url, call: &Call) -> Url {
    let mut url = base.clone();
    if let Some(path) = &call.path {
        url.set_path(&format!("{}{path}", base.path().trim_end_matches('/')));
    } else if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop_if_empty();
        for step in call.operation.path.split('/').skip(1) {
            let name = step.strip_prefix('{').and_then(|step| step.strip_suffix('}'));
            match name.and_then(|name| call.parameters.get(name)) {
                Some(value) => segments.push(&text(value)),
                None => segments.push(step),
            };
        }
    }
    let overruled = |name: &str| call.query.iter().any(|(given, _)| given == name);
    let mut pairs: Vec<(&str, String)> = in_place(call, ParameterPlace::Query)
        // An empty list sends no parameter; an empty text would count as an element.
        .filter(|(name, value)| !overruled(name) && !matches!(value, Value::Array(list) if list.is_empty()))
        .map(|(name, value)| (name, text(value)))
        .collect();
    // If a file is sent, the document is sent alongside it.
    if let Some(name) = document_parameter(call.operation).filter(|_| !call.files.is_empty() && !call.fields.is_empty())
        && pairs.iter().all(|(known, _)| *known != name)
    {
        pairs.push((name, json(&call.fields)));
    }
    pairs.extend(call.query.iter().map(|(name, value)| (name.as_str(), value.clone())));
    if !pairs.is_empty() {
        url.query_pairs_mut().extend_pairs(pairs);
    }
    url
}

/// A value in a path, query or header: lists are separated by commas, records written as JSON.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(text).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

fn json(fields: &Map<String, Value>) -> String {
    serde_json::to_string(fields).unwrap_or_else(|_| unreachable!("keys are text"))
}

fn multipart(operation: &'static Operation, call: &Call, fields: bool) -> Result<Form> {
    let mut form = Form::new();
    for (name, value) in call.fields.iter().filter(|_| fields) {
        form = form.text(name.clone(), text(value));
    }
    for (name, file) in &call.files {
        form = form.part(*name, part(operation, name, file)?);
    }
    Ok(form)
}

fn part(operation: &'static Operation, name: &str, file: &FilePart) -> Result<Part> {
    let content = reqwest::Body::wrap_stream(file.pieces());
    let part = match file.size() {
        Some(size) => Part::stream_with_length(content, size),
        None => Part::stream(content),
    };
    let part = part.file_name(file.name.clone());
    match &file.media_type {
        None => Ok(part),
        Some(media_type) => part.mime_str(media_type).map_err(|_| {
            let rule = "of a media type such as image/png";
            InvalidCall::new(operation, BrokenRule::given(name, format!("{media_type:?}"), rule)).into()
        }),
    }
}
