//! Scopes that are probably mistakes, or useless in Desk.

use std::fmt;

use super::name;
use crate::generated::api::{SCOPES, SINGLE_ACTIONS};
use crate::generated::scopes::{AREAS, NAMED_BY};
use crate::shown::cut;

/// A scope that is probably a mistake, or useless in Desk.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OddScope {
    /// The scope.
    pub scope: String,
    /// What is odd about it.
    pub oddity: Oddity,
}

/// What is odd about a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Oddity {
    /// It does not have the form of a scope.
    Malformed,
    /// It is a scope of another product.
    OtherProduct,
    /// No operation needs its area: it is misspelt, or Desk uses it elsewhere.
    UnknownArea,
    /// It does not end with an action, such as `READ`.
    UnknownAction,
    /// Its area and its action are known, but no operation needs them together.
    Unused,
}

impl OddScope {
    /// What is odd about a scope; `None` if an operation needs it, or a part of it.
    pub(super) fn of(scope: &str) -> Option<Self> {
        let found = |oddity| Some(Self { scope: scope.to_owned(), oddity });
        let letter = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-' || SCOPES.characters.contains(c);
        let (area, action) = name::parts(scope);
        let separated = SCOPES.nested_by.map_or(vec![area], |separator| area.split(separator).collect());
        let parts: Vec<&str> = separated.into_iter().chain((area.len() < scope.len()).then_some(action)).collect();
        let least = if SCOPES.product.is_some() { 2 } else { 1 };
        if parts.len() < least || parts.iter().any(|part| part.is_empty() || !part.chars().all(letter)) {
            return found(Oddity::Malformed);
        }
        let of_product = |area: &&str| {
            let product = SCOPES.nested_by.and_then(|separator| area.split(separator).next());
            product.is_some_and(|product| name::same(product, parts[0]))
        };
        if SCOPES.product.is_some() && !AREAS.iter().any(of_product) {
            return found(Oddity::OtherProduct);
        }
        let (area, verbs) = name::granted(scope);
        let within = || AREAS.iter().zip(NAMED_BY).filter(|(known, _)| name::within(known, area));
        let used = |counts: [u16; SINGLE_ACTIONS]| {
            (0..SINGLE_ACTIONS).any(|verb| verbs & (1 << verb) != 0 && counts[verb] > 0)
        };
        if within().any(|(_, counts)| used(counts)) {
            return None;
        }
        let named = area.len() < scope.len();
        if within().next().is_some() {
            return found(if named { Oddity::Unused } else { Oddity::UnknownAction });
        }
        // Without an action that is known, what stands there may be one that is misspelt.
        let before = if action.is_empty() { "" } else { name::parts(scope).0 };
        let known_before = AREAS.iter().any(|known| name::within(known, before));
        found(if !named && known_before { Oddity::UnknownAction } else { Oddity::UnknownArea })
    }
}

/// The actions that scopes name, for people; not the one that is meant where there is none.
fn actions() -> String {
    let named = SCOPES.actions.iter().filter(|action| action.needs != SCOPES.without_action && !action.name.is_empty());
    let names: Vec<&str> = named.map(|action| action.name).collect();
    match names.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => "an action".to_owned(),
    }
}

impl fmt::Display for OddScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scope = cut(&self.scope, 200);
        let oddity = match self.oddity {
            Oddity::Malformed => return write!(f, "{scope:?} is not of the form {}", SCOPES.example),
            Oddity::OtherProduct => "is a scope of another product",
            Oddity::UnknownArea => "names an area that no operation needs",
            Oddity::UnknownAction => {
                let place = if SCOPES.action_first { "begin" } else { "end" };
                return write!(f, "{scope:?} does not {place} with {}", actions());
            }
            Oddity::Unused => "is needed by no operation",
        };
        write!(f, "{scope:?} {oddity}")
    }
}
