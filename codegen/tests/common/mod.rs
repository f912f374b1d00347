//! What the tests of all stages share: small inputs in memory, and the stages run on them.

#![allow(dead_code, reason = "no test file uses everything")]

pub(crate) mod documents;

use std::path::Path;

use desk_codegen::diagnostic::{Diagnostic, Diagnostics};
use desk_codegen::import::{Imported, import};
use desk_codegen::load::{Loaded, load};
use desk_codegen::lock::LOCK;
use desk_codegen::model::{Model, OperationModel, build};
use desk_codegen::openapi::{Descriptions, openapi};
use desk_codegen::spec::{Module, Operation, Schema, Spec};
use desk_codegen::{EXAMPLES, Files, LOCAL, UPSTREAM};
use serde_json::{Value, json};

/// Files by path.
pub(crate) fn files(pairs: &[(&str, &str)]) -> Files {
    pairs.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

/// The files of the project's own spec, but for examples and the lock.
pub(crate) fn real_spec() -> Files {
    let mut files = Files::new();
    for folder in [UPSTREAM, LOCAL] {
        files.extend(folder_of(folder, "json"));
    }
    files
}

/// All files of the project's own spec.
pub(crate) fn real() -> Files {
    let mut files = real_spec();
    files.extend(folder_of(EXAMPLES, "rs"));
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(LOCK);
    files.insert(LOCK.to_owned(), std::fs::read_to_string(lock).expect("the lock can be read"));
    files
}

fn folder_of(folder: &str, ending: &str) -> Files {
    let mut files = Files::new();
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder)).expect("it is there")
    {
        let path = entry.expect("its entries can be listed").path();
        if path.extension().is_some_and(|known| known == ending) {
            let name = path.file_name().expect("it has a name").to_string_lossy();
            files.insert(format!("{folder}/{name}"), std::fs::read_to_string(&path).expect("it can be read"));
        }
    }
    files
}

/// The document of a spec whose records have descriptions.
pub(crate) fn described(loaded: &Loaded) -> String {
    let model = build(loaded).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    openapi(loaded, &Descriptions::of(&model)).unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
}

/// An OpenAPI file with one GET that answers `schema`, and these component schemas.
pub(crate) fn answering(schema: Value, schemas: Value) -> String {
    let answer = json!({"200": {"content": {"application/json": {"schema": schema}}}});
    let operation = json!({"operationId": "getThing", "summary": "Read a thing.", "responses": answer});
    let paths = json!({"/things": {"get": operation}});
    json!({"openapi": "3.1.0", "security": [], "paths": paths, "components": {"schemas": schemas}}).to_string()
}

/// An OpenAPI file with one operation on `/things/{id}`.
pub(crate) fn operating(method: &str, operation: Value) -> String {
    let mut paths = json!({"/things/{id}": {}});
    paths["/things/{id}"][method] = operation;
    json!({"openapi": "3.1.0", "security": [], "paths": paths}).to_string()
}

pub(crate) fn imported(pairs: &[(&str, &str)]) -> Imported {
    import(&files(pairs)).expect("the files can be imported")
}

/// A module as an import wrote it.
pub(crate) fn module(imported: &Imported, name: &str) -> Module {
    let text = &imported.files[&format!("spec/upstream/{name}.json")];
    serde_json::from_str(text).expect("an import writes what can be read")
}

/// The only operation of a file that is named `Thing.json`, and the notes.
pub(crate) fn one_operation(text: &str) -> (Operation, Vec<String>) {
    let imported = imported(&[("Thing.json", text)]);
    let operation = module(&imported, "thing").operations.remove(0);
    let notes = told(&imported);
    (operation, notes)
}

/// The notes of an import: file, line and column, and what is odd.
pub(crate) fn told(imported: &Imported) -> Vec<String> {
    imported.notes.iter().map(|note| format!("{}: {}", note.location, note.text)).collect()
}

/// A type as a spec file writes it.
pub(crate) fn written(schema: &Schema) -> Value {
    serde_json::to_value(schema).expect("types can be written")
}

/// The text of a spec file in `spec/upstream`.
pub(crate) fn upstream(module: &str, operations: &[Value], types: Value) -> (String, String) {
    let text = json!({"module": module, "operations": operations, "types": types});
    (format!("spec/upstream/{module}.json"), format!("{text:#}"))
}

/// A GET of the spec that answers `answer`.
pub(crate) fn get(id: &str, path: &str, answer: Value) -> Value {
    json!({
        "id": id, "method": "GET", "path": path, "summary": "Read.", "scopes": [["Desk.basic.READ"]], "risk": "safe",
        "organization": true, "answers": {"200": {"json": answer}},
    })
}

/// A POST of the spec that sends `body`.
pub(crate) fn post(id: &str, path: &str, body: Value) -> Value {
    json!({
        "id": id, "method": "POST", "path": path, "summary": "Send.", "scopes": [], "risk": "write",
        "organization": true, "body": {"required": true, "json": body}, "answers": {"204": "empty"},
    })
}

/// Spec files with one family, `all`, of all these modules.
pub(crate) fn spec_files(modules: &[(String, String)]) -> Files {
    let names: Vec<&str> =
        modules.iter().filter_map(|(path, _)| path.strip_prefix("spec/upstream/")?.strip_suffix(".json")).collect();
    let families = json!({"families": [{"name": "all", "about": "Everything.", "modules": names}]});
    let mut files: Files = modules.iter().cloned().collect();
    files.insert("spec/local/families.json".to_owned(), families.to_string());
    files
}

pub(crate) fn loaded(files: &Files) -> Loaded {
    load(files).unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
}

/// What is wrong with spec files.
pub(crate) fn mistakes(files: &Files) -> Vec<Diagnostic> {
    listed(&load(files).expect_err("the spec has mistakes"))
}

pub(crate) fn listed(diagnostics: &Diagnostics) -> Vec<Diagnostic> {
    diagnostics.iter().cloned().collect()
}

/// Spec and model of these modules.
pub(crate) fn modelled(modules: &[(String, String)]) -> (Spec, Model) {
    let loaded = loaded(&spec_files(modules));
    let model = build(&loaded).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    (loaded.spec, model)
}

pub(crate) fn operations(model: &Model) -> Vec<&OperationModel> {
    model.families.iter().flat_map(|family| family.modules.values().flatten()).collect()
}
