//! References between OpenAPI files.

use std::fmt;

use heck::ToSnakeCase;

/// Where a reference points: a file, and the keys and indexes that lead to a value in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Reference {
    /// The file's path, such as `Ticket.json`.
    pub(super) file: String,
    pub(super) steps: Vec<String>,
}

/// Keys on the way to a value that say nothing about what it is.
const STRUCTURE: &[&str] = &[
    "$defs",
    "allOf",
    "anyOf",
    "components",
    "content",
    "definitions",
    "items",
    "oneOf",
    "parameters",
    "paths",
    "properties",
    "requestBodies",
    "requestBody",
    "responses",
    "schema",
    "schemas",
];

/// The endings of files that can be read.
const ENDINGS: &[&str] = &[".json", ".yaml", ".yml"];

impl Reference {
    /// Reads `./Ticket.json#/components/schemas/data`, or `#/components/…` for a reference within `file`. None if it
    /// points to an address instead of a file.
    pub(super) fn parse(text: &str, file: &str) -> Option<Self> {
        let (target, pointer) = text.split_once('#').unwrap_or((text, ""));
        if target.contains("://") || target.starts_with("//") {
            return None;
        }
        let step = |step: &str| decoded(step).replace("~1", "/").replace("~0", "~");
        let steps = pointer.trim_start_matches('/').split('/').filter(|step| !step.is_empty()).map(step).collect();
        let file = if target.is_empty() { file.to_owned() } else { beside(file, &decoded(target)) };
        Some(Self { file, steps })
    }

    /// A component of a file.
    pub(super) fn component(file: &str, section: &str, name: &str) -> Self {
        Self { file: file.to_owned(), steps: ["components", section, name].map(str::to_owned).to_vec() }
    }

    /// The part of `components` that it points to, if it points to one whole component.
    pub(super) fn section(&self) -> Option<&str> {
        match self.steps.as_slice() {
            [components, section, _] if components == "components" => Some(section),
            _ => None,
        }
    }

    /// What it points to, in a word or several: the keys that say something.
    pub(super) fn name(&self) -> String {
        if self.section().is_some() {
            return self.steps.last().cloned().unwrap_or_default();
        }
        let telling = |step: &&String| !STRUCTURE.contains(&step.as_str()) && !step.contains('/');
        let steps: Vec<_> = self.steps.iter().filter(telling).map(String::as_str).collect();
        if steps.is_empty() { own_name(&self.file).to_owned() } else { steps.join("_") }
    }

    /// The module in a file: `IM_Bot.json` holds `im_bot`, in whatever folder it is.
    pub(super) fn module(file: &str) -> String {
        own_name(file).to_snake_case()
    }
}

/// A file's name without folder and ending.
fn own_name(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    ENDINGS.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name)
}

/// The path of a file that is named in another one.
fn beside(file: &str, target: &str) -> String {
    let mut steps: Vec<&str> = file.split('/').collect();
    steps.pop();
    if target.starts_with('/') {
        steps.clear();
    }
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// `%7B` and the like, as they are in addresses, as text.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, more @ ..] = rest {
        let digits = (*first == b'%').then(|| more.get(..2)).flatten().and_then(|two| std::str::from_utf8(two).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &more[2..];
            }
            None => {
                bytes.push(*first);
                rest = more;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#", self.file)?;
        self.steps.iter().try_for_each(|step| write!(f, "/{}", step.replace('~', "~0").replace('/', "~1")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_relative_to_their_file() {
        for (text, file, shown) in [
            ("./Ticket.json#/components/schemas/data", "A.json", "Ticket.json#/components/schemas/data"),
            ("#/components/schemas/data", "a/A.json", "a/A.json#/components/schemas/data"),
            ("../b/B.yaml#/x", "a/A.json", "b/B.yaml#/x"),
            ("B.json", "a/A.json", "a/B.json#"),
            ("#/paths/~1a~1%7Bid%7D/get", "A.json", "A.json#/paths/~1a~1{id}/get"),
            ("%zz.json#/a%", "A.json", "%zz.json#/a%"),
        ] {
            assert_eq!(Reference::parse(text, file).unwrap().to_string(), shown, "{text}");
        }
        assert_eq!(Reference::parse("https://example.com/a.json#/b", "A.json"), None);
    }

    #[test]
    fn names_are_those_of_components_or_made_of_the_way_to_the_value() {
        for (text, name) in [
            ("#/components/schemas/data", "data"),
            ("#/components/schemas/items", "items"),
            ("#/components/schemas/ticket/properties/owner", "ticket_owner"),
            ("#/paths/~1a/get/responses/200/content/application~1json/schema", "get_200"),
            ("schemas/Ticket.yaml", "Ticket"),
        ] {
            assert_eq!(Reference::parse(text, "A.json").unwrap().name(), name, "{text}");
        }
        assert_eq!(Reference::module("a/IM_Bot.yaml"), "im_bot");
    }
}
