//! Which operations are served, and which of them are tools of their own.

use desk_sdk::by_name::most_used;
use desk_sdk::{Operation, ScopeSet};

use super::settings::{Settings, SettingsError};
use crate::scopes::{Entry, entries, families, operations};

/// The operations that are served.
#[derive(Clone, Debug)]
pub struct Choice {
    served: Vec<Entry>,
    own: Vec<&'static Operation>,
}

impl Choice {
    /// Those of the settings.
    ///
    /// # Errors
    ///
    /// If a family, a name or a pattern fits nothing, with what was probably meant.
    pub fn new(settings: &Settings) -> Result<Self, SettingsError> {
        let refused = |error: crate::scopes::ScopesError| SettingsError(error.to_string());
        let families = families(&settings.families).map_err(refused)?;
        let (patterns, names): (Vec<&String>, Vec<&String>) =
            settings.operations.iter().partition(|name| name.contains('*'));
        let named = operations(&names).map_err(refused)?;
        if let Some(pattern) = patterns.iter().find(|pattern| !entries().iter().any(|entry| fits(pattern, entry))) {
            let shown = crate::scopes::line(pattern);
            return Err(SettingsError(format!(
                "no operation is named like {shown}: in a pattern, * stands for anything, as in get_* or *_ticket"
            )));
        }
        let is_chosen = |entry: &&Entry| {
            let in_family = families.is_empty() || families.contains(entry.family());
            let is_named = named.iter().any(|operation| operation.id == entry.operation.id);
            let by_name = settings.operations.is_empty() || is_named || patterns.iter().any(|one| fits(one, entry));
            in_family && by_name && entry.operation.risk <= settings.max_risk
        };
        let served: Vec<Entry> = entries().iter().filter(is_chosen).copied().collect();
        if served.is_empty() {
            return Err(SettingsError(format!(
                "no operation is left to serve: none that was chosen has a risk of at most {} (--max-risk allows more)",
                settings.max_risk
            )));
        }
        let is_served = |operation: &&Operation| served.iter().any(|entry| entry.operation.id == operation.id);
        let mut own: Vec<&'static Operation> = named.into_iter().filter(|operation| is_served(operation)).collect();
        let rest = served.iter().map(|entry| entry.operation);
        for operation in most_used().filter(|operation| is_served(operation)).chain(rest) {
            if own.len() >= settings.own_tools {
                break;
            }
            if !own.iter().any(|known| known.id == operation.id) {
                own.push(operation);
            }
        }
        own.truncate(settings.own_tools);
        Ok(Self { served, own })
    }

    /// All that are served, sorted by their ids.
    pub fn served(&self) -> &[Entry] {
        &self.served
    }

    /// Those that are tools of their own, the most used first.
    pub fn own(&self) -> &[&'static Operation] {
        &self.own
    }

    pub(super) fn serves(&self, operation: &Operation) -> bool {
        self.served.binary_search_by_key(&operation.id, |entry| entry.operation.id).is_ok()
    }

    /// Those tools of their own that a token allows, as far as its scopes are known.
    pub(super) fn allowed(&self, granted: Option<&ScopeSet>) -> impl Iterator<Item = &'static Operation> {
        let allowed =
            move |operation: &&Operation| granted.is_none_or(|set| set.allow(operation) || operation.doubtful_scopes);
        self.own.iter().copied().filter(allowed)
    }
}

/// Whether an operation's name is like a pattern.
fn fits(pattern: &str, entry: &Entry) -> bool {
    let name = entry.operation.id;
    let Some((start, rest)) = pattern.split_once('*') else { return name == pattern };
    let Some(mut left) = name.strip_prefix(start) else { return false };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let end = parts.pop().unwrap_or_default();
    for part in parts {
        match left.find(part) {
            Some(at) => left = &left[at + part.len()..],
            None => return false,
        }
    }
    left.ends_with(end)
}
