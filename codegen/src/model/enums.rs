//! Open enums: which lists of allowed values become which Rust types.

mod known;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use super::locked::Want;
use super::naming::{self, Taken, camel};
use super::spellings::{self, Variant};
use crate::load::Loaded;
use crate::lock::BlockKind;
use crate::spec::Rules;

/// One place where allowed values are declared.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Use {
    /// The name of the field or parameter in camel case.
    name: String,
    module: String,
    /// The module, as the spec writes it.
    home: String,
    values: BTreeSet<String>,
}

/// Refers to a use; `Enums::finish` tells which type it got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EnumId(usize);

/// A Rust enum whose list of values is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enum {
    /// Its Rust name.
    pub name: String,
    /// The module of the spec that it belongs to.
    pub module: String,
    /// Its values, in their first spelling.
    pub variants: Vec<Variant>,
    /// Whether some place allows a time range instead of a value.
    pub or_time_range: bool,
    /// Rust names that it had before.
    pub was: Vec<String>,
}

impl Enum {
    /// Whether a place that allows only these values may be given one in a spelling that it does not list.
    pub fn is_spelt_otherwise(&self, values: &[&str]) -> bool {
        self.variants.iter().any(|one| {
            let listed = one.spellings().filter(|spelling| values.contains(spelling)).count();
            listed > 0 && listed <= one.others.len()
        })
    }
}

/// Collects uses while types are lowered.
#[derive(Debug, Default)]
pub(super) struct Enums {
    uses: Vec<Rc<Use>>,
    /// The first use of each kind.
    known: HashMap<Rc<Use>, EnumId>,
    /// What the lock says about uses.
    wants: BTreeMap<EnumId, Want>,
    /// Uses of which the lock says something, by what they are otherwise.
    wanting: BTreeMap<(EnumId, Want), EnumId>,
    /// Where a time range is allowed instead.
    or_time_range: BTreeSet<usize>,
}

/// The enums, and which use got which one.
#[derive(Debug, Default)]
pub struct EnumTable {
    /// All enums, sorted by name.
    pub enums: Vec<Enum>,
    of_use: BTreeMap<EnumId, usize>,
}

impl EnumTable {
    /// The enum of a use; `None` where a single value says nothing and text serves better.
    pub fn get(&self, id: EnumId) -> Option<usize> {
        self.of_use.get(&id).copied()
    }
}

/// How many modules must share an enum's name and values before it belongs to none of them.
const SHARED_BY: usize = 3;

impl Enums {
    pub(super) fn add(&mut self, module: &str, field: &str, rules: &Rules) -> EnumId {
        let values = &rules.values;
        let home = module.to_owned();
        let used = Use { name: camel(field), module: camel(module), home, values: values.iter().cloned().collect() };
        let id = self.find_or_push(used);
        self.or_time_range.extend(rules.time_range.then_some(id.0));
        id
    }

    /// A use with the values of both, under the name of the first.
    pub(super) fn either(&mut self, a: EnumId, b: EnumId) -> EnumId {
        let values = self.uses[a.0].values.union(&self.uses[b.0].values).cloned().collect();
        let used = Use { values, ..(*self.uses[a.0]).clone() };
        let id = self.find_or_push(used);
        let either = [a, b].iter().any(|one| self.or_time_range.contains(&one.0));
        self.or_time_range.extend(either.then_some(id.0));
        id
    }

    fn find_or_push(&mut self, used: Use) -> EnumId {
        let used = Rc::new(used);
        let uses = &mut self.uses;
        *self.known.entry(used).or_insert_with_key(|new| {
            uses.push(Rc::clone(new));
            EnumId(uses.len() - 1)
        })
    }

    /// The same use where the lock says what it is. A list of values cannot stay text.
    pub(super) fn wanting(&mut self, id: EnumId, want: &Want) -> EnumId {
        if *want == Want::Text && self.uses[id.0].values.len() > 1 {
            return id;
        }
        let next = EnumId(self.uses.len());
        let made = *self.wanting.entry((id, want.clone())).or_insert(next);
        if made == next {
            self.uses.push(Rc::clone(&self.uses[id.0]));
            self.wants.insert(made, want.clone());
            let range = self.or_time_range.contains(&id.0);
            self.or_time_range.extend(range.then_some(made.0));
        }
        made
    }

    /// Groups the uses and names the groups: those that the lock knows stay as they are; within a module, uses of one
    /// name whose values overlap are one enum, and equal values are one enum wherever they occur.
    pub(super) fn finish(self, taken: &mut Taken, loaded: &Loaded, used_names: &mut BTreeSet<String>) -> EnumTable {
        let (locked, free) = self.known(&loaded.lock);
        let mut groups: BTreeMap<(String, usize), Values> = BTreeMap::new();
        let shared = self.shared(&free);
        for index in free {
            let used = &self.uses[index];
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
        for (base, values, uses) in told_apart(groups) {
            let base = if taken.has(&base) { format!("{base}Kind") } else { base };
            equal.entry(values).or_default().push((base, uses));
        }
        let mut named: Vec<_> = one_thing(equal, loaded, used_names)
            .into_iter()
            .map(|(values, groups)| (joint_name(&groups, loaded), values, groups))
            .collect();
        named.sort();
        let mut enums: BTreeMap<String, Vec<usize>> = locked;
        for (base, _, groups) in named {
            let uses = groups.into_iter().flat_map(|(_, uses)| uses);
            // A person says that it is one that the lock knows.
            if let Some(known) = loaded.names.get(&base).and_then(|chosen| enums.get_mut(&chosen.name)) {
                used_names.insert(base);
                known.extend(uses);
                continue;
            }
            // Two enums of the same name, or an enum and a record, need a person to tell them apart.
            let base = if taken.has(&base) { format!("{base}Kind") } else { base };
            let name = naming::free(&base, taken, loaded, used_names);
            enums.insert(name, uses.collect());
        }
        let modules = loaded.modules();
        let mut table = EnumTable::default();
        for (name, uses) in enums {
            table.of_use.extend(uses.iter().map(|index| (EnumId(*index), table.enums.len())));
            table.enums.push(self.made(name, &uses, loaded, &modules));
        }
        table
    }

    fn made(&self, name: String, uses: &[usize], loaded: &Loaded, modules: &BTreeSet<&str>) -> Enum {
        let locked = loaded.lock.block(BlockKind::Enum, &name);
        let home = || uses.first().map(|index| self.uses[*index].home.clone()).unwrap_or_default();
        let module = locked.map(|block| block.at.clone()).filter(|module| modules.contains(module.as_str()));
        let count = |value: &str| uses.iter().filter(|index| self.uses[**index].values.contains(value)).count();
        let values: BTreeSet<&String> = uses.iter().flat_map(|index| &self.uses[*index].values).collect();
        let values = values.into_iter().map(|value| (value.as_str(), count(value))).collect();
        Enum {
            module: module.unwrap_or_else(home),
            variants: spellings::variants(&values, locked),
            or_time_range: uses.iter().any(|index| self.or_time_range.contains(index)),
            was: locked.map(|block| block.was.clone()).unwrap_or_default(),
            name,
        }
    }

    /// For each name, the values that most modules share under it, if enough do.
    fn shared(&self, free: &[usize]) -> BTreeMap<String, BTreeSet<String>> {
        let mut modules: BTreeMap<(&str, &BTreeSet<String>), BTreeSet<&str>> = BTreeMap::new();
        for used in free.iter().map(|index| &self.uses[*index]) {
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

/// Values, and the uses that have them.
type Values = (BTreeSet<String>, Vec<usize>);

/// Enums of the same name and module that have no value in common: all but the most used one are kinds, so that people
/// can name each of them. An enum with a single value does not count.
fn told_apart(groups: BTreeMap<(String, usize), Values>) -> Vec<(String, BTreeSet<String>, Vec<usize>)> {
    let mut of_name: BTreeMap<String, Vec<Values>> = BTreeMap::new();
    for ((base, _), group) in groups.into_iter().filter(|(_, (values, _))| values.len() > 1) {
        of_name.entry(base).or_default().push(group);
    }
    let mut apart = Vec::new();
    for (base, mut enums) in of_name {
        enums.sort_by_key(|(values, uses)| (std::cmp::Reverse(uses.len()), values.clone()));
        for (index, (values, uses)) in enums.into_iter().enumerate() {
            let name = match index {
                0 => base.clone(),
                1 => format!("{base}Kind"),
                more => format!("{base}Kind{more}"),
            };
            apart.push((name, values, uses));
        }
    }
    apart
}

/// Values with the names that they occur under, and the uses that have them.
type Named = (BTreeSet<String>, Vec<(String, Vec<usize>)>);

/// Merges the enums that people declare to be one by giving them the same name.
fn one_thing(
    equal: BTreeMap<BTreeSet<String>, Vec<(String, Vec<usize>)>>,
    loaded: &Loaded,
    used_names: &mut BTreeSet<String>,
) -> Vec<Named> {
    let chosen = |(_, groups): &Named| groups.iter().find_map(|(base, _)| loaded.names.get(base));
    let mut things: Vec<Named> = Vec::new();
    let mut of_name: HashMap<&str, usize> = HashMap::new();
    for new in equal {
        let name = chosen(&new).map(|chosen| chosen.name.as_str());
        match name.and_then(|name| of_name.get(name)) {
            Some(known) => {
                let (values, groups) = &mut things[*known];
                values.extend(new.0);
                groups.extend(new.1);
                let bases = groups.iter().map(|(base, _)| base).filter(|base| loaded.names.contains_key(*base));
                used_names.extend(bases.cloned());
            }
            None => {
                of_name.extend(name.map(|name| (name, things.len())));
                things.push(new);
            }
        }
    }
    things
}

/// The name of an enum that occurs under several names: one that a person chose, else the most used one; among equals,
/// the shortest.
fn joint_name(groups: &[(String, Vec<usize>)], loaded: &Loaded) -> String {
    let rank = |(name, uses): &&(String, Vec<usize>)| {
        (!loaded.names.contains_key(name), std::cmp::Reverse(uses.len()), name.len(), name.clone())
    };
    groups.iter().min_by_key(rank).map(|(name, _)| name.clone()).unwrap_or_default()
}
