//! OAuth scopes, and sets of them.
//!
//! The rules are data: `generated::api::SCOPES`. According to Desk's documentation and guides:
//!
//! - A scope is `Product.area.OP`, such as `Desk.tickets.READ`. Case does not matter.
//! - `ALL` covers every OP of its area; `WRITE` covers `CREATE` and `UPDATE`.
//! - Areas nest: a scope on `Desk.activities` covers `Desk.activities.calls` as well.
//! - A granted scope without an OP, such as `Desk.imports`, covers the area's own OP (`CUSTOM`).
//!
//! Each single action is a bit, so that a scope is an area and a few bits.

mod name;
mod odd;
mod set;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use self::odd::{OddScope, Oddity};
pub use self::set::ScopeSet;

use crate::generated::api::SCOPES;
use crate::generated::scopes::{AREAS, NAMED_BY};
use crate::shown::cut;

/// One scope that an operation may need: an area and an action there. Its order is that of the areas' names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scope {
    pub(crate) area: u8,
    pub(crate) verbs: u8,
}

impl Scope {
    pub(crate) const fn new(area: u8, verbs: u8) -> Self {
        Self { area, verbs }
    }

    /// Product and area, such as `Desk.tickets`.
    pub fn area(self) -> &'static str {
        AREAS.get(usize::from(self.area)).copied().unwrap_or_default()
    }

    /// The action, such as `READ`.
    pub fn action(self) -> &'static str {
        SCOPES.actions.iter().find(|action| action.needs == self.verbs).map_or("", |action| action.name)
    }

    /// The broader scopes that cover it, narrowest first: `WRITE` and `ALL` of its area, and the same and those of the
    /// areas around it.
    ///
    /// ```
    /// let scope: desk_sdk::Scope = "Desk.activities.calls.READ".parse()?;
    /// let broader = ["Desk.activities.calls.ALL", "Desk.activities.READ", "Desk.activities.ALL"];
    /// assert_eq!(scope.broader(), broader);
    /// # Ok::<(), desk_sdk::UnknownScope>(())
    /// ```
    pub fn broader(self) -> Vec<String> {
        let own = self.to_string();
        let covering = SCOPES.actions.iter().filter(|action| action.grants & self.verbs == self.verbs);
        let covering = covering.map(|action| action.name).filter(|name| *name != self.action());
        let actions: Vec<&str> = std::iter::once(self.action()).chain(covering).collect();
        let mut found = Vec::new();
        for area in name::around(self.area()) {
            for action in &actions {
                let broader = name::written(area, action);
                if broader != own && !found.contains(&broader) {
                    found.push(broader);
                }
            }
        }
        found
    }

    /// The verbs that it permits once it is granted.
    pub(crate) fn grants(self) -> u8 {
        let named = SCOPES.actions.iter().find(|action| action.needs == self.verbs);
        named.map_or(self.verbs, |action| action.grants)
    }

    /// How many operations of the whole API name it, whichever families are enabled.
    pub(crate) fn breadth(self) -> u64 {
        let counts = NAMED_BY.get(usize::from(self.area)).copied().unwrap_or_default();
        let named = counts.iter().enumerate().filter(|(verb, _)| self.grants() & (1 << verb) != 0);
        named.map(|(_, count)| u64::from(*count)).sum()
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&name::written(self.area(), self.action()))
    }
}

impl fmt::Debug for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A text that names none of the scopes that operations need.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a scope of an area that operations need, such as {example}", example = SCOPES.example)]
pub struct UnknownScope(String);

impl FromStr for Scope {
    type Err = UnknownScope;

    /// Reads a scope such as `Desk.tickets.READ`, in any case. A [`ScopeSet`] also takes those of other products.
    fn from_str(text: &str) -> Result<Self, UnknownScope> {
        let known = || {
            let (area, action) = name::parts(text.trim());
            let area = AREAS.iter().position(|known| name::same(known, area))?;
            let action = SCOPES.actions.iter().find(|known| name::same(known.name, action))?;
            Some(Self { area: u8::try_from(area).ok()?, verbs: action.needs })
        };
        known().ok_or_else(|| UnknownScope(cut(text, 200)))
    }
}

impl Serialize for Scope {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Scope {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
