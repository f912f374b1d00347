//! What a type resolves to once names are followed, unions opened, and the views of a thing merged.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::types::{Lowering, Role};
use crate::spec::{Kind, Object, Rules, Scalar, Schema};

/// What a type resolves to once names are followed and unions opened.
pub(super) enum Shape {
    Scalar(Scalar, Rules),
    List(Schema),
    Map(Schema),
    Object { object: Object, name: Option<String> },
}

impl Lowering<'_> {
    pub(super) fn shape(&mut self, schema: &Schema, role: Role) -> Shape {
        let mut branches = Vec::new();
        self.branches(schema, None, role, &mut branches, &mut BTreeSet::new());
        let any = || Shape::Scalar(Scalar::Any, Rules::default());
        // Next to a result, the service's error only says that the call may fail.
        if role == Role::Answer && branches.iter().any(|(branch, _)| !self.is_error(branch)) {
            branches.retain(|(branch, _)| !self.is_error(branch));
        }
        // Next to a record, a mapping to anything says nothing.
        if branches.iter().any(|(branch, _)| matches!(branch.kind, Kind::Object(_))) {
            branches.retain(|(branch, _)| !is_anything(branch));
        }
        let mut branches = branches.into_iter();
        let Some((first, name)) = branches.next() else { return any() };
        let rest: Vec<_> = branches.collect();
        let mut names: BTreeSet<&String> = rest.iter().filter_map(|(_, name)| name.as_ref()).chain(&name).collect();
        // An unnamed record next to a single thing is a view of it.
        let alike = rest.is_empty() || (role == Role::Answer && names.len() == 1);
        let named = names.pop_first().filter(|_| alike).cloned().or_else(|| self.union_name(schema));
        match first.kind {
            Kind::Object(object) => {
                let mut all = vec![object];
                for (branch, _) in rest {
                    match branch.kind {
                        Kind::Object(object) => all.push(object),
                        _ => return any(),
                    }
                }
                Shape::Object { object: unite(all), name: named }
            }
            Kind::List(of) => {
                let mut all = vec![*of];
                for (branch, _) in rest {
                    match branch.kind {
                        Kind::List(of) => all.push(*of),
                        _ => return any(),
                    }
                }
                all.dedup();
                Shape::List(if all.len() == 1 { all.remove(0) } else { Schema::new(Kind::Union(all)) })
            }
            Kind::Map(of) if rest.is_empty() => Shape::Map(*of),
            Kind::Scalar(scalar) => self.scalars(scalar, first.rules, rest.into_iter().map(|(branch, _)| branch)),
            _ => any(),
        }
    }

    fn scalars(&mut self, first: Scalar, mut rules: Rules, rest: impl Iterator<Item = Schema>) -> Shape {
        let mut all = first;
        for branch in rest {
            let Kind::Scalar(scalar) = branch.kind else {
                return Shape::Scalar(Scalar::Any, Rules::default());
            };
            if rules.values.is_empty() || branch.rules.values.is_empty() {
                rules.values.clear();
            } else {
                let new = branch.rules.values.into_iter().filter(|value| !rules.values.contains(value));
                let new: Vec<_> = new.collect();
                rules.values.extend(new);
            }
            all = match (all, scalar) {
                (a, b) if a == b => a,
                (a, b) if a.is_textual() && b.is_textual() => Scalar::Text,
                (Scalar::Text, Scalar::Id | Scalar::Integer) | (Scalar::Id | Scalar::Integer, Scalar::Text) => {
                    Scalar::Text
                }
                (Scalar::Id, Scalar::Integer) | (Scalar::Integer, Scalar::Id) => Scalar::Id,
                (Scalar::Integer, Scalar::Number) | (Scalar::Number, Scalar::Integer) => Scalar::Number,
                _ => Scalar::Any,
            };
        }
        if all != Scalar::Text {
            rules.values.clear();
        }
        Shape::Scalar(all, rules)
    }

    /// The shapes that a type may have, with names followed and unions opened; each comes with the name that it is
    /// found under.
    pub(super) fn branches(
        &self,
        schema: &Schema,
        name: Option<&str>,
        role: Role,
        found: &mut Vec<(Schema, Option<String>)>,
        open: &mut BTreeSet<String>,
    ) {
        match &schema.kind {
            Kind::Named(target) => {
                // In an answer, each type of a thing stands for all of them.
                let types = if role == Role::Answer { self.things.of(target) } else { vec![target.as_str()] };
                let whole = types.len() > 1;
                for one in &types {
                    if open.insert((*one).to_owned())
                        && let Some(schema) = self.spec.types.get(*one)
                    {
                        let before = found.len();
                        self.branches(schema, Some(one), role, found, open);
                        if whole {
                            found[before..].iter_mut().for_each(|(_, name)| *name = Some(types[0].to_owned()));
                        }
                    }
                }
            }
            Kind::Union(of) => of.iter().for_each(|branch| self.branches(branch, None, role, found, open)),
            _ => {
                let branch = (schema.clone(), name.map(str::to_owned));
                if !found.contains(&branch) {
                    found.push(branch);
                }
            }
        }
    }

    /// Whether a type is the service's error object: a code, and a message for people, and nothing else.
    fn is_error(&self, schema: &Schema) -> bool {
        let Kind::Object(object) = &schema.kind else { return false };
        object.fields.len() == self.api.errors.roots().len() && self.api.errors.are_in(&object.fields)
    }

    /// The name of a union that is found under a name.
    fn union_name(&self, schema: &Schema) -> Option<String> {
        let mut schema = schema;
        let mut name = None;
        for _ in 0..=self.spec.types.len() {
            match schema.name() {
                Some(next) => {
                    name = Some(next.to_owned());
                    schema = self.spec.types.get(next)?;
                }
                None => return name.filter(|_| matches!(schema.kind, Kind::Union(_))),
            }
        }
        None
    }
}

/// Whether a type is a mapping from any text to anything.
fn is_anything(schema: &Schema) -> bool {
    matches!(&schema.kind, Kind::Map(of) if of.kind == Kind::Scalar(Scalar::Any))
}

/// One record with the fields of all; a field is required only if all of them require it. A field that several have
/// with different types may be any of these.
fn unite(all: Vec<Object>) -> Object {
    let mut fields: IndexMap<String, Vec<Schema>> = IndexMap::new();
    for object in &all {
        for (name, schema) in &object.fields {
            let known = fields.entry(name.clone()).or_default();
            if !known.contains(schema) {
                known.push(schema.clone());
            }
        }
    }
    let required = all.first().map(|first| first.required.clone()).unwrap_or_default();
    let required = required.into_iter().filter(|name| all.iter().all(|object| object.required.contains(name)));
    let expected = all.first().map(|first| first.expected.clone()).unwrap_or_default();
    let expected = expected.into_iter().filter(|name| all.iter().all(|object| object.expected.contains(name)));
    Object {
        required: required.collect(),
        expected: expected.collect(),
        unless: all.iter().flat_map(|object| object.unless.clone()).collect(),
        fields: fields.into_iter().map(|(name, known)| (name, either(known))).collect(),
    }
}

fn either(mut known: Vec<Schema>) -> Schema {
    let nullable = known.iter().any(|schema| schema.nullable);
    let mut schema = if known.len() == 1 { known.remove(0) } else { Schema::new(Kind::Union(known)) };
    schema.nullable |= nullable;
    schema
}
