//! The programs of `tests/dependents`, whose operations people have found, as they are and written otherwise.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use desk_cli::audit::Audit;
use serde_json::Value;

pub(crate) const DEPENDENTS: [&str; 3] = ["bot", "migration", "report"];

pub(crate) fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/dependents").join(name).canonicalize().unwrap()
}

/// A place as text: `src/main.rs:17 get_ticket`.
fn expected(name: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(folder(name).join("expected.json")).unwrap();
    let list: Vec<Value> = serde_json::from_str(&text).unwrap();
    let place = |one: &Value| {
        let what = if one["unseen"] == true { "unseen" } else { one["operation"].as_str().unwrap() };
        let test = if one["test"] == true { " test" } else { "" };
        format!("{}:{} {what}{test}", one["file"].as_str().unwrap(), one["line"])
    };
    list.iter().map(place).collect()
}

fn found(audit: &Audit, folder: &Path) -> BTreeSet<String> {
    let place = |place: &desk_cli::audit::Position, what: &str, test: bool| {
        let file = place.file.strip_prefix(folder).unwrap().display();
        format!("{file}:{} {what}{}", place.line, if test { " test" } else { "" })
    };
    let findings = audit.findings.iter().map(|one| {
        let what = match &one.doubt {
            Some(doubt) => format!("{} ({doubt})", one.operation.id),
            None => one.operation.id.to_owned(),
        };
        place(&one.place, &what, one.test)
    });
    findings.chain(audit.unseen.iter().map(|one| place(&one.place, "unseen", one.test))).collect()
}

#[test]
fn what_dependents_use_is_found() {
    for name in DEPENDENTS {
        let folder = folder(name);
        let audit = Audit::of(std::slice::from_ref(&folder));
        assert_eq!(audit.problems, []);
        assert_eq!(found(&audit, &folder), expected(name), "{name}");
        assert!(audit.features.contains("default"), "{name}");
    }
}
