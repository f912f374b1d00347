//! What an import does with whole files: bad ones, circular ones, the same ones twice.

use crate::common::{self, answering, files, imported, listed, module};
use desk_codegen::diagnostic::Diagnostic;
use desk_codegen::import::import;
use desk_codegen::spec::{Module, to_json};
use serde_json::{Value, json};

fn refused(text: &str) -> Vec<Diagnostic> {
    listed(&import(&files(&[("Bad.json", text)]), &common::api()).expect_err("the file is bad"))
}

#[test]
fn files_that_are_no_openapi_are_refused_with_their_place() {
    for (text, position, problem) in [
        ("not JSON", (1, 1), "Unexpected word"),
        ("{\"openapi\": \"3.1.0\", \"paths\": {\n  \"/a\": 5}}", (2, 9), "a number instead of a path"),
        ("{\"openapi\": \"3.1.0\",\n \"components\": []}", (2, 16), "`components`: a list instead of an object"),
        ("{\"paths\": ", (1, 11), "Expected value after colon"),
        ("{\"a\": 1,}", (1, 8), "Trailing commas"),
        ("\"text\"", (1, 1), "a text instead of a document"),
        ("", (1, 1), "the file is empty"),
        ("{\"paths\": {}}", (1, 1), "a document has `openapi`, and no other file refers to this one"),
        ("{\"swagger\": \"2.0\"}", (1, 13), "Swagger 2 instead of OpenAPI 3"),
        ("{\"openapi\": \"4.0.0\"}", (1, 13), "OpenAPI \"4.0.0\" is not known"),
    ] {
        let found = refused(text);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(
            (found[0].location.file.as_str(), found[0].location.position),
            ("Bad.json", Some(position)),
            "{}",
            found[0]
        );
        assert!(found[0].problem.contains(problem), "{}", found[0]);
        assert!(!found[0].help.is_empty());
    }
}

#[test]
fn no_file_at_all_is_refused() {
    assert_eq!(
        import(&files(&[]), &common::api()).unwrap_err().to_string(),
        "error: .: no OpenAPI file was found\n  help: pass the folder with the API's *.json or *.yaml files\n1 error found"
    );
}

#[test]
fn all_bad_files_and_operations_are_found_in_one_run() {
    let nameless = json!({"openapi": "3.1.0", "paths": {"/a": {"get": {}, "post": {"operationId": "?"}}, "/b": {"get": {"operationId": 5}}}});
    let bad = files(&[("A.json", "{"), ("B.json", &nameless.to_string()), ("C.json", "[1]")]);
    let found = listed(&import(&bad, &common::api()).unwrap_err());
    let problems: Vec<&str> = found.iter().map(|diagnostic| diagnostic.problem.as_str()).collect();
    for part in ["Unterminated", "`operationId`: a number instead of a text", "a list instead of a document"] {
        assert!(problems.iter().any(|problem| problem.contains(part)), "{part} in {problems:?}");
    }
    assert_eq!(found.len(), 3, "{problems:?}");
}

#[test]
fn types_inside_themselves_are_taken_without_end() {
    let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let schemas = json!({
        "tree": {"properties": {"children": {"type": "array", "items": reference("tree")}}},
        "own": {"allOf": [reference("own"), {"properties": {"a": {"type": "string"}}}]},
        "ping": {"allOf": [reference("pong"), {"properties": {"a": {"type": "string"}}}]},
        "pong": {"allOf": [reference("ping"), {"properties": {"b": {"type": "string"}}}]},
        "either": {"oneOf": [reference("either"), reference("tree")]},
        "name": reference("name"),
    });
    let all: Vec<Value> =
        ["tree", "own", "ping", "pong", "either", "name"].iter().map(|name| reference(name)).collect();
    let imported = imported(&[("Thing.json", &answering(json!({ "oneOf": all }), schemas))]);
    let types = module(&imported, "thing").types;
    assert_eq!(types.len(), 6);
    let fields =
        |name: &str| common::written(&types[name])["fields"].as_object().map(|f| f.keys().cloned().collect::<Vec<_>>());
    assert_eq!(fields("thing.own"), Some(vec!["a".to_owned()]));
    let both = fields("thing.ping")
        .into_iter()
        .chain(fields("thing.pong"))
        .any(|names| names == ["a", "b"] || names == ["b", "a"]);
    assert!(both, "{types:?}");
}

#[test]
fn deep_nesting_ends_in_any_or_in_a_diagnostic() {
    let nested = |depth: usize| {
        let mut schema = json!({"type": "string"});
        for _ in 0..depth {
            schema = json!({"type": "array", "items": schema});
        }
        answering(schema, json!({}))
    };
    assert!(imported(&[("Thing.json", &nested(40))]).notes.is_empty());
    let deep = imported(&[("Thing.json", &nested(100))]);
    assert!(deep.notes.iter().any(|note| note.text.contains("64 levels")), "{:?}", deep.notes);
    assert!(refused(&nested(2_000))[0].problem.contains("nesting depth"));
}

#[test]
fn odd_shapes_of_known_keywords_do_not_panic() {
    for schema in [
        json!({"allOf": []}),
        json!({"oneOf": [{}], "items": {}}),
        json!({"properties": {}}),
        json!({"type": []}),
        json!({"type": "nonsense", "format": "nonsense"}),
        json!({"enum": [{"a": 1}, [2], 3, true, null]}),
        json!({"type": "integer", "minimum": -1e300, "maximum": 1e300}),
        json!({"$ref": ""}),
        json!({"$ref": "#"}),
        json!({"$ref": "#/components/parameters/p"}),
        json!({"required": ["a"]}),
    ] {
        let text = answering(json!({"properties": {"x": schema, "": schema}}), json!({}));
        let again = imported(&[("Thing.json", &text)]);
        module(&again, "thing");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes_and_reads_back_the_same() {
    let schemas = json!({
        "b": {"properties": {"z": {"type": "string", "default": "x"}, "a": {"$ref": "#/components/schemas/a"}}, "required": ["z"]},
        "a": {"type": ["array", "null"], "items": {"oneOf": [{"type": "integer", "maximum": 7}, {"$ref": "#/components/schemas/b"}]}},
    });
    let text = answering(json!({"$ref": "#/components/schemas/b"}), schemas);
    let input = [("Thing.json", text.as_str()), ("Empty.json", r#"{"openapi": "3.1.0", "paths": {}}"#)];
    let (once, twice) = (imported(&input), imported(&input));
    assert_eq!((&once.files, &once.notes), (&twice.files, &twice.notes));
    for text in once.files.values() {
        let module: Module = serde_json::from_str(text).unwrap();
        assert_eq!(to_json(&module).unwrap(), *text);
    }
}

/// Only files that were given are read, and what is written lies beside one another in `spec/upstream`.
#[test]
fn no_name_and_no_reference_leads_to_another_folder() {
    let reference = |file: &str| json!({"$ref": format!("{file}#/components/schemas/../../x")});
    for file in
        ["../../evil.json", "/etc/passwd", "a/../../b.json", "..\\..\\evil.json", "a\nb.json", "file:///etc/passwd"]
    {
        let text =
            answering(reference(file), json!({"../../x": {"properties": {"a": reference(file), "b": reference("")}}}));
        let imported = imported(&[(file, &text), ("Thing.json", &text)]);
        assert!(imported.files.len() > 1, "{file}: {:?}", imported.files.keys());
        for path in imported.files.keys() {
            let name = path.strip_prefix("spec/upstream/").and_then(|name| name.strip_suffix(".json"));
            let is_plain = |name: &str| name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
            assert!(name.is_some_and(is_plain), "{file}: {path}");
        }
        assert!(import(&files(&[(".json", &text)]), &common::api()).is_err(), "a module needs a name");
        // Nor does it without the file that is meant.
        let alone = common::imported(&[("Thing.json", &text)]);
        assert_eq!(alone.files.keys().collect::<Vec<_>>(), ["spec/upstream/thing.json"], "{file}");
        assert!(
            alone
                .notes
                .iter()
                .any(|note| { note.text.contains("does not exist") || note.text.contains("outside of the files") }),
            "{file}: {:?}",
            alone.notes
        );
    }
}
