//! The keys of an object: which ones mean something, and their values with the right kind.

use super::tree::{Node, Position};
use super::{Fix, Importer};
use crate::diagnostic::{Diagnostic, Location};
use crate::near;

/// The keys that an object may have.
#[derive(Debug)]
pub(super) struct Known {
    /// What the object is, in a word.
    pub(super) what: &'static str,
    /// Keys that are read.
    pub(super) read: &'static [&'static str],
    /// Keys that mean nothing for calls and answers, such as examples.
    pub(super) plain: &'static [&'static str],
}

/// An object of a file whose keys are being read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Keys<'n> {
    pub(super) node: &'n Node<'n>,
    pub(super) file: &'n str,
}

impl<'n> Importer<'n> {
    /// An object's keys. Keys that are not understood are told; what is no object has none, which is an error.
    pub(super) fn keys(&mut self, node: &'n Node<'n>, file: &'n str, known: &Known) -> Keys<'n> {
        let Some(entries) = node.entries() else {
            self.fail(file, node.at(), format!("{} instead of {}", node.kind(), known.what));
            return Keys { node, file };
        };
        for entry in entries {
            let key = entry.key.as_ref();
            if known.read.contains(&key) || known.plain.contains(&key) || key.starts_with("x-") {
                continue;
            }
            // What is meant by it is read by `reference`.
            if key == "ref" && known.read.contains(&"$ref") && entry.value.text().is_some() {
                continue;
            }
            let problem = format!("`{key}` of {} is not understood and was left out", known.what);
            let meant =
                near(key, known.read.iter().copied()).map_or_else(String::new, |near| format!("; is it {near}?"));
            self.note(file, entry.at, problem + &meant, Fix::Unknown);
        }
        Keys { node, file }
    }

    /// The target of a reference. `ref` is taken for `$ref`, and told.
    pub(super) fn reference(&mut self, keys: Keys<'n>) -> Option<&'n str> {
        if let Some(text) = self.text(keys, "$ref") {
            return Some(text);
        }
        let entry = keys.node.entries()?.iter().find(|entry| entry.key == "ref")?;
        let text = entry.value.text()?;
        let problem = format!("`ref` is read as `$ref`: {text}");
        self.note(keys.file, entry.at, problem, Fix::Unknown);
        Some(text)
    }

    pub(super) fn text(&mut self, keys: Keys<'n>, key: &str) -> Option<&'n str> {
        self.of_kind(keys, key, "a text", Node::text)
    }

    pub(super) fn flag(&mut self, keys: Keys<'n>, key: &str) -> Option<bool> {
        self.of_kind(keys, key, "true or false", Node::flag)
    }

    pub(super) fn number(&mut self, keys: Keys<'n>, key: &str) -> Option<f64> {
        self.of_kind(keys, key, "a number", |node| node.number()?.as_f64())
    }

    /// A whole number that is not negative, which may be written as `5.0`.
    pub(super) fn count(&mut self, keys: Keys<'n>, key: &str) -> Option<u64> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole, not negative, and small")]
        let whole = |number: f64| (number >= 0.0 && number.fract() == 0.0 && number < 1e15).then_some(number as u64);
        self.of_kind(keys, key, "a whole number that is not negative", |node| {
            let number = node.number()?;
            number.as_u64().or_else(|| whole(number.as_f64()?))
        })
    }

    /// The elements of a list; none if there is no list.
    pub(super) fn list(&mut self, keys: Keys<'n>, key: &str) -> &'n [Node<'n>] {
        self.of_kind(keys, key, "a list", Node::list).unwrap_or_default()
    }

    /// An object inside an object.
    pub(super) fn object(&mut self, keys: Keys<'n>, key: &str) -> Option<&'n Node<'n>> {
        self.of_kind(keys, key, "an object", |node| node.entries().map(|_| node))
    }

    /// A list of texts.
    pub(super) fn texts(&mut self, keys: Keys<'n>, key: &str) -> Vec<&'n str> {
        let mut texts = Vec::new();
        for element in self.list(keys, key) {
            match element.text() {
                Some(text) => texts.push(text),
                None => self.fail(keys.file, element.at(), format!("`{key}`: {} instead of a text", element.kind())),
            }
        }
        texts
    }

    fn of_kind<T>(
        &mut self,
        keys: Keys<'n>,
        key: &str,
        kind: &str,
        read: impl FnOnce(&'n Node<'n>) -> Option<T>,
    ) -> Option<T> {
        // A key without a value is as good as none.
        let node = keys.node.get(key).filter(|node| !node.is_null())?;
        let value = read(node);
        if value.is_none() {
            self.fail(keys.file, node.at(), format!("`{key}`: {} instead of {kind}", node.kind()));
        }
        value
    }

    /// Adds an error, which refuses the import.
    pub(super) fn fail(&mut self, file: &str, (line, column): Position, problem: String) {
        let mut location = Location::at(file, line as usize, column as usize);
        location.path = self.documents.path(file, (line, column));
        let help = "only OpenAPI 3.0 and 3.1 can be imported; correct the file";
        self.diagnostics.push(Diagnostic::new(location, problem, help));
    }
}
