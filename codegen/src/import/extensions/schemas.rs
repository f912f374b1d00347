//! Types as the document has them.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde_json::Value;

use super::DocumentReader;
use crate::openapi::document::{Schema, Types};
use crate::spec::{self, Kind, Object, Rules, Scalar};

/// The name of each type by its key.
pub(super) fn names(schemas: &IndexMap<String, Schema>) -> BTreeMap<String, String> {
    schemas.iter().map(|(key, schema)| (key.clone(), schema.name.as_ref().unwrap_or(key).clone())).collect()
}

impl DocumentReader<'_> {
    /// The spec's type for a schema of the document.
    pub(super) fn schema(&mut self, schema: &Schema, place: &[&str]) -> spec::Schema {
        self.told(place, &schema.unknown);
        let null = |branch: &&Schema| branch.types == Types::of(&["null"], false);
        let (kind, nullable) = match &schema.word {
            Some(word) => {
                let bare = word.strip_suffix('?');
                (self.worded(bare.unwrap_or(word), schema, place), bare.is_some())
            }
            None => {
                (self.plain(schema, place), schema.types.has_null() || schema.any_of.iter().any(|branch| null(&branch)))
            }
        };
        spec::Schema { kind, nullable, rules: rules(schema) }
    }

    /// The kind that a word of the spec means.
    fn worded(&mut self, word: &str, schema: &Schema, place: &[&str]) -> Kind {
        match word {
            "union" => Kind::Union(self.branches(schema, place)),
            // Types that contain others need no word: JSON Schema has them.
            "list" | "map" | "object" => self.plain(schema, place),
            word => match serde_json::from_value::<spec::Schema>(Value::from(word)) {
                Ok(read) => read.kind,
                Err(error) => {
                    let place = [place, &["x-desk-type"]].concat();
                    self.fail(&place, error.to_string(), "see spec/README.md for the words of types");
                    Kind::Scalar(Scalar::Any)
                }
            },
        }
    }

    /// The kind that JSON Schema's keys mean.
    fn plain(&mut self, schema: &Schema, place: &[&str]) -> Kind {
        if let Some(reference) = &schema.reference {
            let key = reference.rsplit('/').next().unwrap_or_default();
            return Kind::Named(self.names.get(key).map_or(key, String::as_str).to_owned());
        }
        if !schema.any_of.is_empty() {
            let mut branches = self.branches(schema, place);
            return match branches.pop() {
                Some(spec::Schema { kind, .. }) if branches.is_empty() => kind,
                last => Kind::Union(branches.into_iter().chain(last).collect()),
            };
        }
        let mut words = schema.types.words().filter(|word| *word != "null");
        match (words.next(), words.next()) {
            (Some("array"), None) => {
                let any = || spec::Schema::scalar(Scalar::Any);
                Kind::List(Box::new(schema.items.as_ref().map_or_else(any, |of| self.schema(of, place))))
            }
            (Some("object"), None) => self.object(schema, place),
            (Some(word), None) => Kind::Scalar(scalar(word, schema.format.as_deref())),
            _ => Kind::Scalar(Scalar::Any),
        }
    }

    fn branches(&mut self, schema: &Schema, place: &[&str]) -> Vec<spec::Schema> {
        let null = Types::of(&["null"], false);
        schema.any_of.iter().filter(|branch| branch.types != null).map(|branch| self.schema(branch, place)).collect()
    }

    fn object(&mut self, schema: &Schema, place: &[&str]) -> Kind {
        let Some(properties) = &schema.properties else {
            let any = || spec::Schema::scalar(Scalar::Any);
            let of = schema.additional_properties.as_ref().map_or_else(any, |of| self.schema(of, place));
            return Kind::Map(Box::new(of));
        };
        Kind::Object(Object {
            fields: properties.iter().map(|(name, field)| (name.clone(), self.schema(field, place))).collect(),
            required: schema.own_required.as_ref().unwrap_or(&schema.required).clone(),
            expected: schema.expected.clone(),
            unless: schema.unless.clone(),
        })
    }
}

fn scalar(word: &str, format: Option<&str>) -> Scalar {
    match (word, format.unwrap_or_default()) {
        ("boolean", _) => Scalar::Boolean,
        ("integer", _) => Scalar::Integer,
        ("number", _) => Scalar::Number,
        ("string", "int64") => Scalar::Id,
        ("string", "date") => Scalar::Date,
        ("string", "date-time") => Scalar::DateTime,
        ("string", "email") => Scalar::Email,
        ("string", "binary") => Scalar::File,
        ("string", "uri") => Scalar::Url,
        ("string", _) => Scalar::Text,
        _ => Scalar::Any,
    }
}

fn rules(schema: &Schema) -> Rules {
    let own = !schema.own_values.is_empty();
    let values = schema.values.iter().filter(|value| !value.is_null()).map(|value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    });
    Rules {
        values: if own { schema.own_values.clone() } else { values.collect() },
        words: schema.words.clone(),
        descending: schema.descending,
        open: schema.open,
        time_range: schema.time_range,
        prefix: schema.prefix.clone(),
        minimum: schema.minimum,
        maximum: schema.maximum,
        min_length: schema.min_length,
        max_length: schema.max_length,
        min_items: schema.min_items,
        max_items: schema.max_items,
        unique: schema.unique_items,
        read_only: schema.read_only,
        default: schema.default.clone(),
    }
}
