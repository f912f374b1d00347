//! The files that people write: `spec/local/*.json`.

use indexmap::IndexMap;
use serde::Deserialize;
use serde::de::{Deserializer, Error};
use serde_json::{Map, Value};

use super::entries;
use super::evidence::{Evidence, Strength};
use super::metric::Metric;
use super::reasons;
use super::resource::Resource;
use super::several::typed;
use super::summaries::{KeyFields, Link, Site};
use super::uses::Uses;
use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::{API, EXAMPLES, Files, LOCAL};

/// The key by which an editor finds the schema of a file.
pub(super) const SCHEMA: &str = "$schema";

/// The entries of all files of `spec/local`, each with its location.
#[derive(Debug, Default)]
pub(crate) struct Local {
    /// Operations missing from the OpenAPI files.
    pub(crate) operations: Vec<(AddedOperation, Location)>,
    /// Types missing from the OpenAPI files.
    pub(crate) types: Vec<(AddedType, Location)>,
    /// Single facts that the OpenAPI files get wrong or leave out.
    pub(crate) corrections: Vec<(Correction, Location)>,
    /// Rust names of types that would otherwise be made from the names in the OpenAPI files.
    pub(super) names: Vec<(Naming, Location)>,
    /// Rust names that break a naming rule but stay.
    pub(super) kept: Vec<(Kept, Location)>,
    /// Groups of modules that share a cargo feature.
    pub(super) families: Vec<(Family, Location)>,
    /// What records and their fields mean.
    pub(super) about: Vec<(About, Location)>,
    /// The fields that hold custom fields.
    pub(super) custom_fields: Vec<(CustomField, Location)>,
    /// The fields by which people recognise records.
    pub(super) key_fields: Vec<(KeyFields, Location)>,
    /// Where links to records are found.
    pub(super) links: Vec<(Link, Location)>,
    /// Where those links start.
    pub(super) sites: Vec<(Site, Location)>,
    /// The lists of records that are worth keeping a copy of.
    pub(super) resources: Vec<(Resource, Location)>,
    /// Figures that are worth a snapshot.
    pub(super) metrics: Vec<(Metric, Location)>,
    /// How often operations are used.
    pub(super) uses: Vec<(Uses, Location)>,
    /// Notes of an import that need no correction.
    pub(crate) accepted: Vec<(AcceptedNote, Location)>,
}

impl Local {
    /// The entries of all files of `spec/local`; errors go to `diagnostics`.
    pub(crate) fn read(files: &Files, diagnostics: &mut Diagnostics) -> Self {
        let mut local = Self::default();
        let examples = format!("{EXAMPLES}/");
        let is_local =
            |path: &&String| path.starts_with(&format!("{LOCAL}/")) && !path.starts_with(&examples) && *path != API;
        for (path, text) in files.iter().filter(|(path, _)| is_local(path)) {
            local.add(path, text, diagnostics);
        }
        reasons::check(&local, diagnostics);
        local
    }

    /// Adds the entries of a file, which may have any of the lists; errors go to `diagnostics`.
    fn add(&mut self, path: &str, text: &str, diagnostics: &mut Diagnostics) {
        let Some(lists) = entries::file::<IndexMap<String, Value>>(path, text, diagnostics) else { return };
        for (list, values) in lists.into_iter().filter(|(list, _)| list != SCHEMA) {
            let Value::Array(values) = values else {
                let problem = format!("`{list}` is not a list");
                diagnostics.push(Diagnostic::new(
                    Location::key(path, &[list]),
                    problem,
                    "put its entries between [ and ]",
                ));
                continue;
            };
            match list.as_str() {
                "operations" => typed(path, &list, values, &mut self.operations, diagnostics),
                "types" => typed(path, &list, values, &mut self.types, diagnostics),
                "corrections" => typed(path, &list, values, &mut self.corrections, diagnostics),
                "names" => typed(path, &list, values, &mut self.names, diagnostics),
                "kept" => typed(path, &list, values, &mut self.kept, diagnostics),
                "families" => typed(path, &list, values, &mut self.families, diagnostics),
                "about" => typed(path, &list, values, &mut self.about, diagnostics),
                "custom_fields" => typed(path, &list, values, &mut self.custom_fields, diagnostics),
                "key_fields" => typed(path, &list, values, &mut self.key_fields, diagnostics),
                "links" => typed(path, &list, values, &mut self.links, diagnostics),
                "metrics" => typed(path, &list, values, &mut self.metrics, diagnostics),
                "resources" => typed(path, &list, values, &mut self.resources, diagnostics),
                "sites" => typed(path, &list, values, &mut self.sites, diagnostics),
                "uses" => typed(path, &list, values, &mut self.uses, diagnostics),
                "accepted_notes" => typed(path, &list, values, &mut self.accepted, diagnostics),
                unknown => {
                    let problem = format!("unknown list `{unknown}`");
                    let help = "a file may have operations, types, corrections, names, kept, families, custom_fields, \
                                key_fields, links, metrics, resources, sites, uses, about and accepted_notes";
                    diagnostics.push(Diagnostic::new(Location::key(path, &[unknown]), problem, help));
                }
            }
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AddedOperation {
    pub(super) why: String,
    pub(super) evidence: Evidence,
    #[serde(default)]
    pub(super) strength: Option<Strength>,
    /// Keys of the operation that are only a guess, each with the reason.
    #[serde(default)]
    pub(super) inferred: IndexMap<String, String>,
    pub(super) module: String,
    /// As in `spec/upstream`, and read the same way.
    pub(super) operation: Value,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AddedType {
    pub(super) why: String,
    pub(super) evidence: Evidence,
    #[serde(default)]
    pub(super) strength: Option<Strength>,
    pub(crate) name: String,
    #[serde(rename = "type")]
    pub(super) schema: Value,
}

/// A change to an operation, its body or one of its parameters, or to a type; or to a field of a type or an inline
/// body.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Correction {
    pub(crate) why: String,
    pub(crate) evidence: Evidence,
    #[serde(default)]
    pub(crate) strength: Option<Strength>,
    #[serde(default)]
    pub(crate) operation: Option<String>,
    #[serde(default)]
    pub(crate) parameter: Option<String>,
    /// Whether this is about the operation's body rather than the operation.
    #[serde(default)]
    pub(crate) body: bool,
    /// The status of the answer that this is about, rather than the operation; with `field`, one in its JSON.
    #[serde(default)]
    pub(crate) answer: Option<String>,
    #[serde(rename = "type", default)]
    pub(crate) type_name: Option<String>,
    /// A field; nested fields are written with a dot: `source.dueDate`.
    #[serde(default)]
    pub(crate) field: Option<String>,
    /// The keys that get a new value; `null` removes a key.
    #[serde(default)]
    pub(crate) change: IndexMap<String, Value>,
    /// What upstream has for these keys, as far as it has something; several if what is named differs in it.
    #[serde(default, deserialize_with = "one_or_several")]
    pub(crate) was: Vec<Map<String, Value>>,
    /// The parameter or field to add, if it does not exist yet.
    #[serde(default)]
    pub(crate) add: Option<Value>,
}

/// One object, or a list of them.
fn one_or_several<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Map<String, Value>>, D::Error> {
    let values = match Value::deserialize(deserializer)? {
        Value::Array(values) => values,
        one => vec![one],
    };
    let map = |value| match value {
        Value::Object(map) => Ok(map),
        other => Err(D::Error::custom(format!("`was` has {other} in place of keys with their values"))),
    };
    values.into_iter().map(map).collect()
}

/// A note of an import, or of what duplicates do not agree on, that needs no correction.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AcceptedNote {
    pub(super) why: String,
    /// The file and the note, without the line.
    pub(crate) note: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Naming {
    pub(super) why: String,
    #[serde(rename = "type")]
    pub(super) type_name: Option<String>,
    pub(super) operation: Option<String>,
    pub(super) parameter: Option<String>,
    pub(super) field: Option<String>,
    pub(super) name: String,
}

/// Rust names that break a naming rule but stay: these, or all types of these modules that contain the word.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// The reason.
    pub why: String,
    /// The names.
    #[serde(default)]
    pub names: Vec<String>,
    /// A word that means something in the modules, in lower case.
    #[serde(default)]
    pub word: Option<String>,
    /// The modules of the spec.
    #[serde(default)]
    pub modules: Vec<String>,
}

/// What a record and its fields mean, or what fields of that name mean in every record.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// The record, by its Rust name; none if this is about every record.
    #[serde(default)]
    pub record: Option<String>,
    /// What the record is, in a sentence.
    #[serde(default)]
    pub text: Option<String>,
    /// Fields by their wire name, each with one line of text.
    #[serde(default)]
    pub fields: IndexMap<String, String>,
}

/// A field that holds custom fields, by its name.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CustomField {
    pub(super) why: String,
    pub(super) evidence: Evidence,
    #[serde(default)]
    pub(super) strength: Option<Strength>,
    pub(super) field: String,
}

/// A group of modules that share a cargo feature.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Family {
    /// The feature's name, and the name of the Rust module.
    pub name: String,
    /// What it is about, in a sentence.
    pub about: String,
    /// Whether it is on when nothing is chosen.
    #[serde(default)]
    pub default: bool,
    /// The spec modules in it.
    pub modules: Vec<String>,
}
