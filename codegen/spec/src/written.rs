//! How a type is written in a spec file: a bare word, or an object with a `type` key.

use indexmap::IndexMap;
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, Visitor, value::MapAccessDeserializer};
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::schema::{Kind, Object, Rules, Scalar, Schema};

const KEYS: &[&str] = &[
    "type",
    "of",
    "fields",
    "required",
    "expected",
    "unless",
    "values",
    "words",
    "descending",
    "open",
    "time_range",
    "prefix",
    "minimum",
    "maximum",
    "min_length",
    "max_length",
    "min_items",
    "max_items",
    "unique",
    "read_only",
    "default",
];

impl Serialize for Schema {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let plain = matches!(self.kind, Kind::Scalar(_) | Kind::Named(_));
        if plain && self.rules == Rules::default() {
            return serializer.serialize_str(&self.word());
        }
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", &self.word())?;
        match &self.kind {
            Kind::Scalar(_) | Kind::Named(_) => {}
            Kind::List(of) | Kind::Map(of) => map.serialize_entry("of", of)?,
            Kind::Union(of) => map.serialize_entry("of", of)?,
            Kind::Object(object) => {
                map.serialize_entry("fields", &object.fields)?;
                for (key, names) in [("required", &object.required), ("expected", &object.expected)] {
                    if !names.is_empty() {
                        map.serialize_entry(key, names)?;
                    }
                }
                if !object.unless.is_empty() {
                    map.serialize_entry("unless", &object.unless)?;
                }
            }
        }
        write_rules(&self.rules, &mut map)?;
        map.end()
    }
}

fn write_rules<M: SerializeMap>(rules: &Rules, map: &mut M) -> Result<(), M::Error> {
    for (key, words) in [("values", &rules.values), ("words", &rules.words)] {
        if !words.is_empty() {
            map.serialize_entry(key, words)?;
        }
    }
    for (key, number) in [("minimum", rules.minimum), ("maximum", rules.maximum)] {
        if let Some(number) = number {
            map.serialize_entry(key, &number)?;
        }
    }
    let counts = [
        ("min_length", rules.min_length),
        ("max_length", rules.max_length),
        ("min_items", rules.min_items),
        ("max_items", rules.max_items),
    ];
    for (key, count) in counts {
        if let Some(count) = count {
            map.serialize_entry(key, &count)?;
        }
    }
    let flags = [
        ("descending", rules.descending),
        ("open", rules.open),
        ("time_range", rules.time_range),
        ("unique", rules.unique),
        ("read_only", rules.read_only),
    ];
    for (key, _) in flags.into_iter().filter(|(_, flag)| *flag) {
        map.serialize_entry(key, &true)?;
    }
    if let Some(prefix) = &rules.prefix {
        map.serialize_entry("prefix", prefix)?;
    }
    rules.default.as_ref().map_or(Ok(()), |default| map.serialize_entry("default", default))
}

impl<'de> Deserialize<'de> for Schema {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SchemaVisitor)
    }
}

struct SchemaVisitor;

impl<'de> Visitor<'de> for SchemaVisitor {
    type Value = Schema;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a type: a word such as \"id\" or \"text?\", or an object with a \"type\" key")
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<Schema, E> {
        assemble(word, Parts::default()).map_err(E::custom)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Schema, A::Error> {
        let mut word: Option<String> = None;
        let mut parts = Parts::default();
        while let Some(key) = map.next_key::<String>()? {
            let rules = &mut parts.rules;
            match key.as_str() {
                "type" => word = Some(map.next_value()?),
                "of" => parts.of = map.next_value::<Of>()?.0,
                "fields" => parts.fields = Some(map.next_value()?),
                "required" => parts.object.required = map.next_value()?,
                "expected" => parts.object.expected = map.next_value()?,
                "unless" => parts.object.unless = map.next_value()?,
                "values" => rules.values = map.next_value()?,
                "words" => rules.words = map.next_value()?,
                "descending" => rules.descending = map.next_value()?,
                "open" => rules.open = map.next_value()?,
                "time_range" => rules.time_range = map.next_value()?,
                "prefix" => rules.prefix = map.next_value()?,
                "minimum" => rules.minimum = map.next_value()?,
                "maximum" => rules.maximum = map.next_value()?,
                "min_length" => rules.min_length = map.next_value()?,
                "max_length" => rules.max_length = map.next_value()?,
                "min_items" => rules.min_items = map.next_value()?,
                "max_items" => rules.max_items = map.next_value()?,
                "unique" => rules.unique = map.next_value()?,
                "read_only" => rules.read_only = map.next_value()?,
                "default" => rules.default = map.next_value()?,
                unknown => {
                    map.next_value::<IgnoredAny>()?;
                    return Err(A::Error::unknown_field(unknown, KEYS));
                }
            }
        }
        let word = word.ok_or_else(|| A::Error::missing_field("type"))?;
        assemble(&word, parts).map_err(A::Error::custom)
    }
}

#[derive(Default)]
struct Parts {
    of: Vec<Schema>,
    fields: Option<IndexMap<String, Schema>>,
    /// What else is said of a record's fields.
    object: Object,
    rules: Rules,
}

/// `of` holds one type, or a list of them for a union.
struct Of(Vec<Schema>);

impl<'de> Deserialize<'de> for Of {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OfVisitor;
        impl<'de> Visitor<'de> for OfVisitor {
            type Value = Of;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a type, or for a union a list of types")
            }

            fn visit_str<E: Error>(self, word: &str) -> Result<Of, E> {
                SchemaVisitor.visit_str(word).map(|one| Of(vec![one]))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Of, A::Error> {
                Schema::deserialize(MapAccessDeserializer::new(map)).map(|one| Of(vec![one]))
            }

            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut seq: A) -> Result<Of, A::Error> {
                let mut many = Vec::new();
                while let Some(one) = seq.next_element()? {
                    many.push(one);
                }
                Ok(Of(many))
            }
        }
        deserializer.deserialize_any(OfVisitor)
    }
}

fn assemble(word: &str, parts: Parts) -> Result<Schema, String> {
    let (bare, nullable) = word.strip_suffix('?').map_or((word, false), |bare| (bare, true));
    let Parts { mut of, fields, object, rules } = parts;
    if bare != "object" && (fields.is_some() || object != Object::default()) {
        return Err(format!("`fields`, `required`, `expected` and `unless` belong to \"object\", not to {bare:?}"));
    }
    if !matches!(bare, "list" | "map" | "union") && !of.is_empty() {
        return Err(format!("`of` belongs to \"list\", \"map\" and \"union\", not to {bare:?}"));
    }
    let kind = match bare {
        "list" | "map" => match (of.pop(), of.is_empty()) {
            (Some(one), true) if bare == "list" => Kind::List(Box::new(one)),
            (Some(one), true) => Kind::Map(Box::new(one)),
            _ => return Err(format!("a {bare} needs `of` with the one type of what it holds")),
        },
        "union" if of.is_empty() => return Err("a union needs `of` with the types it may be".to_owned()),
        "union" => Kind::Union(of),
        "object" => Kind::Object(Object { fields: fields.unwrap_or_default(), ..object }),
        name if name.contains('.') => Kind::Named(name.to_owned()),
        word => Kind::Scalar(Scalar::from_word(word).ok_or_else(|| unknown_word(word))?),
    };
    Ok(Schema { kind, nullable, rules })
}

fn unknown_word(word: &str) -> String {
    let known: Vec<_> = Scalar::WORDS.iter().map(|(_, word)| *word).collect();
    format!(
        "unknown type {word:?}; known are list, map, object, union, {}, and names with a dot such as ticket.commonJson",
        known.join(", ")
    )
}
