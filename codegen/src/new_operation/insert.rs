//! Adds an entry to a file of `spec/local`, whose other lines stay as they are.

use jsonc_parser::ast::Value as Node;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use serde::Serialize;

use crate::spec::to_json;

/// The list that the entry is added to.
const LIST: &str = "operations";

/// The file with the entry after the last one of its module, or else of all: what others add meanwhile seldom meets it.
pub(super) fn operation(file: &str, module: &str, entry: &impl Serialize) -> Result<String, String> {
    let written = lines(entry).map_err(|error| error.to_string())?;
    let parsed = parse_to_ast(file, &CollectOptions::default(), &ParseOptions::default());
    let parsed = parsed.map_err(|error| error.to_string())?;
    let Some(Node::Object(object)) = parsed.value else { return Err("the file holds no object".to_owned()) };
    let list = object.properties.iter().find(|property| property.name.as_str() == LIST).map(|property| &property.value);
    match list {
        Some(Node::Array(list)) => {
            let own = list.elements.iter().rev().find(|entry| is_of(entry, module));
            let at = own.or_else(|| list.elements.last()).map_or(list.start() + 1, |before| before.end());
            let comma = if list.elements.is_empty() { "" } else { "," };
            // An empty list may stand on one line.
            let rest = if list.elements.is_empty() {
                format!("\n {}", file[at..].trim_start())
            } else {
                file[at..].to_owned()
            };
            Ok(format!("{}{comma}\n{written}{rest}", &file[..at]))
        }
        Some(_) => Err(format!("`{LIST}` is not a list")),
        None => {
            let comma = if object.properties.is_empty() { "\n" } else { "," };
            let rest = file[object.start() + 1..].trim_start_matches([' ', '\n']);
            let rest = if object.properties.is_empty() { rest.to_owned() } else { format!("\n {rest}") };
            Ok(format!("{}\n \"{LIST}\": [\n{written}\n ]{comma}{rest}", &file[..object.start() + 1]))
        }
    }
}

fn is_of(entry: &Node<'_>, module: &str) -> bool {
    let Node::Object(entry) = entry else { return false };
    let of = entry.properties.iter().find(|property| property.name.as_str() == "module");
    of.is_some_and(|of| matches!(&of.value, Node::StringLit(text) if text.value == module))
}

/// The lines of the entry, indented as in a list of a file.
fn lines(entry: &impl Serialize) -> serde_json::Result<String> {
    let text = to_json(entry)?;
    Ok(text.trim_end().lines().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn an_entry_is_added_to_whatever_the_file_has() {
        for (file, expected) in [
            ("{}", "{\n \"operations\": [\n  {\"a\": 1}\n ]\n}"),
            ("{\"operations\": []}\n", "{\"operations\": [\n  {\"a\": 1}\n ]}\n"),
            (
                "{\n \"operations\": [\n  {\"b\": 2}\n ]\n}\n",
                "{\n \"operations\": [\n  {\"b\": 2},\n  {\"a\": 1}\n ]\n}\n",
            ),
            (
                "{\n \"operations\": [\n  {\"module\": \"a\"},\n  {\"module\": \"b\"}\n ]\n}\n",
                "{\n \"operations\": [\n  {\"module\": \"a\"},\n  {\"a\": 1},\n  {\"module\": \"b\"}\n ]\n}\n",
            ),
            ("{\n \"types\": [1,  2]\n}\n", "{\n \"operations\": [\n  {\"a\": 1}\n ],\n \"types\": [1,  2]\n}\n"),
        ] {
            let made = operation(file, "a", &json!({"a": 1})).unwrap();
            assert_eq!(made, expected);
            assert!(serde_json::from_str::<Value>(&made).is_ok(), "{made}");
        }
    }

    #[test]
    fn a_file_of_another_form_is_refused() {
        for file in ["", "[]", "{", "{\"operations\": {}}"] {
            assert!(operation(file, "a", &json!({})).is_err(), "{file}");
        }
    }
}
