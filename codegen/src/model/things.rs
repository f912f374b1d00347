//! Which types of the spec describe the same thing: what a list shows of it, its details, what a change answers.
//!
//! Every field of an answer may be missing, so one record can serve all views of a thing. A person marks several types
//! as one thing by giving them one name; a rule finds the rest: types about the same subject, in one module or in
//! several, whose fields agree. Types that the lock has as one thing stay one, although the rule alone would no longer
//! find them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Role;
use super::naming::Stem;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::load::Loaded;
use crate::spec::{Kind, Scalar, Schema, Spec};

/// The percentage of a smaller type's fields that a larger one must share to be the same thing.
const SHARED: usize = 75;
/// A type with fewer fields than this says too little to be compared.
const ENOUGH: usize = 3;

/// The types that describe the same thing as others.
#[derive(Debug, Default)]
pub(super) struct Things {
    things: Vec<Vec<String>>,
    of_type: HashMap<String, usize>,
    /// The records that the lock has for types.
    locked: HashMap<String, String>,
}

impl Things {
    pub(super) fn find(loaded: &Loaded, diagnostics: &mut Diagnostics) -> Self {
        let spec = &loaded.spec;
        let shapes: BTreeMap<&str, Shape> =
            spec.types.keys().filter_map(|name| Some((name.as_str(), Shape::of(spec, name)?))).collect();
        let locked = loaded.lock.records_of_types(Role::Answer).into_iter();
        let locked = locked.map(|(type_name, name)| (type_name.to_owned(), name.to_owned())).collect();
        let mut things = Self { locked, ..Self::default() };
        let mut chosen: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (type_name, name) in loaded.names.iter().filter(|(type_name, _)| shapes.contains_key(type_name.as_str())) {
            chosen.entry(&name.name).or_default().push(type_name);
        }
        for types in chosen.values() {
            let mut told = BTreeSet::new();
            for (index, small) in types.iter().enumerate() {
                for large in &types[..index] {
                    if let Some(field) = shapes[large].contradicts(&shapes[small])
                        && told.insert(field)
                    {
                        let problem =
                            format!("{large} and {small} are no one thing: `{field}` is of another kind in each");
                        let help = "correct the field's type in one of them, or remove one of them";
                        diagnostics.push(Diagnostic::new(loaded.names[*small].location.join("type"), problem, help));
                    }
                }
            }
            things.add(types);
        }
        let by = |subject: &dyn Fn(&Stem) -> String| {
            let mut alike: BTreeMap<String, Vec<&str>> = BTreeMap::new();
            for name in shapes.keys() {
                alike.entry(subject(&Stem::of(name))).or_default().push(name);
            }
            alike.remove("");
            alike
        };
        for types in by(&Stem::subject_in_module).into_values().chain(by(&Stem::subject).into_values()) {
            things.unite(loaded, &shapes, types, Shape::agrees);
        }
        // Last, so that what is new in the lock's things is what the rule alone would find.
        for types in things.kept(&shapes).into_values() {
            things.unite(loaded, &shapes, types, Shape::still_agrees);
        }
        things
    }

    /// The types of the spec that the lock has for each record.
    fn kept<'s>(&self, shapes: &BTreeMap<&'s str, Shape>) -> BTreeMap<String, Vec<&'s str>> {
        let mut kept: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for type_name in shapes.keys() {
            if let Some(name) = self.locked.get(*type_name) {
                kept.entry(name.clone()).or_default().push(type_name);
            }
        }
        kept
    }

    /// The types of the thing that a type belongs to; the type alone if it is a thing of its own.
    pub(super) fn of<'a>(&'a self, type_name: &'a str) -> Vec<&'a str> {
        match self.of_type.get(type_name) {
            Some(thing) => self.things[*thing].iter().map(String::as_str).collect(),
            None => vec![type_name],
        }
    }

    fn add(&mut self, types: &[&str]) -> usize {
        let thing = self.things.len();
        self.things.push(types.iter().map(|name| (*name).to_owned()).collect());
        self.of_type.extend(types.iter().map(|name| ((*name).to_owned(), thing)));
        thing
    }

    /// Makes one thing of the types that agree, the largest first.
    fn unite(
        &mut self,
        loaded: &Loaded,
        shapes: &BTreeMap<&str, Shape>,
        mut types: Vec<&str>,
        agree: impl Fn(&Shape, &Shape) -> bool,
    ) {
        types.sort_by_key(|name| (std::cmp::Reverse(shapes[name].fields.len()), *name));
        for (index, small) in types.iter().enumerate() {
            let larger = types[..index]
                .iter()
                .find(|large| agree(&shapes[*large], &shapes[small]) && self.may_be_one(loaded, large, small));
            if let Some(large) = larger {
                self.join(large, small);
            }
        }
    }

    /// Two things that a person named stay two, and so do two that the lock knows.
    fn may_be_one(&self, loaded: &Loaded, a: &str, b: &str) -> bool {
        let chosen = |type_name: &str| Some(loaded.names.get(type_name)?.name.as_str());
        let locked = |type_name: &str| self.locked.get(type_name).map(String::as_str);
        self.agree(a, b, chosen) && self.agree(a, b, locked)
    }

    fn agree<'a>(&self, a: &str, b: &str, named: impl Fn(&str) -> Option<&'a str>) -> bool {
        let names = |type_name| -> BTreeSet<&str> { self.of(type_name).into_iter().filter_map(&named).collect() };
        let (a, b) = (names(a), names(b));
        a.is_empty() || b.is_empty() || a == b
    }

    fn join(&mut self, a: &str, b: &str) {
        let thing = |things: &mut Self, name: &str| match things.of_type.get(name) {
            Some(thing) => *thing,
            None => things.add(&[name]),
        };
        let (into, from) = (thing(self, a), thing(self, b));
        if into != from {
            let moved = std::mem::take(&mut self.things[from]);
            self.of_type.extend(moved.iter().map(|name| (name.clone(), into)));
            self.things[into].extend(moved);
        }
    }
}

/// The fields of a type that is a record in all of its forms, with the kind of each.
struct Shape {
    fields: BTreeMap<String, Kinds>,
}

type Kinds = BTreeSet<&'static str>;

impl Shape {
    fn of(spec: &Spec, type_name: &str) -> Option<Self> {
        let mut fields = BTreeMap::new();
        let schema = spec.types.get(type_name)?;
        collect(spec, schema, &mut BTreeSet::from([type_name]), &mut fields).then_some(Self { fields })
    }

    /// A field that cannot be read in the same way as in the other.
    fn contradicts(&self, other: &Self) -> Option<&str> {
        const PLAIN: &[&str] = &["boolean", "id", "number", "text"];
        let class = |kind: &&'static str| if PLAIN.contains(kind) { "plain" } else { *kind };
        let clear = |kinds: &Kinds| -> Kinds { kinds.iter().map(class).collect() };
        let open = |kinds: &Kinds| kinds.contains("any") || kinds.contains("union");
        let both =
            self.fields.iter().filter_map(|(name, kinds)| Some((name, clear(kinds), clear(other.fields.get(name)?))));
        let mut apart = both.filter(|(_, a, b)| !open(a) && !open(b) && a.is_disjoint(b));
        apart.next().map(|(name, ..)| name.as_str())
    }

    fn agrees(&self, smaller: &Self) -> bool {
        let shared = self.shared(smaller).count();
        let enough = shared >= ENOUGH || shared == smaller.fields.len();
        enough && shared * 100 >= smaller.fields.len() * SHARED && self.still_agrees(smaller)
    }

    /// Whether a type that was the same thing so far still can be: it has something of it, and nothing of another kind.
    fn still_agrees(&self, other: &Self) -> bool {
        let mut shared = self.shared(other).peekable();
        shared.peek().is_some() && shared.all(|(a, b)| !a.is_disjoint(b))
    }

    /// The kinds of each field that both have.
    fn shared<'s>(&'s self, other: &'s Self) -> impl Iterator<Item = (&'s Kinds, &'s Kinds)> {
        other.fields.iter().filter_map(|(name, kinds)| Some((kinds, self.fields.get(name)?)))
    }
}

/// Adds the fields of a record, or of a union of records; returns whether it is one of these.
fn collect<'a>(
    spec: &'a Spec,
    schema: &'a Schema,
    open: &mut BTreeSet<&'a str>,
    fields: &mut BTreeMap<String, Kinds>,
) -> bool {
    match &schema.kind {
        Kind::Object(object) => {
            for (name, field) in &object.fields {
                fields.entry(name.clone()).or_default().insert(kind(spec, field));
            }
            !object.fields.is_empty()
        }
        Kind::Named(name) => {
            !open.insert(name) || spec.types.get(name).is_some_and(|schema| collect(spec, schema, open, fields))
        }
        Kind::Union(of) => of.iter().all(|branch| collect(spec, branch, open, fields)),
        Kind::Scalar(_) | Kind::List(_) | Kind::Map(_) => false,
    }
}

/// Roughly what a value is read as: whatever is text on the wire is one kind.
fn kind(spec: &Spec, schema: &Schema) -> &'static str {
    match spec.resolve(schema).map(|target| &target.kind) {
        None | Some(Kind::Named(_) | Kind::Union(_)) => "union",
        Some(Kind::Scalar(scalar)) => match scalar {
            Scalar::Any => "any",
            Scalar::Boolean => "boolean",
            Scalar::Integer | Scalar::Number => "number",
            Scalar::Id => "id",
            _ => "text",
        },
        Some(Kind::List(_)) => "list",
        Some(Kind::Map(_) | Kind::Object(_)) => "record",
    }
}
