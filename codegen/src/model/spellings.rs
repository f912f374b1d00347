//! Values that differ only in case or punctuation: one value of an enum, in several spellings.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::naming::{Taken, variant};
use crate::lock::{Block, ItemKind};

/// One value of an enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// Its Rust name.
    pub name: String,
    /// Its text on the wire, as most places write it.
    pub wire: String,
    /// What other places write.
    pub others: Vec<String>,
    /// Rust names that it had before.
    pub was: Vec<String>,
}

impl Variant {
    /// The ways it is written, the usual one first.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.wire).chain(&self.others).map(String::as_str)
    }
}

/// The variants of values, each given with the number of places that write it. A variant that is known keeps its name,
/// and as long as its usual spelling is there, its text on the wire.
pub(super) fn variants(values: &BTreeMap<&str, usize>, locked: Option<&Block>) -> Vec<Variant> {
    let mut alike: IndexMap<String, Vec<&str>> = IndexMap::new();
    for value in values.keys() {
        alike.entry(bare(value)).or_default().push(value);
    }
    let known = |spelling: &str| locked?.item(ItemKind::Value, spelling);
    let mut taken = Taken::reserving(&["Unlisted"]);
    locked.into_iter().flat_map(|block| block.items(ItemKind::Value)).for_each(|(_, item)| taken.hold(item));
    let one = |(_, mut spellings): (String, Vec<&str>)| {
        let standing = |spelling: &str| match known(spelling) {
            Some(item) if !item.also => usize::from(item.gone),
            _ => 2,
        };
        spellings.sort_by_key(|spelling| (standing(spelling), Reverse(values[spelling])));
        // How often the others are written says nothing, and changes.
        spellings[1..].sort_unstable();
        let locked = spellings.iter().find_map(|spelling| known(spelling));
        // Separate words read better.
        let names = spellings.iter().map(|spelling| variant(spelling));
        let best = names.min_by_key(|name| Reverse(name.matches(char::is_uppercase).count())).unwrap_or_default();
        let name = locked.map_or_else(|| taken.give(best), |item| item.name.clone());
        let was = locked.map(|item| item.was.clone()).unwrap_or_default();
        let mut spellings = spellings.into_iter().map(str::to_owned);
        let wire = spellings.next().unwrap_or_default();
        Variant { name, wire, others: spellings.collect(), was }
    };
    alike.into_iter().map(one).collect()
}

/// A value without case and without the characters between its words. A sign does not count as punctuation.
fn bare(value: &str) -> String {
    let (sign, rest) = if value.starts_with('-') { value.split_at(1) } else { ("", value) };
    let letters: String = rest.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).collect();
    if letters.is_empty() { value.to_owned() } else { format!("{sign}{}", letters.to_lowercase()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[(&str, usize)]) -> Vec<(String, Vec<String>)> {
        let variants = variants(&values.iter().copied().collect(), None);
        variants.iter().map(|one| (one.name.clone(), one.spellings().map(str::to_owned).collect())).collect()
    }

    #[test]
    fn spellings_of_one_value_are_one_variant() {
        let found = of(&[("DRAFT", 1), ("Draft", 2), ("END_USER", 1), ("ENDUSER", 1), ("zh-tw", 1), ("zh_TW", 1)]);
        let found: Vec<(&str, Vec<&str>)> =
            found.iter().map(|(name, all)| (name.as_str(), all.iter().map(String::as_str).collect())).collect();
        assert_eq!(
            found,
            [
                ("Draft", vec!["Draft", "DRAFT"]),
                ("EndUser", vec!["ENDUSER", "END_USER"]),
                ("ZhTw", vec!["zh-tw", "zh_TW"])
            ]
        );
    }

    #[test]
    fn a_sign_a_point_and_symbols_are_no_spelling() {
        let apart = of(&[("-", 1), ("-name", 1), ("1.5", 1), ("15", 1), ("_", 1), ("name", 1)]);
        assert_eq!(apart.len(), 6, "{apart:?}");
    }
}
