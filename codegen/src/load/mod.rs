//! The files of `spec/` → a checked spec, with local additions and corrections applied.

mod check;
mod chosen;
mod correct;
pub(crate) mod entries;
mod evidence;
mod examples;
mod loaded;
mod local;
mod metric;
mod reasons;
mod resource;
mod several;
mod summaries;
mod twice;
mod uses;

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde_json::{Value, json};

pub(crate) use self::check::is_identifier;
pub use self::chosen::{ChosenName, Named};
use self::correct::Targets;
pub(crate) use self::correct::reached;
use self::entries::{Entry, RawModule};
pub use self::evidence::{Evidence, Fact, Strength};
pub use self::examples::Example;
pub use self::loaded::{Loaded, Source};
pub use self::local::{About, Family, Kept};
pub(crate) use self::local::{Correction, Local};
pub use self::metric::Metric;
pub use self::resource::{Child, Each, FilesOf, Resource};
pub use self::summaries::{KeyFields, Known, Link, Page, Site};
use self::twice::Twice;
pub use self::uses::Uses;
use crate::api::Api;
use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::lock::{Ids, LOCK, Lock};
use crate::spec::{ListedOperation, Operation, Schema, route};
use crate::{Files, UPSTREAM};

/// Reads and checks the files below `spec/upstream` and `spec/local`.
///
/// # Errors
///
/// Lists everything wrong with any of them, with file, line and column.
pub fn load(files: &Files) -> Result<Loaded, Diagnostics> {
    let api = Api::read(files)?;
    let mut diagnostics = Diagnostics::default();
    let mut loader = Loader::default();
    let lock = Lock::read(files, &mut diagnostics);
    for (path, text) in files {
        if path.starts_with(&format!("{UPSTREAM}/")) {
            loader.upstream(path, text, &mut diagnostics);
        }
    }
    let local = Local::read(files, &mut diagnostics);
    loader.identify(&lock, &local, &mut diagnostics);
    loader.additions(&local, &mut diagnostics);
    let mut targets = Targets { operations: &mut loader.operations, types: &mut loader.types };
    correct::apply(&local.corrections, &mut targets, &mut diagnostics);
    loader.ids_stay(&lock, &mut diagnostics);
    let complete = diagnostics.is_empty();
    let corrected = loader.corrected();
    let notes = std::mem::take(&mut loader.notes).locate(files);
    let (mut loaded, unread) = loader.typed(api, &mut diagnostics);
    for (naming, location) in local.names {
        chosen::name(&mut loaded, naming, location, &mut diagnostics);
    }
    loaded.lock = lock;
    loaded.notes = notes.iter().cloned().collect();
    loaded.families = local.families;
    loaded.about = local.about;
    loaded.accepted = local.accepted;
    loaded.kept = local.kept;
    loaded.key_fields = local.key_fields;
    loaded.links = local.links;
    loaded.sites = local.sites;
    loaded.resources = local.resources;
    loaded.metrics = local.metrics;
    loaded.uses = local.uses;
    loaded.examples = examples::read(files, &loaded.spec, &unread, &mut diagnostics);
    loaded.custom_fields = local.custom_fields.into_iter().map(|(custom, location)| (custom.field, location)).collect();
    // If a file or entry is missing, further errors would only follow from that.
    if complete {
        check::check(&loaded, &unread, &mut diagnostics);
        diagnostics.blame(&corrected);
    }
    diagnostics.locate(files).into_result()?;
    Ok(loaded)
}

/// What is known about an entry that `spec/local` adds, or about one of its keys.
fn whole(about: &str, why: &str, evidence: Evidence, strength: Option<Strength>, location: &Location) -> Fact {
    Fact { about: about.to_owned(), evidence, strength, why: why.to_owned(), location: location.clone() }
}

/// The names of entries that could not be read, so that they are not reported as missing.
#[derive(Debug, Default)]
struct Unread {
    operations: BTreeSet<String>,
    types: BTreeSet<String>,
    modules: BTreeSet<String>,
}

/// The keys that every operation has, each with an example value.
fn needed(api: &Api) -> [(&'static str, Value); 7] {
    [
        ("method", json!("GET")),
        ("path", json!("/api/v1/things")),
        ("summary", json!("List things.")),
        ("scopes", json!([[api.scopes.example]])),
        ("risk", json!("safe")),
        ("organization", json!(api.organization.is_some())),
        ("answers", json!({"204": "empty"})),
    ]
}

/// Entries that are being given types.
#[derive(Default)]
struct Loader {
    /// The operations of upstream, each with its module, before they have their ids.
    upstream: Vec<(String, Entry)>,
    operations: IndexMap<String, Entry>,
    modules: IndexMap<String, String>,
    types: IndexMap<String, Entry>,
    /// Additions that upstream has by now.
    notes: Diagnostics,
}

/// Whether an entry comes from the OpenAPI files.
fn is_upstream(entry: &Entry) -> bool {
    entry.location.file.starts_with(UPSTREAM)
}

impl Loader {
    fn upstream(&mut self, path: &str, text: &str, diagnostics: &mut Diagnostics) {
        let Some(raw) = entries::file::<RawModule>(path, text, diagnostics) else { return };
        for (index, value) in raw.operations.into_iter().enumerate() {
            let location = Location::key(path, &["operations", &index.to_string()]);
            self.upstream.push((raw.module.clone(), Entry::new(location, value)));
        }
        for (name, value) in raw.types {
            let location = Location::key(path, &["types", &name]);
            self.add_type(&name, Entry::new(location, value), diagnostics);
        }
    }

    /// Gives the operations of upstream the ids and modules that the lock has for them.
    fn identify(&mut self, lock: &Lock, local: &Local, diagnostics: &mut Diagnostics) {
        let mut entries = std::mem::take(&mut self.upstream);
        if !lock.is_empty() {
            let text =
                |entry: &Entry, key: &str| entry.value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
            let place = |entry: &Entry| format!("{} {}", text(entry, "method"), route(&text(entry, "path")));
            let listed: Vec<_> = entries.iter().map(|(_, entry)| (place(entry), text(entry, "id"))).collect();
            let modules: BTreeSet<_> = local.families.iter().flat_map(|(family, _)| &family.modules).collect();
            for ((module, entry), id) in entries.iter_mut().zip(Ids::of(lock).assign(&listed)) {
                if let Some(known) = lock.module_of(&id).filter(|known| modules.contains(known)) {
                    module.clone_from(known);
                }
                if let Some(written) = entry.value.get_mut("id") {
                    *written = id.into();
                }
            }
        }
        for (module, entry) in entries {
            self.add_operation(&module, entry, diagnostics);
        }
    }

    fn additions(&mut self, local: &Local, diagnostics: &mut Diagnostics) {
        for (added, location) in &local.operations {
            let mut entry = Entry::new(location.join("operation"), added.operation.clone());
            entry.facts.push(whole("operation", &added.why, added.evidence, added.strength, location));
            for (key, why) in &added.inferred {
                let location = location.join("inferred").join(key);
                let Some(operation) = entry.value.as_object_mut().filter(|operation| operation.contains_key(key))
                else {
                    let help = "name keys of the operation, such as path or scopes";
                    diagnostics.push(Diagnostic::new(location, format!("the operation has no `{key}`"), help));
                    continue;
                };
                // Scopes that no source names are a guess, and a guess must not block a call.
                if key == "scopes" {
                    operation.insert("doubtful_scopes".to_owned(), true.into());
                }
                entry.facts.push(whole(key, why, Evidence::Inferred, None, &location));
            }
            self.add_operation(&added.module, entry, diagnostics);
        }
        let calls = self.operations.iter().map(|(id, entry)| (id, entry, is_upstream(entry)));
        twice::same_calls(calls).into_iter().for_each(|note| self.notes.push(note));
        for (added, location) in &local.types {
            let mut entry = Entry::new(location.join("type"), added.schema.clone());
            entry.facts.push(whole(&added.name, &added.why, added.evidence, added.strength, location));
            self.add_type(&added.name, entry, diagnostics);
        }
    }

    fn add_operation(&mut self, module: &str, entry: Entry, diagnostics: &mut Diagnostics) {
        let Some(id) = entry.value.get("id").and_then(serde_json::Value::as_str).map(str::to_owned) else {
            let help = "every operation has an id, in snake case";
            diagnostics.push(Diagnostic::new(entry.location, "an operation without `id`", help));
            return;
        };
        if let Some(known) = self.operations.get(&id) {
            if is_upstream(known) && !is_upstream(&entry) {
                return self.twice(twice::operation(&id, known, &entry), diagnostics);
            }
            let help = format!("ids are unique; the other one is in {}", known.location);
            diagnostics.push(Diagnostic::new(
                entry.location.join("id"),
                format!("two operations have the id {id}"),
                help,
            ));
            return;
        }
        self.modules.insert(id.clone(), module.to_owned());
        self.operations.insert(id, entry);
    }

    fn add_type(&mut self, name: &str, entry: Entry, diagnostics: &mut Diagnostics) {
        if !name.contains('.') {
            let help = "a type's name is the module's, a dot and its own, such as ticket.commonJson";
            diagnostics.push(Diagnostic::new(
                entry.location.clone(),
                format!("{name:?} is not a valid type name"),
                help,
            ));
        }
        if let Some(known) = self.types.get(name) {
            if is_upstream(known) && !is_upstream(&entry) {
                return self.twice(twice::schema(name, known, &entry), diagnostics);
            }
            let help = format!("names are unique; the other one is in {}", known.location);
            diagnostics.push(Diagnostic::new(entry.location, format!("two types have the name {name}"), help));
            return;
        }
        self.types.insert(name.to_owned(), entry);
    }

    fn twice(&mut self, twice: Twice, diagnostics: &mut Diagnostics) {
        match twice {
            Twice::Equal(note) => self.notes.push(note),
            Twice::Different(errors) => errors.into_iter().for_each(|error| diagnostics.push(error)),
        }
    }

    /// Refuses another id for an operation that has a name already.
    fn ids_stay(&self, lock: &Lock, diagnostics: &mut Diagnostics) {
        for (id, entry) in &self.operations {
            let Some(method) = lock.method_of(id) else { continue };
            if let Some(other) = entry.value.get("id").and_then(Value::as_str).filter(|other| other != id) {
                let problem = format!("the operation is {id} in {LOCK}, and stays that");
                let help = format!("remove the correction; `cargo xtask rename {method} {other}` renames its method");
                diagnostics.push(Diagnostic::new(entry.location_of(&["id".to_owned()]), problem, help));
            }
        }
    }

    /// The locations that corrections changed, each with the correction's.
    fn corrected(&self) -> Vec<(Location, Location)> {
        let entries = self.operations.values().chain(self.types.values());
        let join = |location: &Location, path: &[String]| {
            path.iter().fold(location.clone(), |location, step| location.join(step))
        };
        entries
            .flat_map(|entry| entry.corrected.iter().map(move |(path, to)| (join(&entry.location, path), to.clone())))
            .collect()
    }

    fn typed(mut self, api: Api, diagnostics: &mut Diagnostics) -> (Loaded, Unread) {
        let needed = needed(&api);
        let mut loaded = Loaded::new(api);
        let mut unread = Unread::default();
        for (id, entry) in &mut self.operations {
            let complete = entry.complete(&needed, diagnostics);
            let operation = entry.read::<Operation>(diagnostics).filter(|_| complete);
            let module = self.modules.get(id).cloned().unwrap_or_default();
            match operation {
                // A correction may have changed the id to one already in use.
                Some(operation) if loaded.has_operation(&operation.id) => {
                    let problem = format!("two operations have the id {}", operation.id);
                    diagnostics.push(Diagnostic::new(entry.location.join("id"), problem, "ids are unique"));
                }
                Some(operation) => loaded.add_operation(ListedOperation { module, operation }, entry.source()),
                None => {
                    unread.operations.insert(id.clone());
                    unread.modules.insert(module);
                }
            }
        }
        for (name, entry) in &self.types {
            match entry.read::<Schema>(diagnostics) {
                Some(schema) => loaded.add_type(name, schema, entry.source()),
                None => drop(unread.types.insert(name.clone())),
            }
        }
        loaded.spec.operations.sort_by(|a, b| a.module.cmp(&b.module));
        (loaded, unread)
    }
}
