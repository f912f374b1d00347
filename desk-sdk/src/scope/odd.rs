//! Scopes that are probably mistakes, or useless in Desk.

use std::fmt;

use super::name;
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
        let letter = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        let parts: Vec<&str> = scope.split('.').collect();
        if parts.len() < 2 || parts.iter().any(|part| part.is_empty() || !part.chars().all(letter)) {
            return found(Oddity::Malformed);
        }
        let of_product = |area: &&str| area.split('.').next().is_some_and(|name| name.eq_ignore_ascii_case(parts[0]));
        if !AREAS.iter().any(of_product) {
            return found(Oddity::OtherProduct);
        }
        let (area, verbs) = name::granted(scope);
        let within = || AREAS.iter().zip(NAMED_BY).filter(|(known, _)| name::within(known, area));
        let used = |counts: [u16; 5]| (0..5).any(|verb| verbs & (1 << verb) != 0 && counts[verb] > 0);
        if within().any(|(_, counts)| used(counts)) {
            return None;
        }
        let named = area.len() < scope.len();
        if within().next().is_some() {
            return found(if named { Oddity::Unused } else { Oddity::UnknownAction });
        }
        // Without an action that is known, its end may be one that is misspelt.
        let before = scope.rsplit_once('.').map_or("", |(before, _)| before);
        let known_before = AREAS.iter().any(|known| name::within(known, before));
        found(if !named && known_before { Oddity::UnknownAction } else { Oddity::UnknownArea })
    }
}

impl fmt::Display for OddScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scope = cut(&self.scope, 200);
        let oddity = match self.oddity {
            Oddity::Malformed => "is not of the form Desk.tickets.READ",
            Oddity::OtherProduct => "is a scope of another product",
            Oddity::UnknownArea => "names an area that no operation needs",
            Oddity::UnknownAction => "does not end with READ, CREATE, UPDATE, DELETE, WRITE or ALL",
            Oddity::Unused => "is needed by no operation",
        };
        write!(f, "{scope:?} {oddity}")
    }
}
