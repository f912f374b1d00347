//! JSON Schemas of an operation's arguments.

use serde_json::{Map, Value, json};

use super::arguments::{BODY, takes_body, takes_fields};
use super::limits::{limit_list, limited, of_kind, or_null, range, typed, with};
use super::upload::{CONTENT, MEDIA_TYPE, bytes_fields, file_fields};
use crate::operation::{Body, Field, Kind, Operation, ParameterPlace, Rule};

/// The schema of all arguments of an operation.
pub(super) fn arguments(operation: &'static Operation) -> Value {
    let mut writer = Writer::default();
    for parameter in operation.parameters {
        writer.meet(parameter.field.kind, parameter.field.name, Part::Parameter);
    }
    for field in operation.body.fields() {
        writer.meet(field.kind, field.name, Part::Body);
    }
    if let Body::Whole { kind, .. } = operation.body {
        writer.meet(kind, BODY, Part::Body);
    }

    let mut all = Properties::default();
    for parameter in operation.parameters {
        all.add(&parameter.field, writer.parameter(&parameter.field, parameter.place), place(parameter.place));
    }
    // A field with the same name as a parameter can only be given in the body.
    let (hidden, beside): (Vec<&Field>, Vec<&Field>) =
        operation.body.fields().iter().partition(|field| operation.parameter(field.name).is_some());
    for field in beside {
        all.add(field, writer.top_field(field), "body");
    }
    if takes_body(operation)
        && let Some((schema, required)) = writer.body(operation, &hidden)
    {
        all.insert(BODY, schema, "body", required);
    }
    let mut schema = all.object();
    if takes_fields(operation) {
        schema["patternProperties"] = custom_fields();
    }
    schema["additionalProperties"] = if operation.undocumented_query {
        json!({ "type": ["string", "number", "boolean"], "x-in": "query" })
    } else {
        false.into()
    };
    let defs: Map<String, Value> = writer.shared().map(|record| (record.name.clone(), writer.object(record))).collect();
    if !defs.is_empty() {
        schema["$defs"] = Value::Object(defs);
    }
    schema
}

fn place(place: ParameterPlace) -> &'static str {
    match place {
        ParameterPlace::Path => "path",
        ParameterPlace::Query => "query",
        ParameterPlace::Header => "header",
    }
}

/// Any custom field.
fn custom_fields() -> Value {
    json!({ "^cf_": {} })
}

/// The properties of an object, and which of them are required: always, or if another one is missing.
#[derive(Default)]
struct Properties {
    properties: Map<String, Value>,
    required: Vec<String>,
    one_of_two: Vec<Value>,
}

impl Properties {
    fn add(&mut self, field: &Field, schema: Map<String, Value>, place: &str) {
        self.insert(field.name, schema, place, field.required());
        let other = field.rules.iter().find_map(|rule| match *rule {
            Rule::Unless(other) => Some(other),
            _ => None,
        });
        self.one_of_two
            .extend(other.map(|other| json!({ "anyOf": [{ "required": [field.name] }, { "required": [other] }] })));
    }

    fn insert(&mut self, name: &str, mut schema: Map<String, Value>, place: &str, required: bool) {
        if !place.is_empty() {
            schema.insert("x-in".to_owned(), place.into());
        }
        self.properties.insert(name.to_owned(), Value::Object(schema));
        if required {
            self.required.push(name.to_owned());
        }
    }

    fn object(self) -> Value {
        let mut object = json!({ "type": "object", "properties": self.properties });
        if !self.required.is_empty() {
            object["required"] = self.required.into();
        }
        if !self.one_of_two.is_empty() {
            object["allOf"] = self.one_of_two.into();
        }
        object
    }
}

/// What a value is part of; the rules differ slightly.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Parameter,
    Body,
}

/// A record that was encountered.
struct Met {
    fields: &'static [Field],
    part: Part,
    /// How often it was encountered.
    count: usize,
    /// Its name among the definitions.
    name: String,
}

/// Writes schemas once it has seen all records, so that it knows which of them occur several times.
#[derive(Default)]
struct Writer {
    records: Vec<Met>,
}

impl Writer {
    /// Notes the records of a value, and those inside them.
    fn meet(&mut self, kind: Kind, name: &str, part: Part) {
        let fields = match kind {
            Kind::List(of) => return self.meet(*of, name, part),
            Kind::Record(fields) => fields(),
            _ => return,
        };
        if let Some(met) = self.records.iter_mut().find(|met| met.is(fields, part)) {
            met.count += 1;
            return;
        }
        let name = self.free_name(name);
        self.records.push(Met { fields, part, count: 1, name });
        for field in fields {
            self.meet(field.kind, field.name, part);
        }
    }

    /// A name for a record: that of the first field that contains it, with a number if it is taken.
    fn free_name(&self, name: &str) -> String {
        let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        let taken = |name: &str| self.records.iter().any(|met| met.name == name);
        let mut free = plain.clone();
        let mut number = 2;
        while taken(&free) {
            free = format!("{plain}{number}");
            number += 1;
        }
        free
    }

    /// The definitions of records that are used in several places.
    fn shared(&self) -> impl Iterator<Item = &Met> {
        self.records.iter().filter(|met| met.count > 1)
    }

    /// A parameter, with the rules that apply because it becomes part of a path or is joined with commas.
    fn parameter(&self, parameter: &Field, place: ParameterPlace) -> Map<String, Value> {
        let mut schema = self.declared(parameter, Part::Parameter);
        let free_text = |schema: &Map<String, Value>| {
            schema.get("type").is_some_and(|kind| kind == "string")
                && !schema.contains_key("enum")
                && !schema.contains_key("pattern")
        };
        if place == ParameterPlace::Path && free_text(&schema) {
            schema.insert("pattern".to_owned(), r"[^.\s]".into());
        }
        if let Some(Value::Object(items)) = schema.get_mut("items") {
            if free_text(items) {
                items.insert("pattern".to_owned(), "^[^,]*$".into());
            }
            // An empty list is refused: a filter without values would be no filter.
            if !schema.contains_key("minItems") {
                schema.insert("minItems".to_owned(), 1.into());
            }
        }
        schema
    }

    /// A field of the body, which may be a file.
    fn top_field(&self, field: &Field) -> Map<String, Value> {
        match field.kind {
            Kind::File => self.upload(file_fields()),
            Kind::List(Kind::File) => {
                let mut schema = typed("array");
                schema.insert("items".to_owned(), Value::Object(self.upload(file_fields())));
                schema
            }
            _ => self.field(field, Part::Body),
        }
    }

    /// The schema of `body`, and whether it is required.
    fn body(&self, operation: &Operation, hidden: &[&Field]) -> Option<(Map<String, Value>, bool)> {
        match operation.body {
            Body::Whole { required, kind } => Some((self.value(kind, &[], Part::Body), required)),
            Body::Bytes => Some((self.upload(bytes_fields()), false)),
            Body::Json { .. } | Body::Form { .. } if !hidden.is_empty() => {
                let mut properties = Properties::default();
                for field in hidden {
                    properties.add(field, self.top_field(field), "");
                }
                let required = !properties.required.is_empty();
                let mut schema = properties.object();
                schema["additionalProperties"] = false.into();
                Some((into_map(schema), required))
            }
            Body::None | Body::Json { .. } | Body::Form { .. } => None,
        }
    }

    /// A file or bytes.
    fn upload(&self, fields: &'static [Field]) -> Map<String, Value> {
        let mut properties = Properties::default();
        for field in fields {
            let schema = self.field(field, Part::Parameter);
            let schema = match field.name {
                CONTENT => with(schema, "contentEncoding", "base64"),
                MEDIA_TYPE => with(schema, "pattern", r"^[\w.+-]+/[\w.+-]+$"),
                _ => schema,
            };
            properties.add(field, schema, "");
        }
        let mut schema = properties.object();
        schema["additionalProperties"] = false.into();
        into_map(schema)
    }

    /// A record, written out.
    fn object(&self, record: &Met) -> Value {
        let mut properties = Properties::default();
        for field in record.fields {
            properties.add(field, self.field(field, record.part), "");
        }
        let mut schema = properties.object();
        if record.part == Part::Body {
            schema["patternProperties"] = custom_fields();
        }
        schema["additionalProperties"] = false.into();
        schema
    }

    /// A field of a record, which may be null if it can be cleared.
    fn field(&self, field: &Field, part: Part) -> Map<String, Value> {
        let mut schema = self.declared(field, part);
        if field.rules.contains(&Rule::Nullable) {
            schema = or_null(schema);
        }
        schema
    }

    /// A value with everything that is known about it beyond its limits.
    fn declared(&self, field: &Field, part: Part) -> Map<String, Value> {
        let mut schema = self.value(field.kind, field.rules, part);
        for rule in field.rules {
            match *rule {
                Rule::ReadOnly => schema.insert("readOnly".to_owned(), true.into()),
                Rule::Expected => schema.insert("x-expected".to_owned(), true.into()),
                Rule::Default(text) => schema.insert("default".to_owned(), of_kind(text, field.kind)),
                _ => None,
            };
        }
        schema
    }

    fn value(&self, kind: Kind, rules: &'static [Rule], part: Part) -> Map<String, Value> {
        let schema = match kind {
            Kind::Any => return Map::new(),
            Kind::Boolean => typed("boolean"),
            Kind::DateTime => with(typed("string"), "format", "date-time"),
            Kind::Id => with(typed("string"), "pattern", "^[0-9]+$"),
            Kind::Integer => typed("integer"),
            Kind::List(of) => {
                let mut schema = typed("array");
                schema.insert("items".to_owned(), Value::Object(self.value(*of, rules, part)));
                limit_list(&mut schema, rules);
                return schema;
            }
            Kind::Map => return typed("object"),
            Kind::Number => typed("number"),
            Kind::Record(fields) => return self.record(fields(), part),
            Kind::File | Kind::Text => typed("string"),
            Kind::TimeRange => range(),
        };
        limited(schema, kind, rules)
    }

    fn record(&self, fields: &'static [Field], part: Part) -> Map<String, Value> {
        match self.records.iter().find(|met| met.is(fields, part)) {
            Some(met) if met.count > 1 => with(Map::new(), "$ref", &format!("#/$defs/{}", met.name)),
            Some(met) => into_map(self.object(met)),
            None => typed("object"),
        }
    }
}

impl Met {
    fn is(&self, fields: &'static [Field], part: Part) -> bool {
        std::ptr::eq(self.fields, fields) && self.part == part
    }
}

fn into_map(schema: Value) -> Map<String, Value> {
    match schema {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
