//! Finds errors in an `api.json` that could be read.

use std::collections::BTreeSet;

use super::{Api, Scopes};
use crate::API;
use crate::diagnostic::{Diagnostic, Diagnostics, Location};

/// How many actions fit into the bits of a scope, and how many there may be with those that stand for several: the search
/// for the smallest set tries all sets of them.
const SINGLE: usize = 8;
const ACTIONS: usize = 12;

pub(super) fn check(api: &Api, diagnostics: &mut Diagnostics) {
    let mut checker = Checker { diagnostics };
    checker.reasons(api);
    checker.servers(api);
    checker.authorization(api);
    checker.organization(api);
    checker.scopes(&api.scopes);
    checker.errors(api);
    checker.paging(api);
    checker.credits(api);
}

struct Checker<'d> {
    diagnostics: &'d mut Diagnostics,
}

impl Checker<'_> {
    fn fail(&mut self, path: &[&str], problem: impl Into<String>, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(Location::key(API, path), problem, help));
    }

    fn reasons(&mut self, api: &Api) {
        let reasons = [
            ("servers", Some(&api.servers.why)),
            ("authorization", Some(&api.authorization.why)),
            ("organization", api.organization.as_ref().map(|organization| &organization.why)),
            ("scopes", Some(&api.scopes.why)),
            ("errors", Some(&api.errors.why)),
            ("paging", Some(&api.paging.why)),
            ("credits", api.credits.as_ref().map(|credits| &credits.why)),
        ];
        for (section, _) in reasons.iter().filter(|(_, why)| why.is_some_and(|why| why.trim().is_empty())) {
            self.fail(&[section, "why"], "no reason is given", "say in a sentence where these facts come from");
        }
        if api.title.trim().is_empty() {
            self.fail(&["title"], "the API has no title", "write it as people know it, such as Zoho Desk");
        }
    }

    fn servers(&mut self, api: &Api) {
        let centres = &api.servers.data_centres;
        if centres.is_empty() {
            let help =
                "an API with one server has one, such as {\"name\": \"Default\", \"code\": \"default\", \"api\": …}";
            self.fail(&["servers", "data_centres"], "there is no data centre", help);
        }
        let (mut names, mut codes) = (BTreeSet::new(), BTreeSet::new());
        for (index, centre) in centres.iter().enumerate() {
            let index = index.to_string();
            let at = |key| ["servers", "data_centres", index.as_str(), key];
            self.variant(&at("name"), &centre.name, &mut names);
            if centre.code.is_empty() || !centre.code.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()) {
                let help = "small letters and digits, such as eu";
                self.fail(&at("code"), format!("{:?} is not a code", centre.code), help);
            }
            if !codes.insert(&centre.code) {
                self.fail(&at("code"), format!("two data centres have the code {}", centre.code), "codes are unique");
            }
            for (key, address) in [("api", Some(&centre.api)), ("accounts", centre.accounts.as_ref())] {
                if let Some(address) = address.filter(|address| !is_address(address)) {
                    let help = "such as https://api.example.com, without a slash at its end";
                    self.fail(&at(key), format!("{address:?} is not an address"), help);
                }
            }
        }
    }

    fn authorization(&mut self, api: &Api) {
        let schemes = &api.authorization.schemes;
        if schemes.is_empty() {
            let help = "most APIs have {\"name\": \"Bearer\", \"word\": \"Bearer\", \"about\": …}";
            self.fail(&["authorization", "schemes"], "there is no word before a token", help);
        }
        let mut names = BTreeSet::new();
        for (index, scheme) in schemes.iter().enumerate() {
            let index = index.to_string();
            let at = |key| ["authorization", "schemes", index.as_str(), key];
            self.variant(&at("name"), &scheme.name, &mut names);
            if !is_token(&scheme.word) {
                let help = "one word without spaces, such as Bearer";
                self.fail(&at("word"), format!("{:?} cannot stand before a token", scheme.word), help);
            }
        }
        let Some(sign_in) = &api.authorization.sign_in else { return };
        let paths = [
            ("authorize", Some(&sign_in.authorize)),
            ("token", Some(&sign_in.token)),
            ("revoke", sign_in.revoke.as_ref()),
            ("enhance", sign_in.enhance.as_ref()),
            ("add_scopes", sign_in.add_scopes.as_ref()),
        ];
        for (key, path) in paths {
            if let Some(path) = path.filter(|path| !path.starts_with('/') || path.contains(['?', '#', ' '])) {
                let help = "it starts with / and has no query, such as /oauth/token";
                self.fail(&["authorization", "sign_in", key], format!("{path:?} is not a path"), help);
            }
        }
        if sign_in.enhance.is_some() != sign_in.add_scopes.is_some() {
            let problem = "`enhance` and `add_scopes` are two steps of one thing";
            self.fail(&["authorization", "sign_in"], problem, "give both, or leave both out");
        }
    }

    fn organization(&mut self, api: &Api) {
        let Some(organization) = &api.organization else { return };
        if !is_token(&organization.parameter) {
            let help = "the name of a header, such as orgId";
            let problem = format!("{:?} is not the name of a header", organization.parameter);
            self.fail(&["organization", "parameter"], problem, help);
        }
    }

    fn scopes(&mut self, scopes: &Scopes) {
        if !scopes.has_form() {
            let help = "`{area}`, or `{area}` and `{action}` in their order, with what stands between them";
            return self.fail(&["scopes", "form"], format!("{:?} is not a form of scopes", scopes.form), help);
        }
        match (scopes.separator().is_some(), scopes.actions.iter().any(|action| !action.name.is_empty())) {
            (true, false) => {
                let help = "list them with what each covers, or write `{area}` as the form";
                self.fail(&["scopes", "form"], "scopes have an action, but none is listed in `actions`", help);
            }
            (false, true) => {
                let help = "remove them, or say in the form where they stand";
                self.fail(&["scopes", "actions"], "the form has no place for an action", help);
            }
            _ => {}
        }
        let single = scopes.single();
        if single.len() > SINGLE || scopes.actions.len() > ACTIONS {
            let help = "write those that are short for others with `stands_for`";
            self.fail(
                &["scopes", "actions"],
                format!("there are more than {SINGLE} single actions, or {ACTIONS} in all"),
                help,
            );
        }
        let mut names = BTreeSet::new();
        for (index, action) in scopes.actions.iter().enumerate() {
            let index = index.to_string();
            if !names.insert(&action.name) {
                let problem = format!("two actions have the name {}", action.name);
                self.fail(&["scopes", "actions", &index, "name"], problem, "names are unique");
            }
            for (key, others) in [("stands_for", &action.stands_for), ("covers", &action.covers)] {
                for other in others.iter().filter(|other| !single.contains(&other.as_str())) {
                    let problem = format!("{other:?} is not a single action");
                    let help = format!("one of {}", single.join(", "));
                    self.fail(&["scopes", "actions", &index, key], problem, help);
                }
            }
        }
        if let Some(name) = scopes.without_action.as_ref().filter(|name| !single.contains(&name.as_str())) {
            let help = format!("one of {}", single.join(", "));
            self.fail(&["scopes", "without_action"], format!("{name:?} is not a single action"), help);
        }
        if scopes.product.is_some() && scopes.nested_by.is_none() {
            let help = "say in `nested_by` what stands between the product and an area";
            self.fail(&["scopes", "product"], "areas start with a product, but do not nest", help);
        }
        let named = scopes.in_addition.iter().map(|scope| ("in_addition", scope));
        for (key, scope) in [("example", &scopes.example)].into_iter().chain(named) {
            if scopes.parse(scope).is_none() {
                let help = format!("it has the form {}; `characters` says what else names may have", scopes.form);
                self.fail(&["scopes", key], format!("{scope:?} is not a scope"), help);
            }
        }
    }

    fn errors(&mut self, api: &Api) {
        for (key, path) in [("code", &api.errors.code), ("message", &api.errors.message)] {
            if path.split('.').any(str::is_empty) {
                let help = "a key such as message, or several with dots between them, such as error.message";
                self.fail(&["errors", key], format!("{path:?} leads to nothing"), help);
            }
        }
    }

    fn paging(&mut self, api: &Api) {
        let paging = &api.paging;
        if paging.index == paging.size {
            self.fail(
                &["paging", "size"],
                "index and size are the same parameter",
                "name the parameter for the length",
            );
        }
        if paging.counts == super::Counts::Pages && paging.times.is_some() {
            let help = "remove `times`: such a list is read page by page";
            self.fail(&["paging", "times"], "a list cannot be read by time if its index counts pages", help);
        }
        let keys = [("records", &paging.records), ("total", &paging.total), ("more", &paging.more), ("id", &paging.id)];
        for (key, name) in keys {
            if name.is_empty() {
                let help =
                    "name the key; if the API has none, a name that it does not use, such as data, count, hasMore";
                self.fail(&["paging", key], "it is empty", help);
            }
        }
    }

    fn credits(&mut self, api: &Api) {
        let Some(credits) = &api.credits else { return };
        for (key, header) in [("spent", &credits.spent), ("left", &credits.left)] {
            if !is_token(header) {
                let problem = format!("{header:?} is not the name of a header");
                self.fail(&["credits", key], problem, "such as X-Rate-Limit-Remaining");
            }
        }
        if credits.pages.windows(2).any(|pair| pair[0].0 >= pair[1].0) {
            let help = "each pair is the highest index of a price and the price, the lowest index first";
            self.fail(&["credits", "pages"], "the prices are not in the order of the indexes", help);
        }
    }

    /// A name that becomes the variant of an enum.
    fn variant<'n>(&mut self, path: &[&str], name: &'n str, known: &mut BTreeSet<&'n str>) {
        let camel =
            name.starts_with(|c: char| c.is_ascii_uppercase()) && name.bytes().all(|c| c.is_ascii_alphanumeric());
        if !camel || name == "Self" {
            let help = "letters and digits, starting with a capital letter, such as Europe";
            self.fail(path, format!("{name:?} is not the name of a variant"), help);
        }
        if !known.insert(name) {
            self.fail(path, format!("{name} is there twice"), "names are unique");
        }
    }
}

/// An address without a path's end, a user or a query.
fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '/' | '_');
    rest.is_some_and(|rest| {
        !rest.is_empty() && !rest.ends_with('/') && !rest.starts_with('/') && rest.chars().all(plain)
    })
}

/// A word that may stand in a header, or be the name of one.
fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_' | b'.' | b'+'))
}
