//! The files of `spec/` → a checked spec, with local additions and corrections applied.

mod check;
mod correct;
mod entries;
mod local;

use std::collections::BTreeMap;

use indexmap::IndexMap;

use self::correct::Targets;
use self::entries::{Entry, RawModule};
pub use self::local::Family;
use self::local::LocalFile;
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::spec::{Operation, Schema};
use crate::{Files, LOCAL, UPSTREAM};

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
}

/// A type with its place.
#[derive(Debug)]
pub struct ListedType {
    /// The type.
    pub schema: Schema,
    /// Where it is written.
    pub place: Place,
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
    let local: Vec<(&String, LocalFile)> = files
        .iter()
        .filter(|(path, _)| path.starts_with(&format!("{LOCAL}/")))
        .filter_map(|(path, text)| Some((path, entries::file(path, text, &mut diagnostics)?)))
        .collect();
    for (path, file) in &local {
        loader.additions(path, file, &mut diagnostics);
    }
    for (path, file) in &local {
        loader.corrections(path, file, &mut diagnostics);
    }
    let mut spec = loader.typed(&mut diagnostics);
    for (path, file) in local {
        names(&mut spec, path, &file, &mut diagnostics);
        let place = Place::key(path, &["families"]);
        let families = file.families.into_iter().enumerate();
        spec.families.extend(families.map(|(index, family)| (family, place.join(index.to_string()))));
    }
    // A spec that cannot be read whole would give errors that only follow from that.
    if diagnostics.is_empty() {
        check::check(&spec, &mut diagnostics);
    }
    diagnostics.locate(files).into_result()?;
    Ok(spec)
}

fn names(spec: &mut Spec, path: &str, file: &LocalFile, diagnostics: &mut Diagnostics) {
    for (index, naming) in file.names.iter().enumerate() {
        let place = Place::key(path, &["names", &index.to_string()]);
        why(&naming.why, &place, diagnostics);
        let upper = naming.name.starts_with(|c: char| c.is_ascii_uppercase());
        if !upper || !naming.name.chars().all(|c| c.is_ascii_alphanumeric()) {
            let problem = format!("{:?} is no name for a type", naming.name);
            diagnostics.push(Diagnostic::new(
                place.join("name"),
                problem,
                "letters and digits, starting with a capital",
            ));
        }
        // Names without a dot are those of Rust types; the model knows them.
        if naming.type_name.contains('.') && !spec.types.contains_key(&naming.type_name) {
            let problem = format!("there is no type {}", naming.type_name);
            diagnostics.push(Diagnostic::new(
                place.join("type"),
                problem,
                "take the name out, or mend the type's name",
            ));
        }
        if spec.names.values().any(|known| known.name == naming.name) {
            let problem = format!("{} is given to two types", naming.name);
            diagnostics.push(Diagnostic::new(place.join("name"), problem, "choose another name"));
        }
        spec.names.insert(naming.type_name.clone(), ChosenName { name: naming.name.clone(), place });
    }
}

fn why(why: &str, place: &Place, diagnostics: &mut Diagnostics) {
    if why.trim().is_empty() {
        let help = "say in a sentence where the fact comes from";
        diagnostics.push(Diagnostic::new(place.join("why"), "no reason is given", help));
    }
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

    fn additions(&mut self, path: &str, file: &LocalFile, diagnostics: &mut Diagnostics) {
        for (index, added) in file.operations.iter().enumerate() {
            let place = Place::key(path, &["operations", &index.to_string()]);
            why(&added.why, &place, diagnostics);
            let entry = Entry::new(place.join("operation"), added.operation.clone());
            self.add_operation(&added.module, entry, diagnostics);
        }
        for (index, added) in file.types.iter().enumerate() {
            let place = Place::key(path, &["types", &index.to_string()]);
            why(&added.why, &place, diagnostics);
            self.add_type(&added.name, Entry::new(place.join("type"), added.schema.clone()), diagnostics);
        }
    }

    fn corrections(&mut self, path: &str, file: &LocalFile, diagnostics: &mut Diagnostics) {
        for (index, correction) in file.corrections.iter().enumerate() {
            let place = Place::key(path, &["corrections", &index.to_string()]);
            why(&correction.why, &place, diagnostics);
            let mut targets = Targets { operations: &mut self.operations, types: &mut self.types };
            correct::apply(correction, &place, &mut targets, diagnostics);
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

    fn typed(self, diagnostics: &mut Diagnostics) -> Spec {
        let mut spec = Spec::default();
        for (id, entry) in &self.operations {
            let operation = entry.read::<Operation>(diagnostics);
            let module = self.modules.get(id).cloned().unwrap_or_default();
            spec.operations.extend(operation.map(|operation| ListedOperation {
                module,
                operation,
                place: entry.place.clone(),
            }));
        }
        for (name, entry) in &self.types {
            let schema = entry.read::<Schema>(diagnostics);
            spec.types.extend(schema.map(|schema| (name.clone(), ListedType { schema, place: entry.place.clone() })));
        }
        spec.operations.sort_by(|a, b| a.module.cmp(&b.module));
        spec
    }
}
