//! A call as an HTTP request.

use std::borrow::Cow;
use std::sync::LazyLock;

use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use reqwest::multipart::{Form, Part};
use reqwest::{Method as HttpMethod, Request, RequestBuilder, Url};
use serde::Serialize;
use serde_json::Value;

use crate::call::Call;
use crate::error::{Error, Result};
use crate::http_defaults::http_client;
use crate::invalid_call::{BrokenRule, InvalidCall};
use crate::operation::{Body, Method, Operation, ParameterPlace};
use crate::value::FilePart;

/// What cannot stand for itself within a part of a path: addresses give it a meaning, or have no place for it.
const WITHIN_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'/')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'\\')
    .add(b'`')
    .add(b'{')
    .add(b'}');

const HEADER: &str = "not what a header can hold: text without line feeds or other control characters";

/// Writes forms into requests, and sends none: it trusts nobody, so that no certificates are read for it.
static FORM_WRITER: LazyLock<Result<reqwest::Client, String>> =
    LazyLock::new(|| http_client(|defaults| defaults.tls_certs_only([]).no_proxy()));

/// The request of a validated call, without organization and credentials.
pub(super) fn request(base: &Url, call: &Call) -> Result<Request> {
    let operation = call.operation;
    let mut request = Request::new(method(operation.method), url(base, call));
    let declared = in_place(call, ParameterPlace::Header).map(|(name, value)| (name.parse().ok(), name, text(value)));
    let given = call.headers.iter().map(|(name, value)| (Some(name.clone()), name.as_str(), Cow::from(value)));
    for (header, name, value) in declared.chain(given) {
        let header: Option<HeaderName> = header;
        match (header, HeaderValue::from_str(&value)) {
            (Some(header), Ok(value)) => drop(request.headers_mut().append(header, value)),
            // The value may be a secret.
            _ => return Err(InvalidCall::new(operation, BrokenRule::given(name, String::new(), HEADER)).into()),
        }
    }
    let form = matches!(operation.body, Body::Form { .. }) || !call.files.is_empty();
    if form {
        let form = multipart(operation, call, document_parameter(operation).is_none())?;
        let writer = FORM_WRITER.clone().map_err(Error::Configuration)?;
        let request = RequestBuilder::from_parts(writer, request).multipart(form);
        return request.build().map_err(|source| Error::transport(operation, source));
    }
    if let Some(bytes) = &call.bytes {
        *request.body_mut() = Some(bytes.clone().into());
    } else if let Some(document) = document(call) {
        request.headers_mut().append(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        *request.body_mut() = Some(document.into());
    }
    Ok(request)
}

/// The body of a call that sends JSON.
fn document(call: &Call) -> Option<Vec<u8>> {
    match &call.whole {
        Some(whole) => Some(json(whole)),
        None if !call.fields.is_empty() || matches!(call.operation.body, Body::Json { required: true, .. }) => {
            Some(json(&call.fields))
        }
        None => None,
    }
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
    url.set_path(&path(base.path().trim_end_matches('/'), call));
    let overruled = |name: &str| call.query.iter().any(|(given, _)| given == name);
    let mut pairs: Vec<(&str, Cow<'_, str>)> = in_place(call, ParameterPlace::Query)
        // An empty list sends no parameter; an empty text would count as an element.
        .filter(|(name, value)| !overruled(name) && !matches!(value, Value::Array(list) if list.is_empty()))
        .map(|(name, value)| (name, text(value)))
        .collect();
    // If a file is sent, the document is sent alongside it.
    if let Some(name) = document_parameter(call.operation).filter(|_| !call.files.is_empty() && !call.fields.is_empty())
        && pairs.iter().all(|(known, _)| *known != name)
    {
        pairs.push((name, String::from_utf8_lossy(&json(&call.fields)).into_owned().into()));
    }
    pairs.extend(call.query.iter().map(|(name, value)| (name.as_str(), value.into())));
    if !pairs.is_empty() {
        url.query_pairs_mut().extend_pairs(pairs);
    }
    url
}

/// The path of a call below that of the base address, with the values in their places.
fn path(base: &str, call: &Call) -> String {
    if let Some(path) = &call.path {
        return [base, path].concat();
    }
    let mut whole = base.to_owned();
    for step in call.operation.path.split('/').skip(1) {
        whole.push('/');
        let name = step.strip_prefix('{').and_then(|step| step.strip_suffix('}'));
        match name.and_then(|name| call.parameters.get(name)) {
            Some(value) => whole.extend(utf8_percent_encode(&text(value), WITHIN_PATH)),
            None => whole.push_str(step),
        }
    }
    whole
}

/// A value in a path, query or header: lists are separated by commas, records written as JSON.
fn text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => text.into(),
        Value::Array(list) => list.iter().map(text).collect::<Vec<_>>().join(",").into(),
        other => other.to_string().into(),
    }
}

fn json(body: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(body).unwrap_or_else(|_| unreachable!("keys are text"))
}

fn multipart(operation: &'static Operation, call: &Call, fields: bool) -> Result<Form> {
    let mut form = Form::new();
    for (name, value) in call.fields.iter().filter(|_| fields) {
        form = form.text(name.to_owned(), text(value).into_owned());
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Given;

    static OPERATION: Operation = Operation { path: "/api/v1/things/{name}/rest", ..Operation::of("/api/v1/things") };

    /// Texts of characters that mean something in addresses, and others.
    fn texts() -> Vec<String> {
        let odd = (' '..='~').chain(['ä', '\u{a0}', '日', '😀', '\u{200b}']).map(String::from);
        let dots =
            ["...", ".a", "a.", "%2e%2e", "..%2f", "a/b", "a\\b", "a?b#c", "100%", "%zz", "é%20", "C:", "~a;b=c"];
        odd.filter(|text| text != " " && text != ".").chain(dots.map(String::from)).collect()
    }

    #[test]
    fn a_value_stays_one_part_of_the_path() {
        for base in ["https://desk.zoho.com", "http://localhost:8099/", "https://gateway.example/desk/"] {
            let base: Url = base.parse().expect("an address");
            for text in texts() {
                let call = Call::new(&OPERATION).parameter("name", Given::Value(text.as_str().into()));
                let mut expected = base.clone();
                expected
                    .path_segments_mut()
                    .expect("a path")
                    .pop_if_empty()
                    .extend(["api", "v1", "things", &text, "rest"]);
                assert_eq!(url(&base, &call).as_str(), expected.as_str(), "{text:?}");
            }
        }
    }

    #[test]
    fn a_body_is_written_as_its_value_is() {
        let body = serde_json::json!({
            "zip": 1.5e300, "a": null, "text": "ü \"quoted\" \u{1}\n/", "": [true, { "b": -7, "a": u64::MAX }], "Z": {},
        });
        let fields = body.as_object().expect("fields").clone();
        let call =
            fields.into_iter().fold(Call::new(&OPERATION), |call, (name, value)| call.undeclared_field(name, value));
        let whole = Call { whole: Some(body.clone()), ..Call::new(&OPERATION) };
        for call in [&call, &whole] {
            let document = document(call).expect("a body");
            assert_eq!(String::from_utf8_lossy(&document), body.to_string());
        }
        assert_eq!(document(&Call::new(&OPERATION)), None);
    }

    #[test]
    fn what_no_header_can_hold_is_refused_without_being_shown() {
        let base = "http://localhost".parse().expect("an address");
        let with = |value: &str| {
            let header = (HeaderName::from_static("x-note"), value.to_owned());
            let call = Call { headers: vec![header], ..Call::new(&OPERATION) };
            request(&base, &call).map(|request| request.headers().len()).map_err(|error| error.to_string())
        };
        assert_eq!(with("plain, and ü"), Ok(1));
        let refused = with("secret\nvalue").expect_err("a line feed");
        assert!(refused.contains("x-note") && !refused.contains("secret"), "{refused}");
    }
}
