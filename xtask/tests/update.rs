//! `cargo xtask update`, as it is called: in a project of its own, which builds in a moment.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

/// A project with a spec, and beside it the API's description.
struct Project {
    root: PathBuf,
    description: PathBuf,
    _home: TempDir,
}

impl Project {
    /// One that was released with an operation.
    fn new() -> Self {
        let home = TempDir::new().unwrap();
        let (root, description) = (home.path().join("project"), home.path().join("description"));
        let project = Self { root, description, _home: home };
        let families = json!({"families": [{"name": "all", "about": "Everything.", "modules": ["thing"]}]});
        let organizations = json!({"operations": [{
            "why": "every project needs it", "evidence": "documented", "module": "thing", "operation": {
                "id": "get_organizations", "method": "GET", "path": "/api/v1/organizations", "summary": "Read all.",
                "scopes": [["Desk.basic.READ"]], "risk": "safe", "organization": false, "discovers_organization": true,
                "answers": {"200": {"json": "any"}},
            },
        }]});
        for (path, text) in [
            ("Cargo.toml", "[workspace]\nmembers = [\"own\"]\n\n[workspace.package]\nversion = \"0.1.0\"\n"),
            ("Cargo.lock", "version = 4\n\n[[package]]\nname = \"own\"\nversion = \"0.1.0\"\n"),
            ("own/Cargo.toml", "[package]\nname = \"own\"\nversion.workspace = true\n"),
            ("own/src/lib.rs", ""),
            ("CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n\n## [0.1.0] - 2026-01-01\n"),
            ("desk-sdk/Cargo.toml", include_str!("../../desk-sdk/Cargo.toml")),
            ("spec/local/families.json", &families.to_string()),
            ("spec/local/organizations.json", &organizations.to_string()),
            ("spec/local/api.json", include_str!("../../spec/local/api.json")),
        ] {
            project.write(path, text);
        }
        project.describe(&[("getThing", &json!({"name": "view", "in": "query", "schema": {"type": "string"}}))]);
        for command in [&["import", project.description.to_str().unwrap()][..], &["generate"]] {
            let output = project.command(command).output().unwrap();
            assert!(output.status.success(), "{}", shown(&output));
        }
        project
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).unwrap()
    }

    /// Describes operations, each with a parameter.
    fn describe(&self, operations: &[(&str, &Value)]) {
        let paths: BTreeMap<String, Value> = operations
            .iter()
            .map(|(id, parameter)| {
                let answer = json!({"content": {"application/json": {"schema": {"type": "string"}}}});
                let security = json!([{"oauth": ["Desk.basic.READ"]}]);
                let operation = json!({
                    "operationId": id, "summary": "Read it.", "parameters": [parameter], "security": security,
                    "responses": {"200": answer},
                });
                (format!("/api/v1/{id}"), json!({ "get": operation }))
            })
            .collect();
        fs::create_dir_all(&self.description).unwrap();
        let document = json!({"openapi": "3.0.0", "info": {}, "paths": paths});
        fs::write(self.description.join("Thing.json"), document.to_string()).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut xtask = Command::new(env!("CARGO_BIN_EXE_xtask"));
        // Its parent is the project.
        xtask.env("CARGO_MANIFEST_DIR", self.root.join("xtask")).env_remove("CARGO_TARGET_DIR").args(arguments);
        xtask.current_dir(&self.root);
        xtask
    }

    fn update(&self, options: &[&str]) -> Output {
        self.command(&["update"]).arg(&self.description).args(options).output().unwrap()
    }

    /// All files apart from those that are built.
    fn files(&self) -> BTreeMap<PathBuf, String> {
        let mut files = BTreeMap::new();
        let mut todo = vec![self.root.clone()];
        while let Some(folder) = todo.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_file() {
                    files.insert(path.clone(), fs::read_to_string(&path).unwrap());
                } else if path != self.root.join("target") {
                    todo.push(path);
                }
            }
        }
        files
    }
}

fn shown(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn view(schema: Value) -> Value {
    json!({"name": "view", "in": "query", "schema": schema})
}

fn text() -> Value {
    view(json!({"type": "string"}))
}

#[test]
fn everything_follows_the_description() {
    let project = Project::new();
    project.describe(&[("getThing", &text()), ("getOther", &text())]);
    let output = project.update(&[]);
    assert!(output.status.success(), "{}", shown(&output));
    assert!(project.read("desk-sdk/src/generated/all/thing.rs").contains("fn get_other("));
    assert!(project.read("spec/names.lock").contains("operation get_other GET "));
    let changelog = project.read("CHANGELOG.md");
    assert!(changelog.contains("### Added\n\n- operation `get_other`"), "{changelog}");
    assert!(project.read("Cargo.toml").contains("version = \"0.1.1\""), "{}", project.read("Cargo.toml"));
    assert!(project.read("Cargo.lock").contains("version = \"0.1.1\""));
    // Nothing is said or raised twice.
    let before = project.files();
    let again = project.update(&[]);
    assert!(again.status.success() && shown(&again).contains("nothing to write"), "{}", shown(&again));
    assert_eq!(project.files(), before);
    // What goes breaks programs, and the version that was raised already is not enough.
    project.describe(&[("getOther", &view(json!({"type": "integer"})))]);
    assert!(project.update(&[]).status.success());
    assert!(project.read("CHANGELOG.md").contains("### Removed\n\n- operation `get_thing`"));
    assert!(project.read("Cargo.toml").contains("version = \"0.2.0\""));
}

#[test]
fn a_dry_run_shows_the_page_and_writes_nothing() {
    let project = Project::new();
    project.describe(&[("getThing", &text()), ("getOther", &text())]);
    let before = project.files();
    let output = project.update(&["--dry-run"]);
    let said = shown(&output);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("Release 0.1.1") && said.contains("would write CHANGELOG.md"), "{said}");
    assert_eq!(project.files(), before);
}

#[test]
fn it_stops_where_it_fails_and_says_how_to_go_on() {
    let project = Project::new();
    let before = project.files();
    fs::write(project.description.join("Thing.json"), "{").unwrap();
    let output = project.update(&[]);
    let said = shown(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("Thing.json:1:") && said.contains("stopped at 1/6 import: nothing was written"), "{said}");
    assert_eq!(project.files(), before);
    // A correction that has nothing to correct any more.
    let correction = json!({"corrections": [{
        "why": "seen", "evidence": "documented", "operation": "get_thing", "parameter": "view",
        "change": {"required": true},
    }]});
    project.write("spec/local/facts.json", &correction.to_string());
    project.describe(&[("getThing", &json!({"name": "other", "in": "query", "schema": {"type": "string"}}))]);
    let before = project.files();
    let said = shown(&project.update(&[]));
    assert!(said.contains("stopped at 2/6") && said.contains("spec/local/facts.json:1:"), "{said}");
    assert_eq!(project.files(), before);
    project.write("spec/local/facts.json", "{}");
    project.write("own/src/lib.rs", "pub fn wrong() -> u8 { \"no number\" }");
    let said = shown(&project.update(&[]));
    assert!(
        said.contains("mismatched types") && said.contains("stopped at 5/6 build: the project has the new"),
        "{said}"
    );
    assert!(project.read("spec/names.lock").contains("query other other"));
    // Run again, it goes on where it stopped.
    let said = shown(&project.update(&[]));
    assert!(said.contains("nothing to write") && said.contains("stopped at 5/6 build"), "{said}");
    project.write("own/src/lib.rs", "#[test]\nfn fails() { panic!(\"as it should\") }");
    project.describe(&[("getThing", &text())]);
    let said = shown(&project.update(&[]));
    assert!(said.contains("as it should") && said.contains("stopped at 6/6 test"), "{said}");
}

#[test]
fn whenever_it_is_killed_the_project_is_as_before_or_as_after() {
    let project = Project::new();
    let before = project.files();
    project.describe(&[("getThing", &text()), ("getOther", &text())]);
    let started = Instant::now();
    assert!(project.update(&[]).status.success());
    let (after, took) = (project.files(), started.elapsed());
    let mut seen = [0, 0];
    for kill in 0..16 {
        restore(&project.root, &before);
        let mut update = project.command(&["update"]);
        update.arg(&project.description).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = update.spawn().unwrap();
        std::thread::sleep(took.mul_f64(f64::from(kill) / 40.0).min(Duration::from_secs(5)));
        child.kill().unwrap();
        child.wait().unwrap();
        // The next command of any kind finishes what was decided.
        project.command(&["generate", "--check"]).output().unwrap();
        let found = project.files();
        assert!(found == before || found == after, "files of both");
        seen[usize::from(found == after)] += 1;
    }
    assert!(seen[0] > 0, "never killed before it wrote: {seen:?}");
}

/// Makes a folder have these files alone, apart from those that are built.
fn restore(root: &Path, files: &BTreeMap<PathBuf, String>) {
    for entry in fs::read_dir(root).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && path != root.join("target") {
            fs::remove_dir_all(path).unwrap();
        }
    }
    for (path, text) in files {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}
