//! Checks types.

use std::collections::{BTreeSet, HashSet};

use super::Checker;
use crate::diagnostic::Location;
use crate::spec::{Kind, Rules, Scalar, Schema};

impl Checker<'_> {
    pub(super) fn schema(&mut self, schema: &Schema, location: &Location) {
        self.rules(schema, location);
        match &schema.kind {
            Kind::Scalar(_) => {}
            Kind::Named(name) if self.loaded.spec.types.contains_key(name) || self.unread.types.contains(name) => {}
            Kind::Named(name) => {
                let help = match nearest(name, self.loaded.spec.types.keys()) {
                    Some(near) => format!("did you mean {near}? Missing types can be added in spec/local/types.json"),
                    None => "add the type in spec/local/types.json".to_owned(),
                };
                self.fail(location.clone(), format!("there is no type {name}"), help);
            }
            Kind::List(of) | Kind::Map(of) => self.schema(of, &location.join("of")),
            Kind::Union(of) => {
                for (index, branch) in of.iter().enumerate() {
                    self.schema(branch, &location.join("of").join(index.to_string()));
                }
            }
            Kind::Object(object) => {
                for (name, field) in &object.fields {
                    self.schema(field, &location.join("fields").join(name));
                }
                for name in object.required.iter().filter(|name| !object.fields.contains_key(*name)) {
                    let help = "declare it under `fields`, or remove it from `required`";
                    self.fail(location.join("required"), format!("required field {name} is not declared"), help);
                }
            }
        }
    }

    fn rules(&mut self, schema: &Schema, location: &Location) {
        let Rules { minimum, maximum, min_length, max_length, min_items, max_items, .. } = schema.rules;
        let limits = [
            (minimum.zip(maximum).is_some_and(|(least, most)| most < least), "maximum", "minimum"),
            (min_length.zip(max_length).is_some_and(|(least, most)| most < least), "max_length", "min_length"),
            (min_items.zip(max_items).is_some_and(|(least, most)| most < least), "max_items", "min_items"),
        ];
        for (wrong, most, least) in limits {
            if wrong {
                self.fail(location.join(most), format!("{most} is below {least}"), "swap or fix the two limits");
            }
        }
        let numeric = matches!(schema.kind, Kind::Scalar(Scalar::Integer | Scalar::Number));
        if !numeric && (minimum.is_some() || maximum.is_some()) {
            let help =
                "numbers have minimum and maximum, text min_length and max_length, lists min_items and max_items";
            self.fail(location.clone(), "minimum and maximum belong to numbers", help);
        }
        if !matches!(schema.kind, Kind::List(_)) && (min_items.is_some() || max_items.is_some() || schema.rules.unique)
        {
            self.fail(
                location.clone(),
                "min_items, max_items and unique belong to lists",
                "put them beside \"type\": \"list\"",
            );
        }
        let values: BTreeSet<_> = schema.rules.values.iter().collect();
        if values.len() < schema.rules.values.len() {
            self.fail(location.join("values"), "a value is listed twice", "keep one of them");
        }
    }

    /// A name that refers back to itself through other names means nothing.
    pub(super) fn circle(&mut self, name: &str, schema: &Schema, location: &Location) {
        let spec = &self.loaded.spec;
        let mut seen = HashSet::from([name]);
        let mut schema = schema;
        while let Some(next) = schema.name() {
            if !seen.insert(next) {
                let problem = format!("type {name} refers only to itself");
                self.fail(location.clone(), problem, "give it a shape");
                return;
            }
            let Some(found) = spec.types.get(next) else { return };
            schema = found;
        }
    }
}

/// The closest known name, if it is close enough.
fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a String>) -> Option<&'a String> {
    let fold = |name: &str| name.to_lowercase().replace(['_', '-'], "");
    let (module, own) = name.split_once('.')?;
    let near = |candidate: &&String| {
        let (other, rest) = candidate.split_once('.')?;
        let alike = other == module && (fold(rest).contains(&fold(own)) || fold(own).contains(&fold(rest)));
        let distance = strsim::levenshtein(name, candidate);
        (alike || rest == own || distance <= 2).then_some(distance)
    };
    known.filter_map(|candidate| Some((near(&candidate)?, candidate))).min().map(|(_, candidate)| candidate)
}
