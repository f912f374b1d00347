//! Keywords beside a reference or an `allOf`: they narrow what stands there.

use super::scalar::{value_text, whole};
use super::written::Written;
use super::{Fix, Importer};
use crate::spec::{Kind, Scalar, Schema};

impl<'n> Importer<'n> {
    /// The type that a reference points to, with what the keywords beside it say.
    pub(super) fn referred(&mut self, text: &'n str, schema: &Written<'n>, file: &'n str, depth: usize) -> Schema {
        let Some(name) = self.type_name(text, file, schema.at) else { return Schema::scalar(Scalar::Any) };
        let named = Schema::new(Kind::Named(name));
        let adds = schema.properties.is_some() || !schema.required.is_empty() || !schema.all_of.is_empty();
        if adds || schema.is_union() {
            return self.merged(schema, Some(named), file, depth);
        }
        self.narrowed(named, schema, file)
    }

    /// A type with the limits, values and default that a schema adds to it. Records have none.
    pub(super) fn narrowed(&mut self, made: Schema, schema: &Written<'n>, file: &'n str) -> Schema {
        if !narrows(schema) {
            return made;
        }
        let mut seen = Vec::new();
        let mut target = made.clone();
        while let Some(name) = target.name().map(str::to_owned).filter(|name| !seen.contains(name)) {
            let Some(next) = self.named(&name) else { break };
            target = Schema { nullable: target.nullable || next.nullable, ..next };
            seen.push(name);
        }
        match &target.kind {
            Kind::Scalar(_) | Kind::List(_) => narrow(target, schema),
            _ => {
                let problem = "limits, values or a default beside a record were left out";
                self.note(file, schema.at, problem, Fix::Unknown);
                made
            }
        }
    }
}

/// Whether a schema limits values.
fn narrows(schema: &Written<'_>) -> bool {
    let limits = [schema.minimum, schema.maximum].iter().any(Option::is_some);
    let counts = [schema.min_length, schema.max_length, schema.min_items, schema.max_items].iter().any(Option::is_some);
    let values = schema.values.iter().any(|value| !value.is_null());
    limits || counts || values || schema.default.is_some() || schema.unique || schema.read_only
}

fn narrow(mut target: Schema, schema: &Written<'_>) -> Schema {
    let (numeric, textual, list) = match &target.kind {
        Kind::Scalar(scalar) => (matches!(scalar, Scalar::Integer | Scalar::Number), scalar.is_textual(), false),
        _ => (false, false, true),
    };
    let rules = &mut target.rules;
    let most = |known: Option<u64>, new: Option<u64>| known.into_iter().chain(new).min();
    let least = |known: Option<u64>, new: Option<u64>| known.into_iter().chain(new).max();
    if numeric {
        rules.minimum = rules.minimum.into_iter().chain(schema.minimum.map(whole)).max();
        rules.maximum = rules.maximum.into_iter().chain(schema.maximum.map(whole)).min();
    }
    if textual {
        rules.min_length = least(rules.min_length, schema.min_length.filter(|least| *least > 0));
        rules.max_length = most(rules.max_length, schema.max_length);
    }
    if list {
        rules.min_items = least(rules.min_items, schema.min_items);
        rules.max_items = most(rules.max_items, schema.max_items);
        rules.unique |= schema.unique;
    } else {
        let values: Vec<String> = schema.values.iter().filter_map(value_text).collect();
        let both: Vec<String> = rules.values.iter().filter(|value| values.contains(value)).cloned().collect();
        if !values.is_empty() {
            rules.values = if both.is_empty() { values } else { both };
        }
    }
    rules.read_only |= schema.read_only;
    if schema.default.is_some() {
        rules.default.clone_from(&schema.default);
    }
    target
}
