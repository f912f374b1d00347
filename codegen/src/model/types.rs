//! The spec's types → Rust types: unions of records become one record, equal inline shapes become one type, and
//! everything gets a name.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Not as _;

use super::enums::{EnumId, Enums};
use super::naming::{Stem, singular};
use super::rules;
use super::shapes::{Branch, Shape, Views};
use super::things::Things;
use crate::api::Api;
use crate::spec::{Kind, Object, Rules, Scalar, Schema, Spec};

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
    /// An answer that holds only records, along with how many there are.
    Records(Box<Type>),
    Text,
    /// A start and an end in time.
    TimeRange,
    /// A length of time.
    TimeSpan,
}

/// Refers to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(pub usize);

/// What a type is for: answers are read leniently, requests are built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    Answer,
    Input,
}

/// A record with declared fields.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its Rust name; final only once the model is complete.
    pub name: String,
    pub role: Role,
    /// Sorted by wire name.
    pub fields: Vec<Field>,
    /// Where it comes from.
    pub origin: Origin,
    /// The module of the spec that it belongs to.
    pub module: String,
    /// What tells it from others with the same fields, if the spec has no name for it.
    pub shape: Option<u32>,
    /// Rust names that it had before.
    pub was: Vec<String>,
}

/// Where a record comes from, which determines its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Types of the spec that describe the same thing.
    Types(Vec<String>),
    /// A part of something, without a name of its own.
    Part { of: Owner, field: String },
    /// What an operation answers, without a name of its own.
    Answer(String),
    /// One of the records of a list on this subject, in words.
    Element(String),
}

/// What has parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    Record(RecordId),
    /// A type that is a body; its fields are set alongside the parameters.
    Body(String),
    /// An operation, by its id.
    Operation(String),
    /// A list on this subject, in words.
    List(String),
}

/// A field of a record or a body.
#[derive(Clone, Debug)]
pub struct Field {
    pub wire: String,
    /// Its Rust name, or that of its setter; final only once the model is complete.
    pub rust: String,
    /// Rust names that it had before.
    pub was: Vec<String>,
    pub ty: Type,
    pub need: Need,
    pub nullable: bool,
    pub rules: Rules,
    /// The rules of a list's elements.
    pub inner: Rules,
    /// Its type in the spec.
    pub schema: Schema,
}

/// Whether a value must be given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Need {
    #[default]
    Optional,
    Required,
    /// Declared as required, although that is in doubt.
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
    /// Calls `visit` with this type and those inside it, without entering records.
    pub fn walk(&self, visit: &mut impl FnMut(&Type)) {
        visit(self);
        if let Self::List(of) | Self::Map(of) | Self::Records(of) = self {
            of.walk(visit);
        }
    }
}

/// Where a type is found: this decides the names of what is inside.
#[derive(Clone, Debug)]
pub(super) struct Context {
    pub(super) module: String,
    pub(super) owner: Owner,
    /// Wire name of the field or parameter, if it is one.
    pub(super) field: Option<String>,
    pub(super) role: Role,
}

impl Context {
    fn field(&self, name: &str) -> Self {
        Self { field: Some(name.to_owned()), ..self.clone() }
    }

    /// What an inline record here is named after.
    fn origin(&self) -> Origin {
        match (&self.field, &self.owner) {
            (None, Owner::Operation(id)) => Origin::Answer(id.clone()),
            (None, Owner::List(about)) => Origin::Element(about.clone()),
            (field, owner) => Origin::Part { of: owner.clone(), field: field.clone().unwrap_or_default() },
        }
    }
}

/// Lowers types one by one, remembering the records created so far.
pub(super) struct Lowering<'a> {
    pub(super) api: &'a Api,
    pub(super) spec: &'a Spec,
    pub(super) things: &'a Things,
    pub(super) records: Vec<Record>,
    pub(super) enums: Enums,
    by_shape: HashMap<(Role, String), RecordId>,
    /// Records whose fields are still being determined.
    open: BTreeSet<RecordId>,
}

impl<'a> Lowering<'a> {
    pub(super) fn new(api: &'a Api, spec: &'a Spec, things: &'a Things) -> Self {
        Self {
            api,
            spec,
            things,
            records: Vec::new(),
            enums: Enums::default(),
            by_shape: HashMap::new(),
            open: BTreeSet::new(),
        }
    }

    /// The Rust type of a spec type.
    pub(super) fn lower(&mut self, schema: &Schema, context: &Context) -> Type {
        match self.shape(schema, context.role) {
            Shape::Scalar(scalar, rules) => self.scalar(scalar, &rules, context),
            Shape::List(of) => {
                // The records of a list are its items, whatever key they are under.
                let context = match context.field.as_deref() {
                    None => context.field("item"),
                    Some(field) if field == self.api.paging.records => context.field("item"),
                    Some(field) => context.field(&singular(field)),
                };
                Type::List(Box::new(self.lower(&of, &context)))
            }
            Shape::Map(of) => {
                let name = context.field.as_ref().map_or("value".to_owned(), |field| format!("{field} value"));
                Type::Map(Box::new(self.lower(of, &context.field(&name))))
            }
            Shape::Object(views) if views.are_empty() => Type::Map(Box::new(Type::Any)),
            Shape::Object(views) => Type::Record(self.record(&views, context)),
        }
    }

    /// The type of an answer: a list of records, or the same as any other type.
    pub(super) fn answer(&mut self, schema: &Schema, context: &Context) -> Type {
        let (of, name) = match self.shape(schema, Role::Answer) {
            Shape::Object(views) => (self.records(&views), views.name),
            Shape::List(of) => (Some(of), schema.name()),
            Shape::Scalar(..) | Shape::Map(_) => (None, None),
        };
        let Some(of) = of else { return self.lower(schema, context) };
        let about = match (name, &context.owner) {
            (Some(name), _) => Stem::of(name).subject_in_module(),
            (None, Owner::Operation(id)) => id.split_once('_').map_or("", |(_, rest)| rest).replace('_', " "),
            (None, _) => String::new(),
        };
        let elements = Context { owner: Owner::List(about), field: None, ..context.clone() };
        match self.lower(&of, &elements) {
            // If the elements are not records, a list of one could be mistaken for the record around it.
            of @ (Type::Record(_) | Type::Any) => Type::Records(Box::new(of)),
            _ => self.lower(schema, context),
        }
    }

    /// The type of the elements of a record that is a list and nothing else.
    fn records<'s>(&self, views: &Views<'s>) -> Option<Cow<'s, Schema>>
    where
        'a: 's,
    {
        // Beside it, there may be what a list's answer says about its length.
        let length = [&self.api.paging.total, &self.api.paging.more];
        let mut lists = views.names().filter(|name| !length.iter().any(|known| known == name));
        let list = lists.next()?;
        if lists.any(|other| other != list) {
            return None;
        }
        match views.field(list) {
            Cow::Borrowed(field) => match self.shape(field, Role::Answer) {
                Shape::List(of) => Some(of),
                _ => None,
            },
            Cow::Owned(field) => match self.shape(&field, Role::Answer) {
                Shape::List(of) => Some(Cow::Owned(of.into_owned())),
                _ => None,
            },
        }
    }

    /// The fields of a body that is a record; `None` if it is anything else.
    pub(super) fn fields(&mut self, schema: &Schema, context: &Context) -> Option<Vec<Field>> {
        match self.shape(schema, context.role) {
            // Anything inside a named body is named after that body, whoever sends it.
            Shape::Object(views) if !views.are_empty() => {
                let owner = views.name.map_or_else(|| context.owner.clone(), |name| Owner::Body(name.to_owned()));
                Some(self.lower_fields(&views.united(), &Context { owner, ..context.clone() }))
            }
            _ => None,
        }
    }

    fn scalar(&mut self, scalar: Scalar, rules: &Rules, context: &Context) -> Type {
        match scalar {
            Scalar::Text if rules.values.len() > 1 || (!rules.values.is_empty() && context.field.is_some()) => {
                let field = context.field.clone().unwrap_or_default();
                Type::Enum(self.enums.add(&context.module, &field, rules))
            }
            Scalar::Any => Type::Any,
            Scalar::Boolean => Type::Boolean,
            Scalar::DateTime => Type::DateTime,
            Scalar::Duration => Type::TimeSpan,
            Scalar::TimeRange => Type::TimeRange,
            Scalar::File => Type::File,
            Scalar::Id => Type::Id,
            Scalar::Integer => Type::Integer,
            Scalar::Number => Type::Number,
            Scalar::Text | Scalar::Date | Scalar::Time | Scalar::Email | Scalar::Url => Type::Text,
        }
    }

    fn record(&mut self, views: &Views<'_>, context: &Context) -> RecordId {
        let role = context.role;
        let origin = match views.name {
            Some(name) if role == Role::Answer => {
                Origin::Types(self.things.of(name).into_iter().map(str::to_owned).collect())
            }
            Some(name) => Origin::Types(vec![name.to_owned()]),
            None => context.origin(),
        };
        let inline = matches!(origin, Origin::Types(_)).not().then(|| inline_key(&views.united(), role));
        // A named type is one record wherever it is found; inline shapes are one if they are equal and would have the
        // same name.
        let key = match (&origin, inline.as_deref().unwrap_or_default()) {
            (Origin::Types(types), _) => types[0].clone(),
            (Origin::Part { field, .. }, inline) => format!("{field} {inline}"),
            (Origin::Element(about), inline) => format!("{about} {inline}"),
            (Origin::Answer(_), inline) => format!("{} {inline}", context.module),
        };
        if let Some(known) = self.by_shape.get(&(role, key.clone())).copied() {
            if role == Role::Answer {
                self.extend(known, views, context);
            }
            return known;
        }
        let id = RecordId(self.records.len());
        self.by_shape.insert((role, key), id);
        self.open.insert(id);
        let module = match &origin {
            Origin::Types(types) => types[0].split_once('.').map_or("", |(module, _)| module).to_owned(),
            _ => context.module.clone(),
        };
        self.records.push(Record {
            name: String::new(),
            role,
            fields: Vec::new(),
            origin,
            module: module.clone(),
            shape: inline.as_deref().map(fingerprint),
            was: Vec::new(),
        });
        let context = Context { module, owner: Owner::Record(id), field: None, role };
        let fields = self.lower_fields(&views.united(), &context);
        self.add_fields(id, fields);
        self.open.remove(&id);
        id
    }

    /// Adds the fields that this view of a record shows beyond the others.
    fn extend(&mut self, id: RecordId, views: &Views<'_>, context: &Context) {
        let known = &self.records[id.0].fields;
        let is_new = |name: &str| known.binary_search_by(|field| field.wire.as_str().cmp(name)).is_err();
        if self.open.contains(&id) || !views.names().any(is_new) {
            return;
        }
        let mut more = views.united().into_owned();
        more.fields.retain(|name, _| is_new(name));
        self.open.insert(id);
        let context = Context { owner: Owner::Record(id), field: None, ..context.clone() };
        let fields = self.lower_fields(&more, &context);
        self.add_fields(id, fields);
        self.open.remove(&id);
    }

    fn add_fields(&mut self, id: RecordId, fields: Vec<Field>) {
        let record = &mut self.records[id.0];
        let known: BTreeSet<String> = record.fields.iter().map(|field| field.wire.clone()).collect();
        record.fields.extend(fields.into_iter().filter(|field| !known.contains(&field.wire)));
        record.fields.sort_by(|a, b| a.wire.cmp(&b.wire));
    }

    fn lower_fields(&mut self, object: &Object, context: &Context) -> Vec<Field> {
        let sorted: BTreeMap<&String, &Schema> = object.fields.iter().collect();
        let lowered = sorted.into_iter().map(|(wire, schema)| Field {
            rust: String::new(),
            was: Vec::new(),
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

    /// The rules of a value: its own, those of the type it names, or those that all branches of a union agree on.
    pub(super) fn resolved_rules(&self, schema: &Schema) -> Rules {
        match self.spec.resolve(schema) {
            Some(Schema { kind: Kind::Union(_), .. }) => {
                let mut branches = Vec::new();
                self.branches(schema, None, Role::Input, &mut branches, &mut BTreeSet::new());
                let scalar = |(branch, _): &Branch<'_>| matches!(branch.kind, Kind::Scalar(_));
                let rules =
                    branches.iter().all(scalar).then(|| branches.into_iter().map(|(branch, _)| branch.rules.clone()));
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
}

/// A short form of a text that stays the same everywhere (FNV-1a).
fn fingerprint(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// What makes two inline shapes equal. For answers, limits and required fields do not matter.
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
