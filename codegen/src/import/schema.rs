//! OpenAPI schemas → the spec's types: references become names, every `allOf` a merge.

use serde_json::Value;

use super::openapi::{self, Additional};
use super::reference::{Reference, Section};
use super::{Importer, counts};
use crate::spec::{Kind, Object, Rules, Scalar, Schema};

/// Deeper nesting than any real description has; beyond it, something refers to itself.
const DEPTH: usize = 64;

/// More variants than that of one record are of no use to anybody.
const VARIANTS: usize = 64;

impl Importer<'_> {
    /// The spec's type for a schema in `file`.
    pub(super) fn schema(&mut self, schema: &openapi::Schema, file: &str) -> Schema {
        self.nested(schema, file, 0)
    }

    fn nested(&mut self, schema: &openapi::Schema, file: &str, depth: usize) -> Schema {
        for keyword in schema.unknown.keys() {
            if !keyword.starts_with("x-") {
                self.note(format!("{file}: keyword `{keyword}` of a schema is not understood and was left out"));
            }
        }
        if depth > DEPTH {
            self.note(format!("{file}: a schema is nested over {DEPTH} levels deep; any value is taken there"));
            return Schema::scalar(Scalar::Any);
        }
        if let Some(reference) = &schema.reference {
            return Schema::new(Kind::Named(self.type_name(reference, file)));
        }
        let unions = !schema.one_of.is_empty() || !schema.any_of.is_empty();
        let mut made = if !schema.all_of.is_empty() || (unions && schema.properties.is_some()) {
            self.merged(schema, file, depth)
        } else if unions {
            self.union(schema, file, depth)
        } else {
            self.plain(schema, file, depth)
        };
        made.nullable |= schema.types.has("null") || schema.values.contains(&Value::Null);
        made
    }

    fn plain(&mut self, schema: &openapi::Schema, file: &str, depth: usize) -> Schema {
        if let Some(properties) = &schema.properties {
            let mut fields = indexmap::IndexMap::new();
            for (name, field) in properties {
                let mut made = self.nested(field, file, depth + 1);
                counts::settle(name, &mut made);
                fields.insert(name.clone(), made);
            }
            return Schema::new(Kind::Object(Object {
                fields,
                required: schema.required.clone(),
                ..Object::default()
            }));
        }
        if let Some(items) = &schema.items {
            let mut of = Box::new(self.nested(items, file, depth + 1));
            // Wide numbers in a list are ids: amounts do not come in lists.
            if items.format.as_deref() == Some("int64") && of.kind == Kind::Scalar(Scalar::Integer) {
                of.kind = Kind::Scalar(Scalar::Id);
            }
            let rules = Rules {
                min_items: schema.min_items,
                max_items: schema.max_items,
                unique: schema.unique_items,
                ..Rules::default()
            };
            return Schema { kind: Kind::List(of), nullable: false, rules };
        }
        if schema.types.within(&["object"]) {
            let of = match &schema.additional_properties {
                // What a map holds is custom: digits in the description are an example, not a rule.
                Some(Additional::Typed(of)) => match self.nested(of, file, depth + 1) {
                    Schema { kind: Kind::Scalar(Scalar::Id), .. } => Schema::scalar(Scalar::Any),
                    made => made,
                },
                Some(Additional::Allowed(_)) | None => Schema::scalar(Scalar::Any),
            };
            return Schema::new(Kind::Map(Box::new(of)));
        }
        if schema.types.within(&["array"]) {
            return Schema::new(Kind::List(Box::new(Schema::scalar(Scalar::Any))));
        }
        scalar(schema)
    }

    /// `oneOf` and `anyOf`, which the description uses alike. A branch of `null` only says that
    /// null is allowed; a single branch is no union.
    fn union(&mut self, schema: &openapi::Schema, file: &str, depth: usize) -> Schema {
        let mut nullable = false;
        let mut branches = Vec::new();
        for branch in schema.one_of.iter().chain(&schema.any_of) {
            if branch.types.is_null() {
                nullable = true;
                continue;
            }
            let made = self.nested(branch, file, depth + 1);
            if !branches.contains(&made) {
                branches.push(made);
            }
        }
        let mut made = match branches.pop() {
            None => Schema::scalar(Scalar::Any),
            Some(only) if branches.is_empty() => only,
            Some(last) => {
                branches.push(last);
                Schema::new(Kind::Union(branches))
            }
        };
        made.nullable |= nullable;
        made
    }

    /// `allOf`: one record with the fields of all branches. Several branches that are unions of
    /// records become one union of the merged records.
    fn merged(&mut self, schema: &openapi::Schema, file: &str, depth: usize) -> Schema {
        let unions = !schema.one_of.is_empty() || !schema.any_of.is_empty();
        let alone = schema.properties.is_none() && schema.required.is_empty() && !unions;
        if let ([only], true) = (schema.all_of.as_slice(), alone) {
            return self.nested(only, file, depth + 1);
        }
        let mut variants = vec![Object::default()];
        let mut parts: Vec<Vec<Object>> = Vec::new();
        let mut values = Vec::new();
        let mut required = schema.required.clone();
        for branch in &schema.all_of {
            let made = self.nested(branch, file, depth + 1);
            let objects = self.objects(&made, &mut Vec::new());
            if objects.is_empty() {
                // A branch may do no more than demand fields of the others.
                required.extend(branch.required.iter().cloned());
                values.push(made);
            }
            parts.push(objects);
        }
        if schema.properties.is_some() {
            let own = self.plain(schema, file, depth);
            parts.push(self.objects(&own, &mut Vec::new()));
        }
        if unions {
            let own = self.union(schema, file, depth);
            parts.push(self.objects(&own, &mut Vec::new()));
        }
        values.retain(says_something);
        if parts.iter().all(Vec::is_empty) && !values.is_empty() {
            if values.len() > 1 {
                self.note(format!("{file}: an `allOf` of values that are no records; the first counts"));
            }
            return values.remove(0);
        }
        // A branch that several parts repeat adds nothing, and would only multiply the variants.
        parts.dedup();
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            let mut next: Vec<Object> = Vec::new();
            for variant in &variants {
                for object in &part {
                    let merged = merge(variant.clone(), object);
                    if !next.contains(&merged) {
                        next.push(merged);
                    }
                }
            }
            variants = next;
            if variants.len() > VARIANTS {
                let all = variants.iter().fold(Object::default(), merge);
                self.note(format!("{file}: an `allOf` of unions has over {VARIANTS} variants; it became one record"));
                variants = vec![Object { required: Vec::new(), ..all }];
            }
        }
        for variant in &mut variants {
            for name in &required {
                if variant.fields.contains_key(name) && !variant.required.contains(name) {
                    variant.required.push(name.clone());
                }
            }
        }
        let mut made: Vec<_> = variants.into_iter().map(|object| Schema::new(Kind::Object(object))).collect();
        match made.len() {
            1 => made.remove(0),
            _ => Schema::new(Kind::Union(made)),
        }
    }

    /// The records that a type may be, references followed. `open` names those being followed.
    fn objects(&mut self, schema: &Schema, open: &mut Vec<String>) -> Vec<Object> {
        match &schema.kind {
            Kind::Object(object) => vec![object.clone()],
            Kind::Union(branches) => branches.iter().flat_map(|branch| self.objects(branch, open)).collect(),
            Kind::Named(name) if !open.contains(name) => {
                // It stays open: a name that is met again adds nothing to a merge.
                open.push(name.clone());
                let target = self.named(name);
                target.map(|target| self.objects(&target, open)).unwrap_or_default()
            }
            _ => Vec::new(),
        }
    }

    /// The type behind a name that `type_name` gave; none where it stands inside itself.
    pub(super) fn named(&mut self, name: &str) -> Option<Schema> {
        let reference = self.names.get(name)?.clone();
        let documents = self.documents;
        let components = &documents.get(&reference.file)?.components;
        let source = match reference.section {
            Section::Schemas => components.schemas.get(&reference.name)?,
            Section::Responses => &openapi::document(&components.responses.get(&reference.name)?.content)?.schema,
            Section::RequestBodies => {
                &openapi::document(&components.request_bodies.get(&reference.name)?.content)?.schema
            }
            Section::Parameters => return None,
        };
        if let Some(made) = self.made.get(name) {
            return Some(made.clone());
        }
        if self.open.len() > DEPTH {
            self.note(format!(
                "{}: references lead on over {DEPTH} types; any value is taken for {name}",
                reference.file
            ));
            return None;
        }
        if !self.open.insert(name.to_owned()) {
            return None;
        }
        let made = self.schema(source, &reference.file);
        self.open.remove(name);
        self.made.insert(name.to_owned(), made.clone());
        Some(made)
    }

    fn type_name(&mut self, reference: &str, file: &str) -> String {
        let reference = Reference::parse(reference, file);
        if !self.exists(&reference) {
            self.note(format!("{file}: {reference} does not exist; add the type to spec/local/types.json"));
        }
        self.reach(reference)
    }
}

/// Whether a branch says more than that there is a value.
fn says_something(schema: &Schema) -> bool {
    match &schema.kind {
        Kind::Scalar(Scalar::Any) => false,
        Kind::Map(of) => of.kind != Kind::Scalar(Scalar::Any),
        _ => true,
    }
}

/// Both records as one. Where both declare a field, the later one adds to the earlier.
fn merge(mut base: Object, more: &Object) -> Object {
    for (name, field) in &more.fields {
        match base.fields.get_mut(name) {
            Some(known) => *known = meet(known.clone(), field),
            None => {
                base.fields.insert(name.clone(), field.clone());
            }
        }
    }
    for name in &more.required {
        if !base.required.contains(name) {
            base.required.push(name.clone());
        }
    }
    base
}

/// One field that two branches declare.
fn meet(known: Schema, other: &Schema) -> Schema {
    let any = Kind::Scalar(Scalar::Any);
    match (&known.kind, &other.kind) {
        _ if known == *other => known,
        (Kind::Object(a), Kind::Object(b)) => Schema { kind: Kind::Object(merge(a.clone(), b)), ..known },
        (Kind::Scalar(a), Kind::Scalar(b)) if a == b => {
            let mut known = known;
            let new: Vec<_> = other.rules.values.iter().filter(|v| !known.rules.values.contains(v)).cloned().collect();
            match (known.rules.values.is_empty(), other.rules.values.is_empty()) {
                (false, false) => known.rules.values.extend(new),
                _ => known.rules.values.clear(),
            }
            known.rules.max_length = known.rules.max_length.max(other.rules.max_length);
            known.nullable |= other.nullable;
            known
        }
        (kind, _) if *kind == any => other.clone(),
        (_, kind) if *kind == any => known,
        (Kind::Scalar(Scalar::Boolean), Kind::Scalar(Scalar::Text)) if is_flag(other) => known,
        (Kind::Scalar(Scalar::Text), Kind::Scalar(Scalar::Boolean)) if is_flag(&known) => other.clone(),
        _ => Schema::new(Kind::Union(vec![known, other.clone()])),
    }
}

/// Whether a text stands for a boolean, as its default tells.
fn is_flag(text: &Schema) -> bool {
    let default = text.rules.default.as_ref().and_then(Value::as_str);
    matches!(default, Some("true" | "false"))
}

fn scalar(schema: &openapi::Schema) -> Schema {
    let types = &schema.types;
    let format = schema.format.as_deref().unwrap_or_default();
    let digits = schema.pattern.as_ref().is_some_and(|pattern| pattern.as_str().is_some_and(|p| p.contains("[0-9]+")));
    let scalar = match format {
        // Counts are 32 bits wide, ids 64 and digits only.
        "int64" if types.has("string") || digits => Scalar::Id,
        "int32" | "int64" => Scalar::Integer,
        "double" | "float" => Scalar::Number,
        "date-time" => Scalar::DateTime,
        "date" => Scalar::Date,
        "time" => Scalar::Time,
        "uri" | "url" => Scalar::Url,
        "email" => Scalar::Email,
        "binary" => Scalar::File,
        _ if types.within(&["boolean"]) => Scalar::Boolean,
        _ if types.within(&["integer"]) => Scalar::Integer,
        // Digits of no declared width, such as a postal code, may start with a zero.
        _ if digits && types.within(&["integer", "string"]) => Scalar::Text,
        _ if types.within(&["number", "integer"])
            || types.within(&["number", "integer", "string"]) && types.has("number") =>
        {
            Scalar::Number
        }
        _ if types.within(&["string"]) => Scalar::Text,
        _ if types.within(&["string", "boolean"]) => Scalar::Boolean,
        _ => Scalar::Any,
    };
    let values: Vec<String> = schema.values.iter().chain(&schema.constant).filter_map(value_text).collect();
    let booleans = values.iter().all(|value| value == "true" || value == "false");
    let scalar = match scalar {
        Scalar::Any | Scalar::Id if !values.is_empty() => Scalar::Text,
        scalar => scalar,
    };
    let limits = matches!(scalar, Scalar::Integer | Scalar::Number);
    let lengths = scalar.is_textual();
    let rules = Rules {
        values: if scalar == Scalar::Boolean && booleans { Vec::new() } else { values },
        minimum: schema.minimum.filter(|_| limits).map(whole),
        maximum: schema.maximum.filter(|_| limits).map(whole),
        min_length: schema.min_length.filter(|least| lengths && *least > 0),
        max_length: schema.max_length.filter(|_| lengths),
        read_only: schema.read_only,
        default: schema.default.clone(),
        ..Rules::default()
    };
    Schema { kind: Kind::Scalar(scalar), nullable: false, rules }
}

fn value_text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// Limits are whole numbers; a fraction is rounded, and what is out of range becomes the bound.
#[expect(clippy::cast_possible_truncation, reason = "float to integer casts saturate, which is meant here")]
fn whole(limit: f64) -> i64 {
    limit.round() as i64
}
