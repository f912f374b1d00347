//! Spec files with random damage: diagnostics or a spec, never a panic.

use crate::common::{self, files, get, loaded, post, spec_files, upstream};
use desk_codegen::load::load;
use desk_codegen::model::build;
use desk_codegen::{API, Files, import};
use serde_json::json;

/// A small generator (xorshift), so that every run damages the same bytes.
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most as u64).unwrap()
    }
}

/// Flips, deletes, inserts or repeats a few bytes.
fn damage(text: &str, random: &mut Random) -> String {
    const SYMBOLS: &[u8] = b"{}[]\",:?.0-9e\\/#\0\xff\x80 null";
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=random.below(3) {
        let at = random.below(bytes.len());
        match random.below(4) {
            0 => bytes[at] ^= 1 << random.below(8),
            1 => drop(bytes.drain(at..(at + 1 + random.below(9)).min(bytes.len()))),
            2 => bytes.insert(at, SYMBOLS[random.below(SYMBOLS.len())]),
            _ => {
                let part = bytes[at..(at + 20).min(bytes.len())].to_vec();
                let to = random.below(bytes.len());
                bytes.splice(to..to, part);
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn valid() -> Files {
    let mut list = get("get_things", "/things/{id}", json!("thing.data"));
    list["parameters"] = json!([
        {"name": "id", "in": "path", "required": true, "type": "id"},
        {"name": "limit", "in": "query", "type": {"type": "integer", "minimum": 1, "maximum": 9, "default": 5}},
    ]);
    list["paging"] = json!({"first": 0, "maximum": 9, "key": "data"});
    let send = post(
        "send_thing",
        "/things",
        json!({"type": "object", "fields": {"kind": {"type": "text", "values": ["a", "b"]}}}),
    );
    let types = json!({
        "thing.data": {"type": "object", "fields": {"data": {"type": "list", "of": "thing.item"}}, "required": ["data"]},
        "thing.item": {"type": "union?", "of": ["text", {"type": "map", "of": "thing.data"}]},
    });
    let mut files = spec_files(&[upstream("thing", &[list, send], types)]);
    let facts = json!({"corrections": [{"why": "ä", "evidence": "inferred", "operation": "send_thing", "change": {"risk": "safe"}, "was": {"risk": "write"}}]});
    files.insert("spec/local/facts.json".to_owned(), format!("{facts:#}"));
    files
}

#[test]
fn damaged_spec_files_never_panic() {
    let valid = valid();
    assert_eq!(loaded(&valid).spec.operations.len(), 2);
    let mut random = Random(0x5eed);
    let mut refused = 0;
    for path in valid.keys() {
        for round in 0..400 {
            let mut damaged = valid.clone();
            damaged.insert(path.clone(), damage(&valid[path], &mut random));
            match load(&damaged) {
                Ok(spec) => drop(build(&spec)),
                Err(diagnostics) => {
                    refused += 1;
                    assert!(!diagnostics.is_empty(), "{path} {round}");
                    for one in diagnostics.iter() {
                        assert!(!one.problem.is_empty() && !one.help.is_empty(), "{one}");
                        assert!(damaged.contains_key(&one.location.file), "{one}");
                        assert!(one.location.position.is_some(), "{one} in {}", damaged[path]);
                    }
                }
            }
        }
    }
    assert!(refused > 600, "damage is mostly noticed: {refused}");
}

#[test]
fn damaged_openapi_files_never_panic() {
    let valid = common::answering(
        json!({"allOf": [{"$ref": "#/components/schemas/a"}, {"oneOf": [{"$ref": "./B.json#/components/schemas/b"}, {"type": "null"}]}]}),
        json!({"a": {"type": ["object", "null"], "properties": {"x": {"type": "string", "enum": ["p", "q"]}}, "additionalProperties": false}}),
    );
    let other = r#"{"openapi": "3.1.0", "components": {"schemas": {"b": {"properties": {"y": {"type": "integer", "maximum": 5}}}}}}"#;
    let mut random = Random(0xdead);
    for _ in 0..600 {
        let damaged = damage(&valid, &mut random);
        if let Ok(imported) = import::import(&files(&[("A.json", &damaged), ("B.json", other)]), &common::api()) {
            drop(load(&imported.files.into_iter().chain(files(&[(API, common::DESK)])).collect()));
        }
    }
}
