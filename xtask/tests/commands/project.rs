//! A project of its own, which builds in a moment, and the commands called in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};
use tempfile::TempDir;

/// A project with a spec, and beside it the API's description.
pub(crate) struct Project {
    pub(crate) root: PathBuf,
    pub(crate) description: PathBuf,
    _home: TempDir,
}

impl Project {
    /// One that was released with an operation.
    pub(crate) fn new() -> Self {
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
            ("desk-sdk/Cargo.toml", include_str!("../../../desk-sdk/Cargo.toml")),
            ("spec/local/families.json", &families.to_string()),
            ("spec/local/organizations.json", &organizations.to_string()),
            ("spec/local/api.json", include_str!("../../../spec/local/api.json")),
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

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).unwrap()
    }

    /// Describes operations, each with a parameter.
    pub(crate) fn describe(&self, operations: &[(&str, &Value)]) {
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

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut xtask = Command::new(env!("CARGO_BIN_EXE_xtask"));
        // Its parent is the project.
        xtask.env("CARGO_MANIFEST_DIR", self.root.join("xtask")).env_remove("CARGO_TARGET_DIR").args(arguments);
        xtask.current_dir(&self.root);
        xtask
    }

    pub(crate) fn git(&self, arguments: &[&str]) {
        let person =
            ["-c", "user.name=somebody", "-c", "user.email=somebody@example.com", "-c", "commit.gpgsign=false"];
        let status = Command::new("git").arg("-C").arg(&self.root).args(person).args(arguments).status().unwrap();
        assert!(status.success(), "git {arguments:?}");
    }

    /// Commits everything apart from what is built.
    pub(crate) fn commit(&self) {
        self.git(&["add", "--all", "--", ".", ":!target"]);
        self.git(&["commit", "--quiet", "--message", "a state"]);
    }

    pub(crate) fn update(&self, options: &[&str]) -> Output {
        self.command(&["update"]).arg(&self.description).args(options).output().unwrap()
    }

    /// All files apart from those that are built.
    pub(crate) fn files(&self) -> BTreeMap<PathBuf, String> {
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

pub(crate) fn shown(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

pub(crate) fn view(schema: Value) -> Value {
    json!({"name": "view", "in": "query", "schema": schema})
}

pub(crate) fn text() -> Value {
    view(json!({"type": "string"}))
}

/// Makes a folder have these files alone, apart from those that are built.
pub(crate) fn restore(root: &Path, files: &BTreeMap<PathBuf, String>) {
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
