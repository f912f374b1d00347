//! Reads the documents that [`crate::openapi`] writes: what they say is taken at its word, and nothing is guessed.

mod operations;
mod schemas;

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde_json::Value;

use crate::Files;
use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::openapi::ERROR;
use crate::openapi::document::{Document, EDITION, MARK, Operation, PathItem};
use crate::spec::{self, Method, Module};

/// The modules of documents of ours, and what in them was left out.
#[derive(Debug, Default)]
pub(super) struct Extended {
    pub(super) modules: BTreeMap<String, Module>,
    pub(super) notes: Diagnostics,
}

/// Whether a file is one of ours, judging by its text.
pub(super) fn is_ours(text: &str) -> bool {
    // A key of the first level stands among the first lines, but may be moved by whoever formats the file anew.
    text.contains(&format!("\"{MARK}\""))
}

/// Reads the documents of ours among the files.
pub(super) fn read(files: &Files, diagnostics: &mut Diagnostics) -> Extended {
    let mut extended = Extended::default();
    for (name, text) in files.iter().filter(|(_, text)| is_ours(text)) {
        let mut reader = serde_json::Deserializer::from_str(text.trim_start_matches('\u{feff}'));
        let document = match serde_path_to_error::deserialize::<_, Document>(&mut reader) {
            Ok(document) => document,
            Err(error) => {
                diagnostics.push(not_openapi(name, &error.path().to_string(), error.inner()));
                continue;
            }
        };
        if let Err(error) = reader.end() {
            diagnostics.push(not_openapi(name, "the file", &error));
        } else if document.edition != EDITION {
            let problem = format!("edition {} of the extensions is not known", document.edition);
            let help = format!("this program reads edition {EDITION}");
            diagnostics.push(Diagnostic::new(Location::key(name, &[MARK]), problem, help));
        } else {
            let names = schemas::names(&document.components.schemas);
            DocumentReader { file: name, names, extended: &mut extended, diagnostics }.document(&document);
        }
    }
    extended
}

/// One document being read.
struct DocumentReader<'a> {
    file: &'a str,
    /// The name of each type by its key in the document.
    names: BTreeMap<String, String>,
    extended: &'a mut Extended,
    diagnostics: &'a mut Diagnostics,
}

impl DocumentReader<'_> {
    fn document(&mut self, document: &Document) {
        self.told(&[], &document.unknown);
        let mut found: IndexMap<String, Vec<spec::Operation>> = IndexMap::new();
        for (path, item) in &document.paths {
            self.told(&["paths", path], &item.unknown);
            for (method, written) in methods(item) {
                for (module, operation) in self.with_aliases(method, path, written) {
                    found.entry(module).or_default().push(operation);
                }
            }
        }
        for tag in &document.tags {
            if let Some(operations) = found.get_mut(&tag.name) {
                // What the tag does not list comes last.
                let place = |operation: &spec::Operation| tag.operations.iter().position(|id| *id == operation.id);
                operations.sort_by_key(|operation| place(operation).unwrap_or(usize::MAX));
            }
        }
        for (name, operations) in found {
            if let Some(module) = self.module(&name, &["tags"]) {
                module.operations.extend(operations);
            }
        }
        for (key, schema) in document.components.schemas.iter().filter(|(key, _)| *key != ERROR) {
            let place = ["components", "schemas", key];
            let name = schema.name.as_ref().unwrap_or(key);
            let Some(home) = name.split_once('.').map(|(module, _)| module.to_owned()) else {
                let help = "a type's name is the module's, a dot and its own, such as ticket.commonJson";
                self.fail(&place, format!("{name:?} is not a valid type name"), help);
                continue;
            };
            let made = self.schema(schema, &place);
            if let Some(module) = self.module(&home, &place) {
                module.types.insert(name.clone(), made);
            }
        }
    }

    /// The module of that name, which becomes a file's.
    fn module(&mut self, name: &str, place: &[&str]) -> Option<&mut Module> {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if name.is_empty() || !name.chars().all(plain) {
            let help = "letters, digits and underscores";
            self.fail(place, format!("{name:?} is not a valid module name"), help);
            return None;
        }
        let module = || Module { module: name.to_owned(), ..Module::default() };
        Some(self.extended.modules.entry(name.to_owned()).or_insert_with(module))
    }

    fn fail(&mut self, place: &[&str], problem: impl Into<String>, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(Location::key(self.file, place), problem, help));
    }

    /// Notes keys that mean nothing here.
    fn told(&mut self, place: &[&str], unknown: &IndexMap<String, Value>) {
        for key in unknown.keys() {
            let what = if place.is_empty() { "the document".to_owned() } else { place.join(".") };
            let problem = format!("`{key}` of {what} is not understood and was left out");
            let location = Location::key(self.file, place).join(key);
            self.extended.notes.push(Diagnostic::new(location, problem, "remove it, or accept this note"));
        }
    }
}

fn methods(item: &PathItem) -> impl Iterator<Item = (Method, &Operation)> {
    let methods = [
        (Method::Get, &item.get),
        (Method::Put, &item.put),
        (Method::Post, &item.post),
        (Method::Delete, &item.delete),
        (Method::Patch, &item.patch),
    ];
    methods.into_iter().filter_map(|(method, operation)| Some((method, operation.as_ref()?)))
}

fn not_openapi(file: &str, part: &str, error: &serde_json::Error) -> Diagnostic {
    let location = Location::at(file, error.line(), error.column());
    Diagnostic::new(
        location,
        format!("{part}: {error}"),
        "only documents in JSON that this project wrote have its mark",
    )
}
