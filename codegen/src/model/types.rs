//! The spec's types → Rust types: unions of records become one record, equal inline shapes one
//! type, and everything gets a name.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use indexmap::IndexMap;

use super::enums::{EnumId, Enums};
use super::names::{camel, singular, type_name};
use super::rules;
use crate::load::Spec;
use crate::spec::{Kind, Object, Rules, Scalar, Schema};

/// A Rust type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    Any,
    Boolean,
    DateTime,
    Enum(EnumId),
    File,
    Id,
    Integer,
    List(Box<Type>),
    Map(Box<Type>),
    Number,
    Record(RecordId),
    Text,
}

/// Refers to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(pub usize);

/// What a type is for: what comes back is read leniently, what is sent is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    Answer,
    Input,
}

/// A record with declared fields.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its Rust name; final only when the model is complete.
    pub name: String,
    pub role: Role,
    /// Sorted by wire name.
    pub fields: Vec<Field>,
    /// The type of the spec that it was made from, if that has a name.
    pub spec_name: Option<String>,
    /// Whether a person chose its name.
    pub chosen: bool,
}

/// A field of a record or a body.
#[derive(Clone, Debug)]
pub struct Field {
    pub wire: String,
    pub ty: Type,
    pub need: Need,
    pub nullable: bool,
    pub rules: Rules,
    /// The rules of a list's elements.
    pub inner: Rules,
    /// Its type in the spec.
    pub schema: Schema,
}

/// Whether a value has to be given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Need {
    #[default]
    Optional,
    Required,
    /// It is said to be required, although that is in doubt.
    Expected,
    /// Required, unless another field is given.
    Unless(String),
}

impl Need {
    fn of(name: &str, object: &Object) -> Self {
        if let Some(other) = object.unless.get(name) {
            Self::Unless(other.clone())
        } else if object.required.iter().any(|known| known == name) {
            Self::Required
        } else if object.expected.iter().any(|known| known == name) {
            Self::Expected
        } else {
            Self::Optional
        }
    }
}

impl Type {
    /// Calls `visit` with this type and those inside it, records not entered.
    pub fn walk(&self, visit: &mut impl FnMut(&Type)) {
        visit(self);
        if let Self::List(of) | Self::Map(of) = self {
            of.walk(visit);
        }
    }
}

/// Where a type is met: it decides the names of what is inside.
#[derive(Clone, Debug)]
pub(super) struct Context {
    pub(super) module: String,
    /// Rust name of the owner.
    pub(super) owner: String,
    /// Wire name of the field or parameter, if it is one.
    pub(super) field: Option<String>,
    pub(super) role: Role,
}

impl Context {
    fn field(&self, name: &str) -> Self {
        Self { field: Some(name.to_owned()), ..self.clone() }
    }

    fn name(&self) -> String {
        match &self.field {
            Some(field) => format!("{}{}", self.owner, camel(field)),
            None => self.owner.clone(),
        }
    }
}

/// What a type comes to once names and unions are resolved.
enum Shape {
    Scalar(Scalar, Rules),
    List(Schema),
    Map(Schema),
    Object { object: Object, name: Option<String> },
}

/// Lowers types one by one, remembering the records made so far.
pub(super) struct Lowering<'a> {
    spec: &'a Spec,
    pub(super) records: Vec<Record>,
    pub(super) enums: Enums,
    by_shape: HashMap<(Role, String), RecordId>,
    /// Which names that people chose have met their type.
    pub(super) used_names: BTreeSet<String>,
}

impl<'a> Lowering<'a> {
    pub(super) fn new(spec: &'a Spec) -> Self {
        Self {
            spec,
            records: Vec::new(),
            enums: Enums::default(),
            by_shape: HashMap::new(),
            used_names: BTreeSet::new(),
        }
    }

    /// The Rust type of a spec type.
    pub(super) fn lower(&mut self, schema: &Schema, context: &Context) -> Type {
        match self.shape(schema) {
            Shape::Scalar(scalar, rules) => self.scalar(scalar, &rules, context),
            Shape::List(of) => {
                // The records of a list are its items, whatever key they lie under.
                let context = match context.field.as_deref() {
                    None | Some("data") => context.field("item"),
                    Some(field) => context.field(&singular(field)),
                };
                Type::List(Box::new(self.lower(&of, &context)))
            }
            Shape::Map(of) => {
                let name = context.field.as_ref().map_or("value".to_owned(), |field| format!("{field} value"));
                Type::Map(Box::new(self.lower(&of, &context.field(&name))))
            }
            Shape::Object { object, .. } if object.fields.is_empty() => Type::Map(Box::new(Type::Any)),
            Shape::Object { object, name } => Type::Record(self.record(&object, name, context)),
        }
    }

    /// The fields of a body that is a record; none where it is anything else.
    pub(super) fn fields(&mut self, schema: &Schema, context: &Context) -> Option<Vec<Field>> {
        match self.shape(schema) {
            // What lies inside a body that has a name is named after that, whoever sends it.
            Shape::Object { object, name } if !object.fields.is_empty() => {
                let owner = name.as_deref().map_or_else(|| context.owner.clone(), type_name);
                Some(self.lower_fields(&object, &Context { owner, ..context.clone() }))
            }
            _ => None,
        }
    }

    fn scalar(&mut self, scalar: Scalar, rules: &Rules, context: &Context) -> Type {
        match scalar {
            Scalar::Text if rules.values.len() > 1 || (!rules.values.is_empty() && context.field.is_some()) => {
                let field = context.field.clone().unwrap_or_else(|| context.owner.clone());
                Type::Enum(self.enums.add(&context.module, &field, &rules.values))
            }
            Scalar::Any => Type::Any,
            Scalar::Boolean => Type::Boolean,
            Scalar::DateTime => Type::DateTime,
            Scalar::File => Type::File,
            Scalar::Id => Type::Id,
            Scalar::Integer => Type::Integer,
            Scalar::Number => Type::Number,
            Scalar::Text | Scalar::Date | Scalar::Time | Scalar::Email | Scalar::Url => Type::Text,
        }
    }

    fn record(&mut self, object: &Object, name: Option<String>, context: &Context) -> RecordId {
        let role = context.role;
        // A named type is one record wherever it is met; inline shapes are one where they are equal
        // and of one module, so that no other module's operation can take a name over.
        let key = name.clone().unwrap_or_else(|| format!("{} {}", context.module, inline_key(object, role)));
        if let Some(known) = self.by_shape.get(&(role, key.clone())) {
            return *known;
        }
        let id = RecordId(self.records.len());
        self.by_shape.insert((role, key), id);
        let (rust, module) = match &name {
            Some(name) => {
                (type_name(name), name.split_once('.').map_or_else(String::new, |(module, _)| module.to_owned()))
            }
            None => (context.name(), context.module.clone()),
        };
        let chosen =
            [name.as_ref(), Some(&rust)].into_iter().flatten().find_map(|key| self.spec.names.get_key_value(key));
        let rust = match chosen {
            Some((key, chosen)) => {
                self.used_names.insert(key.clone());
                chosen.name.clone()
            }
            None => rust,
        };
        let rust = match role {
            Role::Input if !rust.ends_with("Input") => format!("{rust}Input"),
            _ => rust,
        };
        let owner = rust.trim_end_matches("Input").to_owned();
        self.records.push(Record { name: rust, role, fields: Vec::new(), spec_name: name, chosen: chosen.is_some() });
        let context = Context { module, owner, field: None, role };
        self.records[id.0].fields = self.lower_fields(object, &context);
        id
    }

    fn lower_fields(&mut self, object: &Object, context: &Context) -> Vec<Field> {
        let sorted: BTreeMap<&String, &Schema> = object.fields.iter().collect();
        let lowered = sorted.into_iter().map(|(wire, schema)| Field {
            ty: self.lower(schema, &context.field(wire)),
            need: Need::of(wire, object),
            nullable: self.nullable(schema),
            rules: self.resolved_rules(schema),
            inner: self.element_rules(schema),
            schema: schema.clone(),
            wire: wire.clone(),
        });
        lowered.collect()
    }

    fn nullable(&self, schema: &Schema) -> bool {
        schema.nullable || self.spec.resolve(schema).is_some_and(|target| target.nullable)
    }

    /// The rules of a value: its own, those of what it names, or what all branches of a union agree on.
    pub(super) fn resolved_rules(&self, schema: &Schema) -> Rules {
        match self.spec.resolve(schema) {
            Some(Schema { kind: Kind::Union(_), .. }) => {
                let mut branches = Vec::new();
                self.branches(schema, None, &mut branches, &mut BTreeSet::new());
                let scalar = |(branch, _): &(Schema, _)| matches!(branch.kind, Kind::Scalar(_));
                let rules = branches.iter().all(scalar).then(|| branches.into_iter().map(|(branch, _)| branch.rules));
                rules.and_then(|rules| rules.reduce(rules::of_either)).unwrap_or_default()
            }
            Some(target) => target.rules.clone(),
            None => Rules::default(),
        }
    }

    pub(super) fn element_rules(&self, schema: &Schema) -> Rules {
        match self.spec.resolve(schema).map(|target| &target.kind) {
            Some(Kind::List(of)) => self.resolved_rules(of),
            _ => Rules::default(),
        }
    }

    fn shape(&mut self, schema: &Schema) -> Shape {
        let mut branches = Vec::new();
        self.branches(schema, None, &mut branches, &mut BTreeSet::new());
        let any = || Shape::Scalar(Scalar::Any, Rules::default());
        // Beside a record, a mapping to anything says nothing.
        if branches.iter().any(|(branch, _)| matches!(branch.kind, Kind::Object(_))) {
            branches.retain(|(branch, _)| !is_anything(branch));
        }
        let mut branches = branches.into_iter();
        let Some((first, name)) = branches.next() else { return any() };
        let rest: Vec<_> = branches.collect();
        let named = name.filter(|_| rest.is_empty()).or_else(|| self.union_name(schema));
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

    /// The shapes that a type may have, names followed and unions opened; with each the name it
    /// stands under.
    fn branches(
        &self,
        schema: &Schema,
        name: Option<&str>,
        found: &mut Vec<(Schema, Option<String>)>,
        open: &mut BTreeSet<String>,
    ) {
        match &schema.kind {
            Kind::Named(target) => {
                if open.insert(target.clone())
                    && let Some(listed) = self.spec.types.get(target)
                {
                    self.branches(&listed.schema, Some(target), found, open);
                }
            }
            Kind::Union(of) => of.iter().for_each(|branch| self.branches(branch, None, found, open)),
            _ => {
                let branch = (schema.clone(), name.map(str::to_owned));
                if !found.contains(&branch) {
                    found.push(branch);
                }
            }
        }
    }

    /// The name of a union that stands under one.
    fn union_name(&self, schema: &Schema) -> Option<String> {
        let mut schema = schema;
        let mut name = None;
        for _ in 0..=self.spec.types.len() {
            match schema.name() {
                Some(next) => {
                    name = Some(next.to_owned());
                    schema = &self.spec.types.get(next)?.schema;
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

/// One record with the fields of all; required is what all require. A field that several have
/// with different types may be any of them.
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

/// What makes two inline shapes equal. For answers, limits and required fields say nothing.
fn inline_key(object: &Object, role: Role) -> String {
    let fields: BTreeMap<_, _> = object.fields.iter().collect();
    let mut key = String::from("{");
    for (name, schema) in fields {
        key.push_str(name);
        key.push(':');
        schema_key(schema, role, &mut key);
        key.push(',');
    }
    if role == Role::Input {
        key.push_str(&format!("{:?}{:?}{:?}", object.required, object.expected, object.unless));
    }
    key.push('}');
    key
}

fn schema_key(schema: &Schema, role: Role, key: &mut String) {
    match &schema.kind {
        Kind::Scalar(scalar) => key.push_str(scalar.word()),
        Kind::Named(name) => key.push_str(name),
        Kind::List(of) => {
            key.push('[');
            schema_key(of, role, key);
            key.push(']');
        }
        Kind::Map(of) => {
            key.push('<');
            schema_key(of, role, key);
            key.push('>');
        }
        Kind::Object(object) => key.push_str(&inline_key(object, role)),
        Kind::Union(of) => {
            for branch in of {
                schema_key(branch, role, key);
                key.push('|');
            }
        }
    }
    if role == Role::Input {
        key.push_str(&format!("{:?}{}", schema.rules, schema.nullable));
    } else {
        key.push_str(&schema.rules.values.join("/"));
    }
}
