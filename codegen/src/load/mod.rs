//! The files of `spec/` → a checked spec, with local additions and corrections applied.

mod check;
mod correct;
mod entries;
mod evidence;
mod examples;
mod local;

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use serde_json::{Value, json};

use self::correct::Targets;
use self::entries::{Entry, RawModule};
pub use self::evidence::{Evidence, Fact, Strength};
pub use self::examples::Example;
pub use self::local::{About, Family};
use self::local::{Local, Naming};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::spec::{Operation, Schema};
use crate::{EXAMPLES, Files, LOCAL, UPSTREAM};

/// The whole spec, checked.
#[derive(Debug, Default)]
pub struct Spec {
    /// Every listed operation, duplicates included, sorted by module.
    pub operations: Vec<ListedOperation>,
    /// Every type by its name.
    pub types: IndexMap<String, ListedType>,
    /// The families with their places.
    pub families: Vec<(Family, Place)>,
    /// Rust names that people chose, by the type's name in the spec, or by the Rust name that
    /// would be made.
    pub names: BTreeMap<String, ChosenName>,
    /// What records and their fields mean, with the places.
    pub about: Vec<(About, Place)>,
    /// Examples of calls, by the operation's id.
    pub examples: BTreeMap<String, Example>,
}

/// A Rust name that people chose.
#[derive(Debug)]
pub struct ChosenName {
    /// The name.
    pub name: String,
    /// Where it is chosen.
    pub place: Place,
}

/// An operation with its module and place.
#[derive(Debug)]
pub struct ListedOperation {
    /// The module it stands in.
    pub module: String,
    /// The operation.
    pub operation: Operation,
    /// Where it is written.
    pub place: Place,
    /// What `spec/local` says of it.
    pub facts: Vec<Fact>,
}

/// A type with its place.
#[derive(Debug)]
pub struct ListedType {
    /// The type.
    pub schema: Schema,
    /// Where it is written.
    pub place: Place,
    /// What `spec/local` says of it.
    pub facts: Vec<Fact>,
}

impl Spec {
    /// The operation of that id.
    pub fn operation(&self, id: &str) -> Option<&ListedOperation> {
        self.operations.iter().find(|listed| listed.operation.id == id)
    }

    /// The shape behind a type, names followed; none where a name leads nowhere.
    pub fn resolve<'a>(&'a self, schema: &'a Schema) -> Option<&'a Schema> {
        let mut found = schema;
        for _ in 0..=self.types.len() {
            match found.name() {
                None => return Some(found),
                Some(name) => found = &self.types.get(name)?.schema,
            }
        }
        None
    }
}

/// Reads and checks the files below `spec/upstream` and `spec/local`.
///
/// # Errors
///
/// Everything that is wrong with any of them, with file, line and column.
pub fn load(files: &Files) -> Result<Spec, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let mut loader = Loader::default();
    for (path, text) in files {
        if path.starts_with(&format!("{UPSTREAM}/")) {
            loader.upstream(path, text, &mut diagnostics);
        }
    }
    let mut local = Local::default();
    let examples = format!("{EXAMPLES}/");
    let local_file = |path: &&String| path.starts_with(&format!("{LOCAL}/")) && !path.starts_with(&examples);
    for (path, text) in files.iter().filter(|(path, _)| local_file(path)) {
        local.add(path, text, &mut diagnostics);
    }
    loader.additions(&local, &mut diagnostics);
    let mut targets = Targets { operations: &mut loader.operations, types: &mut loader.types };
    for (correction, place) in &local.corrections {
        correct::apply(correction, place, &mut targets, &mut diagnostics);
    }
    let complete = diagnostics.is_empty();
    let corrected = loader.corrected();
    let (mut spec, unread) = loader.typed(&mut diagnostics);
    for (naming, place) in local.names {
        name(&mut spec, naming, place, &mut diagnostics);
    }
    spec.families = local.families;
    spec.about = local.about;
    spec.examples = examples::read(files, &spec, &unread, &mut diagnostics);
    // Without a whole file or entry, errors would be found that only follow from that.
    if complete {
        check::check(&spec, &unread, &mut diagnostics);
        diagnostics.blame(&corrected);
    }
    diagnostics.locate(files).into_result()?;
    Ok(spec)
}

fn name(spec: &mut Spec, naming: Naming, place: Place, diagnostics: &mut Diagnostics) {
    let Naming { type_name, name, .. } = naming;
    let mut fail = |key: &str, problem: String, help: &str| {
        diagnostics.push(Diagnostic::new(place.join(key), problem, help));
    };
    let upper = name.starts_with(|c: char| c.is_ascii_uppercase());
    if !upper || !name.chars().all(|c| c.is_ascii_alphanumeric()) {
        fail("name", format!("{name:?} is no name for a type"), "letters and digits, starting with a capital");
    }
    // Names without a dot are those of Rust types; the model knows them.
    if type_name.contains('.') && !spec.types.contains_key(&type_name) {
        fail("type", format!("there is no type {type_name}"), "take the name out, or mend the type's name");
    }
    if spec.names.values().any(|known| known.name == name && known.place != place) {
        fail("name", format!("{name} is given twice"), "types that are one thing stand in one entry, as a list");
    }
    if let Some(known) = spec.names.get(&type_name) {
        fail("type", format!("{type_name} is {} already", known.name), "a type is one thing only");
    }
    spec.names.insert(type_name, ChosenName { name, place });
}

/// What is said of an entry that `spec/local` adds, or of a key of it.
fn whole(about: &str, why: &str, evidence: Evidence, strength: Option<Strength>, place: &Place) -> Fact {
    Fact { about: about.to_owned(), evidence, strength, why: why.to_owned(), place: place.clone() }
}

/// The names of what could not be read, so that nobody calls it missing.
#[derive(Debug, Default)]
struct Unread {
    operations: BTreeSet<String>,
    types: BTreeSet<String>,
    modules: BTreeSet<String>,
}

/// What every operation has, each with a value as an example.
fn needed() -> [(&'static str, Value); 7] {
    [
        ("method", json!("GET")),
        ("path", json!("/api/v1/things")),
        ("summary", json!("List things.")),
        ("scopes", json!([["Desk.things.READ"]])),
        ("risk", json!("safe")),
        ("organization", json!(true)),
        ("answers", json!({"204": "empty"})),
    ]
}

/// Entries on their way to being typed.
#[derive(Default)]
struct Loader {
    operations: IndexMap<String, Entry>,
    modules: IndexMap<String, String>,
    types: IndexMap<String, Entry>,
}

impl Loader {
    fn upstream(&mut self, path: &str, text: &str, diagnostics: &mut Diagnostics) {
        let Some(raw) = entries::file::<RawModule>(path, text, diagnostics) else { return };
        for (index, value) in raw.operations.into_iter().enumerate() {
            let place = Place::key(path, &["operations", &index.to_string()]);
            self.add_operation(&raw.module, Entry::new(place, value), diagnostics);
        }
        for (name, value) in raw.types {
            let place = Place::key(path, &["types", &name]);
            self.add_type(&name, Entry::new(place, value), diagnostics);
        }
    }

    fn additions(&mut self, local: &Local, diagnostics: &mut Diagnostics) {
        for (added, place) in &local.operations {
            let mut entry = Entry::new(place.join("operation"), added.operation.clone());
            entry.facts.push(whole("operation", &added.why, added.evidence, added.strength, place));
            for (key, why) in &added.inferred {
                let place = place.join("inferred").join(key);
                let Some(operation) = entry.value.as_object_mut().filter(|operation| operation.contains_key(key))
                else {
                    let help = "name keys of the operation, such as path or scopes";
                    diagnostics.push(Diagnostic::new(place, format!("the operation has no `{key}`"), help));
                    continue;
                };
                // Scopes that nothing names are a guess, which must not keep anybody from calling.
                if key == "scopes" {
                    operation.insert("doubtful_scopes".to_owned(), true.into());
                }
                entry.facts.push(whole(key, why, Evidence::Inferred, None, &place));
            }
            self.add_operation(&added.module, entry, diagnostics);
        }
        for (added, place) in &local.types {
            let mut entry = Entry::new(place.join("type"), added.schema.clone());
            entry.facts.push(whole(&added.name, &added.why, added.evidence, added.strength, place));
            self.add_type(&added.name, entry, diagnostics);
        }
    }

    fn add_operation(&mut self, module: &str, entry: Entry, diagnostics: &mut Diagnostics) {
        let Some(id) = entry.value.get("id").and_then(serde_json::Value::as_str).map(str::to_owned) else {
            let help = "every operation has an id, in snake case";
            diagnostics.push(Diagnostic::new(entry.place, "an operation without `id`", help));
            return;
        };
        if let Some(known) = self.operations.get(&id) {
            let help = format!("ids are unique; the other stands in {}", known.place);
            diagnostics.push(Diagnostic::new(entry.place.join("id"), format!("two operations have the id {id}"), help));
            return;
        }
        self.modules.insert(id.clone(), module.to_owned());
        self.operations.insert(id, entry);
    }

    fn add_type(&mut self, name: &str, entry: Entry, diagnostics: &mut Diagnostics) {
        if !name.contains('.') {
            let help = "a type's name is the module's, a dot and its own, such as ticket.commonJson";
            diagnostics.push(Diagnostic::new(entry.place.clone(), format!("{name:?} is no name for a type"), help));
        }
        if let Some(known) = self.types.get(name) {
            let help = format!("upstream has it by now, or it was added twice; the other stands in {}", known.place);
            diagnostics.push(Diagnostic::new(entry.place, format!("two types have the name {name}"), help));
            return;
        }
        self.types.insert(name.to_owned(), entry);
    }

    /// The places that corrections changed, each with the correction's.
    fn corrected(&self) -> Vec<(Place, Place)> {
        let entries = self.operations.values().chain(self.types.values());
        let join = |place: &Place, path: &[String]| path.iter().fold(place.clone(), |place, step| place.join(step));
        entries
            .flat_map(|entry| entry.corrected.iter().map(move |(path, to)| (join(&entry.place, path), to.clone())))
            .collect()
    }

    fn typed(mut self, diagnostics: &mut Diagnostics) -> (Spec, Unread) {
        let mut spec = Spec::default();
        let mut unread = Unread::default();
        let needed = needed();
        for (id, entry) in &mut self.operations {
            let complete = entry.complete(&needed, diagnostics);
            let operation = entry.read::<Operation>(diagnostics).filter(|_| complete);
            let module = self.modules.get(id).cloned().unwrap_or_default();
            if operation.is_none() {
                unread.operations.insert(id.clone());
                unread.modules.insert(module.clone());
            }
            spec.operations.extend(operation.map(|operation| ListedOperation {
                module,
                operation,
                place: entry.place.clone(),
                facts: entry.facts.clone(),
            }));
        }
        for (name, entry) in &self.types {
            let schema = entry.read::<Schema>(diagnostics);
            if schema.is_none() {
                unread.types.insert(name.clone());
            }
            let (place, facts) = (entry.place.clone(), entry.facts.clone());
            spec.types.extend(schema.map(|schema| (name.clone(), ListedType { schema, place, facts })));
        }
        spec.operations.sort_by(|a, b| a.module.cmp(&b.module));
        (spec, unread)
    }
}
