//! Values that are only known during the run: ids of existing records.

use std::collections::BTreeMap;

use desk_mock::Example;
use desk_sdk::{FilePart, Id};
use serde_json::{Map, Value};

use crate::known::Known;

/// Marks an id in a document, before the name of its field.
const ID: &str = "$id:";

/// The values for one call.
#[derive(Debug)]
pub(crate) struct Samples<'k> {
    pub(crate) known: &'k Known,
    pub(crate) module: &'static str,
    /// The list whose records an operation without a parent in its path is about, such as `/api/v1/articles`.
    pub(crate) list: Option<String>,
    /// The ids of the path, by parameter.
    pub(crate) path: BTreeMap<&'static str, String>,
    /// For this run's own server, the values that lead to its records.
    pub(crate) example: Example,
}

impl Samples<'_> {
    /// A path parameter's id.
    pub(crate) fn path(&self, name: &str) -> Id {
        self.path.get(name).map_or_else(|| self.id(name), |id| Id::from(id.as_str()))
    }

    /// An id for a parameter or field of this name.
    pub(crate) fn id(&self, name: &str) -> Id {
        self.ids(name, 1).into_iter().next().unwrap_or_else(|| Id::from(made_up(name, 0)))
    }

    /// Several ids for a list of this name.
    pub(crate) fn ids(&self, name: &str, count: usize) -> Vec<Id> {
        let one = singular(name);
        let told = self.example.body.get(name).or_else(|| self.example.query.get(name));
        if let (Some(id), 1) = (told, count) {
            return vec![Id::from(id.as_str())];
        }
        let own = || self.path.get(one.as_str()).cloned().into_iter().collect::<Vec<_>>();
        let mut found = own();
        if found.is_empty() && one == "id" {
            found = self.list.as_deref().map(|list| self.known.listed(list).to_vec()).unwrap_or_default();
        }
        if found.is_empty() {
            found = self.known.named(self.module, &one);
        }
        found.truncate(count);
        found.extend((found.len()..count).map(|index| made_up(&one, index)));
        found.iter().map(|id| Id::from(id.as_str())).collect()
    }

    /// The text of a parameter; a value that leads to records takes precedence.
    pub(crate) fn text(&self, name: &str, usual: &str) -> String {
        let told = self.example.path.get(name).or_else(|| self.example.query.get(name));
        told.map_or(usual, String::as_str).to_owned()
    }

    /// A time.
    pub(crate) fn time(&self) -> &'static str {
        "2024-05-14T09:30:00.000Z"
    }

    /// A file.
    pub(crate) fn file(&self) -> FilePart {
        FilePart::new("sample.txt", "sample")
    }

    /// A document, with ids in place of their names.
    pub(crate) fn json(&self, text: &str) -> Value {
        let mut value = serde_json::from_str(text).unwrap_or_default();
        self.put_ids(&mut value);
        value
    }

    /// A document that is an object.
    pub(crate) fn map(&self, text: &str) -> Map<String, Value> {
        match self.json(text) {
            Value::Object(map) => map,
            _ => Map::new(),
        }
    }

    fn put_ids(&self, value: &mut Value) {
        match value {
            Value::String(text) => {
                if let Some(name) = text.strip_prefix(ID) {
                    *text = self.id(name).to_string();
                }
            }
            Value::Array(list) => list.iter_mut().for_each(|value| self.put_ids(value)),
            Value::Object(map) => map.values_mut().for_each(|value| self.put_ids(value)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
}

/// `ticketIds` is the plural of `ticketId`.
pub(crate) fn singular(name: &str) -> String {
    let plural = ["Ids", "ids", "IDs"].iter().any(|end| name.ends_with(end));
    if plural { name[..name.len() - 1].to_owned() } else { name.to_owned() }
}

/// An id of no record; always the same for the same name.
pub(crate) fn made_up(name: &str, index: usize) -> String {
    let spread = name.bytes().fold(7_u64, |sum, byte| (sum * 31 + u64::from(byte)) % 10_000_000);
    format!("18920000009{:07}", spread + index as u64)
}
