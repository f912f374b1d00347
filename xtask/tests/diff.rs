//! `cargo xtask diff`, as it is called.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};
use tempfile::TempDir;

/// A folder with a spec of one operation.
fn spec(home: &TempDir, name: &str, operation: &Value) -> PathBuf {
    let folder = home.path().join(name);
    for part in ["upstream", "local"] {
        fs::create_dir_all(folder.join(part)).unwrap();
    }
    let module = json!({"module": "thing", "operations": [operation]});
    let families = json!({"families": [{"name": "all", "about": "Everything.", "modules": ["thing"]}]});
    fs::write(folder.join("upstream/thing.json"), module.to_string()).unwrap();
    fs::write(folder.join("local/families.json"), families.to_string()).unwrap();
    fs::write(folder.join("local/api.json"), include_str!("../../spec/local/api.json")).unwrap();
    folder
}

fn operation() -> Value {
    json!({
        "id": "get_thing", "method": "GET", "path": "/things/{id}", "summary": "Read.", "scopes": [["Desk.basic.READ"]],
        "risk": "safe", "organization": true, "answers": {"200": {"json": "text"}},
        "parameters": [
            {"name": "id", "in": "path", "required": true, "type": "id"},
            {"name": "view\u{202e}", "in": "query", "type": "text"},
        ],
    })
}

fn with(key: &str, value: Value) -> Value {
    let mut changed = operation();
    changed[key] = value;
    changed
}

fn diff(arguments: &[&Path], options: &[&str]) -> Output {
    let mut diff = Command::new(env!("CARGO_BIN_EXE_xtask"));
    diff.arg("diff").args(arguments).args(options).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn the_exit_code_says_how_much_a_release_has_to_be() {
    let home = TempDir::new().unwrap();
    let old = spec(&home, "old", &operation());
    let mut required = operation();
    required["parameters"][1]["required"] = json!(true);
    let mut more = operation();
    more["parameters"].as_array_mut().unwrap().push(json!({"name": "limit", "in": "query", "type": "integer"}));
    for (new, code, verdict) in [
        (operation(), 0, "Nothing to release: what is generated is the same"),
        (with("summary", json!("Read it.")), 3, "only docs and tables differ"),
        (with("error_in_success", json!(true)), 3, "only docs and tables differ"),
        (more, 4, "whatever compiled still compiles"),
        (required, 5, "what compiled may compile no longer"),
    ] {
        let new = spec(&home, "new", &new);
        let output = diff(&[&old, &new], &[]);
        assert_eq!(output.status.code(), Some(code), "{}", text(&output.stderr));
        let page = text(&output.stdout);
        assert!(page.lines().next().unwrap().contains(verdict), "{page}");
        assert!(!page.contains(['\u{1b}', '\u{202e}']), "no colours for a file, and nothing that is not shown: {page}");
        assert_eq!(diff(&[&old, &new], &["--exit-zero"]).status.code(), Some(0));
    }
}

#[test]
fn json_and_markdown_say_the_same() {
    let home = TempDir::new().unwrap();
    let old = spec(&home, "old", &operation());
    let new = spec(&home, "new", &with("scopes", json!([["Desk.basic.READ", "Desk.tickets.READ"]])));
    let output = diff(&[&old, &new], &["--json"]);
    let page: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(page["format"], 1);
    assert_eq!(page["release"]["part"], "minor", "a constant for the scope is new");
    let changes = page["changes"].as_array().unwrap();
    let scopes = changes.iter().find(|change| change["kind"] == "scopes_changed").unwrap();
    assert_eq!(scopes["of"], json!({"operation": "get_thing"}));
    let effect = json!({
        "kind": "other_scopes", "what": "scopes", "old": "Desk.basic.READ", "new": "Desk.basic.READ and Desk.tickets.READ",
    });
    assert_eq!(scopes["effects"], json!([effect]));
    let page = text(&diff(&[&old, &new], &["--markdown"]).stdout);
    assert!(page.starts_with("## Release "), "{page}");
    for line in [
        "**May need other scopes now (1)**",
        "- operation `get_thing`: scopes",
        "  - `Desk.basic.READ` → `Desk.basic.READ and Desk.tickets.READ`",
        "  - now: `const scopes::TICKETS_READ: Scope`",
    ] {
        assert!(page.lines().any(|found| found == line), "{line} in {page}");
    }
}

#[test]
fn what_is_no_spec_is_told_with_what_to_give_instead() {
    let home = TempDir::new().unwrap();
    let good = spec(&home, "spec", &operation());
    let bad = spec(&home, "bad", &with("risk", json!("none")));
    for (given, problem) in [
        (
            Path::new("no-such-revision"),
            "is neither the folder of a spec, with `upstream` and `local`, nor a git revision",
        ),
        (home.path(), "did you mean"),
        (bad.as_path(), "bad has errors:\nerror: spec/upstream/thing.json:1:"),
    ] {
        let output = diff(&[given, &good], &[]);
        let told = text(&output.stderr);
        assert_eq!((output.status.code(), told.contains(problem)), (Some(1), true), "{told}");
        assert!(output.stdout.is_empty());
    }
    assert_eq!(diff(&[], &["--json", "--markdown"]).status.code(), Some(2));
}

#[test]
fn a_revision_is_read_without_being_checked_out() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    if !root.join(".git").exists() {
        eprintln!("skipped: this is no clone");
        return;
    }
    let output = diff(&[Path::new("HEAD"), Path::new("HEAD")], &["--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let page: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(page["old"]["spec"], "HEAD");
    assert_eq!(page["old"]["commit"].as_str().map(str::len), Some(40));
    assert_eq!((page["release"]["part"].as_str(), page["changes"].as_array().map(Vec::len)), (Some("none"), Some(0)));
}
