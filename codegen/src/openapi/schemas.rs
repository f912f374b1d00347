//! Types.

use indexmap::IndexMap;

use super::document::{Schema, Types};
use super::operations::known;
use super::{ERROR, Writer, values};
use crate::spec::{self, Kind, Object, Scalar};

impl Writer<'_> {
    /// The error object, and every type of the spec by its key.
    pub(super) fn schemas(&self) -> IndexMap<String, Schema> {
        let error = Schema { description: Some("Why a call was refused.".to_owned()), ..self.schema(&self.api.error) };
        let named = self.names.iter().filter_map(|(name, key)| {
            let mut made = self.schema(self.spec.types.get(name)?);
            self.descriptions.describe(name, &mut made);
            made.name = (name != key).then(|| name.to_owned());
            made.evidence = known(self.loaded.type_facts(name));
            Some((key.to_owned(), made))
        });
        std::iter::once((ERROR.to_owned(), error)).chain(named).collect()
    }

    /// A type as JSON Schema.
    pub(super) fn schema(&self, schema: &spec::Schema) -> Schema {
        let nullable = schema.nullable;
        let mut made = match &schema.kind {
            Kind::Scalar(kind) => scalar(*kind, nullable),
            Kind::List(of) => Schema {
                types: Types::of(&["array"], nullable),
                items: Some(Box::new(self.schema(of))),
                ..Schema::default()
            },
            Kind::Map(of) => Schema {
                types: Types::of(&["object"], nullable),
                additional_properties: Some(Box::new(self.schema(of))),
                ..Schema::default()
            },
            Kind::Object(object) => self.object(object, nullable),
            Kind::Union(of) => Schema {
                // One branch alone would read as the branch.
                word: (of.len() == 1).then(|| if nullable { "union?" } else { "union" }.to_owned()),
                any_of: or_null(of.iter().map(|branch| self.schema(branch)), nullable),
                ..Schema::default()
            },
            Kind::Named(name) => self.named(name, nullable),
        };
        rules(&mut made, schema);
        made
    }

    fn object(&self, object: &Object, nullable: bool) -> Schema {
        let field = |(name, field): (&String, &spec::Schema)| (name.clone(), self.schema(field));
        Schema {
            types: Types::of(&["object"], nullable),
            properties: Some(object.fields.iter().map(field).collect()),
            required: object.required.clone(),
            expected: object.expected.clone(),
            unless: object.unless.clone(),
            ..Schema::default()
        }
    }

    fn named(&self, name: &str, nullable: bool) -> Schema {
        let reference = Schema { reference: Some(self.names.reference(name)), ..Schema::default() };
        match nullable {
            true => Schema { any_of: or_null([reference], true), ..Schema::default() },
            false => reference,
        }
    }
}

/// Branches, and `null` as another one where that is allowed.
fn or_null(branches: impl IntoIterator<Item = Schema>, nullable: bool) -> Vec<Schema> {
    let null = Schema { types: Types::of(&["null"], false), ..Schema::default() };
    branches.into_iter().chain(nullable.then_some(null)).collect()
}

/// A single value. Its word in the spec stands with it where JSON Schema has none for it.
pub(super) fn scalar(scalar: Scalar, nullable: bool) -> Schema {
    let (kind, format, word): (&[&str], _, _) = match scalar {
        Scalar::Any => (&[], None, nullable),
        Scalar::Boolean => (&["boolean"], None, false),
        Scalar::Date => (&["string"], Some("date"), false),
        Scalar::DateTime => (&["string"], Some("date-time"), false),
        Scalar::Duration | Scalar::Time | Scalar::TimeRange => (&["string"], None, true),
        Scalar::Email => (&["string"], Some("email"), false),
        Scalar::File => (&["string"], Some("binary"), false),
        Scalar::Id => (&["string"], Some("int64"), false),
        Scalar::Integer => (&["integer"], Some("int64"), false),
        Scalar::Number => (&["number"], Some("double"), false),
        Scalar::Text => (&["string"], None, false),
        Scalar::Url => (&["string"], Some("uri"), false),
    };
    Schema {
        // Any value may be null, whether that is said or not.
        types: Types::of(kind, nullable && !kind.is_empty()),
        format: format.map(str::to_owned),
        word: word.then(|| word_of(scalar, nullable)),
        ..Schema::default()
    }
}

/// A scalar's word in the spec.
pub(super) fn word_of(scalar: Scalar, nullable: bool) -> String {
    format!("{}{}", scalar.word(), if nullable { "?" } else { "" })
}

/// What is known about a value beyond its kind.
pub(super) fn rules(made: &mut Schema, schema: &spec::Schema) {
    let rules = &schema.rules;
    made.minimum = rules.minimum;
    made.maximum = rules.maximum;
    made.min_length = rules.min_length;
    made.max_length = rules.max_length;
    made.min_items = rules.min_items;
    made.max_items = rules.max_items;
    made.unique_items = rules.unique;
    made.read_only = rules.read_only;
    made.default.clone_from(&rules.default);
    made.words.clone_from(&rules.words);
    made.descending = rules.descending;
    made.open = rules.open;
    made.time_range = rules.time_range;
    made.prefix.clone_from(&rules.prefix);
    values::allowed(made, schema);
}
