//! What is particular to the API as a whole, as constant data: where it is, how scopes, refusals and lists look. The
//! values are generated from `spec/local/api.json`.

use serde_json::Value;

use crate::generated::api::DataCentre;

/// A data centre's addresses.
pub(crate) struct Centre {
    pub(crate) centre: DataCentre,
    pub(crate) code: &'static str,
    /// The address of the API.
    pub(crate) api: &'static str,
    /// The address of the accounts server.
    pub(crate) accounts: &'static str,
    /// The domains by which a token names it.
    pub(crate) domains: &'static [&'static str],
}

/// The accounts server: its paths, and how it is asked.
#[derive(Clone, Copy)]
pub(crate) struct Accounts {
    /// Where a person gives consent.
    pub(crate) authorize: &'static str,
    /// Where codes and refresh tokens are exchanged.
    pub(crate) token: &'static str,
    pub(crate) revoke: Option<&'static str>,
    /// Where a permit to ask for more scopes is given.
    pub(crate) enhance: Option<&'static str>,
    /// Where a person consents to more scopes.
    pub(crate) add_scopes: Option<&'static str>,
    /// What else the address for consent says.
    pub(crate) parameters: &'static [(&'static str, &'static str)],
    pub(crate) scope_separator: &'static str,
}

/// How calls name the organization that they are made for.
#[derive(Clone, Copy)]
pub(crate) struct Organization {
    pub(crate) header: &'static str,
    /// Whether ids are digits.
    pub(crate) digits: bool,
}

/// What scopes look like, and which covers which.
pub(crate) struct Grammar {
    /// A scope, for messages.
    pub(crate) example: &'static str,
    /// Set if areas start with the product that they belong to: the API's own.
    pub(crate) product: Option<&'static str>,
    /// What stands between an area and another within it.
    pub(crate) nested_by: Option<&'static str>,
    /// What stands between area and action; none if scopes have no action.
    pub(crate) separator: Option<&'static str>,
    pub(crate) action_first: bool,
    pub(crate) ignore_case: bool,
    /// What areas may have besides letters and digits.
    pub(crate) characters: &'static str,
    /// The actions, the narrower first.
    pub(crate) actions: &'static [Action],
    /// What a granted scope without an action permits.
    pub(crate) without_action: u8,
    /// Areas that hold for others although their names do not tell.
    pub(crate) includes: &'static [(&'static str, &'static [&'static str])],
}

/// An action, as bits.
pub(crate) struct Action {
    /// Its name; empty if scopes have no actions.
    pub(crate) name: &'static str,
    /// What it is as a requirement.
    pub(crate) needs: u8,
    /// What it permits as a grant.
    pub(crate) grants: u8,
}

/// What a refusal looks like. Keys may be paths such as `error.code`.
pub(crate) struct Errors {
    pub(crate) code: &'static str,
    pub(crate) message: &'static str,
    pub(crate) details: Option<Details>,
    /// The headers with the request's id, the first that is there.
    pub(crate) request_id: &'static [&'static str],
    pub(crate) codes: &'static [Code],
}

/// The keys of what is wrong with single fields.
#[derive(Clone, Copy)]
pub(crate) struct Details {
    pub(crate) list: &'static str,
    pub(crate) field: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) message: &'static str,
}

/// A code of a refusal.
pub(crate) struct Code {
    pub(crate) code: &'static str,
    pub(crate) means: Option<Meaning>,
    /// What a person can do about it.
    pub(crate) advice: &'static str,
}

/// What a code means to the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// The token is not accepted; another may be.
    Token,
    /// The token lacks a scope.
    Scope,
    /// There are no credits left.
    Credits,
}

impl Errors {
    /// What is known about a code.
    pub(crate) fn code(&self, code: &str) -> Option<&Code> {
        self.codes.iter().find(|known| known.code == code)
    }

    /// Whether a code has this meaning.
    pub(crate) fn means(&self, code: &str, meaning: Meaning) -> bool {
        self.code(code).is_some_and(|known| known.means == Some(meaning))
    }

    /// Whether any code has this meaning.
    pub(crate) fn tell(&self, meaning: Meaning) -> bool {
        self.codes.iter().any(|known| known.means == Some(meaning))
    }
}

/// What lies at a path such as `error.code`.
pub(crate) fn at<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.').try_fold(value, |value, key| value.get(key))
}

/// How lists are read.
pub(crate) struct Lists {
    /// The parameter that says where a page starts.
    pub(crate) index: &'static str,
    /// The parameter for the length of a page.
    pub(crate) size: &'static str,
    /// Whether the index counts pages, not records.
    pub(crate) by_page: bool,
    /// The key that most lists have.
    pub(crate) records: &'static str,
    /// The field that identifies most records.
    pub(crate) id: &'static str,
    /// The key of the number of all records.
    pub(crate) total: &'static str,
    /// The key that says whether more records follow.
    pub(crate) more: &'static str,
    /// The key of what stands for the next page.
    pub(crate) next: Option<&'static str>,
    /// The highest index of a record that the service gives.
    pub(crate) deepest: Option<u64>,
    /// The parameter that sorts; empty if there is none.
    pub(crate) sort: &'static str,
    /// The field with the time of a record's last change; empty if there is none.
    pub(crate) changed: &'static str,
}

/// What calls cost.
#[derive(Clone, Copy)]
pub(crate) struct Prices {
    /// The header with what a call cost.
    pub(crate) spent: &'static str,
    /// The header with what is left.
    pub(crate) left: &'static str,
    /// The price of a page, by the highest index at which it holds.
    pub(crate) pages: &'static [(u64, u64)],
    /// The price of a page beyond those.
    pub(crate) beyond: u64,
}
