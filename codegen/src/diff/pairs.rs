//! Which operations and types of two models are the same.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::model::{Enum, Model, OperationModel, Origin, Record, Role};
use crate::spec::Method;

/// Two of a kind: both, or only the old or the new one.
#[derive(Debug)]
pub(super) enum Pair<'m, T> {
    Both(&'m T, &'m T),
    Old(&'m T),
    New(&'m T),
}

pub(super) fn operations(model: &Model) -> impl Iterator<Item = &OperationModel> {
    model.families.iter().flat_map(|family| family.modules.values().flatten())
}

/// Operations of the same method and path are one, whatever they are called; what is left is paired by its id.
pub(super) fn of_operations<'m>(old: &'m Model, new: &'m Model) -> Vec<Pair<'m, OperationModel>> {
    let route = |one: &OperationModel| -> (Method, String) { (one.operation.method, one.operation.route()) };
    let mut by_route: HashMap<_, _> = operations(new).map(|one| (route(one), one)).collect();
    let mut pairs = Vec::new();
    let mut left = Vec::new();
    for one in operations(old) {
        match by_route.remove(&route(one)) {
            Some(other) => pairs.push(Pair::Both(one, other)),
            None => left.push(one),
        }
    }
    let mut by_id: BTreeMap<&str, _> = by_route.into_values().map(|one| (one.operation.id.as_str(), one)).collect();
    pairs.extend(left.into_iter().map(|one| match by_id.remove(one.operation.id.as_str()) {
        Some(other) => Pair::Both(one, other),
        None => Pair::Old(one),
    }));
    pairs.extend(by_id.into_values().map(Pair::New));
    pairs
}

/// A record or an enum that the generated crate has.
#[derive(Clone, Copy, Debug)]
pub(super) enum Known<'m> {
    Record(&'m Record),
    Enum(&'m Enum),
}

impl<'m> Known<'m> {
    pub(super) fn name(self) -> &'m str {
        match self {
            Self::Record(record) => &record.name,
            Self::Enum(one) => &one.name,
        }
    }

    fn role(self) -> Option<Role> {
        match self {
            Self::Record(record) => Some(record.role),
            Self::Enum(_) => None,
        }
    }

    /// The names of its fields, or its values.
    fn parts(self) -> BTreeSet<&'m str> {
        match self {
            Self::Record(record) => record.fields.iter().map(|field| field.wire.as_str()).collect(),
            Self::Enum(one) => one.variants.iter().map(|variant| variant.wire.as_str()).collect(),
        }
    }

    fn is_of_one_type(self, other: Self) -> bool {
        let types = |known: Self| match known {
            Self::Record(Record { origin: Origin::Types(types), .. }) => types.as_slice(),
            Self::Record(_) | Self::Enum(_) => &[],
        };
        types(self).iter().any(|name| types(other).contains(name))
    }
}

fn known(model: &Model) -> impl Iterator<Item = Known<'_>> {
    let records = model.records.iter().zip(&model.record_families);
    let enums = model.enums.enums.iter().zip(&model.enum_families);
    let records = records.filter(|(_, families)| !families.is_empty()).map(|(record, _)| Known::Record(record));
    records.chain(enums.filter(|(_, families)| !families.is_empty()).map(|(one, _)| Known::Enum(one)))
}

/// The types of both models: those of one name, and those that were renamed.
#[derive(Debug, Default)]
pub(super) struct Types<'m> {
    pub(super) both: Vec<(Known<'m>, Known<'m>)>,
    pub(super) renamed: Vec<(Known<'m>, Known<'m>)>,
    pub(super) gone: Vec<Known<'m>>,
    pub(super) new: Vec<Known<'m>>,
}

impl<'m> Types<'m> {
    pub(super) fn of(old: &'m Model, new: &'m Model) -> Self {
        let mut by_name: BTreeMap<&str, Known<'m>> = known(new).map(|one| (one.name(), one)).collect();
        let mut types = Self::default();
        let mut gone = Vec::new();
        for one in known(old) {
            match by_name.remove(one.name()) {
                Some(other) if one.role() == other.role() => types.both.push((one, other)),
                Some(other) => {
                    gone.push(one);
                    types.new.push(other);
                }
                None => gone.push(one),
            }
        }
        let come = Candidates::of(by_name.into_values().collect());
        gone.sort_by_key(|one| one.name());
        let mut taken = BTreeSet::new();
        for one in gone {
            match come.renamed(one, &taken) {
                Some(index) => {
                    taken.insert(index);
                    types.renamed.push((one, come.types[index]));
                }
                None => types.gone.push(one),
            }
        }
        let left = come.types.iter().enumerate().filter(|(index, _)| !taken.contains(index));
        types.new.extend(left.map(|(_, one)| *one));
        types.both.sort_by_key(|(one, _)| one.name());
        types
    }
}

/// New types, any of which may be an old one under another name.
struct Candidates<'m> {
    types: Vec<Known<'m>>,
    /// How many parts each has.
    sizes: Vec<usize>,
    /// By role and part, those that have it.
    having: HashMap<(Option<Role>, &'m str), Vec<usize>>,
}

impl<'m> Candidates<'m> {
    fn of(types: Vec<Known<'m>>) -> Self {
        let mut having: HashMap<_, Vec<usize>> = HashMap::new();
        let mut sizes = Vec::new();
        for (index, one) in types.iter().enumerate() {
            let parts = one.parts();
            sizes.push(parts.len());
            parts.into_iter().for_each(|part| having.entry((one.role(), part)).or_default().push(index));
        }
        Self { types, sizes, having }
    }

    /// The one that is this type: one of the same type in the spec, or else the one that has most in common with it, if
    /// that is half of what both have.
    fn renamed(&self, one: Known<'_>, taken: &BTreeSet<usize>) -> Option<usize> {
        let parts = one.parts();
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for index in parts.iter().flat_map(|part| self.having.get(&(one.role(), *part)).into_iter().flatten()) {
            *shared.entry(*index).or_default() += 1;
        }
        let rated = shared.into_iter().filter(|(index, _)| !taken.contains(index)).map(|(index, shared)| {
            let share = shared * 100 / (parts.len() + self.sizes[index] - shared).max(1);
            ((one.is_of_one_type(self.types[index]), share), index)
        });
        let alike = rated.filter(|((same, share), _)| *same || *share >= ALIKE);
        alike.max_by_key(|(likeness, index)| (*likeness, std::cmp::Reverse(*index))).map(|(_, index)| index)
    }
}

/// The percentage of their fields or values that two types share if one was renamed into the other.
const ALIKE: usize = 50;
