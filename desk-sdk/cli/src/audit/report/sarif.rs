//! For code hosts: the Static Analysis Results Interchange Format (SARIF) 2.1.0.

use std::path::Path;

use serde_json::{Value, json};

use crate::audit::verdict::relative;
use crate::audit::{Position, Verdict};
use crate::scopes::{line, requirement};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

/// What paths are relative to: the folder in which the command runs, of a repository for code hosts.
const BASE: &str = "%SRCROOT%";

/// The rules: id, level, what it means.
const RULES: [(&str, &str, &str); 13] = [
    ("operation", "none", "An operation of Zoho Desk is used."),
    ("missing-scope", "error", "An operation is used whose scopes are not granted."),
    ("missing-scope-in-doubt", "warning", "An operation is used whose scopes are not granted; they are in doubt."),
    ("unneeded-scope", "note", "A scope is granted that nothing needs."),
    ("unsure", "warning", "The source does not settle whether an operation is used."),
    ("unseen", "warning", "A call is made whose operation the source does not settle."),
    ("wrong-name", "error", "A call is made by a name that no operation has."),
    ("operation-new", "error", "An operation is used that desk-scopes.toml does not have."),
    ("operation-gone", "note", "An operation of desk-scopes.toml is not used."),
    ("scopes-changed", "note", "An operation needs other scopes than desk-scopes.toml says."),
    ("scopes-widened", "note", "An operation accepts more scopes than desk-scopes.toml says."),
    ("doubt-changed", "note", "Whether an operation's scopes are in doubt has changed."),
    ("risk-rose", "note", "The risk of an operation is higher than desk-scopes.toml says."),
];

/// The verdict as a log of one run.
pub fn sarif(verdict: &Verdict<'_>) -> Value {
    let rule = |(id, level, text): &(&str, &str, &str)| json!({ "id": id, "shortDescription": { "text": text }, "defaultConfiguration": { "level": level } });
    let results = Results::of(verdict).0;
    let notifications = verdict.audit.problems.iter().map(|problem| {
        let (line, column) = problem.place.unzip();
        json!({
            "level": "error",
            "message": { "text": self::line(&problem.problem) },
            "locations": [location(&problem.file, line, column)],
        })
    });
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "desk scopes audit",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": RULES.iter().map(rule).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { BASE: { "description": { "text": "The folder in which the audit ran: the repository's root." } } },
            "invocations": [{
                "executionSuccessful": verdict.audit.problems.is_empty(),
                "toolExecutionNotifications": notifications.collect::<Vec<_>>(),
            }],
            "results": results,
        }],
    })
}

struct Results(Vec<Value>);

impl Results {
    fn of(verdict: &Verdict<'_>) -> Self {
        let mut results = Self(Vec::new());
        for operation in &verdict.operations {
            let text = format!("{} ({}) needs {}.", operation.id, operation.risk, requirement(operation));
            results.at_places(verdict, "operation", &text, operation.id);
        }
        for finding in &verdict.unsure {
            let doubt = finding.doubt.as_deref().unwrap_or_default();
            let text = format!("Perhaps {}: {doubt}.", finding.operation.id);
            results.add(verdict, "unsure", &text, Some(&finding.place));
        }
        for (rule, list) in [("unseen", &verdict.unseen), ("wrong-name", &verdict.wrong)] {
            for unseen in list {
                results.add(verdict, rule, &format!("{}: {}.", unseen.written, unseen.reason), Some(&unseen.place));
            }
        }
        if let Some(check) = &verdict.check {
            for (rule, missing) in ["missing-scope", "missing-scope-in-doubt"].into_iter().zip(check.missing()) {
                for one in missing {
                    let text =
                        format!("{} needs {}, which is not granted.", one.operation.id, requirement(one.operation));
                    results.at_places(verdict, rule, &text, one.operation.id);
                }
            }
            for scope in check.unneeded().iter() {
                results.add(verdict, "unneeded-scope", &format!("Nothing needs {scope}."), None);
            }
        }
        for verdict in std::iter::once(verdict).chain(&verdict.members) {
            results.differences(verdict);
        }
        results
    }

    /// What is otherwise than a file says.
    fn differences(&mut self, verdict: &Verdict<'_>) {
        for (rule, id, text) in verdict.changes.iter().flat_map(|changes| changes.each()) {
            self.at_places(verdict, rule, &format!("{text}."), id);
        }
        for (operation, was) in &verdict.risen {
            let text = format!("{} is {} now, and was {was}.", operation.id, operation.risk);
            self.at_places(verdict, "risk-rose", &text, operation.id);
        }
    }

    /// A result at each place where an operation is used, or in `desk-scopes.toml` if there is none.
    fn at_places(&mut self, verdict: &Verdict<'_>, rule: &str, text: &str, id: &str) {
        let places = desk_sdk::operation(id).map(|operation| verdict.places(operation)).unwrap_or_default();
        if places.is_empty() {
            self.add(verdict, rule, text, None);
        }
        for finding in places {
            self.add(verdict, rule, text, Some(&finding.place));
        }
    }

    fn add(&mut self, verdict: &Verdict<'_>, rule: &str, text: &str, place: Option<&Position>) {
        let index = RULES.iter().position(|(id, ..)| *id == rule).unwrap_or_default();
        let location = match place {
            Some(place) => {
                let mut location = location(&place.file, Some(place.line), Some(place.column));
                let function = self::line(&place.function);
                location["logicalLocations"] = json!([{ "fullyQualifiedName": function, "kind": "function" }]);
                location
            }
            None => location(&verdict.lock.file, None, None),
        };
        self.0.push(json!({
            "ruleId": rule,
            "ruleIndex": index,
            "level": RULES[index].1,
            "kind": if RULES[index].1 == "none" { "informational" } else { "fail" },
            "message": { "text": self::line(text) },
            "locations": [location],
        }));
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
