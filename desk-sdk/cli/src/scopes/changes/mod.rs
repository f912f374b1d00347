//! Which operations need other scopes now, or are riskier: of two specs, or of two versions of an integration.

mod need;
mod read;

use std::fmt;

use desk_sdk::{Risk, ScopeSet};
use serde_json::{Value, json};

use super::text::line;

pub use self::need::Requirements;

use self::need::Need;

/// An operation with what it needed, and what it needs.
type Pair = (String, Need, Need);

/// The differences between two versions.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Operations for which tokens that were enough may be enough no longer.
    narrowed: Vec<Pair>,
    /// Operations for which further tokens are enough.
    widened: Vec<Pair>,
    /// Operations that are in doubt now, or no longer.
    doubts: Vec<Pair>,
    /// Operations that are riskier now, whatever else is different about them.
    risen: Vec<Pair>,
    /// Operations that are less risky now.
    fallen: Vec<Pair>,
    added: Vec<(String, Need)>,
    removed: Vec<(String, Need)>,
    granted: ScopeSet,
    given_up: ScopeSet,
    /// The highest risk of all, before and now, if it is another one.
    highest: Option<(Risk, Risk)>,
}

impl Changes {
    /// Compares two versions. Risks are compared where both have them. Of a spec beside an integration, only what that
    /// uses is compared.
    pub fn between(old: &Requirements, new: &Requirements) -> Self {
        let (old, new) = (&*old.beside(new), &*new.beside(old));
        let mut changes = Self::default();
        for (id, before) in &old.operations {
            let Some(now) = new.operations.get(id) else {
                changes.removed.push((id.clone(), before.clone()));
                continue;
            };
            let pair = || (id.clone(), before.clone(), now.clone());
            match (before.is_enough_for(now), now.is_enough_for(before)) {
                (false, _) => changes.narrowed.push(pair()),
                (true, false) => changes.widened.push(pair()),
                (true, true) if before.in_doubt != now.in_doubt => changes.doubts.push(pair()),
                (true, true) => {}
            }
            match before.risk.zip(now.risk) {
                Some((was, is)) if is > was => changes.risen.push(pair()),
                Some((was, is)) if is < was => changes.fallen.push(pair()),
                _ => {}
            }
        }
        let added = new.operations.iter().filter(|(id, _)| !old.operations.contains_key(*id));
        changes.added = added.map(|(id, need)| (id.clone(), need.clone())).collect();
        if let (Some(before), Some(now)) = (&old.granted, &new.granted) {
            (changes.granted, changes.given_up) = (now.difference(before), before.difference(now));
        }
        changes.highest = old.highest_risk().zip(new.highest_risk()).filter(|(was, is)| was != is);
        changes
    }

    /// Without what is gone: where only a part of the new version is known.
    #[must_use]
    pub(crate) fn of_part(self) -> Self {
        Self { removed: Vec::new(), highest: None, ..self }
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.is_harmless() && self.fallen.is_empty()
    }

    /// Whether nothing differs but risks that are lower now.
    pub fn is_harmless(&self) -> bool {
        let Self { narrowed, widened, doubts, risen, added, removed, granted, given_up, fallen: _, highest: _ } = self;
        let pairs = [narrowed, widened, doubts, risen].into_iter().all(Vec::is_empty);
        pairs && added.is_empty() && removed.is_empty() && granted.is_empty() && given_up.is_empty()
    }

    /// Each difference: a word for its kind, the operation that it is about, and a sentence.
    pub fn each(&self) -> Vec<(&'static str, Option<&str>, String)> {
        let mut each = Vec::new();
        for (list, word, what) in [
            (&self.narrowed, "scopes-changed", "may need other scopes now"),
            (&self.widened, "scopes-widened", "accepts more scopes now"),
            (&self.doubts, "doubt-changed", "is in doubt now, or no longer"),
        ] {
            let sentence = |(id, old, new): &Pair| format!("{id} {what}: {new}, instead of {old}");
            each.extend(list.iter().map(|one| (word, Some(one.0.as_str()), sentence(one))));
        }
        for (list, word) in [(&self.risen, "risk-rose"), (&self.fallen, "risk-fell")] {
            each.extend(list.iter().map(|one| (word, Some(one.0.as_str()), risks(one))));
        }
        for (list, word, what) in [
            (&self.added, "operation-new", "is new, and needs"),
            (&self.removed, "operation-gone", "is gone, which needed"),
        ] {
            let sentence = |(id, need): &(String, Need)| format!("{id} {what} {}", need.with_risk());
            each.extend(list.iter().map(|one| (word, Some(one.0.as_str()), sentence(one))));
        }
        for (scopes, what) in [(&self.granted, "is granted now"), (&self.given_up, "is no longer granted")] {
            each.extend(scopes.iter().map(|scope| ("granted-changed", None, format!("{scope} {what}"))));
        }
        each
    }

    /// The operations that are riskier now, with the risk that they had, and that they have.
    pub fn risen(&self) -> impl Iterator<Item = (&str, Risk, Risk)> {
        self.risen.iter().filter_map(|(id, was, is)| Some((id.as_str(), was.risk?, is.risk?)))
    }

    /// As a JSON record.
    pub fn to_json(&self) -> Value {
        let pairs = |list: &[Pair]| -> Vec<Value> {
            let pair = |(id, old, new): &Pair| json!({ "operation": id, "old": old.to_json(), "new": new.to_json() });
            list.iter().map(pair).collect()
        };
        let single = |list: &[(String, Need)]| -> Vec<Value> {
            list.iter().map(|(id, need)| json!({ "operation": id, "need": need.to_json() })).collect()
        };
        let highest = self.highest.map(|(was, is)| json!({ "old": was.to_string(), "new": is.to_string() }));
        json!({
            "need_other_scopes": pairs(&self.narrowed),
            "accept_more_scopes": pairs(&self.widened),
            "doubt_changed": pairs(&self.doubts),
            "risk_rose": pairs(&self.risen),
            "risk_fell": pairs(&self.fallen),
            "added": single(&self.added),
            "removed": single(&self.removed),
            "granted_added": self.granted,
            "granted_removed": self.given_up,
            "highest_risk_changed": highest,
        })
    }
}

/// How risky an operation is now, and was.
fn risks((id, was, is): &Pair) -> String {
    let risk = |need: &Need| need.risk.map_or_else(|| "unknown".to_owned(), |risk| risk.to_string());
    format!("{} is {} now, and was {}", line(id), risk(is), risk(was))
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
        for (list, what) in [(&self.risen, "Riskier now"), (&self.fallen, "Less risky now")] {
            head.write(f, list.len(), what)?;
            list.iter().try_for_each(|pair| writeln!(f, "  {}", risks(pair)))?;
        }
        for (list, what) in [(&self.added, "New"), (&self.removed, "Gone")] {
            head.write(f, list.len(), what)?;
            list.iter().try_for_each(|(id, need)| writeln!(f, "  {}: {}", line(id), need.with_risk()))?;
        }
        if let Some((was, is)) = self.highest {
            writeln!(f, "Highest risk: {is} now, and was {was}")?;
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
