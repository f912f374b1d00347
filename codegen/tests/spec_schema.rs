//! The schemas for editors say the same as the loader about the files of `spec/`.

use std::collections::BTreeSet;

use crate::common::{self, real_spec, spec_files};
use desk_codegen::Files;
use desk_codegen::load::load;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

/// A small spec, and local files that use every list and every key once.
const UPSTREAM: [(&str, &str); 3] = [
    ("spec/upstream/attachment.json", include_str!("data/helpdesk/upstream/attachment.json")),
    ("spec/upstream/organization.json", include_str!("data/helpdesk/upstream/organization.json")),
    ("spec/upstream/ticket.json", include_str!("data/helpdesk/upstream/ticket.json")),
];
const LOCAL: [(&str, &str); 3] = [
    ("spec/local/api.json", include_str!("../../spec/local/api.json")),
    ("spec/local/everything.json", include_str!("data/everything.json")),
    ("spec/local/facts.json", include_str!("data/helpdesk/local/facts.json")),
];

const SCHEMAS: [(&str, &str); 3] = [
    ("upstream.json", include_str!("../../spec/schema/upstream.json")),
    ("local.json", include_str!("../../spec/schema/local.json")),
    ("api.json", include_str!("../../spec/schema/api.json")),
];

/// The compiled schemas.
struct Schemas {
    schemas: boon::Schemas,
    indexes: Vec<boon::SchemaIndex>,
}

impl Schemas {
    fn new() -> Self {
        let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
        for (name, text) in SCHEMAS {
            compiler.add_resource(&format!("memory:///{name}"), serde_json::from_str(text).unwrap()).unwrap();
        }
        let compile = |(name, _)| compiler.compile(&format!("memory:///{name}"), &mut schemas).unwrap();
        let indexes = SCHEMAS.map(compile).to_vec();
        Self { schemas, indexes }
    }

    /// What the schema of a file says against it.
    fn check(&self, path: &str, file: &Value) -> Result<(), String> {
        let which = if path.starts_with("spec/upstream/") { 0 } else { 1 + usize::from(path.ends_with("/api.json")) };
        self.schemas.validate(file, self.indexes[which]).map_err(|error| format!("{error:#}"))
    }
}

fn small() -> Files {
    UPSTREAM.iter().chain(&LOCAL).map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

/// What the loader says against files.
fn problems(files: &Files) -> Vec<String> {
    load(files).err().map(|found| found.iter().map(|one| one.problem.clone()).collect()).unwrap_or_default()
}

/// Whether a problem is one of form, which needs nothing but the file to be seen.
fn is_of_form(problem: &str) -> bool {
    [
        "unknown field",
        "unknown list",
        "unknown variant",
        "unknown type",
        "missing field",
        "invalid type",
        "invalid value",
    ]
    .iter()
    .any(|start| problem.starts_with(start))
        || problem.ends_with("is not a list")
}

#[test]
fn every_file_of_the_spec_fits_its_schema() {
    let schemas = Schemas::new();
    for (path, text) in real_spec().iter().chain(&small()) {
        let file = serde_json::from_str(text).unwrap();
        schemas.check(path, &file).unwrap_or_else(|error| panic!("{path}: {error}"));
    }
    assert_eq!(problems(&small()), Vec::<String>::new());
}

/// The places of all values of a file.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    let children: Vec<(String, &Value)> = match value {
        Value::Object(map) => {
            map.iter().map(|(key, value)| (key.replace('~', "~0").replace('/', "~1"), value)).collect()
        }
        Value::Array(list) => list.iter().enumerate().map(|(index, value)| (index.to_string(), value)).collect(),
        _ => Vec::new(),
    };
    children.iter().for_each(|(key, value)| places(value, &format!("{at}/{key}"), found));
}

#[derive(Clone, Debug)]
enum Damage {
    Replace(Value),
    Remove,
    Rename(&'static str),
}

fn damages() -> impl Strategy<Value = Damage> {
    let values = vec![
        json!(5),
        json!(-5),
        json!("x"),
        json!("a.b"),
        json!(""),
        json!([]),
        json!(["x"]),
        json!({}),
        json!({"type": "text"}),
        json!(true),
    ];
    prop_oneof![
        select(values).prop_map(Damage::Replace),
        Just(Damage::Remove),
        select(vec!["type", "of", "required", "values", "minimum", "max_items", "sumary", "in", "evidence"])
            .prop_map(Damage::Rename),
    ]
}

/// Damages the value at a place; none if it is what holds all the others.
fn damage(file: &mut Value, place: &str, damage: Damage) -> Option<()> {
    let (outer, key) = place.rsplit_once('/')?;
    let key = key.replace("~1", "/").replace("~0", "~");
    match (file.pointer_mut(outer)?, damage) {
        (Value::Object(map), Damage::Replace(value)) => drop(map.insert(key, value)),
        (Value::Object(map), Damage::Remove) => drop(map.remove(&key)),
        (Value::Object(map), Damage::Rename(name)) => {
            let value = map.remove(&key)?;
            map.insert(name.to_owned(), value);
        }
        (Value::Array(list), Damage::Replace(value)) => *list.get_mut(key.parse::<usize>().ok()?)? = value,
        (Value::Array(list), _) => drop(list.remove(key.parse().ok()?)),
        _ => return None,
    }
    Some(())
}

#[test]
fn what_the_schema_refuses_the_loader_refuses_and_the_other_way_round() {
    let schemas = Schemas::new();
    let config = ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() };
    let strategy = (any::<Index>(), any::<Index>(), damages());
    let checked = TestRunner::new(config).run(&strategy, |(which, place, how)| {
        let mut files = small();
        let paths: Vec<String> = files.keys().cloned().collect();
        let path = which.get(&paths);
        if path.starts_with("spec/upstream/") {
            // Its corrections would mend some of the damage.
            files.remove("spec/local/everything.json");
        }
        let mut file: Value = serde_json::from_str(&files[path]).unwrap();
        let mut found = Vec::new();
        places(&file, "", &mut found);
        let place = place.get(&found);
        prop_assume!(damage(&mut file, place, how.clone()).is_some());
        files.insert(path.clone(), file.to_string());
        let problems = problems(&files);
        match schemas.check(path, &file) {
            Err(error) => {
                prop_assert!(!problems.is_empty(), "{path}: only the schema refuses {how:?} of {place}: {error}")
            }
            Ok(()) => {
                let of_form: Vec<_> = problems.iter().filter(|problem| is_of_form(problem)).collect();
                prop_assert!(of_form.is_empty(), "{path}: only the loader refuses {how:?} of {place}: {of_form:?}");
            }
        }
        Ok(())
    });
    checked.unwrap_or_else(|error| panic!("{error}"));
}

/// The keys that the loader names as legal where it meets one that is none.
fn legal(problem: &str) -> BTreeSet<String> {
    let (_, listed) = problem.split_once("expected ").unwrap();
    listed.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn the_schema_has_every_key_that_the_loader_knows() {
    let local: Value = serde_json::from_str(SCHEMAS[1].1).unwrap();
    let entries = local["properties"].as_object().unwrap().iter().filter(|(list, _)| *list != "$schema");
    for (list, schema) in entries {
        let files = spec_files(&[]);
        let mut files: Files = files.into_iter().collect();
        files.insert("spec/local/odd.json".to_owned(), json!({ list: [{ "odd": 1 }] }).to_string());
        let found = problems(&files);
        let problem = found.iter().find(|problem| problem.starts_with("unknown field")).expect(list);
        let definition = schema["items"]["$ref"].as_str().unwrap().trim_start_matches('#');
        let keys = local.pointer(definition).unwrap()["properties"].as_object().unwrap().keys().cloned();
        assert_eq!(keys.collect::<BTreeSet<_>>(), legal(problem), "{list}");
    }
    let upstream: Value = serde_json::from_str(SCHEMAS[0].1).unwrap();
    let odd = |operation: Value| {
        let module = json!({"module": "a", "operations": [operation]});
        let module = module.to_string();
        let files = common::files(&[("spec/upstream/a.json", &module), ("spec/local/api.json", common::DESK)]);
        let found = problems(&files);
        legal(found.iter().find(|problem| problem.starts_with("unknown field")).unwrap())
    };
    let with = |key: &str, value: Value| {
        let mut operation = common::get("a", "/a", json!("id"));
        operation[key] = value;
        odd(operation)
    };
    let type_with = json!({"type": "text", "odd": 1});
    let table = [
        ("operation", with("odd", json!(1))),
        ("parameter", with("parameters", json!([{"odd": 1}]))),
        ("body", with("body", json!({"odd": 1}))),
        ("paging", with("paging", json!({"odd": 1}))),
        ("timeline", with("paging", json!({"first": 0, "timelines": [{"odd": 1}]}))),
        ("ruled", with("answers", json!({"200": {"json": type_with}}))),
    ];
    for (definition, legal) in table {
        let keys = upstream["$defs"][definition]["properties"].as_object().unwrap().keys().cloned();
        assert_eq!(keys.collect::<BTreeSet<_>>(), legal, "{definition}");
    }
}
