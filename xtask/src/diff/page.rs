//! What all forms of the page share: what is on it, in which order, and what is told once.

use std::collections::BTreeMap;

use desk_codegen::diff::{Change, Effect, EffectKind, Level};
use desk_codegen::visible;

use super::release::{Part, Release};
use super::side::About;

/// The page.
pub(crate) struct Page {
    pub(crate) old: About,
    pub(crate) new: About,
    pub(crate) release: Release,
    /// The most important first.
    pub(crate) changes: Vec<Change>,
    /// Whether nothing is left out.
    pub(crate) all: bool,
}

/// How many entries of a list are shown.
const SHOWN: usize = 15;

/// How many names of operations or types are shown in one entry.
const NAMED: usize = 4;

/// What is said of several operations or types in the same words.
pub(super) struct Entry<'p> {
    /// What kind of things these are.
    pub(super) word: &'static str,
    pub(super) names: Vec<&'p str>,
    pub(super) what: String,
    pub(super) old: Option<String>,
    pub(super) new: Option<String>,
    /// The public items, each with a sign before it.
    pub(super) items: Vec<String>,
}

/// A list with a heading, and how many more entries it has.
pub(super) struct List<'p> {
    pub(super) heading: String,
    pub(super) entries: Vec<Entry<'p>>,
    pub(super) more: usize,
}

impl Page {
    /// The first line: what to release.
    pub(super) fn verdict(&self) -> String {
        let Release { part, from, to, now } = &self.release;
        let why = match part {
            Part::None => return format!("Nothing to release: what is generated is the same ({now})"),
            Part::Patch => "only docs and tables differ",
            Part::Minor => "whatever compiled still compiles",
            Part::Major => "what compiled may compile no longer",
        };
        match from {
            None => format!("Release {now}, the first of all, which Cargo.toml has already: {why}"),
            Some(from) if self.release.is_prepared() => {
                format!("Release {now}, which Cargo.toml has already: {why} (at least {to}, after {from})")
            }
            Some(from) => format!("Release {to}, after {from}: {why}"),
        }
    }

    /// What was compared, and how much differs.
    pub(super) fn summary(&self) -> String {
        let side = |about: &About| {
            let commit = about.commit.as_ref().map(|commit| format!(" ({})", commit.get(..9).unwrap_or(commit)));
            format!("{}{}", visible(&about.spec), commit.unwrap_or_default())
        };
        let operations = match (self.old.operations, self.new.operations) {
            (old, new) if old == new => format!("{new} operations"),
            (old, new) => format!("{old} operations, now {new}"),
        };
        format!("{} → {}: {operations}; {}", side(&self.old), side(&self.new), self.counts())
    }

    fn counts(&self) -> String {
        let count = |level| self.changes.iter().filter(|change| change.rust == level).count();
        let work = self.changes.iter().filter(|change| change.effects.iter().any(|effect| effect.kind.asks_for_work()));
        let levels =
            [Level::Breaking, Level::Compatible, Level::Documentation].map(|level| (count(level), level.to_string()));
        let parts = levels.into_iter().chain([(work.count(), "that integrations have to look at".to_owned())]);
        let parts: Vec<String> =
            parts.filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
        if parts.is_empty() { "no change".to_owned() } else { parts.join(", ") }
    }

    /// What it does to those who call the API, a list for each kind of effect.
    pub(super) fn integrations(&self) -> Vec<List<'_>> {
        let lists = EffectKind::ALL.into_iter().map(|kind| self.list(kind.heading(), self.effects(kind)));
        lists.filter(|list| !list.entries.is_empty()).collect()
    }

    /// What it does to the generated crate, a list for each level.
    pub(super) fn crate_changes(&self) -> Vec<List<'_>> {
        let lists = [
            (Level::Breaking, "Breaking"),
            (Level::Compatible, "Compatible"),
            (Level::Documentation, "Docs and tables"),
        ];
        let lists =
            lists.into_iter().map(|(level, heading)| self.list(heading, self.entries(|change| change.rust == level)));
        lists.filter(|list| !list.entries.is_empty()).collect()
    }

    /// Some of the changes.
    pub(super) fn entries(&self, kept: impl Fn(&Change) -> bool) -> Vec<Entry<'_>> {
        grouped(self.changes.iter().filter(|change| kept(change)).map(of_change))
    }

    /// All effects of a kind.
    pub(super) fn effects(&self, kind: EffectKind) -> Vec<Entry<'_>> {
        let effects = self.changes.iter().flat_map(|change| change.effects.iter().map(move |effect| (change, effect)));
        grouped(effects.filter(|(_, effect)| effect.kind == kind).map(|(change, effect)| of_effect(change, effect)))
    }

    fn list<'p>(&self, heading: &str, mut entries: Vec<Entry<'p>>) -> List<'p> {
        let count: usize = entries.iter().map(|entry| entry.names.len()).sum();
        let shown = if self.all { entries.len() } else { SHOWN };
        let more = entries.iter().skip(shown).map(|entry| entry.names.len()).sum();
        entries.truncate(shown);
        if self.all {
            return List { heading: format!("{heading} ({count})"), entries, more };
        }
        for entry in &mut entries {
            let rest = entry.items.len().saturating_sub(NAMED);
            if rest > 0 {
                entry.items.truncate(NAMED);
                entry.items.push(format!("and {rest} more"));
            }
        }
        List { heading: format!("{heading} ({count})"), entries, more }
    }

    /// The names of an entry, as far as they are shown.
    pub(super) fn names(&self, entry: &Entry<'_>) -> (Vec<String>, usize) {
        let shown = if self.all { entry.names.len() } else { NAMED };
        let names = entry.names.iter().take(shown).map(|name| visible(name)).collect();
        (names, entry.names.len().saturating_sub(shown))
    }
}

/// Scopes are too long for a line; other effects have both sides in their words.
fn of_effect<'p>(change: &'p Change, effect: &'p Effect) -> Entry<'p> {
    let (word, names) = (change.of.word(), vec![change.of.name()]);
    let is_long = matches!(effect.kind, EffectKind::OtherScopes | EffectKind::MoreScopes | EffectKind::OtherDoubt);
    let side = |text: &Option<String>| text.as_deref().filter(|_| is_long).map(visible);
    let (old, new) = (side(&effect.old), side(&effect.new));
    Entry { word, names, what: visible(&effect.what), old, new, items: Vec::new() }
}

fn of_change(change: &Change) -> Entry<'_> {
    let mut items = Vec::new();
    for item in &change.items {
        let parts = match item.parts {
            0 => String::new(),
            1 => " and its one part".to_owned(),
            more => format!(" and its {more} parts"),
        };
        // Parts are only counted where a type came or went.
        items.extend(item.old.iter().map(|line| format!("- {}{parts}", visible(line))));
        items.extend(item.new.iter().map(|line| format!("+ {}{parts}", visible(line))));
    }
    let (word, names) = (change.of.word(), vec![change.of.name()]);
    Entry { word, names, what: visible(&change.what), old: None, new: None, items }
}

/// Entries of the same words as one, where the first of them was.
fn grouped<'p>(entries: impl Iterator<Item = Entry<'p>>) -> Vec<Entry<'p>> {
    let mut groups: Vec<Entry<'p>> = Vec::new();
    let mut known = BTreeMap::new();
    for entry in entries {
        let key = (entry.word, entry.what.clone(), entry.old.clone(), entry.new.clone());
        let index = *known.entry(key).or_insert(groups.len());
        match groups.get_mut(index) {
            Some(group) => {
                group.names.extend(entry.names);
                group.items.extend(entry.items);
            }
            None => groups.push(entry),
        }
    }
    groups
}
