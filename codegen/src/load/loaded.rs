//! The spec as loaded: what it says, and what else is known.

use std::collections::{BTreeMap, BTreeSet};

use super::chosen::{ChosenName, Named};
use super::evidence::Fact;
use super::examples::Example;
use super::local::{About, AcceptedNote, Family, Kept};
use super::metric::Metric;
use super::resource::Resource;
use super::summaries::{KeyFields, Link, Site};
use super::uses::Uses;
use crate::api::Api;

use crate::diagnostic::{Diagnostic, Location};
use crate::lock::Lock;
use crate::spec::{ListedOperation, Schema, Spec};

/// The checked spec, with what the files of `spec/` say in addition to the API itself.
#[derive(Debug)]
pub struct Loaded {
    /// What is particular to the API as a whole.
    pub api: Api,
    /// Every listed operation, sorted by module, and every type.
    pub spec: Spec,
    /// The names that everything public has had so far.
    pub lock: Lock,
    /// The families with their locations.
    pub families: Vec<(Family, Location)>,
    /// Rust names that people chose, by the type's name in the spec or by the Rust name it would get otherwise.
    pub names: BTreeMap<String, ChosenName>,
    /// Rust names that break a naming rule but stay, with the locations.
    pub kept: Vec<(Kept, Location)>,
    /// What records and their fields mean, with the locations.
    pub about: Vec<(About, Location)>,
    /// The fields by which people recognise records, with the locations.
    pub key_fields: Vec<(KeyFields, Location)>,
    /// Where links to records are found, with the locations.
    pub links: Vec<(Link, Location)>,
    /// Where those links start, with the locations.
    pub sites: Vec<(Site, Location)>,
    /// Examples of calls, by the operation's id.
    pub examples: BTreeMap<String, Example>,
    /// Rust names that people chose for single values.
    pub value_names: BTreeMap<Named, ChosenName>,
    /// The fields that hold custom fields, by name, with their locations.
    pub custom_fields: BTreeMap<String, Location>,
    /// The lists of records that are worth keeping a copy of, with their locations.
    pub resources: Vec<(Resource, Location)>,
    /// Figures that are worth a snapshot, with their locations.
    pub metrics: Vec<(Metric, Location)>,
    /// Notes that need no correction, with the locations.
    pub(crate) accepted: Vec<(AcceptedNote, Location)>,
    /// How often operations are used, with their locations.
    pub uses: Vec<(Uses, Location)>,
    /// What in `spec/local` is needed no longer, though nothing is wrong with it.
    pub notes: Vec<Diagnostic>,
    operations: BTreeMap<String, Source>,
    types: BTreeMap<String, Source>,
}

/// Where an operation or a type comes from.
#[derive(Clone, Debug)]
pub struct Source {
    /// Where it is written.
    pub location: Location,
    /// What `spec/local` says about it.
    pub facts: Vec<Fact>,
}

impl Loaded {
    /// A spec without operations.
    pub(super) fn new(api: Api) -> Self {
        Self {
            api,
            spec: Spec::default(),
            lock: Lock::default(),
            accepted: Vec::new(),
            notes: Vec::new(),
            families: Vec::new(),
            names: BTreeMap::new(),
            kept: Vec::new(),
            about: Vec::new(),
            key_fields: Vec::new(),
            links: Vec::new(),
            sites: Vec::new(),
            examples: BTreeMap::new(),
            value_names: BTreeMap::new(),
            custom_fields: BTreeMap::new(),
            resources: Vec::new(),
            metrics: Vec::new(),
            uses: Vec::new(),
            operations: BTreeMap::new(),
            types: BTreeMap::new(),
        }
    }

    pub(super) fn add_operation(&mut self, listed: ListedOperation, source: Source) {
        self.operations.insert(listed.operation.id.clone(), source);
        self.spec.operations.push(listed);
    }

    pub(super) fn add_type(&mut self, name: &str, schema: Schema, source: Source) {
        self.types.insert(name.to_owned(), source);
        self.spec.types.insert(name.to_owned(), schema);
    }

    /// The modules of the spec: those with operations, and those with types.
    pub fn modules(&self) -> BTreeSet<&str> {
        let operations = self.spec.operations.iter().map(|listed| listed.module.as_str());
        let types = self.spec.types.keys().filter_map(|name| Some(name.split_once('.')?.0));
        operations.chain(types).collect()
    }

    /// Whether the spec has an operation of this id.
    pub(super) fn has_operation(&self, id: &str) -> bool {
        self.operations.contains_key(id)
    }

    /// Where an operation is written.
    ///
    /// # Panics
    ///
    /// If the spec has no such operation.
    pub fn operation_location(&self, id: &str) -> &Location {
        &self.operations[id].location
    }

    /// Where a type is written.
    ///
    /// # Panics
    ///
    /// If the spec has no such type.
    pub fn type_location(&self, name: &str) -> &Location {
        &self.types[name].location
    }

    /// What `spec/local` says about an operation.
    pub fn operation_facts(&self, id: &str) -> &[Fact] {
        self.operations.get(id).map_or(&[], |source| &source.facts)
    }

    /// What `spec/local` says about a type.
    pub fn type_facts(&self, name: &str) -> &[Fact] {
        self.types.get(name).map_or(&[], |source| &source.facts)
    }
}
