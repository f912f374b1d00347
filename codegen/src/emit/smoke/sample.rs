//! Values that a type allows, as expressions.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Map, Value, json};

use super::record_maker;
use crate::emit::inputs::Input;
use crate::model::{Model, Type};
use crate::spec::{Kind, Paging, Rules, Scalar, Schema, Spec};

/// How many records deep a value without a declared Rust type goes.
const DEPTH: usize = 4;

/// The placeholder for an id in a document, before the name of the field; the runner replaces it with an id.
const ID: &str = "$id:";

/// Makes values.
pub(super) struct Sampler<'a> {
    pub(super) spec: &'a Spec,
    pub(super) model: &'a Model,
}

/// A place for a value.
struct Spot<'a> {
    wire: &'a str,
    ty: &'a Type,
    schema: &'a Schema,
    /// Whether it is part of the path.
    path: bool,
    /// Whether it is outside the body.
    parameter: bool,
    /// How deep the records in it may go, as an expression.
    depth: TokenStream,
}

impl Sampler<'_> {
    /// The argument of `new` or of a setter of a parameter struct.
    pub(super) fn argument(&self, input: &Input<'_>, paging: Option<&Paging>) -> TokenStream {
        if let Some(paging) = paging.filter(|_| input.wire == self.model.api.paging.index && *input.ty == Type::Integer)
        {
            let first = i64::try_from(paging.first).unwrap_or_default();
            return quote!(#first);
        }
        let Input { wire, ty, schema, path, .. } = *input;
        let parameter = input.is_parameter();
        self.value(&Spot { wire, ty, schema, path, parameter, depth: quote!(DEPTH) })
    }

    /// The argument of a setter of a record.
    pub(super) fn field(&self, input: &Input<'_>) -> TokenStream {
        let Input { wire, ty, schema, .. } = *input;
        self.value(&Spot { wire, ty, schema, path: false, parameter: false, depth: quote!(depth) })
    }

    fn value(&self, spot: &Spot<'_>) -> TokenStream {
        let wire = spot.wire;
        match spot.ty {
            Type::Any => {
                let text = self.json(spot.schema, wire, DEPTH).to_string();
                quote!(samples.json(#text))
            }
            Type::Boolean => quote!(true),
            Type::DateTime => quote!(samples.time()),
            Type::Text if spot.parameter && self.rules(spot.schema).values.is_empty() => {
                let text = self.text(spot.schema, wire);
                quote!(samples.text(#wire, #text))
            }
            Type::Enum(_) | Type::Text | Type::TimeRange | Type::TimeSpan => {
                let text = self.text(spot.schema, wire);
                quote!(#text)
            }
            Type::File => quote!(samples.file()),
            Type::Id if spot.path => quote!(samples.path(#wire)),
            Type::Id => quote!(samples.id(#wire)),
            Type::Integer => {
                let number = integer(&self.rules(spot.schema));
                quote!(#number)
            }
            Type::Number => {
                let number = number(&self.rules(spot.schema));
                quote!(#number)
            }
            Type::Map(_) => {
                let text = self.json(spot.schema, wire, DEPTH).to_string();
                quote!(samples.map(#text))
            }
            Type::Record(id) => {
                let (make, depth) = (record_maker(&self.model.records[id.0]), &spot.depth);
                quote!(#make(samples, all, #depth))
            }
            Type::List(of) | Type::Records(of) => self.list(spot, of),
        }
    }

    fn list(&self, spot: &Spot<'_>, of: &Type) -> TokenStream {
        let element = self.element(spot.schema);
        let count = usize::try_from(self.rules(spot.schema).min_items.unwrap_or(1).clamp(1, 100)).unwrap_or(1);
        let wire = spot.wire;
        match of {
            Type::Id => quote!(samples.ids(#wire, #count)),
            Type::List(_) => {
                let text = self.json(&element, wire, DEPTH).to_string();
                quote!([samples.json(#text)])
            }
            of => {
                let spots = (0..count).map(|index| {
                    // Elements may have to be different.
                    let wire = format!("{wire}{}", if index > 0 { index.to_string() } else { String::new() });
                    let schema = self.turned(&element, index);
                    let depth = spot.depth.clone();
                    self.value(&Spot { wire: &wire, ty: of, schema: &schema, path: false, parameter: false, depth })
                });
                let list = quote!(vec![#(#spots),*]);
                let depth = &spot.depth;
                // A record may need a list of its own kind; at the deepest level that list is empty.
                if matches!(of, Type::Record(_)) { quote!(if #depth > 0 { #list } else { Vec::new() }) } else { list }
            }
        }
    }

    /// The type of a list's elements.
    fn element(&self, schema: &Schema) -> Schema {
        let any = || Schema::scalar(Scalar::Any);
        match self.spec.resolve(schema).map(|found| &found.kind) {
            Some(Kind::List(of)) => (**of).clone(),
            Some(Kind::Union(branches)) => branches.first().map_or_else(any, |branch| self.element(branch)),
            _ => any(),
        }
    }

    /// The type with another of its allowed values first.
    fn turned(&self, schema: &Schema, by: usize) -> Schema {
        let mut schema = self.spec.resolve(schema).unwrap_or(schema).clone();
        let values = &mut schema.rules.values;
        if !values.is_empty() {
            let by = by % values.len();
            values.rotate_left(by);
        }
        schema
    }

    fn rules(&self, schema: &Schema) -> Rules {
        self.spec.resolve(schema).map(|found| found.rules.clone()).unwrap_or_default()
    }

    /// Text in the type's form: an allowed value, or the type's name, as long as it must be.
    fn text(&self, schema: &Schema, wire: &str) -> String {
        let Some(found) = self.spec.resolve(schema) else { return wire.to_owned() };
        match &found.kind {
            Kind::Scalar(scalar) => text(*scalar, &found.rules, wire),
            Kind::Union(branches) => branches.first().map_or_else(|| wire.to_owned(), |branch| self.text(branch, wire)),
            _ => wire.to_owned(),
        }
    }

    /// A document of the type; for a record, only what it needs.
    fn json(&self, schema: &Schema, wire: &str, depth: usize) -> Value {
        let Some(found) = self.spec.resolve(schema) else { return Value::Null };
        let rules = &found.rules;
        match &found.kind {
            Kind::Scalar(Scalar::Boolean) => json!(true),
            Kind::Scalar(Scalar::Integer) => json!(integer(rules)),
            Kind::Scalar(Scalar::Number) => json!(number(rules)),
            Kind::Scalar(Scalar::Id) => json!(format!("{ID}{wire}")),
            Kind::Scalar(scalar) => json!(text(*scalar, rules, wire)),
            Kind::List(_) if depth == 0 => json!([]),
            Kind::List(of) => json!([self.json(of, wire, depth - 1)]),
            Kind::Map(_) if depth == 0 => json!({}),
            Kind::Map(of) => json!({ "sample": self.json(of, wire, depth - 1) }),
            Kind::Object(object) => {
                let needed = object.fields.iter().filter(|(name, _)| object.required.contains(name) && depth > 0);
                let fields: Map<_, _> =
                    needed.map(|(name, field)| (name.clone(), self.json(field, name, depth - 1))).collect();
                Value::Object(fields)
            }
            Kind::Union(branches) => branches.first().map_or(Value::Null, |branch| self.json(branch, wire, depth)),
            Kind::Named(_) => Value::Null,
        }
    }
}

fn text(scalar: Scalar, rules: &Rules, wire: &str) -> String {
    if let Some(value) = rules.values.first() {
        return value.clone();
    }
    match scalar {
        Scalar::Date => "2024-05-14".to_owned(),
        Scalar::DateTime => "2024-05-14T09:30:00.000Z".to_owned(),
        Scalar::Time => "09:30:00".to_owned(),
        Scalar::Email => "sample@example.com".to_owned(),
        Scalar::Url => "https://example.com/sample".to_owned(),
        Scalar::Duration => "01:30 hrs".to_owned(),
        Scalar::TimeRange => "2024-05-01T00:00:00.000Z,2024-05-31T00:00:00.000Z".to_owned(),
        _ => {
            let least = usize::try_from(rules.min_length.unwrap_or(0)).unwrap_or(usize::MAX).min(10_000);
            let most = usize::try_from(rules.max_length.unwrap_or(u64::MAX)).unwrap_or(usize::MAX);
            let name = if wire.is_empty() { "sample" } else { wire };
            let name = rules.prefix.as_ref().map_or_else(|| name.to_owned(), |prefix| format!("{prefix}{name}"));
            name.chars().cycle().take(name.chars().count().max(least).min(most)).collect()
        }
    }
}

fn integer(rules: &Rules) -> i64 {
    let allowed = rules.values.first().and_then(|value| value.parse().ok());
    allowed.unwrap_or_else(|| {
        let number = rules.maximum.map_or(2, |most| most.min(2));
        rules.minimum.map_or(number, |least| number.max(least))
    })
}

fn number(rules: &Rules) -> f64 {
    let whole = integer(rules) as f64;
    let room = rules.values.is_empty() && rules.maximum.is_none_or(|most| whole + 0.5 <= most as f64);
    if room { whole + 0.5 } else { whole }
}
