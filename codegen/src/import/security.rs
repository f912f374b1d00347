//! `security` → scopes, or a browser's cookie.

use std::collections::{BTreeMap, HashMap};

use super::documents::Documents;
use super::tree::{Node, Position};
use super::{Fix, Importer, scopes};
use crate::near;

/// What a call needs to be allowed.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Security {
    /// Alternative sets; none if any token will do.
    pub(super) scopes: Vec<Vec<String>>,
    /// Whether only what clients do not send opens it, such as a cookie: no token is known to be enough.
    pub(super) cookie_only: bool,
}

/// What one of several requirements asks for.
struct Alternative<'n> {
    sets: Vec<Vec<String>>,
    /// Whether a cookie is needed.
    cookie: bool,
    /// The schemes that are needed besides, and that clients do not send either.
    others: Vec<(&'n str, Position)>,
    at: Position,
}

impl Alternative<'_> {
    /// Whether a token is all that is needed.
    fn is_usable(&self) -> bool {
        !self.cookie && self.others.is_empty()
    }
}

/// How a security scheme lets calls pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scheme {
    /// By a token with scopes.
    Token,
    /// By the cookie of a browser.
    Cookie,
    /// By something that the client does not send.
    Other,
}

/// What to do where a call is allowed without what clients do not send.
const ANOTHER_WAY: &str =
    "nothing has to be done: the scopes are those of the other ways to be allowed; accept this note";

impl<'n> Importer<'n> {
    /// What an operation needs: its own `security`, or else the document's. Several objects are alternatives; the
    /// schemes of one object are all needed.
    pub(super) fn security(&mut self, operation: &'n Node<'n>, document: &'n Node<'n>, file: &'n str) -> Security {
        let Some(written) = operation.get("security").or_else(|| document.get("security")) else {
            let problem = "no `security`, neither here nor in the document: any token will do";
            self.note(file, operation.at(), problem, Fix::Change("scopes", "[[\"…\"]]".to_owned()));
            return Security::default();
        };
        let Some(alternatives) = written.list() else {
            self.fail(file, written.at(), format!("`security`: {} instead of a list", written.kind()));
            return Security::default();
        };
        // An empty list is how OpenAPI takes the document's back: whoever writes it means it.
        if alternatives.is_empty() {
            return Security::default();
        }
        if alternatives.iter().any(is_nothing) {
            let problem = "`security` asks for nothing, not even a token: no scope is needed";
            self.note(file, written.at(), problem, Fix::Change("scopes", "[[\"…\"]]".to_owned()));
            return Security::default();
        }
        let alternatives: Vec<_> =
            alternatives.iter().map(|alternative| self.alternative(alternative, document, file)).collect();
        let usable = alternatives.iter().any(Alternative::is_usable);
        alternatives.iter().for_each(|alternative| self.not_usable(alternative, usable, file));
        // What clients cannot do says nothing about the scopes of what they can.
        let mut sets = alternatives.into_iter().filter(|one| one.is_usable() || !usable).flat_map(|one| one.sets);
        if usable {
            let sets: Vec<_> = sets.collect();
            let scopes = if sets.iter().any(Vec::is_empty) { Vec::new() } else { distinct(sets) };
            return Security { scopes, cookie_only: false };
        }
        let scopes = distinct(sets.by_ref().filter(|set| !set.is_empty()));
        Security { cookie_only: scopes.is_empty(), scopes }
    }

    /// Tells what an alternative needs that clients do not send.
    fn not_usable(&mut self, alternative: &Alternative<'n>, others_are: bool, file: &'n str) {
        for (name, at) in &alternative.others {
            let problem = format!("the security scheme {name} is not OAuth; clients only send a token");
            let fix = match others_are {
                true => Fix::Other(ANOTHER_WAY),
                false => Fix::Change("scopes", "[[\"…\"]]".to_owned()),
            };
            self.note(file, *at, problem, fix);
        }
        if alternative.cookie && alternative.sets.iter().any(|set| !set.is_empty()) {
            let problem = "a cookie is needed as well as a token; clients only send the token";
            let fix = match others_are {
                true => Fix::Other(ANOTHER_WAY),
                false => Fix::Change("cookie_only", "true".to_owned()),
            };
            self.note(file, alternative.at, problem, fix);
        }
    }

    fn alternative(&mut self, node: &'n Node<'n>, document: &'n Node<'n>, file: &'n str) -> Alternative<'n> {
        let mut needed = Alternative { sets: vec![Vec::new()], cookie: false, others: Vec::new(), at: node.at() };
        let Some(entries) = node.entries() else {
            self.fail(file, node.at(), format!("`security`: {} instead of an object", node.kind()));
            return needed;
        };
        for entry in entries {
            let listed = entry.value.list().unwrap_or_default();
            if entry.value.list().is_none() || listed.iter().any(|scope| scope.text().is_none()) {
                self.fail(file, entry.value.at(), format!("`{}` is not a list of scopes", entry.key));
            }
            match self.scheme(&entry.key, document) {
                Scheme::Token => {
                    self.scopes.extend(listed.iter().filter_map(|scope| Some((scope.text()?, file, scope.at()))));
                    let listed: Vec<&str> = listed.iter().filter_map(Node::text).collect();
                    needed.sets = scopes::both(&needed.sets, &scopes::of(&listed, &self.api.scopes));
                }
                Scheme::Cookie => needed.cookie = true,
                Scheme::Other => needed.others.push((&entry.key, entry.at)),
            }
        }
        needed
    }

    /// Tells scopes whose area no other operation has though it is much like one that others have.
    pub(super) fn lonely_areas(&mut self) {
        let area = |scope: &'n str| scope.rsplit_once('.').map(|(area, _)| area);
        let mut named: BTreeMap<&str, usize> = BTreeMap::new();
        self.scopes.iter().filter_map(|(scope, ..)| area(scope)).for_each(|area| *named.entry(area).or_default() += 1);
        let shared = || named.iter().filter(|(_, count)| **count > 1).map(|(area, _)| *area);
        let (mut told, mut all) = (Vec::new(), BTreeMap::new());
        for (scope, file, at) in std::mem::take(&mut self.scopes) {
            let Some(area) = area(scope).filter(|area| named[area] == 1) else { continue };
            if let Some(meant) = near(area, shared()) {
                told.push((file, at, format!("no other operation has a scope of {area}; is it {meant}?")));
                all.insert(scope.to_owned(), format!("{meant}{}", &scope[area.len()..]));
            }
        }
        // One correction of an operation mends all of its scopes.
        for (file, at, problem) in told {
            self.note(file, at, problem, Fix::Scopes(all.clone()));
        }
    }

    /// A scheme by its name: of the document itself, or of any other. One that nobody declares is taken for OAuth.
    fn scheme(&self, name: &str, document: &'n Node<'n>) -> Scheme {
        let own = document.get("components").and_then(|components| components.get("securitySchemes")?.get(name));
        own.map(Scheme::of).or_else(|| self.schemes.get(name).copied()).unwrap_or(Scheme::Token)
    }
}

/// Whether an alternative asks for nothing: an object without schemes.
fn is_nothing(alternative: &Node<'_>) -> bool {
    alternative.entries().is_some_and(|entries| entries.is_empty())
}

/// Each set once.
fn distinct(sets: impl IntoIterator<Item = Vec<String>>) -> Vec<Vec<String>> {
    let mut distinct = Vec::new();
    for set in sets {
        if !distinct.contains(&set) {
            distinct.push(set);
        }
    }
    distinct
}

impl Scheme {
    fn of(written: &Node<'_>) -> Self {
        let word = |key: &str| written.get(key).and_then(Node::text);
        match (word("type"), word("in")) {
            (Some("oauth2" | "openIdConnect"), _) => Self::Token,
            (Some("apiKey"), Some("cookie")) => Self::Cookie,
            _ => Self::Other,
        }
    }
}

/// The schemes of all documents, the first of each name.
pub(super) fn schemes<'n>(documents: &'n Documents<'n>) -> HashMap<&'n str, Scheme> {
    let mut schemes = HashMap::new();
    for (_, tree) in documents.all() {
        let declared = tree.root.get("components").and_then(|components| components.get("securitySchemes")?.entries());
        for entry in declared.unwrap_or_default() {
            schemes.entry(entry.key.as_ref()).or_insert_with(|| Scheme::of(&entry.value));
        }
    }
    schemes
}
