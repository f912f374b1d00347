//! `paths` → operations: references to paths, servers, and what all methods of a path share.

use std::collections::BTreeSet;

use super::keys::Keys;
use super::operation::Place;
use super::servers::Server;
use super::tree::{Entry, Node, Position};
use super::{Fix, Importer, openapi};
use crate::spec::{Method, Operation};

/// An operation, and where it stands.
pub(super) struct Made<'n> {
    pub(super) operation: Operation,
    file: &'n str,
    at: Position,
}

/// How many references a path, parameter, response or body may be away.
const CHAIN: usize = 16;

impl<'n> Importer<'n> {
    /// All operations of a document.
    pub(super) fn paths(&mut self, document: Keys<'n>) -> Vec<Made<'n>> {
        let Keys { node: root, file } = document;
        let server = self.server(root, &Server::default(), file);
        self.same_host(&server, root, file);
        let Some(paths) = self.object(document, "paths") else { return Vec::new() };
        let mut made = Vec::new();
        for Entry { key: path, value: item, .. } in paths.entries().unwrap_or_default() {
            if path.starts_with("x-") {
                continue;
            }
            for (file, item) in self.items(item, file) {
                self.path(path, item, Place { file, root, server: &server }, &mut made);
            }
        }
        made
    }

    /// What stands at a path, and what it refers to.
    fn items(&mut self, item: &'n Node<'n>, file: &'n str) -> Vec<(&'n str, &'n Node<'n>)> {
        let mut items = vec![(file, item)];
        while let Some((file, item)) = items.last().copied().filter(|_| items.len() <= CHAIN) {
            let Some(reference) = item.get("$ref").or_else(|| item.get("ref")).and_then(Node::text) else { break };
            let Some(found) = self.find(reference, file, item.at()) else { break };
            match found.target {
                Some((file, item)) => items.push((file, item)),
                None => {
                    let hint = self.documents.other_ending(&found.reference);
                    let problem = format!("{} does not exist; the path was left out{hint}", found.reference);
                    self.note(file, item.at(), problem, Fix::Other("add its operations in spec/local"));
                    break;
                }
            }
        }
        items
    }

    fn path(&mut self, path: &'n str, item: &'n Node<'n>, place: Place<'n, '_>, made: &mut Vec<Made<'n>>) {
        let file = place.file;
        let keys = self.keys(item, file, &openapi::PATH);
        let _told = self.reference(keys);
        let shared = self.list(keys, "parameters");
        let server = self.server(item, place.server, file);
        for Entry { key: method, value: node, .. } in item.entries().unwrap_or_default() {
            let Some(method) = verb(method) else { continue };
            let operation = self.operation(method, path, node, shared, Place { server: &server, ..place });
            made.extend(operation.map(|operation| Made { operation, file, at: node.at() }));
        }
    }

    /// Adds a number to the id of an operation if another one already has that id, and remembers where it stands.
    pub(super) fn tell_apart(&mut self, made: &mut Made<'n>, ids: &mut BTreeSet<String>) {
        let Made { operation, file, at } = made;
        let mut number = 2;
        let id = operation.id.clone();
        while !ids.insert(operation.id.clone()) {
            operation.id = format!("{id}_{number}");
            number += 1;
        }
        if operation.id != id {
            let problem = format!("another operation is {id} as well; this one became {}", operation.id);
            self.note(file, *at, problem, Fix::Name);
        }
        let path = self.documents.path(file, *at);
        self.entries.operations.insert(((*file).to_owned(), path), operation.id.clone());
    }

    /// An object, or the one that it refers to, with its file. None if there is no such object, which is told.
    pub(super) fn resolved(
        &mut self,
        node: &'n Node<'n>,
        file: &'n str,
        known: &openapi::Known,
    ) -> Option<(&'n str, Keys<'n>)> {
        let (mut node, mut file) = (node, file);
        for _ in 0..CHAIN {
            let keys = self.keys(node, file, known);
            let Some(reference) = self.reference(keys) else { return Some((file, keys)) };
            let found = self.find(reference, file, node.at())?;
            let Some(target) = found.target else {
                let hint = self.documents.other_ending(&found.reference);
                let problem = format!("{}, {}, does not exist; it was left out{hint}", known.what, found.reference);
                self.note(file, node.at(), problem, Fix::Unknown);
                return None;
            };
            (file, node) = target;
        }
        let problem = format!("{} refers to itself; it was left out", known.what);
        self.note(file, node.at(), problem, Fix::Unknown);
        None
    }
}

fn verb(method: &str) -> Option<Method> {
    Some(match method {
        "get" => Method::Get,
        "post" => Method::Post,
        "put" => Method::Put,
        "patch" => Method::Patch,
        "delete" => Method::Delete,
        _ => return None,
    })
}
