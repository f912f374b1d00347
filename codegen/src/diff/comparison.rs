//! The state of a comparison: what has been found, and the public items that nothing explains so far.

use std::collections::{BTreeMap, HashSet};

use super::change::{Change, ItemChange, Kind, Level, Subject};
use super::items::Items;
use super::pairs::Types;
use crate::model::Model;
use crate::surface::{Owner, Surface};

/// Two models being compared.
pub(super) struct Comparison<'m> {
    pub(super) old: &'m Model,
    pub(super) new: &'m Model,
    items: Items<'m>,
    /// The new names of types that were renamed, by their old ones.
    renamed: BTreeMap<&'m str, &'m str>,
    /// How many public items changed only because they name such a type, by its new name.
    naming: BTreeMap<&'m str, usize>,
    changes: Vec<Change>,
}

impl<'m> Comparison<'m> {
    pub(super) fn new(old: &'m Model, new: &'m Model, types: &Types<'m>) -> Self {
        let items = Items::between(&Surface::of(old), &Surface::of(new));
        let renamed = types.renamed.iter().map(|(one, other)| (one.name(), other.name())).collect();
        let mut comparison = Self { old, new, items, renamed, naming: BTreeMap::new(), changes: Vec::new() };
        comparison.explain_names();
        comparison
    }

    /// Takes the items that differ only by the new name of a type.
    fn explain_names(&mut self) {
        if self.renamed.is_empty() {
            return;
        }
        let (renamed, naming) = (&self.renamed, &mut self.naming);
        self.items.retain(|change| {
            let (Some(old), Some(new)) = (&change.old, &change.new) else { return true };
            if change.rust != Level::Breaking || substituted(old, renamed) != *new {
                return true;
            }
            let named: HashSet<&str> = words(old).collect();
            if let Some((_, name)) = renamed.iter().find(|(name, _)| named.contains(*name)) {
                *naming.entry(name).or_default() += 1;
            }
            false
        });
    }

    /// How many public items changed only because they name a type that was renamed.
    pub(super) fn naming(&self, name: &str) -> usize {
        self.naming.get(name).copied().unwrap_or_default()
    }

    /// Whether two Rust types are one, new names aside.
    pub(super) fn is_same_type(&self, old: &str, new: &str) -> bool {
        old == new || substituted(old, &self.renamed) == new
    }

    /// The change of a public item that nothing has explained so far.
    pub(super) fn pending(&self, path: &str) -> Option<&ItemChange> {
        self.items.get(path)
    }

    /// How many changes have been found.
    pub(super) fn count(&self) -> usize {
        self.changes.len()
    }

    /// Notes a change, and that it explains the differences of these public items.
    pub(super) fn add(&mut self, mut change: Change, paths: Vec<String>) {
        change.items.extend(paths.iter().filter_map(|path| self.items.take(path)));
        // With the change itself it is clear that docs differ.
        change.rust = change.items.iter().map(|item| item.rust).fold(change.rust, Level::max);
        change.items.retain(|item| item.rust > Level::Documentation);
        self.changes.push(change);
    }

    /// Notes what is left of an owner's items. Docs tell of the changes found since there were `before`.
    pub(super) fn leftovers(&mut self, subject: &Subject, owner: Owner<'_>, before: usize) {
        let (docs, others): (Vec<_>, Vec<_>) =
            self.items.take_all(owner).into_iter().partition(|item| item.rust <= Level::Documentation);
        if !others.is_empty() {
            let rust = others.iter().map(|item| item.rust).fold(Level::None, Level::max);
            let change = Change::new(Kind::ItemsChanged, subject.clone(), counted(others.len(), "public item"));
            self.changes.push(Change { rust, items: others, ..change });
        }
        if !docs.is_empty() && self.changes.len() == before {
            let what = format!("documentation of {}", listed(&docs));
            self.changes.push(Change::new(Kind::DocumentationChanged, subject.clone(), what));
        }
    }

    /// The owners of items that nothing has explained.
    pub(super) fn unexplained(&self) -> Vec<Owner<'m>> {
        self.items.owners()
    }

    pub(super) fn finish(mut self) -> Vec<Change> {
        self.changes.sort_by(|a, b| (b.rust, &a.of, a.kind, &a.what).cmp(&(a.rust, &b.of, b.kind, &b.what)));
        self.changes
    }
}

/// How many items are named.
const SHOWN: usize = 3;

fn listed(items: &[ItemChange]) -> String {
    let shown: Vec<&str> = items.iter().take(SHOWN).map(|item| item.path.as_str()).collect();
    match items.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

pub(super) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// The text with the new names in place of the old ones, where these stand as words.
fn substituted(text: &str, names: &BTreeMap<&str, &str>) -> String {
    let mut new = String::with_capacity(text.len());
    let mut rest = text;
    for word in words(text) {
        let Some((before, after)) = rest.split_once(word) else { break };
        new.push_str(before);
        new.push_str(names.get(word).unwrap_or(&word));
        rest = after;
    }
    new + rest
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_words_get_another_name() {
        let names = BTreeMap::from([("Ticket", "Case"), ("Id", "Key")]);
        let text = "types::TicketTag::of: Option<Arc<Ticket>>, Vec<Id>, TicketId";
        assert_eq!(substituted(text, &names), "types::TicketTag::of: Option<Arc<Case>>, Vec<Key>, TicketId");
    }
}
