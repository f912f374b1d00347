//! Sets of scopes: what a token was granted, what an integration asks for, and what one of them lacks.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{OddScope, Scope, name};
use crate::generated::scopes::AREAS;
use crate::shown::line;

/// A set of scopes: those that a token was granted, or those that a program asks for.
///
/// It is read from lists with spaces or commas, in any case, and written as the API's description does, sorted. Scopes
/// of other products, and those that no operation needs, are kept by name; [`odd`](Self::odd) reports them. In serde it
/// is a list of texts, and also read from one text.
///
/// ```
/// use desk_sdk::ScopeSet;
///
/// let granted = ScopeSet::parse("desk.tickets.all, Desk.basic.READ");
/// let needed = ScopeSet::parse("Desk.tickets.READ Desk.contacts.READ");
/// assert_eq!(granted.to_string(), "Desk.basic.READ Desk.tickets.ALL");
/// assert_eq!(needed.difference(&granted).to_string(), "Desk.contacts.READ");
/// assert!(granted.union(&needed).covers_all(&needed));
/// ```
#[derive(Clone, Default)]
pub struct ScopeSet(Arc<Granted>);

/// Shared by all copies of a set, since each call has one of its token's.
#[derive(Clone, Default)]
struct Granted {
    /// The verbs for each area of the API.
    verbs: Verbs,
    /// The names as they are written, by the name in lower case.
    names: BTreeMap<String, String>,
}

#[derive(Clone)]
struct Verbs([u8; AREAS.len()]);

impl Default for Verbs {
    fn default() -> Self {
        Self([0; AREAS.len()])
    }
}

impl ScopeSet {
    /// Reads scopes from texts with one or several scopes each.
    pub fn new<S: AsRef<str>>(scopes: impl IntoIterator<Item = S>) -> Self {
        let mut set = Self::default();
        set.extend(scopes);
        set
    }

    /// Reads a list of scopes, separated by spaces or commas.
    pub fn parse(list: &str) -> Self {
        Self::new([list])
    }

    /// The scopes by name, sorted.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.names.values().map(String::as_str)
    }

    /// How many scopes there are.
    pub fn len(&self) -> usize {
        self.0.names.len()
    }

    /// Whether there is no scope at all.
    pub fn is_empty(&self) -> bool {
        self.0.names.is_empty()
    }

    /// Whether a required scope is covered.
    #[inline]
    pub fn covers(&self, scope: Scope) -> bool {
        self.0.verbs.0.get(usize::from(scope.area)).is_some_and(|verbs| verbs & scope.verbs == scope.verbs)
    }

    /// Whether a scope is covered that is given by name, which may be any: that of another product, or of an area
    /// around others, such as `Desk.activities.READ`.
    pub fn covers_named(&self, scope: &str) -> bool {
        let (area, verbs) = name::needed(scope);
        let around = self.iter().map(name::granted).filter(|(outer, _)| name::within(area, outer));
        verbs & around.fold(0, |together, (_, verbs)| together | verbs) == verbs
    }

    /// Whether every scope of another set is covered.
    pub fn covers_all(&self, other: &Self) -> bool {
        other.iter().all(|scope| self.covers_named(scope))
    }

    /// The scopes of both sets.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self::new(self.iter().chain(other.iter()))
    }

    /// The scopes of this set that the other does not cover. One that is covered in part, such as an `ALL` by a `READ`,
    /// stays whole.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Self {
        Self::new(self.iter().filter(|scope| !other.covers_named(scope)))
    }

    /// The same set without one scope, given by name; what else covers it stays.
    #[must_use]
    pub fn without(&self, scope: &str) -> Self {
        Self::new(self.iter().filter(|other| !name::same(other, scope)))
    }

    /// The scopes that are probably mistakes, or useless in Desk, each with what is odd about it.
    pub fn odd(&self) -> impl Iterator<Item = OddScope> {
        self.iter().filter_map(OddScope::of)
    }

    /// Whether a part of a scope is covered.
    pub(crate) fn shares(&self, scope: Scope) -> bool {
        self.0.verbs.0.get(usize::from(scope.area)).is_some_and(|verbs| verbs & scope.verbs != 0)
    }

    /// What it covers of each area.
    pub(crate) fn covered(&self) -> impl Iterator<Item = Scope> {
        self.0.verbs.0.iter().zip(0..).map(|(verbs, area)| Scope { area, verbs: *verbs })
    }

    fn insert(&mut self, scope: &str) {
        let (area, verbs) = name::granted(scope);
        let granted = Arc::make_mut(&mut self.0);
        for (known, verbs_there) in AREAS.iter().zip(&mut granted.verbs.0) {
            if name::within(known, area) {
                *verbs_there |= verbs;
            }
        }
        granted.names.entry(name::key(scope)).or_insert_with(|| name::as_written(scope));
    }
}

/// Names of other products keep the spelling in which they came first, which is no difference.
impl PartialEq for ScopeSet {
    fn eq(&self, other: &Self) -> bool {
        self.0.names.keys().eq(other.0.names.keys())
    }
}

impl Eq for ScopeSet {}

impl<S: AsRef<str>> Extend<S> for ScopeSet {
    fn extend<I: IntoIterator<Item = S>>(&mut self, scopes: I) {
        for text in scopes {
            let separated = text.as_ref().split(|c: char| c == ',' || c.is_whitespace());
            separated.filter(|scope| !scope.is_empty()).for_each(|scope| self.insert(scope));
        }
    }
}

impl<S: AsRef<str>> FromIterator<S> for ScopeSet {
    fn from_iter<I: IntoIterator<Item = S>>(scopes: I) -> Self {
        Self::new(scopes)
    }
}

impl From<&[Scope]> for ScopeSet {
    fn from(scopes: &[Scope]) -> Self {
        Self::new(scopes.iter().map(Scope::to_string))
    }
}

impl From<Vec<Scope>> for ScopeSet {
    fn from(scopes: Vec<Scope>) -> Self {
        Self::from(scopes.as_slice())
    }
}

impl FromStr for ScopeSet {
    type Err = Infallible;

    fn from_str(list: &str) -> Result<Self, Infallible> {
        Ok(Self::parse(list))
    }
}

impl fmt::Display for ScopeSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, name) in self.iter().enumerate() {
            f.write_str(if position == 0 { "" } else { " " })?;
            // The names come from elsewhere and may contain anything.
            f.write_str(&line(name, 200))?;
        }
        Ok(())
    }
}

impl fmt::Debug for ScopeSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

impl Serialize for ScopeSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for ScopeSet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "a list of scopes, or one text with scopes")]
        enum Written {
            Text(String),
            List(Vec<String>),
        }
        Ok(match Written::deserialize(deserializer)? {
            Written::Text(list) => Self::parse(&list),
            Written::List(list) => Self::new(list),
        })
    }
}
