//! OAuth scopes, and sets of them.
//!
//! The rules, according to the API's documentation and guides:
//!
//! - A scope is `Product.area.OP`, such as `Desk.tickets.READ`. Case does not matter.
//! - `ALL` covers every OP of its area; `WRITE` covers `CREATE` and `UPDATE`.
//! - Areas nest: a scope on `Desk.activities` covers `Desk.activities.calls` as well.
//! - A granted scope without an OP, such as `Desk.imports`, covers the area's own OP (`CUSTOM`).

mod name;
mod odd;
mod set;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use self::odd::{OddScope, Oddity};
pub use self::set::ScopeSet;

use crate::generated::scopes::{AREAS, NAMED_BY};
use crate::shown::cut;

/// One scope that an operation may need: an area and an action there. Its order is that of the areas' names.
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

    /// Product and area, such as `Desk.tickets`.
    pub fn area(self) -> &'static str {
        AREAS.get(usize::from(self.area)).copied().unwrap_or_default()
    }

    /// The action, such as `READ`.
    pub fn action(self) -> &'static str {
        VERBS.iter().find(|(_, verbs)| *verbs == self.verbs).map_or("", |(word, _)| word)
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
        let actions: Vec<&str> = std::iter::once(self.action())
            .chain(["WRITE", "ALL"])
            .filter(|action| name::granted_by(action) & self.verbs == self.verbs)
            .collect();
        let mut found = Vec::new();
        let mut area = self.area();
        loop {
            for action in &actions {
                let broader = format!("{area}.{action}");
                if broader != own && !found.contains(&broader) {
                    found.push(broader);
                }
            }
            match area.rsplit_once('.') {
                // The product alone is no area.
                Some((outer, _)) if outer.contains('.') => area = outer,
                _ => return found,
            }
        }
    }

    /// How many operations of the whole API name it, whichever families are enabled.
    pub(crate) fn breadth(self) -> u64 {
        let counts = NAMED_BY.get(usize::from(self.area)).copied().unwrap_or_default();
        let named = counts.iter().enumerate().filter(|(verb, _)| self.verbs & (1 << verb) != 0);
        named.map(|(_, count)| u64::from(*count)).sum()
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.area(), self.action())
    }
}

impl fmt::Debug for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A text that names none of the scopes that operations need.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a scope of an area that operations need, such as Desk.tickets.READ")]
pub struct UnknownScope(String);

impl FromStr for Scope {
    type Err = UnknownScope;

    /// Reads a scope such as `Desk.tickets.READ`, in any case. A [`ScopeSet`] also takes those of other products.
    fn from_str(text: &str) -> Result<Self, UnknownScope> {
        let known = || {
            let (area, action) = text.trim().rsplit_once('.')?;
            let area = AREAS.iter().position(|known| known.eq_ignore_ascii_case(area))?;
            let (_, verbs) = VERBS.iter().find(|(word, _)| word.eq_ignore_ascii_case(action))?;
            Some(Self { area: u8::try_from(area).ok()?, verbs: *verbs })
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
