//! OpenAPI files → `spec/upstream`.
//!
//! One file becomes one module. Anything that cannot be imported as it is gets reported, never silently dropped.

mod counts;
mod extensions;
mod merge;
mod notes;
mod openapi;
mod operation;
mod paging;
mod reference;
mod risk;
mod scalar;
mod schema;
mod scopes;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use indexmap::IndexMap;

use self::openapi::Document;
use self::reference::{Reference, Section};
pub(crate) use self::risk::of as risk_of;
use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::spec::{Module, Operation, Schema, to_json};
use crate::{Files, UPSTREAM};

/// The result of an import.
#[derive(Debug)]
pub struct Imported {
    /// The files of `spec/upstream`, by path from the project's root.
    pub files: Files,
    /// What had to be guessed or left out, for a person to review.
    pub notes: Vec<String>,
}

/// Turns the OpenAPI files of one edition, keyed by file name, into the files of `spec/upstream`.
///
/// # Errors
///
/// Lists every file that is not an OpenAPI document and every operation that cannot be read.
pub fn import(files: &Files) -> Result<Imported, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let mut documents = IndexMap::new();
    let extended = extensions::read(files, &mut diagnostics);
    for (name, text) in files.iter().filter(|(_, text)| !extensions::is_ours(text)) {
        let mut reader = serde_json::Deserializer::from_str(text.trim_start_matches('\u{feff}'));
        match serde_path_to_error::deserialize::<_, Document>(&mut reader) {
            Ok(document) => match reader.end() {
                Ok(()) => drop(documents.insert(name.clone(), document)),
                Err(error) => diagnostics.push(not_openapi(name, "the file", &error)),
            },
            Err(error) => diagnostics.push(not_openapi(name, &error.path().to_string(), error.inner())),
        }
    }
    if documents.is_empty() && extended.modules.is_empty() && diagnostics.is_empty() {
        let help = "pass the folder with the API's *.json files";
        diagnostics.push(Diagnostic::new(Location::file("."), "no OpenAPI file was found", help));
    }
    let mut importer = Importer::new(&documents);
    importer.notes = extended.notes;
    let modules = importer.modules(extended.modules, &mut diagnostics);
    diagnostics.locate(files).into_result()?;
    let mut files = Files::new();
    for module in modules {
        let text = to_json(&module).map_err(|error| {
            let location = Location::file(&module.module);
            Diagnostics::from(Diagnostic::new(location, error.to_string(), "report this as a bug"))
        })?;
        files.insert(format!("{UPSTREAM}/{}.json", module.module), text);
    }
    Ok(Imported { files, notes: importer.notes.into_iter().collect() })
}

fn not_openapi(file: &str, part: &str, error: &serde_json::Error) -> Diagnostic {
    let location = Location::at(file, error.line(), error.column());
    Diagnostic::new(location, format!("{part}: {error}"), "only OpenAPI 3.1 documents in JSON can be imported")
}

/// The state of one import.
struct Importer<'a> {
    documents: &'a IndexMap<String, Document>,
    /// The types that were referenced, by their name in the spec.
    names: BTreeMap<String, Reference>,
    /// Types already made.
    made: HashMap<String, Schema>,
    /// Types being made, so that a type inside itself is noticed.
    open: BTreeSet<String>,
    notes: BTreeSet<String>,
}

impl<'a> Importer<'a> {
    fn new(documents: &'a IndexMap<String, Document>) -> Self {
        Self { documents, names: BTreeMap::new(), made: HashMap::new(), open: BTreeSet::new(), notes: BTreeSet::new() }
    }

    fn note(&mut self, note: String) {
        self.notes.insert(note);
    }

    /// The modules of all documents, added to those that needed no import.
    fn modules(&mut self, mut modules: BTreeMap<String, Module>, diagnostics: &mut Diagnostics) -> Vec<Module> {
        let known = modules.values().flat_map(|module| &module.operations);
        let mut ids: BTreeSet<String> = known.map(|operation| operation.id.clone()).collect();
        for (file, document) in self.documents {
            let name = Reference::module(file);
            if modules.contains_key(&name) {
                self.note(format!("{file}: another file is the module {name} as well; both became one"));
            }
            for (path, methods) in &document.paths {
                for (method, source) in methods {
                    match self.operation(method, path, source, methods.get("parameters"), file) {
                        Ok(Some(mut operation)) => {
                            self.tell_apart(&mut operation, &mut ids, file);
                            module(&mut modules, &name).operations.push(operation);
                        }
                        Ok(None) => {}
                        Err(diagnostic) => diagnostics.push(diagnostic),
                    }
                }
            }
        }
        self.types(&mut modules);
        modules.into_values().collect()
    }

    /// Adds a number to the id of an operation if another one already has that id.
    fn tell_apart(&mut self, operation: &mut Operation, ids: &mut BTreeSet<String>, file: &str) {
        let mut number = 2;
        let id = operation.id.clone();
        while !ids.insert(operation.id.clone()) {
            operation.id = format!("{id}_{number}");
            number += 1;
        }
        if operation.id != id {
            self.note(format!("{file}: another operation is {id} as well; this one became {}", operation.id));
        }
    }

    /// Adds every type that an operation reaches to the module that the type comes from.
    fn types(&mut self, modules: &mut BTreeMap<String, Module>) {
        let mut todo: Vec<String> = modules.values().flat_map(|module| &module.operations).flat_map(names_in).collect();
        let mut types: BTreeMap<String, Schema> = BTreeMap::new();
        while let Some(name) = todo.pop() {
            if types.contains_key(&name) {
                continue;
            }
            let Some(made) = self.named(&name) else { continue };
            made.walk(&mut |part| todo.extend(part.name().map(str::to_owned)));
            types.insert(name, made);
        }
        for (name, made) in types {
            let file = &self.names[&name].file;
            module(modules, &Reference::module(file)).types.insert(name, made);
        }
    }

    fn exists(&self, reference: &Reference) -> bool {
        self.documents.get(&reference.file).is_some_and(|document| {
            let components = &document.components;
            match reference.section {
                Section::Schemas => components.schemas.contains_key(&reference.name),
                Section::Responses => components.responses.contains_key(&reference.name),
                Section::RequestBodies => components.request_bodies.contains_key(&reference.name),
                Section::Parameters => components.parameters.contains_key(&reference.name),
            }
        })
    }

    /// The spec's name for the target of a reference. A response or request body with the same
    /// name as another type gets a suffix.
    fn reach(&mut self, reference: Reference) -> String {
        let base = format!("{}.{}", Reference::module(&reference.file), reference.name);
        let suffix = match reference.section {
            Section::Schemas | Section::Parameters => "",
            Section::Responses => "Answer",
            Section::RequestBodies => "Body",
        };
        let components = self.documents.get(&reference.file).map(|document| &document.components);
        let taken = components.is_some_and(|components| {
            let schema = components.schemas.contains_key(&reference.name);
            let response = components.responses.contains_key(&reference.name);
            match reference.section {
                Section::Schemas | Section::Parameters => false,
                Section::Responses => schema,
                Section::RequestBodies => schema || response,
            }
        });
        let name = if taken { base + suffix } else { base };
        self.names.entry(name.clone()).or_insert(reference);
        name
    }
}

fn module<'m>(modules: &'m mut BTreeMap<String, Module>, name: &str) -> &'m mut Module {
    modules.entry(name.to_owned()).or_insert_with(|| Module { module: name.to_owned(), ..Module::default() })
}

fn names_in(operation: &Operation) -> Vec<String> {
    let mut names = Vec::new();
    for schema in operation.schemas() {
        schema.walk(&mut |part| names.extend(part.name().map(str::to_owned)));
    }
    names
}
