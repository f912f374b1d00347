//! OpenAPI files → `spec/upstream`.
//!
//! One file becomes one module. Anything that cannot be imported as it is gets reported, never silently dropped.

mod answers;
mod bodies;
mod counts;
mod documents;
mod extensions;
mod keys;
mod media;
mod merge;
mod note;
mod notes;
mod openapi;
mod operation;
mod paging;
mod parameters;
mod paths;
mod reference;
mod risk;
mod scalar;
mod schema;
mod scopes;
mod security;
mod servers;
mod shapes;
mod siblings;
mod text;
mod told;
mod tree;
mod types;
mod written;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use self::documents::{Documents, Sort, sort};
pub use self::note::{Cure, Note, Part, Target, Whole};
use self::reference::Reference;
pub(crate) use self::risk::of as risk_of;
use self::security::Scheme;
pub use self::text::text;
use self::told::{Entries, Fix, Raw};
use self::tree::{Node, Position, Tree};
use self::types::Found;
use crate::api::Api;
use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::spec::{Module, Schema, to_json};
use crate::{Files, UPSTREAM};

/// The endings of the files that are imported.
pub const ENDINGS: [&str; 3] = ["json", "yaml", "yml"];

/// The result of an import.
#[derive(Debug)]
pub struct Imported {
    /// The files of `spec/upstream`, by path from the project's root.
    pub files: Files,
    /// The same as they were read.
    pub modules: Vec<Module>,
    /// What had to be guessed or left out, for a person to review.
    pub notes: Vec<Note>,
    /// Whether a document of ours is among the files, which has what `spec/local` adds and corrects already.
    pub ours: bool,
}

/// Turns the OpenAPI files of one edition, by their path in its folder, into the files of `spec/upstream`.
///
/// # Errors
///
/// Lists every file that is not an OpenAPI document and every operation that cannot be read.
pub fn import(sources: &Files, api: &Api) -> Result<Imported, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let extended = extensions::read(sources, &mut diagnostics);
    let documents = Documents::read(sources, &mut diagnostics);
    if documents.is_empty() && extended.modules.is_empty() && diagnostics.is_empty() {
        let help = "pass the folder with the API's *.json or *.yaml files";
        diagnostics.push(Diagnostic::new(Location::file("."), "no OpenAPI file was found", help));
    }
    let ours = !extended.modules.is_empty();
    let mut importer = Importer::new(&documents, api, diagnostics);
    let modules = importer.modules(extended.modules);
    let Importer { diagnostics, notes, entries, .. } = importer;
    diagnostics.locate(sources).into_result()?;
    let mut files = Files::new();
    for module in &modules {
        let text = to_json(module).map_err(|error| {
            let location = Location::file(&module.module);
            Diagnostics::from(Diagnostic::new(location, error.to_string(), "report this as a bug"))
        })?;
        files.insert(format!("{UPSTREAM}/{}.json", module.module), text);
    }
    let mut notes = told::notes(notes, &documents, &entries);
    notes.extend(extended.notes.locate(sources).iter().map(Note::plain));
    Ok(Imported { files, modules, notes, ours })
}

/// The state of one import.
struct Importer<'n> {
    api: &'n Api,
    documents: &'n Documents<'n>,
    /// The targets of references, by the file and text in which they stand.
    found: HashMap<(&'n str, &'n str), Option<Found<'n>>>,
    /// The types that were referenced, by their name in the spec.
    names: BTreeMap<String, Found<'n>>,
    /// Types already made.
    made: HashMap<String, Schema>,
    /// Types being made, so that a type inside itself is noticed.
    open: BTreeSet<String>,
    /// The first file of each module.
    homes: HashMap<String, &'n str>,
    /// Every scope that an operation names, with its place.
    scopes: Vec<(&'n str, &'n str, Position)>,
    /// The security schemes of all documents.
    schemes: HashMap<&'n str, Scheme>,
    /// The host that the first document names.
    host: Option<String>,
    /// The files that others refer to.
    used: BTreeSet<&'n str>,
    /// The names of the entries of the spec, by where they come from.
    entries: Entries,
    notes: BTreeSet<Raw>,
    diagnostics: Diagnostics,
}

impl<'n> Importer<'n> {
    fn new(documents: &'n Documents<'n>, api: &'n Api, diagnostics: Diagnostics) -> Self {
        Self {
            api,
            documents,
            found: HashMap::new(),
            names: BTreeMap::new(),
            made: HashMap::new(),
            open: BTreeSet::new(),
            homes: HashMap::new(),
            scopes: Vec::new(),
            schemes: security::schemes(documents),
            host: None,
            used: BTreeSet::new(),
            entries: Entries::default(),
            notes: BTreeSet::new(),
            diagnostics,
        }
    }

    fn note(&mut self, file: &str, at: Position, problem: impl Into<String>, fix: Fix) {
        self.notes.insert(Raw { file: file.to_owned(), at, problem: problem.into(), fix });
    }

    /// The modules of all documents, added to those that needed no import.
    fn modules(&mut self, mut modules: BTreeMap<String, Module>) -> Vec<Module> {
        let known = modules.values().flat_map(|module| &module.operations);
        let mut ids: BTreeSet<String> = known.map(|operation| operation.id.clone()).collect();
        let mut parts = Vec::new();
        for (file, tree) in self.documents.all() {
            match sort(&tree.root) {
                Ok(Sort::Part) => parts.push((file, &tree.root)),
                Ok(Sort::Document) => self.module(file, &tree.root, &mut modules, &mut ids),
                Err((problem, at)) => self.fail(file, at, problem),
            }
            self.repeated(file, tree);
        }
        self.types(&mut modules);
        self.lonely_areas();
        for (file, root) in parts {
            if !self.used.contains(file) {
                self.fail(file, root.at(), "a document has `openapi`, and no other file refers to this one".to_owned());
            }
        }
        modules.into_values().collect()
    }

    fn module(
        &mut self,
        file: &'n str,
        root: &'n Node<'n>,
        modules: &mut BTreeMap<String, Module>,
        ids: &mut BTreeSet<String>,
    ) {
        let name = Reference::module(file);
        if name.is_empty() {
            self.fail(file, root.at(), "a module is named after its file, and this one has no name".to_owned());
        }
        let first = *self.homes.entry(name.clone()).or_insert(file);
        if first != file {
            let problem = format!("{first} is the module {name} as well; both became one");
            let help = Fix::Other("rename one of the two files if they are about different things");
            self.note(file, root.at(), problem, help);
        }
        let keys = self.keys(root, file, &openapi::DOCUMENT);
        if let Some(components) = self.object(keys, "components") {
            self.keys(components, file, &openapi::COMPONENTS);
        }
        for mut made in self.paths(keys) {
            self.tell_apart(&mut made, ids);
            module(modules, &name).operations.push(made.operation);
        }
    }

    /// Tells the keys that a file repeats.
    fn repeated(&mut self, file: &'n str, tree: &'n Tree<'n>) {
        for one in &tree.repeated {
            let path = self.documents.path(file, one.second);
            let lines = format!("`{}` stands twice, first in line {}", one.key, one.first.0);
            let (problem, help) = match path.as_slice() {
                [paths, _] if paths == "paths" => {
                    (format!("{lines}; the operations of both are read"), "nothing is lost")
                }
                _ => (format!("{lines}; the second one is used"), "make sure that the second one is meant"),
            };
            self.note(file, one.second, problem, Fix::Other(help));
        }
    }
}

fn module<'m>(modules: &'m mut BTreeMap<String, Module>, name: &str) -> &'m mut Module {
    modules.entry(name.to_owned()).or_insert_with(|| Module { module: name.to_owned(), ..Module::default() })
}
