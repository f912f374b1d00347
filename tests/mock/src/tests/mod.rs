//! The way of a request through a server.

mod accounts;
mod answers;
mod by_time;
mod changes;
mod checks;
mod connection;
mod expectations;
mod filling;
mod history;
mod lists;
mod nested;
mod organizations;
mod search;
mod sweep;
mod tables;
mod translations;
mod trash;
mod walks;

use std::sync::Arc;

use bytes::Bytes;
use desk_spec::Spec;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;

use crate::accounts::tokens::Grant;
use crate::common::calendar::Calendar;
use crate::desk::{Desk, Room};
use crate::exchange::incoming::Incoming;
use crate::exchange::reply::Reply;
use crate::{seed, spec};

const EVERYTHING: [&str; 11] = [
    "Desk.tickets.ALL",
    "Desk.contacts.ALL",
    "Desk.basic.ALL",
    "Desk.settings.ALL",
    "Desk.search.READ",
    "Desk.articles.ALL",
    "Desk.activities.ALL",
    "Desk.calls.ALL",
    "Desk.events.ALL",
    "Desk.tasks.ALL",
    "Desk.organization.ALL",
];

struct Fixture {
    desk: Desk,
    token: String,
    organization: Option<String>,
}

impl Fixture {
    fn new(scopes: &[&str]) -> Self {
        Self::with(spec::built_in().unwrap(), scopes)
    }

    fn with(spec: Arc<Spec>, scopes: &[&str]) -> Self {
        let desk = Desk::new(spec, seed::as_written(), Calendar::as_written());
        let scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
        let token = desk.tokens().issue(Grant { scopes });
        let organization = desk.organizations().first().cloned();
        Self { desk, token, organization }
    }

    fn send(&self, method: &str, target: &str, body: Option<&Value>) -> Reply {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut headers = self.headers();
        let body = body.map_or_else(Bytes::new, |body| {
            headers.insert("content-type", HeaderValue::from_static("application/json"));
            Bytes::from(body.to_string())
        });
        self.desk.handle(&Incoming::new(method, path, query, headers, body), Room::Free)
    }

    fn get(&self, target: &str) -> Reply {
        self.send("GET", target, None)
    }

    fn post(&self, target: &str, body: &Value) -> Reply {
        self.send("POST", target, Some(body))
    }

    fn patch(&self, target: &str, body: &Value) -> Reply {
        self.send("PATCH", target, Some(body))
    }

    /// What a list has under `data`; nothing for an empty answer.
    fn list(&self, target: &str) -> Vec<Value> {
        let reply = self.get(target);
        assert!(matches!(reply.status, 200 | 204), "{target}: {}", reply.text());
        value(&reply)["data"].as_array().cloned().unwrap_or_default()
    }

    /// The ids of a list.
    fn ids(&self, target: &str) -> Vec<String> {
        self.list(target).iter().map(id).collect()
    }

    /// Sends a form with one file of these bytes.
    fn upload(&self, target: &str, part: &str, file_name: &str, contents: &str) -> Reply {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut headers = self.headers();
        headers.insert("content-type", HeaderValue::from_static("multipart/form-data; boundary=b"));
        let body = format!(
            "--b\r\nContent-Disposition: form-data; name=\"{part}\"; filename=\"{file_name}\"\r\n\r\n{contents}\r\n--b--\r\n"
        );
        self.desk.handle(&Incoming::new("POST", path, query, headers, Bytes::from(body)), Room::Free)
    }

    fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        let mut header = |name: &'static str, value: &str| {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_str(value).unwrap());
        };
        header("authorization", &format!("Zoho-oauthtoken {}", self.token));
        if let Some(organization) = &self.organization {
            header("orgid", organization);
        }
        headers
    }
}

fn id(record: &Value) -> String {
    record["id"].as_str().unwrap_or_default().to_owned()
}

fn value(reply: &Reply) -> Value {
    serde_json::from_slice(reply.body.bytes()).unwrap_or_default()
}

fn refused(reply: &Reply) -> (u16, String) {
    (reply.status, value(reply)["errorCode"].as_str().unwrap_or_default().to_owned())
}

fn error(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

fn message(reply: &Reply) -> String {
    value(reply)["message"].as_str().unwrap_or_default().to_owned()
}

/// Field and kind of each fault.
fn faults(reply: &Reply) -> Vec<(String, String)> {
    let value = value(reply);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let errors = value["errors"].as_array().cloned().unwrap_or_default();
    errors.iter().map(|error| (text(&error["fieldName"]), text(&error["errorType"]))).collect()
}

fn fault(field: &str, kind: &str) -> (String, String) {
    (field.to_owned(), kind.to_owned())
}
