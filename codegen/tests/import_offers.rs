//! Whatever a note offers to paste is accepted when it is pasted, and settles the note.

use crate::common::documents::changed;
use crate::common::{imported, spec_files};
use desk_codegen::Files;
use desk_codegen::import::Imported;
use desk_codegen::load::load;
use desk_codegen::lock::LOCK;
use desk_codegen::model::build;
use desk_codegen::review::review;
use serde_json::{Map, Value, json};

/// Something odd about a schema.
fn defects() -> Vec<(&'static str, Value)> {
    vec![
        ("unknown type", json!({"type": "strnig"})),
        ("unknown format", json!({"type": "string", "format": "uuid", "maxLength": 9})),
        ("unknown key", json!({"type": "integer", "not": {}})),
        ("undeclared", json!({"type": "object", "properties": {"name": {"type": "string"}}, "required": ["nam"]})),
        ("pattern", json!({"type": "string", "pattern": "^a+$"})),
        ("missing", json!({"$ref": "Other.json#/components/schemas/gone"})),
        ("outside", json!({"$ref": "https://example.com/a.json"})),
        ("odd merge", json!({"allOf": [{"type": "array", "items": {"type": "string"}}, {"type": "string"}]})),
        ("list of unknown", json!({"type": "array", "items": {"type": "strnig"}})),
        ("union of unknown", json!({"oneOf": [{"type": "strnig"}, {"type": "integer"}]})),
        (
            "typed keys",
            json!({"type": "object", "properties": {"name": {"type": "string"}}, "additionalProperties": {"type": "string"}}),
        ),
    ]
}

type Place = (&'static str, fn(&mut Value, Value));

fn post(document: &mut Value) -> &mut Value {
    document["paths"]["/things"] = json!({"post": {
        "operationId": "sendThing", "summary": "Send.", "responses": {"204": {"description": "Sent."}},
    }});
    &mut document["paths"]["/things"]["post"]
}

fn answer(document: &mut Value) -> &mut Value {
    &mut document["paths"]["/things/{id}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
}

fn record(schema: Value) -> Value {
    json!({"type": "object", "properties": {"odd": schema, "name": {"type": "string"}}})
}

/// Where a schema may stand.
const PLACES: [Place; 20] = [
    ("component", |document, schema| document["components"]["schemas"]["data"] = schema),
    ("field", |document, schema| document["components"]["schemas"]["data"]["properties"]["name"] = schema),
    ("nested field", |document, schema| {
        document["components"]["schemas"]["data"]["properties"]["deep"] = record(record(schema));
    }),
    ("branch", |document, schema| {
        let branches = json!({"oneOf": [{"type": "boolean"}, record(schema)]});
        document["components"]["schemas"]["data"]["properties"]["name"] = branches;
    }),
    ("map", |document, schema| {
        let map = json!({"type": "object", "additionalProperties": record(schema)});
        document["components"]["schemas"]["data"]["properties"]["name"] = map;
    }),
    ("merge", |document, schema| {
        let other = json!({"type": "object", "properties": {"other": {"type": "string"}}});
        document["components"]["schemas"]["data"] = json!({"allOf": [other, record(schema)]});
    }),
    ("answer", |document, schema| *answer(document) = schema),
    ("field of an answer", |document, schema| *answer(document) = record(schema)),
    ("nested field of an answer", |document, schema| *answer(document) = record(record(schema))),
    ("list in an answer", |document, schema| *answer(document) = json!({"type": "array", "items": record(schema)})),
    ("branch of an answer", |document, schema| {
        *answer(document) =
            json!({"oneOf": [record(schema), {"type": "object", "properties": {"other": {"type": "string"}}}]});
    }),
    ("default answer", |document, schema| {
        let get = &mut document["paths"]["/things/{id}"]["get"];
        get["responses"] = json!({"default": {"content": {"application/json": {"schema": record(schema)}}}});
    }),
    ("shared answer", |document, schema| {
        document["components"]["responses"] =
            json!({"shared": {"content": {"application/json": {"schema": record(schema)}}}});
        document["paths"]["/things/{id}"]["get"]["responses"]["200"] = json!({"$ref": "#/components/responses/shared"});
    }),
    ("body", |document, schema| {
        post(document)["requestBody"] = json!({"content": {"application/json": {"schema": schema}}});
    }),
    ("field of a body", |document, schema| {
        post(document)["requestBody"] = json!({"content": {"application/json": {"schema": record(schema)}}});
    }),
    ("nested field of a body", |document, schema| {
        post(document)["requestBody"] = json!({"content": {"application/json": {"schema": record(record(schema))}}});
    }),
    ("field of a form", |document, schema| {
        post(document)["requestBody"] = json!({"content": {"multipart/form-data": {"schema": record(schema)}}});
    }),
    ("shared body", |document, schema| {
        document["components"]["requestBodies"] =
            json!({"shared": {"content": {"application/json": {"schema": record(schema)}}}});
        post(document)["requestBody"] = json!({"$ref": "#/components/requestBodies/shared"});
    }),
    ("parameter", |document, schema| {
        let parameters = &mut document["paths"]["/things/{id}"]["get"]["parameters"];
        parameters.as_array_mut().unwrap().push(json!({"name": "view", "in": "query", "schema": schema}));
    }),
    ("shared parameter", |document, schema| {
        document["components"]["parameters"] = json!({"view": {"name": "view", "in": "query", "schema": schema}});
        let parameters = &mut document["paths"]["/things/{id}"]["get"]["parameters"];
        parameters.as_array_mut().unwrap().push(json!({"$ref": "#/components/parameters/view"}));
    }),
];

/// Something odd about an operation.
const OPERATIONS: [Place; 15] = [
    ("no security", |document, _| drop(document.as_object_mut().unwrap().remove("security"))),
    ("two schemes", |document, _| document["security"] = json!([{"oauth": ["Desk.basic.READ"]}, {"apiKey": []}])),
    ("no answer", |document, _| get(document)["responses"] = json!({})),
    ("no status", |document, _| get(document)["responses"]["20"] = json!({})),
    ("two kinds", |document, _| {
        get(document)["responses"]["200"]["content"]["text/csv"] = json!({"schema": {"type": "string"}});
    }),
    ("missing answer", |document, _| {
        get(document)["responses"]["200"] = json!({"$ref": "Other.json#/components/responses/gone"});
    }),
    ("missing parameter", |document, _| parameter(document, json!({"$ref": "#/components/parameters/gone"}))),
    ("cookie", |document, _| parameter(document, json!({"name": "c", "in": "cookie", "schema": {}}))),
    ("no name", |document, _| parameter(document, json!({"name": "", "in": "query"}))),
    ("pipes", |document, _| {
        let list = json!({"type": "array", "uniqueItems": true, "items": {"type": "string"}});
        parameter(document, json!({"name": "q", "in": "query", "schema": list, "style": "pipeDelimited"}));
    }),
    ("XML", |document, _| parameter(document, json!({"name": "q", "in": "query", "content": {"text/xml": {}}}))),
    ("twice", |document, _| {
        for _ in 0..2 {
            parameter(document, json!({"name": "q", "in": "query", "schema": {"type": "string"}}));
        }
    }),
    ("callbacks", |document, _| get(document)["callbacks"] = json!({})),
    ("no content", |document, _| post(document)["requestBody"] = json!({"description": "Nothing."})),
    ("two bodies", |document, _| {
        let text = json!({"schema": {"type": "string"}});
        post(document)["requestBody"] = json!({"content": {"application/json": text, "text/csv": text}});
    }),
];

fn get(document: &mut Value) -> &mut Value {
    &mut document["paths"]["/things/{id}"]["get"]
}

fn parameter(document: &mut Value, parameter: Value) {
    get(document)["parameters"].as_array_mut().unwrap().push(parameter);
}

/// Each list and entry that a help offers.
fn offered(help: &str) -> Vec<(String, Value)> {
    let one = |offer: &str| {
        let (_, rest) = offer.split_once("add to `")?;
        let (list, entry) = rest.split_once("` in spec/local: ")?;
        let entry = entry.strip_suffix("; then accept this note").unwrap_or(entry);
        let entry = serde_json::from_str(entry).unwrap_or_else(|error| panic!("{entry} is no JSON: {error}"));
        Some((list.to_owned(), entry))
    };
    help.split("; else, ").filter_map(one).collect()
}

/// Puts something in place of each `…`, as a person does.
fn filled(value: &mut Value, key: &str, entry: &Map<String, Value>) {
    match value {
        Value::String(word) if word == "…" => {
            *value = match key {
                "scopes" => json!("Desk.basic.READ"),
                "type" | "json" => json!("boolean"),
                "required" => json!("name"),
                "parameter" => json!("given"),
                "why" => json!("a page"),
                other => panic!("nothing is known about {other}"),
            };
        }
        Value::Array(list) => list.iter_mut().for_each(|one| filled(one, key, entry)),
        Value::Object(map) if map.contains_key("…") => {
            map.remove("…");
            let (key, new) = match () {
                () if key == "was" => return,
                () if entry.contains_key("parameter") => ("note", json!("so")),
                () if entry.contains_key("type") || entry.contains_key("answer") || entry.contains_key("field") => {
                    ("read_only", json!(true))
                }
                () if entry.contains_key("body") => ("required", json!(false)),
                () => ("deprecated", json!(true)),
            };
            map.insert(key.to_owned(), new);
        }
        Value::Object(map) => map.iter_mut().for_each(|(key, one)| filled(one, key, entry)),
        _ => {}
    }
}

/// The spec of an import, with these entries of `spec/local`.
fn spec(imported: &Imported, local: &Value, lock: Option<&String>) -> Files {
    let mut files = spec_files(&imported.files.clone().into_iter().collect::<Vec<_>>());
    files.insert("spec/local/facts.json".to_owned(), local.to_string());
    files.extend(lock.map(|lock| (LOCK.to_owned(), lock.clone())));
    files
}

/// Pastes each entry that is offered, and looks at what becomes of it; returns how many there were.
fn pasted(case: &str, document: &str, lock: Option<&String>) -> usize {
    let imported = imported(&[("Thing.json", document)]);
    let none = json!({});
    let before = review(&imported, &spec(&imported, &none, lock)).unwrap_or_else(|found| panic!("{case}: {found}"));
    let mut count = 0;
    let offers = before.new.iter().flat_map(|note| offered(&note.help).into_iter().map(move |offer| (note, offer)));
    for (note, (list, mut entry)) in offers {
        count += 1;
        let keys = entry.as_object().unwrap().clone();
        filled(&mut entry, "", &keys);
        let mut local = json!({});
        local[&list] = json!([entry]);
        // What does not exist is an error as long as it is not added.
        if list != "types" {
            local["types"] = json!([{"name": "other.gone", "type": "any", "evidence": "documented", "why": "a page"}]);
        }
        let files = spec(&imported, &local, lock);
        if let Err(found) = load(&files) {
            panic!("{case}: pasted {entry} for {note}:\n{found}");
        }
        let after = review(&imported, &files).unwrap();
        let left = after.new.iter().any(|left| left.key() == note.key());
        assert!(!left || note.help.ends_with("; then accept this note"), "{case}: {entry} does not settle {note}");
    }
    count
}

/// Everything that can be odd anywhere.
fn documents() -> Vec<(String, String)> {
    let mut documents = Vec::new();
    for (place, put) in PLACES {
        for (defect, schema) in defects() {
            documents.push((format!("{defect} in {place}"), changed(|document| put(document, schema))));
        }
    }
    documents.extend(OPERATIONS.map(|(name, put)| (name.to_owned(), changed(|document| put(document, Value::Null)))));
    documents
}

#[test]
fn whatever_is_offered_is_accepted_and_settles_its_note() {
    let counts = documents().iter().map(|(case, document)| pasted(case, document, None)).collect::<Vec<_>>();
    assert!(counts.iter().sum::<usize>() > 150, "{counts:?}");
}

#[test]
fn what_is_offered_names_operations_as_the_lock_keeps_them() {
    for (case, document) in documents() {
        let all = imported(&[("Thing.json", &document)]);
        let earlier: Vec<(String, String)> = all
            .files
            .iter()
            .map(|(path, text)| {
                (
                    path.clone(),
                    text.replace("\"get_thing\"", "\"read_thing\"").replace("\"send_thing\"", "\"put_thing\""),
                )
            })
            .collect();
        let mut files = spec(
            &all,
            &json!({"types": [
                {"name": "other.gone", "type": "any", "evidence": "documented", "why": "a page"},
            ]}),
            None,
        );
        files.extend(earlier);
        let lock = build(&load(&files).unwrap_or_else(|found| panic!("{case}: {found}"))).unwrap().lock.to_string();
        assert!(lock.contains("operation read_thing "), "{lock}");
        pasted(&case, &document, Some(&lock));
    }
}

#[test]
fn an_operation_whose_name_another_one_has_is_renamed_and_not_corrected() {
    let document = changed(|document| {
        let again = get(document).clone();
        document["paths"]["/others/{id}"] = json!({"get": again});
    });
    let imported = imported(&[("Thing.json", &document)]);
    let review = review(&imported, &spec(&imported, &json!({}), None)).unwrap();
    let [note] = review.new.as_slice() else { panic!("{:?}", review.new) };
    assert!(note.text.contains("this one became get_thing_2"), "{note}");
    // Once the lock has the id, a correction of it would change what is public without an alias.
    let none = spec(&imported, &json!({}), None);
    let lock = build(&load(&none).unwrap()).unwrap().lock.to_string();
    let correction = json!({"corrections": [{
        "operation": "get_thing_2", "change": {"id": "get_other"}, "was": {"id": "get_thing_2"},
        "evidence": "documented", "why": "a page",
    }]});
    let found = load(&spec(&imported, &correction, Some(&lock))).unwrap_err().to_string();
    assert!(found.contains("the operation is get_thing_2 in spec/names.lock, and stays that"), "{found}");
    assert!(found.contains("`cargo xtask rename get_thing_2 get_other`"), "{found}");
    assert!(note.help.contains("`cargo xtask rename get_thing_2 …`") && offered(&note.help).is_empty(), "{note}");
}

#[test]
fn what_is_not_understood_is_accepted_word_for_word() {
    let key = |schema: Value| changed(|document| document["components"]["schemas"]["data"] = schema);
    let record = json!({"type": "object", "properties": {"name": {"type": "string", "not": {}}}, "minProperties": 1});
    let imported = imported(&[("Thing.json", &key(record))]);
    let none = json!({});
    let before = review(&imported, &spec(&imported, &none, None)).unwrap();
    let helps: Vec<&str> = before.new.iter().map(|note| note.help.as_str()).collect();
    // A record says more than a type does, so there is nothing to correct.
    let [record, field] = helps.as_slice() else { panic!("{helps:#?}") };
    assert_eq!((offered(record).len(), offered(field).len()), (1, 2), "{helps:#?}");
    let (_, correction) = &offered(field)[1];
    assert_eq!((&correction["change"], &correction["was"]), (&json!({"type": "…"}), &json!({"type": "text"})));
    let entries: Vec<Value> = helps.iter().map(|help| offered(help)[0].1.clone()).collect();
    let after = review(&imported, &spec(&imported, &json!({"accepted_notes": entries}), None)).unwrap();
    assert_eq!((after.accepted, after.new.len()), (2, 0));
}

#[test]
fn scopes_that_are_wrong_twice_are_mended_by_one_entry() {
    let document = changed(|document| {
        get(document)["security"] =
            json!([{"oauth": ["Desk.tikets.READ", "Desk.seting.READ"]}, {"oauth": ["Desk.tickets.ALL"]}]);
        for (id, scope) in [("a", "Desk.tickets.READ"), ("b", "Desk.settings.READ"), ("c", "Desk.settings.ALL")] {
            let mut other = get(document).clone();
            (other["operationId"], other["security"]) = (json!(id), json!([{"oauth": [scope]}]));
            document["paths"][format!("/{id}/{{id}}")] = json!({"get": other});
        }
    });
    let imported = imported(&[("Thing.json", &document)]);
    let before = review(&imported, &spec(&imported, &json!({}), None)).unwrap();
    let [first, second] = before.new.as_slice() else { panic!("{:#?}", before.new) };
    assert_eq!(second.help, "the entry that is offered above settles this as well");
    let (_, mut entry) = offered(&first.help).remove(0);
    let scopes = entry["change"]["scopes"].to_string();
    assert!(scopes.contains("Desk.tickets.READ") && scopes.contains("Desk.settings.READ"), "{scopes}");
    filled(&mut entry, "", &Map::new());
    let after = review(&imported, &spec(&imported, &json!({"corrections": [entry]}), None)).unwrap();
    assert_eq!((after.settled, after.new.len()), (2, 0), "{:#?}", after.new);
}
