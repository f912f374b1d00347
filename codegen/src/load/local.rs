//! The files that people write: `spec/local/*.json`.

use indexmap::{IndexMap, IndexSet};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::entries::{self, Entry};
use super::evidence::{Evidence, Strength};
use super::metric::Metric;
use super::resource::Resource;
use super::summaries::{KeyFields, Link, Site};
use crate::diagnostic::{Diagnostic, Diagnostics, Location};

/// The key by which an editor finds the schema of a file.
pub(super) const SCHEMA: &str = "$schema";

/// The entries of all files of `spec/local`, each with its location.
#[derive(Debug, Default)]
pub(super) struct Local {
    /// Operations missing from the OpenAPI files.
    pub(super) operations: Vec<(AddedOperation, Location)>,
    /// Types missing from the OpenAPI files.
    pub(super) types: Vec<(AddedType, Location)>,
    /// Single facts that the OpenAPI files get wrong or leave out.
    pub(super) corrections: Vec<(Correction, Location)>,
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
}

impl Local {
    /// Adds the entries of a file, which may have any of the lists; errors go to `diagnostics`.
    pub(super) fn add(&mut self, path: &str, text: &str, diagnostics: &mut Diagnostics) {
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
                unknown => {
                    let problem = format!("unknown list `{unknown}`");
                    let help = "a file may have operations, types, corrections, names, kept, families, custom_fields, key_fields, links, \
                                metrics, resources, sites and about";
                    diagnostics.push(Diagnostic::new(Location::key(path, &[unknown]), problem, help));
                }
            }
        }
        let here = |location: &Location| location.file == path;
        let reasons = [
            self.operations.iter().map(|(entry, location)| (&entry.why, location)).collect::<Vec<_>>(),
            self.types.iter().map(|(entry, location)| (&entry.why, location)).collect(),
            self.corrections.iter().map(|(entry, location)| (&entry.why, location)).collect(),
            self.names.iter().map(|(entry, location)| (&entry.why, location)).collect(),
            self.kept.iter().map(|(entry, location)| (&entry.why, location)).collect(),
            self.custom_fields.iter().map(|(entry, location)| (&entry.why, location)).collect(),
            self.key_fields.iter().map(|(entry, location)| (&entry.why, location)).collect(),
            self.links.iter().map(|(entry, location)| (&entry.why, location)).collect(),
            self.sites.iter().map(|(entry, location)| (&entry.why, location)).collect(),
            self.resources.iter().map(|(entry, location)| (&entry.why, location)).collect(),
            self.metrics.iter().map(|(entry, location)| (&entry.why, location)).collect(),
        ];
        for (why, location) in reasons.into_iter().flatten().filter(|(_, location)| here(location)) {
            if why.trim().is_empty() {
                let help = "say in a sentence where the fact comes from";
                diagnostics.push(Diagnostic::new(location.join("why"), "no reason is given", help));
            }
        }
        let sources = [
            self.operations
                .iter()
                .map(|(entry, location)| (entry.evidence, entry.strength, location))
                .collect::<Vec<_>>(),
            self.types.iter().map(|(entry, location)| (entry.evidence, entry.strength, location)).collect(),
            self.corrections.iter().map(|(entry, location)| (entry.evidence, entry.strength, location)).collect(),
            self.custom_fields.iter().map(|(entry, location)| (entry.evidence, entry.strength, location)).collect(),
            self.links.iter().map(|(entry, location)| (entry.evidence, entry.strength, location)).collect(),
            self.sites.iter().map(|(entry, location)| (entry.evidence, entry.strength, location)).collect(),
            self.resources.iter().map(|(entry, location)| (entry.evidence, entry.strength, location)).collect(),
            self.metrics.iter().map(|(entry, location)| (entry.evidence, entry.strength, location)).collect(),
        ];
        for (evidence, strength, location) in sources.into_iter().flatten().filter(|(_, _, location)| here(location)) {
            if let Some(problem) = evidence.contradicts(strength) {
                let help =
                    "observed facts say by whom: live (the service itself), many (several clients) or one (client)";
                diagnostics.push(Diagnostic::new(location.join("strength"), problem, help));
            }
        }
    }
}

fn typed<T: DeserializeOwned>(
    path: &str,
    list: &str,
    values: Vec<Value>,
    to: &mut Vec<(T, Location)>,
    diagnostics: &mut Diagnostics,
) {
    for (index, value) in values.into_iter().enumerate() {
        let location = Location::key(path, &[list, &index.to_string()]);
        for (key, name) in named_twice(&value) {
            let help = "name each once: remove one of them";
            diagnostics.push(Diagnostic::new(location.join(key), format!("{name} is named twice"), help));
        }
        for value in each(value) {
            let entry = Entry::new(location.clone(), value);
            to.extend(entry.read(diagnostics).map(|read| (read, entry.location)));
        }
    }
}

/// Keys that may hold several names in one entry, if the entry is true of all of them.
const SEVERAL: [&str; 6] = ["operation", "type", "parameter", "field", "record", "word"];

/// The first repeated name in each list. Each name may appear only once.
fn named_twice(value: &Value) -> Vec<(&'static str, String)> {
    let twice = |key: &'static str| {
        let names = value.get(key)?.as_array()?;
        let found = names.iter().enumerate().find(|(index, name)| names[..*index].contains(name));
        Some((key, found?.1.as_str()?.to_owned()))
    };
    SEVERAL.into_iter().filter_map(twice).collect()
}

/// One entry for each thing that the original names.
fn each(value: Value) -> Vec<Value> {
    let named =
        |key: &&str| value.get(key).is_some_and(|names| names.as_array().is_some_and(|names| !names.is_empty()));
    let Some(key) = SEVERAL.into_iter().find(named) else { return vec![value] };
    let names: IndexSet<Value> = value[key].as_array().into_iter().flatten().cloned().collect();
    let one = |name: Value| {
        let mut one = value.clone();
        one[key] = name;
        each(one)
    };
    names.into_iter().flat_map(one).collect()
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AddedOperation {
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
pub(super) struct AddedType {
    pub(super) why: String,
    pub(super) evidence: Evidence,
    #[serde(default)]
    pub(super) strength: Option<Strength>,
    pub(super) name: String,
    #[serde(rename = "type")]
    pub(super) schema: Value,
}

/// A change to an operation, its body or one of its parameters, or to a type; or to a field of a type or an inline
/// body.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Correction {
    pub(super) why: String,
    pub(super) evidence: Evidence,
    #[serde(default)]
    pub(super) strength: Option<Strength>,
    #[serde(default)]
    pub(super) operation: Option<String>,
    #[serde(default)]
    pub(super) parameter: Option<String>,
    /// Whether this is about the operation's body rather than the operation.
    #[serde(default)]
    pub(super) body: bool,
    #[serde(rename = "type", default)]
    pub(super) type_name: Option<String>,
    /// A field; nested fields are written with a dot: `source.dueDate`.
    #[serde(default)]
    pub(super) field: Option<String>,
    /// The keys that get a new value; `null` removes a key.
    #[serde(default)]
    pub(super) change: IndexMap<String, Value>,
    /// The parameter or field to add, if it does not exist yet.
    #[serde(default)]
    pub(super) add: Option<Value>,
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
