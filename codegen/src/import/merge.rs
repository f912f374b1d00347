//! `allOf`: several schemas → one record that combines them.

use serde_json::Value;

use super::tree::{Node, Position};
use super::written::Written;
use super::{Fix, Importer};
use crate::spec::{Kind, Object, Scalar, Schema};

/// The most variants of one record that are still useful.
const VARIANTS: usize = 64;

impl<'n> Importer<'n> {
    /// `allOf`: one record with the fields of all branches, and of `base`. Several branches that are unions of records
    /// become one union of the merged records.
    pub(super) fn merged(&mut self, schema: &Written<'n>, base: Option<Schema>, file: &'n str, depth: usize) -> Schema {
        let unions = schema.is_union();
        let alone = schema.properties.is_none() && schema.required.is_empty() && !unions && base.is_none();
        if let ([only], true) = (schema.all_of, alone) {
            let made = self.nested(only, file, depth + 1);
            return self.narrowed(made, schema, file);
        }
        let mut parts: Vec<Vec<Object>> = Vec::new();
        let mut values = Vec::new();
        let mut required: Vec<String> = schema.required.iter().map(|name| (*name).to_owned()).collect();
        let branches: Vec<Schema> = schema
            .all_of
            .iter()
            .filter_map(|branch| {
                // A branch may do nothing but require fields of the others.
                match requires_only(branch) {
                    Some(names) => {
                        required.extend(names);
                        None
                    }
                    None => Some(self.nested(branch, file, depth + 1)),
                }
            })
            .collect();
        for made in base.into_iter().chain(branches) {
            let objects = self.objects(&made, &mut Vec::new());
            if objects.is_empty() {
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
                let problem = "an `allOf` of values that are not records; the first one is used";
                self.note(file, schema.at, problem, Fix::Unknown);
            }
            let first = values.remove(0);
            return self.narrowed(first, schema, file);
        }
        let mut variants = self.variants(parts, file, schema.at);
        for name in required {
            // What no variant declares is required of all of them.
            let declared = variants.iter().any(|variant| variant.fields.contains_key(&name));
            for variant in &mut variants {
                if (variant.fields.contains_key(&name) || !declared) && !variant.required.contains(&name) {
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

    /// The records made by every combination of one record from each part.
    fn variants(&mut self, mut parts: Vec<Vec<Object>>, file: &str, at: Position) -> Vec<Object> {
        // A branch repeated in several parts adds nothing and would only multiply the variants.
        parts.dedup();
        let mut variants = vec![Object::default()];
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
                let problem = format!("an `allOf` of unions has over {VARIANTS} variants; it became one record");
                self.note(file, at, problem, Fix::Unknown);
                variants = vec![Object { required: Vec::new(), ..all }];
            }
        }
        variants
    }

    /// The records that a type may be, after following references. `open` names the ones being followed.
    fn objects(&mut self, schema: &Schema, open: &mut Vec<String>) -> Vec<Object> {
        match &schema.kind {
            Kind::Object(object) => vec![object.clone()],
            Kind::Union(branches) => branches.iter().flat_map(|branch| self.objects(branch, open)).collect(),
            Kind::Named(name) if !open.contains(name) => {
                // It stays open: a name that comes up again adds nothing to a merge.
                open.push(name.clone());
                let target = self.named(name);
                target.map(|target| self.objects(&target, open)).unwrap_or_default()
            }
            _ => Vec::new(),
        }
    }
}

/// The fields that a branch requires, if that is all it does.
fn requires_only(branch: &Node<'_>) -> Option<Vec<String>> {
    let plain = |key: &str| matches!(key, "required" | "type" | "description");
    let entries = branch.entries()?;
    let names = branch.get("required")?.list()?;
    let only = entries.iter().all(|entry| plain(&entry.key));
    only.then(|| names.iter().filter_map(Node::text).map(str::to_owned).collect())
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

/// Whether a text stands for a boolean, judging by its default.
fn is_flag(text: &Schema) -> bool {
    let default = text.rules.default.as_ref().and_then(Value::as_str);
    matches!(default, Some("true" | "false"))
}
