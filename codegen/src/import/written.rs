//! A schema as it is written, its keys read one by one.

use serde_json::Value;

use super::keys::Keys;
use super::tree::{Node, Position};
use super::{Fix, Importer, openapi};
use crate::near;

/// A schema's keys. The schemas inside it are not read yet.
#[derive(Debug, Default)]
pub(super) struct Written<'n> {
    pub(super) at: Position,
    pub(super) reference: Option<&'n str>,
    pub(super) types: Types<'n>,
    pub(super) nullable: bool,
    pub(super) format: Option<&'n str>,
    /// Allowed values, `const` among them.
    pub(super) values: Vec<Value>,
    pub(super) default: Option<Value>,
    pub(super) properties: Option<&'n Node<'n>>,
    pub(super) required: Vec<&'n str>,
    pub(super) additional: Option<&'n Node<'n>>,
    pub(super) items: Option<&'n Node<'n>>,
    pub(super) all_of: &'n [Node<'n>],
    pub(super) one_of: &'n [Node<'n>],
    pub(super) any_of: &'n [Node<'n>],
    pub(super) minimum: Option<f64>,
    pub(super) maximum: Option<f64>,
    pub(super) min_length: Option<u64>,
    pub(super) max_length: Option<u64>,
    pub(super) min_items: Option<u64>,
    pub(super) max_items: Option<u64>,
    pub(super) unique: bool,
    pub(super) read_only: bool,
    /// Whether a pattern says that there are digits.
    pub(super) digits: bool,
}

/// Formats that mean something; a note tells of others.
const FORMATS: &[&str] =
    &["binary", "date", "date-time", "double", "email", "float", "int32", "int64", "time", "uri", "url"];

const TYPES: &[&str] = &["array", "boolean", "integer", "null", "number", "object", "string"];

impl Written<'_> {
    /// Whether several shapes are allowed.
    pub(super) fn is_union(&self) -> bool {
        !self.one_of.is_empty() || !self.any_of.is_empty()
    }

    /// Whether null is all that is allowed.
    pub(super) fn is_null(&self) -> bool {
        self.types.is_null() || (!self.values.is_empty() && self.values.iter().all(Value::is_null))
    }
}

impl<'n> Importer<'n> {
    /// Reads the keys of a schema. `true` is any value (`false` is read the same way, as nobody means it).
    pub(super) fn written(&mut self, node: &'n Node<'n>, file: &'n str) -> Written<'n> {
        if node.flag().is_some() {
            return Written { at: node.at(), ..Written::default() };
        }
        let keys = self.keys(node, file, &openapi::SCHEMA);
        let (minimum, maximum) = self.limits(keys);
        Written {
            at: node.at(),
            reference: self.reference(keys),
            types: self.type_words(keys),
            nullable: self.flag(keys, "nullable") == Some(true),
            format: self.format(keys),
            values: self.values(keys),
            default: node.get("default").filter(|default| !default.is_null()).map(Node::value),
            properties: self.object(keys, "properties"),
            required: self.texts(keys, "required"),
            additional: node.get("additionalProperties"),
            items: node.get("items"),
            all_of: self.list(keys, "allOf"),
            one_of: self.list(keys, "oneOf"),
            any_of: self.list(keys, "anyOf"),
            minimum,
            maximum,
            min_length: self.count(keys, "minLength"),
            max_length: self.count(keys, "maxLength"),
            min_items: self.count(keys, "minItems"),
            max_items: self.count(keys, "maxItems"),
            unique: self.flag(keys, "uniqueItems") == Some(true),
            read_only: self.flag(keys, "readOnly") == Some(true),
            digits: self.digits(keys),
        }
    }

    /// `type`: a word or a list of words.
    fn type_words(&mut self, keys: Keys<'n>) -> Types<'n> {
        let words = match keys.node.get("type") {
            Some(Node::List(..)) => self.texts(keys, "type"),
            _ => self.text(keys, "type").into_iter().collect(),
        };
        for word in words.iter().filter(|word| !TYPES.contains(*word)) {
            let at = keys.node.get("type").map_or_else(|| keys.node.at(), Node::at);
            let meant = near(word, TYPES.iter().copied()).map_or_else(String::new, |near| format!("; is it {near}?"));
            let problem = format!("the type `{word}` is not known; any value is accepted{meant}");
            self.note(keys.file, at, problem, Fix::Change("type", "\"…\"".to_owned()));
        }
        Types(words)
    }

    fn format(&mut self, keys: Keys<'n>) -> Option<&'n str> {
        let format = self.text(keys, "format")?;
        if !FORMATS.contains(&format) {
            let problem = format!("the format `{format}` is not known; only the type beside it counts");
            self.note(keys.file, keys.node.at(), problem, Fix::Change("type", "\"…\"".to_owned()));
        }
        Some(format)
    }

    fn values(&mut self, keys: Keys<'n>) -> Vec<Value> {
        let listed = self.list(keys, "enum").iter();
        listed.chain(keys.node.get("const")).map(Node::value).collect()
    }

    /// The smallest and the largest number. Limits that are themselves excluded are a flag in OpenAPI 3.0 and a
    /// number in 3.1; for whole numbers they are the next number.
    fn limits(&mut self, keys: Keys<'n>) -> (Option<f64>, Option<f64>) {
        let least = self.limit(keys, "minimum", "exclusiveMinimum", 1.0);
        let most = self.limit(keys, "maximum", "exclusiveMaximum", -1.0);
        (least, most)
    }

    fn limit(&mut self, keys: Keys<'n>, key: &'static str, exclusive: &'static str, step: f64) -> Option<f64> {
        let inclusive = self.number(keys, key);
        let excluded = match keys.node.get(exclusive) {
            Some(node) if node.flag() == Some(true) => inclusive,
            Some(node) if node.flag() == Some(false) => None,
            _ => self.number(keys, exclusive),
        };
        let Some(excluded) = excluded else { return inclusive };
        let whole = keys.node.get("type").and_then(Node::text) == Some("integer");
        if !whole {
            let at = keys.node.get(exclusive).map_or_else(|| keys.node.at(), Node::at);
            let problem = format!("`{exclusive}` is read as `{key}`: {excluded} itself is accepted");
            self.note(keys.file, at, problem, Fix::Other("the service refuses that one number; accept this note"));
        }
        let excluded =
            if whole { (if step > 0.0 { excluded.floor() } else { excluded.ceil() }) + step } else { excluded };
        let tighter = if step > 0.0 { f64::max } else { f64::min };
        // With a flag, the limit itself is what is excluded.
        let inclusive = inclusive.filter(|_| keys.node.get(exclusive).is_some_and(|node| node.flag().is_none()));
        Some(inclusive.map_or(excluded, |inclusive| tighter(inclusive, excluded)))
    }

    /// A pattern of digits is understood, and no other one.
    fn digits(&mut self, keys: Keys<'n>) -> bool {
        // Some tools write an empty object where there is no pattern.
        let Some(pattern) = keys.node.get("pattern").and_then(|node| Some((node, node.text()?))) else { return false };
        let (node, pattern) = pattern;
        let digits = pattern.contains("[0-9]+");
        if !digits {
            let problem = format!("the pattern {pattern} is not understood and was left out");
            self.note(keys.file, node.at(), problem, Fix::Other("the service checks it; accept this note"));
        }
        digits
    }
}

/// The words of `type`.
#[derive(Clone, Debug, Default)]
pub(super) struct Types<'n>(Vec<&'n str>);

impl Types<'_> {
    pub(super) fn has(&self, word: &str) -> bool {
        self.0.contains(&word)
    }

    /// Whether nothing is said.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether `null` is the only word.
    pub(super) fn is_null(&self) -> bool {
        self.has("null") && self.0.iter().all(|word| *word == "null")
    }

    /// Whether there is any word other than `null`, and all such words are among `words`.
    pub(super) fn within(&self, words: &[&str]) -> bool {
        let mut others = self.0.iter().filter(|word| **word != "null").peekable();
        others.peek().is_some() && others.all(|word| words.contains(word))
    }
}
