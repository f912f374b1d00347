//! The files of one import.

use indexmap::IndexMap;

use super::extensions;
use super::openapi::VERSIONS;
use super::reference::Reference;
use super::tree::{Node, Position, Tree};
use crate::Files;
use crate::diagnostic::Diagnostics;

/// The files as trees, by path, in the order of their paths.
#[derive(Debug, Default)]
pub(super) struct Documents<'t> {
    trees: IndexMap<String, Tree<'t>>,
}

impl<'t> Documents<'t> {
    /// Reads all files but those of ours; errors go to `diagnostics`.
    pub(super) fn read(files: &'t Files, diagnostics: &mut Diagnostics) -> Self {
        let mut documents = Self::default();
        for (file, text) in files.iter().filter(|(_, text)| !extensions::is_ours(text)) {
            match Tree::read(file, text) {
                Ok(tree) => drop(documents.trees.insert(file.clone(), tree)),
                Err(diagnostic) => diagnostics.push(diagnostic),
            }
        }
        documents
    }

    pub(super) fn is_empty(&self) -> bool {
        self.trees.is_empty()
    }

    /// All files with their trees.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &Tree<'t>)> {
        self.trees.iter().map(|(file, tree)| (file.as_str(), tree))
    }

    /// The value that a reference points to, and the file that it is in.
    pub(super) fn find(&self, reference: &Reference) -> Option<(&str, &Node<'t>)> {
        let (file, tree) = self.trees.get_key_value(&reference.file)?;
        tree.root.follow(&reference.steps).map(|node| (file.as_str(), node))
    }

    /// A hint at the file that a reference may mean, if it only has another ending.
    pub(super) fn other_ending(&self, reference: &Reference) -> String {
        let file = &reference.file;
        let stem = |file: &str| file.rsplit_once('.').map_or(file.to_owned(), |(stem, _)| stem.to_owned());
        let other = self.trees.keys().find(|other| *other != file && stem(other) == stem(file));
        match other.filter(|_| !self.trees.contains_key(file)) {
            Some(other) => format!("; {other} is there, is it meant?"),
            None => String::new(),
        }
    }

    /// The keys and indexes that lead to a place.
    pub(super) fn path(&self, file: &str, at: Position) -> Vec<String> {
        self.trees.get(file).map(|tree| tree.root.path_to(at)).unwrap_or_default()
    }

    /// The value that keys and indexes lead to.
    pub(super) fn follow(&self, file: &str, path: &[String]) -> Option<&Node<'t>> {
        self.trees.get(file)?.root.follow(path)
    }
}

/// What a file is, judging by its first keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// An OpenAPI document.
    Document,
    /// Something that documents may refer to.
    Part,
}

/// What a file is. The error says what else it is, and where that stands.
pub(super) fn sort(root: &Node<'_>) -> Result<Sort, (String, Position)> {
    if root.entries().is_none() {
        return Err((format!("{} instead of a document", root.kind()), root.at()));
    }
    if let Some(swagger) = root.get("swagger") {
        return Err(("Swagger 2 instead of OpenAPI 3".to_owned(), swagger.at()));
    }
    let Some(version) = root.get("openapi") else { return Ok(Sort::Part) };
    let number = match version.text() {
        Some(text) => text.to_owned(),
        // Without quotes, YAML takes 3.1 for a number.
        None => version.number().map(ToString::to_string).unwrap_or_default(),
    };
    let known = |known: &str| number.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    match VERSIONS.iter().any(|version| known(version)) {
        true => Ok(Sort::Document),
        false => Err((format!("OpenAPI {number:?} is not known"), version.at())),
    }
}
