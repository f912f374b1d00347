//! Which operations need other scopes now: of two specs, or of two versions of an integration.

mod read;

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use desk_sdk::{Operation, Scope, ScopeSet};
use serde_json::{Value, json};

use super::ScopesError;
use super::text::line;

/// What operations need, as a file says.
#[derive(Clone, Debug, Default)]
pub struct Requirements {
    operations: BTreeMap<String, Need>,
    /// The scopes that an integration has, if the file says so.
    granted: Option<ScopeSet>,
}

/// What one operation needs: one of several sets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Need {
    sets: Vec<ScopeSet>,
    in_doubt: bool,
}

impl Need {
    /// Whether every token that is enough for this is enough for the other, too.
    fn is_enough_for(&self, other: &Self) -> bool {
        let meets = |granted: &ScopeSet| other.sets.is_empty() || other.sets.iter().any(|set| granted.covers_all(set));
        if self.sets.is_empty() { meets(&ScopeSet::default()) } else { self.sets.iter().all(meets) }
    }

    fn to_json(&self) -> Value {
        json!({ "scopes": self.sets, "in_doubt": self.in_doubt })
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
        read::read(path)
    }

    /// What these operations need now, and what is granted.
    pub fn of(operations: &[&Operation], granted: ScopeSet) -> Self {
        let need = |operation: &&Operation| {
            let set = |set: &&[Scope]| ScopeSet::new(set.iter().map(Scope::to_string));
            let need = Need { sets: operation.scopes.iter().map(set).collect(), in_doubt: operation.doubtful_scopes };
            (operation.id.to_owned(), need)
        };
        Self { operations: operations.iter().map(need).collect(), granted: Some(granted) }
    }

    /// The scopes that an integration has, if the file says so.
    pub fn granted(&self) -> Option<&ScopeSet> {
        self.granted.as_ref()
    }

    /// The operations that the file names.
    pub fn operations(&self) -> impl Iterator<Item = &str> {
        self.operations.keys().map(String::as_str)
    }
}

/// The differences between two versions.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Operations for which tokens that were enough may be enough no longer.
    narrowed: Vec<(String, Need, Need)>,
    /// Operations for which further tokens are enough.
    widened: Vec<(String, Need, Need)>,
    /// Operations that are in doubt now, or no longer.
    doubts: Vec<(String, Need, Need)>,
    added: Vec<(String, Need)>,
    removed: Vec<(String, Need)>,
    granted: ScopeSet,
    given_up: ScopeSet,
}

impl Changes {
    /// Compares two versions.
    pub fn between(old: &Requirements, new: &Requirements) -> Self {
        let mut changes = Self::default();
        for (id, before) in &old.operations {
            let Some(now) = new.operations.get(id) else {
                changes.removed.push((id.clone(), before.clone()));
                continue;
            };
            let list = match (before.is_enough_for(now), now.is_enough_for(before)) {
                (false, _) => &mut changes.narrowed,
                (true, false) => &mut changes.widened,
                (true, true) if before.in_doubt != now.in_doubt => &mut changes.doubts,
                (true, true) => continue,
            };
            list.push((id.clone(), before.clone(), now.clone()));
        }
        let added = new.operations.iter().filter(|(id, _)| !old.operations.contains_key(*id));
        changes.added = added.map(|(id, need)| (id.clone(), need.clone())).collect();
        if let (Some(before), Some(now)) = (&old.granted, &new.granted) {
            (changes.granted, changes.given_up) = (now.difference(before), before.difference(now));
        }
        changes
    }

    /// Whether nothing differs in what is needed.
    pub fn is_empty(&self) -> bool {
        let Self { narrowed, widened, doubts, added, removed, granted, given_up } = self;
        let pairs = [narrowed, widened, doubts].into_iter().all(Vec::is_empty);
        pairs && added.is_empty() && removed.is_empty() && granted.is_empty() && given_up.is_empty()
    }

    /// Each operation that differs, with what is different about it, in a word and in a sentence.
    pub fn each(&self) -> Vec<(&'static str, &str, String)> {
        let mut each = Vec::new();
        for (list, word, what) in [
            (&self.narrowed, "scopes-changed", "may need other scopes now"),
            (&self.widened, "scopes-widened", "accepts more scopes now"),
            (&self.doubts, "doubt-changed", "is in doubt now, or no longer"),
        ] {
            let sentence = |(id, old, new): &(String, Need, Need)| format!("{id} {what}: {new}, instead of {old}");
            each.extend(list.iter().map(|one| (word, one.0.as_str(), sentence(one))));
        }
        for (list, word, what) in [
            (&self.added, "operation-new", "is new, and needs"),
            (&self.removed, "operation-gone", "is gone, which needed"),
        ] {
            each.extend(list.iter().map(|(id, need)| (word, id.as_str(), format!("{id} {what} {need}"))));
        }
        each
    }

    /// As a JSON record.
    pub fn to_json(&self) -> Value {
        let pairs = |list: &[(String, Need, Need)]| -> Vec<Value> {
            let pair = |(id, old, new): &(String, Need, Need)| json!({ "operation": id, "old": old.to_json(), "new": new.to_json() });
            list.iter().map(pair).collect()
        };
        let single = |list: &[(String, Need)]| -> Vec<Value> {
            list.iter().map(|(id, need)| json!({ "operation": id, "need": need.to_json() })).collect()
        };
        json!({
            "need_other_scopes": pairs(&self.narrowed),
            "accept_more_scopes": pairs(&self.widened),
            "doubt_changed": pairs(&self.doubts),
            "added": single(&self.added),
            "removed": single(&self.removed),
            "granted_added": self.granted,
            "granted_removed": self.given_up,
        })
    }
}

impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("no operation needs other scopes\n");
        }
        let mut head = Heads(true);
        for (list, what) in [
            (&self.narrowed, "May need other scopes now"),
            (&self.widened, "Accept more scopes now"),
            (&self.doubts, "In doubt now, or no longer"),
        ] {
            head.write(f, list.len(), what)?;
            for (id, old, new) in list {
                writeln!(f, "  {}\n    - {old}\n    + {new}", line(id))?;
            }
        }
        for (list, what) in [(&self.added, "New"), (&self.removed, "Gone")] {
            head.write(f, list.len(), what)?;
            list.iter().try_for_each(|(id, need)| writeln!(f, "  {}: {need}", line(id)))?;
        }
        for (scopes, what) in [(&self.granted, "Granted now"), (&self.given_up, "No longer granted")] {
            if !scopes.is_empty() {
                writeln!(f, "{what}: {scopes}")?;
            }
        }
        Ok(())
    }
}

/// Heads of lists, with an empty line before all but the first.
struct Heads(bool);

impl Heads {
    fn write(&mut self, f: &mut fmt::Formatter<'_>, number: usize, what: &str) -> fmt::Result {
        if number == 0 {
            return Ok(());
        }
        let gap = if std::mem::take(&mut self.0) { "" } else { "\n" };
        writeln!(f, "{gap}{what} ({number}):")
    }
}
