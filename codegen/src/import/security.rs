//! `security` → scopes, or a browser's cookie.

use std::collections::{BTreeMap, HashMap};

use super::documents::Documents;
use super::tree::Node;
use super::{Fix, Importer, scopes};
use crate::near;

/// What a call needs to be allowed.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Security {
    /// Alternative sets; none if any token will do.
    pub(super) scopes: Vec<Vec<String>>,
    pub(super) cookie_only: bool,
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
        let mut security = Security { scopes: Vec::new(), cookie_only: !alternatives.is_empty() };
        let mut any_token = false;
        for alternative in alternatives {
            let (sets, cookie) = self.alternative(alternative, document, file);
            if cookie && sets.iter().all(Vec::is_empty) {
                continue;
            }
            security.cookie_only = false;
            any_token |= sets.iter().any(Vec::is_empty);
            for set in sets {
                if !security.scopes.contains(&set) {
                    security.scopes.push(set);
                }
            }
        }
        if any_token {
            security.scopes.clear();
        }
        security
    }

    /// The sets of scopes of one alternative, and whether it needs a cookie.
    fn alternative(&mut self, node: &'n Node<'n>, document: &'n Node<'n>, file: &'n str) -> (Vec<Vec<String>>, bool) {
        let (mut sets, mut cookie) = (vec![Vec::new()], false);
        let Some(entries) = node.entries() else {
            self.fail(file, node.at(), format!("`security`: {} instead of an object", node.kind()));
            return (sets, cookie);
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
                    sets = scopes::both(&sets, &scopes::of(&listed));
                }
                Scheme::Cookie => cookie = true,
                Scheme::Other => {
                    let problem = format!("the security scheme {} is not OAuth; clients only send a token", entry.key);
                    self.note(file, entry.at, problem, Fix::Change("scopes", "[[\"…\"]]".to_owned()));
                }
            }
        }
        if cookie && sets.iter().any(|set| !set.is_empty()) {
            let problem = "a cookie is needed as well as a token; clients only send the token";
            self.note(file, node.at(), problem, Fix::Change("cookie_only", "true".to_owned()));
        }
        (sets, cookie)
    }

    /// Tells scopes whose area no other operation has though it is much like one that others have.
    pub(super) fn lonely_areas(&mut self) {
        let area = |scope: &'n str| scope.rsplit_once('.').map(|(area, _)| area);
        let mut named: BTreeMap<&str, usize> = BTreeMap::new();
        self.scopes.iter().filter_map(|(scope, ..)| area(scope)).for_each(|area| *named.entry(area).or_default() += 1);
        for (scope, file, at) in std::mem::take(&mut self.scopes) {
            let Some(area) = area(scope).filter(|area| named[area] == 1) else { continue };
            if let Some(meant) = near(area, named.iter().filter(|(_, count)| **count > 1).map(|(area, _)| *area)) {
                let problem = format!("no other operation has a scope of {area}; is it {meant}?");
                self.note(file, at, problem, Fix::Change("scopes", "[[\"…\"]]".to_owned()));
            }
        }
    }

    /// A scheme by its name: of the document itself, or of any other. One that nobody declares is taken for OAuth.
    fn scheme(&self, name: &str, document: &'n Node<'n>) -> Scheme {
        let own = document.get("components").and_then(|components| components.get("securitySchemes")?.get(name));
        own.map(Scheme::of).or_else(|| self.schemes.get(name).copied()).unwrap_or(Scheme::Token)
    }
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
