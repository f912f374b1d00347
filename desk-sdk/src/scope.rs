//! OAuth scopes, and what a token was granted.
//!
//! The rules, according to the API's documentation and guides:
//!
//! - A scope is `Product.area.OP`, such as `Desk.tickets.READ`. Case does not matter.
//! - `ALL` covers every OP of its area; `WRITE` covers `CREATE` and `UPDATE`.
//! - Areas nest: a scope on `Desk.activities` covers `Desk.activities.calls` as well.
//! - A granted scope without an OP, such as `Desk.imports`, covers the area's own OP (`CUSTOM`).

use std::collections::BTreeSet;
use std::fmt;

use crate::generated::scopes::AREAS;
use crate::shown::line;

/// One scope that an operation may need: an area and an action there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scope {
    pub(crate) area: u8,
    pub(crate) verbs: u8,
}

const READ: u8 = 1;
const CREATE: u8 = 2;
const UPDATE: u8 = 4;
const DELETE: u8 = 8;
const CUSTOM: u8 = 16;

/// The verbs by name. As a requirement, `ALL` means the four common ones; as a grant, every one.
const VERBS: [(&str, u8); 7] = [
    ("READ", READ),
    ("CREATE", CREATE),
    ("UPDATE", UPDATE),
    ("DELETE", DELETE),
    ("CUSTOM", CUSTOM),
    ("WRITE", CREATE | UPDATE),
    ("ALL", READ | CREATE | UPDATE | DELETE),
];

const EVERYTHING: u8 = u8::MAX;

impl Scope {
    pub(crate) const fn read(area: u8) -> Self {
        Self { area, verbs: READ }
    }

    pub(crate) const fn create(area: u8) -> Self {
        Self { area, verbs: CREATE }
    }

    pub(crate) const fn update(area: u8) -> Self {
        Self { area, verbs: UPDATE }
    }

    pub(crate) const fn delete(area: u8) -> Self {
        Self { area, verbs: DELETE }
    }

    pub(crate) const fn custom(area: u8) -> Self {
        Self { area, verbs: CUSTOM }
    }

    pub(crate) const fn write(area: u8) -> Self {
        Self { area, verbs: CREATE | UPDATE }
    }

    pub(crate) const fn all(area: u8) -> Self {
        Self { area, verbs: READ | CREATE | UPDATE | DELETE }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let area = AREAS.get(usize::from(self.area)).copied().unwrap_or_default();
        let verb = VERBS.iter().find(|(_, verbs)| *verbs == self.verbs).map_or("", |(word, _)| word);
        write!(f, "{area}.{verb}")
    }
}

impl fmt::Debug for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The scopes that a token was granted.
#[derive(Clone, PartialEq, Eq)]
pub struct GrantedScopes {
    /// The allowed verbs for each area of the API.
    verbs: [u8; AREAS.len()],
    /// The names as given, sorted and without duplicates.
    names: BTreeSet<String>,
}

impl GrantedScopes {
    /// Reads scopes from texts with one or several scopes each. Scopes of other products, and those that no operation
    /// needs, are kept by name.
    pub fn new<S: AsRef<str>>(scopes: impl IntoIterator<Item = S>) -> Self {
        let mut granted = Self { verbs: [0; AREAS.len()], names: BTreeSet::new() };
        for text in scopes {
            for scope in text.as_ref().split(|c: char| c == ',' || c.is_whitespace()) {
                granted.grant(scope);
            }
        }
        granted
    }

    /// Reads a token's list of scopes, separated by spaces or commas.
    pub fn parse(list: &str) -> Self {
        Self::new([list])
    }

    /// The scopes as given, sorted.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// Whether no scope was granted at all.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Whether a required scope is granted.
    #[inline]
    pub fn covers(&self, scope: Scope) -> bool {
        self.verbs.get(usize::from(scope.area)).is_some_and(|verbs| verbs & scope.verbs == scope.verbs)
    }

    fn grant(&mut self, scope: &str) {
        if scope.is_empty() {
            return;
        }
        let (area, verbs) = split(scope);
        for (known, verbs_there) in AREAS.iter().zip(&mut self.verbs) {
            if within(known, area) {
                *verbs_there |= verbs;
            }
        }
        self.names.insert(scope.to_owned());
    }
}

/// Area and verbs of a granted scope. Without an OP at its end, the whole scope is the area, and its own OP is meant.
fn split(scope: &str) -> (&str, u8) {
    let Some((area, end)) = scope.rsplit_once('.') else { return (scope, CUSTOM) };
    if end.eq_ignore_ascii_case("ALL") {
        return (area, EVERYTHING);
    }
    match VERBS.iter().find(|(word, _)| word.eq_ignore_ascii_case(end)) {
        Some((_, verbs)) => (area, *verbs),
        None => (scope, CUSTOM),
    }
}

/// Whether an area is the outer one or lies within it.
fn within(inner: &str, outer: &str) -> bool {
    let head = inner.get(..outer.len());
    let rest = inner.get(outer.len()..);
    head.is_some_and(|head| head.eq_ignore_ascii_case(outer))
        && rest.is_some_and(|rest| rest.is_empty() || (rest.starts_with('.') && outer.contains('.')))
}

impl fmt::Display for GrantedScopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, name) in self.names.iter().enumerate() {
            f.write_str(if position == 0 { "" } else { " " })?;
            // The names come from elsewhere and may contain anything.
            f.write_str(&line(name, 200))?;
        }
        Ok(())
    }
}

impl fmt::Debug for GrantedScopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(&self.names).finish()
    }
}

#[cfg(test)]
mod tests;
