//! Renames in what people wrote: the files of `spec/local` mention types by their Rust names.

use std::ops::Range;

use jsonc_parser::ast::Value as Node;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::rename::{Named, Renamed};

impl Renamed {
    /// The text of a file of `spec/local` with the new name; everything else stays as it is written.
    pub fn apply(&self, text: &str) -> String {
        let parsed = parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default());
        let Some(root) = parsed.ok().and_then(|parsed| parsed.value) else { return text.to_owned() };
        let mut found = Vec::new();
        self.find(&root, &mut Vec::new(), &[], &mut found);
        found.sort_by_key(|range| std::cmp::Reverse(range.start));
        let mut text = text.to_owned();
        for range in found {
            // A choice may leave out what every name of its kind ends with.
            let whole = text[range.clone()].trim_matches('"') == self.from.trim_start_matches("r#");
            let to = self.to.trim_start_matches("r#");
            let to = if whole { to } else { to.strip_suffix("Input").unwrap_or(to) };
            text.replace_range(range, &format!("{to:?}"));
        }
        text
    }

    /// The places of the old name. `path` leads to the value, `above` are the objects that it is in.
    fn find<'a>(
        &self,
        node: &'a Node<'a>,
        path: &mut Vec<&'a str>,
        above: &[&'a Node<'a>],
        found: &mut Vec<Range<usize>>,
    ) {
        match node {
            Node::Object(object) => {
                let above: Vec<_> = above.iter().copied().chain([node]).collect();
                for property in &object.properties {
                    path.push(property.name.as_str());
                    self.find(&property.value, path, &above, found);
                    path.pop();
                }
            }
            Node::Array(array) => array.elements.iter().for_each(|element| self.find(element, path, above, found)),
            Node::StringLit(literal) if self.is_meant(&literal.value, path, above.last().copied()) => {
                found.push(node.start()..node.end());
            }
            _ => {}
        }
    }

    /// Whether a text is the old name, given the keys that lead to it and the object that it is in.
    fn is_meant(&self, text: &str, path: &[&str], entry: Option<&Node<'_>>) -> bool {
        let of_entry = |key: &str| {
            let Some(Node::Object(entry)) = entry else { return None };
            match &entry.properties.iter().find(|property| property.name.as_str() == key)?.value {
                Node::StringLit(literal) => Some(literal.value.to_string()),
                _ => None,
            }
        };
        let wire = || of_entry("field").or_else(|| of_entry("parameter"));
        let same = text == self.from.trim_start_matches("r#");
        match (&self.of, path) {
            (Named::Type, [.., "record"] | ["kept", "names"]) => same,
            (Named::Type, ["names", "name"]) => {
                let short = self.alone && self.from.strip_suffix("Input") == Some(text);
                (same || short) && wire().is_none()
            }
            (Named::Type, ["names", "type"]) => same && wire().is_some(),
            (Named::Item(_, _, items), ["names", "name"]) => {
                same && wire().is_some_and(|wire| items.iter().any(|(_, known)| *known == wire))
            }
            (_, ["kept", "names"]) => same,
            _ => false,
        }
    }
}
