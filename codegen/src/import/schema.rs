//! OpenAPI schemas → the spec's types: references become names.

use serde_json::Value;

use super::openapi::{self, Additional};
use super::reference::{Reference, Section};
use super::scalar::scalar;
use super::{Importer, counts};
use crate::spec::{Kind, Object, Rules, Scalar, Schema};

/// Deeper than any real description nests; beyond this, something refers to itself.
const DEPTH: usize = 64;

impl Importer<'_> {
    /// The spec's type for a schema in `file`.
    pub(super) fn schema(&mut self, schema: &openapi::Schema, file: &str) -> Schema {
        self.nested(schema, file, 0)
    }

    pub(super) fn nested(&mut self, schema: &openapi::Schema, file: &str, depth: usize) -> Schema {
        for keyword in schema.unknown.keys() {
            if !keyword.starts_with("x-") {
                self.note(format!("{file}: keyword `{keyword}` of a schema is not understood and was left out"));
            }
        }
        if depth > DEPTH {
            self.note(format!("{file}: a schema is nested over {DEPTH} levels deep; any value is accepted there"));
            return Schema::scalar(Scalar::Any);
        }
        if let Some(reference) = &schema.reference {
            return Schema::new(Kind::Named(self.type_name(reference, file)));
        }
        let unions = !schema.one_of.is_empty() || !schema.any_of.is_empty();
        let mut made = if !schema.all_of.is_empty() || (unions && schema.properties.is_some()) {
            self.merged(schema, file, depth)
        } else if unions {
            self.union(schema, file, depth)
        } else {
            self.plain(schema, file, depth)
        };
        made.nullable |= schema.types.has("null") || schema.values.contains(&Value::Null);
        made
    }

    pub(super) fn plain(&mut self, schema: &openapi::Schema, file: &str, depth: usize) -> Schema {
        if let Some(properties) = &schema.properties {
            let mut fields = indexmap::IndexMap::new();
            for (name, field) in properties {
                let mut made = self.nested(field, file, depth + 1);
                counts::settle(name, &mut made);
                fields.insert(name.clone(), made);
            }
            return Schema::new(Kind::Object(Object {
                fields,
                required: schema.required.clone(),
                ..Object::default()
            }));
        }
        if let Some(items) = &schema.items {
            let mut of = Box::new(self.nested(items, file, depth + 1));
            // Wide numbers in a list are ids: amounts do not come in lists.
            if items.format.as_deref() == Some("int64") && of.kind == Kind::Scalar(Scalar::Integer) {
                of.kind = Kind::Scalar(Scalar::Id);
            }
            let rules = Rules {
                min_items: schema.min_items,
                max_items: schema.max_items,
                unique: schema.unique_items,
                ..Rules::default()
            };
            return Schema { kind: Kind::List(of), nullable: false, rules };
        }
        if schema.types.within(&["object"]) {
            let of = match &schema.additional_properties {
                // The contents of a map are custom: digits in the description are an example, not a rule.
                Some(Additional::Typed(of)) => match self.nested(of, file, depth + 1) {
                    Schema { kind: Kind::Scalar(Scalar::Id), .. } => Schema::scalar(Scalar::Any),
                    made => made,
                },
                Some(Additional::Allowed(_)) | None => Schema::scalar(Scalar::Any),
            };
            return Schema::new(Kind::Map(Box::new(of)));
        }
        if schema.types.within(&["array"]) {
            return Schema::new(Kind::List(Box::new(Schema::scalar(Scalar::Any))));
        }
        scalar(schema)
    }

    /// `oneOf` and `anyOf`, which the description uses interchangeably. A branch of `null` only says
    /// that null is allowed; a single branch is not a union.
    pub(super) fn union(&mut self, schema: &openapi::Schema, file: &str, depth: usize) -> Schema {
        let mut nullable = false;
        let mut branches = Vec::new();
        for branch in schema.one_of.iter().chain(&schema.any_of) {
            if branch.types.is_null() {
                nullable = true;
                continue;
            }
            let made = self.nested(branch, file, depth + 1);
            if !branches.contains(&made) {
                branches.push(made);
            }
        }
        let mut made = match branches.pop() {
            None => Schema::scalar(Scalar::Any),
            Some(only) if branches.is_empty() => only,
            Some(last) => {
                branches.push(last);
                Schema::new(Kind::Union(branches))
            }
        };
        made.nullable |= nullable;
        made
    }

    /// The type behind a name that `type_name` gave; none if the type is inside itself.
    pub(super) fn named(&mut self, name: &str) -> Option<Schema> {
        let reference = self.names.get(name)?.clone();
        let documents = self.documents;
        let components = &documents.get(&reference.file)?.components;
        let source = match reference.section {
            Section::Schemas => components.schemas.get(&reference.name)?,
            Section::Responses => &openapi::document(&components.responses.get(&reference.name)?.content)?.schema,
            Section::RequestBodies => {
                &openapi::document(&components.request_bodies.get(&reference.name)?.content)?.schema
            }
            Section::Parameters => return None,
        };
        if let Some(made) = self.made.get(name) {
            return Some(made.clone());
        }
        if self.open.len() > DEPTH {
            self.note(format!(
                "{}: references lead on over {DEPTH} types; any value is accepted for {name}",
                reference.file
            ));
            return None;
        }
        if !self.open.insert(name.to_owned()) {
            return None;
        }
        let made = self.schema(source, &reference.file);
        self.open.remove(name);
        self.made.insert(name.to_owned(), made.clone());
        Some(made)
    }

    fn type_name(&mut self, reference: &str, file: &str) -> String {
        let reference = Reference::parse(reference, file);
        if !self.exists(&reference) {
            self.note(format!("{file}: {reference} does not exist; add the type to spec/local/types.json"));
        }
        self.reach(reference)
    }
}
