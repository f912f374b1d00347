//! The same thing said in other forms: YAML, folders, OpenAPI 3.0, references to anywhere; and what no form can say.

use crate::common::{
    self,
    documents::{changed, expect, get, taken},
};
use crate::common::{files, imported, module, told, written};
use desk_codegen::import::import;
use desk_codegen::spec::Answer;
use serde_json::{Value, json};

const YAML: &str = r#"
openapi: 3.0
security: [{oauth: [Desk.basic.READ]}]
paths:
  /things:
    get: &read
      operationId: getThings
      summary: >-
        List
        things.
      responses:
        200:
          content:
            application/json:
              schema: {type: array, items: {$ref: '#/components/schemas/thing'}}
    post:
      <<: *read
      operationId: sendThing
      parameters:
        - {name: state, in: query, schema: {type: string, enum: [on, "off", 'null', 1.0]}}
        - name: odd
          in: query
          schema: {type: integer, minimum: 0x10, multipleOf: 4}
components:
  schemas:
    thing: {type: object, properties: {id: {type: string, nullable: true, maxLength: 3}}}
"#;

#[test]
fn yaml_says_what_json_says() {
    let imported = imported(&[("Thing.yaml", YAML)]);
    let made = module(&imported, "thing");
    let [list, send] = made.operations.as_slice() else { panic!("{made:?}") };
    assert_eq!((list.id.as_str(), list.summary.as_str()), ("get_things", "List things."));
    assert_eq!((send.id.as_str(), send.summary.as_str()), ("send_thing", "List things."));
    assert_eq!(send.answers, list.answers);
    assert_eq!(send.parameters[0].schema.rules.values, ["on", "off", "null", "1.0"]);
    assert_eq!(send.parameters[1].schema.rules.minimum, Some(16));
    let thing = json!({"type": "object", "fields": {"id": {"type": "text?", "max_length": 3}}});
    assert_eq!(written(&made.types["thing.thing"]), thing);
    let note = "send_thing, parameter odd: `multipleOf` of a schema is not understood and was left out";
    expect(YAML, &imported, &[(note, "multipleOf")]);
}

#[test]
fn yaml_that_cannot_be_read_is_refused_with_its_line() {
    let laughing = (1..8).fold("a0: &a0 [1,1,1,1,1,1,1,1,1,1]\n".to_owned(), |text, n| {
        format!("{text}a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 10].join(","))
    });
    let deep: String = (0..600).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    for (text, line, problem) in [
        ("a: [1, 2", 2, "flow sequence"),
        ("a: 1\n  b: 2\n", 2, ""),
        ("a: 1\n---\nb: 2\n", 2, "second document"),
        ("? [a]\n: 1\n", 1, "a key is a text"),
        ("a: &x\n  b: *x\n", 2, "inside what it is an alias of"),
        (&laughing, 6, "aliases stand for over"),
        (&"[".repeat(600), 1, "recursion limit"),
        (&deep, 513, "nested over 512 levels deep"),
        ("", 1, "the file is empty"),
    ] {
        let found = common::listed(&import(&files(&[("A.yml", text)]), &common::api()).unwrap_err());
        assert!(found[0].problem.contains(problem), "{text}: {}", found[0]);
        assert_eq!(found[0].location.position.map(|(line, _)| line), Some(line), "{text}: {}", found[0]);
    }
}

#[test]
fn files_in_folders_refer_to_each_other_and_to_parts() {
    let document = changed(|whole| {
        let media = &mut get(whole)["responses"]["200"]["content"]["application/json"];
        media["schema"] = json!({"type": "object", "properties": {
            "shared": {"$ref": "../shared/Common.yaml#/components/schemas/name"},
            "whole": {"$ref": "parts/Owner.json"},
            "deep": {"$ref": "#/components/schemas/data/properties/name"},
            "elsewhere": {"$ref": "#/paths/~1things~1%7Bid%7D/get/parameters/0/schema"},
        }});
        whole["paths"]["/owners"] = json!({"$ref": "parts/Owner.json#/path"});
    });
    let common =
        "openapi: 3.1.0\ncomponents:\n  schemas:\n    name: {type: object, properties: {first: {type: string}}}\n";
    let part = json!({
        "type": "object", "properties": {"boss": {"$ref": "#"}}, "x-note": "A schema, and a path.",
        "path": {"get": {"operationId": "getOwner", "responses": {"200": {"$ref": "#/answer"}}}},
        "answer": {"content": {"application/json": {"schema": {"$ref": "#"}}}},
    });
    let part = part.to_string();
    let sources = [
        ("api/Thing.json", document.as_str()),
        ("shared/Common.yaml", common),
        ("api/parts/Owner.json", part.as_str()),
    ];
    let imported = imported(&sources);
    let thing = module(&imported, "thing");
    let operation = |id: &str| thing.operations.iter().find(|operation| operation.id == id).unwrap();
    let Answer::Json(answer) = &operation("get_thing").answers[&200] else { panic!("{thing:?}") };
    let fields = json!({"shared": "common.name", "whole": "owner.Owner", "deep": "thing.data_name",
                        "elsewhere": "thing.get_0"});
    assert_eq!(written(answer)["fields"], fields);
    assert_eq!(written(&thing.types["thing.data_name"]), json!("text"));
    assert_eq!(written(&module(&imported, "owner").types["owner.Owner"])["fields"], json!({"boss": "owner.Owner"}));
    assert!(
        matches!(&operation("get_owner").answers[&200], Answer::Json(schema) if written(schema) == json!("owner.Owner"))
    );
    // A part that nothing refers to is a mistake.
    assert!(
        import(&files(&sources[1..]), &common::api())
            .unwrap_err()
            .to_string()
            .contains("no other file refers to this one")
    );
}

#[test]
fn null_and_limits_are_read_in_every_form() {
    for (schema, expected) in [
        (json!({"type": "string", "nullable": true}), json!("text?")),
        (json!({"type": ["null", "string"]}), json!("text?")),
        (json!({"type": "string", "enum": ["a", null]}), json!({"type": "text?", "values": ["a"]})),
        (json!({"oneOf": [{"type": "string"}, {"type": "null"}]}), json!("text?")),
        (json!({"anyOf": [{"type": "string"}, {"enum": [null]}]}), json!("text?")),
        (json!({"anyOf": [{"type": "string"}, {"const": null}]}), json!("text?")),
        (json!({"allOf": [{"type": "string"}], "nullable": true}), json!("text?")),
        (json!({"const": "a"}), json!({"type": "text", "values": ["a"]})),
        (json!({"type": "string", "examples": ["a"], "example": "b"}), json!("text")),
        (json!({"type": "integer", "minimum": 1, "exclusiveMinimum": true}), json!({"type": "integer", "minimum": 2})),
        (json!({"type": "integer", "minimum": 1, "exclusiveMinimum": false}), json!({"type": "integer", "minimum": 1})),
        (json!({"type": "integer", "exclusiveMinimum": 1}), json!({"type": "integer", "minimum": 2})),
        (json!({"type": "integer", "maximum": 5, "exclusiveMaximum": 9}), json!({"type": "integer", "maximum": 5})),
        (json!({"type": "string", "maxLength": 5.0}), json!({"type": "text", "max_length": 5})),
        (
            json!({"type": "object", "required": ["a"]}),
            json!({"type": "object", "fields": {"a": "any"}, "required": ["a"]}),
        ),
    ] {
        let text = changed(|whole| whole["components"]["schemas"]["data"]["properties"]["name"] = schema.clone());
        let (made, notes) = taken(&text);
        assert_eq!(written(&made.types["thing.data"])["fields"]["name"], expected, "{schema}");
        assert!(notes.len() <= usize::from(schema.get("required").is_some()), "{schema}: {notes:#?}");
    }
}

#[test]
fn servers_stand_before_paths() {
    let prefixes = "paths start with \"/api\" or \"/beta\"; the first is used";
    let twice = "get_thing: the server's /things is already in the path; it stands there once";
    let host =
        "get_thing: the host is files.example.com here and example.com before; clients have one for all operations";
    for (document, operation, path, notes) in [
        (json!([{"url": "https://example.com/api/v1/"}]), None, "/api/v1/things/{id}", vec![]),
        (
            json!([{"url": "https://{zone}.example.com/{base}", "variables": {"base": {"default": "v2"}}}]),
            None,
            "/v2/things/{id}",
            vec![],
        ),
        (json!([{"url": "/api"}]), Some(json!([{"url": "/other"}])), "/other/things/{id}", vec![]),
        (json!([{"url": "/api"}, {"url": "/beta"}]), None, "/api/things/{id}", vec![(prefixes, "{")]),
        (json!([{"url": "/things"}]), None, "/things/{id}", vec![(twice, "\"get\"")]),
        (
            json!([{"url": "https://example.com"}]),
            Some(json!([{"url": "https://files.example.com"}])),
            "/things/{id}",
            vec![(host, "\"get\"")],
        ),
    ] {
        let text = changed(|whole| {
            whole["servers"] = document.clone();
            if let Some(servers) = operation {
                get(whole)["servers"] = servers;
            }
        });
        let imported = imported(&[("Thing.json", &text)]);
        assert_eq!(module(&imported, "thing").operations[0].path, path, "{document}");
        expect(&text, &imported, &notes);
    }
}

#[test]
fn repeated_keys_and_paths_are_told_and_no_operation_is_lost() {
    let text = changed(|_| {}).replace(
        "\"paths\": {",
        "\"paths\": {\n\"/things/{id}\": {\"delete\": {\"operationId\": \"deleteThing\", \"responses\": {\"204\": {}}}},",
    );
    let text = text.replace("\"summary\": \"Read.\"", "\"summary\": \"Look.\",\n\"summary\": \"Read.\"");
    let imported = imported(&[("Thing.json", &text)]);
    let made = module(&imported, "thing");
    let ids: Vec<&str> = made.operations.iter().map(|operation| operation.id.as_str()).collect();
    assert_eq!(ids, ["delete_thing", "get_thing"]);
    assert_eq!(made.operations[1].summary, "Read.");
    let line = |part: &str| text.lines().position(|line| line.contains(part)).unwrap() + 1;
    let path = format!(
        "/things/{{id}}: `/things/{{id}}` stands twice, first in line {}; the operations of both are read",
        line("deleteThing")
    );
    let key = format!("get_thing: `summary` stands twice, first in line {}; the second one is used", line("Look."));
    expect(&text, &imported, &[(&path, "\"/things/{id}\": {"), (&key, "Read.")]);
}

#[test]
fn two_files_of_one_module_keep_their_types_apart() {
    let other = |kind: &str| {
        changed(|whole| {
            whole["components"]["schemas"]["data"]["properties"]["name"] = json!({ "type": kind });
            get(whole)["operationId"] = json!("getOther");
        })
    };
    let both = |kind: &str| imported(&[("a/Thing.json", &changed(|_| {})), ("b/Thing.json", &other(kind))]);
    let (same, different) = (both("string"), both("boolean"));
    let types = |made: &desk_codegen::import::Imported| module(made, "thing").types.keys().cloned().collect::<Vec<_>>();
    assert_eq!(types(&same), ["thing.data"]);
    assert_eq!(types(&different), ["thing.data", "thing.data_2"]);
    let made = module(&different, "thing");
    let answers: Vec<Value> =
        made.operations.iter().map(|one| serde_json::to_value(&one.answers[&200]).unwrap()).collect();
    assert_eq!(answers, [json!({"json": "thing.data"}), json!({"json": "thing.data_2"})]);
    let notes = told(&different);
    assert!(
        notes[0].contains("b/Thing.json:1:1: a/Thing.json is the module thing as well; both became one"),
        "{notes:#?}"
    );
    assert!(notes[1].contains("another type is thing.data as well; this one became thing.data_2"), "{notes:#?}");
    assert_eq!(notes.len(), 2, "{notes:#?}");
}
