//! The shapes that a type may have, after following names.

use super::Importer;
use crate::spec::{Kind, Object, Schema};

impl Importer<'_> {
    /// The shapes an answer may have, after following names.
    pub(super) fn branches(&mut self, schema: &Schema, depth: usize) -> Vec<Schema> {
        match &schema.kind {
            Kind::Union(branches) if depth < 8 => {
                branches.clone().iter().flat_map(|branch| self.branches(branch, depth + 1)).collect()
            }
            Kind::Named(name) if depth < 8 => {
                let target = self.named(&name.clone());
                target.map(|target| self.branches(&target, depth + 1)).unwrap_or_default()
            }
            _ => vec![schema.clone()],
        }
    }

    /// The key that holds the records of an answer: `data`, or else its only list. Empty if the
    /// answer itself is the list.
    pub(super) fn list_key(&mut self, answer: &Schema) -> Option<String> {
        let mut lists = Vec::new();
        for branch in self.branches(answer, 0) {
            if matches!(branch.kind, Kind::List(_)) {
                return Some(String::new());
            }
            let Kind::Object(object) = branch.kind else { continue };
            for (name, field) in object.fields {
                let list = self.branches(&field, 0).iter().any(|kind| matches!(kind.kind, Kind::List(_)));
                if list && !lists.contains(&name) {
                    lists.push(name);
                }
            }
        }
        match lists.iter().position(|name| name == "data") {
            Some(data) => Some(lists.swap_remove(data)),
            None if lists.len() == 1 => lists.pop(),
            None => None,
        }
    }

    pub(super) fn has_required(&mut self, schema: &Schema) -> bool {
        self.is_record(schema, |object| !object.required.is_empty())
    }

    pub(super) fn is_all_required(&mut self, schema: &Schema) -> bool {
        self.is_record(schema, |object| {
            !object.fields.is_empty() && object.fields.keys().all(|name| object.required.contains(name))
        })
    }

    /// Whether every shape that a type may have is such a record.
    pub(super) fn is_record(&mut self, schema: &Schema, such: impl Fn(&Object) -> bool) -> bool {
        let branches = self.branches(schema, 0);
        !branches.is_empty()
            && branches.iter().all(|branch| matches!(&branch.kind, Kind::Object(object) if such(object)))
    }
}

/// Whether a shape is the API's error object.
pub(super) fn is_error(schema: &Schema) -> bool {
    matches!(&schema.kind, Kind::Object(object)
        if object.fields.contains_key("errorCode") && object.fields.contains_key("message"))
}
