//! `security` → scopes, or a browser's cookie.

use super::tree::Node;
use super::{Fix, Importer, scopes};

/// What a call needs to be allowed.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Security {
    /// Alternative sets; none if any token will do.
    pub(super) scopes: Vec<Vec<String>>,
    pub(super) cookie_only: bool,
}

/// How a security scheme lets calls pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scheme {
    /// By a token with scopes.
    Token,
    /// By the cookie of a browser.
    Cookie,
    /// By something that the client does not send.
    Other,
}

impl<'n> Importer<'n> {
    /// What an operation needs: its own `security`, or else the document's. Several objects are alternatives; the schemes
    /// of one object are all needed.
    pub(super) fn security(&mut self, operation: &'n Node, document: &'n Node, file: &'n str) -> Security {
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
    fn alternative(&mut self, node: &'n Node, document: &'n Node, file: &'n str) -> (Vec<Vec<String>>, bool) {
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

    /// A scheme by its name: of the document itself, or of any other. One that nobody declares is taken for OAuth.
    fn scheme(&self, name: &str, document: &'n Node) -> Scheme {
        let of = |root: &'n Node| root.get("components")?.get("securitySchemes")?.get(name);
        let found = of(document).or_else(|| self.documents.all().find_map(|(_, tree)| of(&tree.root)));
        let word = |key: &str| found.and_then(|scheme| scheme.get(key)?.text());
        match (word("type"), word("in")) {
            (None | Some("oauth2" | "openIdConnect"), _) => Scheme::Token,
            (Some("apiKey"), Some("cookie")) => Scheme::Cookie,
            _ => Scheme::Other,
        }
    }
}
