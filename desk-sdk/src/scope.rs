//! OAuth scopes, and the check of an operation's need against what a token was granted.
//!
//! What counts, from the API's documentation and guides:
//!
//! - A scope is `Product.area.OP`, such as `Desk.tickets.READ`. Case does not matter.
//! - `ALL` covers every OP of its area; `WRITE` covers `CREATE` and `UPDATE`.
//! - Areas nest: a scope on `Desk.activities` covers `Desk.activities.calls` as well.
//! - A granted scope without an OP, such as `Desk.imports`, covers the area's own OP (`CUSTOM`).
//! - Where an operation names several alternatives, one of them is enough; of one alternative
//!   every scope is needed.

use std::collections::BTreeSet;
use std::fmt;

use crate::error::MissingScopes;
use crate::generated::scopes::AREAS;
use crate::operation::Operation;
use crate::shown::line;

/// One scope that an operation may need: an area and what is to be done there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scope {
    area: u8,
    verbs: u8,
}

const READ: u8 = 1;
const CREATE: u8 = 2;
const UPDATE: u8 = 4;
const DELETE: u8 = 8;
const CUSTOM: u8 = 16;

/// The verbs by their words. `ALL` is needed as the four common ones; granted, it is every one.
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
    /// For each area of the API, the verbs that are allowed there.
    verbs: [u8; AREAS.len()],
    /// As they were told, sorted and each once.
    names: BTreeSet<String>,
}

impl GrantedScopes {
    /// Reads scopes, in texts of one or of several each. Scopes of other products, and such as no
    /// operation asks for, are kept by name.
    pub fn new<S: AsRef<str>>(scopes: impl IntoIterator<Item = S>) -> Self {
        let mut granted = Self { verbs: [0; AREAS.len()], names: BTreeSet::new() };
        for text in scopes {
            for scope in text.as_ref().split(|c: char| c == ',' || c.is_whitespace()) {
                granted.grant(scope);
            }
        }
        granted
    }

    /// Reads the list that comes with a token: separated by spaces or commas.
    pub fn parse(list: &str) -> Self {
        Self::new([list])
    }

    /// The scopes as they were told, sorted.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// Whether no scope was granted at all.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Whether one needed scope is granted.
    #[inline]
    pub fn covers(&self, scope: Scope) -> bool {
        self.verbs.get(usize::from(scope.area)).is_some_and(|verbs| verbs & scope.verbs == scope.verbs)
    }

    /// Whether these scopes are those that the operation names. A false answer does not always mean
    /// that the call is refused: where the operation's scopes are
    /// [in doubt](Operation::doubtful_scopes), a client lets it go out with a warning.
    /// [`Client::check`](crate::Client::check) judges as the call does.
    #[inline]
    pub fn allow(&self, operation: &Operation) -> bool {
        let covered = |set: &&[Scope]| set.iter().all(|scope| self.covers(*scope));
        operation.scopes.is_empty() || operation.scopes.iter().any(covered)
    }

    /// The smallest sets of scopes that would have to be added for the operation; empty where
    /// nothing is missing.
    pub fn missing(&self, operation: &Operation) -> Vec<Vec<Scope>> {
        if self.allow(operation) {
            return Vec::new();
        }
        let lacking = |set: &&'static [Scope]| -> Vec<Scope> {
            set.iter().copied().filter(|scope| !self.covers(*scope)).collect()
        };
        let mut sets: Vec<Vec<Scope>> = operation.scopes.iter().map(lacking).collect();
        let least = sets.iter().map(Vec::len).min().unwrap_or_default();
        sets.retain(|set| set.len() == least);
        sets.dedup();
        sets
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

/// Area and verbs of a granted scope. Without an OP at its end, all of it is the area, whose own
/// OP is meant.
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

/// Whether an area is the outer one or lies inside it.
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
            // Whoever granted it may have written anything.
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

/// What is done about scopes before a call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ScopeCheck {
    /// A call whose scopes are known to be missing is refused. Where the operation's scopes are
    /// [in doubt](Operation::doubtful_scopes), it goes out with a warning, and where the token's
    /// are not known, every call goes out, which the client says once in its log.
    #[default]
    Enforce,
    /// A call whose scopes are missing goes out, and its [`Answer`](crate::Answer) says what is
    /// missing.
    Warn,
    /// Scopes are not looked at.
    Off,
}

/// Why [`Client::check`](crate::Client::check) lets a call go out.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Checked {
    /// The token has the scopes that the operation needs.
    Covered,
    /// The token lacks scopes, and the call goes out with a warning all the same: the operation's
    /// scopes are [in doubt](Operation::doubtful_scopes), or the client only
    /// [warns](ScopeCheck::Warn).
    InDoubt(Box<MissingScopes>),
    /// Nobody told the scopes of the token, so that the service alone decides.
    Unknown,
    /// The client does not look at scopes, with [`ScopeCheck::Off`].
    Off,
}

impl Checked {
    pub(crate) fn into_missing(self) -> Option<Box<MissingScopes>> {
        match self {
            Self::InDoubt(missing) => Some(missing),
            Self::Covered | Self::Unknown | Self::Off => None,
        }
    }
}

impl fmt::Display for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Covered => f.write_str("the token has the scopes"),
            Self::InDoubt(missing) => write!(f, "in doubt: {}", missing.need()),
            Self::Unknown => f.write_str("the token's scopes are not known"),
            Self::Off => f.write_str("scopes are not checked"),
        }
    }
}

/// The scopes of a client's token.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenScopes {
    /// They are known: told to the client, or kept with the token.
    Granted(GrantedScopes),
    /// Nobody told them, so that calls are not checked against them.
    Unknown,
}

impl fmt::Display for TokenScopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Granted(scopes) if scopes.is_empty() => f.write_str("no scopes"),
            Self::Granted(scopes) => scopes.fmt(f),
            Self::Unknown => f.write_str("not known"),
        }
    }
}

mod smallest;
#[cfg(test)]
mod tests;

pub use self::smallest::smallest_scopes;
