//! What `spec/README.md` shows is true: its files load, its words are the loader's, and so are its mandatory keys.

use std::collections::BTreeSet;

use crate::common::real;
use desk_codegen::Files;
use desk_codegen::load::load;
use desk_codegen::model::build;
use desk_codegen::new_operation::{Draft, Key};
use desk_codegen::spec::Scalar;
use serde_json::Value;

const README: &str = include_str!("../../spec/README.md");

/// The section under a heading.
fn section(heading: &str) -> &'static str {
    let (_, after) = README.split_once(&format!("\n## {heading}\n")).expect(heading);
    after.split("\n## ").next().unwrap_or_default()
}

/// The blocks of a kind in a text, without their indentation.
fn blocks(text: &str, kind: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for line in text.lines() {
        let indent = line.len() - line.trim_start().len();
        match &mut open {
            Some(_) if line.trim() == "```" => blocks.extend(open.take().map(|(_, block)| block)),
            Some((outer, block)) => {
                block.push_str(line.get(*outer..).unwrap_or_default());
                block.push('\n');
            }
            None if line.trim() == format!("```{kind}") => open = Some((indent, String::new())),
            None => {}
        }
    }
    blocks
}

/// The arguments of a command of the shell, as the shell would read them.
fn arguments(command: &str) -> Vec<String> {
    let mut arguments = vec![String::new()];
    let mut quoted = false;
    for c in command.replace("\\\n", " ").trim().chars() {
        match c {
            '\'' => quoted = !quoted,
            c if c.is_whitespace() && !quoted => arguments.push(String::new()),
            c => arguments.last_mut().unwrap().push(c),
        }
    }
    arguments.retain(|argument| !argument.is_empty());
    arguments
}

/// The spec with another file, checked and with names for everything.
fn with(path: &str, text: &str) -> Vec<Value> {
    let mut files = real();
    files.insert(path.to_owned(), text.to_owned());
    let loaded = load(&files).unwrap_or_else(|diagnostics| panic!("{}", diagnostics.locate(&files)));
    build(&loaded).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    let operations = loaded.spec.operations.iter();
    operations.map(|listed| serde_json::to_value(&listed.operation).unwrap()).collect()
}

fn by_id<'v>(operations: &'v [Value], id: &str) -> &'v Value {
    operations.iter().find(|operation| operation["id"] == id).expect(id)
}

#[test]
fn the_endpoint_of_the_five_minutes_can_be_added_by_hand_and_by_command() {
    let steps = section("Add an endpoint in five minutes");
    let [written] = &blocks(steps, "json")[..] else { panic!("one file") };
    let by_hand = with("spec/local/forecast.json", written);
    let by_hand = by_id(&by_hand, "get_departments_forecast");

    let [command] = &blocks(steps, "sh")[..] else { panic!("one command") };
    let words = arguments(command);
    assert_eq!(words[..3], ["cargo", "xtask", "new-operation"]);
    let loaded = load(&real()).unwrap();
    let mut draft = Draft::new(&loaded);
    for pair in words[3..].chunks(2) {
        let key = match pair[0].as_str() {
            "--method" => Key::Method,
            "--path" => Key::Path,
            "--module" => Key::Module,
            "--summary" => Key::Summary,
            "--scopes" => Key::Scopes,
            "--parameter" => Key::Parameter,
            "--answer" => Key::Answer,
            "--why" => Key::Why,
            "--evidence" => Key::Evidence,
            other => panic!("{other}"),
        };
        draft.answer(key, &pair[1]).unwrap_or_else(|problem| panic!("{pair:?}: {problem}"));
    }
    for key in [Key::Id, Key::Risk, Key::Organization, Key::Body] {
        let usual = draft.usual(key).unwrap();
        draft.answer(key, &usual).unwrap();
    }
    let path = "spec/local/operations.json";
    let by_command = with(path, &draft.written(&real()[path]).unwrap());
    let by_command = by_id(&by_command, "get_departments_forecast");
    for key in ["method", "path", "summary", "scopes", "risk", "organization"] {
        assert_eq!(by_hand[key], by_command[key], "{key}");
    }
    assert_eq!(by_hand["parameters"][0], by_command["parameters"][0]);
}

#[test]
fn every_example_of_an_entry_is_one_of_the_projects_own() {
    let local: Files =
        real().into_iter().filter(|(path, _)| path.starts_with("spec/local/") && path.ends_with(".json")).collect();
    let mut shown = BTreeSet::new();
    for block in blocks(section("`local/`"), "json") {
        let lists: serde_json::Map<String, Value> = serde_json::from_str(&block).unwrap();
        for (list, entries) in lists {
            for entry in entries.as_array().unwrap() {
                let known = local.values().any(|text| {
                    let file: Value = serde_json::from_str(text).unwrap();
                    file[&list].as_array().is_some_and(|entries| entries.contains(entry))
                });
                assert!(known, "no file of spec/local has {entry}");
            }
            shown.insert(list);
        }
    }
    let schema: Value = serde_json::from_str(include_str!("../../spec/schema/local.json")).unwrap();
    let lists = schema["properties"].as_object().unwrap().keys().filter(|list| *list != "$schema");
    assert_eq!(shown, lists.cloned().collect(), "each list has an example");
}

#[test]
fn mandatory_keys_and_legal_words_are_the_loaders() {
    let upstream: Value = serde_json::from_str(include_str!("../../spec/schema/upstream.json")).unwrap();
    let operation = section("An operation");
    let (mandatory, _) = operation.split_once(" are mandatory").unwrap();
    let mandatory = mandatory.rsplit("\n\n").next().unwrap();
    let listed: BTreeSet<&str> = mandatory.split('`').skip(1).step_by(2).collect();
    let texts = |value: &Value| value.as_array().unwrap().iter().map(|v| v.as_str().unwrap().to_owned()).collect();
    let required: BTreeSet<String> = texts(&upstream["$defs"]["operation"]["required"]);
    assert_eq!(listed, required.iter().map(String::as_str).collect());
    for (definition, key) in [("operation", "method"), ("operation", "risk"), ("parameter", "in")] {
        let row = operation.lines().find(|line| line.starts_with(&format!("| `{key}` | `"))).expect(key);
        let words: BTreeSet<String> = texts(&upstream["$defs"][definition]["properties"][key]["enum"]);
        assert!(words.iter().all(|word| row.contains(&format!("`{word}`"))), "{row}");
    }
    let scalars = section("A type");
    assert!(Scalar::WORDS.iter().all(|(_, word)| scalars.contains(&format!("`{word}`"))));
    let keys = upstream["$defs"]["operation"]["properties"].as_object().unwrap().keys();
    keys.for_each(|key| assert!(operation.contains(&format!("`{key}`")), "{key} is not described"));
    let rules = upstream["$defs"]["ruled"]["properties"].as_object().unwrap().keys().filter(|key| *key != "of");
    rules.for_each(|key| assert!(scalars.contains(key.as_str()), "{key} is not described"));
    assert_eq!(blocks(scalars, "json").len(), 1);
    for line in blocks(scalars, "json")[0].lines() {
        serde_json::from_str::<desk_codegen::spec::Schema>(line).unwrap_or_else(|error| panic!("{line}: {error}"));
    }
}
