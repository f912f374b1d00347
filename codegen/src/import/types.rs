//! References → names of types, and the types behind them.

use std::collections::BTreeMap;

use super::reference::Reference;
use super::tree::{Node, Position};
use super::{Fix, Importer, media, module, openapi};
use crate::spec::{Module, Operation, Schema};

/// Deeper than any real description refers; beyond this, something refers to itself.
const DEPTH: usize = 64;

/// What a reference points to.
#[derive(Clone, Debug)]
pub(super) struct Found<'n> {
    pub(super) reference: Reference,
    /// The value and its file, if there is one.
    pub(super) target: Option<(&'n str, &'n Node<'n>)>,
}

impl<'n> Importer<'n> {
    /// The target of a reference in a file; none if it is an address, which is told.
    pub(super) fn find(&mut self, text: &'n str, file: &'n str, at: Position) -> Option<Found<'n>> {
        if let Some(known) = self.found.get(&(file, text)) {
            return known.clone();
        }
        let found = Reference::parse(text, file).map(|reference| {
            let target = self.documents.find(&reference);
            Found { reference, target }
        });
        match &found {
            None => self.note(file, at, format!("{text} is outside of the files; any value is accepted"), Fix::Unknown),
            Some(Found { target: Some((other, _)), .. }) if *other != file => drop(self.used.insert(other)),
            Some(_) => {}
        }
        self.found.insert((file, text), found.clone());
        found
    }

    /// The name of the type that a reference points to.
    pub(super) fn type_name(&mut self, text: &'n str, file: &'n str, at: Position) -> Option<String> {
        let found = self.find(text, file, at)?;
        let (missing, reference) = (found.target.is_none(), found.reference.clone());
        let name = self.reach(found);
        if missing {
            let problem = format!("{reference} does not exist{}", self.documents.other_ending(&reference));
            self.note(file, at, problem, Fix::Type(name.clone()));
        }
        Some(name)
    }

    /// The spec's name for the target of a reference. A response or request body with the same name as another type
    /// gets a suffix.
    pub(super) fn reach(&mut self, found: Found<'n>) -> String {
        if let Some(name) = self.entries.types.get(&found.reference) {
            return name.clone();
        }
        let reference = &found.reference;
        let (file, own) = (&reference.file, reference.name());
        let there = |section: &str| self.documents.find(&Reference::component(file, section, &own)).is_some();
        let suffix = match reference.section() {
            Some("responses") if there("schemas") => "Answer",
            Some("requestBodies") if there("schemas") || there("responses") => "Body",
            _ => "",
        };
        let base = format!("{}.{own}{suffix}", Reference::module(file));
        let name = self.free(&base, &found);
        self.entries.types.insert(found.reference.clone(), name.clone());
        self.names.entry(name.clone()).or_insert(found);
        name
    }

    /// A name that no other type has. The same schema in two files of one module is one type.
    fn free(&mut self, base: &str, found: &Found<'n>) -> String {
        let node = |found: &Found<'n>| found.target.map(|(_, node)| node);
        let (mut name, mut number) = (base.to_owned(), 1);
        while let Some(known) = self.names.get(&name) {
            if node(known).zip(node(found)).is_some_and(|(known, new)| known.same(new)) {
                return name;
            }
            number += 1;
            name = format!("{base}_{number}");
        }
        if let (Some((file, node)), true) = (found.target, number > 1) {
            let problem = format!("another type is {base} as well; this one became {name}");
            self.note(file, node.at(), problem, Fix::Other("give it a better name in Rust with an entry of `names`"));
        }
        name
    }

    /// The type behind a name that `reach` gave; none if the type is inside itself, or missing.
    pub(super) fn named(&mut self, name: &str) -> Option<Schema> {
        if let Some(made) = self.made.get(name) {
            return Some(made.clone());
        }
        let found = self.names.get(name)?.clone();
        let (file, node) = found.target?;
        let (file, node) = match found.reference.section() {
            Some("responses") => self.document_schema(node, file, &openapi::RESPONSE)?,
            Some("requestBodies") => self.document_schema(node, file, &openapi::REQUEST_BODY)?,
            Some("parameters") => return None,
            _ => (file, node),
        };
        if self.open.len() > DEPTH {
            let problem = format!("references lead on over {DEPTH} types; any value is accepted for {name}");
            self.note(file, node.at(), problem, Fix::Unknown);
            return None;
        }
        if !self.open.insert(name.to_owned()) {
            return None;
        }
        let made = self.schema(node, file);
        self.open.remove(name);
        self.made.insert(name.to_owned(), made.clone());
        Some(made)
    }

    /// The schema of a shared response's or body's JSON, or else of its first kind of content.
    fn document_schema(
        &mut self,
        node: &'n Node<'n>,
        file: &'n str,
        known: &openapi::Known,
    ) -> Option<(&'n str, &'n Node<'n>)> {
        let (file, keys) = self.resolved(node, file, known)?;
        let content = keys.node.get("content")?.entries()?;
        let json = content.iter().find(|entry| media::is_json(&entry.key)).or(content.first())?;
        json.value.get("schema").map(|schema| (file, schema))
    }

    /// Adds every type that an operation reaches to the module that the type comes from.
    pub(super) fn types(&mut self, modules: &mut BTreeMap<String, Module>) {
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
            let file = &self.names[&name].reference.file;
            module(modules, &Reference::module(file)).types.insert(name, made);
        }
    }
}

fn names_in(operation: &Operation) -> Vec<String> {
    let mut names = Vec::new();
    for schema in operation.schemas() {
        schema.walk(&mut |part| names.extend(part.name().map(str::to_owned)));
    }
    names
}
