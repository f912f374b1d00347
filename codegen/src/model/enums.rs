//! Open enums: which lists of allowed values become which Rust types.

use std::collections::{BTreeMap, BTreeSet};

use super::naming::{self, Taken, camel, variant};
use crate::load::Loaded;

/// One place where allowed values are declared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Use {
    /// The name of the field or parameter, in camel case.
    name: String,
    module: String,
    /// The module as the spec writes it.
    home: String,
    values: BTreeSet<String>,
}

/// Refers to a use; `Enums::finish` says which type it got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EnumId(usize);

/// A Rust enum whose list of values is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enum {
    /// Its Rust name.
    pub name: String,
    /// The module of the spec that it is at home in.
    pub module: String,
    /// Variant and wire text, sorted by wire text.
    pub variants: Vec<(String, String)>,
}

/// Collects uses while types are lowered.
#[derive(Debug, Default)]
pub(super) struct Enums {
    uses: Vec<Use>,
}

/// The enums, and which use got which.
#[derive(Debug, Default)]
pub struct EnumTable {
    /// All enums, sorted by name.
    pub enums: Vec<Enum>,
    of_use: BTreeMap<EnumId, usize>,
}

impl EnumTable {
    /// The enum of a use; none where a single value says nothing and text serves better.
    pub fn get(&self, id: EnumId) -> Option<usize> {
        self.of_use.get(&id).copied()
    }
}

/// So many modules must share name and values before an enum belongs to none of them.
const SHARED_BY: usize = 3;

impl Enums {
    pub(super) fn add(&mut self, module: &str, field: &str, values: &[String]) -> EnumId {
        let home = module.to_owned();
        let used = Use { name: camel(field), module: camel(module), home, values: values.iter().cloned().collect() };
        let position = self.uses.iter().position(|known| *known == used).unwrap_or_else(|| {
            self.uses.push(used);
            self.uses.len() - 1
        });
        EnumId(position)
    }

    /// Groups the uses and names the groups: within a module, uses of one name whose values
    /// overlap are one enum, and equal values are one enum wherever they stand.
    pub(super) fn finish(self, taken: &mut Taken, loaded: &Loaded, used_names: &mut BTreeSet<String>) -> EnumTable {
        let mut groups: BTreeMap<(String, usize), (BTreeSet<String>, Vec<usize>)> = BTreeMap::new();
        let shared = self.shared();
        for (index, used) in self.uses.iter().enumerate() {
            let bare = shared.get(&used.name).is_some_and(|values| *values == used.values);
            let base = match (bare, used.name.starts_with(&used.module)) {
                (true, _) | (false, true) => used.name.clone(),
                (false, false) => format!("{}{}", used.module, used.name),
            };
            let mut slot = 0;
            while groups.get(&(base.clone(), slot)).is_some_and(|(values, _)| values.is_disjoint(&used.values)) {
                slot += 1;
            }
            let group = groups.entry((base, slot)).or_default();
            group.0.extend(used.values.iter().cloned());
            group.1.push(index);
        }
        let mut equal: BTreeMap<BTreeSet<String>, Vec<(String, Vec<usize>)>> = BTreeMap::new();
        for ((base, _), (values, uses)) in groups {
            if values.len() > 1 {
                equal.entry(values).or_default().push((base, uses));
            }
        }
        let mut named: Vec<_> =
            equal.into_iter().map(|(values, groups)| (joint_name(&groups), values, groups)).collect();
        named.sort();
        let mut table = EnumTable::default();
        for (base, values, groups) in named {
            // Two enums of one name, or a record of that name, need a person who tells them apart.
            let base = if taken.has(&base) { format!("{base}Kind") } else { base };
            let name = naming::free(&base, taken, loaded, used_names);
            let mut variants = Taken::reserving(&["Unlisted"]);
            let variants = values.into_iter().map(|wire| (variants.give(variant(&wire)), wire)).collect();
            let uses: Vec<usize> = groups.into_iter().flat_map(|(_, uses)| uses).collect();
            let module = uses.first().map(|index| self.uses[*index].home.clone()).unwrap_or_default();
            let uses = uses.into_iter();
            table.of_use.extend(uses.map(|index| (EnumId(index), table.enums.len())));
            table.enums.push(Enum { name, module, variants });
        }
        table
    }

    /// For each name, the values that most modules share under it, if enough do.
    fn shared(&self) -> BTreeMap<String, BTreeSet<String>> {
        let mut modules: BTreeMap<(&str, &BTreeSet<String>), BTreeSet<&str>> = BTreeMap::new();
        for used in &self.uses {
            modules.entry((&used.name, &used.values)).or_default().insert(&used.module);
        }
        let mut best: BTreeMap<&str, (usize, &BTreeSet<String>)> = BTreeMap::new();
        for ((name, values), modules) in &modules {
            let enough = modules.len() >= SHARED_BY;
            if enough && best.get(name).is_none_or(|(most, _)| modules.len() > *most) {
                best.insert(name, (modules.len(), values));
            }
        }
        best.into_iter().map(|(name, (_, values))| (name.to_owned(), values.clone())).collect()
    }
}

/// The name of an enum that stands under several names: the one that is used most, of those the shortest.
fn joint_name(groups: &[(String, Vec<usize>)]) -> String {
    let rank = |(name, uses): &&(String, Vec<usize>)| (std::cmp::Reverse(uses.len()), name.len(), name.clone());
    groups.iter().min_by_key(rank).map(|(name, _)| name.clone()).unwrap_or_default()
}
