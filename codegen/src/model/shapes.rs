//! What a type resolves to once names are followed, unions opened, and the views of a thing merged.

use std::borrow::Cow;
use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::types::{Lowering, Role};
use crate::spec::{Kind, Object, Rules, Scalar, Schema};

/// What a type resolves to once names are followed and unions opened.
pub(super) enum Shape<'s> {
    Scalar(Scalar, Cow<'s, Rules>),
    List(Cow<'s, Schema>),
    Map(&'s Schema),
    Object(Views<'s>),
}

/// The views of a record: together they have its fields.
pub(super) struct Views<'s> {
    /// The name of the spec that it has.
    pub(super) name: Option<&'s str>,
    pub(super) views: Vec<&'s Object>,
}

/// A shape that a type may have, and the name that it is found under.
pub(super) type Branch<'s> = (&'s Schema, Option<&'s str>);

impl<'a> Lowering<'a> {
    pub(super) fn shape<'s>(&self, schema: &'s Schema, role: Role) -> Shape<'s>
    where
        'a: 's,
    {
        let mut branches = Vec::new();
        self.branches(schema, None, role, &mut branches, &mut BTreeSet::new());
        let any = || Shape::Scalar(Scalar::Any, Cow::Owned(Rules::default()));
        // Next to a result, the service's error only says that the call may fail.
        if role == Role::Answer && branches.iter().any(|(branch, _)| !self.is_error(branch)) {
            branches.retain(|(branch, _)| !self.is_error(branch));
        }
        // Next to a record, a mapping to anything says nothing.
        if branches.iter().any(|(branch, _)| matches!(branch.kind, Kind::Object(_))) {
            branches.retain(|(branch, _)| !is_anything(branch));
        }
        let Some(((first, _), rest)) = branches.split_first() else { return any() };
        match &first.kind {
            Kind::Object(_) => {
                let views = branches.iter().map(|(branch, _)| match &branch.kind {
                    Kind::Object(object) => Some(object),
                    _ => None,
                });
                let Some(views) = views.collect() else { return any() };
                let mut names: BTreeSet<&str> = branches.iter().filter_map(|(_, name)| *name).collect();
                // An unnamed record next to a single thing is a view of it.
                let alike = rest.is_empty() || (role == Role::Answer && names.len() == 1);
                let name = names.pop_first().filter(|_| alike).or_else(|| self.union_name(schema));
                Shape::Object(Views { name, views })
            }
            Kind::List(first) => {
                let mut all: Vec<&Schema> = vec![first];
                for (branch, _) in rest {
                    match &branch.kind {
                        Kind::List(of) => all.push(of),
                        _ => return any(),
                    }
                }
                all.dedup();
                Shape::List(either(&all))
            }
            Kind::Map(of) if rest.is_empty() => Shape::Map(of),
            Kind::Scalar(scalar) => scalars(*scalar, &first.rules, rest),
            _ => any(),
        }
    }

    /// The shapes that a type may have, with names followed and unions opened; each comes with the name that it is
    /// found under.
    pub(super) fn branches<'s>(
        &self,
        schema: &'s Schema,
        name: Option<&'s str>,
        role: Role,
        found: &mut Vec<Branch<'s>>,
        open: &mut BTreeSet<&'s str>,
    ) where
        'a: 's,
    {
        let (spec, things) = (self.spec, self.things);
        match &schema.kind {
            Kind::Named(target) => {
                // In an answer, each type of a thing stands for all of them.
                let types = if role == Role::Answer { things.of(target) } else { vec![target.as_str()] };
                let whole = types.len() > 1;
                for one in &types {
                    if open.insert(one)
                        && let Some(schema) = spec.types.get(*one)
                    {
                        let before = found.len();
                        self.branches(schema, Some(one), role, found, open);
                        if whole {
                            found[before..].iter_mut().for_each(|(_, name)| *name = Some(types[0]));
                        }
                    }
                }
            }
            Kind::Union(of) => of.iter().for_each(|branch| self.branches(branch, None, role, found, open)),
            _ => {
                if !found.contains(&(schema, name)) {
                    found.push((schema, name));
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
    fn union_name<'s>(&self, schema: &'s Schema) -> Option<&'s str>
    where
        'a: 's,
    {
        let mut schema = schema;
        let mut name = None;
        let spec = self.spec;
        for _ in 0..=spec.types.len() {
            match schema.name() {
                Some(next) => {
                    name = Some(next);
                    schema = spec.types.get(next)?;
                }
                None => return name.filter(|_| matches!(schema.kind, Kind::Union(_))),
            }
        }
        None
    }
}

impl<'s> Views<'s> {
    /// Whether no view has a field.
    pub(super) fn are_empty(&self) -> bool {
        self.views.iter().all(|view| view.fields.is_empty())
    }

    /// The names of all fields, some of them several times.
    pub(super) fn names(&self) -> impl Iterator<Item = &'s str> {
        self.views.iter().flat_map(|view| view.fields.keys()).map(String::as_str)
    }

    /// The type of a field: any of those that the views have for it.
    pub(super) fn field(&self, name: &str) -> Cow<'s, Schema> {
        let mut known: Vec<&Schema> = Vec::new();
        for schema in self.views.iter().filter_map(|view| view.fields.get(name)) {
            if !known.contains(&schema) {
                known.push(schema);
            }
        }
        nullable_either(&known)
    }

    /// One record with the fields of all; a field is required only if all of them require it.
    pub(super) fn united(&self) -> Cow<'s, Object> {
        let (first, rest) = match self.views[..] {
            [only] => return Cow::Borrowed(only),
            [first, ref rest @ ..] => (first, rest),
            [] => return Cow::Owned(Object::default()),
        };
        let mut fields: IndexMap<&str, Vec<&Schema>> = IndexMap::new();
        for (name, schema) in self.views.iter().flat_map(|view| &view.fields) {
            let known = fields.entry(name).or_default();
            if !known.contains(&schema) {
                known.push(schema);
            }
        }
        let all = |list: fn(&Object) -> &Vec<String>| {
            let shared = list(first).iter().filter(|name| rest.iter().all(|object| list(object).contains(*name)));
            shared.cloned().collect()
        };
        let field = |(name, known): (&str, Vec<&Schema>)| (name.to_owned(), nullable_either(&known).into_owned());
        Cow::Owned(Object {
            required: all(|object| &object.required),
            expected: all(|object| &object.expected),
            unless: self.views.iter().flat_map(|object| object.unless.clone()).collect(),
            fields: fields.into_iter().map(field).collect(),
        })
    }
}

/// Whether a type is a mapping from any text to anything.
fn is_anything(schema: &Schema) -> bool {
    matches!(&schema.kind, Kind::Map(of) if of.kind == Kind::Scalar(Scalar::Any))
}

fn scalars<'s>(first: Scalar, rules: &'s Rules, rest: &[Branch<'_>]) -> Shape<'s> {
    if rest.is_empty() && (first == Scalar::Text || rules.values.is_empty()) {
        return Shape::Scalar(first, Cow::Borrowed(rules));
    }
    let mut rules = rules.clone();
    let mut all = first;
    for (branch, _) in rest {
        let Kind::Scalar(scalar) = branch.kind else {
            return Shape::Scalar(Scalar::Any, Cow::Owned(Rules::default()));
        };
        if rules.values.is_empty() || branch.rules.values.is_empty() {
            rules.values.clear();
        } else {
            let new = branch.rules.values.iter().filter(|value| !rules.values.contains(value));
            let new: Vec<_> = new.cloned().collect();
            rules.values.extend(new);
        }
        all = match (all, scalar) {
            (a, b) if a == b => a,
            (a, b) if a.is_textual() && b.is_textual() => Scalar::Text,
            (Scalar::Text, Scalar::Id | Scalar::Integer) | (Scalar::Id | Scalar::Integer, Scalar::Text) => Scalar::Text,
            (Scalar::Id, Scalar::Integer) | (Scalar::Integer, Scalar::Id) => Scalar::Id,
            (Scalar::Integer, Scalar::Number) | (Scalar::Number, Scalar::Integer) => Scalar::Number,
            _ => Scalar::Any,
        };
    }
    if all != Scalar::Text {
        rules.values.clear();
    }
    Shape::Scalar(all, Cow::Owned(rules))
}

/// The type that is any of these.
fn either<'s>(known: &[&'s Schema]) -> Cow<'s, Schema> {
    match known {
        [only] => Cow::Borrowed(only),
        several => Cow::Owned(Schema::new(Kind::Union(several.iter().map(|one| (*one).clone()).collect()))),
    }
}

/// The same, `null` if any of them may be.
fn nullable_either<'s>(known: &[&'s Schema]) -> Cow<'s, Schema> {
    let mut schema = either(known);
    if known.iter().any(|one| one.nullable) && !schema.nullable {
        schema.to_mut().nullable = true;
    }
    schema
}
