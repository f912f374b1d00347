//! OpenAPI schemas → the spec's types: references become names.

use serde_json::Value;

use super::scalar::scalar;
use super::tree::{Node, Position};
use super::written::Written;
use super::{Fix, Importer, counts};
use crate::near;
use crate::spec::{Kind, Object, Rules, Scalar, Schema};

/// Deeper than any real description nests; beyond this, something refers to itself.
const DEPTH: usize = 64;

impl<'n> Importer<'n> {
    /// The spec's type for a schema in `file`.
    pub(super) fn schema(&mut self, node: &'n Node<'n>, file: &'n str) -> Schema {
        let mut made = self.nested(node, file, 0);
        self.declare_required(&mut made, file, node.at());
        made
    }

    pub(super) fn nested(&mut self, node: &'n Node<'n>, file: &'n str, depth: usize) -> Schema {
        if depth > DEPTH {
            let problem = format!("a schema is nested over {DEPTH} levels deep; any value is accepted there");
            self.note(file, node.at(), problem, Fix::Unknown);
            return Schema::scalar(Scalar::Any);
        }
        let schema = self.written(node, file);
        let mut made = if let Some(reference) = schema.reference {
            self.referred(reference, &schema, file, depth)
        } else if !schema.all_of.is_empty() || (schema.is_union() && schema.properties.is_some()) {
            self.merged(&schema, None, file, depth)
        } else if schema.is_union() {
            self.union(&schema, file, depth)
        } else {
            self.plain(&schema, file, depth)
        };
        made.nullable |= schema.nullable || schema.types.has("null") || schema.values.contains(&Value::Null);
        made
    }

    pub(super) fn plain(&mut self, schema: &Written<'n>, file: &'n str, depth: usize) -> Schema {
        let object = schema.types.is_empty() || schema.types.within(&["object"]);
        if schema.properties.is_some() || (object && !schema.required.is_empty()) {
            let mut fields = indexmap::IndexMap::new();
            for entry in schema.properties.and_then(Node::entries).unwrap_or_default() {
                let mut made = self.nested(&entry.value, file, depth + 1);
                counts::settle(&entry.key, &mut made);
                fields.insert(entry.key.to_string(), made);
            }
            if let Some(Node::Map(at, keys)) = schema.additional
                && !keys.is_empty()
            {
                let problem = "other keys than the declared ones have a type, which is not checked";
                self.note(file, *at, problem, Fix::Other("undeclared keys are kept as they are; accept this note"));
            }
            let required = schema.required.iter().map(|name| (*name).to_owned()).collect();
            return Schema::new(Kind::Object(Object { fields, required, ..Object::default() }));
        }
        if let Some(items) = schema.items {
            let mut of = Box::new(self.nested(items, file, depth + 1));
            // Wide numbers in a list are ids: amounts do not come in lists.
            let wide = items.get("format").and_then(Node::text) == Some("int64");
            if wide && of.kind == Kind::Scalar(Scalar::Integer) {
                of.kind = Kind::Scalar(Scalar::Id);
            }
            let rules = Rules {
                min_items: schema.min_items,
                max_items: schema.max_items,
                unique: schema.unique,
                ..Rules::default()
            };
            return Schema { kind: Kind::List(of), nullable: false, rules };
        }
        if schema.types.within(&["object"]) {
            let of = match schema.additional {
                // The contents of a map are custom: digits in the description are an example, not a rule.
                Some(of @ Node::Map(..)) => match self.nested(of, file, depth + 1) {
                    Schema { kind: Kind::Scalar(Scalar::Id), .. } => Schema::scalar(Scalar::Any),
                    made => made,
                },
                _ => Schema::scalar(Scalar::Any),
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
    pub(super) fn union(&mut self, schema: &Written<'n>, file: &'n str, depth: usize) -> Schema {
        let mut nullable = false;
        let mut branches = Vec::new();
        for branch in schema.one_of.iter().chain(schema.any_of) {
            if self.written(branch, file).is_null() {
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

    /// Declares what a record requires without declaring it, which JSON Schema allows: a field with any value.
    fn declare_required(&mut self, made: &mut Schema, file: &'n str, at: Position) {
        match &mut made.kind {
            Kind::Object(object) => {
                let unknown = |name: &&String| !object.fields.contains_key(*name);
                for name in object.required.iter().filter(unknown).cloned().collect::<Vec<_>>() {
                    let near = near(&name, object.fields.keys().map(String::as_str)).map(str::to_owned);
                    let meant = near.as_ref().map_or_else(String::new, |near| format!("; is it {near}?"));
                    let problem =
                        format!("`required` names {name}, which is not declared; it may have any value{meant}");
                    self.note(file, at, problem, Fix::Required { name: name.clone(), near });
                    object.fields.insert(name, Schema::scalar(Scalar::Any));
                }
                object.fields.values_mut().for_each(|field| self.declare_required(field, file, at));
            }
            Kind::List(of) | Kind::Map(of) => self.declare_required(of, file, at),
            Kind::Union(of) => of.iter_mut().for_each(|branch| self.declare_required(branch, file, at)),
            Kind::Scalar(_) | Kind::Named(_) => {}
        }
    }
}
