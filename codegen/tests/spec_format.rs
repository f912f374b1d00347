//! How spec files are written, and that they read back as what they were.

use crate::common::{get, post, upstream, written};
use desk_codegen::spec::{Module, Schema, to_json};
use serde_json::{Value, json};

/// Every key that a module may have, once.
fn everything() -> Module {
    let mut list = get("get_things", "/things/{id}", json!({"type": "union?", "of": ["text", "thing.data"]}));
    list["parameters"] = json!([
        {"name": "id", "in": "path", "required": true, "type": {"type": "id", "words": ["-1"]}},
        {"name": "sortBy", "in": "query", "type": {"type": "text", "values": ["a", "b"], "descending": true}, "note": "how"},
        {"name": "X-Kind", "in": "header", "type": {"type": "list", "of": "text", "min_items": 1, "max_items": 2, "unique": true}},
    ]);
    list["paging"] = json!({"first": 1, "maximum": 99, "default": 10, "key": "data"});
    list["errors"] = json!([404]);
    for flag in ["undocumented_query", "error_in_success", "deprecated", "discovers_organization"] {
        list[flag] = json!(true);
    }
    list["alias_of"] = json!("other");
    list["upstream_id"] = json!("getThings");
    let mut send = post("send_thing", "/things", json!("thing.data?"));
    send["body"] = json!({"partial": true, "multipart": "thing.data", "bytes": true});
    send["answers"] = json!({"200": "bytes", "204": "empty"});
    let data = json!({
        "type": "object?",
        "fields": {
            "number": {"type": "integer", "minimum": -3, "maximum": 7, "default": 0},
            "text": {"type": "text?", "min_length": 1, "max_length": 9, "read_only": true, "default": "x"},
            "map": {"type": "map", "of": {"type": "map?", "of": "any"}},
            "": "date-time?",
        },
        "required": ["number"],
    });
    let (_, text) =
        upstream("thing", &[list, send], json!({"thing.data": data, "thing.empty": {"type": "object", "fields": {}}}));
    serde_json::from_str(&text).unwrap()
}

#[test]
fn a_written_module_reads_back_as_the_same() {
    let module = everything();
    let text = to_json(&module).unwrap();
    let again: Module = serde_json::from_str(&text).unwrap();
    assert_eq!(again, module);
    assert_eq!(to_json(&again).unwrap(), text);
}

#[test]
fn types_are_words_or_objects() {
    for text in [
        json!("id"),
        json!("date-time?"),
        json!("ticket.data"),
        json!("ticket.data?"),
        json!({"type": "text?", "values": ["a"]}),
        json!({"type": "list", "of": "id?"}),
        json!({"type": "union", "of": ["id", "text"]}),
        json!({"type": "union?", "of": ["id"]}),
        json!({"type": "object", "fields": {}}),
    ] {
        let schema: Schema = serde_json::from_value(text.clone()).unwrap();
        assert_eq!(written(&schema), text);
    }
    let long: Schema = serde_json::from_value(json!({"type": "id"})).unwrap();
    assert_eq!(written(&long), json!("id"), "what needs no object is written as a word");
}

#[test]
fn wrong_types_say_what_would_be_right() {
    for (text, part) in [
        (json!("string"), "unknown type \"string\"; known are list, map, object, union, any,"),
        (json!({"type": "list"}), "a list needs `of`"),
        (json!({"type": "map", "of": ["id", "text"]}), "a map needs `of` with the one type"),
        (json!({"type": "union", "of": []}), "a union needs `of`"),
        (json!({"type": "id", "of": "text"}), "`of` belongs to"),
        (json!({"type": "text", "fields": {}}), "`fields`, `required`, `expected` and `unless` belong to \"object\""),
        (json!({"type": "text", "maxLength": 1}), "unknown field `maxLength`, expected one of"),
        (json!({"of": "text"}), "missing field `type`"),
        (json!(5), "a type: a word such as \"id\""),
    ] {
        let problem = serde_json::from_value::<Schema>(text.clone()).unwrap_err().to_string();
        assert!(problem.contains(part), "{text}: {problem}");
    }
}

#[test]
fn what_fits_on_a_line_stands_on_one() {
    let value = json!({"a": [1, 2, {"b": null}], "empty": {}, "none": []});
    assert_eq!(to_json(&value).unwrap(), "{\"a\": [1, 2, {\"b\": null}], \"empty\": {}, \"none\": []}\n");
}

#[test]
fn what_does_not_fit_is_broken_and_indented() {
    let word = "x".repeat(60);
    let text = to_json(&json!({"list": [word, word], "short": {"k": 1}})).unwrap();
    let expected = format!("{{\n \"list\": [\n  \"{word}\",\n  \"{word}\"\n ],\n \"short\": {{\"k\": 1}}\n}}\n");
    assert_eq!(text, expected);
}

#[test]
fn lines_are_short_wherever_they_can_be_broken() {
    for length in 80..120 {
        let word = "x".repeat(length);
        let value: Value = json!({"outer": {"k": [&word, {"inner": &word}], "n": 1}, "last": [1, 2, &word]});
        let text = to_json(&value).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
        for line in text.lines() {
            let breakable =
                line.trim_start().trim_start_matches("\"outer\": ").starts_with(['{', '[']) && line.len() > 1;
            assert!(line.len() <= 111 || !breakable, "{} characters: {line}", line.len());
        }
    }
}

#[test]
fn order_and_numbers_are_kept() {
    let text = "{\"z\": 1, \"a\": 18446744073709551615, \"m\": -0.5, \"e\": \"\\u0000ä\\\"\"}\n";
    let module: indexmap::IndexMap<String, Value> = serde_json::from_str(text).unwrap();
    assert_eq!(to_json(&module).unwrap(), text);
}
