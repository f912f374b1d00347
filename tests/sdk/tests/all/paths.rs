//! No text in a path makes another operation of a call: it is refused, or what arrives is the operation that was called.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::Request;
use desk_sdk::{Client, Operation, Rule};
use percent_encoding::percent_decode_str;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestRunner;
use serde_json::{Map, Value};
use tokio::runtime::Runtime;

/// What addresses, servers or people take for something else than a part of a path.
const ODD: &[&str] = &[
    "",
    " ",
    ".",
    "..",
    " .. ",
    ".\t.",
    ".\n.",
    ".\r.",
    "\t..",
    "..\0",
    "%2e%2e",
    "%2E.",
    ".%2e",
    "..%2f",
    "%2F",
    "/",
    "//",
    "../",
    "/..",
    "../..",
    "..;",
    "..;/",
    ";",
    "\\",
    "..\\",
    "%5c",
    "?",
    "#",
    "?a=b",
    "#a",
    "%00",
    "%",
    "%%",
    "%2",
    "1/2",
    "1/../2",
    "*",
    "{}",
    "{id}",
    ":",
    "@",
    "http://example.com",
    "//example.com",
    "\u{ff0e}\u{ff0e}",
    "\u{2024}\u{2024}",
    "\u{ff0f}",
    "\u{2215}",
    "\u{85}",
    "\u{a0}",
    "\u{2028}",
    "\u{feff}",
    "\u{200b}",
    ".\u{200b}.",
    ".\u{ad}.",
    "\u{202e}..",
    "0",
    "-1",
    "1",
    "00",
    "true",
    "null",
    "\u{661}",
    "\u{17f}earch",
];

/// A server that answers every request alike, with the last one that it saw.
struct Server {
    client: Client,
    seen: Arc<Mutex<Option<Seen>>>,
    runtime: Runtime,
}

/// A request's method, and its path as it was written.
#[derive(Clone, Debug)]
struct Seen {
    method: String,
    path: String,
}

impl Server {
    fn start() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let seen = Arc::new(Mutex::new(None));
        let record = Arc::clone(&seen);
        let router = Router::new().fallback(move |request: Request| {
            let (method, path) = (request.method().to_string(), request.uri().path().to_owned());
            *record.lock().expect("the request") = Some(Seen { method, path });
            async { "{}" }
        });
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        runtime.spawn(async move { axum::serve(listener, router).await });
        let client = Client::builder().base_url(url).access_token("x").organization("1").build().expect("a client");
        Self { client, seen, runtime }
    }

    /// The request that a call makes, if it is not refused. Rules that do not concern the path are left aside.
    fn request(&self, operation: &Operation, texts: &[String]) -> Option<Seen> {
        let values = path_parameters(operation).zip(texts);
        let arguments: Map<String, Value> =
            values.map(|(name, text)| (name.to_owned(), Value::from(text.as_str()))).collect();
        self.seen.lock().expect("the request").take();
        let call = self.client.invoke(operation.id, Value::Object(arguments)).unchecked();
        // What the answer is taken for does not matter.
        let _ = self.runtime.block_on(call);
        self.seen.lock().expect("the request").take()
    }

    /// Whether the call went out; what arrived must have the operation's method and the form of its path.
    fn holds(&self, operation: &Operation, texts: &[String]) -> Result<bool, String> {
        let Some(seen) = self.request(operation, texts) else { return Ok(false) };
        let found = taken_for(&seen.path);
        if seen.method == operation.method.as_str() && found.is_some_and(|found| form(found) == form(operation)) {
            return Ok(true);
        }
        let found = found.map_or("a path that no operation has", |found| found.path);
        Err(format!("{} with {texts:?} is {} {}: {found}", operation.id, seen.method, seen.path))
    }
}

/// An operation of the path that a server takes this one for, whatever the method: a word counts before a parameter, in
/// small letters or capitals.
fn taken_for(path: &str) -> Option<&'static Operation> {
    let parts: Vec<String> = path.split('/').map(decoded).collect();
    let alike =
        |(step, part): (&str, &String)| is_parameter(step) && !part.is_empty() || step.eq_ignore_ascii_case(part);
    let suits =
        |operation: &&Operation| shape(operation).count() == parts.len() && shape(operation).zip(&parts).all(alike);
    desk_sdk::operations().filter(suits).min_by_key(|operation| shape(operation).map(is_parameter).collect::<Vec<_>>())
}

fn decoded(part: &str) -> String {
    percent_decode_str(part).decode_utf8_lossy().into_owned()
}

fn shape(operation: &Operation) -> impl Iterator<Item = &'static str> {
    operation.path.split('/')
}

fn is_parameter(step: &str) -> bool {
    step.starts_with('{')
}

/// A path without the names of its parameters.
fn form(operation: &Operation) -> Vec<&'static str> {
    shape(operation).map(|step| if is_parameter(step) { "{}" } else { step }).collect()
}

fn path_parameters(operation: &Operation) -> impl Iterator<Item = &'static str> {
    shape(operation).filter_map(|step| step.strip_prefix('{')?.strip_suffix('}'))
}

/// The operations with something to set in the path.
fn operations() -> Vec<&'static Operation> {
    desk_sdk::operations().filter(|operation| path_parameters(operation).next().is_some()).collect()
}

/// The words that stand in this place of paths as long as the operation's.
fn words_at(operation: &Operation, place: usize) -> BTreeSet<&'static str> {
    let length = shape(operation).count();
    let near = desk_sdk::operations().filter(|other| shape(other).count() == length);
    near.filter_map(|other| shape(other).nth(place)).filter(|step| !is_parameter(step)).collect()
}

/// A text that the parameter's own rules allow.
fn plain(operation: &Operation, name: &str) -> String {
    let rules = operation.parameter(name).map_or(&[][..], |parameter| parameter.field.rules);
    let allowed = rules.iter().find_map(|rule| match rule {
        Rule::Values(values) => values.first().map(|value| (*value).to_owned()),
        Rule::Prefix(prefix) => Some(format!("{prefix}widgets")),
        _ => None,
    });
    allowed.unwrap_or_else(|| "7".to_owned())
}

#[test]
fn every_operation_is_found_by_what_it_sends() {
    let server = Server::start();
    for operation in operations() {
        let texts: Vec<String> = path_parameters(operation).map(|name| plain(operation, name)).collect();
        assert_eq!(server.holds(operation, &texts), Ok(true), "{} with {texts:?}", operation.id);
    }
}

/// In each place alone: every odd text, and every word that stands there in a path of the same length.
#[test]
fn no_odd_text_and_no_word_makes_another_operation() {
    let server = Server::start();
    let (mut sent, mut refused) = (0, 0);
    for operation in operations() {
        let plain: Vec<String> = path_parameters(operation).map(|name| plain(operation, name)).collect();
        let places = shape(operation).enumerate().filter(|(_, step)| is_parameter(step)).map(|(place, _)| place);
        for (number, place) in places.enumerate() {
            for text in ODD.iter().copied().chain(words_at(operation, place)) {
                let mut texts = plain.clone();
                text.clone_into(&mut texts[number]);
                let went = server.holds(operation, &texts).unwrap_or_else(|wrong| panic!("{wrong}"));
                *(if went { &mut sent } else { &mut refused }) += 1;
            }
        }
    }
    assert!(sent > 1_000 && refused > 1_000, "{sent} sent, {refused} refused");
}

/// Any texts, in all places at once.
#[test]
fn no_text_makes_another_operation() {
    let server = Server::start();
    let words: Vec<_> = desk_sdk::operations().flat_map(shape).filter(|step| !is_parameter(step)).collect();
    let odd = proptest::collection::vec(
        select(&["%", "2", "e", "E", "F", ".", "/", "\\", "\t", "\r", " ", "?", "#", ";"][..]),
        0..6,
    );
    let text = prop_oneof![
        any::<String>(),
        select(ODD).prop_map(str::to_owned),
        select(words.clone()).prop_map(str::to_owned),
        odd.prop_map(|parts| parts.concat()),
        (select(words), select(ODD)).prop_map(|(word, odd)| format!("{word}{odd}")),
        select(&["7", "42"][..]).prop_map(str::to_owned),
    ];
    let most = operations().into_iter().map(|operation| path_parameters(operation).count()).max().unwrap_or_default();
    let cases = (select(operations()), proptest::collection::vec(text, most));
    let mut runner =
        TestRunner::new(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() });
    let result =
        runner.run(&cases, |(operation, texts)| server.holds(operation, &texts).map(drop).map_err(TestCaseError::fail));
    result.unwrap_or_else(|wrong| panic!("{wrong}"));
}
