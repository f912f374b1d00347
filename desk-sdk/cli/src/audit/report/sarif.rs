//! For code hosts: the Static Analysis Results Interchange Format (SARIF) 2.1.0.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use crate::audit::verdict::{RULES, relative};
use crate::audit::{Level, Position, Rule, Verdict};
use crate::scopes::{line, requirement};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

/// What paths are relative to: the folder in which the command runs, of a repository for code hosts.
const BASE: &str = "%SRCROOT%";

/// The verdict as a log of one run.
pub fn sarif<'v>(verdict: &'v Verdict<'_>) -> impl Serialize + use<'v> {
    let rule = |rule: &Rule| json!({ "id": rule.id, "shortDescription": { "text": rule.text }, "defaultConfiguration": { "level": rule.level.word() } });
    let notifications = verdict.audit.problems.iter().map(|problem| {
        let (line, column) = problem.place.unzip();
        json!({
            "level": "error",
            "message": { "text": self::line(&problem.problem) },
            "locations": [location(&problem.file, line, column)],
        })
    });
    let run = Run {
        tool: json!({ "driver": {
            "name": "desk scopes audit",
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": RULES.iter().map(rule).collect::<Vec<_>>(),
        } }),
        column_kind: "unicodeCodePoints",
        original_uri_base_ids: json!({ BASE: { "description": { "text": "The folder in which the audit ran: the repository's root." } } }),
        invocations: [json!({
            "executionSuccessful": verdict.audit.problems.is_empty(),
            "exitCode": verdict.exit_code(),
            "toolExecutionNotifications": notifications.collect::<Vec<_>>(),
        })],
        results: results(verdict),
    };
    Log { schema: SCHEMA, version: "2.1.0", runs: [run] }
}

#[derive(Serialize)]
struct Log<'v> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'v>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'v> {
    tool: Value,
    column_kind: &'static str,
    original_uri_base_ids: Value,
    invocations: [Value; 1],
    results: Vec<Record<'v>>,
}

/// A result.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Record<'v> {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    kind: &'static str,
    message: Message,
    #[serde(serialize_with = "Spot::locations")]
    locations: Spot<'v>,
}

/// Many results have the same.
#[derive(Clone, Serialize)]
struct Message {
    #[serde(serialize_with = "shared")]
    text: Arc<str>,
}

fn shared<S: Serializer>(text: &Arc<str>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(text)
}

/// Where a result stands: its location is made when it is written, since there are many.
enum Spot<'v> {
    Place(&'v Position),
    File(PathBuf),
}

impl Spot<'_> {
    fn locations<S: Serializer>(spot: &Spot<'_>, serializer: S) -> Result<S::Ok, S::Error> {
        let location = match spot {
            Spot::Place(place) => {
                let mut location = location(&place.file, Some(place.line), Some(place.column));
                let function = self::line(&place.function);
                location["logicalLocations"] = json!([{ "fullyQualifiedName": function, "kind": "function" }]);
                location
            }
            Spot::File(file) => location(file, None, None),
        };
        [location].serialize(serializer)
    }
}

fn results<'v>(verdict: &'v Verdict<'_>) -> Vec<Record<'v>> {
    let mut results = Vec::new();
    for operation in &verdict.operations {
        let text = format!("{} ({}) needs {}.", operation.id, operation.risk, requirement(operation));
        let places = verdict.positions(operation);
        add(&mut results, ("operation", Level::None), &text, places, verdict.file());
    }
    for notice in verdict.notices() {
        add(&mut results, (notice.rule.id, notice.level), &notice.text, notice.places, notice.file);
    }
    results
}

/// A result at each place, or in a file if there is none.
fn add<'v>(
    results: &mut Vec<Record<'v>>,
    (id, level): (&'static str, Level),
    text: &str,
    places: Vec<&'v Position>,
    file: PathBuf,
) {
    let rule_index = RULES.iter().position(|rule| rule.id == id).unwrap_or_default();
    let message = Message { text: line(text).into() };
    let kind = if level == Level::None { "informational" } else { "fail" };
    let record =
        |locations| Record { rule_id: id, rule_index, level: level.word(), kind, message: message.clone(), locations };
    match places.is_empty() {
        true => results.push(record(Spot::File(file))),
        false => results.extend(places.into_iter().map(|place| record(Spot::Place(place)))),
    }
}

fn location(file: &Path, line: Option<u32>, column: Option<u32>) -> Value {
    let artifact = artifact(file);
    let mut physical = json!({ "artifactLocation": artifact });
    if let (Some(line), Some(column)) = (line, column) {
        physical["region"] = json!({ "startLine": line.max(1), "startColumn": column.max(1) });
    }
    json!({ "physicalLocation": physical })
}

/// A file: from the current folder, or as a whole if it is elsewhere.
fn artifact(file: &Path) -> Value {
    let below = relative(Path::new("."), file);
    if !below.starts_with("../") {
        return json!({ "uri": uri(&below), "uriBaseId": BASE });
    }
    let whole = relative(Path::new("/"), file);
    json!({ "uri": format!("file:///{}", uri(&whole)) })
}

/// A relative path as a reference of the same meaning: whatever has another meaning in one is encoded.
fn uri(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => uri.push(byte as char),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_references_of_the_same_meaning() {
        assert_eq!(uri("../src/a b#1%ä:x.rs"), "../src/a%20b%231%25%C3%A4%3Ax.rs");
        let folder = Path::new("/one/two");
        for (file, expected) in
            [("/one/two/src/a.rs", "src/a.rs"), ("/one/b.rs", "../b.rs"), ("/one/two/./x/../c.rs", "c.rs")]
        {
            assert_eq!(relative(folder, Path::new(file)), expected);
        }
    }
}
