//! What operations need, as a file says.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use desk_sdk::{Operation, Risk, Scope, ScopeSet};
use serde_json::{Value, json};

use crate::scopes::ScopesError;
use crate::scopes::text::line;

/// What operations need, as a file says.
#[derive(Clone, Debug, Default)]
pub struct Requirements {
    pub(super) operations: BTreeMap<String, Need>,
    /// The scopes that an integration has, if the file says so.
    pub(super) granted: Option<ScopeSet>,
    /// Whether it is all that there is, of a spec, instead of what an integration uses.
    pub(super) of_spec: bool,
}

/// What one operation needs: one of several sets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Need {
    pub(super) sets: Vec<ScopeSet>,
    pub(super) in_doubt: bool,
    /// How risky it is, if the file says so.
    pub(super) risk: Option<Risk>,
}

impl Need {
    /// Whether every token that is enough for this is enough for the other, too.
    pub(super) fn is_enough_for(&self, other: &Self) -> bool {
        let meets = |granted: &ScopeSet| other.sets.is_empty() || other.sets.iter().any(|set| granted.covers_all(set));
        if self.sets.is_empty() { meets(&ScopeSet::default()) } else { self.sets.iter().all(meets) }
    }

    /// With its risk, where both are told.
    pub(super) fn with_risk(&self) -> String {
        let risk = self.risk.map_or_else(String::new, |risk| format!("; risk: {risk}"));
        format!("{self}{risk}")
    }

    pub(super) fn to_json(&self) -> Value {
        json!({ "scopes": self.sets, "in_doubt": self.in_doubt, "risk": self.risk.map(|risk| risk.to_string()) })
    }
}

impl fmt::Display for Need {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let set = |set: &ScopeSet| match set.len() {
            2.. if self.sets.len() > 1 => format!("({})", set.iter().map(line).collect::<Vec<_>>().join(" and ")),
            _ => set.iter().map(line).collect::<Vec<_>>().join(" and "),
        };
        match self.sets.is_empty() {
            true => f.write_str("no scope")?,
            false => f.write_str(&self.sets.iter().map(set).collect::<Vec<_>>().join(" or "))?,
        }
        if self.in_doubt { f.write_str(" (in doubt)") } else { Ok(()) }
    }
}

impl Requirements {
    /// Reads the folder of a spec, its `index.tsv`, or a `desk-scopes.toml`.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or is none of these; with the place.
    pub fn read(path: &Path) -> Result<Self, ScopesError> {
        super::read::read(path)
    }

    /// Reads the `desk-scopes.toml` of an integration, whatever it is called.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or is none; with the place.
    pub fn read_integration(file: &Path) -> Result<Self, ScopesError> {
        super::read::read_integration(file)
    }

    /// What these operations need now, and what is granted.
    pub fn of(operations: &[&Operation], granted: ScopeSet) -> Self {
        let need = |operation: &&Operation| {
            let set = |set: &&[Scope]| ScopeSet::new(set.iter().map(Scope::to_string));
            let sets = operation.scopes.iter().map(set).collect();
            let need = Need { sets, in_doubt: operation.doubtful_scopes, risk: Some(operation.risk) };
            (operation.id.to_owned(), need)
        };
        Self { operations: operations.iter().map(need).collect(), granted: Some(granted), of_spec: false }
    }

    /// The scopes that an integration has, if the file says so.
    pub fn granted(&self) -> Option<&ScopeSet> {
        self.granted.as_ref()
    }

    /// The operations that the file names.
    pub fn operations(&self) -> impl Iterator<Item = &str> {
        self.operations.keys().map(String::as_str)
    }

    /// Of a spec, only what an integration uses, so that both tell of the same operations.
    pub(super) fn beside(&self, other: &Self) -> Cow<'_, Self> {
        if !self.of_spec || other.of_spec {
            return Cow::Borrowed(self);
        }
        let used = self.operations.iter().filter(|(id, _)| other.operations.contains_key(*id));
        let operations = used.map(|(id, need)| (id.clone(), need.clone())).collect();
        Cow::Owned(Self { operations, ..self.clone() })
    }

    /// The highest risk, if the file says that of every operation.
    pub(super) fn highest_risk(&self) -> Option<Risk> {
        let risks: Option<Vec<Risk>> = self.operations.values().map(|need| need.risk).collect();
        risks?.into_iter().max()
    }
}

/// The risk of this name.
pub(super) fn risk(word: &str) -> Result<Risk, String> {
    let known = [Risk::Safe, Risk::Write, Risk::Outbound, Risk::Destructive];
    known
        .into_iter()
        .find(|risk| risk.to_string() == word)
        .ok_or_else(|| format!("there is no risk `{}`: it is safe, write, outbound or destructive", line(word)))
}
